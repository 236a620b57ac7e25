"""Events in other people's formats."""

from sayso.exporting.formats import FORMATS, Format, export

__all__ = ["FORMATS", "Format", "export"]
