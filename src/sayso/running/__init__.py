"""Many documents: local processes, progress, resume."""
