"""Vectors of the ECB+ mentions in their sentences, from a small sentence encoder, for ``bench/linking.py --vectors``.

    python bench/linking_vectors.py MODEL_FOLDER ECBPLUS.jsonl OUT.npz

MODEL_FOLDER holds a BERT model as it is published: ``config.json``, ``tokenizer.json`` and ``model.safetensors``
(float32). all-MiniLM-L6-v2 (90 MB) was measured. Nothing of it is in the product or its dependencies, so the model is
computed here with numpy alone. About 90 seconds of one core for 2,700 sentences.
"""

from __future__ import annotations

import argparse
import json
import math
import unicodedata
from collections import defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
_BATCH, _LONGEST = 32, 256
#: The layer beside the last whose vectors are kept: early layers tell more of the word, late ones of the context.
_MIDDLE = 2


class Encoder:
    """A BERT encoder: words of a sentence to a vector for each of their pieces."""

    def __init__(self, folder: Path) -> None:
        settings = json.loads((folder / "config.json").read_text("utf-8"))
        self.layers, self.heads = int(settings["num_hidden_layers"]), int(settings["num_attention_heads"])
        self.pieces: dict[str, int] = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
        self.tables = _tables(folder / "model.safetensors")

    def cut(self, words: list[str]) -> tuple[list[int], list[int]]:
        """Numbers of the pieces of ``words``, and for each piece which word it is of; -1 for the marks at both ends."""
        numbers, owners = [self.pieces["[CLS]"]], [-1]
        for owner, word in enumerate(words):
            for part in _parts(word):
                found = self._pieces(part)
                numbers += found
                owners += [owner] * len(found)
        return [*numbers[: _LONGEST - 1], self.pieces["[SEP]"]], [*owners[: _LONGEST - 1], -1]

    def _pieces(self, part: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                number = self.pieces.get(("##" if start else "") + part[start:end])
                if number is not None:
                    break
            else:
                return [self.pieces["[UNK]"]]
            found.append(number)
            start = end
        return found

    def vectors(self, numbers: npt.NDArray[np.int64]) -> list[Floats]:
        """For each layer (sentence, piece, dimension); all sentences of ``numbers`` have equally many pieces."""
        sentences, size = numbers.shape
        table = self.tables
        told = (
            table["embeddings.word_embeddings.weight"][numbers] + table["embeddings.position_embeddings.weight"][:size]
        )
        told = self._norm(told + table["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        wide = told.shape[-1]
        each = wide // self.heads
        found: list[Floats] = []
        for layer in range(self.layers):
            name = f"encoder.layer.{layer}."
            asked, keys, values = (
                self._line(told, f"{name}attention.self.{part}")
                .reshape(sentences, size, self.heads, each)
                .transpose(0, 2, 1, 3)
                for part in ("query", "key", "value")
            )
            heed = asked @ keys.transpose(0, 1, 3, 2) / np.float32(math.sqrt(each))
            heed = np.exp(heed - heed.max(axis=-1, keepdims=True))
            heed /= heed.sum(axis=-1, keepdims=True)
            seen = (heed @ values).transpose(0, 2, 1, 3).reshape(sentences, size, wide)
            told = self._norm(
                self._line(seen, f"{name}attention.output.dense") + told, f"{name}attention.output.LayerNorm"
            )
            inner = _gelu(self._line(told, f"{name}intermediate.dense"))
            told = self._norm(self._line(inner, f"{name}output.dense") + told, f"{name}output.LayerNorm")
            found.append(told)
        return found

    def _line(self, rows: Floats, name: str) -> Floats:
        return np.asarray(rows @ self.tables[f"{name}.weight"].T + self.tables[f"{name}.bias"], dtype=np.float32)

    def _norm(self, rows: Floats, name: str) -> Floats:
        spread = np.sqrt(rows.var(axis=-1, keepdims=True) + np.float32(1e-12))
        scaled = (rows - rows.mean(axis=-1, keepdims=True)) / spread
        return np.asarray(scaled * self.tables[f"{name}.weight"] + self.tables[f"{name}.bias"], dtype=np.float32)


def _tables(path: Path) -> dict[str, Floats]:
    """The float32 arrays of a safetensors file: eight bytes of length, a JSON header, the numbers."""
    raw = path.read_bytes()
    start = 8 + int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:start])
    found: dict[str, Floats] = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            first, last = entry["data_offsets"]
            found[name] = np.frombuffer(raw[start + first : start + last], np.float32).reshape(entry["shape"])
    return found


def _parts(word: str) -> list[str]:
    """Lower case without accents, every punctuation mark a part of its own, as BERT's uncased models cut words."""
    parts = [""]
    for letter in unicodedata.normalize("NFD", word):
        sort = unicodedata.category(letter)
        if sort == "Mn":
            continue
        if letter.isspace():
            parts.append("")
        elif sort.startswith("P") or (letter.isascii() and not letter.isalnum()):
            parts += [letter, ""]
        elif not sort.startswith("C"):
            parts[-1] += letter.lower()
    return [part for part in parts if part]


def _gelu(rows: Floats) -> Floats:
    """x times the normal distribution up to x; the error function by Abramowitz and Stegun 7.1.26 (within 2e-7)."""
    size = np.abs(rows) / np.float32(math.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * size)
    tail = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
    return np.asarray(rows * 0.5 * (1 + np.sign(rows) * (1 - tail * np.exp(-size * size))), dtype=np.float32)


def encode(corpus: Path, encoder: Encoder) -> dict[str, Floats]:
    """The arrays that ``linking_context`` compares: a row a mention, in the order of the file, or a row a story."""
    rows = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    mentions: list[tuple[int, int, list[int]]] = []
    by_size: dict[int, list[tuple[int, int, list[int], list[int]]]] = defaultdict(list)
    for story, row in enumerate(rows):
        inside: dict[int, list[int]] = defaultdict(list)
        for place, sentence in enumerate(row["sentences"]):
            inside[sentence].append(place)
        needed = set(list(inside)[:3])
        for mention in row["mentions"]:
            if "ACTION" in mention["kind"]:
                places = [number - 1 for number in mention["tokens"]]  # the corpus counts tokens from 1
                mentions.append((story, row["sentences"][places[0]], places))
                needed.add(mentions[-1][1])
        for sentence in sorted(needed):
            numbers, owners = encoder.cut([row["tokens"][place] for place in inside[sentence]])
            told = [inside[sentence][owner] if owner >= 0 else -1 for owner in owners]
            by_size[len(numbers)].append((story, sentence, numbers, told))
    whole: dict[tuple[int, int], Floats] = {}
    words: dict[tuple[int, int, int], list[tuple[Floats, Floats]]] = defaultdict(list)
    for group in by_size.values():
        for start in range(0, len(group), _BATCH):
            part = group[start : start + _BATCH]
            layers = encoder.vectors(np.asarray([numbers for _, _, numbers, _ in part]))
            for index, (story, sentence, _, told) in enumerate(part):
                whole[story, sentence] = layers[-1][index].mean(axis=0)
                for piece, place in enumerate(told):
                    pair = (layers[-1][index, piece].copy(), layers[_MIDDLE][index, piece].copy())
                    words[story, sentence, place].append(pair)
    pieces = [
        [pair for place in places for pair in words[story, sentence, place]] or words[story, sentence, -1][:1]
        for story, sentence, places in mentions
    ]
    stories = [[whole[key] for key in sorted(whole) if key[0] == story] for story in range(len(rows))]
    return {
        "words": np.stack([np.mean([last for last, _ in told], axis=0) for told in pieces]),
        "words of a middle layer": np.stack([np.mean([middle for _, middle in told], axis=0) for told in pieces]),
        "sentence": np.stack([whole[story, sentence] for story, sentence, _ in mentions]),
        "story": np.stack([np.mean(told, axis=0) for told in stories]),
        "opening": np.stack([np.mean(told[:3], axis=0) for told in stories]),
        "headline": np.stack([told[0] for told in stories]),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("model", type=Path)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("out", type=Path)
    options = arguments.parse_args()
    np.savez(options.out, **encode(options.corpus, Encoder(options.model)))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
