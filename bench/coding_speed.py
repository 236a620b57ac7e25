"""How much CPU the whole coding of articles costs, beside the bare parser over all their text, in one process.

    python bench/coding_speed.py ARTICLES [--most 100]

Both are timed after a warm-up on the first article, so that loading is no part of either. The bare parser is
``nlp.pipe`` of the pinned spaCy pipeline over each article's whole text, furniture included. Memory is the largest
resident size of the process. Documents go to the coder in groups, as ``sayso code`` gives them. The last line is one
JSON object.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path

from sayso.coding.coder import Coder
from sayso.coding.parse import load_pipeline
from sayso.reading import read
from sayso.running.coding import together


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("articles", type=Path)
    arguments.add_argument("--most", type=int, default=100)
    options = arguments.parse_args()
    readings = read(options.articles, on_error=lambda error: None)
    documents = [reading.document for reading in readings]
    step = max(1, len(documents) // options.most)
    documents = documents[::step][: options.most]

    pipeline = load_pipeline()
    list(pipeline.pipe([documents[0].text]))
    start = time.process_time()
    for _ in pipeline.pipe(document.text for document in documents):
        pass
    bare = time.process_time() - start

    coder = Coder()
    coder(documents[0])
    start = time.process_time()
    statements = 0
    for group in together(documents):
        coder.expect([document for _, document in group])
        statements += sum(len(coder(document).statements) for _, document in group)
    whole = time.process_time() - start
    print(
        json.dumps(
            {
                "articles": len(documents),
                "characters": sum(len(document.text) for document in documents),
                "statements": statements,
                "bare_cpu_s": round(bare, 2),
                "coder_cpu_s": round(whole, 2),
                "coder_over_bare": round(whole / bare, 2),
                "articles_per_cpu_second": round(len(documents) / whole, 1),
                "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            }
        )
    )


if __name__ == "__main__":
    main()
