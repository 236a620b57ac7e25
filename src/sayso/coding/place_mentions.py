"""Which words of a text name a place: recognition, before it is known which place is meant.

Names come from the gazetteer (longest match over capitalised words), from the parser's entities, and from patterns
that say so themselves ("village of X", "X neighbourhood"). What speaks for a name being a place is added up as
``belief``, in the open: see ``_believe``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from sayso.coding.parse import ParsedDocument, Section
from sayso.model import PlaceRole, Span
from sayso.vocabulary.gazetteer import MAXIMUM_WORDS, Gazetteer
from sayso.vocabulary.place_names import ARTICLES, place_key, without_article
from sayso.vocabulary.place_tables import demonyms, place_words

_HYPHENS = frozenset("-–‐’'ʿ‘`")
_PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
_DIGITS = re.compile(r"\d")
#: "U.S.-led", "Damascus-based": not the place but what it does.
_ADJECTIVE = re.compile(r"-[a-z]{3,}\Z")


@dataclass(slots=True)
class Mention:
    """A possible place name: tokens ``first`` to ``last`` (inclusive) of a section's parse.

    ``end_cut`` characters at its end are not part of the name ("Syrias"). ``kind`` is what the words beside it call it.
    """

    section: Section
    first: int
    last: int
    key: str
    known: bool
    end_cut: int = 0
    kind: str | None = None
    near: bool = False
    role: PlaceRole = "literal"
    belief: float = 0.0

    @property
    def doc(self) -> Doc:
        """The parse it stands in."""
        return self.section.doc

    @property
    def text(self) -> str:
        """The name as written."""
        return self.doc[self.first : self.last + 1].text[: -self.end_cut or None]

    @property
    def span(self) -> Span:
        """Where it stands in ``Document.text``."""
        return Span(self.section.offset + self.doc[self.first].idx, self.section.offset + self._end)

    @property
    def head(self) -> Token:
        """The syntactic head of the name."""
        return self.doc[self.first : self.last + 1].root

    @property
    def _end(self) -> int:
        token = self.doc[self.last]
        return int(token.idx) + len(token) - self.end_cut


def find_mentions(parsed: ParsedDocument, gazetteer: Gazetteer) -> list[Mention]:
    """Every name that may be a place, in text order, with what speaks for it summed up in ``belief``."""
    mentions: list[Mention] = []
    for section in parsed.sections:
        shouting = _shouting(section)
        known = list(_known(section, gazetteer))
        taken = {i for mention in known for i in range(mention.first, mention.last + 1)}
        found = sorted([*known, *_unknown(section, taken)], key=lambda mention: mention.first)
        starts = {mention.first: mention for mention in found}
        ends = {mention.last: mention for mention in found}
        for mention in found:
            _describe(mention)
            _believe(mention, gazetteer, shouting, starts, ends)
        mentions += found
    _learn_from_each_other(mentions, parsed)
    return mentions


def _capitalised(token: Token) -> bool:
    text = token.text
    return text[:1].isupper() or (len(text) > 2 and text[:2].lower() == "al" and text[2:3].isupper())


def _starts(doc: Doc, i: int) -> bool:
    token = doc[i]
    if _capitalised(token):
        return True
    # "al-Bab", "al Bab": a small article before a capital
    return token.lower_ in ARTICLES and _article_of_name(doc, i)


def _article_of_name(doc: Doc, i: int) -> bool:
    after = i + 1
    if after < len(doc) and doc[after].text in _HYPHENS:
        after += 1
    elif doc[i].lower_ in ("as", "an", "at", "en", "er", "es", "et"):
        # words of their own where no hyphen follows
        return False
    return after < len(doc) and _capitalised(doc[after])


def _known(section: Section, gazetteer: Gazetteer) -> Iterator[Mention]:
    doc, particles = section.doc, place_words().particle
    i = 0
    while i < len(doc):
        mention = _longest(section, i, gazetteer, particles) if _starts(doc, i) else None
        if mention is None:
            i += 1
        else:
            yield mention
            i = mention.last + 1


def _longest(section: Section, i: int, gazetteer: Gazetteer, particles: frozenset[str]) -> Mention | None:
    doc = section.doc
    ends, words = [], 0
    for j in range(i, min(i + 2 * MAXIMUM_WORDS, len(doc))):
        token = doc[j]
        if j > i and (doc[j - 1].whitespace_ == "" and token.text not in _HYPHENS and doc[j - 1].text not in _HYPHENS):
            if token.text in ("'s", "’s", "s"):
                break
            if not _capitalised(token):
                break
        if token.is_space or (j > i and token.is_sent_start and not _abbreviation(doc[j - 1])):
            break
        if _capitalised(token) or (words and token.text.isdigit()):
            words += 1
            ends.append(j)
        elif token.text not in _HYPHENS and token.lower_ not in particles and not _DIGITS.match(token.text):
            break
        if words == MAXIMUM_WORDS:
            break
    for j in reversed(ends):
        text = doc[i : j + 1].text
        key = place_key(text)
        if _usable(text, key) and gazetteer.knows(key):
            return Mention(section, i, j, key, known=True)
        # An apostrophe lost on the way here: "Syrias Aleppo"
        if len(text) > 4 and text[-1] == "s" and _possessor(key[:-1], gazetteer):
            return Mention(section, i, j, key[:-1], known=True, end_cut=1)
    return None


def _abbreviation(token: Token) -> bool:
    return token.text in ("St.", "Ft.", "Mt.", "Ste.")


def _possessor(key: str, gazetteer: Gazetteer) -> bool:
    found = gazetteer.found(key)
    if not found or key + "s" in demonyms():
        return False
    best = found[0].entry
    return best.kind in ("country", "continent", "admin1", "capital") or (best.population or 0) >= 50_000


def _usable(text: str, key: str) -> bool:
    """Not a demonym, not a lone letter, not an everyday short word: "us" is a country only as "US" or "U.S."."""
    words = place_words()
    if len(key) < 2 or key in demonyms() or (key[-1] == "s" and key[:-1] in demonyms()):
        return False
    if key in words.never or key in words.direction or key in words.kinds or _ADJECTIVE.search(text):
        return False
    bare = without_article(key) or key
    if len(bare) <= 3 and "." not in text:
        return text.isupper() or len(bare) == 3
    return True


def _unknown(section: Section, taken: set[int]) -> Iterator[Mention]:
    """Names that no gazetteer has, but the parser or the words beside them call a place."""
    doc, words = section.doc, place_words()
    for entity in doc.ents:
        first, last = _trim(doc, entity.start, entity.end - 1)
        if entity.label_ not in _PLACE_ENTITIES or first > last or taken & set(range(first, last + 1)):
            continue
        key = place_key(doc[first : last + 1].text)
        if _usable(doc[first : last + 1].text, key) and _capitalised(doc[last]):
            taken.update(range(first, last + 1))
            yield Mention(section, first, last, key, known=False)
    for i in range(len(doc)):
        if i in taken or not _starts(doc, i) or doc[i].lower_ in words.direction:
            continue
        last = _run(doc, i, taken)
        if not _says_place(doc, i, last, taken):
            continue
        text = doc[i : last + 1].text
        key = place_key(text)
        if len(key) > 2 and _usable(text, key) and not set(key.split()) <= words.common | words.direction:
            taken.update(range(i, last + 1))
            yield Mention(section, i, last, key, known=False)


def _says_place(doc: Doc, first: int, last: int, taken: set[int]) -> bool:
    """Whether the words beside (or the first word of) a run of capitals call it a place."""
    words = place_words()
    after = last + 1
    # "al-Qusour and al-Joura neighborhoods"
    for _ in range(3):
        if after + 1 < len(doc) and doc[after].lower_ in ("and", ",") and _starts(doc, after + 1):
            after = _run(doc, after + 1, taken) + 1
        else:
            break
    if after < len(doc) and doc[after].text.islower() and (doc[after].lower_ in words.kinds or doc[after].lower_ in words.heads):
        return after == last + 1 or doc[after].lower_.endswith("s")
    if first >= 2 and doc[first - 1].lower_ == "of" and doc[first - 2].lower_ in words.kinds:
        return True
    opens = doc[first].lower_ in words.prefix or (doc[first].lower_ in ARTICLES and doc[first + 1].text in _HYPHENS)
    before = doc[first - 1] if first else None
    return bool(opens and last > first and before is not None and before.lower_ in ("in", "at", "near", "inside", "on"))


def _trim(doc: Doc, first: int, last: int) -> tuple[int, int]:
    words = place_words()
    while first <= last and (
        doc[first].lower_ == "the" or (doc[first].lower_ in words.direction and doc[first].text.islower())
        or not _starts(doc, first)
    ):  # fmt: skip
        first += 1
    while last >= first and not _capitalised(doc[last]) and not doc[last].text.isdigit():
        last -= 1
    return first, last


def _run(doc: Doc, i: int, taken: set[int]) -> int:
    """The last token of the run of capitalised words (with hyphens and articles between) that starts at ``i``."""
    last = i
    for j in range(i, min(i + 8, len(doc))):
        token = doc[j]
        if j in taken or (j > i and token.is_sent_start) or token.is_space:
            break
        if _capitalised(token):
            last = j
        elif token.text not in _HYPHENS and token.lower_ not in ARTICLES:
            break
    return last


def _shouting(section: Section) -> bool:
    """Whether capitals mean nothing here: a headline with most of its words capitalised."""
    if section.segment.kind not in ("title", "heading"):
        return False
    words = [token for token in section.doc if token.is_alpha and not token.is_stop]
    return len(words) > 3 and sum(_capitalised(word) for word in words) >= 0.7 * len(words)


def _describe(mention: Mention) -> None:
    """Fill in ``kind`` and ``near`` from the words beside the name."""
    doc, words = mention.doc, place_words()
    after = mention.last + 1
    steps = 0
    while after < len(doc) and steps < 3 and (
        doc[after].lower_ in words.direction or doc[after].text in ("'s", "’s", "'", "’", "-")
    ):  # fmt: skip
        after, steps = after + 1, steps + 1
    for width in (2, 1):
        phrase = doc[after : after + width].text.lower() if after + width <= len(doc) else ""
        kind = words.kinds.get(phrase) or words.heads.get(phrase)
        if kind:
            mention.kind = kind
            break
    before = mention.first - 1
    while before >= 0 and (doc[before].lower_ in words.direction or doc[before].lower_ == "the"):
        before -= 1
    if before >= 1 and doc[before].lower_ in ("of", "called", "named") and doc[before - 1].lower_ in words.kinds:
        mention.kind = mention.kind or words.kinds[doc[before - 1].lower_]
        before -= 2
    elif before >= 0 and doc[before].lower_ in words.kinds and doc[before].text.islower():
        mention.kind = mention.kind or words.kinds[doc[before].lower_]
        before -= 1
    while before >= 0 and (doc[before].lower_ in words.direction or doc[before].lower_ in ("the", "of", "to", "from")):
        if doc[before].lower_ in words.near:
            break
        before -= 1
    mention.near = before >= 0 and doc[before].lower_ in words.near


def _believe(
    mention: Mention, gazetteer: Gazetteer, shouting: bool, starts: dict[int, Mention], ends: dict[int, Mention]
) -> None:
    """Add up what speaks for and against a name being a place, and see whether it is part of a longer name.

    Weights were set by hand and checked on the development parts of GeoWebNews and LGL (``bench/places.py``).
    """
    doc, words = mention.doc, place_words()
    tokens = doc[mention.first : mention.last + 1]
    belief = _importance(mention, gazetteer)
    lone = len(mention.key.split()) == 1
    labels = Counter(token.ent_type_ for token in tokens)
    label = labels.most_common(1)[0][0]
    if label in _PLACE_ENTITIES:
        belief += 1.5
    elif label == "PERSON":
        belief -= 1.5
    elif label in ("NORP", "DATE", "WORK_OF_ART", "LANGUAGE", "LAW", "EVENT", "PRODUCT", "TIME", "MONEY"):
        belief -= 0.8
    elif label == "ORG":
        belief -= 0.3
    if mention.kind:
        belief += 1.5
    before = doc[mention.first - 1] if mention.first and not doc[mention.first].is_sent_start else None
    after = doc[mention.last + 1] if mention.last + 1 < len(doc) else None
    if before is not None and before.lower_ in words.locates:
        belief += 0.8
    if after is not None and after.text == "," and mention.last + 2 in starts:
        belief += 1.2
    if before is not None and before.text == "," and mention.first - 2 in ends:
        belief += 1.0
    if lone and not shouting and not any(token.pos_ == "PROPN" for token in tokens):
        belief -= 1.0
    if lone and mention.key in words.common:
        belief -= 1.5
    if lone and shouting and label not in _PLACE_ENTITIES:
        belief -= 0.7
    if before is not None and (before.lower_.rstrip(".") in words.title or before.lower_ in words.first):
        belief -= 3.0
    belief -= _attached(mention, before, after, shouting, starts, ends)
    mention.belief = belief
    if mention.role == "literal" and _speaks(mention):
        mention.role = "metonym"


def _importance(mention: Mention, gazetteer: Gazetteer) -> float:
    if not mention.known:
        return 0.6
    belief = 0.4 if len(mention.key.split()) > 1 else 0.0
    found = gazetteer.found(mention.key)
    best = found[0].entry
    population = max((f.entry.population or 0) for f in found[:5])
    if best.kind in ("country", "continent"):
        return belief + 2.0
    if best.kind == "admin1" or best.kind == "capital":
        return belief + 1.5
    if best.source == "sayso" and best.kind not in ("city", "quarter"):
        return belief + 1.5
    if best.source == "sayso":
        return belief + 0.9
    return belief + (
        1.4 if population >= 100_000 else 0.8 if population >= 15_000 else 0.4 if population >= 2_000 else 0.2
    )


def _attached(
    mention: Mention, before: Token | None, after: Token | None, shouting: bool, starts: dict[int, Mention],
    ends: dict[int, Mention],
) -> float:  # fmt: skip
    """What capitalised neighbours say against it; sets ``role`` where the name is part of a longer one."""
    words = place_words()
    cost = 0.0
    if shouting:
        return cost
    doc = mention.doc
    if (
        before is not None and before.pos_ == "PROPN" and _capitalised(before) and mention.first - 1 not in ends
        and before.lower_ not in words.direction and before.lower_ not in words.kinds
        and before.lower_ not in demonyms() and before.ent_type_ not in ("DATE", "TIME")
    ):  # fmt: skip
        cost += 1.5
        mention.role = "part_of_name"
    if before is not None and before.lower_ == "of" and mention.first >= 2:
        owner = doc[mention.first - 2]
        if _capitalised(owner) and owner.lower_ not in words.kinds and owner.lower_ not in words.direction:
            if owner.lower_ in words.tail or owner.lower_ in words.heads or owner.ent_type_ == "ORG":
                mention.role = "part_of_name"
    if after is not None and _capitalised(after) and mention.last + 1 not in starts and not after.is_sent_start:
        if after.lower_ in words.tail:
            mention.role = "part_of_name"
        elif after.lower_ not in words.kinds and after.lower_ not in words.heads and after.lower_ not in demonyms():
            if after.pos_ == "PROPN" and after.ent_type_ not in ("DATE", "TIME"):
                cost += 1.0
                mention.role = "part_of_name"
    elif after is not None and after.text == "-" and after.whitespace_ == "" and mention.last + 2 < len(doc):
        beyond = doc[mention.last + 2]
        if beyond.text.islower() and beyond.lower_ not in words.kinds:
            # "Damascus-based", "Moscow-backed"
            mention.role = "metonym"
    entity = doc[mention.first].ent_type_
    if entity == "ORG" and mention.role == "literal":
        around = [doc[i] for i in (mention.first - 1, mention.last + 1) if 0 <= i < len(doc)]
        if any(token.ent_type_ == "ORG" and token.ent_iob_ != "O" and _capitalised(token) for token in around):
            mention.role = "part_of_name"
    return cost


def _speaks(mention: Mention) -> bool:
    """Whether the name stands for a government: the subject (or agent) of saying, deciding, attacking."""
    head = mention.head
    if head.i < mention.first or head.i > mention.last or mention.kind not in (None, "capital"):
        return False
    if head.dep_ == "nsubj":
        return head.head.lemma_.lower() in place_words().says
    return bool(head.dep_ == "pobj" and head.head.dep_ == "agent")


def _learn_from_each_other(mentions: Sequence[Mention], parsed: ParsedDocument) -> None:
    """One name is one thing in one document: sure mentions lift unsure ones, persons pull them down."""
    best: dict[str, float] = {}
    persons: Counter[str] = Counter()
    for mention in mentions:
        best[mention.key] = max(best.get(mention.key, -9.0), mention.belief)
    for section in parsed.sections:
        for entity in section.doc.ents:
            if entity.label_ == "PERSON" and len(entity) > 1 and entity[0].lower_ not in ARTICLES:
                persons[place_key(entity[-1].text)] += 1
    for mention in mentions:
        if best[mention.key] >= 3.0 and mention.belief < 3.0 and mention.doc[mention.last].ent_type_ != "PERSON":
            mention.belief += 1.0
        if persons[mention.key] >= 2 and best[mention.key] < 4.5 and mention.kind is None:
            mention.belief -= 1.0
