"""Codebooks and checklists in every kind of file that we know."""
