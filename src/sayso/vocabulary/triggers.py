"""Trigger rules: which words report which type of event, and in what company (``data/triggers.yaml``).

The file's header explains the columns. Rules keep the order of the file: the first that fits wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, cast

import yaml

from sayso.errors import VocabularyError
from sayso.vocabulary.event_types import event_types

Scope = Literal["phrase", "near", "sentence"]
#: ``type`` of a rule whose trigger is a later mention of an event told before.
SAME = "same"

_FILE = "triggers.yaml"
_KEYS = {
    *("type", "noun", "verb", "with", "without", "in", "subject", "object", "not_object", "not_subject"),
    *("particle", "number_at_least", "among", "default", "weak", "finite", "aim"),
}


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """One rule. Empty sets ask for nothing. ``phrases`` holds the lemma sequences that fire it, head last."""

    id: str
    type: str
    pos: Literal["noun", "verb"]
    phrases: tuple[tuple[str, ...], ...]
    company: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    scope: Scope = "near"
    subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    not_subject: frozenset[str] = frozenset()
    not_object: frozenset[str] = frozenset()
    particle: str | None = None
    number_at_least: int | None = None
    among: tuple[str, ...] = ()
    default: str | None = None
    weak: bool = False
    finite: bool = False
    weak_as_aim: bool = False


@dataclass(frozen=True, slots=True)
class TriggerVocabulary:
    """The rules by the lemma of their head, each with its place in the file's order.

    ``instruments`` are nouns for what a deed is done with, ``parties`` nouns for people who do it or suffer it;
    ``single`` types of which an article seldom tells two events.
    """

    version: str
    nouns: Mapping[str, tuple[tuple[int, TriggerRule], ...]]
    verbs: Mapping[str, tuple[tuple[int, TriggerRule], ...]]
    instruments: frozenset[str]
    parties: frozenset[str]
    single: frozenset[str]


@cache
def trigger_vocabulary() -> TriggerVocabulary:
    """The trigger rules that come with Sayso."""
    return parse_triggers((files("sayso.vocabulary") / "data" / _FILE).read_text("utf-8"), _FILE)


def parse_triggers(text: str, name: str) -> TriggerVocabulary:
    """Rules from YAML ``text``; raises VocabularyError naming file and rule where one is malformed."""
    try:
        data = yaml.safe_load(text)
        sets, rows = data["sets"], data["rules"]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise VocabularyError(f"{name}: not a mapping with sets and rules ({error})") from error
    tables: dict[str, dict[str, list[tuple[int, TriggerRule]]]] = {"noun": {}, "verb": {}}
    for number, row in enumerate(rows, start=1):
        rule = _rule(row, sets, f"{name}: rule {number}", number)
        for head in {phrase[-1] for phrase in rule.phrases}:
            tables[rule.pos].setdefault(head, []).append((number, rule))
    frozen = {pos: MappingProxyType({k: tuple(v) for k, v in table.items()}) for pos, table in tables.items()}
    instruments = frozenset(_expand(data.get("instruments", ()), sets, name))
    parties = frozenset(_expand(data.get("parties", ()), sets, name))
    return TriggerVocabulary(
        version=str(data.get("version", "1")),
        nouns=frozen["noun"],
        verbs=frozen["verb"],
        instruments=instruments,
        parties=parties,
        single=frozenset(data.get("single", ())),
    )


def _rule(row: Any, sets: Mapping[str, list[str]], where: str, number: int) -> TriggerRule:
    if not isinstance(row, dict) or not row.keys() <= _KEYS:
        raise VocabularyError(f"{where}: unknown keys {sorted(set(row) - _KEYS) if isinstance(row, dict) else row!r}")
    kinds = [pos for pos in ("noun", "verb") if pos in row]
    if len(kinds) != 1 or not row[kinds[0]]:
        raise VocabularyError(f"{where}: needs exactly one of noun and verb, with at least one lemma")
    named = [row.get("type"), row.get("default"), *row.get("among", ())]
    for event_type in named:
        if event_type is not None and event_type != SAME and event_type not in event_types():
            raise VocabularyError(f"{where}: {event_type!r} is no event type")
    if row.get("in", "near") not in ("phrase", "near", "sentence"):
        raise VocabularyError(f"{where}: in must be phrase, near or sentence, not {row['in']!r}")

    def words(key: str) -> frozenset[str]:
        return frozenset(_expand(row.get(key, ()), sets, where))

    return TriggerRule(
        id=f"{row['type']}/{number}",
        type=row["type"],
        pos=cast("Literal['noun', 'verb']", kinds[0]),
        # The parser takes hyphens for words of their own: "de-mine" is three tokens.
        phrases=tuple(tuple(str(lemma).replace("-", " - ").split()) for lemma in row[kinds[0]]),
        company=words("with"),
        without=words("without"),
        scope=cast("Scope", row.get("in", "near")),
        subject=words("subject"),
        object=words("object"),
        not_subject=words("not_subject"),
        not_object=words("not_object"),
        particle=row.get("particle"),
        number_at_least=row.get("number_at_least"),
        among=tuple(row.get("among", ())),
        default=row.get("default"),
        weak=bool(row.get("weak", False)),
        finite=bool(row.get("finite", False)),
        weak_as_aim=row.get("aim") == "weak",
    )


def _expand(words: Iterable[str], sets: Mapping[str, list[str]], where: str) -> Iterable[str]:
    for word in words:
        if not str(word).startswith("@"):
            yield str(word)
        elif word[1:] in sets:
            yield from (str(member) for member in sets[word[1:]])
        else:
            raise VocabularyError(f"{where}: unknown set {word}")
