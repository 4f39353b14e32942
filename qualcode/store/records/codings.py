"""The coded fragments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.errors import InputError, NotFoundError, QualcodeError
from qualcode.i18n import _
from qualcode.model import Code, Coder, CoderKind, Coding, Transcript, new_id, now
from qualcode.store.file import rows
from qualcode.store.file.files import plain_errors
from qualcode.store.records.base import Room
from qualcode.text.graphemes import splits_cluster
from qualcode.text.spans import Span

if TYPE_CHECKING:
    from qualcode.store.project import Project

COLUMNS = (
    *("transcript", "case", "informant", "start", "end", "code", "coder", "text", "memo"),
    *("code_name", "parent", "turn", "speaker", "made_at", "id"),
)
"""The columns of a table of codings, in their order; they never change, only grow."""


def coding_records(project: Project, codings: Iterable[Coding]) -> list[dict[str, Any]]:
    """A record per coding with the keys `COLUMNS`, in the order of the interviews and their texts."""
    transcripts = {transcript.id: transcript for transcript in project.transcripts.all()}
    order = {transcript_id: n for n, transcript_id in enumerate(transcripts)}
    codes = {code.id: code for code in project.codebook.all(retired=True)}
    coders = {coder.id: coder.name for coder in project.coders.all()}
    memos: dict[str, str] = {}
    for memo in project.memos.all():
        if memo.target_kind == "coding":
            memos[memo.target_id] = "\n".join(filter(None, (memos.get(memo.target_id), memo.text)))
    records = []
    for coding in sorted(codings, key=lambda c: (order[c.transcript_id], c.start, -c.end, c.id)):
        transcript, code = transcripts[coding.transcript_id], codes[coding.code_id]
        turn = transcript.turn_at(coding.start)
        values = (
            transcript.name,
            transcript.case or None,
            str(transcript.informant) if transcript.informant else None,
            coding.start,
            coding.end,
            code.slug,
            coders[coding.coder_id],
            coding.span.of(transcript.text),
            memos.get(coding.id),
            str(code.name),
            _slug(codes.get(code.parent_id or "")),
            turn.n if turn else None,
            turn.speaker or None if turn else None,
            coding.created_at,
            coding.id,
        )
        records.append(dict(zip(COLUMNS, values, strict=True)))
    return records


def _slug(code: Code | None) -> str | None:
    return code.slug if code else None


def frame(records: Sequence[dict[str, Any]], columns: Sequence[str]) -> Any:
    """The records as a `pandas.DataFrame`, or a `polars.DataFrame` if only that is installed.

    Raises `QualcodeError` if neither is.
    """
    data = {name: [record[name] for record in records] for name in columns}
    try:
        import pandas

        return pandas.DataFrame(data)
    except ImportError:
        pass
    try:
        import polars

        return polars.DataFrame(data)
    except ImportError:
        pass
    raise QualcodeError(
        _("A data frame takes the library pandas or polars: pip install pandas. (Without: records().)")
    )


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

        The keys are `qualcode.store.records.codings.COLUMNS`; what is not known is `None`.
        """
        return coding_records(self._project, self._project.visible_codings())

    def to_frame(self) -> Any:
        """The same as a data frame: of pandas, or of polars if only that is installed."""
        return frame(self.records(), COLUMNS)

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


class Refusals(Room):
    """Refused places, per coder and code. A place counts as long as the text is the same."""

    def of(self, code: Code, coder: Coder | None) -> list[tuple[str, Span]]:
        """What a coder refused for a code: (transcript id, place)."""
        rows = self._select(
            "SELECT r.transcript_id, r.start, r.end FROM refusals r JOIN transcripts t "
            "ON t.id = r.transcript_id AND t.text_hash = r.text_hash "
            "WHERE r.code_id = ? AND r.coder_id = ? ORDER BY r.transcript_id, r.start",
            [code.id, coder.id if coder else ""],
        )
        return [(row["transcript_id"], Span(row["start"], row["end"])) for row in rows]

    def add(self, code: Code, coder: Coder | None, transcript: Transcript, span: Span) -> None:
        """Remember a refusal."""
        key = [coder.id if coder else "", code.id, transcript.id, transcript.text_hash, *span]
        with plain_errors(self._project.path), self._project.db.atomic():
            self._project.db.execute("INSERT OR IGNORE INTO refusals VALUES (?, ?, ?, ?, ?, ?)", key)

    def remove(self, code: Code, coder: Coder | None, transcript: Transcript, span: Span) -> None:
        """Take a refusal back."""
        key = [coder.id if coder else "", code.id, transcript.id, *span]
        with plain_errors(self._project.path), self._project.db.atomic():
            self._project.db.execute(
                "DELETE FROM refusals WHERE coder_id = ? AND code_id = ? AND transcript_id = ? "
                "AND start = ? AND end = ?",
                key,
            )
