"""Documents coded here or in processes: all of them, in order when asked, whatever one of them does."""

from __future__ import annotations

import pytest
from plain_coder import PlainCoder, unobtainable

from sayso.errors import ModelError
from sayso.model import CodedDocument, Document, Segment
from sayso.running import Failed, code_all, in_order
from sayso.running.coding import together


def document(number: int, words: str) -> Document:
    return Document(f"d{number}", "cap", words, (Segment(0, len(words), "body"),))


class TwiceOneId(PlainCoder):
    """A coder with a fault."""

    def __call__(self, document: Document) -> CodedDocument:
        coded = super().__call__(document)
        return CodedDocument(document, (), (), (), (), (), coded.statements * 2)


def outcomes(texts: list[str], processes: int) -> list[str]:
    documents = [document(number, words) for number, words in enumerate(texts)]
    results = list(in_order(code_all(documents, PlainCoder, processes)))
    return [r.problem if isinstance(r, Failed) else f"{r.document.id} {len(r.statements)}" for r in results]


def test_one_process_codes_in_order_and_names_what_fails() -> None:
    assert outcomes(["The army shelled Homs.", "RAISE", "Nothing."], 1) == [
        "d0 1",
        "the coder failed on it (RuntimeError: asked to)",
        "d2 0",
    ]


def test_a_dead_process_names_its_document_and_the_rest_goes_on() -> None:
    texts = ["The army shelled Homs.", "CRASH", "Nothing.", "RAISE", "The army shelled Homs.", "CRASH", "Nothing."]
    assert outcomes(texts, 2) == [
        "d0 1",
        "the process that coded it died (exit code 7)",
        "d2 0",
        "the coder failed on it (RuntimeError: asked to)",
        "d4 1",
        "the process that coded it died (exit code 7)",
        "d6 0",
    ]


def test_processes_give_what_one_process_gives() -> None:
    documents = [document(number, f"The army shelled Homs, killing {number + 1}.") for number in range(9)]
    assert list(in_order(code_all(documents, PlainCoder, 3))) == list(in_order(code_all(documents, PlainCoder, 1)))


def test_one_that_is_the_end_of_its_process_each_time_costs_none_beside_it() -> None:
    texts = ["The army shelled Homs."] * 20
    texts[5] = texts[17] = "CRASH"
    found = outcomes(texts, 2)
    assert [at for at, said in enumerate(found) if "died" in said] == [5, 17]
    assert [said for at, said in enumerate(found) if at not in (5, 17)] == [
        f"d{at} 1" for at in range(20) if at not in (5, 17)
    ]


def test_no_documents_start_no_process() -> None:
    assert list(code_all([], PlainCoder, 4)) == []


def test_two_statements_of_one_id_are_a_failure() -> None:
    ((_, result),) = code_all([document(0, "The army shelled Homs.")], TwiceOneId)
    assert isinstance(result, Failed)
    assert "one id" in result.problem


def test_long_documents_are_expected_alone_and_short_ones_together() -> None:
    groups = together([document(number, "a" * length) for number, length in enumerate([3] * 9 + [39_998, 50_000, 4])])
    assert [[position for position, _ in group] for group in groups] == [[*range(8)], [8], [9], [10], [11]]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_missing_model_stops_everything(processes: int) -> None:
    with pytest.raises(ModelError, match="no model here"):
        list(code_all([document(0, "a"), document(1, "b")], unobtainable, processes))
