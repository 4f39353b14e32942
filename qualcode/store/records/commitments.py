"""Commit and reveal: what each read in a sealed round is fixed before anybody else can see any of it.

Who marks an interview done in a round commits to what they marked: a hash over it and a salt that stays here. Only when
the commitments of all coders of that interview are in do the readings travel, each with its salt; then anybody can see
that it is what was fixed before. Blum (1981), "Coin flipping by telephone", is the idea.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.model import Coder, new_id, now
from qualcode.store.file import keyring, rows
from qualcode.store.records.base import OpenFile, Records
from qualcode.store.records.people import Key, Keys
from qualcode.store.records.unsealed import every_coding

if TYPE_CHECKING:
    from qualcode.model import Coding, Transcript
    from qualcode.store.records.seals import Round


class _Signed:
    """What is signed by itself, so that it can be verified from the file alone."""

    __slots__ = ()
    signature: str

    def message(self, project_id: str) -> bytes:
        """What is signed of it."""
        raise NotImplementedError

    def is_signed_by(self, public: str, project_id: str) -> bool:
        """Whether the key with this public half signed it."""
        return keyring.fits(public, self.message(project_id), self.signature)


@dataclass(frozen=True, slots=True)
class Commitment(_Signed):
    """What a coder fixed of their reading of an interview in a round: a hash, signed if they have a key."""

    id: str
    round_id: str
    transcript_id: str
    coder_id: str
    hash: str
    at: str
    key_id: str | None = None
    signature: str = ""

    def message(self, project_id: str) -> bytes:
        """What is signed of it."""
        return _message("qualcode commitment", project_id, self.id, self.hash, self.at)


@dataclass(frozen=True, slots=True)
class Reveal(_Signed):
    """A reading as it was fixed (JSON, see `reading_of`) with its salt, under the id of the commitment.

    `rests_on` are the commitments of all coders (id and hash) that were in before it was shown.
    """

    id: str
    transcript_id: str
    coder_id: str
    salt: str
    reading: str
    rests_on: str
    at: str
    key_id: str | None = None
    signature: str = ""

    def message(self, project_id: str) -> bytes:
        """What is signed of it."""
        return _message(
            "qualcode reveal", project_id, self.id, self.salt, self.reading, self.rests_on, self.at
        )

    @property
    def hash(self) -> str:
        """What its commitment must say."""
        return committed(self.salt, self.reading)


class Commitments(Records):
    """What is fixed and what is shown, per round, interview and coder."""

    def __init__(self, file: OpenFile, keys: Keys) -> None:
        super().__init__(file)
        self._keys = keys

    def all(self) -> list[Commitment]:
        """All commitments, oldest first."""
        return [Commitment(**row) for row in self._file.select("SELECT * FROM commitments ORDER BY at, id")]

    def reveals(self) -> dict[str, Reveal]:
        """What was shown, by the id of the commitment."""
        return {row["id"]: Reveal(**row) for row in self._file.select("SELECT * FROM reveals")}

    def of(self, one: Round, transcript_id: str) -> dict[str, Commitment]:
        """The commitment of each coder (by id) on an interview in a round: the last one they made."""
        return {
            c.coder_id: c for c in self.all() if c.round_id == one.id and c.transcript_id == transcript_id
        }

    def commit(self, one: Round, transcript: Transcript, coder: Coder) -> None:
        """Fix what a coder marked, as one part of what is being done; the one before no longer counts."""
        self.withdraw(one, transcript.id, coder)
        reading = reading_of(self._file, one, transcript, coder)
        salt = secrets.token_hex(32)
        key = self._keys.here(coder)
        made = Commitment(
            new_id(),
            one.id,
            transcript.id,
            coder.id,
            committed(salt, reading),
            now(),
            key.id if key else None,
        )
        with self._file.transaction("round.commit") as transaction:
            transaction.insert("commitments", {**rows.of(made), "signature": self._signed(key, made)})
            self._file.db.execute("INSERT INTO salts VALUES (?, ?, ?)", [made.id, salt, reading])

    def withdraw(self, one: Round, transcript_id: str, coder: Coder) -> None:
        """Take back what a coder fixed, and had ready to be shown, because they take the interview up again."""
        shown = self.reveals()
        with self._file.transaction("round.withdraw") as transaction:
            for commitment in self.all():
                if (commitment.round_id, commitment.transcript_id, commitment.coder_id) == (
                    one.id,
                    transcript_id,
                    coder.id,
                ):
                    transaction.delete("commitments", commitment.id)
                    if commitment.id in shown:
                        transaction.delete("reveals", commitment.id)

    def reveal(self, commitments: Mapping[str, Commitment]) -> None:
        """Show what was fixed on this machine, now that all are in; what was fixed elsewhere is shown there."""
        shown = self.reveals()
        for commitment in commitments.values():
            kept = self._file.select("SELECT * FROM salts WHERE commitment_id = ?", [commitment.id])
            if commitment.id in shown or not kept:
                continue
            key = next((k for k in self._keys.all() if k.id == commitment.key_id), None)
            key = key if key and keyring.holds(key.id) else None
            made = Reveal(
                commitment.id,
                commitment.transcript_id,
                commitment.coder_id,
                kept[0]["salt"],
                kept[0]["reading"],
                json.dumps(sorted([c.id, c.hash] for c in commitments.values())),
                now(),
                key.id if key else None,
            )
            with self._file.journal.transaction("round.reveal", commitment.coder_id) as transaction:
                transaction.insert("reveals", {**rows.of(made), "signature": self._signed(key, made)})

    def _signed(self, key: Key | None, made: Commitment | Reveal) -> str:
        return keyring.sign(key.id, made.message(self._file.id)) if key else ""


def committed(salt: str, reading: str) -> str:
    """The hash (SHA-256, hex) by which a reading is fixed."""
    return hashlib.sha256(f"{salt}\n{reading}".encode()).hexdigest()


def reading_of(file: OpenFile, one: Round, transcript: Transcript, coder: Coder) -> str:
    """What a coder marked in an interview now, as JSON: which round, interview, coder and text, and the codings."""
    codings = every_coding(file, transcript=transcript, coder=coder)
    said = {
        "round": one.id,
        "interview": transcript.id,
        "coder": coder.id,
        "text": transcript.text_hash,
        "codings": marks(codings),
    }
    return json.dumps(said, sort_keys=True)


def marks(codings: Iterable[Coding]) -> list[list[Any]]:
    """Codings as they are fixed: place, code and id, in an order that does not hang on who looks."""
    return sorted([c.start, c.end, c.code_id, c.id] for c in codings)


def _message(*parts: str) -> bytes:
    return "\n".join(parts).encode()
