"""Grammar rules for longer periods: years, decades, centuries, seasons, quarters."""

from __future__ import annotations

from sayso.coding.time_date_rules import RANGE_MARKS, is_lead, year_after
from sayso.coding.time_forms import Calendar, Found, Recurrence
from sayso.coding.time_numbers import (
    HYPHENS,
    Tokens,
    context,
    ends_phrase,
    is_digits,
    is_year,
    lower,
    ordinal,
    sense,
    skip_hyphen,
    unit,
    written_year,
)


def year(tokens: Tokens, i: int) -> list[Found] | None:
    """2016, 1939-45, 490 BC, AD 70, fiscal 1989, the year 2000, nineteen ninety-six."""
    at = i
    if lower(tokens, at) == "the" and lower(tokens, at + 1) in ("year", "years"):
        at += 2
    elif lower(tokens, at) == "the" and sense(tokens, at + 1, "fiscal"):
        at += 1
    elif lower(tokens, at) == "the" and is_year(tokens, at + 1) and lower(tokens, at + 2) in ("period", "quarter"):
        return [Found(i, at + 3, Calendar(year=tokens[at + 1].number, fiscal=True))]
    elif lower(tokens, at) == "the" and is_digits(tokens, at + 1, 4) and sense(tokens, at + 2, "era") is None:
        return None
    if sense(tokens, at, "fiscal"):
        named = at + 2 if sense(tokens, at + 1, "unit") == "Y" else at + 1
        if is_year(tokens, named):
            end = named + 1
            if lower(tokens, end) in ("-", "–", "/") and is_digits(tokens, end + 1, 4) and tokens[end + 1].glued:
                # "fiscal year 2014-15" is one year
                end += 2
            return [Found(i, end, Calendar(year=tokens[named].number, book_year=True))]
    if sense(tokens, at, "era") and tokens[at].text.isupper() and is_digits(tokens, at + 1, 4):
        return [Found(i, at + 2, Calendar(year=tokens[at + 1].number, before_christ=sense(tokens, at, "era") == "BC"))]
    if (
        lower(tokens, at) in ("'", "’")
        and is_digits(tokens, at + 1, 2)
        and tokens[at + 1].digits == 2
        and tokens[at + 1].glued
    ):
        if context(tokens, at - 1, "year_lead"):
            short = tokens[at + 1].number or 0
            return [Found(i, at + 2, Calendar(year=short + (1900 if short >= 50 else 2000)))]
        return None
    spoken = written_year(tokens, at)
    if spoken and (context(tokens, at - 1, "year_lead") or 1900 <= spoken[1] < 2100):
        return [Found(i, spoken[0], Calendar(year=spoken[1]))]
    if not is_digits(tokens, at, 4):
        return None
    value = tokens[at].number or 0
    if sense(tokens, at + 1, "era") and tokens[at + 1].text.upper() == tokens[at + 1].text:
        return [Found(i, at + 2, Calendar(year=value, before_christ=sense(tokens, at + 1, "era") == "BC"))]
    # "490-479 BC", "499 to 493 BC"
    if lower(tokens, at + 1) in RANGE_MARKS and is_digits(tokens, at + 2, 4) and sense(tokens, at + 3, "era") == "BC":
        return [
            Found(i, at + 1, Calendar(year=value, before_christ=True)),
            Found(at + 2, at + 4, Calendar(year=tokens[at + 2].number, before_christ=True)),
        ]
    if not is_year(tokens, at) or not _reads_as_year(tokens, at):
        return None
    found = [Found(i, at + 1, Calendar(year=value))]
    if (
        lower(tokens, at + 1) in ("-", "–", "/")
        and is_digits(tokens, at + 2, 2)
        and tokens[at + 2].digits == 2
        and tokens[at + 2].glued
        and lower(tokens, at + 3) not in HYPHENS
    ):
        second = value // 100 * 100 + (tokens[at + 2].number or 0)
        if value < second <= value + 60:
            found.append(Found(at + 2, at + 3, Calendar(year=second)))
    return found


def _reads_as_year(tokens: Tokens, i: int) -> bool:
    """Whether the four digits at ``i`` are a year rather than a count ("1500 men", "$2000", "2,000")."""
    if context(tokens, i - 1, "count_lead") or context(tokens, i + 1, "count_noun") or unit(tokens, i + 1):
        return False
    token, value = tokens[i], tokens[i].number or 0
    before, after = lower(tokens, i - 1), lower(tokens, i + 1)
    if before in (".", ",") and token.glued and i > 1 and tokens[i - 1].glued and tokens[i - 2].digits:
        return False
    if after in ("%", "°") or (after in (",", ".") and is_digits(tokens, i + 2) and tokens[i + 2].glued):
        return False
    if after in HYPHENS and is_year(tokens, i + 2) and 0 < (tokens[i + 2].number or 0) - value < 100:
        return True
    counted = len(after) > 4 and after.endswith("s") and tokens[i + 1].text.islower()
    lead = context(tokens, i - 1, "year_lead") or any(sense(tokens, i - 1, kind) for kind in ("month", "season"))
    if 1900 <= value < 2100:
        return not counted or lead or before == "the"
    named = value >= 1500 and context(tokens, i - 1, "year_namer") and after.isalpha()
    return (lead or named) and not counted


