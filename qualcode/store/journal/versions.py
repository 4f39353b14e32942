"""One interview, one text: merging two texts under one name is refused with what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from qualcode.errors import ConflictError, InputError
from qualcode.i18n import _
from qualcode.model import JournalEntry
from qualcode.store.file.rows import Row
from qualcode.store.journal.incoming import Incoming
from qualcode.store.journal.replay import Replay

_EXCERPT = 30
_NAMED = 5


def refuse_other_versions(
    db: Database, incoming: Incoming, state: Replay, mine: Iterable[JournalEntry]
) -> None:
    """Raise `ConflictError` if one interview came in two versions, `InputError` if a text is missing.

    `state` is that of both copies together, `mine` are the entries of this one.
    """
    texts = dict(db.execute("SELECT hash, text FROM texts").fetchall()) | dict(incoming.texts)
    transcripts = state.rows("transcripts")
    missing = [row["name"] for row in transcripts.values() if row["text_hash"] not in texts]
    if missing:
        raise InputError(
            _("{source} lacks the text of {names}. Ask the other to share again.").format(
                source=incoming.source, names=", ".join(sorted(missing))
            )
        )
    problems = [
        *_same_name(state, incoming, mine, texts),
        *_codings_on_other_text(state, transcripts, texts),
    ]
    if problems:
        raise ConflictError("\n".join(problems))


def _same_name(
    state: Replay, incoming: Incoming, mine: Iterable[JournalEntry], texts: Mapping[str, str]
) -> list[str]:
    """Two interviews made apart that were given one name."""
    here, there = _named(mine), _named(incoming.entries)
    both = here.keys() & there.keys()
    live = state.rows("transcripts")
    found = []
    for one, names in here.items():
        for other, other_names in there.items():
            if one in both and other in both:
                continue
            first, second = (state.canonical("transcripts", key) for key in (one, other))
            if first == second or first not in live or second not in live or names[-1] != other_names[-1]:
                continue
            found.append(
                _two_texts(names[-1], texts[live[first]["text_hash"]], texts[live[second]["text_hash"]])
            )
    return sorted(set(found))


def _named(entries: Iterable[JournalEntry]) -> dict[str, list[str]]:
    """The names that each interview was given, by the entries of one copy, in their order."""
    found: dict[str, list[str]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.tick, entry.id)):
        for change in entry.changes:
            if change.table == "transcripts" and change.after and "name" in change.after:
                found.setdefault(change.id, []).append(change.after["name"])
    return found


def _two_texts(name: str, here: str, there: str) -> str:
    at = next((n for n, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), None)
    at = min(len(here), len(there)) if at is None else at
    return _(
        "“{name}” is not the same text here ({here_size} characters) and there ({there_size}). They part at "
        "character {at}: here “{here}”, there “{there}”. Keep one of the two versions on both laptops, or give "
        "one another name."
    ).format(
        name=name,
        here_size=len(here),
        there_size=len(there),
        at=at,
        here=_around(here, at),
        there=_around(there, at),
    )


def _around(text: str, at: int) -> str:
    return " ".join(text[max(0, at - _EXCERPT // 2) : at + _EXCERPT].split())


def _codings_on_other_text(
    state: Replay, transcripts: Mapping[str, Row], texts: Mapping[str, str]
) -> list[str]:
    odd: dict[str, int] = {}
    for row in state.rows("codings").values():
        name = transcripts[row["transcript_id"]]["name"]
        if row["text_hash"] not in texts or row["end"] > len(texts[row["text_hash"]]):
            odd[name] = odd.get(name, 0) + 1
    if not odd:
        return []
    names = sorted(odd)
    listed = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    return [
        _(
            "{n} codings in {names} belong to another version of the text, which is not here. Ask the other "
            "to share again."
        ).format(n=sum(odd.values()), names=listed)
    ]
