"""Named entities, as spaCy's greedy transition system finds them, without walking through every token.

While no entity is open, what the model says of a token hangs on that token alone; so it is worked out for all tokens of
some documents in one product. Only inside an entity does it hang on what went before, and there just two moves are
open: on (``I``) or the last (``L``). The moves allowed are those of ``spacy/pipeline/_parser_internals/ner.pyx`` for a
document in which no entity is preset. spaCy's own walk asks for the interpreter's lock at each of its 74 moves of each
token, which is most of what it costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, SENT_START
from spacy.tokens import Doc as SpacyDoc
from spacy.tokens import Span as SpacySpan

from sayso.coding.word_vectors import WordVectors

Floats = NDArray[np.float32]


class Entities:
    """Sets the entities of parsed documents, as the ``ner`` component does that it is made from."""

    def __init__(self, component: Any) -> None:
        to_vectors, lower, self._upper = component.model.layers
        tok2vec, _, self._linear = to_vectors.layers
        self._vectors = WordVectors(tok2vec)
        weights = lower.get_param("W")  # features, outputs, pieces, inputs
        self._features = np.ascontiguousarray(weights.transpose(0, 2, 1, 3)).reshape(-1, weights.shape[3])
        self._shape = (-1, weights.shape[0], weights.shape[2], weights.shape[1])
        self._padding: Floats = np.ascontiguousarray(lower.get_param("pad")[0].transpose(0, 2, 1))
        self._bias: Floats = np.ascontiguousarray(lower.get_param("b").T)
        self._ops = lower.ops
        self._moves = [component.moves.get_class_name(move) for move in range(component.moves.n_moves)]
        self._number = {name: move for move, name in enumerate(self._moves)}
        starts = [name[0] for name in self._moves]
        self._begins = np.array([kind == "B" for kind in starts])
        self._units = np.array([kind == "U" and name != "U-" for kind, name in zip(starts, self._moves, strict=True)])
        self._closed = self._begins | self._units | np.array([kind == "O" for kind in starts])

    def __call__(self, docs: Sequence[SpacyDoc]) -> None:
        """Set the entities of ``docs``; sentences are to be known already, for no entity runs over two."""
        features = self._ops.gemm(self._linear.predict(self._vectors(docs)), self._features, trans2=True)
        features = features.reshape(self._shape)
        starts, space = (np.concatenate([doc.to_array(of) == 1 for doc in docs]) for of in (SENT_START, IS_SPACE))
        last = np.append(starts[1:], True)
        moves = self._outside(features, space, last)
        offset = 0
        for doc in docs:
            end = offset + len(doc)
            found, at = [], offset
            for begin in (np.flatnonzero(moves[offset:end] != self._number["O"]) + offset).tolist():
                if begin < at:
                    continue
                kind, label = self._moves[moves[begin]].split("-", 1)
                at = begin + 1 if kind == "U" else self._end(features, begin, label, last)
                found.append(SpacySpan(doc, begin - offset, at - offset, label=label))
            doc.set_ents(found)
            offset = end

    def _outside(self, features: Floats, space: NDArray[np.bool_], last: NDArray[np.bool_]) -> NDArray[np.intp]:
        """The best move at each token, were no entity open there."""
        scores = self._scores(((features[:, 0] + self._padding[1]) + self._padding[2]) + self._bias)
        scores[:, ~self._closed] = -np.inf
        scores[np.ix_(space, self._units)] = -np.inf
        scores[np.ix_(space | last, self._begins)] = -np.inf
        best: NDArray[np.intp] = scores.argmax(axis=1)
        return best

    def _end(self, features: Floats, begin: int, label: str, last: NDArray[np.bool_]) -> int:
        """Where an entity ends that begins at this token."""
        on, close = self._number[f"I-{label}"], self._number[f"L-{label}"]
        at = begin + 1
        while not last[at]:
            state = ((features[at, 0] + features[begin, 1]) + features[at - 1, 2]) + self._bias
            scores = self._scores(state[np.newaxis])[0]
            if scores[close] > scores[on]:
                break
            at += 1
        return at + 1

    def _scores(self, state: Floats) -> Floats:
        """What the model gives each move in each of these states (outputs in pieces)."""
        scores: Floats = self._ops.gemm(state.max(axis=1), self._upper.get_param("W"), trans2=True)
        scores += self._upper.get_param("b")
        return scores
