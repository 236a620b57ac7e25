"""What the timeline and the map draw, packed for the page's own scripts: very many events in little time.

Programs ask ``/api/1/points`` for single events in JSON. Here, all in little-endian: two 32-bit numbers, of cells and
of bytes of the spots; the first days, the last days, the spots of the cells and their numbers of events as columns of
32-bit numbers (``points.NONE`` for none); a byte a cell, 1 where sources differ; then the spots as JSON.
"""

from __future__ import annotations

import gzip
import json
import struct
import sys
from array import array
from dataclasses import asdict, replace

from fastapi import APIRouter, Depends, Request, Response

from sayso.web.access import Access, Hands
from sayso.web.asking import Asked, Asking
from sayso.web.remembering import Memory
from sayso.workspace import EventFilter, Workspace
from sayso.workspace.points import Cells

#: Named in the tag of an answer, so that a browser that kept one of another form asks for it anew.
_FORM = 1
#: Filters whose answers are kept.
_KEPT = 32
#: Least effort: it is made for one who waits, and sent once or twice.
_EFFORT = 1


def make_drawing(access: Access) -> APIRouter:
    """The route of what the timeline and the map draw, for whom ``access`` lets in."""
    routes = APIRouter(include_in_schema=False)
    reader = Depends(access.needs("reader"))
    memory: Memory[bytes] = Memory(_KEPT)

    @routes.get("/points", response_class=Response)
    def points(request: Request, asked: Asking, hands: Hands = reader) -> Response:
        """Events that pass every filter but those of the timeline and the map, which the page applies itself."""
        wanted = unframed(asked)
        revision, body = memory.get(hands.workspace, wanted, lambda: _compressed(hands.workspace, wanted))
        headers = {"ETag": f'"{_FORM}-{revision}"', "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
        else:
            body = gzip.decompress(body)
        return Response(body, media_type="application/octet-stream", headers=headers)

    return routes


def unframed(asked: Asked) -> EventFilter:
    """What is asked for, whatever days the timeline and whatever part of the world the map has chosen."""
    return replace(asked.filter, earliest=None, latest=None, box=None)


def _compressed(workspace: Workspace, wanted: EventFilter) -> bytes:
    return gzip.compress(packed(workspace.cells(wanted)), _EFFORT, mtime=0)


def packed(cells: Cells) -> bytes:
    """``cells`` as described above."""
    spots = json.dumps([asdict(spot) for spot in cells.spots], separators=(",", ":")).encode("ascii")
    head = struct.pack("<II", len(cells.earliest), len(spots))
    columns = (_little(column) for column in (cells.earliest, cells.latest, cells.spot, cells.number))
    return b"".join((head, *columns, cells.disputed, spots))


def _little(column: array[int]) -> bytes:
    if sys.byteorder == "big":
        column = array(column.typecode, column)
        column.byteswap()
    return column.tobytes()
