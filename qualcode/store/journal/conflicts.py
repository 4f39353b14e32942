"""What two people did apart that does not go together by itself, to be decided by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.errors import NotFoundError
from qualcode.i18n import N_, Labelled, _
from qualcode.model import now
from qualcode.store.journal.texts import versions_of
from qualcode.store.records.base import OpenFile, Records
from qualcode.store.records.unsealed import every_coding
from qualcode.text.normal import normal
from qualcode.text.revisions import Edit

if TYPE_CHECKING:
    from qualcode.store.file import rows
    from qualcode.store.journal.texts import TextVersions
    from qualcode.store.records.codings import Codings
    from qualcode.store.records.revisions import Revisions
    from qualcode.store.records.transcripts import Transcripts
    from qualcode.text.history import Clash


class ConflictKind(Labelled):
    """What there is to decide, and what it means in one sentence."""

    TEXT = "text", N_("Both changed the same words of a code. Choose which stand.")
    CORRECTED = (
        "corrected",
        N_("Both corrected the same words of an interview. Choose which stand."),
    )
    TWIN = "twin", N_("The same coding by the same coder stands there twice. One can go.")
    DECIDED_TWICE = (
        "decided-twice",
        N_("The same difference was decided twice. Reopen one of the decisions."),
    )


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing to decide.

    For a text: `table`, `row_id` and `field` say where, `value` is what holds now and
    `other_value` what the other one wrote, `by` and `other_by` are coder ids; for words of an interview `place` is
    where they stand. For twins and for what was decided twice, `ids` are the codings or decisions.
    """

    id: str
    kind: ConflictKind
    table: str
    row_id: str = ""
    field: str = ""
    value: Any = None
    other_value: Any = None
    by: str | None = None
    other_by: str | None = None
    ids: tuple[str, ...] = ()
    place: tuple[int, int] = (0, 0)


class Conflicts(Records):
    """What merging left to be decided."""

    def __init__(
        self, file: OpenFile, codings: Codings, transcripts: Transcripts, revisions: Revisions
    ) -> None:
        super().__init__(file)
        self._codings = codings
        self._transcripts = transcripts
        self._revisions = revisions

    def all(self) -> list[Conflict]:
        """Everything not decided yet: texts first, then decisions, then twins."""
        return [*self._texts(), *self.corrections(), *self._decided_twice(), *self._doubles()]

    def choose(self, conflict: Conflict, other: bool = False, *, value: Any = None) -> None:
        """Settle a text: keep what holds, take the other one, or write a third (`value`)."""
        if conflict.kind not in (ConflictKind.TEXT, ConflictKind.CORRECTED):
            raise ValueError("only a text can be chosen")
        waiting = {one.id: one for one in (*self._texts(), *self.corrections())}
        if conflict.id not in waiting:
            raise NotFoundError(_("This has been decided already."))
        conflict = waiting[conflict.id]
        wanted = value if value is not None else conflict.other_value if other else conflict.value
        author = self._file.coder
        with self._file.transaction("conflict.settle") as transaction:
            if conflict.kind is ConflictKind.TEXT:
                transaction.update(conflict.table, conflict.row_id, **{conflict.field: wanted})
            elif wanted != conflict.value:
                transcript = self._transcripts.get(conflict.row_id)
                self._revisions.reword(transcript, Edit(*conflict.place, normal(wanted)))
            choice = "written" if value is not None else "other" if other else "kept"
            transaction.insert(
                "settled",
                {
                    "id": conflict.id,
                    "choice": choice,
                    "coder_id": author.id if author else None,
                    "at": now(),
                },
            )

    def remove_doubles(self, conflicts: Sequence[Conflict]) -> int:
        """Take away the later one of codings that stand twice, as one act; returns how many."""
        doubles = [one for conflict in conflicts for one in conflict.ids[1:]]
        with self._file.transaction("coding.remove"):
            for coding_id in doubles:
                self._codings.remove(*every_coding(self._file, coding_id=coding_id))
        return len(doubles)

    def _texts(self) -> list[Conflict]:
        found = self._file.select(
            "SELECT * FROM contests WHERE tbl <> 'transcripts' AND id NOT IN (SELECT id FROM settled) ORDER BY tick, id"
        )
        return [_text(row) for row in found if not self._settled_since(row)]

    def corrections(self) -> list[Conflict]:
        """Words of interviews that two people corrected apart, of which one correction stands."""
        settled = {row["id"] for row in self._file.select("SELECT id FROM settled")}
        found = []
        for row in self._file.select("SELECT DISTINCT transcript_id AS id FROM revisions ORDER BY 1"):
            versions = versions_of(self._file.db, row["id"])
            for clash in versions.clashes() if versions is not None else ():
                key = "~".join(f"{revision}:{n}" for revision, n in clash)
                if versions is not None and key not in settled:
                    found.append(self._corrected(key, row["id"], versions, clash))
        return found

    def _corrected(self, key: str, transcript_id: str, versions: TextVersions, clash: Clash) -> Conflict:
        history = versions.history
        instead = history.instead(clash, history.whole, versions.first)
        held = history.text(history.whole, versions.first)[instead.start : instead.end]
        by, other_by = (self._author(revision) for revision, _n in clash)
        return Conflict(
            key,
            ConflictKind.CORRECTED,
            "transcripts",
            transcript_id,
            "text",
            held,
            instead.text,
            by,
            other_by,
            place=(instead.start, instead.end),
        )

    def _author(self, revision: str) -> str | None:
        return next((entry.coder_id for entry in self._file.journal.of_row("revisions", revision)), None)

    def _settled_since(self, row: rows.Row) -> bool:
        """Whether somebody changed the field since, knowing what it held."""
        return any(
            (entry.tick, entry.id) > (row["tick"], row["entry_id"])
            and any(
                change.table == row["tbl"]
                and change.id == row["row_id"]
                and row["field"] in (change.after or {})
                for change in entry.changes
            )
            for entry in self._file.journal.of_row(row["tbl"], row["row_id"])
        )

    def _doubles(self) -> list[Conflict]:
        return self._alike(
            ConflictKind.TWIN, "codings", "", "transcript_id, start, end, code_id, coder_id, decision_id"
        )

    def _decided_twice(self) -> list[Conflict]:
        holding = "WHERE reopened_at = '' AND outcome <> 'later'"
        return self._alike(ConflictKind.DECIDED_TWICE, "decisions", holding, "transcript_id, a, b")

    def _alike(self, kind: ConflictKind, table: str, where: str, columns: str) -> list[Conflict]:
        """The records of a table that are alike in these columns, as one conflict each time."""
        found = self._file.select(
            f"SELECT group_concat(id) AS ids FROM (SELECT * FROM {table} ORDER BY id) {where} "
            f"GROUP BY {columns} HAVING count(*) > 1"
        )
        groups = [tuple(sorted(row["ids"].split(","))) for row in found]
        return [Conflict(ids[-1], kind, table, ids=ids) for ids in sorted(groups)]


def _text(row: rows.Row) -> Conflict:
    return Conflict(
        row["id"],
        ConflictKind.TEXT,
        row["tbl"],
        row["row_id"],
        row["field"],
        row["value"],
        row["other_value"],
        row["coder_id"],
        row["other_coder_id"],
    )
