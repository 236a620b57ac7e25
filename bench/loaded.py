"""Which sentences take a side by their words, and which words? ``python bench/loaded.py BABE.jsonl``

BABE: a sentence a line with ``text``, ``news_link``, ``label_bias`` and ``biased_words``. Nothing that ships was
learned from it: rows marked "learned here" learn on four fifths and judge the fifth. Sentences of one article, and such
as share eight words in a row, are in one fold. Macro-F1 is of the two verdicts on sentences; P, R and F1 of words are
of words of meaning against those that the annotators named.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from sayso.coding.loaded_score import LoadedModel, loaded_model
from sayso.coding.parse import load_pipeline
from sayso.coding.tokens import Doc

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from loaded_fit import Cases, Numbers, Unit, crossed, kernel, logistic, mean_vector, sentence_rows

FOLDS = 5
SHARED_WORDS = 8
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def folds_of(rows: Sequence[dict[str, Any]]) -> list[int]:
    """The fold of each row: rows of one article or with eight words in a row in common stay together."""
    parent = list(range(len(rows)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    first: dict[str, int] = {}
    for number, row in enumerate(rows):
        words = _WORD.findall(row["text"].lower())
        runs = range(max(1, len(words) - SHARED_WORDS + 1))
        keys = [" ".join(words[at : at + SHARED_WORDS]) for at in runs]
        for key in (*keys, *([f"link {row['news_link']}"] if row["news_link"] else [])):
            parent[root(number)] = root(first.setdefault(key, number))
    groups = [root(number) for number in range(len(rows))]
    sizes = Counter(groups)
    load = [0] * FOLDS
    fold: dict[int, int] = {}
    for group in sorted(sizes, key=lambda g: (-sizes[g], hashlib.sha256(rows[g]["text"].encode()).hexdigest())):
        fold[group] = load.index(min(load))
        load[fold[group]] += sizes[group]
    return [fold[group] for group in groups]


def marked(doc: Doc, named: Sequence[str]) -> list[bool]:
    """For each token whether it is, or is in, one of the words that annotators named."""
    wanted = {part for word in named for part in _WORD.findall(word.lower())}
    spans = [match.span() for match in _WORD.finditer(doc.text.lower()) if match.group() in wanted]
    inside = {at for start, end in spans for at in range(start, end)}
    return [token.idx in inside or token.lower_ in wanted for token in doc]


def main(path: Path) -> None:
    """Print a line for each way, and all as JSON on the last."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["label_bias"] in ("Biased", "Non-biased")]
    fold = folds_of(rows)
    docs = map(Doc, load_pipeline().pipe(row["text"] for row in rows))
    units = [
        Unit.of(doc, marked(doc, ast.literal_eval(row["biased_words"])), row["label_bias"] == "Biased", number)
        for doc, row, number in zip(docs, rows, fold, strict=True)
    ]
    table = Table(units)
    listed = [{at for at in unit.carriers if unit.words[at].listed} for unit in units]
    terms = [{at for at in one if _is_term(unit, at)} for unit, one in zip(units, listed, strict=True)]
    table.row("terms of loaded_terms.csv", np.array([len(one) - 0.5 for one in terms]), terms)
    table.row("any evaluative word", np.array([len(one) - 0.5 for one in listed]), listed)
    model = loaded_model()
    shipped = [_shipped(unit, model) for unit in units]
    table.row("as shipped, learned from other texts", np.array([c for c, _ in shipped]), [w for _, w in shipped])
    marked_words = [w | t for (_, w), t in zip(shipped, terms, strict=True)]
    table.row("anything marked by sayso code", np.array([len(w) - 0.5 for w in marked_words]), marked_words)
    text = [row["text"] for row in rows]
    words_alone = table.learned(lambda seen, asked: _texts(text, table, seen, asked, analyzer="word"))
    table.row("bag of words, learned here", words_alone)
    letters = table.learned(
        lambda seen, asked: _texts(text, table, seen, asked, analyzer="char_wb", ngram_range=(2, 5))
    )
    table.row("letters of words, learned here", letters)

    cases = Cases(units)
    odds = crossed(cases, range(FOLDS))
    own_odds = [odds[unit.fold][number] for number, unit in enumerate(units)]
    likely = [{at for at, value in one.items() if value > -1} for one in own_odds]
    vectors = np.array([mean_vector(unit.doc) for unit in units])
    chances = {number: sentence_rows(units, one, structure=False) for number, one in odds.items()}
    both = {number: sentence_rows(units, one) for number, one in odds.items()}

    def ask(seen: NDArray[np.bool_], asked: NDArray[np.bool_], rows: Numbers, by: Any) -> Numbers:
        found: Numbers = by(rows[seen], table.biased[seen], rows[asked])
        return found

    def each(made: Any, by: Any = logistic) -> Numbers:
        return table.learned(lambda seen, asked: ask(seen, asked, made(int(table.fold[asked][0])), by))

    table.row("vectors, learned here", each(lambda _: vectors))
    table.row("likely words, learned here", each(lambda f: chances[f]), likely)
    regression = each(lambda f: both[f])
    table.row("likely words and structure, learned here", regression, likely)
    svm = each(lambda f: np.hstack([both[f], vectors]), kernel)
    table.row("the same and vectors, kernel, learned here", svm, likely)
    mean = sum((one / one.std() for one in (regression, svm, letters)), start=np.zeros(len(units)))
    table.row("mean of kernel, regression, letters, learned here", mean, likely)
    print(json.dumps(table.figures))


