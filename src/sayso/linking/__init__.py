"""Statements to events: copies, the same event across documents, disagreements."""
