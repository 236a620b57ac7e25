"""Learn which words are loaded where they stand, which sentences take a side by their words, and which are opinion.

    python training/loaded.py            # writes the three tables into the package
    python training/loaded.py --figures  # writes nothing: figures out of fold

Learns from ``loaded_sentences.txt`` and ``loaded_sentences_politics.txt`` alone: sentences written for it, with the
loaded words between asterisks.
Two logistic regressions (scikit-learn, quadratic penalty, lbfgs from zero); the second sees the chances of the first as
models of the other folds give them. A third, of which sentences are opinion, learns from ``opinion_sentences.txt`` and
from the reports of the first. Folds are runs of six sentences in the order of the file, so that a deed and its
plain telling stay together. No chance in it. The model card is ``training/loaded.md``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from loaded_fit import Cases, Numbers, Unit, crossed, logistic, sentence_table
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from weight_rows import csv_lines

from sayso.coding.loaded_score import LEARNED, SENTENCE_FILE, VECTOR, WORD_FILE
from sayso.coding.opinions import FILE as OPINION_FILE
from sayso.coding.opinions import opinion_numbers
from sayso.coding.parse import load_pipeline
from sayso.coding.tokens import Doc
from sayso.vocabulary.weights import BIAS, THRESHOLD

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "sayso" / "vocabulary" / "data"
FOLDS, RUN = 5, 6
#: Inverse strength of the penalties.
WORD_C, SENTENCE_C, OPINION_C = 0.1, 0.01, 0.01
#: A chance from which a word, and a sentence, is called loaded.
WORD_THRESHOLD, SENTENCE_THRESHOLD, OPINION_THRESHOLD = 0.5, 0.5, 0.5
#: Weights nearer to nothing than this are not written.
NOTHING = 0.005


def units(pipeline: Any, name: str) -> list[Unit]:
    """The sentences of a file, parsed."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    told = [line for line in lines if line and not line.startswith("#")]
    return [_unit(pipeline, line, number // RUN % FOLDS) for number, line in enumerate(told)]


def _unit(pipeline: Any, line: str, fold: int) -> Unit:
    sign, text, inside = line[0], "", []
    if sign not in "+-" or line[1] != " " or line.count("*") % 2:
        raise SystemExit(f"not a sentence with a sign before it: {line!r}")
    for number, part in enumerate(line[2:].split("*")):
        if number % 2:
            inside.append((len(text), len(text) + len(part)))
        text += part
    doc = Doc(pipeline(text))
    marked = [any(start <= token.idx < end for start, end in inside) for token in doc]
    return Unit.of(doc, marked, sign == "+", fold)


def main(write: bool) -> None:
    """Learn; write the tables, or print figures."""
    pipeline = load_pipeline()
    found = units(pipeline, "loaded_sentences.txt")
    _opinions([*units(pipeline, "opinion_sentences.txt"), *(unit for unit in found if not unit.biased)], write)
    found += units(pipeline, "loaded_sentences_politics.txt")
    cases = Cases(found, LEARNED, strength=WORD_C)
    odds = crossed(cases, range(FOLDS))
    fold = np.array([unit.fold for unit in found])
    biased = np.array([unit.biased for unit in found])
    names, rows = sentence_table(found, [odds[unit.fold][at] for at, unit in enumerate(found)])
    if not write:
        _print(found, cases, odds, rows, fold, biased)
        return
    model = cases.learn(np.ones(len(cases.fold), dtype=bool))
    weights = dict(zip(cases.names, map(float, model.coef_[0]), strict=False))
    vector = model.coef_[0][len(cases.names) :] * cases.vector
    _write(
        WORD_FILE,
        "Log-odds that a word is loaded where it stands: of what is known of it, and of its vector at length one.",
        {BIAS: float(model.intercept_[0]), THRESHOLD: WORD_THRESHOLD},
        {name: weight for name, weight in weights.items() if abs(weight) >= NOTHING}
        | {f"{VECTOR}{number}": float(weight) for number, weight in enumerate(vector)},
    )
    _write(
        SENTENCE_FILE,
        "Log-odds that a sentence takes a side by its words: of each number that coding/loaded_numbers.py gives.",
        *_sentence_weights(names, rows, biased, SENTENCE_C, SENTENCE_THRESHOLD),
    )


def _opinions(found: list[Unit], write: bool) -> None:
    numbers = [opinion_numbers(unit.doc[:], unit.words) for unit in found]
    table = DictVectorizer(sparse=False)
    rows = table.fit_transform(numbers)
    biased, fold = np.array([unit.biased for unit in found]), np.array([unit.fold for unit in found])
    if not write:
        said = _out_of_fold(rows, biased, fold, OPINION_C)
        print(f"opinion: sentences right {np.mean(said == biased):.3f} of {len(found)}")
        return
    _write(
        OPINION_FILE,
        "Log-odds that a sentence is the writer's opinion: of each number that coding/opinions.py gives.",
        *_sentence_weights(list(table.get_feature_names_out()), rows, biased, OPINION_C, OPINION_THRESHOLD),
    )


def _sentence_weights(
    names: list[str], rows: Numbers, verdicts: NDArray[np.bool_], strength: float, threshold: float
) -> tuple[dict[str, float], dict[str, float]]:
    scale = StandardScaler().fit(rows)
    model = LogisticRegression(C=strength, max_iter=3000).fit(scale.transform(rows), verdicts)
    each = model.coef_[0] / scale.scale_
    fixed = {BIAS: float(model.intercept_[0] - each @ scale.mean_), THRESHOLD: threshold}
    return fixed, {name: float(weight) for name, weight in zip(names, each, strict=True) if abs(weight) >= NOTHING}


def _out_of_fold(
    rows: Numbers, verdicts: NDArray[np.bool_], fold: NDArray[np.int64], strength: float
) -> NDArray[np.bool_]:
    said = np.zeros(len(verdicts), dtype=bool)
    for number in range(FOLDS):
        asked = fold == number
        said[asked] = logistic(rows[~asked], verdicts[~asked], rows[asked], strength) > 0
    return said


def _print(found: Any, cases: Cases, odds: Any, rows: Numbers, fold: Any, biased: Any) -> None:
    said = _out_of_fold(rows, biased, fold, SENTENCE_C)
    of_words = np.concatenate([list(odds[unit.fold][at].values()) for at, unit in enumerate(found)]) > 0
    right = (of_words & cases.loaded).sum()
    print(f"sentences right {np.mean(said == biased):.3f} of {len(found)}")
    print(f"words P {right / of_words.sum():.3f} R {right / cases.loaded.sum():.3f} of {int(cases.loaded.sum())}")


def _write(name: str, what: str, fixed: dict[str, float], weights: dict[str, float]) -> None:
    lines = [
        f"# {what}",
        "# Learned by training/loaded.py from sentences of that folder (own work, CC0-1.0) and nothing else.",
        "# Source: own work of the Sayso contributors. Licence: CC0-1.0. Version: 1 (2026-11).",
        "feature,weight",
    ]
    rows = csv_lines((key, f"{value:.4g}") for key, value in (fixed | dict(sorted(weights.items()))).items())
    (DATA / name).write_text("\n".join(lines) + "\n" + rows, encoding="utf-8")


if __name__ == "__main__":
    main(write=sys.argv[1:] != ["--figures"])
