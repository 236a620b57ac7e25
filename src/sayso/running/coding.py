"""Coding documents here or in processes of their own. One document that breaks the coder never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from sayso.errors import SaysoError
from sayso.linking import document_disagreements
from sayso.model import CodedDocument, Document

#: Documents expected together: at most so many, and of so many characters where they are more than one. Past these the
#: parser gains next to nothing (``docs/design/speed.md``), and the first result comes later.
_TOGETHER = 8
_CHARACTERS = 40_000


class CoderLike(Protocol):
    """What codes: see ``sayso.coding.coder.Coder``."""

    @property
    def version(self) -> str:
        """Names the rules and models, with their versions; changes whenever the result may."""

    def expect(self, documents: Sequence[Document]) -> None:
        """Do at once what costs less over several documents. These are to be coded next, and come out the same."""

    def __call__(self, document: Document) -> CodedDocument:
        """Everything found in ``document``."""


MakeCoder = Callable[[], CoderLike]


@dataclass(frozen=True, slots=True)
class Failed:
    """A document that could not be coded. ``problem`` says why, for a person."""

    document_id: str
    problem: str


def default_coder() -> CoderLike:
    """Sayso's own coder, with the vocabulary and the model that come with it."""
    from sayso.coding.coder import Coder

    return Coder()


def prepare(report: Callable[[str, int, int], None]) -> None:
    """Build what coding needs and is built once for all workspaces (the gazetteer), if it is not there yet.

    ``report`` is told what is being done, how much of it is, and how much there is.
    """
    from sayso.vocabulary.gazetteer import Gazetteer

    Gazetteer.open(progress=report).close()


def attempt(coder: CoderLike, document: Document) -> CodedDocument | Failed:
    """``document`` coded, or why it could not be.

    An error that would meet every document (no model, broken vocabulary) is raised instead.
    """
    try:
        coded = coder(document)
        if len({s.id for s in coded.statements}) < len(coded.statements):
            return Failed(document.id, "the coder gave two of its statements one id")
        # What a document says against itself is part of its record, whoever coded it.
        return replace(coded, disagreements=document_disagreements(coded))
    except SaysoError:
        raise
    except Exception as error:  # noqa: BLE001 a bug met in one article must not cost the user the other ten thousand
        return Failed(document.id, f"the coder failed on it ({type(error).__name__}: {str(error)[:200]})")


def expect(coder: CoderLike, documents: Sequence[Document]) -> None:
    """Tell ``coder`` what comes next. Where that fails, each is coded without, and what is wrong with one met again."""
    try:
        coder.expect(documents)
    except SaysoError:
        raise
    except Exception:  # noqa: BLE001 which of them it was about is not known here
        return


def together(documents: Iterable[Document]) -> Iterator[list[tuple[int, Document]]]:
    """``documents`` with their positions from 0, so many at a time as are best expected together."""
    group: list[tuple[int, Document]] = []
    characters = 0
    for position, document in enumerate(documents):
        if group and (len(group) == _TOGETHER or characters + len(document.text) > _CHARACTERS):
            yield group
            group, characters = [], 0
        group.append((position, document))
        characters += len(document.text)
    if group:
        yield group


def code_all(
    documents: Iterable[Document], make_coder: MakeCoder, processes: int = 1
) -> Iterator[tuple[int, CodedDocument | Failed]]:
    """Every one of ``documents`` coded, as they get done, with its position among them from 0.

    With ``processes`` over 1, ``make_coder`` and the documents go to that many processes (it must be importable by
    name); the order is then that of finishing. A process that dies is a ``Failed`` naming its document; another takes
    its place.
    """
    if processes > 1:
        from sayso.running.workers import code_in_processes

        yield from code_in_processes(documents, make_coder, processes)
        return
    coder = make_coder()
    for group in together(documents):
        expect(coder, [document for _, document in group])
        for position, document in group:
            yield position, attempt(coder, document)


def in_order(results: Iterable[tuple[int, CodedDocument | Failed]]) -> Iterator[CodedDocument | Failed]:
    """``results`` in the order of their positions; those that come early wait."""
    early: dict[int, CodedDocument | Failed] = {}
    following = 0
    for position, result in results:
        early[position] = result
        while following in early:
            yield early.pop(following)
            following += 1
