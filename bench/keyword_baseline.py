"""The baseline of the event coder: thirty lines of keywords and the parser's own place names.

    python bench/keyword_baseline.py ARTICLES.jsonl -o CODED.jsonl

Writes documents in the machine contract's form, so that one scorer serves both. A statement is a sentence with a
keyword; its place is the sentence's first place name by the parser, its time the day before the article's day to it.
"""

from __future__ import annotations

import argparse
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sayso.coding.parse import Parser
from sayso.model import Document, Segment

KEYWORDS = {
    "suicide_attack": r"suicide|blew (him|her|them)sel",
    "chemical_attack": r"chemical|chlorine|sarin|poison gas|toxic gas|nerve gas",
    "air_strike": r"air ?-?strike|air raid|barrel bomb|warplane|bombing raid|aerial bombard",
    "shelling": r"shell(ed|ing|s)\b|mortar|artillery|rocket|bombard",
    "bombing": r"car bomb|explosion|blast|bombing|land ?mine",
    "armed_clash": r"clash|fighting|offensive|assault|battle|ambush",
    "capture": r"captur|seiz|retook|retake|recapture|liberat|took control",
    "siege": r"sieg|encircl|blockad",
    "ceasefire": r"cease-?fire|truce|cessation of hostilities",
    "withdrawal": r"withdr[ae]w|retreat|pull(ed)? out",
    "evacuation": r"evacuat",
    "humanitarian_aid": r"\baid\b|relief|rescue",
    "deployment": r"deploy|reinforcement|sent troops",
    "displacement": r"\bfle[ed]|displac",
    "arrest": r"arrest|detain",
    "abduction": r"kidnap|abduct|hostage",
    "talks": r"talks|negotiat|meeting",
    "protest": r"protest|demonstrat",
    "agreement": r"agreement|accord|memorandum",
    "legal_action": r"resolution|investigat|probe",
    "toll": r"death toll|have been killed since",
    "killing": r"execut|behead|shot dead|massacre|kill",
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("articles", type=Path)
    arguments.add_argument("-o", "--output", type=Path, required=True)
    options = arguments.parse_args()
    parser = Parser()
    count = 0
    with options.output.open("w", encoding="utf-8") as out:
        for line in options.articles.read_text("utf-8").splitlines():
            article = json.loads(line)
            record = _coded(article, parser)
            count += len(record["statements"])
            out.write(json.dumps(record) + "\n")
    print(json.dumps({"statements": count}))


def _coded(article: dict[str, str], parser: Parser) -> dict[str, Any]:
    text = article["text"]
    parsed = parser.parse(Document(article["id"], "", text, (Segment(0, len(text), "body"),)))
    day = date.fromisoformat(article.get("published") or article["date"])
    statements: list[dict[str, object]] = []
    for sentence in parsed.sentences:
        words = sentence.span.of(text)
        for kind, pattern in KEYWORDS.items():
            found = re.search(pattern, words, re.IGNORECASE)
            if not found:
                continue
            start = sentence.span.start + found.start()
            named = (e for e in sentence.section.doc.ents if sentence.tokens.start <= e.start < sentence.tokens.end)
            place = next((entity for entity in named if entity.label_ in ("GPE", "LOC", "FAC")), None)
            statements.append(
                {
                    "type": kind,
                    "status": "happened",
                    "trigger": {"start": start, "end": start + len(found.group())},
                    "sentence": {"start": sentence.span.start, "end": sentence.span.end},
                    "place": place and {"text": place.text, "name": place.text},
                    "time": {"earliest": (day - timedelta(days=1)).isoformat(), "latest": day.isoformat()},
                }
            )
            break
    return {"id": article["id"], "text": text, "statements": statements}


if __name__ == "__main__":
    main()
