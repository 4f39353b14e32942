"""The XML of a .qdpx taken apart: ids, children, texts, whatever program wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.exchange.archive import Archive, local
from qualcode.exchange.bundle import Notices
from qualcode.exchange.text_views import decoded
from qualcode.i18n import _

if TYPE_CHECKING:
    from lxml.etree import _Element

_SCHEME = re.compile(r"^internal:/*", re.IGNORECASE)


def guid(element: _Element, name: str = "guid") -> str:
    """An id as we compare it: lower case, without braces."""
    return (element.get(name) or "").strip().strip("{}").lower()


def children(element: _Element, *names: str) -> Iterator[_Element]:
    """The children of these names, or all."""
    for child in element:
        if not names or local(child) in names:
            yield child


def child(element: _Element, name: str) -> _Element | None:
    """The first child of that name."""
    return next(children(element, name), None)


def targets(element: _Element, name: str) -> list[str]:
    """The ids that the children of that name point to."""
    return [guid(found, "targetGUID") or guid(found) for found in children(element, name)]


def number(element: _Element, name: str) -> int | None:
    """A whole number; `None` if it is none."""
    try:
        return int((element.get(name) or "").strip())
    except ValueError:
        return None


class Texts:
    """The texts of the archive: those in its folder of sources and those within the XML."""

    def __init__(self, archive: Archive, lost: Notices) -> None:
        self._archive, self._lost = archive, lost
        self._members = {name.rpartition("/")[2].casefold(): name for name in archive.names}

    def raw(self, element: _Element) -> str | None:
        """The text of a source or note as it stands; `None` (and a notice) if it has none we can read."""
        inline = child(element, "PlainTextContent")
        path = element.get("plainTextPath") or ""
        if inline is not None and not path:
            return "".join(str(part) for part in inline.itertext())
        name = element.get("name") or "?"
        member = self._members.get(_SCHEME.sub("", path).rpartition("/")[2].casefold()) if path else None
        if member is None:
            why = _("files that hold no plain text") if not path else _("files that are not in the archive")
            self._lost.count(why, what=name)
            return None
        try:
            return decoded(self._archive.read(member), member)
        except InputError as error:
            self._lost.count(_("texts that cannot be read"), what=str(error))
            return None


def project_file(archive: Archive) -> str:
    """The one .qde of the archive; `InputError` if there is none, or more than one."""
    found = [name for name in archive.names if name.casefold().endswith(".qde") and "/" not in name]
    if len(found) != 1:
        words = (
            _("{file} holds no project (no .qde file). Is it a REFI-QDA project?")
            if not found
            else _("{file} holds more than one project ({names}). Take out those that do not belong.")
        )
        raise InputError(words.format(file=archive.where, names=", ".join(found[:5])))
    return found[0]
