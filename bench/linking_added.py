"""What it costs a workspace to link one document more, or ten, beside linking everything anew.

    sayso code articles.jsonl > coded.jsonl
    python bench/linking_added.py coded.jsonl WORKSPACE [--copies N] [--times 8] [--check]

WORKSPACE must be new. The documents are kept N times over as ``linking_speed.py`` does it, but for some drawn at
random, which are added afterwards: one at a time, then ten at a time. Then somebody parts two statements of an event
and takes it back. ``--check`` compares everything kept with what linking anew keeps. Seconds are of this process's CPU.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

from linking_speed import read, shifted

from sayso.ids import content_id, sha256_hex
from sayso.model import Capture, CodedDocument
from sayso.reading import Reading
from sayso.workspace import EventFilter, Workspace
from sayso.workspace.checking import Finding, check

_TENS = 3


def keep(workspace: Workspace, documents: Iterable[CodedDocument]) -> None:
    """Receive and keep documents, each from an origin of its own, without linking them."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for one in documents:
        origin, data = f"{one.document.id}.txt", one.document.text.encode("utf-8", "surrogatepass")
        sha256 = sha256_hex(data)
        capture = Capture(content_id("cap", origin, sha256), origin, moment, "text/plain", sha256, data)
        coded = replace(one, document=replace(one.document, capture_id=capture.id), disagreements=())
        workspace.receive(Reading(capture, coded.document))
        workspace.keep([coded], "bench")


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return round(time.process_time() - started, 4)


def main() -> None:
    """Keep, link, add, judge; print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("coded", type=Path, help="what `sayso code` printed")
    parser.add_argument("workspace", type=Path, help="a new folder")
    parser.add_argument("--copies", type=int, default=1, help="keep the documents this many times over")
    parser.add_argument("--times", type=int, default=8, help="how many documents to add one at a time")
    parser.add_argument("--check", action="store_true", help="compare with linking anew")
    arguments = parser.parse_args()
    random = Random(1)
    once = {coded.document.id: coded for coded in read(arguments.coded)}
    new = random.sample(sorted(once), arguments.times + 10 * _TENS)
    late = [shifted(once[document_id], random.randrange(arguments.copies)) for document_id in new]
    left_out = {coded.document.id for coded in late}

    workspace = Workspace.create(arguments.workspace)
    for turn in range(arguments.copies):
        documents = (shifted(coded, turn) for coded in once.values())
        keep(workspace, (coded for coded in documents if coded.document.id not in left_out))
    anew = seconds(workspace.relink)
    ones, tens = [], []
    for coded in late[: arguments.times]:
        keep(workspace, [coded])
        ones.append(seconds(workspace.relink))
    for at in range(arguments.times, len(late), 10):
        keep(workspace, late[at : at + 10])
        tens.append(seconds(workspace.relink))
    judged = []
    several = [e["statements"] for e in workspace.events(EventFilter(voices=2, limit=50)) if len(e["statements"]) > 1]
    for statements in several[:5]:
        started = time.process_time()
        judgement = workspace.judge("different", "different", statements[:2])
        judged.append(round(time.process_time() - started, 4))
        judged.append(seconds(partial(workspace.withdraw, judgement.id)))
    figures = {
        "documents": workspace.figures().documents,
        "statements": workspace.figures().statements,
        "anew_seconds": anew,
        "one_seconds": {"median": statistics.median(ones), "worst": max(ones)},
        "ten_seconds": {"median": statistics.median(tens), "worst": max(tens)},
        "judgement_seconds": {"median": statistics.median(judged), "worst": max(judged)},
        "one_to_anew": round(statistics.median(ones) / anew, 5),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    if arguments.check:
        found = [step for step in check(workspace) if isinstance(step, Finding) and step.check in ("events", "linking")]
        figures["differs_from_anew"] = len(found)
    for name, value in figures.items():
        print(f"{name.replace('_', ' '):24} {value}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
