"""Which words of a text name a place: recognition, before it is known which place is meant.

Names come from the gazetteer (longest match over capitalised words), from the parser's entities, and from patterns
that say so themselves ("village of X", "X neighbourhood"). How surely each is a place is for ``place_belief``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.coding.parse import ParsedDocument, Section
from sayso.coding.tokens import Doc, Token
from sayso.model import PlaceRole, Span
from sayso.vocabulary.gazetteer import MAXIMUM_WORDS, Gazetteer
from sayso.vocabulary.place_names import ARTICLES, place_key, without_article
from sayso.vocabulary.place_tables import demonyms, place_words

_HYPHENS = frozenset("-–‐’'ʿ‘`")
PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
_DIGITS = re.compile(r"\d")
_SITES = frozenset(
    {
        "camp",
        "airbase",
        "airport",
        "base",
        "road",
        "crossing",
        "dam",
        "oilfield",
        "mountain",
        "countryside",
        "area",
        "valley",
    }
)
#: Articles that are English words where no hyphen follows.
_WORDS_TOO = frozenset({"as", "an", "at", "en", "er", "es", "et"})
#: Letters of a name written short that are looked for, at most.
_INITIALS = 6
#: Written short before a name.
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
#: "U.S.-led", "Damascus-based": not the place but what it does.
_ADJECTIVE = re.compile(r"-[a-z]{3,}\Z")

#: What speaks for and against a name being a place (``place_belief``), by the name of the feature.
Features = dict[str, float]


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
    features: Features = field(default_factory=dict)

    @property
    def doc(self) -> Doc:
        """The parse it stands in."""
        return self.section.doc

    @property
    def text(self) -> str:
        """The name as written."""
        return str(self.doc[self.first : self.last + 1].text[: -self.end_cut or None])

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
        return token.idx + len(token) - self.end_cut


def find_mentions(parsed: ParsedDocument, gazetteer: Gazetteer) -> list[Mention]:
    """Every name that may be a place, in text order; ``place_belief.believe`` says how surely each is one."""
    mentions: list[Mention] = []
    initials = {word for section in parsed.sections for word in _initials_of_others(section.doc, gazetteer)}
    for section in parsed.sections:
        known = [mention for mention in _known(section, gazetteer) if mention.text not in initials]
        taken = {i for mention in known for i in range(mention.first, mention.last + 1)}
        found = sorted([*known, *_unknown(section, taken)], key=lambda mention: mention.first)
        for mention in found:
            _describe(mention)
        mentions += found
    return mentions


def _initials_of_others(doc: Doc, gazetteer: Gazetteer) -> Iterator[str]:
    """What a text writes short in brackets after a name that is no place: "Prevention of Terrorism Act (PTA)".

    Towns bear such letters too; here they do not mean them. "United Arab Emirates (UAE)" stays a place.
    """
    for i in range(2, len(doc) - 1):
        short = doc[i].text
        if not (doc[i - 1].text == "(" and doc[i + 1].text == ")" and short.isupper() and 2 < len(short) <= _INITIALS):
            continue
        left, first = short, i - 1
        while left and first > 0 and doc[first - 1].text[0].isalpha() and i - first <= 2 * _INITIALS:
            first -= 1
            word = doc[first].text
            if word[0].isupper():
                if word[0] != left[-1]:
                    break
                left = left[:-1]
            elif left[-1] == word[0].upper():
                # "Department for International Development (DFID)"
                left = left[:-1]
        if not left and not gazetteer.knows(place_key(doc[first : i - 1].text)):
            yield short


def capitalised(token: Token) -> bool:
    """Whether a word begins with a capital, an article written to it aside ("al-Bab")."""
    text = token.text
    return text[:1].isupper() or (text[:2] in ("al", "aL") and text[2:3].isupper())


def _starts(doc: Doc, i: int) -> bool:
    token = doc[i]
    capital = capitalised(token)
    if not capital and token.lower_ not in ARTICLES:
        return False
    if token.like_num and token.ent_type_ not in PLACE_ENTITIES:
        # "Ten people"; "Six-Day War"
        return False
    if token.is_sent_start and token.lower_ in _WORDS_TOO:
        # "An Alexandria man", not "An Nabk"
        return _article_of_name(doc, i)
    # "al-Bab", "al Bab": a small article before a capital
    return capital or _article_of_name(doc, i)


def _article_of_name(doc: Doc, i: int) -> bool:
    after = i + 1
    if after < len(doc) and doc[after].text in _HYPHENS:
        after += 1
    elif doc[i].lower_ in _WORDS_TOO:
        # words of their own where no hyphen follows
        return False
    return after < len(doc) and capitalised(doc[after])


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
            if not capitalised(token):
                break
        if token.is_space or (j > i and token.is_sent_start and not _abbreviation(doc[j - 1])):
            break
        if capitalised(token) or (words and token.text.isdigit()):
            words += 1
            ends.append(j)
        elif words and _site_word(token.lower_):
            # "Khmeimim air base", "Zamzam camp": part of the name as often as not
            ends.append(j)
        elif token.text not in _HYPHENS and token.lower_ not in particles and not _DIGITS.match(token.text):
            break
        if words == MAXIMUM_WORDS:
            break
    for j in reversed(ends):
        text = doc[i : j + 1].text
        key = place_key(text)
        if j > i and (key in demonyms() or key.removesuffix("s") in demonyms()):
            # "Sri Lankan", "South Korean": and no part of it is a name
            return None
        if j > i and doc[j].lower_ == "city" and _of_government(doc, j + 1):
            # "Dublin City Council"
            continue
        if _usable(text, key):
            if gazetteer.knows(key):
                return Mention(section, i, j, key, known=True)
            spelt_out = _spelt_out(key)
            if spelt_out is not None and gazetteer.knows(spelt_out):
                return Mention(section, i, j, spelt_out, known=True)
        # An apostrophe lost on the way here: "Syrias Aleppo"
        if len(text) > 4 and text[-1] == "s" and _usable(text[:-1], key[:-1]) and _possessor(key[:-1], gazetteer):
            return Mention(section, i, j, key[:-1], known=True, end_cut=1)
    return None


def _spelt_out(key: str) -> str | None:
    """ "st paul" as "saint paul"; None where nothing is written short."""
    first, _, rest = key.partition(" ")
    return f"{_SHORT[first]} {rest}" if rest and first in _SHORT else None


def _of_government(doc: Doc, i: int) -> bool:
    return i < len(doc) and doc[i].text.istitle() and doc[i].lower_ in place_words().city_hall


def _site_word(word: str) -> bool:
    words = place_words()
    return word in words.heads or words.kinds.get(word) in _SITES or word in ("air", "military", "refugee", "border")


def _abbreviation(token: Token) -> bool:
    return token.lower_.endswith(".") and token.lower_[:-1] in _SHORT


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
    if key in words.heads or key in words.tail:
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
        if entity.label_ not in PLACE_ENTITIES or first > last or taken & set(range(first, last + 1)):
            continue
        key = place_key(doc[first : last + 1].text)
        if _usable(doc[first : last + 1].text, key) and capitalised(doc[last]):
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
    if (
        after < len(doc)
        and doc[after].text.islower()
        and (doc[after].lower_ in words.kinds or doc[after].lower_ in words.heads)
    ):
        return after == last + 1 or doc[after].lower_.endswith("s")
    if first >= 2 and doc[first - 1].lower_ == "of" and doc[first - 2].lower_ in words.kinds:
        return True
    # A lone article is no name, and may end its section: "Ad" on a line of its own
    article = last > first and doc[first].lower_ in ARTICLES and doc[first + 1].text in _HYPHENS
    opens = article or doc[first].lower_ in words.prefix
    before = doc[first - 1] if first else None
    return bool(opens and last > first and before is not None and before.lower_ in ("in", "at", "near", "inside", "on"))


def _trim(doc: Doc, first: int, last: int) -> tuple[int, int]:
    words = place_words()
    while first <= last and (
        doc[first].lower_ == "the" or (doc[first].lower_ in words.direction and doc[first].text.islower())
        or not _starts(doc, first)
    ):  # fmt: skip
        first += 1
    while last >= first and not capitalised(doc[last]) and not doc[last].text.isdigit():
        last -= 1
    return first, last


def _run(doc: Doc, i: int, taken: set[int]) -> int:
    """The last token of the run of capitalised words (with hyphens and articles between) that starts at ``i``."""
    last = i
    for j in range(i, min(i + 8, len(doc))):
        token = doc[j]
        if j in taken or (j > i and token.is_sent_start) or token.is_space:
            break
        if capitalised(token):
            last = j
        elif token.text not in _HYPHENS and token.lower_ not in ARTICLES:
            break
    return last


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
