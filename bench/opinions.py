"""Which passages are the writer's own opinion? ``python bench/opinions.py BABE.jsonl GOLD.jsonl``

BABE: sentences that "express the writer's opinion" against those "entirely factual" (``label_opinion``; the mixed ones
are left out): a text is called opinion where ``tag_opinions`` finds a passage. GOLD: articles with the reader's verdict
``opinion`` on the whole; an article is called opinion from that share of its body in passages which scores best on the
other folds. Nothing that ships was learned from either; "learned here" is a bag of words in five folds.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from loaded import FOLDS, folds_of
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from sayso.coding.attribution import tag_attributions
from sayso.coding.loaded_numbers import FIRST_PERSON
from sayso.coding.opinions import tag_opinions
from sayso.coding.parse import ParsedDocument, Parser
from sayso.model import Document, Segment
from sayso.reading import read

_OUGHT = frozenset({"must", "should", "ought"})
SHARES = tuple(number / 20 for number in range(1, 11))

Verdicts = NDArray[np.bool_]


def main(babe: Path, gold: Path) -> None:
    """Print the figures as JSON."""
    parser = Parser()
    print(json.dumps({"BABE sentences": _babe(babe, parser), "gold articles": _gold(gold, parser)}))


def _babe(path: Path, parser: Parser) -> dict[str, object]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["label_opinion"] in ("Expresses writer’s opinion", "Entirely factual")]
    told = np.array([row["label_opinion"] != "Entirely factual" for row in rows])
    parsed = [parser.parse(Document("d", "c", r["text"], (Segment(0, len(r["text"]), "body"),))) for r in rows]
    fold = np.array(folds_of(rows))
    words = np.zeros(len(rows), dtype=bool)
    for number in range(FOLDS):
        seen, asked = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        vectors = TfidfVectorizer(sublinear_tf=True, min_df=2)
        model = LogisticRegression(C=2, max_iter=500, class_weight="balanced")
        model.fit(vectors.fit_transform([rows[at]["text"] for at in seen]), told[seen])
        words[asked] = model.predict(vectors.transform([rows[at]["text"] for at in asked]))
    return {
        "sentences": len(rows),
        "opinion": int(told.sum()),
        "we, must, should, ?": _figures(np.array([_simple(one) for one in parsed]), told),
        "bag of words, learned here": _figures(words, told),
        "sayso": _figures(np.array([_share(one) > 0 for one in parsed]), told),
    }


def _gold(path: Path, parser: Parser) -> dict[str, object]:
    verdict = {str(row["id"]): row["opinion"] for row in map(json.loads, path.read_text("utf-8").splitlines())}
    documents = [reading.document for reading in read(path)]
    told = np.array([verdict[document.id] for document in documents])
    shares = np.array([_share(parser.parse(document)) for document in documents])
    fold = np.array([int(hashlib.sha256(d.id.encode()).hexdigest(), 16) % FOLDS for d in documents])
    said = np.zeros(len(documents), dtype=bool)
    for number in range(FOLDS):
        seen, asked = fold != number, fold == number
        said[asked] = shares[asked] >= max(SHARES, key=lambda share: _f1(shares[seen] >= share, told[seen]))
    order = np.argsort(-shares, kind="stable")
    return {
        "articles": len(documents),
        "opinion": int(told.sum()),
        "every article": _figures(np.ones(len(documents), dtype=bool), told),
        "sayso": _figures(said, told),
        "ranks of the opinion articles by share": [int(rank) + 1 for rank in np.flatnonzero(told[order])],
        "articles with a passage": int((shares > 0).sum()),
    }


def _share(parsed: ParsedDocument) -> float:
    """How much of the body lies in passages of opinion."""
    found = tag_opinions(parsed, tag_attributions(parsed))
    body = sum(segment.end - segment.start for segment in parsed.document.segments if segment.kind == "body")
    return sum(one.span.end - one.span.start for one in found) / max(1, body)


def _simple(parsed: ParsedDocument) -> bool:
    words = {token.lower_ for section in parsed.sections for token in section.doc if token.text != "US"}
    return "?" in words or not words.isdisjoint(FIRST_PERSON | _OUGHT)


def _figures(said: Verdicts, told: Verdicts) -> dict[str, float]:
    right = int((said & told).sum())
    return {
        "P": round(right / max(1, int(said.sum())), 3),
        "R": round(right / max(1, int(told.sum())), 3),
        "F1": round(_f1(said, told), 3),
        "macro-F1": round((_f1(said, told) + _f1(~said, ~told)) / 2, 3),
    }


def _f1(said: Verdicts, told: Verdicts) -> float:
    return float(2 * (said & told).sum() / max(1, said.sum() + told.sum()))


def arguments(given: Sequence[str]) -> tuple[Path, Path]:
    """The two files."""
    if len(given) != 2:
        sys.exit("usage: python bench/opinions.py BABE.jsonl GOLD.jsonl")
    return Path(given[0]), Path(given[1])


if __name__ == "__main__":
    main(*arguments(sys.argv[1:]))
