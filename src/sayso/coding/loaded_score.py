"""Which words of a document take a side where they stand, and which sentences do by their words.

A small logistic regression judges each word by the lists it stands in, its neighbours and its vector; another judges
the sentence by its likeliest words and by what else it is. Both are tables that ``training/loaded.py`` learned from
sentences written for it. They label words, never outlets or people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sayso.coding.loaded_numbers import chance_numbers, sentence_numbers
from sayso.coding.loaded_words import Word, word_features
from sayso.coding.tokens import Token, Tokens
from sayso.errors import VocabularyError
from sayso.vocabulary.weights import Weights, packaged_weights

WORD_FILE, SENTENCE_FILE = "loaded_word_weights.csv", "loaded_sentence_weights.csv"
#: Names of the weights of a word's vector, at length one, in the table of words.
VECTOR = "vector "
#: What of a word's features is learned: what a few hundred sentences can teach, and no single words.
LEARNED = ("kind ", "before kind ", "after kind ", "tag ", "relation ", "name ", "listed", "quoted", "hyphen")


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """How likely a sentence takes a side by its words; ``words``: positions of those that are loaded in it."""

    chance: float
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """The two tables. ``vector`` has one weight for each number of a word's vector."""

    word: Weights
    vector: NDArray[np.float64]
    sentence: Weights
    #: What a word's vector says, worked out once a word.
    _told: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, word: Weights, sentence: Weights) -> LoadedModel:
        """The model of two tables; ``VocabularyError`` where weights of the vector are missing between others."""
        numbers = sorted(int(name.removeprefix(VECTOR)) for name in word.of if name.startswith(VECTOR))
        if numbers != list(range(len(numbers))):
            raise VocabularyError(f"{WORD_FILE}: the weights of the vector must be numbered from 0 without a gap")
        return cls(word, np.array([word.of[f"{VECTOR}{number}"] for number in numbers]), sentence)

    def score(self, tokens: Tokens, words: Sequence[Word]) -> SentenceScore:
        """How a sentence is worded; ``words`` are those of its ``tokens``."""
        odds = {at: self.odds(words, at) for at, word in enumerate(words) if word.carries}
        chance = self.sentence.chance_by(sentence_numbers(tokens, words) | chance_numbers(words, odds))
        least = float(np.log(self.word.threshold / (1 - self.word.threshold)))
        return SentenceScore(chance, tuple(at for at, value in odds.items() if value >= least))

    @property
    def threshold(self) -> float:
        """The chance from which a sentence is said to take a side."""
        return self.sentence.threshold

    def odds(self, words: Sequence[Word], at: int) -> float:
        """Log-odds that the word at ``at`` is loaded there."""
        return self.word.odds(word_features(words, at)) + self._vector_odds(words[at].token)

    def _vector_odds(self, token: Token) -> float:
        told = self._told.get(token.text)
        if told is None:
            vector = token.vector
            length = float(np.linalg.norm(vector))
            fits = length > 0 and len(vector) == len(self.vector)
            told = self._told[token.text] = float(vector @ self.vector) / length if fits else 0.0
        return told


@cache
def loaded_model() -> LoadedModel:
    """The tables that come with Sayso, read once; ``VocabularyError`` names one that is missing or malformed."""
    return LoadedModel.of(packaged_weights(WORD_FILE), packaged_weights(SENTENCE_FILE))


__all__ = ["LoadedModel", "SentenceScore", "loaded_model"]
