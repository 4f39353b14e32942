"""Tests of `qualcode.language`, with their own invented test sets."""
