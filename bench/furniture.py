"""How well the lines of flattened pages are told apart: line F1 of the article class, pooled over all lines.

    python bench/furniture.py lines.jsonl [--by site|page]

Five-fold cross-validation: what scores a page was trained (``training/train_furniture.py``), its threshold included,
on pages of other folds only, folds being drawn over sites (the stricter way) or over pages. Measured beside it:
keeping every line, the best length threshold of the training folds, and jusText's context rules (Pomikálek 2011) over
lines. The last line printed is one JSON object. "model" is the learned line model alone; "label_lines" is all the
package does with a text: the model behind its check that the text is a page, and the rules after it, a line counting
as kept where its segment is heading, body, quote or caption (the corpus counts a page's title as furniture;
"with_title" counts it as kept).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

from train_furniture import Page, fit, folds, read_pages

from sayso.model import SegmentKind
from sayso.reading.furniture import FurnitureModel, label_lines_by
from sayso.vocabulary.furniture import function_words, words_of

FOLDS, SEED = 5, 7
ARTICLE: frozenset[SegmentKind] = frozenset({"heading", "body", "quote", "caption"})
LENGTHS = range(10, 200, 5)


def kept_lines(page: Page, kinds: frozenset[SegmentKind], model: FurnitureModel) -> list[bool]:
    """Which lines of ``page`` ``label_lines`` gives one of ``kinds``, with the weights of ``model``."""
    text = "\n".join(page.lines)
    starts: dict[int, int] = {}
    at = 0
    for index, line in enumerate(page.lines):
        starts.update(dict.fromkeys(range(at, at + len(line) + 1), index))
        at += len(line) + 1
    kept = [False] * len(page.lines)
    for segment in label_lines_by(text, model):
        kept[starts[segment.start]] |= segment.kind in kinds
    return kept


def justext_like(lines: Sequence[str]) -> list[bool]:
    """jusText's classes from length and share of function words, near-good lines settled by their neighbours."""
    classes: list[str] = []
    for line in lines:
        words = words_of(line)
        share = max(sum(w in listed for w in words) for listed in function_words().values()) / max(len(words), 1)
        if len(line) < 70:
            classes.append("short" if share else "bad")
        elif share >= 0.32:
            classes.append("good" if len(line) > 200 else "near")
        else:
            classes.append("near" if share >= 0.30 else "bad")
    settled = list(classes)
    for index, own in enumerate(classes):
        if own not in ("near", "short"):
            continue
        before = next((c for c in reversed(classes[:index]) if c in ("good", "bad")), "bad")
        after = next((c for c in classes[index + 1 :] if c in ("good", "bad")), "bad")
        wanted = {"good"} if own == "short" else {"good", before, after} - {"bad"}
        settled[index] = (
            "good" if before in wanted and after in wanted | ({"bad"} if own == "near" else set()) else "bad"
        )
    return [own == "good" for own in settled]


def figures(pages: Sequence[Page], kept: Sequence[Sequence[bool]]) -> dict[str, float]:
    """Precision, recall and F1 of the article class, pooled over the lines of all pages, and the mean F1 of a page."""
    true = sum(
        sum(a and b for a, b in zip(own, page.labels, strict=True)) for own, page in zip(kept, pages, strict=True)
    )
    said, real = sum(map(sum, kept)), sum(sum(page.labels) for page in pages)
    each = [
        2 * sum(a and b for a, b in zip(own, page.labels, strict=True)) / max(sum(own) + sum(page.labels), 1)
        for own, page in zip(kept, pages, strict=True)
    ]
    return {
        "precision": round(true / max(said, 1), 4),
        "recall": round(true / max(real, 1), 4),
        "f1": round(2 * true / max(said + real, 1), 4),
        "page_mean_f1": round(sum(each) / max(len(each), 1), 4),
    }


def best_length(pages: Sequence[Page]) -> int:
    """The least number of characters a line must have, as scores best on ``pages``."""
    return max(LENGTHS, key=lambda n: figures(pages, [[len(line) >= n for line in page.lines] for page in pages])["f1"])


def measure(pages: Sequence[Page], by: str) -> dict[str, dict[str, float]]:
    """The figures of every way of choosing, with folds drawn ``by`` site or page."""
    fold = folds([page.site if by == "site" else str(index) for index, page in enumerate(pages)], FOLDS, SEED)
    ways = ("keep_all", "length", "justext_like", "model", "label_lines", "with_title")
    kept: dict[str, list[list[bool]]] = {way: [[] for _ in pages] for way in ways}
    for number in range(FOLDS):
        seen = [page for page, own in zip(pages, fold, strict=True) if own != number]
        model, length = FurnitureModel.from_json(fit(seen)), best_length(seen)
        for index, page in enumerate(pages):
            if fold[index] != number:
                continue
            kept["keep_all"][index] = [True] * len(page.lines)
            kept["length"][index] = [len(line) >= length for line in page.lines]
            kept["justext_like"][index] = justext_like(page.lines)
            kept["model"][index] = (model.article_chances(page.lines) >= model.threshold).tolist()
            kept["label_lines"][index] = kept_lines(page, ARTICLE, model)
            kept["with_title"][index] = kept_lines(page, ARTICLE | {"title"}, model)
        print(f"fold {number + 1} of {FOLDS} by {by}", file=sys.stderr, flush=True)
    return {way: figures(pages, kept[way]) for way in ways}


def main() -> None:
    """Run the cross-validation and print its figures."""
    arguments = argparse.ArgumentParser(description="Line F1 of article against furniture.")
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument(
        "--by", choices=("site", "page"), action="append", help="how folds are drawn (default: both)"
    )
    given = arguments.parse_args()
    pages = read_pages(given.corpus)
    result: dict[str, object] = {"bench": "furniture", "pages": len(pages), "lines": sum(len(p.lines) for p in pages)}
    for by in given.by or ("site", "page"):
        result[by] = measure(pages, by)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
