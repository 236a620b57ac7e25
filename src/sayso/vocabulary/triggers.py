"""Trigger rules: which words report which type of event, and in what company (``data/triggers.yaml``).

The file's header explains the columns. Rules keep the order of the file: the first that fits wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from sayso.errors import VocabularyError
from sayso.vocabulary.event_types import event_types
from sayso.vocabulary.rows import Row, yaml_rows, yaml_sections
from sayso.vocabulary.tables import packaged

Scope = Literal["phrase", "near", "sentence"]
#: ``type`` of a rule whose trigger is a later mention of an event told before.
SAME = "same"

_FILE = "triggers.yaml"
_KEYS = {
    *("type", "noun", "verb", "with", "without", "in", "subject", "object", "not_object", "not_subject"),
    *("particle", "number_at_least", "among", "default", "weak", "finite", "aim", "under"),
}
#: The lists of words beside the rules.
_LISTS = ("instruments", "things", "parties", "grounds", "fates", "losses", "harms", "bystanders", "single")
_PARTS: tuple[Literal["noun", "verb"], ...] = ("noun", "verb")
_SCOPES: tuple[Scope, ...] = ("phrase", "near", "sentence")


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
    under: frozenset[str] = frozenset()
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

    ``instruments`` are nouns for what a deed is done with, ``things`` nouns of the rules that are none,
    ``parties`` nouns for people who do it or suffer it,
    ``grounds`` nouns for what is taken or held; ``fates`` verbs whose subject suffers ("die"), ``losses`` verbs whose
    subject loses to someone ("fell to"), ``harms`` verbs that always have a victim, named or not ("kill"),
    ``bystanders`` nouns for people who as a rule suffer and do not act;
    ``single`` types of which an article seldom tells two events.
    """

    version: str
    nouns: Mapping[str, tuple[tuple[int, TriggerRule], ...]]
    verbs: Mapping[str, tuple[tuple[int, TriggerRule], ...]]
    instruments: frozenset[str]
    things: frozenset[str]
    parties: frozenset[str]
    grounds: frozenset[str]
    fates: frozenset[str]
    losses: frozenset[str]
    harms: frozenset[str]
    bystanders: frozenset[str]
    single: frozenset[str]


@cache
def trigger_vocabulary() -> TriggerVocabulary:
    """The trigger rules that come with Sayso."""
    return parse_triggers(packaged(_FILE), _FILE)


def parse_triggers(text: str, name: str) -> TriggerVocabulary:
    """Rules from YAML ``text``; raises VocabularyError naming file, line and rule where one is malformed."""
    sections = yaml_sections(text, name)
    top = Row(name, 1, sections)
    top.only(("version", "sets", "rules", *_LISTS))
    sets = _sets(sections.get("sets"), top)
    tables: dict[str, dict[str, list[tuple[int, TriggerRule]]]] = {"noun": {}, "verb": {}}
    for number, row in enumerate(yaml_rows(sections, "rules", name), start=1):
        rule = _rule(row, sets, number)
        for head in {phrase[-1] for phrase in rule.phrases}:
            tables[rule.pos].setdefault(head, []).append((number, rule))
    frozen = {pos: MappingProxyType({k: tuple(v) for k, v in table.items()}) for pos, table in tables.items()}
    unknown = set(top.texts("single")) - set(event_types())
    if unknown:
        raise top.error(f"single holds {min(unknown)!r}, which is no event type")
    return TriggerVocabulary(
        version=str(sections.get("version", "1")),
        nouns=frozen["noun"],
        verbs=frozen["verb"],
        **{key: _expanded(top, key, sets) for key in _LISTS},
    )


def _sets(found: Any, top: Row) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(found, dict):
        raise top.error("'sets' must be a mapping of lists")
    row = Row(top.file, found.get("__line__", 1), {key: value for key, value in found.items() if key != "__line__"})
    return {name: row.texts(name) for name in row.values}


def _rule(row: Row, sets: Mapping[str, tuple[str, ...]], number: int) -> TriggerRule:
    row = _NumberedRow(row.file, row.line, row.values, number)
    row.only(_KEYS)
    kinds: list[Literal["noun", "verb"]] = [pos for pos in _PARTS if pos in row.values]
    if len(kinds) != 1 or not row.texts(kinds[0]):
        raise row.error("needs exactly one of noun and verb, with at least one lemma")
    kind, type_, among, default = kinds[0], row.text("type"), row.texts("among"), row.text_or_none("default")
    for event_type in (type_, *among, *([default] if default else ())):
        if event_type != SAME and event_type not in event_types():
            raise row.error(f"{event_type!r} is no event type")
    scope = row.values.get("in", "near")
    if scope not in _SCOPES:
        raise row.error(f"in must be phrase, near or sentence, not {scope!r}")
    least = row.values.get("number_at_least")
    if least is not None and (isinstance(least, bool) or not isinstance(least, int)):
        raise row.error(f"number_at_least must be a whole number, not {least!r}")
    for key in ("weak", "finite"):
        if not isinstance(row.values.get(key, False), bool):
            raise row.error(f"{key} must be true or false, not {row.values[key]!r}")
    if row.values.get("aim", "weak") != "weak":
        raise row.error(f"aim must be weak, not {row.values['aim']!r}")
    return TriggerRule(
        id=f"{type_}/{number}",
        type=type_,
        pos=kind,
        # The parser takes hyphens for words of their own: "de-mine" is three tokens.
        phrases=tuple(tuple(lemma.replace("-", " - ").split()) for lemma in row.texts(kind)),
        company=_expanded(row, "with", sets),
        without=_expanded(row, "without", sets),
        scope=scope,
        subject=_expanded(row, "subject", sets),
        object=_expanded(row, "object", sets),
        not_subject=_expanded(row, "not_subject", sets),
        not_object=_expanded(row, "not_object", sets),
        under=_expanded(row, "under", sets),
        particle=row.text_or_none("particle"),
        number_at_least=least,
        among=among,
        default=default,
        weak=row.values.get("weak", False),
        finite=row.values.get("finite", False),
        weak_as_aim="aim" in row.values,
    )


@dataclass(frozen=True)
class _NumberedRow(Row):
    number: int = 0

    def error(self, problem: str) -> VocabularyError:
        return VocabularyError(f"{self.file}, line {self.line}: rule {self.number}: {problem}")


def _expanded(row: Row, key: str, sets: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    words: list[str] = []
    for word in row.texts(key):
        if not word.startswith("@"):
            words.append(word)
        elif word[1:] in sets:
            words.extend(sets[word[1:]])
        else:
            raise row.error(f"unknown set {word}")
    return frozenset(words)
