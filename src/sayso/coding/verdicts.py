"""How the event model judged the words of a document, for ``explaining``: chances, and what weighed most in them."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.coding.coder import Coder, Found
from sayso.coding.event_mention_features import Surroundings, mention_features
from sayso.coding.explanation import LeftOut, Question, Verdict
from sayso.coding.parse import ParsedDocument
from sayso.coding.triggers import Trigger, find_triggers
from sayso.model import Span
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.triggers import trigger_vocabulary
from sayso.vocabulary.weights import Weights

#: So many of the features that weighed most are told.
_SIGNS = 6


class Judged:
    """The verdicts on every trigger of a parsed document. Verbal events have none: rules alone choose them."""

    def __init__(self, coder: Coder, parsed: ParsedDocument, found: Found) -> None:
        self._triggers = find_triggers(parsed, trigger_vocabulary())
        around = Surroundings.of(self._triggers, parsed.sentences)
        model = coder.events
        self._verdicts: dict[tuple[Span, str], tuple[Verdict, ...]] = {
            (trigger.span, trigger.type): (_verdict("mention", model.mention, mention_features(trigger, around)),)
            for trigger in self._triggers
            if not event_types()[trigger.type].is_verbal
        }
        mentions = coder.mentions(parsed, found)
        for group, features in model.groups(mentions):
            if event_types()[group.type].is_verbal:
                continue
            verdict = _verdict("event", model.event, features)
            for number in group.numbers:
                trigger = mentions[number].trigger
                key = trigger.span, trigger.type
                self._verdicts[key] = (*self._verdicts.get(key, ()), verdict)

    def of(self, trigger: Trigger) -> tuple[Verdict, ...]:
        """Whether the words report an event, and where that was asked, whether what they are put together to is one."""
        return self._verdicts.get((trigger.span, trigger.type), ())

    def left_out(self, told: set[Span]) -> tuple[LeftOut, ...]:
        """The triggers whose words are not among the mentions ``told``."""
        return tuple(
            LeftOut(trigger.span, trigger.sentence.span, trigger.type, trigger.rule, self.of(trigger))
            for trigger in self._triggers
            if trigger.span not in told
        )


def _verdict(question: Question, weights: Weights, features: Sequence[str]) -> Verdict:
    return Verdict(question, weights.chance(features), weights.threshold, weights.signs(features, _SIGNS))
