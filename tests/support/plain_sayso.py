"""``sayso`` with the plain coder, as a program of its own; ``PLAIN_DELAY`` seconds go into each document."""

from __future__ import annotations

import os
import time

from plain_coder import PlainCoder

import sayso.coding.coder
import sayso.running
from sayso.cli import main
from sayso.model import CodedDocument, Document


class SlowCoder(PlainCoder):
    """The plain coder, taking its time."""

    def __call__(self, document: Document) -> CodedDocument:
        time.sleep(float(os.environ.get("PLAIN_DELAY", "0")))
        return super().__call__(document)


if __name__ == "__main__":
    sayso.coding.coder.Coder = SlowCoder  # type: ignore[misc, assignment]
    sayso.running.prepare = lambda report: None
    main()
