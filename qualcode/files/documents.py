"""Documents that are a zip with XML in it (.docx, .odt), opened without trusting them."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.i18n import _

if TYPE_CHECKING:
    from lxml.etree import _Element

# a book of a thousand pages has some 20 MB of XML; ordinary XML shrinks to a twentieth
LARGEST_PART = 40_000_000
LARGEST_RATIO = 250
_SMALL = 2_000_000
_MOST_PARTS = 20_000


def damaged() -> InputError:
    """The error for a document whose zip or XML is broken."""
    return InputError(
        _(
            "The document is damaged and cannot be read. Open it in the program it was made with and save it again."
        )
    )


class Package:
    """The parts of a zipped document. Raises InputError when it is damaged or dangerous."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise damaged() from None
        self.names = frozenset(self._zip.namelist())
        if len(self.names) > _MOST_PARTS:
            raise _dangerous()

    def part(self, name: str) -> bytes:
        """The bytes of one part, at most `LARGEST_PART` of them."""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 0x1:
                raise InputError(
                    _("The document is protected with a password. Save it without one and try again.")
                )
            with self._zip.open(info) as stream:
                data = stream.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError, NotImplementedError):
            raise damaged() from None
        compressed = max(info.compress_size, 1)
        if len(data) > LARGEST_PART or (len(data) > _SMALL and len(data) / compressed > LARGEST_RATIO):
            raise _dangerous()
        return data

    def xml(self, name: str) -> _Element:
        """The root element of an XML part. Entities are refused: a document never needs them."""
        return parse_xml(self.part(name))


def parse_xml(data: bytes) -> _Element:
    """The root element of `data`, without following entities, references or the network."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise damaged() from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(
            _("The document holds declarations that do not belong in a transcript; it was not opened.")
        )
    return root


def _dangerous() -> InputError:
    return InputError(
        _(
            "The document unpacks to far more than a transcript can be; it was not opened. Save the text as .txt."
        )
    )
