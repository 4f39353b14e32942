"""Words in running Dutch text, found around a position without a language model.

Apostrophes and hyphens belong to the word (`'t`, `zo'n`, `auto-ongeluk`), and so do the
brackets of a placeholder or a transcriber's note: `[leraar-1]` and `[lacht]` are one word.
"""

from __future__ import annotations

import re

from qualcode.text.graphemes import whole_clusters
from qualcode.text.spans import Span

_LETTER = r"[\w\u0300-\u036f\u00ad\u200c\u200d]"
_TOKEN = re.compile(
    r"\[\w[\w .,:'’-]{0,40}\]"  # a placeholder
    rf"|['’](?:[tsnkmr]|er|em|ie|ns)(?!{_LETTER})(?:-{_LETTER}+)*"  # 't, 's-middags
    rf"|\w{_LETTER}*(?:['’.,:&/-]?\w{_LETTER}*)*"  # zo'n, auto-ongeluk, 10.30, en/of
    r"|[^\w\s\[]+|\["
)
_CLAUSE_END = re.compile(r"[,;:…](?=\s)|\s[–—-](?=\s)|[.?!]+[\"'”’)]*(?=\s)")
_REACH = 400  # characters looked at on either side; keeps a text without blanks quick


def word_at(text: str, offset: int) -> Span:
    """The word that holds `offset`, else the one that ends there, else an empty span."""
    touching = Span(offset, offset)
    for span in _tokens_near(text, offset):
        if span.contains(offset):
            return span
        if span.end == offset:
            touching = span
    return touching


def next_word(text: str, offset: int) -> int:
    """Where the first word after `offset` begins; the end of the text if there is none."""
    return _search(text, offset, forward=True, edge=0)


def previous_word(text: str, offset: int) -> int:
    """Where the last word that begins before `offset` begins; 0 if there is none."""
    return _search(text, offset, forward=False, edge=0)


def next_word_end(text: str, offset: int) -> int:
    """Where the first word that ends after `offset` ends; the end of the text if there is none."""
    return _search(text, offset, forward=True, edge=1)


def previous_word_end(text: str, offset: int) -> int:
    """Where the last word that ends before `offset` ends; 0 if there is none."""
    return _search(text, offset, forward=False, edge=1)


def clause_starts(text: str) -> list[int]:
    """Where the clauses of `text` begin: at its start and after , ; : … – and sentence ends."""
    starts = [0]
    for match in _CLAUSE_END.finditer(text):
        start = match.end()
        while start < len(text) and text[start].isspace():
            start += 1
        if starts[-1] < start < len(text):
            starts.append(start)
    return starts


def _search(text: str, offset: int, *, forward: bool, edge: int) -> int:
    """The nearest start (edge 0) or end (edge 1) of a word strictly past `offset`."""
    at = offset
    while 0 < at < len(text) or at == offset:
        edges = [span[edge] for span in _tokens_near(text, at)]
        edges = [place for place in edges if (place > offset if forward else place < offset)]
        if edges:
            return min(edges) if forward else max(edges)
        at = at + _REACH if forward else at - _REACH
    return len(text) if forward else 0


def _tokens_near(text: str, offset: int) -> list[Span]:
    """The words within reach of `offset`, each on whole visible characters."""
    low, high = max(0, offset - _REACH), min(len(text), offset + _REACH)
    while low > max(0, offset - 2 * _REACH) and not text[low - 1].isspace():
        low -= 1
    while high < min(len(text), offset + 2 * _REACH) and not text[high].isspace():
        high += 1
    return [Span(*whole_clusters(text, *match.span())) for match in _TOKEN.finditer(text, low, high)]
