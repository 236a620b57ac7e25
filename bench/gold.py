"""The event coder beside the keyword baseline, on articles with a gold coding, by one scorer, in one run.

    python bench/gold.py GOLD.jsonl SCORE.py

GOLD holds an article a line with its coded events; SCORE is a program that takes GOLD and the coded documents
(``sayso/document/1``) and prints its figures as one JSON object on its last line.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("scorer", type=Path)
    options = arguments.parse_args()
    with TemporaryDirectory() as folder:
        keywords, sayso = Path(folder, "keywords.jsonl"), Path(folder, "sayso.jsonl")
        baseline = Path(__file__).with_name("keyword_baseline.py")
        _run(str(baseline), str(options.gold), "-o", str(keywords))
        _run("-m", "sayso", "code", str(options.gold), "-o", str(sayso))
        figures = {path.stem: _scored(options.scorer, options.gold, path) for path in (keywords, sayso)}
    for name, scores in figures.items():
        print(name, scores)
    print(json.dumps(figures))


def _run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def _scored(scorer: Path, gold: Path, coded: Path) -> dict[str, Any]:
    scores: dict[str, Any] = json.loads(_run(str(scorer), str(gold), str(coded)).splitlines()[-1])
    return scores


if __name__ == "__main__":
    main()
