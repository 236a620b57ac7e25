"""What ``sayso`` exits with. Documented in docs/commands.md."""

from __future__ import annotations

#: All went well.
FINE = 0
#: The command did its work, but some items failed, or ``check`` found something; each was named.
INCOMPLETE = 1
#: The command line is wrong; nothing was done.
USAGE = 2
#: Nothing could be done: no such workspace, no model, an output that cannot be written.
IMPOSSIBLE = 3
#: Stopped by Ctrl-C.
INTERRUPTED = 130
#: Whoever read our output has stopped reading.
BROKEN_PIPE = 141
