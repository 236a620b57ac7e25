"""Two mentions compared by the vectors a sentence encoder gives their words in context (``linking_vectors.py``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from linking_mentions import EventMention

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
#: Of each array of ``linking_vectors.py`` the cosine, and the cosine beside the mean of the topic.
_MENTIONS, _STORIES = ("words", "words of a middle layer", "sentence"), ("story", "opening", "headline")
#: Name of every column of ``context_features``.
CONTEXT_FEATURES = (
    *(f"{name} in context{how}" for name in (*_MENTIONS, *_STORIES) for how in ("", ", beside the topic")),
    "words in context of another lemma", "words of a middle layer of another lemma",
    "better best match in context", "worse best match in context", "short of the better best match",
)  # fmt: skip


def context_features(
    told: Sequence[EventMention], members: Sequence[int], first: Ints, second: Ints, vectors: Mapping[str, Floats]
) -> Floats:
    """One row a pair of ``told``, the mentions of one topic, which are rows ``members`` of the arrays of mentions."""
    story = np.asarray([mention.story for mention in told])
    here, at = np.unique(story, return_inverse=True)
    columns: list[Floats] = []
    for name in _MENTIONS:
        rows = vectors[name][list(members)]
        columns += [_cosines(rows)[first, second], _cosines(rows - rows.mean(axis=0))[first, second]]
    for name in _STORIES:
        rows = vectors[name][here]
        for square in (_cosines(rows), _cosines(rows - rows.mean(axis=0))):
            columns.append(square[at[first], at[second]])
    lemmas = np.asarray([mention.lemma for mention in told])
    another = (lemmas[first] != lemmas[second]).astype(np.float32)
    columns += [columns[0] * another, columns[2] * another]
    elsewhere = _cosines(vectors["words"][list(members)])
    elsewhere[story[:, None] == story[None, :]] = -1.0
    best = elsewhere.max(axis=1)
    better = np.maximum(best[first], best[second])
    columns += [better, np.minimum(best[first], best[second]), elsewhere[first, second] - better]
    return np.stack(columns, axis=1).astype(np.float32)


def _cosines(rows: Floats) -> Floats:
    rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return np.asarray(rows @ rows.T, dtype=np.float32)
