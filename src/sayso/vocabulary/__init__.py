"""What the words mean, as data files with a loader. A domain expert edits the data without touching Python."""
