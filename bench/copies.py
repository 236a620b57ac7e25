"""Copies on labelled pairs of FA-KES: pair F1 and adjusted Rand index, beside MinHash alone.

    python bench/copies.py ARTICLES.jsonl [LABELS.csv]

The labels (``bench/copies.csv``) were given by reading both articles. Pair F1 is of "copy" against the rest; the Rand
index compares the groups that the labelled copies make with the groups found, over the labelled documents. MinHash
alone joins what shares half of its shingles by the estimate of the sketch (Jaccard >= 0.5) or the threshold that does
best on these labels. No text is coded: only what is article and what is furniture is told apart first.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from rensa import RMinHash
from sklearn.metrics import adjusted_rand_score

from sayso.linking import compare_copies, find_copies
from sayso.linking.partition import Partition
from sayso.model import CODED_KINDS, CodedDocument, Document
from sayso.reading import read

Pair = tuple[str, str]


def labelled(path: Path) -> dict[Pair, str]:
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return {(row["first"], row["second"]): row["label"] for row in csv.DictReader(lines)}


def groups(ids: Iterable[str], pairs: Iterable[Pair]) -> dict[str, int]:
    partition = Partition(ids)
    for first, second in pairs:
        partition.join(first, second)
    return {member: number for number, group in enumerate(partition.groups()) for member in group}


def scored(labels: Mapping[Pair, str], found: Callable[[str, str], bool]) -> dict[str, float]:
    """F1 of "copy", and the Rand index over the labelled documents, where ``found`` says which pairs are together."""
    ids = sorted({member for pair in labels for member in pair})
    right = sum(found(*pair) for pair, label in labels.items() if label == "copy")
    called = sum(found(*pair) for pair in labels)
    gold = groups(ids, (pair for pair, label in labels.items() if label == "copy"))
    made = groups(ids, ((a, b) for i, a in enumerate(ids) for b in ids[i + 1 :] if found(a, b)))
    return {
        "precision": round(right / max(1, called), 3),
        "recall": round(right / sum(label == "copy" for label in labels.values()), 3),
        "f1": round(2 * right / (called + sum(label == "copy" for label in labels.values())), 3),
        "ari": round(float(adjusted_rand_score([gold[i] for i in ids], [made[i] for i in ids])), 3),
    }


def minhash(documents: Sequence[Document], ids: set[str]) -> Callable[[str, str], float]:
    """The estimated Jaccard index of any two of ``ids``: five-word shingles, 128 values."""
    sketches = {}
    for document in documents:
        if document.id in ids:
            parts = (document.text[s.start : s.end] for s in document.segments if s.kind in CODED_KINDS)
            words = [word for part in parts for word in re.findall(r"\w+", part.casefold())]
            sketches[document.id] = RMinHash(num_perm=128, seed=42)
            sketches[document.id].update([" ".join(words[i : i + 5]) for i in range(max(1, len(words) - 4))])
    return lambda first, second: sketches[first].jaccard(sketches[second])


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("articles", type=Path)
    arguments.add_argument("labels", type=Path, nargs="?", default=Path(__file__).with_name("copies.csv"))
    arguments.add_argument("--show", action="store_true", help="print the pairs that went wrong")
    options = arguments.parse_args()
    documents = [reading.document for reading in read(options.articles, on_error=lambda error: None)]
    known = {document.id for document in documents}
    labels = {pair: label for pair, label in labelled(options.labels).items() if known.issuperset(pair)}
    uncoded = [CodedDocument(document, (), (), (), (), (), ()) for document in documents]
    home = {member: group.id for group in find_copies(uncoded) for member in group.document_ids}
    kinds = {(pair.shorter, pair.longer): pair.kind for pair in compare_copies(uncoded)}
    kinds |= {(longer, shorter): kind for (shorter, longer), kind in kinds.items()}

    def together(first: str, second: str) -> bool:
        return home.get(first, first) == home.get(second, second)

    def kind(pair: Pair) -> str:
        return "copy" if together(*pair) else kinds.get(pair, "anew")

    likeness = minhash(documents, {member for pair in labels for member in pair})
    thresholds = [round(0.1 + 0.05 * step, 2) for step in range(15)]
    alone = {cut: scored(labels, lambda a, b, cut=cut: likeness(a, b) >= cut) for cut in thresholds}  # type: ignore[misc]
    best = max(thresholds, key=lambda cut: alone[cut]["ari"])
    named = Counter((label, kind(pair)) for pair, label in labels.items())
    figures = {
        "pairs": len(labels),
        "labels": dict(Counter(labels.values())),
        "sayso": scored(labels, together),
        "minhash_at_0.5": alone[0.5],
        f"minhash_at_{best}_best_here": alone[best],
        "part_found_as": {found: number for (label, found), number in sorted(named.items()) if label == "part"},
        "anew_or_unrelated_found_as": dict(
            Counter(kind(pair) for pair, label in labels.items() if label in ("anew", "unrelated"))
        ),
    }
    if options.show:
        for pair, label in labels.items():
            if (label == "copy") is not together(*pair) or (label == "part") is not (kind(pair) == "part"):
                print(label, "found as", kind(pair), *pair)
    for name, value in figures.items():
        print(f"{name:32} {value}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
