"""Learn ``written_weights.csv``: how much each kind of part counts where the day of writing is worked out.

A conditional logit: of all days, the one a text was written on should get the most. The parts of a text must come from
tables that have not seen it. Texts are used twice: with tables that know their source, and with tables that do not, so
that the weights are a compromise between the two; a source counts by the square root of its texts. Of all the days but
the right one a sample is drawn, dense near it, with the correction that sampling asks for.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from sayso.coding.written_likelihood import COUNT, Part, usual

#: The kinds of parts, in the order of the file.
KINDS = (
    "told day", "told month", "told year", "yearless day", "yearless month", "weekday", "name", "newest name",
    "words, year", "words, month", "words, week", "words, day",
)  # fmt: skip
#: Days drawn within so many days of the right one: (reach, how many). Of those considered at all (the last), as many.
_DRAWN = ((40, 60), (900, 60), (COUNT, 400))
#: Scores of words are of the order of 0.1, logarithms of gaps of 1: so that one ridge fits all.
_SCALE = np.array([5.0 if kind.startswith("words") else 1.0 for kind in KINDS])
_RIDGE = 1e-3

Array = npt.NDArray[np.float64]


def sample(parts: Sequence[Part], right: int, seed: int) -> tuple[Array, Array]:
    """(days by kinds, correction) of one text; the first day is the right one, counted from ``FIRST``."""
    draw = np.random.default_rng(seed)
    near = [np.clip(right + draw.integers(-reach, reach + 1, n), 0, COUNT - 1) for reach, n in _DRAWN[:-1]]
    days = np.concatenate([[right], *near, draw.integers(0, COUNT, _DRAWN[-1][1])])
    away = np.abs(days - right)
    density = sum((away <= reach) * n / (2 * reach + 1) for reach, n in _DRAWN[:-1]) + _DRAWN[-1][1] / COUNT
    correction = usual()[days] - np.log(density)
    correction[0] = usual()[right]
    out = np.zeros((len(days), len(KINDS)))
    for part in parts:
        out[:, KINDS.index(part.kind)] += part.days[days]
    return out * _SCALE, correction


def fit(samples: Sequence[tuple[Array, Array]], sources: Sequence[str]) -> dict[str, float]:
    """Weights by kind, none below 0."""
    features = np.stack([days for days, _ in samples])
    correction = np.stack([own for _, own in samples])
    sizes = {source: sources.count(source) for source in set(sources)}
    share = np.array([sizes[source] ** -0.5 for source in sources])
    share /= share.sum()

    def loss(weights: Array) -> tuple[float, Array]:
        scores = features @ weights + correction
        top = scores.max(axis=1, keepdims=True)
        powers = np.exp(scores - top)
        chances = powers / powers.sum(axis=1, keepdims=True)
        right = scores[:, 0] - top[:, 0] - np.log(powers.sum(axis=1))
        slope = features[:, 0] - np.einsum("td,tdk->tk", chances, features)
        return float(-(share @ right) + _RIDGE * weights @ weights), -(share @ slope) + 2 * _RIDGE * weights

    found = minimize(loss, np.full(len(KINDS), 0.3), jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(KINDS))
    return {kind: float(weight) for kind, weight in zip(KINDS, found.x * _SCALE, strict=True)}
