"""Many documents: read, code in local processes, keep, link."""

from sayso.running.build import Failure, Progress, Summary, processes_for, run_build
from sayso.running.coding import CoderLike, Failed, code_all, default_coder, in_order

__all__ = [
    "CoderLike",
    "Failed",
    "Failure",
    "Progress",
    "Summary",
    "code_all",
    "default_coder",
    "in_order",
    "processes_for",
    "run_build",
]
