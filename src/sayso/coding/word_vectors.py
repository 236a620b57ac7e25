"""Token vectors of a spaCy ``Tok2Vec`` model, bit for bit, at about half the cost.

An embedding sees one token alone: its form, its norm and whether white space follows. So it is worked out once for each
word instead of once for each token, by spaCy's own layers. The convolutions over neighbours are written out here with
fewer passes over memory. BLIS gives a row of a product the same value whichever rows stand beside it, so no result
hangs on what was read before; ``tests/coding/test_quick_pipeline.py`` compares with the plain pipeline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import NORM, ORTH, SPACY
from spacy.tokens import Doc as SpacyDoc

Floats = NDArray[np.float32]

#: Words kept before all are forgotten: some 8 MB. A newspaper article brings a few dozen new ones.
_KEPT = 20_000


class WordVectors:
    """Calls like the predicting of the ``Tok2Vec`` model it is made from; what a document gets hangs on it alone."""

    def __init__(self, model: Any) -> None:
        self._embed, encode = model.layers
        self._padding: int = encode.attrs["pad"]
        maxouts = (layer for layer in encode.walk() if layer.name == "maxout")
        norms = (layer for layer in encode.walk() if layer.name == "layernorm")
        self._layers = [_Convolution.of(maxout, norm) for maxout, norm in zip(maxouts, norms, strict=True)]
        self._rows: dict[tuple[int, ...], int] = {}
        self._table = np.zeros((_KEPT, model.get_dim("nO")), dtype=np.float32)

    def __call__(self, docs: Sequence[SpacyDoc]) -> Floats:
        """One row of floats for each token of ``docs``, in order."""
        # As many rows of padding stand between two documents as there are layers: none reaches into the next.
        inside = np.arange(sum(map(len, docs))) + np.repeat(
            self._padding * np.arange(1, len(docs) + 1), [len(doc) for doc in docs]
        )
        rows = len(inside) + self._padding * (len(docs) + 1)
        vectors = np.zeros((rows, self._table.shape[1]), dtype=np.float32)
        vectors[inside] = self._embedded(docs)
        for layer in self._layers:
            vectors = layer(vectors)
        return vectors[inside]

    def _embedded(self, docs: Sequence[SpacyDoc]) -> Floats:
        keys = [tuple(key) for doc in docs for key in doc.to_array([ORTH, NORM, SPACY]).tolist()]
        new = {key: at for at, key in enumerate(keys) if key not in self._rows}
        if len(self._rows) + len(new) > _KEPT:
            self._rows.clear()
            new = {key: at for at, key in enumerate(keys)}
            if len(new) > _KEPT:
                return np.concatenate(self._embed.predict(docs))
        if new:
            start = len(self._rows)
            self._rows.update(zip(new, range(start, start + len(new)), strict=True))
            self._table[start : start + len(new)] = self._embed.predict([_Words(docs, list(new.values()))])[0]
        return self._table[[self._rows[key] for key in keys]]


class _Words:
    """Some tokens of documents, as much of them as embedding layers ask for."""

    def __init__(self, docs: Sequence[SpacyDoc], tokens: list[int]) -> None:
        self._docs, self._tokens = docs, tokens
        self.vocab = docs[0].vocab

    def __len__(self) -> int:
        return len(self._tokens)

    def to_array(self, columns: Any) -> Any:
        return np.concatenate([doc.to_array(columns) for doc in self._docs])[self._tokens]


@dataclass(frozen=True, slots=True)
class _Convolution:
    """A residual layer: each token and its two neighbours, maxout over three pieces, layer normalisation."""

    ops: Any
    #: Rows: the first piece of every output, then the second of each, then the third.
    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats

    @classmethod
    def of(cls, maxout: Any, norm: Any) -> _Convolution:
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        return cls(
            ops=maxout.ops,
            weights=np.ascontiguousarray(weights.transpose(1, 0, 2)).reshape(-1, weights.shape[2]),
            bias=np.ascontiguousarray(bias.T).reshape(-1),
            scale=norm.get_param("G"),
            shift=norm.get_param("b"),
        )

    def __call__(self, vectors: Floats) -> Floats:
        count, width = vectors.shape
        windows = np.zeros((count, 3 * width), dtype=np.float32)
        windows[1:, :width] = vectors[:-1]
        windows[:, width : 2 * width] = vectors
        windows[:-1, 2 * width :] = vectors[1:]
        pieces = self.ops.gemm(windows, self.weights, trans2=True)
        pieces += self.bias
        best: Floats = np.maximum(pieces[:, :width], pieces[:, width : 2 * width])
        np.maximum(best, pieces[:, 2 * width :], out=best)
        best -= best.mean(axis=1, keepdims=True)
        variance = (best * best).mean(axis=1, keepdims=True) + 1e-08
        best *= variance ** (-1.0 / 2.0)
        best *= self.scale
        best += self.shift
        best += vectors
        return best
