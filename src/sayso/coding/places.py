"""The places a document names, resolved to the gazetteer where the document's context allows it.

Precision first: a name that is not clearly a place is left out, and a place that cannot be told from its namesakes
keeps its words but gets no point.
"""

from __future__ import annotations

from sayso.coding.parse import ParsedDocument
from sayso.coding.place_belief import believe, believe_again
from sayso.coding.place_choice import Context, choose
from sayso.coding.place_mentions import Mention, find_mentions
from sayso.model import Place, PlacePrecision
from sayso.vocabulary.gazetteer import Entry, Found, Gazetteer
from sayso.vocabulary.place_tables import demonyms, place_adjectives

#: Belief (in logits, see ``place_belief``) from which a name counts as a place.
_BELIEVED = -0.8
#: How likely a place must be among its namesakes (see ``place_choice``) to be given its point.
_LIKELY = 0.3
_PRECISIONS: dict[str, PlacePrecision] = {
    "country": "country", "continent": "country", "admin1": "region", "region": "region", "desert": "region",
    "sea": "region", "river": "region", "mountain": "district", "valley": "district", "plain": "region",
    "admin2": "district", "area": "district", "island": "district",
}  # fmt: skip


def tag_places(parsed: ParsedDocument, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Every place named in what is coded of the document, in text order.

    ``role`` says whether the name stands for the place (literal), for its government (metonym) or inside another name
    (part_of_name). A place that no source knows, or that cannot be told from its namesakes, keeps its words as ``name``
    and has no point and no ``gazetteer_id``; its country is the document's, where that is about one country.
    """
    mentions = find_mentions(parsed, gazetteer)
    believe(mentions, parsed, gazetteer)
    chosen, context = choose(mentions, parsed, gazetteer)
    believe_again(mentions, chosen, context)
    return tuple(
        _place(mention, choice.found if choice is not None and choice.chance >= _LIKELY else None, context)
        for mention, choice in zip(mentions, chosen, strict=True)
        if mention.belief >= _BELIEVED
    )


def _place(mention: Mention, found: Found | None, context: Context) -> Place:
    if found is None:
        countries = [code for code, weight in context.countries.items() if weight >= 0.9]
        precision: PlacePrecision = "near" if mention.near else "exact"
        country = countries[0] if len(countries) == 1 else None
        return Place(mention.span, mention.text, None, None, mention.kind, precision, country, None, None, mention.role)
    entry = found.entry
    return Place(
        mention.span, entry.name, entry.latitude, entry.longitude, entry.kind, _precision(mention, entry),
        entry.country, entry.admin1_name, entry.id, mention.role,
    )  # fmt: skip


def _precision(mention: Mention, entry: Entry) -> PlacePrecision:
    area = _PRECISIONS.get(entry.kind)
    if area is not None:
        return area
    if mention.kind == "countryside":
        return "district"
    return "near" if mention.near else "exact"


def tag_demonyms(parsed: ParsedDocument, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """What demonyms ("Syrian", "Sri Lankans", "European", "Texans") point to. They are not places: role is metonym."""
    found = []
    for section in parsed.sections:
        doc, taken = section.doc, -1
        for token in doc:
            if token.i <= taken or not token.text[:1].isupper():
                continue
            for last in (token.i + 1, token.i):
                words = doc[token.i : last + 1]
                entry = _people_of(words.text.lower(), gazetteer) if last < len(doc) else None
                if entry is not None:
                    found.append(
                        Place(
                            section.span(words), entry.name, entry.latitude, entry.longitude, entry.kind,
                            _PRECISIONS.get(entry.kind, "exact"), entry.country, entry.admin1_name, entry.id, "metonym",
                        )
                    )  # fmt: skip
                    taken = last
                    break
    return tuple(found)


def _people_of(word: str, gazetteer: Gazetteer) -> Entry | None:
    """The country or other place a demonym in lower case points to, or None if it is none."""
    for form in (word, word.removesuffix("s")):
        code = demonyms().get(form)
        if code:
            return gazetteer.country(code)
        name = place_adjectives().get(form)
        if name is not None:
            return next(iter(gazetteer.find(name)), None)
    return None
