"""What REFI-QDA has no place for, as one note in the file that only we read again: turns, kinds of coders, …

Other programs show it as a memo called "qualcode"; a file without it is read as well, with less.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from qualcode.errors import InputError
from qualcode.exchange.bundle import Bundle, Notices, TravellingText
from qualcode.exchange.positions import LabelledText, label_of
from qualcode.exchange.refi.codebook import guid_of
from qualcode.files.text import as_it_stands
from qualcode.files.zipped import Archive, Element, children, first_child
from qualcode.i18n import Bilingual, _
from qualcode.model import Codebook, CoderKind, Role, Turn
from qualcode.text.normal import text_hash
from qualcode.text.spans import Span

_SCHEME = re.compile(r"^internal:/*", re.IGNORECASE)


def guid(element: Element, name: str = "guid") -> str:
    """An id as we compare it: lower case, without braces."""
    return (element.get(name) or "").strip().strip("{}").lower()


def targets(element: Element, name: str) -> list[str]:
    """The ids that the children of that name point to."""
    return [guid(found, "targetGUID") or guid(found) for found in children(element, name)]


def number(element: Element, name: str) -> int | None:
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

    def raw(self, element: Element) -> str | None:
        """The text of a source or note as it stands; `None` (and a notice) if it has none we can read."""
        inline = first_child(element, "PlainTextContent")
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
            return as_it_stands(self._archive.read(member), member)
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


NAME = "qualcode"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the note says; everything may be missing. `turns` go with the hash of the labelled text."""

    kinds: Mapping[str, CoderKind] = field(default_factory=dict)
    codebook: Codebook = field(default_factory=lambda: Codebook(""))
    turns: Mapping[str, tuple[str, tuple[Turn, ...]]] = field(default_factory=dict)
    done: tuple[tuple[str, str], ...] = ()


def note_text(bundle: Bundle) -> str:
    """The text of the note."""
    book = bundle.codebook
    told = {
        "qualcode": _FORMAT,
        "coders": {guid_of(coder.id): str(coder.kind) for coder in bundle.coders},
        "codebook": {
            "name": book.name,
            "title": [book.title.nl, book.title.en],
            "description": [book.description.nl, book.description.en],
            "source": book.source,
        },
        "texts": {guid_of(text.id): _turns(text) for text in bundle.texts},
        "done": [[guid_of(text), guid_of(coder)] for text, coder in bundle.done],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _turns(text: TravellingText) -> dict[str, Any]:
    return {
        "hash": text_hash(LabelledText(text.text, text.turns).text),
        "turns": [
            [
                *(t.start, t.end, t.speaker, int(t.interviewer), t.time_start, t.time_end, t.part),
                *([t.role] if t.role else []),
            ]
            for t in text.turns
        ],
    }


def remembered(text: str) -> Remembered | None:
    """What the note says; `None` if it is not ours or was changed so that it makes no sense."""
    try:
        told = json.loads(text)
        if told["qualcode"] != _FORMAT:
            return None
        book = told["codebook"]
        return Remembered(
            {str(guid): CoderKind(kind) for guid, kind in told["coders"].items()},
            Codebook(
                str(book["name"]),
                Bilingual(*map(str, book["title"])),
                Bilingual(*map(str, book["description"])),
                str(book["source"]),
            ),
            {
                str(guid): (str(said["hash"]), _read_turns(said["turns"]))
                for guid, said in told["texts"].items()
            },
            tuple((str(where), str(who)) for where, who in told["done"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _read_turns(rows: list[list[Any]]) -> tuple[Turn, ...]:
    turns: list[Turn] = []
    for n, (start, end, speaker, asks, time_start, time_end, part, *role) in enumerate(rows, 1):
        if not (turns[-1].end if turns else 0) <= int(start) <= int(end):
            raise ValueError("turns out of order")
        turns.append(
            Turn(
                n,
                int(start),
                int(end),
                str(speaker),
                bool(asks),
                _time(time_start),
                _time(time_end),
                str(part),
                Role(str(role[0])) if role else None,
            )
        )
    return tuple(turns)


def _time(value: object) -> int | None:
    if value is None or isinstance(value, int):
        return value
    raise TypeError("a time is a whole number")


def labels_in(text: str, turns: tuple[Turn, ...]) -> list[Span] | None:
    """Where the labels of these turns stand in the labelled text; `None` if they do not."""
    spans: list[Span] = []
    added = 0
    for turn in turns:
        label = label_of(turn)
        start = turn.start + added
        if text[start : start + len(label)] != label or turn.end + added + len(label) > len(text):
            return None
        if label:
            spans.append(Span(start, start + len(label)))
        added += len(label)
    return spans
