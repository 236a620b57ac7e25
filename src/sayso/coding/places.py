"""The places a document names, resolved to the gazetteer where the document's context allows it.

Precision first: a name that is not clearly a place is left out, and a place that cannot be told from its namesakes
keeps its words but gets no point.
"""

from __future__ import annotations

from sayso.coding.parse import ParsedDocument
from sayso.coding.place_belief import believe
from sayso.coding.place_choice import Context, choose
from sayso.coding.place_mentions import Mention, find_mentions
from sayso.model import Place, PlacePrecision
from sayso.vocabulary.gazetteer import Entry, Found, Gazetteer
from sayso.vocabulary.place_tables import demonyms

#: Belief (see ``place_belief``) from which a name counts as a place.
_BELIEVED = 1.6
#: ... where it lies in a country the document is about.
_BELIEVED_AT_HOME = 0.6
#: And from which it does where the only place of that name is small and in a country the document is not about.
_STRONGLY_BELIEVED = 2.9
_SMALL = 20_000
_PRECISIONS: dict[str, PlacePrecision] = {
    "country": "country", "continent": "country", "admin1": "region", "region": "region", "desert": "region",
    "sea": "region", "river": "region", "mountain": "district", "valley": "district", "plain": "region",
    "admin2": "district", "area": "district", "island": "district",
}  # fmt: skip


def tag_places(parsed: ParsedDocument, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Every place named in what is coded of the document, in text order.

    ``role`` says whether the name stands for the place (literal), for its government (metonym) or inside another name
    (part_of_name). A place that no source knows keeps its words as ``name`` and has no point and no ``gazetteer_id``;
    its country is the document's, where that is about one country.
    """
    mentions = find_mentions(parsed, gazetteer)
    believe(mentions, parsed, gazetteer)
    chosen, context = choose(mentions, parsed, gazetteer)
    places = []
    for mention, found in zip(mentions, chosen, strict=True):
        if mention.belief >= _needed(found, context):
            places.append(_place(mention, found, context))
    return tuple(places)


def _needed(found: Found | None, context: Context) -> float:
    if found is None:
        return 1.8
    entry = found.entry
    support = context.countries.get(entry.country or "", 0.0)
    if support >= 0.5 and entry.kind != "country":
        return _BELIEVED_AT_HOME
    supported = support >= 0.3
    if entry.kind in ("city", "admin2") and (entry.population or 0) < _SMALL and not supported:
        return _STRONGLY_BELIEVED
    return _BELIEVED


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
    """The countries that demonyms ("Syrian", "Russians") point to. They are not places: ``role`` is metonym."""
    known, found = demonyms(), []
    for section in parsed.sections:
        for token in section.doc:
            if token.text[:1].isupper():
                code = known.get(token.lower_) or known.get(token.lower_.removesuffix("s"))
                country = gazetteer.country(code) if code else None
                if country is not None:
                    found.append(
                        Place(
                            section.span(token), country.name, country.latitude, country.longitude, country.kind,
                            "country", country.country, None, country.id, "metonym",
                        )
                    )  # fmt: skip
    return tuple(found)
