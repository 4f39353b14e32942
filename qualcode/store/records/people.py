"""The people who code: their names, their PINs, and which interviews each has finished."""

from __future__ import annotations

import hashlib
import hmac
import os

from qualcode.errors import InputError, NotFoundError, SealedError
from qualcode.i18n import _
from qualcode.model import Coder, CoderKind, Transcript, new_id, now
from qualcode.store.file.files import plain_errors
from qualcode.store.records.base import Room


class Coders(Room):
    """Coders by name; names are unique without regard to case."""

    def all(self) -> list[Coder]:
        """All coders in the order in which they came, the consensus layer last."""
        found = self._select("SELECT id, name, kind FROM coders ORDER BY kind = 'consensus', id")
        return [Coder(row["id"], row["name"], CoderKind(row["kind"])) for row in found]

    def pair(self) -> list[Coder]:
        """Those who read independently: practitioners and researchers."""
        return [c for c in self.all() if c.kind in (CoderKind.PRACTITIONER, CoderKind.RESEARCHER)]

    def get(self, name: str) -> Coder:
        """The coder with that name or id; raises `NotFoundError`."""
        for coder in (coders := self.all()):
            if name == coder.id or name.casefold() == coder.name.casefold():
                return coder
        known = ", ".join(coder.name for coder in coders) or _("nobody yet")
        raise NotFoundError(
            _("There is no coder “{name}” in this project (there is: {known}). Add them first.").format(
                name=name, known=known
            )
        )

    def consensus(self) -> Coder:
        """The layer of what the pair decided together, made when it is first needed."""
        for coder in self.all():
            if coder.kind is CoderKind.CONSENSUS:
                return coder
        return self.add("consensus", CoderKind.CONSENSUS)

    def add(self, name: str, kind: CoderKind = CoderKind.PRACTITIONER) -> Coder:
        """Add a coder; raises `InputError` if the name is empty or taken."""
        name = " ".join(name.split())
        if not name:
            raise InputError(_("A coder needs a name."))
        if any(name.casefold() == coder.name.casefold() for coder in self.all()):
            raise InputError(_("There is a coder “{name}” already. Choose another name.").format(name=name))
        coder = Coder(new_id(), name, kind)
        with self._project.act("coder.add") as act:
            act.insert("coders", {"id": coder.id, "name": name, "kind": str(kind), "pin": ""})
        return coder


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


_SHORTEST = 4
_SALT_BYTES = 16


class Pins(Room):
    """A PIN per coder, kept as a salted hash (scrypt, RFC 7914)."""

    def has(self, coder: Coder) -> bool:
        """Whether a PIN is asked of this coder."""
        return bool(self._select("SELECT 1 FROM pins WHERE coder_id = ?", [coder.id]))

    def set(self, coder: Coder, pin: str, old: str = "") -> None:
        """Give a coder a PIN, or another one; raises `SealedError` if `old` is not the one there is."""
        if len(pin.strip()) < _SHORTEST:
            raise InputError(_("A PIN has at least {n} characters.").format(n=_SHORTEST))
        self.ask(coder, old)
        salt = os.urandom(_SALT_BYTES)
        self._write(
            "INSERT OR REPLACE INTO pins (coder_id, salt, hash) VALUES (?, ?, ?)",
            [coder.id, salt, _hashed(pin, salt)],
        )

    def clear(self, coder: Coder, old: str) -> None:
        """Take a coder's PIN away; raises `SealedError` if `old` is not it."""
        self.ask(coder, old)
        self._write("DELETE FROM pins WHERE coder_id = ?", [coder.id])

    def ask(self, coder: Coder, pin: str) -> None:
        """Raise `SealedError` unless this is the coder's PIN, or they have none."""
        found = self._select("SELECT salt, hash FROM pins WHERE coder_id = ?", [coder.id])
        if found and not hmac.compare_digest(_hashed(pin, found[0]["salt"]), found[0]["hash"]):
            raise SealedError(
                _("{name} has a PIN, and this is not it. Ask {name} to type it.").format(name=coder.name)
                if pin
                else _(
                    "{name} has a PIN on this laptop. Type it (for scripts: in the variable QUALCODE_PIN)."
                ).format(name=coder.name)
            )

    def _write(self, sql: str, values: list[object]) -> None:
        with plain_errors(self._project.path), self._project.db.atomic():
            self._project.db.execute(sql, values)


def _hashed(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.strip().encode(), salt=salt, n=2**14, r=8, p=1)
