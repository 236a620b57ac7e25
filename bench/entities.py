"""Entities of re3d, exact spans and types, beside bare spaCy: ``python bench/entities.py RE3D.jsonl``

What Sayso sees of a text (parser's entities, noun phrases with the sort that the actor vocabulary gives their heads,
known names, times, pronouns) becomes candidates; a logistic regression gives each a re3d type or none. It is learned on
other documents (ten folds over documents) and thrown away: only this benchmark knows re3d's types. The baseline maps
spaCy's labels by hand. F1 counts exact span and type; ``overlap`` any overlap with the right type.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from sayso.coding.actor_context import ActorContext, document_context
from sayso.coding.actor_phrases import phrase_of
from sayso.coding.actors import class_of_head
from sayso.coding.parse import ParsedDocument, Parser, Section, load_pipeline
from sayso.coding.times import tag_times
from sayso.coding.tokens import Tokens
from sayso.model import Document, Segment
from sayso.vocabulary.actors import ActorRegistry

_FOLDS = 10
#: Word vectors of heads are folded into fewer numbers by a fixed random projection.
_FOLDED = np.random.default_rng(0).normal(size=(60, 300)) / 60
_SPACY = {
    **dict.fromkeys(("ORG",), "Organisation"),
    **dict.fromkeys(("GPE", "LOC", "FAC"), "Location"),
    **dict.fromkeys(("DATE", "TIME"), "Temporal"),
    **dict.fromkeys(("CARDINAL", "QUANTITY", "PERCENT"), "Quantity"),
    "PERSON": "Person",
    "NORP": "Nationality",
    "MONEY": "Money",
}
Typed = tuple[int, int, str]
Seen = dict[tuple[int, int], dict[str, float]]


def main(path: Path) -> None:
    """Print the figures as JSON."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    parser, registry, plain = Parser(), ActorRegistry.load(), load_pipeline()
    gold = [{(e["start"], e["end"], e["type"]) for e in row["entities"]} for row in rows]
    spacy: list[set[Typed]] = []
    seen: list[Seen] = []
    for row in rows:
        parsed = parser.parse(Document(row["id"], "bench", row["text"], (Segment(0, len(row["text"]), "body"),)))
        spacy.append(set(_bare(parsed)))
        seen.append(_candidates(parsed, document_context(parsed, registry), plain))
    held = sum(sum((start, end) in of for start, end, _ in told) for of, told in zip(seen, gold, strict=True))
    figures: dict[str, Any] = {"spans among the candidates": round(held / sum(map(len, gold)), 3)}
    figures |= {"spaCy": _figures(spacy, gold), "Sayso": _figures(_relabelled(seen, gold), gold)}
    print(json.dumps(figures))


def _bare(parsed: ParsedDocument) -> Iterator[Typed]:
    for section in parsed.sections:
        for entity in section.doc.ents:
            if entity.label_ in _SPACY:
                span = section.span(entity)
                yield span.start, span.end, _SPACY[entity.label_]


def _candidates(parsed: ParsedDocument, context: ActorContext, plain: Any) -> Seen:
    found: Seen = defaultdict(dict)
    for section in parsed.sections:
        for words, source in _spans(section, context, plain):
            span = section.span(words)
            found[span.start, span.end].update(_features(words, section, context))
            found[span.start, span.end][f"source {source}"] = 1.0
    for time in tag_times(parsed):
        exact = found.get((time.span.start, time.span.end))
        if exact is not None:
            exact[f"time {time.type}"] = 1.0
    return dict(found)


def _spans(section: Section, context: ActorContext, plain: Any) -> Iterator[tuple[Tokens, str]]:
    doc, names = section.doc, context.names_of(section.doc)
    for entity in doc.ents:
        yield entity, f"entity {entity.label_}"
        if entity.start and doc[entity.start - 1].pos_ == "DET":
            yield doc[entity.start - 1 : entity.end], "determined entity"
        if entity[0].pos_ == "DET" and len(entity) > 1:
            yield entity[1:], "bare entity"
    for chunk in (doc[chunk.start : chunk.end] for chunk in plain(doc.text).noun_chunks):
        yield chunk, "chunk"
        if chunk[0].pos_ in ("DET", "PRON") and len(chunk) > 1:
            yield chunk[1:], "bare chunk"
        yield doc[chunk.root.i : chunk.root.i + 1], "head"
        follows = [c for c in chunk.root.rights if c.dep_ == "prep" and c.lower_ == "of"]
        if follows:
            yield doc[chunk.start : follows[0].right_edge.i + 1], "chunk of"
    for hit in names.hits:
        yield doc[hit.first : hit.last], "known name"
    for token in doc:
        if token.pos_ in ("NOUN", "PROPN"):
            phrase = phrase_of(token, names)
            yield doc[phrase.first : phrase.last], "phrase"
        if token.pos_ in ("PRON", "NUM", "PROPN", "ADJ") or token.ent_type_ == "NORP":
            yield doc[token.i : token.i + 1], "word"


