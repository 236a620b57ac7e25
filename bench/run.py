"""Every benchmark for which the data is here, one after another.

    python bench/run.py [NAME...]

Data is looked for in SAYSO_SHARED (by default ../shared beside the repository). Each program is run as anyone would run
it; the JSON object on its last line is printed under its name. A benchmark whose data is absent is named and left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("SAYSO_SHARED", HERE.parents[1] / "shared"))

#: Program, then its arguments; those below SHARED are data.
BENCHMARKS = {
    "gold": ("gold/articles.jsonl", "gold/score.py"),
    "event_fields": ("gold/articles.jsonl", "gold/score.py"),
    "actors": ("gold/articles.jsonl", "corpora/entities/re3d_dev.jsonl"),
    "entities": ("corpora/entities/re3d_dev.jsonl",),
    "times": ("corpora/time/wikiwars_train.jsonl", "corpora/time/timebank.jsonl"),
    "dating": ("corpora/dating/dev.jsonl",),
    "places": ("corpora/place/geowebnews.jsonl", "corpora/place/lgl.jsonl"),
    "conflict_places": (),
    "gazetteer": ("data/wof_slim/sy.tsv.gz",),
    "registry": ("data",),
    "event_place": ("corpora/event_location/dev.jsonl",),
    "attribution": ("corpora/attribution/polnear_dev.jsonl",),
    "event_roots": ("corpora/event_type/plv_train.jsonl",),
    "certainty": ("corpora/factuality/uw_dev.jsonl", "corpora/factuality/uw_train.jsonl"),
    "loaded": ("corpora/loaded_language/babe_dev.jsonl",),
    "opinions": ("corpora/loaded_language/babe_dev.jsonl", "gold/articles.jsonl"),
    "attacks": ("corpora/attacks/hrds_dev.jsonl",),
    "coding_speed": ("corpora/fakes/articles.jsonl",),
    "furniture": ("corpora/page_chrome/lines_dev.jsonl",),
    "copies": ("corpora/fakes/articles.jsonl",),
    "disagreements": (),
    "linking": ("corpora/linking/ecbplus_dev.jsonl",),
    "build": ("corpora/fakes/articles.jsonl", "corpora/articles"),
}


def main() -> int:
    wanted = sys.argv[1:] or list(BENCHMARKS)
    failed = 0
    for name in wanted:
        data = [SHARED / part for part in BENCHMARKS[name]]
        missing = [path for path in data if not path.exists()]
        if missing:
            print(f"{name}: left out, {missing[0]} is not here (set SAYSO_SHARED)", flush=True)
            continue
        command = [sys.executable, str(HERE / f"{name}.py"), *map(str, data)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        failed += done.returncode != 0
        last = done.stdout.splitlines()[-1] if done.stdout.strip() else "nothing printed"
        print(f"{name}: {last if done.returncode == 0 else f'failed with exit code {done.returncode}'}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
