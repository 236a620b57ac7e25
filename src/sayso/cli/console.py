"""Talking to a terminal. What comes from an article is hostile: it may carry terminal commands or rich's own markup.

So text is printed as ``rich.text.Text`` or with markup off, and always through ``clean``.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

#: Control characters become pictures of themselves (block U+2400), C1 controls the replacement character. Bidirectional
#: overrides and isolates, which can make a line read as another, are dropped; white space becomes a space.
_CLEAN = {
    **{code: 0x2400 + code for code in range(0x20)},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)]),
    **dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), 0x20),
}


def clean(text: str) -> str:
    """``text`` on one line, without anything a terminal would obey.

    >>> clean("red \\x1b[31malert\\n next")
    'red ␛[31malert next'
    """
    return " ".join(text.translate(_CLEAN).split())


def output(width: int | None = None) -> Console:
    """A console on standard output. Not a terminal: no colours, and 100 columns unless ``COLUMNS`` says otherwise."""
    return _console(sys.stdout, width)


def messages() -> Console:
    """A console on standard error, for progress and summaries."""
    return _console(sys.stderr, None)


def _console(stream: object, width: int | None) -> Console:
    import os

    from rich.console import Console

    if width is None and not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        width = 100
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False)  # type: ignore[arg-type]


def put(console: Console, part: RenderableType) -> None:
    """Print ``part``; into a file or a pipe without the blanks that fill its lines."""
    if console.is_terminal:
        console.print(part)
        return
    with console.capture() as captured:
        console.print(part)
    console.file.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def warn(message: str) -> None:
    """One line on standard error."""
    print(f"sayso: {clean(message)}", file=sys.stderr)  # noqa: T201 this is the command line
