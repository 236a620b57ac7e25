"""What tells apart the happenings of one predicted topic: named features of two mentions beside all others of it.

Two quakes of one coast share most of their words, so words are weighed by how few stories *of this topic* have them:
what all tell of both quakes counts for nothing, the name of a village for much. No labels.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from linking_mentions import EventMention, Story
from sklearn.feature_extraction.text import TfidfVectorizer

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

#: Of two mentions each is the greater, then the smaller.
_OF_EITHER = (
    "share of the stories that tell the lemma", "tellings of the lemma in its story", "mentions in the sentence",
    "lemma in the opening", "share of the texts with the lemma", "share of the openings with the lemma",
    "sort of deed", "words of the sentence", "words of the mention",
)  # fmt: skip
#: Name of every column of ``topic_features``.
TOPIC_FEATURES = (
    "stories here", "openings here", "names of the stories here", "numbers of the stories here",
    "times of the stories here", "sentence here", "clause here", "arguments here", "names here",
    "sentence and the other's opening", "sentence and the other's opening, both ways",
    *(f"{name}, {which}" for name in _OF_EITHER for which in ("greater", "smaller")),
    "stories in the topic",
)  # fmt: skip
_KINDS = {"ACTION_OCCURRENCE": 0, "ACTION_REPORTING": 1, "ACTION_STATE": 2}


def topic_features(told: Sequence[EventMention], first: Ints, second: Ints, stories: Sequence[Story]) -> Floats:
    """One row a pair of ``told``, the mentions of one topic; one column a feature."""
    numbers = sorted({mention.story for mention in told})
    here = [stories[number] for number in numbers]
    at = np.searchsorted(numbers, [mention.story for mention in told])
    alike = _Words(here)
    near, openings = [m.near for m in told], [story.opening for story in here]

    def of_stories(square: Floats) -> Floats:
        return square[at[first], at[second]]

    def gathered(values: Sequence[frozenset[str]]) -> list[list[str]]:
        found: list[set[str]] = [set() for _ in here]
        for story, value in zip(at, values, strict=True):
            found[story] |= value
        return [sorted(group) for group in found]

    to_opening = alike.between(near, openings)[:, at]
    columns = [
        of_stories(alike.within([story.words for story in here])),
        of_stories(alike.within(openings)),
        *(
            of_stories(alike.within(gathered(values)))
            for values in ([m.names for m in told], [m.numbers for m in told], [m.times for m in told])
        ),
        alike.within(near)[first, second],
        alike.within([m.clause for m in told])[first, second],
        alike.within([sorted(m.subjects | m.objects) for m in told])[first, second],
        alike.within([sorted(m.names) for m in told])[first, second],
        np.maximum(to_opening, to_opening.T)[first, second],
        np.minimum(to_opening, to_opening.T)[first, second],
    ]
    for value in _of_mentions(told, here, at):
        columns += [np.maximum(value[first], value[second]), np.minimum(value[first], value[second])]
    columns.append(np.full(len(first), len(here)))
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


class _Words:
    """What each word is worth among ``here``: the rarer in its stories, the more; nothing where all have it."""

    def __init__(self, here: Sequence[Story]) -> None:
        self.weigher = TfidfVectorizer(analyzer=_tokens, sublinear_tf=True, smooth_idf=False)
        self.weigher.fit([story.words for story in here])
        having = len(here) / np.exp(self.weigher.idf_ - 1)
        self.weigher.idf_ = np.log((len(here) + 0.5) / having)

    def within(self, lists: Sequence[Iterable[str]]) -> Floats:
        return self.between(lists, lists)

    def between(self, lists: Sequence[Iterable[str]], others: Sequence[Iterable[str]]) -> Floats:
        product = self.weigher.transform(lists) @ self.weigher.transform(others).T
        return np.asarray(product.todense(), dtype=np.float32)


def _tokens(words: Iterable[str]) -> list[str]:
    return list(words)


def _of_mentions(told: Sequence[EventMention], here: Sequence[Story], at: Ints) -> list[Floats]:
    """For each name of ``_OF_EITHER`` its value of every mention."""
    telling: dict[str, set[int]] = defaultdict(set)
    for mention in told:
        telling[mention.lemma].add(mention.story)
    own = Counter((mention.lemma, mention.story) for mention in told)
    beside = Counter((mention.story, mention.sentence) for mention in told)
    texts = Counter(word for story in here for word in set(story.words))
    openings = Counter(word for story in here for word in set(story.opening))
    values = (
        [len(telling[m.lemma]) / len(here) for m in told],
        [own[m.lemma, m.story] for m in told],
        [beside[m.story, m.sentence] for m in told],
        [m.lemma in here[story].opening for m, story in zip(told, at, strict=True)],
        [texts[m.lemma] / len(here) for m in told],
        [openings[m.lemma] / len(here) for m in told],
        [_KINDS.get(m.kind, len(_KINDS)) for m in told],
        [len(m.near) for m in told],
        [len(m.text.split()) for m in told],
    )
    return [np.asarray(value, dtype=np.float32) for value in values]
