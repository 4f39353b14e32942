"""PINs: who sits down at a shared laptop is asked for one before working under a name.

A PIN holds on this copy of the file only; it is no secret of the project, so it is neither
journaled nor shared. It keeps colleagues honest, not thieves out.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from qualcode.errors import InputError, SealedError
from qualcode.i18n import _
from qualcode.model import Coder
from qualcode.store.files import plain_errors
from qualcode.store.room import Room

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
