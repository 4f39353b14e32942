"""A project as REFI-QDA .qdpx (REFI-QDA 1.5, 2019, sections 5.3, 8 and 10; namespace project:1.0).

UTF-8 without byte order mark, LF, positions in code points, end-exclusive; children in the
order of the schema and no empty containers; no paths that tell where a file came from.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from xml.sax.saxutils import escape, quoteattr

from qualcode import __version__
from qualcode.exchange.bundle import Bundle, TravellingText, TravellingTheme
from qualcode.exchange.codebooks.draft import in_order, lasting_id
from qualcode.exchange.positions import LabelledText
from qualcode.exchange.refi.codebook import described, guid_of, qualified
from qualcode.exchange.refi.note import NAME, note_text
from qualcode.model import Case, Coder, Coding, Memo, now
from qualcode.text.normal import printable

_T = TypeVar("_T")
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<Project xmlns="urn:QDA-XML:project:1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="urn:QDA-XML:project:1.0 http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd"'
)
_LONGEST_NAME = 100
_ROLE, _LANGUAGE, _FILE = "informant", "language", "file"
TEXT_VARIABLES = (_ROLE, _LANGUAGE, _FILE)
"""Names of the variables of an interview; all others are a case's."""


def write_qdpx(bundle: Bundle, path: Path, *, language: str = "nl", crlf: bool = False) -> None:
    """Write the project to `path`. Names of codes are in `language`.

    With `crlf` the text files have the line ends that MAXQDA expects, positions unchanged.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        labelled = {}
        for text in bundle.texts:
            labelled[text.id] = LabelledText(text.text, text.turns)
            content = printable(labelled[text.id].text)
            content = content.replace("\n", "\r\n") if crlf else content
            archive.writestr(f"sources/{guid_of(text.id)}.txt", content.encode())
        for memo in bundle.memos:
            archive.writestr(f"sources/{guid_of(memo.id)}.txt", printable(memo.text).encode())
        archive.writestr(f"sources/{_note_guid(bundle)}.txt", note_text(bundle).encode())
        with archive.open("project.qde", "w") as stream:
            out = io.TextIOWrapper(stream, encoding="utf-8", newline="\n")
            _Writer(bundle, labelled, language, out).write()
            out.flush()


def _note_guid(bundle: Bundle) -> str:
    return lasting_id("note", bundle.title, NAME)


class _Writer:
    """Writes the XML from the top down, as it goes."""

    def __init__(
        self, bundle: Bundle, labelled: Mapping[str, LabelledText], language: str, out: io.TextIOWrapper
    ) -> None:
        self._bundle, self._labelled, self._language, self._out = bundle, labelled, language, out
        self._memos: dict[tuple[str, str], list[Memo]] = {}
        for memo in bundle.memos:
            self._memos.setdefault((memo.target_kind, memo.target_id), []).append(memo)
        self._notes_called = Counter[str]()
        self._coders = {coder.id for coder in bundle.coders}
        self._codings: dict[str, list[Coding]] = {}
        for coding in bundle.codings:
            self._codings.setdefault(coding.transcript_id, []).append(coding)

    def write(self) -> None:
        """The whole file."""
        bundle = self._bundle
        title = quoteattr(printable(bundle.title))
        self._out.write(f'{_HEAD} name={title} origin="qualcode {__version__}">\n')
        self._each("Users", bundle.coders, self._user)
        if bundle.codes:
            with self._open("CodeBook"), self._open("Codes"):
                self._codes()
        self._each("Variables", self._variable_names(), self._variable)
        self._each("Cases", bundle.cases, self._case)
        self._each("Sources", bundle.texts, self._source)
        with self._open("Notes"):
            for memo in bundle.memos:
                self._note(memo)
            guid = _note_guid(bundle)
            moments = [c.created_at for c in bundle.codings] + [memo.created_at for memo in bundle.memos]
            at = _moment(
                max(filter(None, moments), default=now())
            )  # some programs do not open a note without a moment
            self._leaf(
                "Note", guid=guid, name=NAME, plainTextPath=f"internal://{guid}.txt", creationDateTime=at
            )
        on_cases = [memo for memo in bundle.memos if memo.target_kind == "case"]
        self._each("Links", on_cases, self._link)
        self._each("Sets", bundle.themes, self._theme)
        self._note_refs("project", "")
        self._out.write("</Project>\n")

    def _variable_names(self) -> list[str]:
        names = dict.fromkeys(name for case in self._bundle.cases for name in case.attributes)
        return [
            *(TEXT_VARIABLES if self._bundle.texts else ()),
            *(n for n in names if n not in TEXT_VARIABLES),
        ]

    def _user(self, coder: Coder) -> None:
        self._leaf("User", guid=guid_of(coder.id), name=coder.name, id=str(coder.kind))

    def _variable(self, name: str) -> None:
        self._leaf("Variable", guid=_variable_guid(name), name=name, typeOfVariable="Text")

    def _codes(self) -> None:
        before = -1
        names = Counter(code.name.in_language(self._language).casefold() for code in self._bundle.codes)
        for level, code in in_order(self._bundle.codes):
            name = code.name.in_language(self._language)
            if names[name.casefold()] > 1:  # some programs drop the second code of a name
                name = qualified(name, code.slug)
            colour = {"color": code.colour} if code.colour else {}
            codable = "false" if code.retired else "true"
            self._out.write("</Code>\n" * (before - level + 1))
            self._begin("Code", guid=guid_of(code.id), name=name, isCodable=codable, **colour)
            self._text("Description", described(code))
            self._note_refs("code", code.id)
            before = level
        self._out.write("</Code>\n" * (before + 1))

    def _case(self, case: Case) -> None:
        with self._open("Case", guid=guid_of(case.id), name=case.label):
            self._values(case.attributes)
            for text in self._bundle.texts:
                if text.case == case.label:
                    self._leaf("SourceRef", targetGUID=guid_of(text.id))

    def _values(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            if value:
                with self._open("VariableValue"):
                    self._leaf("VariableRef", targetGUID=_variable_guid(name))
                    self._text("TextValue", value)

    def _source(self, text: TravellingText) -> None:
        guid = guid_of(text.id)
        labelled = self._labelled[text.id]
        with self._open("TextSource", guid=guid, name=text.name, plainTextPath=f"internal://{guid}.txt"):
            for coding in self._codings.get(text.id, []):
                self._selection(coding, labelled)
            self._note_refs("transcript", text.id)
            role = str(text.informant or "")
            self._values({_ROLE: role, _LANGUAGE: text.language, _FILE: text.source})

    def _selection(self, coding: Coding, labelled: LabelledText) -> None:
        span = labelled.span(coding.span)
        words = " ".join(labelled.text[span.start : min(span.end, span.start + 3 * _LONGEST_NAME)].split())
        name = words if len(words) <= _LONGEST_NAME else words[:_LONGEST_NAME].rstrip() + "…"
        by = {"creatingUser": guid_of(coding.coder_id)} if coding.coder_id in self._coders else {}
        at = {"creationDateTime": _moment(coding.created_at)} if coding.created_at else {}
        places = {"startPosition": str(span.start), "endPosition": str(span.end)}
        guid = lasting_id("selection", "", coding.id)
        with self._open("PlainTextSelection", guid=guid, name=name, **places, **by, **at):
            memos = self._memos.get(("coding", coding.id), [])
            if memos:
                self._text("Description", "\n".join(memo.text for memo in memos))
            with self._open("Coding", guid=guid_of(coding.id), **by, **at):
                self._leaf("CodeRef", targetGUID=guid_of(coding.code_id))
                self._note_refs("coding", coding.id)

    def _note(self, memo: Memo) -> None:
        guid = guid_of(memo.id)
        name = self._name_of_its_own(" ".join(memo.text.split()))
        by = (
            {"creatingUser": guid_of(memo.coder_id)}
            if memo.coder_id in self._coders and memo.coder_id
            else {}
        )
        at = _moment(memo.created_at or now())
        path = f"internal://{guid}.txt"
        self._leaf("Note", guid=guid, name=name, plainTextPath=path, creationDateTime=at, **by)

    def _name_of_its_own(self, line: str) -> str:
        """How a note is called: QualCoder stops at two of one name."""
        name = line if len(line) <= _LONGEST_NAME else line[:_LONGEST_NAME].rstrip() + "…"
        self._notes_called[name] += 1
        return name if self._notes_called[name] == 1 else f"{name} ({self._notes_called[name]})"

    def _link(self, memo: Memo) -> None:
        ends = {"originGUID": guid_of(memo.id), "targetGUID": guid_of(memo.target_id)}
        self._leaf("Link", guid=lasting_id("link", "", memo.id), direction="OneWay", **ends)

    def _theme(self, theme: TravellingTheme) -> None:
        with self._open("Set", guid=guid_of(theme.id), name=theme.title):
            if theme.text:
                self._text("Description", theme.text)
            for code in theme.codes:
                self._leaf("MemberCode", targetGUID=guid_of(code))

    def _note_refs(self, kind: str, target: str) -> None:
        for memo in self._memos.get((kind, target), []):
            self._leaf("NoteRef", targetGUID=guid_of(memo.id))

    def _each(self, container: str, things: Collection[_T], write: Callable[[_T], None]) -> None:
        """Things in their container; without any there must be no container."""
        if things:
            with self._open(container):
                for thing in things:
                    write(thing)

    def _text(self, tag: str, text: str) -> None:
        self._out.write(f"<{tag}>{escape(printable(text))}</{tag}>\n")

    def _begin(self, tag: str, **attributes: str) -> None:
        self._out.write(f"<{tag}{_attributes(attributes)}>\n")

    def _leaf(self, tag: str, **attributes: str) -> None:
        self._out.write(f"<{tag}{_attributes(attributes)}/>\n")

    @contextmanager
    def _open(self, tag: str, **attributes: str) -> Iterator[None]:
        self._begin(tag, **attributes)
        yield
        self._out.write(f"</{tag}>\n")


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(printable(value))}" for name, value in attributes.items())


def _variable_guid(name: str) -> str:
    return lasting_id("variable", "", name)


def _moment(moment: str) -> str:
    """A moment as xsd:dateTime to the second: some programs read no fractions."""
    return f"{moment[:19]}Z"
