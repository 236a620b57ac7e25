"""How certain its sentence holds an event, from -3 (certain that it did not happen) to 3 (certain that it did).

A sum of named features that are there or not, each with a weight of ``certainty_weights.csv``: the rules' status, the
word itself, its helpers, and the words above it in the parse. The scale is that of Lee, Artzi, Choi and Zettlemoyer
(2015), on whose annotated sentences ``training/certainty_weights.py`` learned the weights; docs/design/status.md has
the figures. It says how the words put it, never whether they are true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import fsum

from sayso.coding.triggers import Trigger
from sayso.model import Status
from sayso.vocabulary.weights import BIAS, packaged_table

CERTAINTY_FILE = "certainty_weights.csv"
#: The ends of its scale.
LEAST, MOST = -3.0, 3.0
#: So many words above the event are looked at.
_STEPS = 5
_TOLD = frozenset({"aux", "neg", "mark", "advmod", "det", "amod", "prep", "auxpass"})


def certainty_of(trigger: Trigger, status: Status, weights: Mapping[str, float] | None = None) -> float:
    """The certainty of the event at ``trigger``, to one decimal; ``status`` is what the rules make of it."""
    value = certainty_value(certainty_features(trigger, status), weights or packaged_table(CERTAINTY_FILE))
    return round(value, 1) + 0.0  # no -0.0


def certainty_value(features: Iterable[str], weights: Mapping[str, float]) -> float:
    """What ``features`` add up to, within the scale. Unknown names count nothing."""
    # fsum does not depend on the order of a set, which differs from run to run.
    total = fsum([weights.get(BIAS, 0.0), *(weights.get(name, 0.0) for name in features)])
    return max(LEAST, min(MOST, total))


def certainty_features(trigger: Trigger, status: Status) -> frozenset[str]:
    """What surrounds an event in the parse, by name. A name's own words are left out."""
    return frozenset(_features(trigger, status))


def _features(trigger: Trigger, status: Status) -> Iterator[str]:
    token = trigger.token
    yield f"status {status}"
    yield f"tag {token.tag_}"
    yield f"tag {token.tag_} {token.dep_}"
    if token.pos_ != "PROPN":
        yield f"lemma {token.lemma_.lower()}"
    helpers = sorted(c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass", "neg"))
    yield f"helpers {token.tag_} {' '.join(helpers)}"
    for child in token.children:
        if child.dep_ in _TOLD and child.pos_ != "PROPN":
            yield f"child {child.dep_} {child.lower_}"
    below = token
    chain: list[str] = []
    for step in range(_STEPS):
        above = below.head
        if above.i == below.i:
            yield f"root at {step}"
            break
        chain.append(below.dep_)
        if above.pos_ != "PROPN":
            lemma = above.lemma_.lower()
            yield f"under {below.dep_} {lemma}"
            yield f"at {min(step, 2)} {lemma}"
        if step == 0:
            yield f"head {above.tag_} {below.dep_}"
        for child in above.children:
            if child.dep_ == "neg" or (child.dep_ in ("aux", "mark") and child.i != below.i):
                yield f"above {'-'.join(chain[:2])} {child.lower_}"
                yield f"above {child.lower_}"
        below = above
    tokens = trigger.sentence.tokens
    if any(t.lower_ == "if" and t.i < token.i for t in tokens):
        yield "after if"
    if tokens[-1].text == "?":
        yield "question"