def decade_or_century(tokens: Tokens, i: int) -> list[Found] | None:
    """the 1990s, the '90s, the nineties, 19th century, the fifth century BC."""
    at = i + 1 if lower(tokens, i) == "the" else i
    if at < len(tokens) and tokens[at].suffix == "s" and tokens[at].number is not None:
        value = tokens[at].number or 0
        before_christ = sense(tokens, at + 1, "era") == "BC"
        if (
            tokens[at].digits in (3, 4)
            and value % 10 == 0
            and (before_christ or (tokens[at].digits == 4 and 1000 <= value < 2200))
        ):
            return [
                Found(i, at + 2 if before_christ else at + 1, Calendar(decade=value // 10, before_christ=before_christ))
            ]
        return None
    if is_year(tokens, at) and (tokens[at].number or 0) % 10 == 0 and lower(tokens, at + 1) == "'s" and at > i:
        return [Found(i, at + 2, Calendar(decade=(tokens[at].number or 0) // 10))]
    if (
        lower(tokens, at) in ("'", "’")
        and at + 1 < len(tokens)
        and tokens[at + 1].suffix == "s"
        and tokens[at + 1].digits == 2
    ):
        return [Found(i, at + 2, Calendar(decade=190 + (tokens[at + 1].number or 0) // 10))]
    word = sense(tokens, at, "decade_word")
    if word and at > i:
        return [Found(i, at + 1, Calendar(decade=190 + int(word)))]
    place = ordinal(tokens, at)
    if place and place[1] > 0:
        second = ordinal(tokens, place[0] + 1) if lower(tokens, place[0]) in ("and", "to", "or", "-", "–") else None
        if second and second[1] > 0 and sense(tokens, second[0], "units") == "CE":
            # "the seventh and eighth centuries"
            return [
                Found(i, place[0], Calendar(century=place[1] - 1)),
                Found(place[0] + 1, second[0] + 1, Calendar(century=second[1] - 1)),
            ]
        end = skip_hyphen(tokens, place[0])
        if sense(tokens, end, "unit") == "CE":
            before_christ = sense(tokens, end + 1, "era") == "BC"
            return [
                Found(
                    i,
                    end + 2 if before_christ else end + 1,
                    Calendar(century=place[1] - 1, before_christ=before_christ),
                )
            ]
    return None


def season(tokens: Tokens, i: int) -> list[Found] | None:
    """the summer, spring 1942, the winter of 1941-42 (the year by joining)."""
    at = i + 1 if lower(tokens, i) == "the" else i
    code = sense(tokens, at, "season")
    if not code:
        return None
    end = at + 1
    when = year_after(tokens, end)
    if when:
        through = when[0]
        if (
            lower(tokens, through) in ("-", "–", "/")
            and is_digits(tokens, through + 1, 4)
            and tokens[through + 1].glued
        ):
            # "the winter of 1941-42": a winter is named by the year it ends in
            return [Found(i, through + 2, Calendar(year=when[1] + 1 if code == "WI" else when[1], season=code))]
        return [Found(i, when[0], Calendar(year=when[1], season=code, before_christ=when[2]))]
    if lower(tokens, i) != "the" and context(tokens, end, "season_compound"):
        return [Found(i, end, Recurrence(f"XXXX-{code}"))]
    alone = ends_phrase(tokens, end) or context(tokens, end, "after_season")
    risky = sense(tokens, at, "risky") is not None and tokens[at].text.islower()
    if risky and not is_lead(tokens, at) and not (lower(tokens, at - 1) == "the" and alone):
        return None
    named = sense(tokens, at, "risky") is not None and lower(tokens, end) in ("of", "in", "to", "from")
    if named and not _calendar_near(tokens, end + 1):
        # "the fall of the city", "Fall of Saigon"
        return None
    # "the spring offensive": the article belongs to the noun
    return [Found(i if alone else at, end, Calendar(season=code))]


def _calendar_near(tokens: Tokens, i: int) -> bool:
    return is_year(tokens, i) or sense(tokens, i, "which") is not None or is_digits(tokens, i, 4)


def quarter_or_half(tokens: Tokens, i: int) -> list[Found] | None:
    """the third quarter, third-quarter, Q3, H1, the fiscal first quarter, 1989's first half."""
    at = i
    fiscal = False
    while at < i + 4 and (lower(tokens, at) in ("the", "its") or sense(tokens, at, "fiscal")):
        fiscal = fiscal or sense(tokens, at, "fiscal") is not None
        at = skip_hyphen(tokens, at + 1)
    when: int | None = None
    if at > i and is_year(tokens, at):
        when, at = tokens[at].number, at + 1
    if lower(tokens, at) == "h" and tokens[at].text == "H" and is_digits(tokens, at + 1, 1) and tokens[at + 1].glued:
        half = tokens[at + 1].number
        after = year_after(tokens, at + 2)
        # "H1" without its year is more often something else
        return [Found(i, after[0], Calendar(half=half, year=after[1]))] if half in (1, 2) and after else None
    if lower(tokens, at) == "q" and tokens[at].text == "Q":
        if is_digits(tokens, at + 1, 1) and tokens[at + 1].glued and 1 <= (tokens[at + 1].number or 0) <= 4:
            return [Found(i, at + 2, Calendar(quarter=tokens[at + 1].number, year=when))]
        return None
    place = ordinal(tokens, at)
    if not place or not 1 <= place[1] <= 4:
        return None
    end = place[0]
    if sense(tokens, end, "fiscal"):
        fiscal = True
        end += 1
    hyphen = lower(tokens, end) in HYPHENS
    end = skip_hyphen(tokens, end)
    if sense(tokens, end, "unit") != "Q":
        return None
    # "the third-quarter loss": the article belongs to the noun
    return [Found(at if hyphen and when is None else i, end + 1, Calendar(quarter=place[1], year=when, fiscal=fiscal))]
