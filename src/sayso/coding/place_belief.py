"""How surely a name in a text is a place, and whether it is used as one.

What speaks for and against is added up in the open (``_believe``): what the name means in the gazetteer, what the
parser takes it for, the words beside it, what else the document calls by the same name. A name can be a place and yet
not be where anything happens: a government ("Moscow denied") or part of another name ("Aleppo University").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from spacy.tokens import Token

from sayso.coding.parse import ParsedDocument, Section
from sayso.coding.place_mentions import PLACE_ENTITIES, Mention, capitalised
from sayso.vocabulary.gazetteer import Gazetteer
from sayso.vocabulary.place_names import ARTICLES, place_key
from sayso.vocabulary.place_tables import demonyms, place_words
from sayso.vocabulary.triggers import trigger_vocabulary


def believe(mentions: Sequence[Mention], parsed: ParsedDocument, gazetteer: Gazetteer) -> None:
    """Fill in ``belief`` and ``role`` of every mention of a document."""
    for _, group in groupby(mentions, key=lambda mention: id(mention.section)):
        found = list(group)
        starts = {mention.first: mention for mention in found}
        ends = {mention.last: mention for mention in found}
        shouting = _shouting(found[0].section)
        for mention in found:
            _believe(mention, gazetteer, shouting, starts, ends)
    _learn_from_each_other(mentions, parsed)


def _shouting(section: Section) -> bool:
    """Whether capitals mean nothing here: a headline with most of its words capitalised."""
    if section.segment.kind not in ("title", "heading"):
        return False
    words = [token for token in section.doc if token.is_alpha and not token.is_stop]
    return len(words) > 3 and sum(capitalised(word) for word in words) >= 0.7 * len(words)


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
    before = doc[mention.first - 1] if mention.first and not doc[mention.first].is_sent_start else None
    after = doc[mention.last + 1] if mention.last + 1 < len(doc) else None
    inside = before is not None and before.lower_ in ("in", "at", "near", "inside", "outside", "around")
    labels = Counter(token.ent_type_ for token in tokens)
    label = labels.most_common(1)[0][0]
    before_it, after_it = ends.get(mention.first - 1), starts.get(mention.last + 1)
    if label == "PERSON" and ((before_it and before_it.end_cut) or (mention.end_cut and after_it)):
        # "Syrias Aleppo" is no person
        label = "GPE"
    if label in PLACE_ENTITIES:
        belief += 1.5
    elif label == "PERSON":
        # The parser takes most Arabic names for persons; "in X" and "X village" say otherwise.
        belief -= 0.3 if mention.kind else 0.6 if inside else 1.5
    elif label in ("NORP", "DATE", "WORK_OF_ART", "LANGUAGE", "LAW", "EVENT", "PRODUCT", "TIME", "MONEY"):
        belief -= 0.8
    elif label == "ORG":
        belief -= 0.3
    if mention.kind or doc[mention.last].text.islower():
        belief += 1.5
    if before is not None and before.lower_ in words.locates:
        belief += 1.2 if inside else 0.8
    if after is not None and after.text == "," and mention.last + 2 in starts:
        belief += 1.2
    if before is not None and before.text == "," and mention.first - 2 in ends:
        belief += 1.0
    if lone and not shouting and not any(token.pos_ == "PROPN" for token in tokens):
        belief -= 0.8
    if lone and _is_deed(doc[mention.last]):
        belief -= 3.0  # "2017 Ceasefire": what happened, whatever the parser makes of its capital
    beyond = doc[mention.last + 2] if mention.last + 2 < len(doc) else None
    if lone and after is not None and after.lower_ == "of" and beyond is not None and capitalised(beyond):
        belief -= 2.0  # "Temple of Bel": the first word of a longer name
    if lone and mention.key in words.common:
        belief -= 0.5 if mention.kind else 1.5
    if lone and shouting and label not in PLACE_ENTITIES:
        belief -= 0.7
    if before is not None and (before.lower_.rstrip(".") in words.title or before.lower_ in words.first):
        belief -= 3.0
    belief -= _attached(mention, before, after, shouting, starts, ends)
    mention.belief = belief
    if mention.role == "literal" and (_speaks(mention) or _modifies(mention, gazetteer)):
        mention.role = "metonym"


def _importance(mention: Mention, gazetteer: Gazetteer) -> float:
    if not mention.known:
        return 0.6
    belief = 0.4 if len(mention.key.split()) > 1 else 0.0
    found = gazetteer.found(mention.key)
    if not found:
        return belief + 0.6
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
        before is not None and before.pos_ == "PROPN" and capitalised(before) and mention.first - 1 not in ends
        and before.lower_ not in words.direction and before.lower_ not in words.kinds
        and before.lower_ not in demonyms() and before.ent_type_ not in ("DATE", "TIME")
    ):  # fmt: skip
        cost += 1.5
        mention.role = "part_of_name"
    if before is not None and before.lower_ == "of" and mention.first >= 2:
        owner = doc[mention.first - 2]
        named = owner.lower_ in words.tail or owner.lower_ in words.heads or owner.ent_type_ == "ORG"
        # "First Liberation of Palmyra" names a deed, and Palmyra is where it was done.
        named = named and not _is_deed(owner)
        if named and capitalised(owner) and owner.lower_ not in words.kinds and owner.lower_ not in words.direction:
            mention.role = "part_of_name"
    follows = after is not None and capitalised(after) and not after.is_sent_start
    unit = after is not None and after.lower_ in words.unit and mention.kind is None
    if after is not None and (unit or (follows and after.lower_ in words.tail)):
        mention.role = "part_of_name"
    elif after is not None and follows and mention.last + 1 not in starts:
        plain = after.lower_ in words.kinds or after.lower_ in words.heads or after.lower_ in demonyms()
        if not plain and after.pos_ == "PROPN" and after.ent_type_ not in ("DATE", "TIME"):
            cost += 1.0
            mention.role = "part_of_name"
    elif after is not None and after.text == "-" and after.whitespace_ == "" and mention.last + 2 < len(doc):
        beyond = doc[mention.last + 2]
        if beyond.text.islower() and beyond.lower_ not in words.kinds:
            # "Damascus-based", "Moscow-backed"
            mention.role = "metonym"
    entity = doc[mention.first].ent_type_
    deed = (
        before is not None and before.lower_ in ("of", "in") and mention.first >= 2 and _is_deed(doc[mention.first - 2])
    )
    if entity == "ORG" and mention.role == "literal" and not deed:
        around = [doc[i] for i in (mention.first - 1, mention.last + 1) if 0 <= i < len(doc)]
        if any(token.ent_type_ == "ORG" and token.ent_iob_ != "O" and capitalised(token) for token in around):
            mention.role = "part_of_name"
    return cost


def _is_deed(token: Token) -> bool:
    """Whether the word is one that reports an event."""
    nouns = trigger_vocabulary().nouns
    return token.lemma_.lower() in nouns or token.lower_ in nouns


def _speaks(mention: Mention) -> bool:
    """Whether the name stands for a government: the subject (or agent) of saying, deciding, attacking."""
    head = mention.head
    if head.i < mention.first or head.i > mention.last or mention.kind not in (None, "capital"):
        return False
    if head.dep_ == "nsubj":
        return head.head.lemma_.lower() in place_words().says
    return bool(head.dep_ == "pobj" and head.head.dep_ == "agent")


def _modifies(mention: Mention, gazetteer: Gazetteer) -> bool:
    """Whether a name only says whose something is: "U.S. air strikes", "at Damascus' request".

    Not "Syria conflict's Aleppo", nor what a place has as a place ("Aleppo's suburbs", "Syria's war").
    """
    relation = mention.head.dep_
    if relation not in ("compound", "amod", "nmod", "poss") or mention.end_cut or not mention.known:
        return False
    owned = mention.head.head
    found = gazetteer.found(mention.key)
    if owned.pos_ != "NOUN" or owned.i <= mention.last or not found:
        return False
    kind = found[0].entry.kind
    if owned.lemma_.lower() in place_words().statecraft:
        return kind in ("country", "capital")
    return kind == "country" and relation != "poss"


def _learn_from_each_other(mentions: Sequence[Mention], parsed: ParsedDocument) -> None:
    """One name is one thing in one document: sure mentions lift unsure ones, persons pull them down."""
    best: dict[str, float] = {}
    persons: Counter[str] = Counter()
    for mention in mentions:
        best[mention.key] = max(best.get(mention.key, -9.0), mention.belief)
    for section in parsed.sections:
        for entity in section.doc.ents:
            known = any(f"{entity[0].text} ".startswith((m.text + " ", m.text + "s ")) for m in mentions if m.end_cut)
            if entity.label_ == "PERSON" and len(entity) > 1 and entity[0].lower_ not in ARTICLES and not known:
                persons[place_key(entity[-1].text)] += 1
    for mention in mentions:
        if best[mention.key] >= 3.0 and mention.belief < 3.0 and mention.doc[mention.last].ent_type_ != "PERSON":
            mention.belief += 1.0
        if persons[mention.key] >= 2 and best[mention.key] < 4.5 and mention.kind is None:
            mention.belief -= 1.0
