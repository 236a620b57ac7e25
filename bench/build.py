"""The main job on a table of articles: how fast, how much memory, what it finds; and again, which must add nothing.

    python bench/build.py ARTICLES... [--processes 2]

Speed is given as articles a second and as a ratio: CPU time of the whole build over CPU time of the bare parser on the
same texts in the same run. Memory is the largest resident size of any one process. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_PARSE = """
import sys
from pathlib import Path
from sayso.coding.parse import Parser
from sayso.reading import read
parser = Parser()
for source in sys.argv[1:]:
    for reading in read(Path(source), on_error=lambda error: None):
        parser.parse(reading.document)
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("articles", type=Path, nargs="+")
    arguments.add_argument("--processes", type=int, default=2)
    options = arguments.parse_args()
    figures: dict[str, Any] = {}
    with TemporaryDirectory() as folder:
        workspace = str(Path(folder, "ws"))
        inputs = [str(path) for path in options.articles]
        build = ["-m", "sayso", "build", *inputs, "--into", workspace, "--json"]
        build += ["--processes", str(options.processes)]
        figures["parser_cpu_s"] = _timed("-c", _PARSE, *inputs)[1]
        wall, cpu, printed = _timed(*build)
        first = json.loads(printed.splitlines()[-1])
        figures |= {"build": first, "wall_s": wall, "cpu_s": cpu}
        figures["articles_per_second"] = round(first["coded"] / wall, 2)
        figures["cpu_over_parser"] = round(cpu / figures["parser_cpu_s"], 2)
        figures["peak_mb"] = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
        wall, _, printed = _timed(*build)
        figures["again"] = json.loads(printed.splitlines()[-1]) | {"wall_s": wall}
        wall, _, printed = _timed("-m", "sayso", "check", workspace, "--recode", "all", "--json")
        figures["check"] = {"findings": len(printed.splitlines()), "wall_s": wall}
    print(json.dumps(figures))


def _timed(*arguments: str) -> tuple[float, float, str]:
    """(wall seconds, CPU seconds of the process and its children, standard output)."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([sys.executable, *arguments], stdout=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{arguments}: exit code {done.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return round(time.monotonic() - start, 1), round(cpu, 1), done.stdout


if __name__ == "__main__":
    main()
