"""Words that describe an actor without naming it, and what they tell: ``data/actors/descriptions.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from sayso.errors import VocabularyError
from sayso.vocabulary.rows import Row, yaml_rows, yaml_sections
from sayso.vocabulary.tables import packaged

HeadClass = Literal["force", "member", "asset", "body", "official", "people", "group", "site", "place", "part"]
Side = Literal["state", "allied", "rebel", "occupier", "other"]


@dataclass(frozen=True, slots=True)
class Head:
    """What a noun tells about the actor its phrase stands for. The file's header says what each field means."""

    kind: HeadClass
    sector: str | None
    organ: str | None
    focus: bool
    label: str | None


@dataclass(frozen=True, slots=True)
class Modifier:
    """What a word beside the head tells. ``neutral`` is what Sayso says in its place, None where it may stand."""

    side: Side | None
    sector: str | None
    neutral: str | None


class Descriptions:
    """Heads and modifiers by their words."""

    def __init__(
        self, heads: Mapping[str, Head], modifiers: Mapping[str, Modifier], singles: Iterable[str] = ()
    ) -> None:
        self._heads = dict(heads)
        self._possessive = frozenset(noun + "s" for noun in singles)
        self._modifiers = dict(modifiers)
        self._longest = max((noun.count(" ") + 1 for noun in self._heads), default=1)

    @classmethod
    def load(cls) -> Descriptions:
        """The descriptions that come with Sayso. Raises ``VocabularyError`` naming file and line."""
        file = "actors/descriptions.yaml"
        return parse_descriptions(packaged(file), file)

    def head(self, words: Iterable[str]) -> tuple[Head, int] | None:
        """The longest head that ``words`` (lower case, the phrase's head last) end in, and how many words it takes."""
        tail = list(words)[-self._longest :]
        for first in range(len(tail)):
            for form in _forms(" ".join(tail[first:])):
                if form in self._heads:
                    return self._heads[form], len(tail) - first
        return None

    def is_possessive(self, word: str) -> bool:
        """Whether ``word`` (lower case) is likelier to have lost an apostrophe than to be a plural: "the armys"."""
        return word in self._possessive

    def modifier(self, word: str) -> Modifier | None:
        """What ``word`` tells beside a head."""
        for form in _forms(word.lower()):
            if form in self._modifiers:
                return self._modifiers[form]
        return None


def _forms(noun: str) -> Iterable[str]:
    """The word as it stands, then what it may be the plural of."""
    yield noun
    if noun.endswith("ies"):
        yield noun[:-3] + "y"
    if noun.endswith(("ses", "xes", "ches", "shes")):
        yield noun[:-2]
    if noun.endswith("s"):
        yield noun[:-1]
    if noun.endswith("men"):
        yield noun[:-3] + "man"
    if noun.endswith("children"):
        yield noun[:-3]


def parse_descriptions(text: str, file: str) -> Descriptions:
    """The descriptions of one YAML file. Raises ``VocabularyError`` naming ``file`` and the line of a malformed row."""
    sections = yaml_sections(text, file)
    heads: dict[str, Head] = {}
    for row in yaml_rows(sections, "heads", file):
        row.only(("class", "sector", "organ", "default", "label", "nouns"))
        head = _head(row)
        for noun in row.texts("nouns"):
            heads.setdefault(noun.lower(), head)
    modifiers: dict[str, Modifier] = {}
    for row in yaml_rows(sections, "modifiers", file):
        row.only(("side", "sector", "neutral", "words"))
        modifier = _modifier(row)
        for word in row.texts("words"):
            modifiers.setdefault(word.lower(), modifier)
    if not heads:
        raise VocabularyError(f"{file}, line 1: no heads")
    singles = [noun for row in yaml_rows(sections, "singles", file) for noun in row.texts("nouns")]
    return Descriptions(heads, modifiers, singles)


def _head(row: Row) -> Head:
    kind = row.text("class")
    if kind not in get_args(HeadClass):
        raise row.error(f"unknown class {kind!r}")
    default = row.text_or_none("default")
    if default not in (None, "focus"):
        raise row.error(f"unknown default {default!r}")
    return Head(
        kind=kind,  # type: ignore[arg-type]
        sector=row.text_or_none("sector"),
        organ=row.text_or_none("organ"),
        focus=default == "focus",
        label=row.text_or_none("label"),
    )


def _modifier(row: Row) -> Modifier:
    side = row.text_or_none("side")
    if side is not None and side not in get_args(Side):
        raise row.error(f"unknown side {side!r}")
    neutral = row.values.get("neutral")
    if neutral is not None and not isinstance(neutral, str):
        raise row.error(f"'neutral' must be a text, found {neutral!r}")
    return Modifier(side, row.text_or_none("sector"), neutral)  # type: ignore[arg-type]
