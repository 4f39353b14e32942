"""Positions in text, and nothing else: spans, normal form, words, layout.

Pure functions on `str`: no screen, no database, no language model.
"""
