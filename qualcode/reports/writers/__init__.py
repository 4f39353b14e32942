"""Blocks become Word, HTML, Markdown or sheets."""
