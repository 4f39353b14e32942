"""Codes in the order in which people read them: each followed by the codes under it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Code

DEEPEST = 20
"""How many levels of codes a codebook may have."""

_NAMESPACE = uuid.UUID("6f2d9f0e-41a5-5c0b-9a3e-7d1c52b8e4f6")


def lasting_id(kind: str, book: str, slug: str) -> str:
    """The id of a code or criterion that comes from a file.

    A UUIDv5 of kind ("code" or "criterion"), name of the file's content and slug, so that
    two laptops that load the same file give the same thing the same id.
    """
    return str(uuid.uuid5(_NAMESPACE, f"{kind}/{book}/{slug}"))


def in_order(codes: Iterable[Code]) -> Iterator[tuple[int, Code]]:
    """Every code with its level (0 at the top), each before the codes under it, by position.

    A code whose parent is not among `codes` stands at the top. Codes that are each other's
    parent are a `ValueError`; more than `DEEPEST` levels an `InputError`.
    """
    book = sorted(codes, key=lambda code: (code.position, code.slug))
    known = {code.id for code in book}
    under: dict[str | None, list[Code]] = defaultdict(list)
    for code in book:
        under[code.parent_id if code.parent_id in known else None].append(code)
    waiting = [(0, code) for code in reversed(under[None])]
    seen = 0
    while waiting:
        level, code = waiting.pop()
        if level >= DEEPEST:
            raise InputError(
                _("The code {code} lies deeper than {n} levels. Move it up in the tree.").format(
                    code=code.slug, n=DEEPEST
                )
            )
        seen += 1
        yield level, code
        waiting.extend((level + 1, child) for child in reversed(under[code.id]))
    if seen < len(book):
        raise ValueError("codes that are each other's parent")
