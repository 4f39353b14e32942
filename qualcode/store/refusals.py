"""Similar passages that a coder refused for a code: remembered in this copy of the file, with no words in it."""

from __future__ import annotations

from qualcode.model import Code, Coder, Transcript
from qualcode.store.files import plain_errors
from qualcode.store.room import Room
from qualcode.text.spans import Span


class Refusals(Room):
    """Refused places, per coder and code. A place counts as long as the text is the same."""

    def of(self, code: Code, coder: Coder | None) -> list[tuple[str, Span]]:
        """What a coder refused for a code: (transcript id, place)."""
        rows = self._select(
            "SELECT r.transcript_id, r.start, r.end FROM refusals r JOIN transcripts t "
            "ON t.id = r.transcript_id AND t.text_hash = r.text_hash "
            "WHERE r.code_id = ? AND r.coder_id = ? ORDER BY r.transcript_id, r.start",
            [code.id, coder.id if coder else ""],
        )
        return [(row["transcript_id"], Span(row["start"], row["end"])) for row in rows]

    def add(self, code: Code, coder: Coder | None, transcript: Transcript, span: Span) -> None:
        """Remember a refusal."""
        key = [coder.id if coder else "", code.id, transcript.id, transcript.text_hash, *span]
        with plain_errors(self._project.path), self._project.db.atomic():
            self._project.db.execute("INSERT OR IGNORE INTO refusals VALUES (?, ?, ?, ?, ?, ?)", key)

    def remove(self, code: Code, coder: Coder | None, transcript: Transcript, span: Span) -> None:
        """Take a refusal back."""
        key = [coder.id if coder else "", code.id, transcript.id, *span]
        with plain_errors(self._project.path), self._project.db.atomic():
            self._project.db.execute(
                "DELETE FROM refusals WHERE coder_id = ? AND code_id = ? AND transcript_id = ? "
                "AND start = ? AND end = ?",
                key,
            )
