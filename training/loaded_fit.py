"""What ``training/loaded.py`` and ``bench/loaded.py`` share: learn which words are loaded, and which sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from sayso.coding.loaded_numbers import chance_numbers, sentence_numbers
from sayso.coding.loaded_words import Word, word_features, words_of
from sayso.coding.tokens import Doc

Numbers = NDArray[np.float64]

#: A word's feature must stand so often to be learned.
CASES = 3
#: Inverse strength of the penalties, and how far a word's vector counts beside its features: best of a few on BABE.
WORD_C, SENTENCE_C, VECTOR = 0.3, 0.02, 3.0
SVM_C, SVM_GAMMA = 1.0, 0.0005
INNER = 4


@dataclass(frozen=True)
class Unit:
    """A text with its words. ``carriers``: positions of the words that can be loaded; ``loaded``: which of them are.

    ``fold``: texts of one fold are never learned from to judge another of it.
    """

    doc: Doc
    words: tuple[Word, ...]
    carriers: tuple[int, ...]
    loaded: NDArray[np.bool_]
    biased: bool
    fold: int

    @classmethod
    def of(cls, doc: Doc, marked: Sequence[bool], biased: bool, fold: int) -> Unit:
        """The unit of a parsed text; ``marked``: for each token whether it is loaded."""
        words = words_of(doc)
        carriers = tuple(at for at, word in enumerate(words) if word.carries)
        return cls(doc, words, carriers, np.array([marked[at] for at in carriers], dtype=bool), biased, fold)


class Cases:
    """All words of all units as rows of features, so that each is worked out once.

    ``learned``: beginnings of the features that are learned; ``strength``: inverse of the penalty; ``vector``: how
    far a word's vector counts beside its features.
    """

    def __init__(
        self,
        units: Sequence[Unit],
        learned: tuple[str, ...] = ("",),
        strength: float = WORD_C,
        vector: float = VECTOR,
    ) -> None:
        self.units, self.strength, self.vector = units, strength, vector
        features = [
            sorted({name for name in word_features(unit.words, at) if name.startswith(learned)})
            for unit in units
            for at in unit.carriers
        ]
        counts = Counter(name for row in features for name in row)
        self.names = {name: number for number, name in enumerate(sorted(n for n, c in counts.items() if c >= CASES))}
        columns = [[self.names[name] for name in row if name in self.names] for row in features]
        lengths = np.cumsum([0, *map(len, columns)])
        flat = np.array([column for row in columns for column in row], dtype=np.int64)
        named = csr_matrix((np.ones(len(flat)), flat, lengths), shape=(len(columns), len(self.names)))
        vectors = np.array([unit_vector(unit.words[at].token.vector) for unit in units for at in unit.carriers])
        self.rows = hstack([named, csr_matrix(vectors * vector)]).tocsr()
        self.loaded = np.concatenate([unit.loaded for unit in units])
        self.fold = np.array([unit.fold for unit in units for _ in unit.carriers])
        self.ends = np.cumsum([len(unit.carriers) for unit in units])

    def odds_without(self, *folds: int) -> Numbers:
        """Log-odds of every word, of a model learned without ``folds``."""
        odds: Numbers = self.learn(~np.isin(self.fold, folds)).decision_function(self.rows)
        return odds

    def learn(self, seen: NDArray[np.bool_]) -> LogisticRegression:
        """A model of the words that are ``seen``."""
        return LogisticRegression(C=self.strength, max_iter=80).fit(self.rows[seen], self.loaded[seen])

    def by_unit(self, odds: Numbers) -> list[dict[int, float]]:
        """``odds`` of all words, for each unit by position."""
        parts = np.split(odds, self.ends[:-1])
        return [
            dict(zip(unit.carriers, map(float, part), strict=True))
            for unit, part in zip(self.units, parts, strict=True)
        ]


def unit_vector(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """``vector`` at length one; a word without a vector keeps its zeros."""
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def mean_vector(doc: Doc) -> NDArray[np.float32]:
    """The mean of the vectors, each at length one, of the words of meaning in ``doc``."""
    vectors = [unit_vector(token.vector) for token in doc if token.vector.any() and not token.is_stop]
    return np.mean(vectors, axis=0) if vectors else np.zeros_like(doc[0].vector)


def crossed(cases: Cases, folds: Sequence[int]) -> dict[int, list[dict[int, float]]]:
    """For each fold the words' odds by unit, as learning without it may see them.

    The fold's own words are judged by a model without the fold; those of another fold by one without both, so that the
    sentence model learns from chances as good, or bad, as those it will be given.
    """
    pairs = {(one, other): cases.odds_without(one, other) for one in folds for other in folds if one < other}
    found = {}
    for fold in folds:
        odds = np.where(cases.fold == fold, cases.odds_without(fold), 0.0)
        for other in folds:
            if other != fold:
                odds = np.where(cases.fold == other, pairs[min(fold, other), max(fold, other)], odds)
        found[fold] = cases.by_unit(odds)
    return found


def sentence_rows(units: Sequence[Unit], odds: Sequence[dict[int, float]], structure: bool = True) -> Numbers:
    """One row of numbers a unit: of its words' odds and, with ``structure``, of what the sentence is."""
    return sentence_table(units, odds, structure)[1]


def sentence_table(
    units: Sequence[Unit], odds: Sequence[dict[int, float]], structure: bool = True
) -> tuple[list[str], Numbers]:
    """The names of the numbers of ``sentence_rows``, and the rows."""
    numbers = [
        chance_numbers(unit.words, one) | (sentence_numbers(unit.doc, unit.words) if structure else {})
        for unit, one in zip(units, odds, strict=True)
    ]
    table = DictVectorizer(sparse=False)
    rows: Numbers = table.fit_transform(numbers)
    return list(table.get_feature_names_out()), rows


def logistic(rows: Numbers, verdicts: NDArray[np.bool_], asked: Numbers, strength: float = SENTENCE_C) -> Numbers:
    """Log-odds of ``asked`` by a logistic regression over standardised ``rows``."""
    scale = StandardScaler().fit(rows)
    model = LogisticRegression(C=strength, max_iter=3000).fit(scale.transform(rows), verdicts)
    found: Numbers = model.decision_function(scale.transform(asked))
    return found


def kernel(rows: Numbers, verdicts: NDArray[np.bool_], asked: Numbers) -> Numbers:
    """Margins of ``asked`` by a support vector machine with a radial kernel over standardised ``rows``."""
    scale = StandardScaler().fit(rows)
    model = SVC(C=SVM_C, gamma=SVM_GAMMA).fit(scale.transform(rows), verdicts)
    found: Numbers = model.decision_function(scale.transform(asked))
    return found
