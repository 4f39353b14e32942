"""Sentences about numbers, methods paragraphs, and bars in characters."""
