"""Disagreements: are known differences shown, and nothing else? On invented pairs, and what is shown on real articles.

    python bench/disagreements.py [ARTICLES.jsonl] [--seed 7] [--pairs 200] [--show]

Codes and links each invented pair (``disagreement_pairs.py``) by itself: recall is the share of pairs with a known
difference where a disagreement of that field is shown, false alarms the share of compatible pairs that show any. With
ARTICLES also counts what is shown on them. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from disagreement_pairs import Article, Pair, pairs

from sayso.coding.coder import Coder
from sayso.linking import link
from sayso.model import CodedDocument, Document, Segment, Written
from sayso.reading import read


def coded(article: Article, coder: Coder) -> CodedDocument:
    day = date.fromisoformat(article.published)
    return coder(
        Document(
            id=article.id,
            capture_id="bench",
            text=article.text,
            segments=(Segment(0, len(article.text), "body"),),
            outlet=article.outlet,
            language="en",
            written=Written(day, day, day, "given", ()),
        )
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("articles", type=Path, nargs="?")
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--pairs", type=int, default=200, help="so many of either kind")
    arguments.add_argument("--show", action="store_true", help="print the pairs that went wrong")
    options = arguments.parse_args()
    coder = Coder()
    figures = on_pairs(list(pairs(options.seed, options.pairs)), coder, show=options.show)
    if options.articles:
        figures["shown_on_articles"] = on_articles(options.articles, coder)
    print(json.dumps(figures))


def on_pairs(drawn: Sequence[Pair], coder: Coder, *, show: bool) -> dict[str, object]:
    right: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for pair in drawn:
        fields = [one.field for one in link([coded(article, coder) for article in pair.articles]).disagreements]
        good = pair.field in fields if pair.field else not fields
        right[pair.field is not None, pair.why].append(good)
        if show and not good:
            print(f"{pair.why}: shown {fields}")
            print("\n".join(f"    {a.published} {a.text}" for a in pair.articles))
    shares = {why: round(sum(good) / len(good), 3) for (_, why), good in right.items()}
    for why, share in shares.items():
        print(f"{why:28} {share}")
    rivals = [good for (differs, _), all_good in right.items() if differs for good in all_good]
    compatible = [good for (differs, _), all_good in right.items() if not differs for good in all_good]
    return {
        "recall": round(sum(rivals) / len(rivals), 3),
        "false_alarms": round(1 - sum(compatible) / len(compatible), 3),
        "right_by_kind": shares,
    }


def on_articles(path: Path, coder: Coder) -> dict[str, int]:
    documents = [coder(reading.document) for reading in read(path)]
    return dict(Counter(one.field for one in link(documents).disagreements))


if __name__ == "__main__":
    main()
