"""Zipped files from elsewhere (.docx, .qdpx), opened without trusting them."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.i18n import _

if TYPE_CHECKING:
    from lxml.etree import _Element

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError, NotImplementedError)
_SMALL = 2_000_000


class Archive:
    """The members of a zip. `InputError` when it is damaged, protected or unpacks to far too much.

    Members are read into memory one by one; nothing is ever unpacked to disk, so their names
    cannot lead anywhere.
    """

    def __init__(
        self,
        path: Path,
        *,
        largest_member: int = 100_000_000,
        largest: int = 2_000_000_000,
        ratio: int = 300,
        most: int = 50_000,
    ) -> None:
        self.where = path.name
        self._largest_member, self._ratio = largest_member, ratio
        try:
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError:
            raise InputError(_("There is no file {file}.").format(file=path)) from None
        except _BROKEN:
            raise self._damaged() from None
        members = self._zip.infolist()
        if len(members) > most or sum(member.file_size for member in members) > largest:
            raise self._dangerous()
        self.names = tuple(member.filename for member in members if not member.is_dir())

    def refuse_tricks(self) -> None:
        """Raise `InputError` if a member has a name that leads out of the archive, or is a link."""
        for member in self._zip.infolist():
            name = member.filename.replace("\\", "/")
            link = (member.external_attr >> 16) & 0o170000 == 0o120000
            if link or name.startswith("/") or ":" in name.split("/")[0] or ".." in name.split("/"):
                raise InputError(
                    _("{file} holds a file with a dangerous name ({name}); it was not opened.").format(
                        file=self.where, name=member.filename[:80]
                    )
                )

    def read(self, name: str) -> bytes:
        """The bytes of one member."""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 0x1:
                raise InputError(
                    _("{file} is protected with a password. Save it without one and try again.").format(
                        file=self.where
                    )
                )
            with self._zip.open(info) as stream:
                data = stream.read(self._largest_member + 1)
        except _BROKEN:
            raise self._damaged() from None
        packed = max(info.compress_size, 1)
        if len(data) > self._largest_member or (len(data) > _SMALL and len(data) / packed > self._ratio):
            raise self._dangerous()
        return data

    def xml(self, name: str) -> _Element:
        """The root of an XML member; entities are refused."""
        return parse_xml(self.read(name), f"{self.where}: {name}")

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _damaged(self) -> InputError:
        return InputError(
            _(
                "{file} is damaged or not the kind of file its name says. "
                "Save it again in the program it was made with."
            ).format(file=self.where)
        )

    def _dangerous(self) -> InputError:
        return InputError(
            _("{file} unpacks to far more than such a file can hold; it was not opened.").format(
                file=self.where
            )
        )


def parse_xml(data: bytes, where: str) -> _Element:
    """The root of `data`. Entities and document types are refused, nothing outside is looked up.

    The parser itself refuses elements nested deeper than 256 and single texts of more than 10 MB.
    """
    from lxml import etree

    # the bytes are looked at before the parser sees them: a declaration alone can already do harm
    if holds_entities(data):
        raise _entities(where)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.parse(io.BytesIO(data), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise InputError(
            _("{file} cannot be read; something is wrong near line {line}.").format(
                file=where, line=error.lineno or 1
            )
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _entities(where)
    return root


def holds_entities(data: bytes) -> bool:
    """Whether XML in `data` (8 or 16 bits) declares a document type or entities: the way in for attacks."""
    if b"<!" not in data and b"<\0!" not in data and b"\0<\0!" not in data:
        return False
    plain = data.replace(b"\0", b"")
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _entities(where: str) -> InputError:
    return InputError(_("{file} holds XML entities; such a file is not opened.").format(file=where))


def local(element: _Element) -> str:
    """The name of an element without its namespace: programs write namespaces in several ways."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str:
    """An attribute whatever its namespace; "" if it is not there."""
    value: str | None = element.get(f"{element.tag.rpartition('}')[0]}}}{name}")
    if value is None:
        value = next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), "")
    return value