class Table:
    """The figures as they come."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.biased = np.array([unit.biased for unit in units])
        self.fold = np.array([unit.fold for unit in units])
        self.figures: dict[str, dict[str, float]] = {}

    def learned(self, judge: Any) -> Numbers:
        """Margins of all units, each judged by what was learned without its fold."""
        found = np.zeros(len(self.units))
        for fold in range(FOLDS):
            asked = self.fold == fold
            found[asked] = judge(~asked, asked)
        return found

    def row(self, name: str, margins: Numbers, words: Sequence[set[int]] | None = None) -> None:
        """Add and print one way: ``margins`` above zero mean biased, ``words`` are the positions called loaded."""
        said = margins > 0
        figures = {"macro-F1": round((_f1(said, self.biased) + _f1(~said, ~self.biased)) / 2, 4)}
        if words is not None:
            gold = [{at for at, loaded in zip(u.carriers, u.loaded, strict=True) if loaded} for u in self.units]
            right = sum(len(a & b) for a, b in zip(gold, words, strict=True))
            precision, recall = right / max(1, sum(map(len, words))), right / max(1, sum(map(len, gold)))
            figures |= {"words P": round(precision, 3), "words R": round(recall, 3)}
            figures["words F1"] = round(2 * precision * recall / max(1e-9, precision + recall), 3)
        self.figures[name] = figures
        print(f"{name:52s}", "  ".join(f"{key} {value}" for key, value in figures.items()), flush=True)


def _f1(said: NDArray[np.bool_], gold: NDArray[np.bool_]) -> float:
    return float(2 * (said & gold).sum() / max(1, said.sum() + gold.sum()))


def _shipped(unit: Unit, model: LoadedModel) -> tuple[float, set[int]]:
    """How far the likeliest sentence of a text is above the threshold, and the words marked in it."""
    scores = [
        (sentence, model.score(sentence, unit.words[sentence.start : sentence.end])) for sentence in unit.doc.sents
    ]
    sided = [(sentence, score) for sentence, score in scores if score.chance >= model.threshold]
    words = {sentence.start + at for sentence, score in sided for at in score.words}
    most = max(score.chance for _, score in scores)
    return most - model.threshold, {at for at in words if unit.words[at].listed}


def _is_term(unit: Unit, at: int) -> bool:
    return any(kind.startswith("term ") for kind in unit.words[at].kinds)


def _texts(
    text: Sequence[str], table: Table, seen: NDArray[np.bool_], asked: NDArray[np.bool_], **shape: Any
) -> Numbers:
    vectors = TfidfVectorizer(sublinear_tf=True, min_df=2, **shape)
    rows = vectors.fit_transform([text[int(at)] for at in np.flatnonzero(seen)])
    model = LogisticRegression(C=2, max_iter=500).fit(rows, table.biased[seen])
    found: Numbers = model.decision_function(vectors.transform([text[int(at)] for at in np.flatnonzero(asked)]))
    return found


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python bench/loaded.py BABE.jsonl")
    main(Path(sys.argv[1]))
