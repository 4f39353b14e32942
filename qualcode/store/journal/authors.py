"""Whether what comes in was done by whom it says: work in the name of somebody with a key bears their signature.

Who has no key yet is taken at their word; the first key that comes with their work is theirs from then on (as with
SSH). A further key of theirs needs a coder here, or another one whose signature is known, to confirm it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from qualcode.errors import ConflictError, NewKeyError
from qualcode.i18n import _
from qualcode.store.file import keyring, rows
from qualcode.store.journal.relations import PRIVATE, kept_back
from qualcode.store.records.commitments import Commitment, Reveal
from qualcode.store.records.people import shown_key

if TYPE_CHECKING:
    from qualcode.model import Change, JournalEntry
    from qualcode.store.journal.incoming import Incoming
    from qualcode.store.journal.signing import Signature
    from qualcode.store.project import Project

_FIXED: Mapping[str, type[Commitment | Reveal]] = {"commitments": Commitment, "reveals": Reveal}


class Authors:
    """Who is who in what comes in, by which keys; `trust` is a new key (its id, or as it is shown) that is believed."""

    def __init__(self, project: Project, incoming: Incoming, trust: str = "") -> None:
        self._project = project
        self._incoming = incoming
        self._told = {entry.id: entry for entry in incoming.entries}
        self._coders = {coder.id: coder.name for coder in project.coders.all()}
        self._same = self._same_people()
        self._keys: dict[str, dict[str, str]] = {}  # of each coder with a key: public halves by id
        for key in project.keys.all():
            self._keys.setdefault(key.coder_id, {})[key.id] = key.public
        self._keyed = set(self._keys)
        self._take_first_keys()
        self._take_own()
        self._take_confirmed()
        self._whose = self._signers(trust)
        self._owners = {
            (change.table, change.id): self._canonical(change.after["coder_id"])
            for entry in incoming.entries
            for change in entry.changes
            if change.after and change.after.get("coder_id")
        }

    def refuse_forged(self, fresh: Iterable[JournalEntry]) -> None:
        """Raise `ConflictError` if anything that is new is in the name of somebody who did not sign it."""
        entries = list(fresh)
        here = {entry.id: entry for entry in self._project.journal.some(one.id for one in entries)}
        for entry in entries:
            known = here.get(entry.id)
            author = self._canonical(entry.coder_id)
            vouched = author in self._whose or author not in self._keyed or self._is_signed(entry, author)
            if known is None and not vouched:
                raise self._unsigned(author)
            for n, change in enumerate(entry.changes):
                is_new = known is None or (len(known.changes) > n and kept_back(known.changes[n]))
                if is_new and not kept_back(change) and not self._brings_back(entry, change):
                    self._refuse_change(change, author)

    def signed(self, entries: Iterable[JournalEntry]) -> dict[str, Signature]:
        """The signatures of these entries that hold, by the id of the entry, to be kept with them."""
        return {
            entry.id: self._incoming.signatures[entry.id]
            for entry in entries
            if entry.id in self._incoming.signatures
            and self._is_signed(entry, self._canonical(entry.coder_id))
        }

    def _brings_back(self, entry: JournalEntry, change: Change) -> bool:
        """Whether an undo brings back, as it was, what the act it undoes took away."""
        if not entry.undoes:
            return False
        here = self._project.journal.some([entry.undoes])
        undone = self._told.get(entry.undoes, here[0] if here else None)
        gone = undone.changes if undone else ()
        return any(
            (c.table, c.id, c.after, c.before) == (change.table, change.id, None, change.after) for c in gone
        )

    # who is who

    def _same_people(self) -> dict[str, str]:
        """By which id somebody who comes in is known here: also who was added apart under the same name."""
        same = dict(
            self._project.db.execute("SELECT id, canonical FROM aliases WHERE tbl = 'coders'").fetchall()
        )
        by_name = {name.casefold(): key for key, name in self._coders.items()}
        for change in self._changes("coders"):
            if change.after and change.id not in self._coders and "name" in change.after:
                same.setdefault(change.id, by_name.get(change.after["name"].casefold(), change.id))
        return same

    def _canonical(self, coder_id: str | None) -> str:
        return self._same.get(coder_id or "", coder_id or "")

    def _changes(self, table: str) -> list[Change]:
        return [c for entry in self._incoming.entries for c in entry.changes if c.table == table]

    def _take_first_keys(self) -> None:
        """The first key of somebody who has none here is believed."""
        ordered = sorted(self._incoming.entries, key=lambda entry: (entry.tick, entry.id))
        for entry in ordered:
            for change in entry.changes:
                row = change.after
                if change.table == "keys" and change.before is None and row:
                    owner = self._canonical(row["coder_id"])
                    if owner not in self._keys and self._canonical(entry.coder_id) == owner:
                        self._keys[owner] = {change.id: row["public"]}

    def _take_own(self) -> None:
        """A key of which this machine holds the private half is of somebody who works here."""
        for change in self._changes("keys"):
            if change.before is None and change.after and keyring.holds(change.id):
                owner = self._canonical(change.after["coder_id"])
                self._keys.setdefault(owner, {})[change.id] = change.after["public"]

    def _take_confirmed(self) -> None:
        """A further key counts where another coder confirmed it, with a signature that is known."""
        made = {change.id: change.after for change in self._changes("keys") if change.before is None}
        for entry in self._incoming.entries:
            author = self._canonical(entry.coder_id)
            for change in entry.changes:
                row = made.get(change.id)
                if change.table != "keys" or change.before is None or not row:
                    continue
                owner = self._canonical(row["coder_id"])
                if author not in ("", owner) and self._is_signed(entry, author):
                    self._keys.setdefault(owner, {})[change.id] = row["public"]

    def _signers(self, trust: str) -> set[str]:
        """Those who vouch for the whole: who signed the share file; of a whole copy, who has a key on this machine."""
        signer = self._incoming.signer
        if signer is None:
            sender = self._incoming.sender.casefold()
            named = next((key for key in self._keyed if self._coders.get(key, "").casefold() == sender), None)
            if named is not None:
                raise self._unsigned(named)
            return set() if self._incoming.sender else self._project.keys.holders()
        who = self._canonical(signer.coder_id)
        known = self._keys.setdefault(who, {})
        shown = shown_key(signer.public)
        if trust in (signer.key_id, shown):
            known[signer.key_id] = signer.public
        if known.get(signer.key_id) != signer.public:
            name = self._coders.get(who, self._incoming.sender)
            words = _(
                "{source} is signed with a key of {name} that is new here ({key}). Ask {name}: is it from a new "
                "laptop? Then take it in with: qualcode merge PROJECT FILE --confirm {key}"
            )
            raise NewKeyError(
                words.format(source=self._incoming.source, name=name, key=shown), name, signer.key_id, shown
            )
        return {who}

    # what is refused

    def _is_signed(self, entry: JournalEntry, author: str) -> bool:
        signature = self._incoming.signatures.get(entry.id)
        public = self._keys.get(author, {}).get(signature.key_id) if signature else None
        return (
            signature is not None
            and public is not None
            and signature.fits(self._incoming.project_id, entry, public)
        )

    def _refuse_change(self, change: Change, author: str) -> None:
        if change.table == "keys":
            self._refuse_key(change, author)
        elif change.table in _FIXED:
            self._refuse_fixed(change, author)
        elif change.table == "openings":
            if change.before is not None or author != self._owner(change):
                raise self._unsigned(self._owner(change))
        elif change.table == "rounds":
            self._refuse_round(change, author)
        elif change.table in PRIVATE:
            owner = self._owner(change)
            made = change.before is None or author == owner
            if owner in self._keyed and owner not in self._whose and made:
                raise self._unsigned(owner)

    def _refuse_key(self, change: Change, author: str) -> None:
        """A key is made by whose it is, and confirmed by another."""
        owner = self._owner(change)
        if change.before is None:
            wrong = author != owner or change.id not in self._keys.get(owner, {})
        else:
            told = change.after or {}
            wrong = (
                author == owner
                or {*told} != {"confirmed_by"}
                or self._canonical(told["confirmed_by"]) != author
            )
        if wrong:
            raise self._unsigned(owner)

    def _refuse_fixed(self, change: Change, author: str) -> None:
        """What somebody fixed or showed is theirs: made by them, or signed; and taken back by them alone."""
        owner = self._owner(change)
        if author == owner or (owner not in self._keyed and change.before is None):
            return
        row = dict(change.after or {})
        made = _FIXED[change.table](**row) if change.before is None else None
        public = self._keys.get(owner, {}).get((made.key_id or "") if made else "", "")
        if made is None or not made.is_signed_by(public, self._incoming.project_id):
            raise self._unsigned(owner)

    def _refuse_round(self, change: Change, author: str) -> None:
        """A round binds the same people on the same interviews until its end."""
        if change.before and change.after and not {*change.after} <= {"state", "closed_at", "name", "number"}:
            raise self._unsigned(author)

    def _owner(self, change: Change) -> str:
        key = (change.table, change.id)
        if key not in self._owners:
            row = rows.read(self._project.db, *key) or change.before or {}
            self._owners[key] = self._canonical(row.get("coder_id"))
        return self._owners[key]

    def _unsigned(self, coder_id: str) -> ConflictError:
        name = self._coders.get(coder_id, "?")
        return ConflictError(
            _(
                "{source} holds work in the name of {name} that {name} did not sign, so nothing of it was taken in. "
                "Ask {name} for a share file of their own."
            ).format(source=self._incoming.source, name=name)
        )
