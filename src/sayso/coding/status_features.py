"""What speaks for one or another status of an event: named features of its mentions that are there or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.coding.intervals import interval
from sayso.coding.mention import Mention
from sayso.coding.tokens import Token
from sayso.model import TimeSpan, Written

#: Limits between the intervals in which lengths, in days, and certainties are told.
_DAYS = (0, 1, 3, 8, 32, 366)
_CERTAINTIES = (-2, -1, 0, 1, 2, 2.4, 2.7)
_NEAR = 5
_MODIFIERS = frozenset({"amod", "advmod", "det", "aux", "auxpass", "neg", "mark", "prt"})


def status_features(ordered: Sequence[Mention], written: Written | None) -> frozenset[str]:
    """The features of an event by its mentions, the main one first, in a document written in these days."""
    return frozenset(_features(ordered, written))


def _features(ordered: Sequence[Mention], written: Written | None) -> Iterator[str]:
    main = ordered[0]
    kind = main.trigger.type
    yield "any"
    yield f"type {kind}"
    yield f"rules {main.status}"
    yield f"rules {main.status}, type {kind}"
    told = {mention.status for mention in ordered}
    for status in told:
        yield f"rules of some {status}"
        yield f"rules of some {status}, rules {main.status}"
    yield f"certainty {interval(main.certainty, _CERTAINTIES)}"
    yield f"most certain {interval(max((m.certainty or 0.0 for m in ordered), default=0.0), _CERTAINTIES)}"
    yield f"mentions {interval(len(ordered), (1, 2, 3, 6))}"
    yield f"headline {main.trigger.sentence.section.segment.kind in ('title', 'heading')}"
    yield f"killed {any(m.killed or m.injured for m in ordered)}, type {kind}"
    yield from _of_time(next((m.time for m in ordered if m.time), None), written, kind)
    tags = {t.tag_ for t in main.trigger.sentence.tokens if t.pos_ in ("VERB", "AUX")}
    for tag in ("VBZ", "VBP", "VBG", "MD", "VBD"):
        yield f"sentence {tag} {tag in tags}"
    at = main.trigger.token.i
    tokens = main.trigger.sentence.tokens
    for near in tokens.doc[max(tokens.start, at - _NEAR) : min(tokens.end, at + _NEAR + 1)]:
        if near.i != at and _is_plain(near):
            yield f"near {near.lemma_.lower()}"
    for name in _of_word(main):
        yield f"main {name}"
    for name in dict.fromkeys(name for mention in ordered for name in _of_word(mention)):
        yield f"some {name}"


def _of_time(time: TimeSpan | None, written: Written | None, kind: str) -> Iterator[str]:
    if time is None:
        yield "time none"
        return
    length = interval((time.latest - time.earliest).days, _DAYS)
    yield f"time {length}"
    yield f"time {length}, type {kind}"
    yield f"time basis {time.basis}"
    day = written and (written.best or written.latest)
    if day:
        end = "past" if time.latest < day else "now" if time.earliest <= day else "to come"
        yield f"time {end}"
        yield f"time {length}, {end}"


def _of_word(mention: Mention) -> Iterator[str]:
    """The trigger, its helpers, and the verb whose clause it stands in."""
    token = mention.trigger.token
    yield f"tag {token.tag_}"
    yield f"tag {token.tag_} {token.dep_}"
    if _is_plain(token):
        yield f"lemma {token.lemma_.lower()}"
    yield f"helpers {token.tag_} {_helpers(token)}"
    for child in token.children:
        if child.dep_ in _MODIFIERS and _is_plain(child):
            yield f"{child.dep_} {child.lower_}"
        elif child.dep_ == "prep":
            yield f"prep {child.lower_}"
    above = token.head
    if above.i == token.i:
        yield "root"
        return
    if _is_plain(above):
        yield f"under {token.dep_} {above.lemma_.lower()}"
        yield f"under {above.lemma_.lower()}"
    verb = _clause(token)
    if verb is not None:
        yield f"clause {verb.tag_} {_helpers(verb)}"
        yield f"clause verb {verb.lemma_.lower()}"
        for child in verb.children:
            if child.dep_ in ("mark", "neg", "advmod") or (child.dep_ == "prep" and child.lower_ in ("since", "for")):
                yield f"clause {child.dep_} {child.lower_}"


def _clause(token: Token) -> Token | None:
    """The verb above a noun, or above a verb that has no tense of its own."""
    above = token
    for _ in range(6):
        if above.head.i == above.i:
            return None
        above = above.head
        if above.pos_ in ("VERB", "AUX"):
            return above
    return None


def _is_plain(token: Token) -> bool:
    """Whether a word is no name and no number: the table is to know ways of telling, not one war."""
    return token.pos_ not in ("PROPN", "PUNCT", "NUM", "SPACE", "SYM") and not token.is_upper


def _helpers(verb: Token) -> str:
    return " ".join(child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass", "neg"))
