"""Corrections: another text for a transcript, with every coding and quote carried along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.errors import ConflictError, InputError
from qualcode.i18n import _
from qualcode.store.file import rows
from qualcode.store.file.backups import wipe_traces
from qualcode.store.journal.forgotten import stored_hider
from qualcode.store.journal.texts import add_revision, mask, moved_turns, versions_of
from qualcode.store.records.base import OpenFile, Records
from qualcode.store.records.unsealed import every_coding, every_memo
from qualcode.text.normal import normal, text_hash
from qualcode.text.revisions import Carrier, Edit, apply, beside
from qualcode.text.spans import Span

if TYPE_CHECKING:
    from qualcode.model import Coding, Transcript, Turn
    from qualcode.store.records.seals import Seals
    from qualcode.store.records.transcripts import Transcripts
    from qualcode.text.hidden_names import Hider


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
        open_to_me = {coding.id for coding in seen}
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
            tuple(
                (c, beside(carrier.span(c.span), carrier.position(c.span.start), text))
                for c in every
                if c.id not in open_to_me
            ),
        )

    def make(
        self, revision: Revision, turns: Iterable[Turn], *, drop: bool = False, firm: bool = False
    ) -> Transcript:
        """Carry out a correction. What a `firm` one deletes is a name: it is wiped, and nothing brings it back.

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
            versions = versions_of(self._file.db, transcript.id)
            assert versions is not None  # it was looked up just now
            add_revision(transaction, versions, transcript.id, revision.edits, revision.text, firm=firm)
            transaction.set_turns(transcript.id, rows.turns_record(turns))
            if firm:
                self._wipe(transcript, revision.edits)
            else:
                self.hide_names(self._transcripts.get(transcript.id), stored_hider(self._file.db))
        return self._transcripts.get(transcript.id)

    def hide_names(self, transcript: Transcript, hider: Hider) -> int:
        """Put what stands for hidden names in their place; returns in how many places."""
        edits = [Edit(*place) for place in hider.places(transcript.text)]
        if edits:
            plan = self.plan(transcript, apply(transcript.text, edits), edits)
            with self._file.transaction("names.follow"):
                self.make(plan, turns_after(transcript, edits), firm=True)
        return len(edits)

    def _wipe(self, transcript: Transcript, edits: Iterable[Edit]) -> None:
        """Mask what edits deleted of a text."""
        versions = versions_of(self._file.db, transcript.id)
        before = None if versions is None else versions.version(transcript.text_hash)
        if versions is not None and before is not None:
            places = [versions.history.stretches(before, edit.start, edit.end) for edit in edits]
            mask(self._file, versions, [stretch for found in places for stretch in found])

    def reword(self, transcript: Transcript, edit: Edit) -> Transcript:
        """Put other words in one place; what is coded goes along, and nothing is dropped."""
        text = apply(transcript.text, [edit])
        plan = self.plan(transcript, text, [edit])
        kept = replace(
            plan, lost=(), hidden=(*plan.hidden, *((c, self._beside(c, edit, text)) for c in plan.lost))
        )
        return self.make(kept, turns_after(transcript, [edit]))

    def _beside(self, coding: Coding, edit: Edit, text: str) -> Span:
        return beside(None, Carrier([edit]).position(coding.start), text)

    def forget_old_texts(self) -> int:
        """Wipe all words that stand in no text now, so that nothing of them stays in the file; returns how many texts.

        Corrections made before can then no longer be undone.
        """
        with self._file.unjournaled() as db:
            for (one,) in db.execute("SELECT DISTINCT transcript_id FROM revisions").fetchall():
                versions = versions_of(db, one)
                now = None if versions is None else versions.version(versions.holds)
                if versions is not None and now is not None:
                    mask(self._file, versions, versions.history.unseen(now))
            gone = db.execute(
                "DELETE FROM texts WHERE hash NOT IN "
                "(SELECT text_hash FROM transcripts UNION SELECT before_hash FROM revisions)"
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


def turns_after(transcript: Transcript, edits: Sequence[Edit]) -> list[Turn]:
    """The turns of an interview after a correction; raises `InputError` if one would be empty, or joined to another."""
    found = []
    for turn, moved in zip(
        transcript.turns, moved_turns(transcript.turns, len(transcript.text), edits), strict=True
    ):
        if moved is None:
            raise InputError(
                _("Turn {n} would be empty. Correct the interview from a file instead.").format(n=turn.n)
            )
        found.append(moved)
    return found


def _at(span: Span, text_hash: str) -> rows.Row:
    """The fields of a record that holds a place in a text."""
    return {"start": span.start, "end": span.end, "text_hash": text_hash}
