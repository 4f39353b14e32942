"""What REFI-QDA has no place for, as one note in the file that only we read again: turns, kinds of coders, …

Other programs show it as a memo called "qualcode"; a file without it is read as well, with less.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from qualcode.exchange.bundle import Bundle, TravellingText
from qualcode.exchange.codebook_qdc import guid_of
from qualcode.exchange.labelled import LabelledText, label_of
from qualcode.i18n import Bilingual
from qualcode.model import Codebook, CoderKind, Turn
from qualcode.text.normal import text_hash
from qualcode.text.spans import Span

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
            [t.start, t.end, t.speaker, int(t.interviewer), t.time_start, t.time_end, t.part]
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
    for n, (start, end, speaker, asks, time_start, time_end, part) in enumerate(rows, 1):
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
