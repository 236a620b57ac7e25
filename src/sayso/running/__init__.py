"""Many documents: read, code in local processes, keep, link."""

from sayso.running.build import Failure, Progress, Skipped, Summary, processes_for, run_build
from sayso.running.coding import CoderLike, Failed, code_all, default_coder, in_order, prepare

__all__ = [
    "CoderLike",
    "Failed",
    "Failure",
    "Progress",
    "Skipped",
    "Summary",
    "code_all",
    "default_coder",
    "in_order",
    "prepare",
    "processes_for",
    "run_build",
]