def _features(words: Tokens, section: Section, context: ActorContext) -> dict[str, float]:
    head, names = words.root, context.names_of(section.doc)
    sort = class_of_head(head, section, context)
    first, before = words[0], words[0].nbor(-1) if words[0].i else None
    found = {
        "bias": 1.0,
        f"sort {sort}": 1.0,
        f"label {head.ent_type_ or '-'}": 1.0,
        f"label {head.ent_type_ or '-'}, {sort}": 1.0,
        f"tag {head.tag_}": 1.0,
        f"as {head.dep_}": 1.0,
        f"under {head.head.lower_}" if head.dep_ == "pobj" else f"below {head.head.pos_}": 1.0,
        f"starts {first.pos_}": 1.0,
        f"length {min(len(words), 6)}": 1.0,
        f"capitals {sum(t.is_title or t.is_upper for t in words) / len(words):.1f}": 1.0,
        f"before {before.pos_ if before is not None else '-'}": 1.0,
        f"head {head.lemma_.lower()}": 1.0,
        f"ends {head.lemma_.lower()[-3:]}": 1.0,
        "complement": float(words[-1].i > head.i),
        "whole of a name": float(any(words.start == h.first and words.end == h.last for h in names.hits)),
        "whole of an entity": float(any(words.start == e.start and words.end == e.end for e in section.doc.ents)),
        "cuts an entity": float(any(t.ent_iob_ == "I" for t in (first,))),
        "cuts on": float(words.end < len(section.doc) and section.doc[words.end].ent_iob_ == "I"),
        "modifies": float(head.dep_ in ("compound", "amod", "poss", "nmod")),
    }
    after = section.doc[words.end].lower_ if words.end < len(section.doc) else "-"
    found[f"next {after}"] = 1.0
    found[f"previous {before.lower_ if before is not None else '-'}"] = 1.0
    found[f"starts {first.lower_}"] = 1.0
    hit = names.hit_at.get(head.i)
    if hit is not None:
        known = f"known {hit.namings[0].entry.kind} {hit.namings[0].way}"
        found[known] = found[f"{known}, {head.dep_}"] = 1.0
    found[f"sort {sort}, {head.dep_}"] = 1.0
    found[f"label {head.ent_type_}, {head.dep_}"] = 1.0
    found |= {f"vector {at}": float(value) for at, value in enumerate(_FOLDED @ head.vector)}
    if head.pos_ == "PRON" or len(words) == 1:
        found[f"word {head.lower_}"] = 1.0
    found[f"starts {first.pos_}, {sort}"] = 1.0
    found |= {f"{name}, {head.ent_type_ or sort}": 1.0 for name in ("whole of an entity", "modifies") if found[name]}
    return found


def _relabelled(seen: list[Seen], gold: list[set[Typed]]) -> list[set[Typed]]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    order = list(range(len(seen)))
    random.Random(0).shuffle(order)
    found: list[set[Typed]] = [set() for _ in seen]
    types = [{(start, end): kind for start, end, kind in sorted(of)} for of in gold]
    for fold in range(_FOLDS):
        train = [i for at, i in enumerate(order) if at % _FOLDS != fold]
        vectors = DictVectorizer()
        rows = vectors.fit_transform([f for i in train for f in seen[i].values()])
        model = LogisticRegression(C=0.5, max_iter=300)
        model.fit(rows, [types[i].get(span, "none") for i in train for span in seen[i]])
        for i in order[fold::_FOLDS]:
            likely = model.predict_proba(vectors.transform(list(seen[i].values())))
            for span, row in zip(seen[i], likely, strict=True):
                scores: dict[str, float] = dict(zip(model.classes_, row, strict=True))
                best = max((kind for kind in scores if kind != "none"), key=lambda kind: scores[kind])
                if scores[best] > _THRESHOLD:
                    found[i].add((*span, best))
    return found


#: How likely a type must be: below one half, as every miss costs as much as a false one and types share what is left.
_THRESHOLD = 0.4


def _figures(found: list[set[Typed]], gold: list[set[Typed]]) -> dict[str, Any]:
    hit, told, wanted, near = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for ours, theirs in zip(found, gold, strict=True):
        told.update(kind for *_, kind in ours)
        wanted.update(kind for *_, kind in theirs)
        hit.update(kind for *_, kind in ours & theirs)
        near["told"] += sum(any(k == kind and a < e and s < b for a, b, k in theirs) for s, e, kind in ours)
        near["wanted"] += sum(any(k == kind and a < e and s < b for a, b, k in ours) for s, e, kind in theirs)
    by_type = {kind: round(2 * hit[kind] / (told[kind] + wanted[kind]), 3) for kind, _ in wanted.most_common(8)}
    precision, recall = near["told"] / max(1, told.total()), near["wanted"] / wanted.total()
    return {
        "F1": round(2 * hit.total() / (told.total() + wanted.total()), 3),
        "overlap F1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
        "by type": by_type,
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python bench/entities.py RE3D.jsonl")
    main(Path(sys.argv[1]))
