"""What the pair model of ``bench/linking.py`` looks at: named features of two mentions, for many pairs at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt
from linking_mentions import EventMention, Story
from rapidfuzz.distance import JaroWinkler
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


def _tokens(words: Iterable[str]) -> list[str]:
    return list(words)


def _weigher() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=_tokens, sublinear_tf=True)


class Corpus:
    """All stories: how alike any two are, and what each word is worth."""

    def __init__(self, stories: Sequence[Story]) -> None:
        self.stories = list(stories)
        whole = _weigher().fit_transform([story.words for story in stories])
        opening = _weigher().fit_transform([story.opening for story in stories])
        self.story_likeness: Floats = np.asarray((whole @ whole.T).todense(), dtype=np.float32)
        self.opening_likeness: Floats = np.asarray((opening @ opening.T).todense(), dtype=np.float32)
        self.weigher = _weigher().fit([story.words for story in stories])
        #: Lemma -> the share of predicted topics that tell of it at all; filled when topics are known.
        self.spread: dict[str, float] = {}

    def learn_topics(self, topics: Sequence[int], mentions: Sequence[EventMention]) -> None:
        """How many predicted topics each lemma is told in: "say" in all, "quake" in few. No labels."""
        told: dict[str, set[int]] = defaultdict(set)
        for mention in mentions:
            told[mention.lemma].add(topics[mention.story])
        self.spread = {lemma: len(found) / len(set(topics)) for lemma, found in told.items()}


#: Name of every column of ``pair_features``.
FEATURES = (
    "same lemma", "lemma in common", "spelled alike", "same words", "vectors", "vectors of another lemma",
    "sentence", "clause", "context", "subjects", "objects", "subject of one is object of the other", "arguments known",
    "names", "numbers alike", "numbers differ", "times", "stories", "openings", "one story", "sentences apart",
    "one sentence", "both verbs", "one verb", "same kind", "rarity of the lemma", "same lemma and sentence",
    "same lemma and story", "same lemma and arguments", "place in the text", "mentions of the lemma",
    "better of their best matches", "worse of their best matches", "subjects known", "objects known",
    "topics of the lemma", "topics of the rarer lemma", "stories beside their topic", "openings beside their topic",
    "words of the other lemma",
)  # fmt: skip


def pair_features(told: Sequence[EventMention], first: Ints, second: Ints, corpus: Corpus) -> Floats:
    """One row a pair, one column a feature."""
    if not len(first):
        return np.zeros((0, len(FEATURES)), dtype=np.float32)

    def of(value: Callable[[EventMention], object]) -> Ints:
        codes: Ints = np.unique([str(value(m)) for m in told], return_inverse=True)[1]
        return codes

    def equal(codes: Ints) -> Floats:
        return np.asarray(codes[first] == codes[second], dtype=np.float32)

    def cosine(rows: csr_matrix) -> Floats:
        square: Floats = np.asarray((rows @ rows.T).todense(), dtype=np.float32)
        return square[first, second]

    def weighed(words: Callable[[EventMention], Iterable[str]]) -> Floats:
        return cosine(corpus.weigher.transform([words(m) for m in told]))

    lemma = of(lambda m: m.lemma)
    same_lemma = equal(lemma)
    story = np.asarray([m.story for m in told])
    one_story = (story[first] == story[second]).astype(np.float32)
    vectors = np.stack([m.vector for m in told])
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    alike = np.asarray((vectors @ vectors.T)[first, second], dtype=np.float32)
    spelling = np.asarray([[JaroWinkler.similarity(a.lemma, b.lemma) for b in told] for a in told], dtype=np.float32)
    sentence = weighed(lambda m: m.near)
    subjects, objects = weighed(lambda m: m.subjects), weighed(lambda m: m.objects)
    crossed = _between(told, lambda m: m.subjects, lambda m: m.objects, corpus)
    arguments = np.maximum(subjects, objects)
    known = np.asarray([len(m.subjects) + len(m.objects) > 0 for m in told], dtype=np.float32)
    has_subject = np.asarray([bool(m.subjects) for m in told], dtype=np.float32)
    has_object = np.asarray([bool(m.objects) for m in told], dtype=np.float32)
    spread = np.asarray([corpus.spread.get(m.lemma, 0.0) for m in told], dtype=np.float32)
    numbers = _overlap([m.numbers for m in told])[first, second]
    both_numbers = np.asarray([bool(m.numbers) for m in told])
    stories = corpus.story_likeness[story[first], story[second]]
    at = np.asarray([m.sentence for m in told])
    verb = np.asarray([m.verb for m in told])
    counts = np.bincount(lemma)[lemma].astype(np.float32)
    context = weighed(lambda m: (*m.near, *corpus.stories[m.story].opening))
    # How well either fits its best partner in other stories: a mention whose likes are many is told often.
    fit = _square(len(told), first, second, sentence + same_lemma - one_story)
    best = fit.max(axis=1)
    columns = (
        same_lemma,
        _overlap([m.lemmas for m in told])[first, second],
        spelling[first, second],
        equal(of(lambda m: m.text)),
        alike,
        alike * (1 - same_lemma),
        sentence,
        weighed(lambda m: m.clause),
        context,
        subjects,
        objects,
        crossed[first, second],
        known[first] * known[second],
        _overlap([m.names for m in told])[first, second],
        numbers,
        ((numbers == 0) & both_numbers[first] & both_numbers[second]).astype(np.float32),
        _overlap([m.times for m in told])[first, second],
        stories,
        corpus.opening_likeness[story[first], story[second]],
        one_story,
        one_story * np.minimum(np.abs(at[first] - at[second]), 10) / 10,
        one_story * (at[first] == at[second]),
        (verb[first] & verb[second]).astype(np.float32),
        (verb[first] ^ verb[second]).astype(np.float32),
        equal(of(lambda m: m.kind)),
        1 / np.sqrt(np.maximum(counts[first], counts[second])),
        same_lemma * sentence,
        same_lemma * stories,
        same_lemma * arguments,
        (np.minimum(at[first], 5) + np.minimum(at[second], 5)) / 10,
        np.log1p(np.minimum(counts[first], counts[second])),
        np.maximum(best[first], best[second]),
        np.minimum(best[first], best[second]),
        has_subject[first] * has_subject[second],
        has_object[first] * has_object[second],
        np.maximum(spread[first], spread[second]),
        np.minimum(spread[first], spread[second]),
        _beside(corpus.story_likeness, story)[first, second],
        _beside(corpus.opening_likeness, story)[first, second],
        _has_lemma(told)[first, second],
    )
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _overlap(groups: Sequence[frozenset[str]]) -> Floats:
    """Share of the smaller set that the larger has, for every pair; 0 where one is empty."""
    words = {word: index for index, word in enumerate(sorted(set().union(*groups)))}
    rows = [(row, words[word]) for row, group in enumerate(groups) for word in group]
    shape = (len(groups), max(1, len(words)))
    data = np.ones(len(rows), dtype=np.float32)
    table = csr_matrix((data, tuple(zip(*rows, strict=True)) if rows else ([], [])), shape=shape)
    sizes = np.asarray([len(group) for group in groups], dtype=np.float32)
    smaller = np.maximum(np.minimum.outer(sizes, sizes), 1)
    return np.asarray((table @ table.T).todense() / smaller, dtype=np.float32)


def _between(
    told: Sequence[EventMention],
    one: Callable[[EventMention], Iterable[str]],
    other: Callable[[EventMention], Iterable[str]],
    corpus: Corpus,
) -> Floats:
    left = corpus.weigher.transform([one(m) for m in told])
    right = corpus.weigher.transform([other(m) for m in told])
    crossed = np.asarray((left @ right.T).todense(), dtype=np.float32)
    return np.maximum(crossed, crossed.T)


def _beside(likeness: Floats, story: Ints) -> Floats:
    """How alike two stories are, beside how alike each is to the others here: one topic may hold several happenings."""
    here = np.unique(story)
    within = likeness[np.ix_(here, here)]
    usual = np.maximum(within.mean(axis=1), 1e-3)
    place = np.searchsorted(here, story)
    square = within / np.sqrt(np.outer(usual, usual))
    return np.asarray(square[np.ix_(place, place)], dtype=np.float32)


def _has_lemma(told: Sequence[EventMention]) -> Floats:
    """Whether the lemma of the one stands in the sentence of the other: 0, once 0.5, both ways 1."""
    lemmas = sorted({m.lemma for m in told})
    at = {lemma: index for index, lemma in enumerate(lemmas)}
    table = np.zeros((len(told), len(lemmas)), dtype=np.float32)
    for row, mention in enumerate(told):
        for word in mention.near:
            if word in at:
                table[row, at[word]] = 1.0
    one_way = table[:, [at[m.lemma] for m in told]]
    return np.asarray((one_way + one_way.T) / 2, dtype=np.float32)


def _square(size: int, first: Ints, second: Ints, values: Floats) -> Floats:
    square = np.full((size, size), -1.0, dtype=np.float32)
    square[first, second] = values
    square[second, first] = values
    return square
