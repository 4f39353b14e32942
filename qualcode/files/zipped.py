"""Zips with XML in them from elsewhere (.docx, .odt, .xlsx, .qdpx), opened without trusting them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from qualcode.errors import InputError
from qualcode.i18n import N_, _

if TYPE_CHECKING:
    from lxml.etree import _Element

Element: TypeAlias = "_Element"
"""An element of XML, for those who need no more than its name: lxml is loaded when something is parsed."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError, NotImplementedError)
_SMALL = 2_000_000  # bytes that unpack to this little are never suspect


@dataclass(frozen=True, slots=True)
class RefusalWords:
    """What is said of a file that is not opened; {file} stands for its name, {line} for a line of its XML."""

    damaged: str
    protected: str
    too_large: str
    entities: str
    broken_xml: str


NAMED = RefusalWords(
    damaged=N_(
        "{file} is damaged or not the kind of file its name says. "
        "Save it again in the program it was made with."
    ),
    protected=N_("{file} is protected with a password. Save it without one and try again."),
    too_large=N_("{file} unpacks to far more than such a file can hold; it was not opened."),
    entities=N_("{file} holds XML entities; such a file is not opened."),
    broken_xml=N_("{file} cannot be read; something is wrong near line {line}."),
)
_DAMAGED = N_(
    "The document is damaged and cannot be read. Open it in the program it was made with and save it again."
)
DOCUMENT = RefusalWords(
    damaged=_DAMAGED,
    protected=N_("The document is protected with a password. Save it without one and try again."),
    too_large=N_(
        "The document unpacks to far more than a transcript can be; it was not opened. Save the text as .txt."
    ),
    entities=N_("The document holds declarations that do not belong in a transcript; it was not opened."),
    broken_xml=_DAMAGED,
)
"""For a transcript, whose name its reader puts before what is said."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of one member and of all, how far a member may unpack, and how many there may be."""

    member: int = 100_000_000
    all: int = 2_000_000_000
    ratio: int = 300
    members: int = 50_000


class Archive:
    """The members of a zip. `InputError` when it is damaged, protected or unpacks to far too much.

    Members are read into memory one by one; nothing is ever unpacked to disk, so their names
    cannot lead anywhere.
    """

    def __init__(
        self,
        source: Path | bytes,
        where: str = "",
        *,
        refusals: RefusalWords = NAMED,
        limits: Limits = Limits(),
    ) -> None:
        self.where = where or (source.name if isinstance(source, Path) else "")
        self.refusals, self._limits = refusals, limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
        except FileNotFoundError:
            raise InputError(_("There is no file {file}.").format(file=source)) from None
        except _BROKEN:
            raise self.refused(refusals.damaged) from None
        members = self._zip.infolist()
        if len(members) > limits.members or sum(member.file_size for member in members) > limits.all:
            raise self.refused(refusals.too_large)
        self.names = tuple(member.filename for member in members if member.filename and not member.is_dir())

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
        limits = self._limits
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 0x1:
                raise self.refused(self.refusals.protected)
            with self._zip.open(info) as stream:
                data = stream.read(limits.member + 1)
        except _BROKEN:
            raise self.refused(self.refusals.damaged) from None
        packed = max(info.compress_size, 1)
        if len(data) > limits.member or (len(data) > _SMALL and len(data) / packed > limits.ratio):
            raise self.refused(self.refusals.too_large)
        return data

    def xml(self, name: str) -> Element:
        """The root of an XML member; entities are refused."""
        return parse_xml(self.read(name), f"{self.where}: {name}", self.refusals)

    def refused(self, why: str) -> InputError:
        """The error that says why the file is not opened, one of `refusals`."""
        return InputError(_(why).format(file=self.where))

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


# a book of a thousand pages has some 20 MB of XML; ordinary XML shrinks to a twentieth
_OF_A_DOCUMENT = Limits(member=40_000_000, all=2_000_000_000, ratio=250, members=20_000)


def document_archive(data: bytes) -> Archive:
    """The parts of a transcript that is a zip with XML in it."""
    return Archive(data, refusals=DOCUMENT, limits=_OF_A_DOCUMENT)


def parse_xml(data: bytes, where: str, refusals: RefusalWords = NAMED) -> Element:
    """The root of `data`. Entities and document types are refused, nothing outside is looked up.

    The parser itself refuses elements nested deeper than 256 and single texts of more than 10 MB.
    """
    from lxml import etree

    # the bytes are looked at before the parser sees them: a declaration alone can already do harm
    if holds_entities(data):
        raise InputError(_(refusals.entities).format(file=where))
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
        raise InputError(_(refusals.broken_xml).format(file=where, line=error.lineno or 1)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(_(refusals.entities).format(file=where))
    return root


def holds_entities(data: bytes) -> bool:
    """Whether XML in `data` (8 or 16 bits) declares a document type or entities: the way in for attacks."""
    if b"<!" not in data and b"<\0!" not in data and b"\0<\0!" not in data:
        return False
    plain = data.replace(b"\0", b"")
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def local(element: Element) -> str:
    """The name of an element without its namespace: programs write namespaces in several ways."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute whatever its namespace; "" if it is not there."""
    value: str | None = element.get(f"{element.tag.rpartition('}')[0]}}}{name}")
    if value is None:
        value = next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), "")
    return value


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of these names, or all."""
    for found in element:
        if not names or local(found) in names:
            yield found


def first_child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, its first child of the next name, and so on."""
    for name in path:
        element = None if element is None else next(children(element, name), None)
    return element


def value_of(element: Element | None, name: str) -> str:
    """What a Word document says by `<w:name w:val="…"/>` within an element; "" if it does not."""
    found = first_child(element, name)
    return "" if found is None else attribute(found, "val")


class ShownFields:
    """Which fields of a Word document are open: of each only the result is shown, not its instruction."""

    def __init__(self) -> None:
        self._open: list[bool] = []  # per open field: is its result being shown

    @property
    def shown(self) -> bool:
        """Whether what stands here is seen."""
        return all(self._open)

    def pass_by(self, mark: Element) -> None:
        """Take note of a `<w:fldChar>`."""
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            self._open.append(False)
        elif kind == "separate" and self._open:
            self._open[-1] = True
        elif kind == "end" and self._open:
            self._open.pop()

    def show_all(self) -> None:
        """Show what follows: a field without end must not swallow the rest."""
        self._open = [True] * len(self._open)


def main_part(archive: Archive) -> str:
    """The name of the part of a Word document that holds its text; "" if there is none."""
    if "_rels/.rels" in archive.names:
        for relation in archive.xml("_rels/.rels"):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                target = posixpath.normpath((relation.get("Target") or "").lstrip("/"))
                if target in archive.names:
                    return target
    return "word/document.xml" if "word/document.xml" in archive.names else ""
