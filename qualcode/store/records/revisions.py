"""Corrections: another text for a transcript, with every coding and quote carried along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.errors import ConflictError, InputError
from qualcode.i18n import _
from qualcode.store.file import rows
from qualcode.store.file.backups import wipe_traces
from qualcode.store.records.base import OpenFile, Records
from qualcode.store.records.unsealed import every_coding, every_memo
from qualcode.text.normal import normal, text_hash
from qualcode.text.revisions import Carrier, Edit, carried_or_beside
from qualcode.text.spans import Span

if TYPE_CHECKING:
    from qualcode.model import Coding, Transcript, Turn
    from qualcode.store.records.seals import Seals
    from qualcode.store.records.transcripts import Transcripts


@dataclass(frozen=True, slots=True)
class Revision:
    """A correction in the making.

    `moved` are the codings whose words or edges change, each with its new place; `lost` those that lie
    wholly inside what is deleted. `quotes` are such places in themes (new place, or `None`). `hidden` are codings
    of others that are sealed: they move along unseen, and are never lost.
    """

    transcript: Transcript
    text: str
    edits: tuple[Edit, ...]
    moved: tuple[tuple[Coding, Span], ...]
    lost: tuple[Coding, ...]
    quotes: tuple[tuple[str, Span | None], ...]
    hidden: tuple[tuple[Coding, Span], ...] = ()


class Revisions(Records):
    """Plans corrections and carries them out, each as one act."""

    def __init__(self, file: OpenFile, transcripts: Transcripts, seals: Seals) -> None:
        super().__init__(file)
        self._transcripts = transcripts
        self._seals = seals

    def plan(self, transcript: Transcript, text: str, edits: Sequence[Edit]) -> Revision:
        """What a correction would do. `text` is the new text in its normal form.

        Raises `InputError` if nothing changes, or the new text is empty or another transcript's.
        """
        self._refuse(transcript, text)
        carrier = Carrier(edits)
        moved, lost = [], []
        every = every_coding(self._file, transcript=transcript)
        seen = self._seals.visible(every)
        for coding in seen:
            span = carrier.span(coding.span)
            if span is None:
                lost.append(coding)
            else:
                moved.append((coding, span))
        quotes = self._file.select(
            "SELECT id, start, end FROM theme_quotes WHERE transcript_id = ?", [transcript.id]
        )
        return Revision(
            transcript,
            text,
            tuple(edits),
            tuple(moved),
            tuple(lost),
            tuple((row["id"], carrier.span(Span(row["start"], row["end"]))) for row in quotes),
            tuple((c, carried_or_beside(carrier, c.span, text)) for c in every if c not in seen),
        )

    def make(self, revision: Revision, turns: Iterable[Turn], *, drop: bool = False) -> Transcript:
        """Carry out a correction; both texts stay in the journal's reach, so it can be undone.

        Raises `ConflictError` if codings would be lost and `drop` does not allow it, or if the transcript was
        changed since the correction was planned.
        """
        transcript = revision.transcript
        if revision.lost and not drop:
            raise ConflictError(
                _(
                    "{n} codings lie wholly in what is deleted. Move them first, or allow them to be dropped."
                ).format(n=len(revision.lost))
            )
        new_hash = text_hash(revision.text)
        with self._file.transaction("transcript.revise") as transaction:
            if self._transcripts.get(transcript.id).text_hash != transcript.text_hash:
                raise ConflictError(
                    _("{name} was changed meanwhile. Look again.").format(name=transcript.name)
                )
            transaction.keep_text(new_hash, revision.text)
            for coding in revision.lost:
                for memo in every_memo(self._file, "coding", coding.id):
                    transaction.delete("memos", memo.id)
                transaction.delete("codings", coding.id)
            moved = {coding.id: _at(span, new_hash) for coding, span in (*revision.moved, *revision.hidden)}
            transaction.update_all("codings", moved)
            for quote_id, place in revision.quotes:
                if place is None:
                    transaction.delete("theme_quotes", quote_id)
                else:
                    transaction.update("theme_quotes", quote_id, **_at(place, new_hash))
            transaction.update("transcripts", transcript.id, text_hash=new_hash)
            transaction.set_turns(transcript.id, rows.turns_record(turns))
        return self._transcripts.get(transcript.id)

    def forget_old_texts(self) -> int:
        """Wipe every text that no transcript has now, so that nothing of it stays in the file; returns how many.

        Corrections made before can then no longer be undone.
        """
        with self._file.unjournaled() as db:
            gone = db.execute(
                "DELETE FROM texts WHERE hash NOT IN (SELECT text_hash FROM transcripts)"
            ).rowcount
        wipe_traces(self._file.db, self._file.path)
        return int(gone)

    def _refuse(self, transcript: Transcript, text: str) -> None:
        if normal(text) != text:
            raise ValueError("a revision takes a text in its normal form")
        if text == transcript.text:
            raise InputError(_("{name}: nothing changes.").format(name=transcript.name))
        if not text.strip():
            raise InputError(_("Nothing would be left of {name}.").format(name=transcript.name))
        twin = self._transcripts.with_text(text)
        if twin is not None:
            raise InputError(
                _("The text of {name} would be that of {twin}.").format(name=transcript.name, twin=twin.name)
            )


def _at(span: Span, text_hash: str) -> rows.Row:
    """The fields of a record that holds a place in a text."""
    return {"start": span.start, "end": span.end, "text_hash": text_hash}
