"""How a section of ours is known again in a Word file: by the name of its bookmark.

The name says which section it is and what it said when it was made: "qc_KEY_MARK". Word keeps
bookmark names of at most 40 letters, digits and underscores.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_NAME = re.compile(r"qc_([A-Za-z0-9]{1,20})_([0-9a-f]{10})")


def section_name(key: str, mark: str) -> str:
    """The name of a section's bookmark; raises `ValueError` for a key that does not fit."""
    name = f"qc_{key}_{mark}"
    if not _NAME.fullmatch(name):
        raise ValueError(f"no key for a section: {key!r}")
    return name


def read_name(name: str) -> tuple[str, str] | None:
    """The key and mark in the name of a bookmark; `None` if it is not ours."""
    found = _NAME.fullmatch(name)
    return (found[1], found[2]) if found else None


def text_mark(elements: Sequence[Any]) -> str:
    """Ten letters that change when the words of a section change.

    Numbers of fields do not count, nor does the empty line behind a table: people may write there.
    """
    counted = elements[:-1] if ends_with_table(elements) else elements
    words = "".join(_words(counted))
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:10]


def ends_with_table(elements: Sequence[Any]) -> bool:
    """Whether a section ends with a table, so that its last paragraph is the empty line behind it."""
    return len(elements) > 1 and str(elements[-2].tag).endswith("}tbl")


def _words(elements: Iterable[Any]) -> Iterator[str]:
    """The words outside fields; a field may run on over paragraphs, as a table of contents does."""
    from docx.oxml.ns import qn

    depth = 0
    for element in elements:
        for node in element.iter():
            if node.tag == qn("w:p"):
                yield " "
            elif node.tag == qn("w:fldChar"):
                depth += {"begin": 1, "end": -1}.get(node.get(qn("w:fldCharType")), 0)
            elif node.tag == qn("w:t") and not depth and not _in_field(node):
                yield node.text or ""


def _in_field(node: Any) -> bool:
    from docx.oxml.ns import qn

    above = node.getparent()
    while above is not None and above.tag != qn("w:p"):
        if above.tag == qn("w:fldSimple"):
            return True
        above = above.getparent()
    return False
