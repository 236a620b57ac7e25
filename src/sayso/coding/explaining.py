"""The coder's account of itself: each statement of a document with why every field is what it is, or is empty.

It codes the document again and asks the parts of the coder that chose: which answers they weighed, and how likely each
was. Nothing is kept while coding for this, so that coding costs nothing more; and nothing here can change a statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sayso.coding.actor_choice import LIKELY, TIED, Weighed
from sayso.coding.actor_choice import weighed as parties_weighed
from sayso.coding.claims import ClaimRule, answering, claimed_by
from sayso.coding.coder import Coder, Found
from sayso.coding.counts import COUNTED
from sayso.coding.event_places import weighed as places_weighed
from sayso.coding.event_times import TimeRule, dated
from sayso.coding.explanation import Account, Explanation, Option, Reason
from sayso.coding.parse import ParsedDocument
from sayso.coding.status_choice import status_chances
from sayso.coding.triggers import Trigger
from sayso.coding.verdicts import Judged
from sayso.model import Actor, Count, Document, Opinion, Statement, Status
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.status import status_vocabulary

#: So many of the answers weighed are told.
_TOLD = 5

_TIMES: dict[TimeRule, str] = {
    "words": "the time nearest to the trigger in its sentence",
    "saying": "the day it was said bounds it: that day or the one before",
    "beginning": 'the day that "since" names is when it began',
    "heading": "the heading it stands under is dated",
    "story": "no time of its own; the sentence just before tells the day and the story goes on",
    "going on": "no time of its own; it goes on as the document is written",
    "day of writing": "no time of its own; told as news, so it fell on the day of writing or the one before",
    "earlier": 'its words point to a time before the story ("had", "previously"), and none is named',
    "coming": "it is still to come, and no time is named for it",
    "undated": "no time in its sentence, its heading or the sentence before belongs to it, and the day of writing is "
    "not known",
    "said of other": "the only day in reach is the day of a report on what lies before it or is still to come",
}

_CLAIMS: dict[ClaimRule, str] = {
    "said": "it stands in what these words cite somebody for, nearest first",
    "relative": "a relative clause on their word says more of it",
    "goes on": "its sentence adds to the one before, which is told on their word",
    "unnamed": "it is cited, but from nobody who is named, or from one who does not report it",
    "own voice": "nobody is cited for it: the document says it in its own voice",
}


def account(coder: Coder, document: Document) -> Account:
    """Why ``coder`` codes ``document`` as it does: a reason for each field of each statement, and what it left out."""
    parsed, found, events = coder.before_parties(document)
    coded = coder.coded(parsed, found, events)
    parties = parties_weighed(events, parsed, found.context, found.attributions, found.casualties)
    of_trigger = {(m.trigger.span, m.trigger.type): number for number, event in enumerate(events) for m in event}
    judged = Judged(coder, parsed, found)
    explanations = []
    for statement in coded.statements:
        number = of_trigger[statement.trigger, statement.type]
        of_span = {m.trigger.span: m for m in events[number]}
        mentions = [of_span[span] for span in statement.mentions if span in of_span]
        ordered = [mention.trigger for mention in mentions]
        reasons = (
            _of_trigger(statement, ordered),
            _of_status(statement, ordered[0], status_chances(mentions, document.written)),
            _of_party("actors", statement.actors, parties[number]),
            _of_party("targets", statement.targets, parties[number]),
            _of_place(statement, ordered, found, parsed),
            _of_time(statement, ordered, found, parsed),
            _of_count("killed", statement.killed, statement, found),
            _of_count("injured", statement.injured, statement, found),
            _of_claim(statement, ordered, found, parsed),
            *_of_opinion(statement, coded.opinions),
        )
        explanations.append(Explanation(statement, reasons, judged.of(ordered[0])))
    told = {span for statement in coded.statements for span in statement.mentions}
    return Account(tuple(explanations), judged.left_out(told))


def _of_opinion(statement: Statement, opinions: Sequence[Opinion]) -> Iterator[Reason]:
    for opinion in opinions:
        if opinion.span.contains(statement.trigger):
            why = f"told in a passage of the document's own opinion ({opinion.score:.2f}), shown by these words"
            yield Reason("opinion", opinion.cues, "opinion passage", why)


def _of_trigger(statement: Statement, triggers: Sequence[Trigger]) -> Reason:
    definition = event_types()[statement.type].label
    why = f"read as {definition}, by rule {triggers[0].rule} of the trigger words"
    if triggers[0].later:
        why += "; it points back to an event told before, whose type it takes"
    if len(statement.mentions) > 1:
        why += f"; {len(statement.mentions)} mentions are taken for one event"
    return Reason("type", statement.mentions, triggers[0].rule, why)


def _of_status(statement: Statement, trigger: Trigger, chances: Mapping[Status, float]) -> Reason:
    vocabulary, section = status_vocabulary(), trigger.sentence.section
    speaking = {word for (word, _), status in vocabulary.items() if status == statement.status}
    words = tuple(
        section.span(token)
        for token in trigger.sentence.tokens
        if token.i != trigger.token.i and (token.lower_ in speaking or token.lemma_.lower() in speaking)
    )
    if statement.status == "happened":
        words, rule, why = (), "told as fact", "nothing in its words says that it is planned, denied or in doubt"
    elif words:
        rule, why = "cue", f"these words of its sentence can make an event {statement.status}"
    else:
        words, rule = (trigger.span,), "form"
        why = "tense, negation, the kind of event, its time, or another mention says so"
    if statement.certainty is not None:
        why += f"; how certain its words put it: {statement.certainty:+.1f} of 3"
    ranked = sorted(chances, key=lambda status: -chances[status])
    return Reason("status", words, rule, why, tuple(Option(one, None, chances[one]) for one in ranked[:_TOLD]))


def _of_party(field: str, actors: Sequence[Actor], parties: Sequence[Weighed]) -> Reason:
    done, role = field == "actors", "done it" if field == "actors" else "suffered it"
    ranked = sorted(parties, key=lambda party: -(party.doing if done else party.suffering))[:_TOLD]
    options = tuple(Option(p.actor.name, p.actor.span, p.doing if done else p.suffering) for p in ranked)
    words = tuple(actor.span for actor in actors)
    if actors:
        if not parties:
            return Reason(field, words, "syntax", "who it hangs on in the sentence")
        return Reason(field, words, "likely", f"likely enough to have {role} among all parties named", options)
    if not parties:
        return Reason(field, (), "nobody named", "its sentences name nobody who could be meant")
    best = options[0]
    why = f"nobody named is likely enough to have {role}: {best.name} {best.chance:.2f}"
    wanted = LIKELY["actor" if done else "target"]
    why += f" (wanted: {wanted:.2f}, or {TIED:.2f} where syntax ties it to the event, and likelier than the other role)"
    return Reason(field, (), "unlikely", why, options)


def _of_place(statement: Statement, triggers: Sequence[Trigger], found: Found, parsed: ParsedDocument) -> Reason:
    place = statement.place
    asked = [places_weighed(trigger, found.places, parsed) for trigger in triggers]
    # The mention that names the place answers for it; where there is none, the main one does.
    naming = (answers for answers in asked if place and any(p and p.span == place.span for p, _ in answers))
    answers = next(naming, asked[0])
    options = tuple(Option(p.name if p else "no place", p.span if p else None, chance) for p, chance in answers[:_TOLD])
    if place is not None:
        known = "known to the gazetteer" if place.gazetteer_id else "a name that no gazetteer knows"
        own = statement.sentence.contains(place.span)
        where = "its own sentence" if own else "another sentence of the story"
        why = f"the likeliest of the places in reach, from {where}; {known}"
        return Reason("place", (place.span,), "own sentence" if own else "another sentence", why, options)
    if all(p is None for p, _ in answers):
        return Reason("place", (), "none named", "no place is named in its sentence or those in reach")
    return Reason("place", (), "unlikely", "no place in reach is likely enough to be where it happened", options)


def _of_time(statement: Statement, triggers: Sequence[Trigger], found: Found, parsed: ParsedDocument) -> Reason:
    results = [dated(trigger, found.times, parsed) for trigger in triggers]
    time = statement.time
    if time is None:
        rule = results[0][1]
        why = _TIMES[rule]
        loose = [t for t in found.times if statement.sentence.contains(t.span) and t.earliest is None]
        if loose:
            quoted = ", ".join(f"“{t.span.of(parsed.text)}”" for t in loose[:_TOLD])
            why += f"; not to be put on the calendar: {quoted}"
        return Reason("time", (), rule, why)
    rule = next((rule for result, rule in results if result == time), results[0][1])
    why = f"{_TIMES[rule]} ({time.basis})"
    if not time.evidence:
        why += "; the day of writing was given with the document"
    return Reason("time", time.evidence, rule, why)


def _of_count(field: str, count: Count | None, statement: Statement, found: Found) -> Reason:
    if count is not None:
        return Reason(field, count.evidence, "nearest", f"the number of {field} nearest to it")
    if statement.type not in COUNTED:
        return Reason(field, (), "not counted", "only force takes lives: other kinds of event are given no toll")
    here = [c for c in found.casualties if c.kind == field and statement.sentence.contains(c.span)]
    if not here:
        return Reason(field, (), "no number", f"its sentence gives no number of {field}")
    return Reason(field, (), "of another", f"the numbers of {field} in its sentence belong to other words of it")


def _of_claim(statement: Statement, triggers: Sequence[Trigger], found: Found, parsed: ParsedDocument) -> Reason:
    chains = [claimed_by(trigger, found.attributions, parsed) for trigger in triggers]
    at = chains.index(statement.claimed_by) if statement.claimed_by in chains else 0
    covering, rule = answering(triggers[at], found.attributions, parsed)
    words = (*statement.claimed_by, *(cue for attribution in covering for cue in attribution.cue))
    why = _CLAIMS[rule]
    others = sum(bool(chain) for chain in chains) - 1
    if statement.claimed_by and at:
        why += f"; so it is told by “{triggers[at].span.of(parsed.text)}”, another mention of it"
    if statement.claimed_by and others > 0:
        why += f"; somebody is cited for {others} more of its mentions, nobody for more of them"
    return Reason("claimed_by", words, rule, why)
