"""Events as a notebook shows them: a list of records that knows how to draw itself.

Everything in it comes from documents of strangers, so everything is escaped, and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from sayso.contract import Record
from sayso.vocabulary.event_types import event_types
from sayso.wording import basis, called, count, period
from sayso.workspace.queries import Told

#: A notebook is looked at, not scrolled for ever: so many events are drawn.
_SHOWN = 50
_HEADINGS = ("When", "Where", "What", "By whom", "To whom", "Killed", "Injured", "Voices", "Sources differ on")


class Events(list[Record]):
    """``sayso/event/1`` records. The last cell of a notebook draws them as a table, each with the words it rests on.

    ``told`` fetches the statements of events by their ids; it is asked when the table is drawn.
    """

    def __init__(
        self, records: Iterable[Record], told: Callable[[Sequence[str]], Mapping[str, Sequence[Told]]]
    ) -> None:
        super().__init__(records)
        self._told = told

    def _repr_html_(self) -> str:
        shown = self[:_SHOWN]
        told = self._told([event["id"] for event in shown])
        head = "".join(f'<th scope="col">{heading}</th>' for heading in _HEADINGS)
        body = "".join(_row(event, told.get(event["id"], ())) for event in shown)
        left_out = len(self) - len(shown)
        more = f"; {left_out:,} more are not drawn" if left_out else ""
        caption = f"{len(self):,} event{'' if len(self) == 1 else 's'}{more}"
        return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(event: Record, told: Sequence[Told]) -> str:
    time, place = event["time"], event["place"]
    told_how = basis(time) if time else None
    cells = (
        escape(period(time)) + (f"<br><small>{escape(told_how)}</small>" if told_how else "") if time else "",
        escape(place["name"]) if place else "",
        _what(event, told),
        escape("; ".join(actor["name"] for actor in event["actors"])),
        escape("; ".join(target["name"] for target in event["targets"])),
        count(event["killed"]) if event["killed"] else "",
        count(event["injured"]) if event["injured"] else "",
        str(event["independent_sources"]),
        escape(", ".join(one["field"] for one in event["disagreements"])),
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _what(event: Record, told: Sequence[Told]) -> str:
    label = event_types()[event["type"]].label
    status = "" if event["status"] == "happened" else f" ({event['status']})"
    words = "".join(
        f"<blockquote>{escape(' '.join(one.words.split()))}<br>"
        f"<small>{escape(one.outlet or called(one.title, one.origin))}</small></blockquote>"
        for one in told
    )
    return f"<details><summary>{escape(label + status)}</summary>{words}</details>"
