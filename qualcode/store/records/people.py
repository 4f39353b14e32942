"""The people who code: their names and their PINs."""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass

from qualcode.errors import InputError, KeyElsewhereError, NotFoundError, SealedError
from qualcode.i18n import _
from qualcode.model import Coder, CoderKind, new_id, now
from qualcode.store.file import keyring, rows
from qualcode.store.records.base import Records
from qualcode.text.normal import one_line


class Coders(Records):
    """Coders by name; names are unique without regard to case."""

    def all(self) -> list[Coder]:
        """All coders in the order in which they came, the consensus layer last."""
        found = self._file.select("SELECT id, name, kind FROM coders ORDER BY kind = 'consensus', id")
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
        name = one_line(name)
        if not name:
            raise InputError(_("A coder needs a name."))
        if any(name.casefold() == coder.name.casefold() for coder in self.all()):
            raise InputError(_("There is a coder “{name}” already. Choose another name.").format(name=name))
        coder = Coder(new_id(), name, kind)
        with self._file.transaction("coder.add") as transaction:
            transaction.insert("coders", {"id": coder.id, "name": name, "kind": str(kind), "pin": ""})
        return coder


_SHORTEST = 4
_SALT_BYTES = 16


class Pins(Records):
    """A PIN per coder, kept as a salted hash (scrypt, RFC 7914)."""

    def has(self, coder: Coder) -> bool:
        """Whether a PIN is asked of this coder."""
        return bool(self._file.select("SELECT 1 FROM pins WHERE coder_id = ?", [coder.id]))

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
        found = self._file.select("SELECT salt, hash FROM pins WHERE coder_id = ?", [coder.id])
        if found and not hmac.compare_digest(_hashed(pin, found[0]["salt"]), found[0]["hash"]):
            raise SealedError(
                _("{name} has a PIN, and this is not it. Ask {name} to type it.").format(name=coder.name)
                if pin
                else _(
                    "{name} has a PIN on this laptop. Type it (for scripts: in the variable QUALCODE_PIN)."
                ).format(name=coder.name)
            )

    def _write(self, sql: str, values: list[object]) -> None:
        with self._file.unjournaled() as db:
            db.execute(sql, values)


def _hashed(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.strip().encode(), salt=salt, n=2**14, r=8, p=1)


@dataclass(frozen=True, slots=True)
class Key:
    """A key that a coder signs with: its public half (hex), the machine that holds the other half, who confirmed it.

    The first key of a coder stands by itself; a further one is confirmed by another coder (their id).
    """

    id: str
    coder_id: str
    public: str
    machine: str
    at: str
    confirmed_by: str | None = None

    @property
    def shown(self) -> str:
        """Eight signs by which two people can see that they mean the same key."""
        return shown_key(self.public)


def shown_key(public: str) -> str:
    """A key as people compare it, by its public half."""
    return f"{public[:4]}-{public[4:8]}"


class Keys(Records):
    """The keys that coders sign with; the private halves are in `store/file/keyring.py`."""

    def all(self) -> list[Key]:
        """All keys, oldest first."""
        return [Key(**row) for row in self._file.select("SELECT * FROM keys ORDER BY at, id")]

    def of(self, coder: Coder) -> list[Key]:
        """The keys of a coder, oldest first."""
        return [key for key in self.all() if key.coder_id == coder.id]

    def here(self, coder: Coder) -> Key | None:
        """The key with which a coder signs on this machine, if there is one."""
        return next((key for key in reversed(self.of(coder)) if keyring.holds(key.id)), None)

    def holders(self) -> set[str]:
        """The coders (ids) with a key on this machine."""
        return {key.coder_id for key in self.all() if keyring.holds(key.id)}

    def only_elsewhere(self, coder: Coder) -> bool:
        """Whether a coder signs on another machine and not on this one."""
        return bool(self.of(coder)) and self.here(coder) is None

    def refuse_elsewhere(self, coder: Coder) -> None:
        """Raise `KeyElsewhereError` if a coder works on another machine and not on this one."""
        if self.only_elsewhere(coder):
            raise KeyElsewhereError(
                _(
                    "{name} works on another laptop. Are you {name}, and is this one yours as well? Then say so first: "
                    "qualcode coders here {path} {name}"
                ).format(name=coder.name, path=self._file.path)
            )

    def for_signing(self, coder: Coder) -> Key | None:
        """The key of a coder on this machine, made if they have none at all; `None` if it is (or must be) elsewhere."""
        if coder.kind is CoderKind.CONSENSUS:
            return None
        may_make = not self.of(coder) and not self._file.journal.read_only
        return self.here(coder) or (self.make(coder) if may_make else None)

    def make(self, coder: Coder) -> Key | None:
        """Make a key for a coder on this machine; `None` if nothing can be kept here.

        A further one is to be confirmed by another when it first comes to them.
        """
        key_id = new_id()
        public = keyring.make(key_id)
        if public is None:
            return None
        key = Key(key_id, coder.id, public, keyring.machine(), now())
        with self._file.journal.transaction("coder.key", coder.id) as transaction:
            transaction.insert("keys", rows.of(key))
        return key

    def confirm(self, name: str) -> None:
        """Say, as the person at work, that a further key (its id, or as it is shown) of somebody else is theirs."""
        person = self._file.require_coder()
        key = next((key for key in self.all() if name in (key.id, key.shown)), None)
        if key is None:
            raise NotFoundError(_("There is no key {key} in this project.").format(key=name))
        if person.id == key.coder_id:
            raise InputError(_("Somebody else has to confirm a key of yours."))
        with self._file.transaction("coder.confirm-key") as transaction:
            transaction.update("keys", key.id, confirmed_by=person.id)
