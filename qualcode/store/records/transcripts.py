"""The interviews: text, turns, and whom they are from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from qualcode.errors import ConflictError, InputError, NotFoundError
from qualcode.i18n import _
from qualcode.model import Case, Informant, Role, Transcript, Turn, new_id
from qualcode.store.file import rows
from qualcode.store.journal.forgotten import stored_hider
from qualcode.store.journal.relations import referring_to
from qualcode.store.records.base import OpenFile, Records
from qualcode.store.records.cases import Cases, Roles, natural_key
from qualcode.store.records.unsealed import every_memo
from qualcode.text.hidden_names import replaced
from qualcode.text.normal import one_line, text_hash

if TYPE_CHECKING:
    from qualcode.store.records.seals import Seals

_SELECT = (
    "SELECT t.id, t.name, t.text_hash, t.language, t.source, t.case_id, t.informant_id, "
    "c.label AS case_label, i.role FROM transcripts t "
    "LEFT JOIN cases c ON c.id = t.case_id LEFT JOIN informants i ON i.id = t.informant_id"
)


class Transcripts(Records):
    """Transcripts by name. A stored text is never changed in place."""

    def __init__(self, file: OpenFile, cases: Cases, seals: Seals) -> None:
        super().__init__(file)
        self._cases = cases
        self._roles = Roles(file)
        self._seals = seals

    def all(self) -> list[Transcript]:
        """All transcripts, by case, then informant, then name."""
        found = self._load("")
        return sorted(
            found,
            key=lambda t: (
                not t.case,
                natural_key(t.case),
                t.informant is None,
                (t.informant.place, t.informant) if t.informant else (0, ""),
                natural_key(t.name),
            ),
        )

    def get(self, name: str) -> Transcript:
        """The transcript with that name or id; raises `NotFoundError`."""
        found = self._load("WHERE t.id = ? OR t.name = ?", [name, name])
        if not found:
            names = ", ".join(
                row["name"] for row in self._file.select("SELECT name FROM transcripts ORDER BY name")
            )
            raise NotFoundError(
                _("There is no transcript “{name}” in this project (there is: {known}).").format(
                    name=name, known=names or _("none yet")
                )
            )
        return found[0]

    def whose(self) -> dict[str, list[str]]:
        """The interviews about each case, by ids; without reading their texts."""
        found: dict[str, list[str]] = {}
        for row in self._file.select(
            "SELECT id, case_id FROM transcripts WHERE case_id IS NOT NULL ORDER BY id"
        ):
            found.setdefault(row["case_id"], []).append(row["id"])
        return found

    def with_text(self, text: str) -> Transcript | None:
        """The transcript with exactly this text, if there is one."""
        found = self._load("WHERE t.text_hash = ?", [text_hash(text)])
        return found[0] if found else None

    def add(
        self,
        name: str,
        text: str,
        turns: Iterable[Turn],
        *,
        case: str = "",
        informant: Role | None = None,
        language: str = "nl",
        source: str = "",
    ) -> Transcript:
        """Store a transcript in its normal form.

        Raises `InputError` if the name is empty or taken, the text empty, or the
        same text is in the project already.
        """
        name = one_line(name)
        text, turns = self._without_hidden_names(text, list(turns))
        self.check_new(name, text)
        with self._file.transaction("transcript.add") as transaction:
            kept_case = self._cases.ensure(case) if case else None
            person = self._person(kept_case, informant)
            transcript_id = new_id()
            transaction.keep_text(text_hash(text), text)
            transaction.insert(
                "transcripts",
                {
                    "id": transcript_id,
                    "name": name,
                    "text_hash": text_hash(text),
                    "case_id": kept_case.id if kept_case else None,
                    "informant_id": person.id if person else None,
                    "language": language,
                    "source": source,
                },
            )
            transaction.set_turns(transcript_id, rows.turns_record(turns))
        return self.get(transcript_id)

    def _without_hidden_names(self, text: str, turns: list[Turn]) -> tuple[str, list[Turn]]:
        """A text that is taken in, and its turns, with what stands for names that were hidden."""
        places = stored_hider(self._file.db).places(text)
        if not places:
            return text, turns
        from qualcode.store.journal.texts import moved_turns  # most openings take nothing in
        from qualcode.text.revisions import Edit

        moved = moved_turns(turns, len(text), [Edit(*place) for place in places])
        return replaced(text, places), [turn for turn in moved if turn is not None]

    def describe(
        self,
        transcript: Transcript,
        *,
        name: str | None = None,
        case: str = "",
        informant: Role | None = None,
    ) -> Transcript:
        """Give a transcript another name, case or informant."""
        name = one_line(name if name is not None else transcript.name)
        if name != transcript.name:
            self._refuse_name(name)
        with self._file.transaction("transcript.describe") as transaction:
            kept_case = self._cases.ensure(case) if case else None
            person = self._person(kept_case, informant)
            transaction.update(
                "transcripts",
                transcript.id,
                name=name,
                case_id=kept_case.id if kept_case else None,
                informant_id=person.id if person else None,
            )
        return self.get(transcript.id)

    def set_turns(self, transcript: Transcript, turns: Iterable[Turn]) -> Transcript:
        """Give a transcript other turns over the same text."""
        with self._file.transaction("transcript.turns") as transaction:
            transaction.set_turns(transcript.id, rows.turns_record(turns))
        return self.get(transcript.id)

    def remove(self, transcript: Transcript) -> None:
        """Take out a transcript nobody has coded; raises `ConflictError` if someone has.

        One that is sealed stays (`SealedError`), coded or not: the answer would tell.
        """
        self._seals.refuse_taking_out(transcript)
        counted = self._file.select(
            "SELECT count(*) AS n FROM codings WHERE transcript_id = ?", [transcript.id]
        )
        if counted[0]["n"]:
            raise ConflictError(
                _("{name} has {n} codings. Remove those first, or undo them.").format(
                    name=transcript.name, n=counted[0]["n"]
                )
            )
        with self._file.transaction("transcript.remove") as transaction:
            for memo in every_memo(self._file, "transcript", transcript.id):
                transaction.delete("memos", memo.id)
            for table, columns in referring_to(self._file.db, "transcripts").items():
                where = " OR ".join(f"{column} = ?" for column in columns)
                found = self._file.select(
                    f"SELECT id FROM {table} WHERE {where}", [transcript.id] * len(columns)
                )
                for row in found:
                    transaction.delete(table, row["id"])
            if transcript.turns:
                transaction.delete("turns", transcript.id)
            transaction.delete("transcripts", transcript.id)

    def _person(self, case: Case | None, role: Role | None) -> Informant | None:
        if role is None:
            return None
        # an informant belongs to a case; without one the interview is a case of its own
        return self._cases.ensure_informant(case or self._cases.ensure("?"), role)

    def check_new(self, name: str, text: str) -> None:
        """Raise `InputError` if a transcript with this name or text cannot be stored."""
        if not text.strip():
            raise InputError(_("{name} holds no text.").format(name=name))
        self._refuse_name(name)
        twin = self.with_text(text)
        if twin is not None:
            raise InputError(
                _("The text of {name} is in the project already, as {twin}.").format(
                    name=name, twin=twin.name
                )
            )

    def _refuse_name(self, name: str) -> None:
        if not name:
            raise InputError(_("A transcript needs a name."))
        if self._file.select("SELECT 1 FROM transcripts WHERE name = ?", [name]):
            raise InputError(
                _("There is a transcript “{name}” already. Give the new one another name (--name).").format(
                    name=name
                )
            )

    def _load(self, where: str, values: Iterable[str] = ()) -> list[Transcript]:
        values = list(values)
        known: dict[str, Role] = {role: role for role in self._roles.all()}
        found = self._file.select(f"{_SELECT} {where}", values)
        ids = [row["id"] for row in found]
        turns = self._turns(ids if where else None, known)
        texts = self._texts({row["text_hash"] for row in found} if where else None)
        return [
            Transcript(
                id=row["id"],
                name=row["name"],
                text=texts[row["text_hash"]],
                text_hash=row["text_hash"],
                turns=turns.get(row["id"], ()),
                case=row["case_label"] or "",
                informant=_role(row, known),
                language=row["language"],
                source=row["source"],
                case_id=row["case_id"],
                informant_id=row["informant_id"],
            )
            for row in found
        ]

    def _turns(self, ids: Iterable[str] | None, known: Mapping[str, Role]) -> dict[str, tuple[Turn, ...]]:
        where, values = _among("transcript_id", ids)
        found = self._file.select(f"SELECT * FROM turns {where} ORDER BY transcript_id, n", values)
        return {
            transcript_id: tuple(_turn(row, known) for row in group)
            for transcript_id, group in groupby(found, lambda row: str(row["transcript_id"]))
        }

    def _texts(self, hashes: Iterable[str] | None) -> dict[str, str]:
        where, values = _among("hash", hashes)
        return {
            row["hash"]: row["text"]
            for row in self._file.select(f"SELECT hash, text FROM texts {where}", values)
        }


def _among(column: str, wanted: Iterable[str] | None) -> tuple[str, list[str]]:
    if wanted is None:
        return "", []
    values = list(wanted)
    return f"WHERE {column} IN ({', '.join('?' * len(values))})", values


def _role(row: rows.Row, known: Mapping[str, Role]) -> Role | None:
    return (known.get(row["role"]) or Role(row["role"])) if row["role"] else None


def _turn(row: rows.Row, known: Mapping[str, Role]) -> Turn:
    return Turn(
        n=row["n"],
        start=row["start"],
        end=row["end"],
        speaker=row["speaker"],
        interviewer=bool(row["interviewer"]),
        time_start=row["time_start"],
        time_end=row["time_end"],
        part=row["part"],
        role=_role(row, known),
    )
