"""What one input may cost. Input is hostile: every reader stops at one of these and says so."""

from __future__ import annotations

#: Size in bytes of one file holding a single document (page, PDF, Word file, text).
DOCUMENT_BYTES = 20_000_000
#: Size in bytes of a table of articles. Rows are read one at a time, so this bounds time rather than memory.
TABLE_BYTES = 2_000_000_000
#: Size in bytes of what is read from standard input or a stream, which has to be kept to be read twice.
STREAM_BYTES = 200_000_000
#: Characters of text of one document. The longest novels are under four million; articles are under a hundred thousand.
TEXT_CHARACTERS = 2_000_000
#: Size in bytes of one table row: every character of the longest text as a JSON escape, and as much again for the rest.
ROW_BYTES = 16_000_000
#: Columns of a table.
COLUMNS = 2_000
#: Rows of one table that may be broken before the table itself is taken to be.
BROKEN_ROWS = 1_000
#: Bytes of one table read a second time after broken rows, before the same.
RESCANNED_BYTES = 1_000_000_000
#: Characters of an id given by a table; a longer one is not an id.
ID_CHARACTERS = 200
#: Pages of a PDF.
PDF_PAGES = 1_000
#: Bytes a Word file may unpack to, and files it may hold.
WORD_BYTES = 100_000_000
WORD_PARTS = 5_000
#: Bytes of memory the process that unpacks a Parquet file may take, however little the file says it needs.
PARQUET_MEMORY_BYTES = 2_000_000_000
#: Depth of nesting up to which a page is handed to libraries that walk it recursively.
PAGE_DEPTH = 200
#: Characters read of a page nested too deep for any parser that builds a tree.
DEEP_PAGE_CHARACTERS = 5_000_000
#: Files taken from one folder.
FOLDER_FILES = 1_000_000


def megabytes(size: int) -> str:
    """``size`` bytes for a message: ``20 MB``."""
    return f"{size / 1_000_000:,.0f} MB"
