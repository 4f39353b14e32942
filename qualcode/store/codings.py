"""The coded fragments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import _
from qualcode.model import Code, Coder, CoderKind, Coding, Transcript, new_id, now
from qualcode.store import frames, rows
from qualcode.store.room import Room
from qualcode.text.graphemes import splits_cluster

_FIELDS = "id, transcript_id, start, end, code_id, coder_id, created_at, decision_id"


def span_problem(transcript: Transcript, start: int, end: int) -> str | None:
    """What is wrong with a fragment's place in its transcript, in words; `None` if nothing."""
    size = len(transcript.text)
    if start < 0 or end > size:
        return _("{start}–{end} lies outside the text of {name}, which has {size} characters.").format(
            start=start, end=end, name=transcript.name, size=size
        )
    if start >= end:
        return _(
            "The fragment {start}–{end} is empty or runs backwards: the end must come after the start."
        ).format(start=start, end=end)
    for position in (start, end):
        if splits_cluster(transcript.text, position):
            return _(
                "{position} lies inside a single visible character (an emoji or accent) of {name}."
            ).format(position=position, name=transcript.name)
    return None


class Codings(Room):
    """Codings of all coders, in the order of the text."""

    def all(
        self, *, transcript: Transcript | None = None, code: Code | None = None, coder: Coder | None = None
    ) -> list[Coding]:
        """Codings by place; only those of a transcript, code or coder, if asked."""
        wanted = [("transcript_id", transcript), ("code_id", code), ("coder_id", coder)]
        where = " AND ".join(f"{column} = ?" for column, noun in wanted if noun)
        values = [noun.id for _column, noun in wanted if noun]
        found = self._select(
            f"SELECT {_FIELDS} FROM codings {'WHERE ' + where if where else ''} "
            "ORDER BY transcript_id, start, end DESC, id",
            values,
        )
        return [Coding(**row) for row in found]

    def get(self, coding_id: str) -> Coding:
        """One coding by its id; raises `NotFoundError`."""
        row = rows.read(self._project.db, "codings", coding_id)
        if row is None:
            raise NotFoundError(_("This coding is no longer in the project."))
        del row["text_hash"]
        return Coding(**row)

    def records(self) -> list[dict[str, Any]]:
        """Every coding that the person at work may see, as a mapping with names, words and memos.

        The keys are `qualcode.store.frames.COLUMNS`; what is not known is `None`.
        """
        return frames.coding_records(self._project, self._project.visible_codings())

    def to_frame(self) -> Any:
        """The same as a data frame: of pandas, or of polars if only that is installed."""
        return frames.frame(self.records(), frames.COLUMNS)

    def counts(self, coder: Coder | None = None) -> dict[str, int]:
        """Number of codings per code id; codes without any are left out."""
        where, values = ("WHERE coder_id = ?", [coder.id]) if coder else ("", [])
        found = self._select(f"SELECT code_id, count(*) AS n FROM codings {where} GROUP BY code_id", values)
        return {row["code_id"]: row["n"] for row in found}

    def add(
        self,
        transcript: Transcript | str,
        start: int,
        end: int,
        code: Code | str,
        coder: Coder | str | None = None,
    ) -> Coding:
        """Code a fragment, by the person at work unless another coder is given.

        Transcript, code and coder may be given by their names. Raises `InputError` if the fragment does
        not fit the text, splits a visible character, or carries that code by that coder already, and
        `NotFoundError` for a name that is not in the project.
        """
        if isinstance(transcript, str):
            transcript = self._project.transcripts.get(transcript)
        if isinstance(code, str):
            code = self._project.codebook.get(code)
        if isinstance(coder, str):
            coder = self._project.coders.get(coder)
        coder = coder or self._project.require_coder()
        self._project.rounds.refuse_edit(transcript.id, coder.id)
        self._refuse(transcript, start, end, code, coder)
        coding = Coding(new_id(), transcript.id, start, end, code.id, coder.id, now())
        with self._project.act("coding.add") as act:
            act.insert("codings", _row(coding, transcript))
        return coding

    def add_all(self, new: Iterable[tuple[Transcript, int, int, Code, Coder]]) -> list[Coding]:
        """Add many codings as one act; the caller has checked that they fit their texts."""
        moment = now()
        made = [
            (Coding(new_id(), transcript.id, start, end, code.id, coder.id, moment), transcript)
            for transcript, start, end, code, coder in new
        ]
        for place in {(coding.transcript_id, coding.coder_id) for coding, _transcript in made}:
            self._project.rounds.refuse_edit(*place)
        with self._project.act("codings.import") as act:
            act.insert_all("codings", [_row(coding, transcript) for coding, transcript in made])
        return [coding for coding, _transcript in made]

    def take(self, codings: Iterable[Coding], transcripts: Mapping[str, Transcript]) -> None:
        """Take in codings made elsewhere, with their ids and moments, as one act.

        `transcripts` are those they are on, by id; the caller has checked that they fit.
        """
        taken = list(codings)
        for place in {(coding.transcript_id, coding.coder_id) for coding in taken}:
            self._project.rounds.refuse_edit(*place)
        with self._project.act("codings.import") as act:
            act.insert_all("codings", [_row(coding, transcripts[coding.transcript_id]) for coding in taken])

    def remove(self, coding: Coding) -> None:
        """Take a coding away, with the memos on it."""
        self._project.rounds.refuse_edit(coding.transcript_id, coding.coder_id)
        with self._project.act("coding.remove") as act:
            for memo in self._project.memos.of("coding", coding.id):
                act.delete("memos", memo.id)
            act.delete("codings", coding.id)

    def move(self, coding: Coding, start: int, end: int) -> Coding:
        """Give a coding other edges."""
        self._project.rounds.refuse_edit(coding.transcript_id, coding.coder_id)
        transcript = self._project.transcripts.get(coding.transcript_id)
        problem = span_problem(transcript, start, end)
        if problem:
            raise InputError(problem)
        with self._project.act("coding.edges") as act:
            act.update("codings", coding.id, start=start, end=end)
        return self.get(coding.id)

    def recode(self, coding: Coding, code: Code) -> Coding:
        """Give a coding another code."""
        self._project.rounds.refuse_edit(coding.transcript_id, coding.coder_id)
        with self._project.act("coding.recode") as act:
            act.update("codings", coding.id, code_id=code.id)
        return self.get(coding.id)

    def _refuse(self, transcript: Transcript, start: int, end: int, code: Code, coder: Coder) -> None:
        if coder.kind is CoderKind.AUDITOR:
            raise InputError(_("{name} reads along as auditor and does not code.").format(name=coder.name))
        problem = span_problem(transcript, start, end)
        if problem:
            raise InputError(problem)
        if code.retired:
            raise InputError(_("The code “{code}” is retired. Choose another one.").format(code=code.slug))
        twin = self._select(
            "SELECT 1 FROM codings WHERE transcript_id = ? AND start = ? AND end = ? AND code_id = ? AND coder_id = ?",
            [transcript.id, start, end, code.id, coder.id],
        )
        if twin:
            raise InputError(_("This fragment has the code “{code}” already.").format(code=str(code.name)))


def _row(coding: Coding, transcript: Transcript) -> rows.Row:
    return {
        "id": coding.id,
        "transcript_id": coding.transcript_id,
        "text_hash": transcript.text_hash,
        "start": coding.start,
        "end": coding.end,
        "code_id": coding.code_id,
        "coder_id": coding.coder_id,
        "created_at": coding.created_at,
        "decision_id": coding.decision_id,
    }
