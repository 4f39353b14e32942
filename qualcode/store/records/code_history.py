"""The codebook remembers: what a code said when, why that was changed, and what was coded before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.model import Code, Coding, JournalEntry, new_id, now
from qualcode.store.journal.relations import CONTESTED
from qualcode.store.records.base import OpenFile, Records

if TYPE_CHECKING:
    from qualcode.store.records.codebook import CodebookStore
    from qualcode.store.records.codings import Codings
    from qualcode.store.records.decisions import Decision

# a change of these makes codings worth another look; a new name or example does not
_MEANING = frozenset(f"{name}_{lang}" for name in ("definition", "use", "not_use") for lang in ("nl", "en"))
_TEXTS = ("name", "definition", "use", "not_use", "example")


@dataclass(frozen=True, slots=True)
class CodeVersion:
    """A change of a code's words: what stood in each field before and after, who and when, and why.

    `decisions` are the ids of the decisions behind it; the first version (`made`) has nothing before.
    """

    at: str
    coder_id: str | None
    before: Mapping[str, str]
    after: Mapping[str, str]
    note: str
    decisions: tuple[str, ...]
    made: bool = False

    @property
    def changed(self) -> tuple[str, ...]:
        """The texts that differ from before, whatever the language; all of them where the code was made."""
        fields = {name[:-3] for name in (*self.before, *self.after)}  # without _nl or _en
        return tuple(name for name in _TEXTS if self.made or name in fields)


class CodeHistory(Records):
    """Versions of codes, from the journal."""

    def __init__(self, file: OpenFile, codebook: CodebookStore, codings: Codings) -> None:
        super().__init__(file)
        self._codebook = codebook
        self._codings = codings

    def change(self, code: Code, decisions: Iterable[Decision], why: str = "") -> Code:
        """Bring a code to the state given, linked to the decisions behind it, as one act."""
        author = self._file.coder
        with self._file.transaction("code.change", why.strip()) as transaction:
            changed = self._codebook.change(code)
            for decision in decisions:
                row = {"id": new_id(), "code_id": code.id, "decision_id": decision.id}
                transaction.insert(
                    "code_links", {**row, "coder_id": author.id if author else None, "at": now()}
                )
        return changed

    def versions(self, code: Code) -> list[CodeVersion]:
        """What the words of a code have been, oldest first."""
        found = []
        for entry in self._entries(code):
            for change in entry.changes:
                if change.table == "codes" and change.after:
                    names = [name for name in sorted(CONTESTED["codes"]) if name in change.after]
                    before = change.before or {}
                    old = {name: before[name] for name in names if before.get(name)}
                    new = {name: change.after[name] for name in names if change.after[name] or name in old}
                    if old != new:
                        found.append(
                            CodeVersion(
                                entry.at,
                                entry.coder_id,
                                old,
                                new,
                                entry.note,
                                _links(entry),
                                made=change.before is None,
                            )
                        )
        return found

    def decisions_behind(self, code: Code) -> list[str]:
        """The decisions (ids) that led to changes of a code."""
        found = self._file.select(
            "SELECT decision_id FROM code_links WHERE code_id = ? ORDER BY id", [code.id]
        )
        return list(dict.fromkeys(row["decision_id"] for row in found))

    def coded_before(self, code: Code) -> list[Coding]:
        """Codings of a code made before its meaning was changed last, and not looked at since."""
        changed = [
            (entry.tick, entry.id)
            for entry in self._entries(code)
            for change in entry.changes
            if change.table == "codes" and change.before and _MEANING.intersection(change.after or {})
        ]
        if not changed:
            return []
        tick, entry_id = max(changed)
        touched = {
            row["coding"]
            for row in self._file.select(
                "SELECT coalesce(v.coding_id, c.id) AS coding FROM journal e JOIN journal_rows r ON r.entry_id = e.id "
                "LEFT JOIN reviews v ON r.tbl = 'reviews' AND v.id = r.row_id "
                "LEFT JOIN codings c ON r.tbl = 'codings' AND c.id = r.row_id "
                "WHERE r.tbl IN ('codings', 'reviews') AND (e.tick > ? OR (e.tick = ? AND e.id > ?))",
                [tick, tick, entry_id],
            )
        }
        return [coding for coding in self._codings.all(code=code) if coding.id not in touched]

    def looked_at(self, codings: Iterable[Coding]) -> None:
        """Note that these codings hold under the definition of now, as one act."""
        person = self._file.require_coder()
        with self._file.transaction("coding.review") as transaction:
            for coding in codings:
                row = {"id": new_id(), "coding_id": coding.id, "coder_id": person.id, "at": now()}
                transaction.insert("reviews", row)

    def _entries(self, code: Code) -> list[JournalEntry]:
        found = [
            row["id"]
            for row in self._file.select(
                "SELECT id FROM aliases WHERE tbl = 'codes' AND canonical = ?", [code.id]
            )
        ]
        entries = {e.id: e for key in [code.id, *found] for e in self._file.journal.of_row("codes", key)}
        keys = {code.id, *found}
        return [
            _only(entry, keys) for entry in sorted(entries.values(), key=lambda entry: (entry.tick, entry.id))
        ]


def _only(entry: JournalEntry, codes: Iterable[str]) -> JournalEntry:
    """The entry with the changes of these codes, and what links it to decisions."""
    kept = set(codes)
    changes = tuple(
        c for c in entry.changes if c.table == "code_links" or (c.table == "codes" and c.id in kept)
    )
    return replace(entry, changes=changes)


def _links(entry: JournalEntry) -> tuple[str, ...]:
    return tuple(
        change.after["decision_id"]
        for change in entry.changes
        if change.table == "code_links" and change.after
    )
