"""How fast a large workspace is read: pages, API and search, on SQLite and on PostgreSQL.

    python bench/serving.py WORKSPACE [--events 100000] [--documents 50000] [--server postgresql://user@host/database]
                            [--runs 15] [--browser]

WORKSPACE is a built one; its rows are copied with other ids and later days until there are that many events (documents
and statements grow alike; what links them is copied, not worked out again). Documents that are still missing then are
copies that tell of nothing. Each figure is the median of ``--runs`` requests, each different, after one that is not
counted. With ``--browser`` (Chromium) the chronology is opened too, each time in a new window with an empty cache: how
long until the list, the timeline and the map with all their marks stand on the screen; first after every write, when
the server knows nothing yet, then again. Prints seconds to build, then one JSON object: milliseconds by question, and
of a judgement with its undoing; and what of them this process computed, which a busy machine stretches less (what
PostgreSQL's own processes compute is not in it).
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus
from urllib.request import urlopen

import uvicorn
from sqlalchemy import insert, select, text

from sayso.web import make_app
from sayso.workspace import Workspace, ledger
from sayso.workspace.tables import (
    CaptureRow,
    CopyRow,
    DisagreementRow,
    DocumentRow,
    EventNameRow,
    EventRow,
    EventStatementRow,
    NameRow,
    StatementRow,
)

_TABLES = (CaptureRow, DocumentRow, StatementRow, EventRow, EventStatementRow, EventNameRow, CopyRow, DisagreementRow)
#: Columns that hold ids, and those that hold row numbers of another table or their own.
_IDS = {"id", "given_id", "event_id", "group_id"}
_NUMBERS = {"number", "capture_number", "document_number", "statement_number"}
_ID_KEYS = {"id", "event", "document", "documents", "statements", "capture"}
#: More than any base workspace has rows in a table.
_STEP = 1_000_000


def renamed(value: Any, suffix: str, days: timedelta, key: str = "") -> Any:
    """A record with other ids and later days."""
    if isinstance(value, dict):
        return {name: renamed(inner, suffix, days, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [renamed(inner, suffix, days, key) for inner in value]
    if isinstance(value, str) and key in _ID_KEYS:
        return value + suffix
    return value


def rows_of(workspace: Workspace, table: Any, copy: int) -> Iterator[dict[str, Any]]:
    """The rows of ``table`` as the ``copy``-th copy has them."""
    suffix, days = f"~{copy}", timedelta(days=copy % 1500)
    with workspace.engine.connect() as connection:
        for row in connection.execute(select(table)).mappings():
            values = dict(row)
            for name, value in values.items():
                if value is None or isinstance(value, datetime):
                    continue
                if name in _IDS:
                    values[name] = value + suffix
                elif name in _NUMBERS:
                    values[name] = value + copy * _STEP
                elif isinstance(value, date):
                    values[name] = value + days
                elif name in ("record", "reading", "coding"):
                    values[name] = renamed(value, suffix, days)
                elif name == "origin":
                    values[name] = f"{value}{suffix}"
                elif name == "reading_order":
                    values[name] = value + copy * _STEP
            yield values


def multiply(base: Workspace, target: Workspace, events: int, documents: int) -> None:
    """Fill ``target`` with copies of ``base`` until it has that many events, and then that many documents."""
    figures = base.figures()
    copies = -(-events // figures.events)
    more = max(copies, -(-documents // figures.documents))
    with base.engine.connect() as connection:
        names = [dict(row) for row in connection.execute(select(NameRow)).mappings()]
    with target.transaction(write=True) as connection:
        connection.execute(insert(NameRow), names)
        for copy in range(1, more + 1):
            for table in _TABLES if copy <= copies else _TABLES[:2]:
                rows = list(rows_of(base, table, copy))
                if rows:
                    connection.execute(insert(table), rows)
        ledger.write(connection, user="bench", action="linked", subject="events", detail={})
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("ANALYZE")
    if target.engine.dialect.name == "postgresql":
        with target.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))


def questions(workspace: Workspace, runs: int) -> dict[str, list[str]]:
    """Addresses to ask for, ``runs + 1`` of each kind."""
    with workspace.engine.connect() as connection:
        events = connection.scalars(select(EventRow.id).order_by(EventRow.id).limit(runs + 1)).all()
        documents = connection.scalars(select(DocumentRow.id).order_by(DocumentRow.number).limit(runs + 1)).all()
        named = select(EventRow.place).where(EventRow.place.is_not(None)).distinct().limit(runs + 1)
        types = connection.scalars(select(EventRow.type).distinct().order_by(EventRow.type)).all()
        places = [quote_plus(place) for place in connection.scalars(named) if place]
    words = ("hospital", "aleppo", "ceasefire", "convoy", "market", "school", "barrel", "palmyra", "minister")
    turn = range(runs + 1)
    return {
        "chronology": [f"/?page={n + 1}" for n in turn],
        "chronology of a place": [f"/?place={places[n % len(places)]}" for n in turn],
        "chronology of a type and month": [f"/?type=air_strike&from=2016-{n % 12 + 1:02}" for n in turn],
        "chronology with words": [f"/?words={words[n % len(words)]}" for n in turn],
        "event": [f"/events/{events[n % len(events)]}" for n in turn],
        "document": [f"/documents/{documents[n % len(documents)]}" for n in turn],
        "search": [f"/api/1/search?words={words[n % len(words)]}" for n in turn],
        "facets of a type and month": [f"/facets?type=shelling&from=2016-{n % 12 + 1:02}" for n in turn],
        "facets of a type": [f"/facets?type={types[n % len(types)]}" for n in turn],
        "facets of everything": [f"/facets?page={n}" for n in turn],
        "points for programs": [f"/api/1/points?page={n}" for n in turn],
        "points for the page": [f"/points?voices={n % 5}" for n in turn],
    }


Medians = dict[str, float]


def measure(workspace: Workspace, runs: int, *, browser: bool) -> tuple[Medians, Medians]:
    """Median milliseconds by kind of question, passed and computed."""
    config = uvicorn.Config(make_app(workspace), host="127.0.0.1", port=0, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.05)
        address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        found: Medians = {}
        computed: Medians = {}
        for kind, paths in questions(workspace, runs).items():
            times, work = [], []
            for path in paths:
                began, worked = time.perf_counter(), time.process_time()
                with urlopen(address + path) as answer:
                    answer.read()
                times.append((time.perf_counter() - began) * 1000)
                work.append((time.process_time() - worked) * 1000)
            found[kind] = round(statistics.median(times[1:]), 1)
            computed[kind] = round(statistics.median(work[1:]), 1)
        if browser:
            found |= first_views(address, workspace, runs)
    finally:
        server.should_exit = True
        thread.join()
    with workspace.engine.connect() as connection:
        statements = connection.scalars(select(StatementRow.id).order_by(StatementRow.number).limit(runs)).all()
    times = []
    for statement in statements:
        began = time.perf_counter()
        judgement = workspace.judge("edit", "status", [statement], detail={"value": "denied"})
        workspace.withdraw(judgement.id)
        times.append((time.perf_counter() - began) * 1000)
    return found | {"judgement and its undoing": round(statistics.median(times), 1)}, computed


#: When the list, the timeline and the map with its land all stand: milliseconds since the address was asked for.
_SHOWN = """() => document.querySelector("#found .event") && document.querySelector("#map [data-land=drawn]")
  && document.querySelector("#timeline .summary")?.textContent && document.querySelector("#map .summary")?.textContent
  && performance.now()"""


def first_views(address: str, workspace: Workspace, runs: int) -> dict[str, float]:
    """Median milliseconds until the chronology stands in a browser: after a write, and where nothing was written."""
    from playwright.sync_api import sync_playwright

    times: dict[str, list[float]] = {"first view after a write": [], "first view": []}
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        with workspace.engine.connect() as connection:
            statements = connection.scalars(select(StatementRow.id).order_by(StatementRow.number).limit(runs)).all()
        for statement in statements:
            workspace.judge("note", "note", [statement], reason="bench")
            for found in times.values():
                page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
                page.goto(address)
                found.append(float(page.wait_for_function(_SHOWN, polling="raf").json_value()))
                page.context.close()
        browser.close()
    return {name: round(statistics.median(found), 1) for name, found in times.items()}


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=0)
    parser.add_argument("--server", help="where PostgreSQL is; its schema sayso_bench must not be there")
    parser.add_argument("--browser", action="store_true")
    parser.add_argument("--runs", type=int, default=15)
    given = parser.parse_args()
    figures: dict[str, Medians] = {}
    computed: dict[str, Medians] = {}
    with tempfile.TemporaryDirectory() as folder, Workspace.open(given.workspace) as base:
        places = {"sqlite": str(Path(folder) / "ws")}
        if given.server:
            places["postgresql"] = given.server + ("&" if "?" in given.server else "?") + "schema=sayso_bench"
        for name, where in places.items():
            began = time.perf_counter()
            with Workspace.create(where) as large:
                multiply(base, large, given.events, given.documents)
                print(f"{name}: {large.figures()} in {time.perf_counter() - began:.0f} s", file=sys.stderr)
                figures[name], computed[name] = measure(large, given.runs, browser=given.browser)
    print(json.dumps({"events": given.events, "milliseconds": figures, "computed": computed}))


if __name__ == "__main__":
    main()
