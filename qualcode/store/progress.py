"""Who has finished which transcript: only those are compared."""

from __future__ import annotations

from qualcode.model import Coder, Transcript, new_id, now
from qualcode.store.room import Room


class Progress(Room):
    """Marks "done", per transcript and coder."""

    def done(self) -> set[tuple[str, str]]:
        """(transcript id, coder id) of every transcript that its coder has finished."""
        return {(row["transcript_id"], row["coder_id"]) for row in self._select("SELECT * FROM done")}

    def mark(self, transcript: Transcript, coder: Coder, done: bool = True) -> None:
        """Say that a coder has finished a transcript, or has not after all.

        When all coders of a running round have, it is frozen; raises `SealedError` if it is
        to be taken up again after that.
        """
        found = self._select(
            "SELECT id FROM done WHERE transcript_id = ? AND coder_id = ?", [transcript.id, coder.id]
        )
        if bool(found) == done:
            return
        if not done:
            self._project.rounds.refuse_reopening(transcript.id, coder.id)
        with self._project.act("transcript.done" if done else "transcript.reopen") as act:
            if done:
                row = {"id": new_id(), "transcript_id": transcript.id, "coder_id": coder.id, "at": now()}
                act.insert("done", row)
            for row in found:
                act.delete("done", row["id"])
            self._project.rounds.freeze_finished()
