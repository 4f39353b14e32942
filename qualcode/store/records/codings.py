"""The coded fragments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.errors import InputError, NotFoundError, QualcodeError, SealedError
from qualcode.i18n import _
from qualcode.model import Code, Coder, CoderKind, Coding, Transcript, new_id, now
from qualcode.store.file import rows
from qualcode.store.records.base import OpenFile, Records
from qualcode.store.records.unsealed import every_coding, every_memo
from qualcode.text.graphemes import splits_cluster
from qualcode.text.spans import Span

if TYPE_CHECKING:
    from qualcode.store.records.codebook import CodebookStore
    from qualcode.store.records.people import Coders
    from qualcode.store.records.seals import Seals
    from qualcode.store.records.transcripts import Transcripts

CodingKey = tuple[str, int, int, str, str]
"""Transcript, start, end, code and coder (ids)."""

COLUMNS = (
    *("transcript", "case", "informant", "start", "end", "code", "coder", "text", "memo"),
    *("code_name", "parent", "turn", "speaker", "made_at", "id", "role"),
)
"""The columns of a table of codings, in their order; they never change, only grow."""


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


class Codings(Records):
    """Codings in the order of the text. Read are those that the person at work may see (`seals`)."""

    def __init__(
        self,
        file: OpenFile,
        transcripts: Transcripts,
        codebook: CodebookStore,
        coders: Coders,
        seals: Seals,
    ) -> None:
        super().__init__(file)
        self._transcripts = transcripts
        self._codebook = codebook
        self._coders = coders
        self._seals = seals

    def all(
        self, *, transcript: Transcript | None = None, code: Code | None = None, coder: Coder | None = None
    ) -> list[Coding]:
        """Codings by place; only those of a transcript, code or coder, if asked."""
        return self._seals.visible(every_coding(self._file, transcript=transcript, code=code, coder=coder))

    def get(self, coding_id: str) -> Coding:
        """One coding by its id; raises `NotFoundError`."""
        found = self._seals.visible(every_coding(self._file, coding_id=coding_id))
        if not found:
            raise NotFoundError(_("This coding is no longer in the project."))
        return found[0]

    def keys_sealed_or_not(self) -> dict[CodingKey, str]:
        """What every coding is known by, with its id: to find out whether a coding that comes in is there already.

        Not to be shown: it holds what is sealed as well.
        """
        return {
            (c.transcript_id, c.start, c.end, c.code_id, c.coder_id): c.id for c in every_coding(self._file)
        }

    def records(self, codings: Iterable[Coding] | None = None) -> list[dict[str, Any]]:
        """These codings (default: all that may be seen) as mappings with names, words and memos.

        They come in the order of the interviews and their texts. The keys are
        `qualcode.store.records.codings.COLUMNS`; what is not known is `None`.
        """
        transcripts = {transcript.id: transcript for transcript in self._transcripts.all()}
        order = {transcript_id: n for n, transcript_id in enumerate(transcripts)}
        codes = {code.id: code for code in self._codebook.all(retired=True)}
        coders = {coder.id: coder.name for coder in self._coders.all()}
        shown = self._seals.visible(every_coding(self._file) if codings is None else codings)
        memos = self._memos(shown)
        records = []
        for coding in sorted(shown, key=lambda c: (order[c.transcript_id], c.start, -c.end, c.id)):
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
                transcript.role_in(coding.span),
            )
            records.append(dict(zip(COLUMNS, values, strict=True)))
        return records

    def _memos(self, codings: Iterable[Coding]) -> dict[str, str]:
        """All memos on these codings, those on one coding line by line."""
        ids = {coding.id for coding in codings}
        found: dict[str, str] = {}
        for memo in every_memo(self._file):
            if memo.target_kind == "coding" and memo.target_id in ids:
                found[memo.target_id] = "\n".join(filter(None, (found.get(memo.target_id), memo.text)))
        return found

    def to_frame(self) -> Any:
        """The same as a data frame: of pandas, or of polars if only that is installed."""
        return frame(self.records(), COLUMNS)

    def counts(self, coder: Coder | None = None) -> dict[str, int]:
        """Number of codings per code id; codes without any are left out."""
        return dict(Counter(coding.code_id for coding in self.all(coder=coder)))

    def hand_over(self, source: Code, target: Code) -> int:
        """Give all codings of a code to another one; returns how many of those that may be seen it took over.

        Where a coder gave both codes to the same words, one coding is left. While anything is sealed codes stay
        apart (`SealedError`): it would change what others read.
        """
        if sealed := self._seals.sealed():
            raise SealedError(
                _(
                    "Codes are merged when nothing is sealed, for it changes how others read: {names} still is. "
                    "Write down why they belong together in a memo on the code, or close that round first."
                ).format(names=self._seals.names(sealed))
            )
        there = {(c.transcript_id, c.start, c.end, c.coder_id) for c in every_coding(self._file, code=target)}
        taken = []
        with self._file.transaction("code.merge"):
            for coding in every_coding(self._file, code=source):
                if (coding.transcript_id, coding.start, coding.end, coding.coder_id) in there:
                    self.remove(coding)
                else:
                    self.recode(coding, target)
                    taken.append(coding)
        return len(self._seals.visible(taken))

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
            transcript = self._transcripts.get(transcript)
        if isinstance(code, str):
            code = self._codebook.get(code)
        if isinstance(coder, str):
            coder = self._coders.get(coder)
        coder = coder or self._file.require_coder()
        self._seals.refuse_edit(transcript.id, coder.id)
        self._refuse(transcript, start, end, code, coder)
        coding = Coding(new_id(), transcript.id, start, end, code.id, coder.id, now())
        with self._file.transaction("coding.add") as transaction:
            transaction.insert("codings", _row(coding, transcript))
        return coding

    def add_all(self, new: Iterable[tuple[Transcript, int, int, Code, Coder]]) -> list[Coding]:
        """Add many codings as one act; the caller has checked that they fit their texts."""
        moment = now()
        made = [
            (Coding(new_id(), transcript.id, start, end, code.id, coder.id, moment), transcript)
            for transcript, start, end, code, coder in new
        ]
        for place in {(coding.transcript_id, coding.coder_id) for coding, _transcript in made}:
            self._seals.refuse_edit(*place)
        with self._file.transaction("codings.import") as transaction:
            transaction.insert_all("codings", [_row(coding, transcript) for coding, transcript in made])
        return [coding for coding, _transcript in made]

    def take(self, codings: Iterable[Coding], transcripts: Mapping[str, Transcript]) -> None:
        """Take in codings made elsewhere, with their ids and moments, as one act.

        `transcripts` are those they are on, by id; the caller has checked that they fit.
        """
        taken = list(codings)
        for place in {(coding.transcript_id, coding.coder_id) for coding in taken}:
            self._seals.refuse_edit(*place)
        with self._file.transaction("codings.import") as transaction:
            transaction.insert_all(
                "codings", [_row(coding, transcripts[coding.transcript_id]) for coding in taken]
            )

    def remove(self, coding: Coding) -> None:
        """Take a coding away, with the memos on it."""
        self._seals.refuse_edit(coding.transcript_id, coding.coder_id)
        with self._file.transaction("coding.remove") as transaction:
            for memo in every_memo(self._file, "coding", coding.id):
                transaction.delete("memos", memo.id)
            transaction.delete("codings", coding.id)

    def move(self, coding: Coding, start: int, end: int) -> Coding:
        """Give a coding other edges."""
        self._seals.refuse_edit(coding.transcript_id, coding.coder_id)
        transcript = self._transcripts.get(coding.transcript_id)
        problem = span_problem(transcript, start, end)
        if problem:
            raise InputError(problem)
        with self._file.transaction("coding.edges") as transaction:
            transaction.update("codings", coding.id, start=start, end=end)
        return every_coding(self._file, coding_id=coding.id)[0]

    def recode(self, coding: Coding, code: Code) -> Coding:
        """Give a coding another code."""
        self._seals.refuse_edit(coding.transcript_id, coding.coder_id)
        with self._file.transaction("coding.recode") as transaction:
            transaction.update("codings", coding.id, code_id=code.id)
        return every_coding(self._file, coding_id=coding.id)[0]

    def _refuse(self, transcript: Transcript, start: int, end: int, code: Code, coder: Coder) -> None:
        if coder.kind is CoderKind.AUDITOR:
            raise InputError(_("{name} reads along as auditor and does not code.").format(name=coder.name))
        problem = span_problem(transcript, start, end)
        if problem:
            raise InputError(problem)
        if code.retired:
            raise InputError(_("The code “{code}” is retired. Choose another one.").format(code=code.slug))
        twin = self._file.select(
            "SELECT 1 FROM codings WHERE transcript_id = ? AND start = ? AND end = ? AND code_id = ? AND coder_id = ?",
            [transcript.id, start, end, code.id, coder.id],
        )
        if twin:
            raise InputError(_("This fragment has the code “{code}” already.").format(code=str(code.name)))


def _row(coding: Coding, transcript: Transcript) -> rows.Row:
    return {**rows.of(coding), "text_hash": transcript.text_hash}


class Refusals(Records):
    """Refused places, per coder and code. A place counts as long as the text is the same."""

    def of(self, code: Code, coder: Coder | None) -> list[tuple[str, Span]]:
        """What a coder refused for a code: (transcript id, place)."""
        rows = self._file.select(
            "SELECT r.transcript_id, r.start, r.end FROM refusals r JOIN transcripts t "
            "ON t.id = r.transcript_id AND t.text_hash = r.text_hash "
            "WHERE r.code_id = ? AND r.coder_id = ? ORDER BY r.transcript_id, r.start",
            [code.id, coder.id if coder else ""],
        )
        return [(row["transcript_id"], Span(row["start"], row["end"])) for row in rows]

    def add(self, code: Code, coder: Coder | None, transcript: Transcript, span: Span) -> None:
        """Remember a refusal."""
        key = [coder.id if coder else "", code.id, transcript.id, transcript.text_hash, *span]
        with self._file.unjournaled() as db:
            db.execute("INSERT OR IGNORE INTO refusals VALUES (?, ?, ?, ?, ?, ?)", key)

    def remove(self, code: Code, coder: Coder | None, transcript: Transcript, span: Span) -> None:
        """Take a refusal back."""
        key = [coder.id if coder else "", code.id, transcript.id, *span]
        with self._file.unjournaled() as db:
            db.execute(
                "DELETE FROM refusals WHERE coder_id = ? AND code_id = ? AND transcript_id = ? "
                "AND start = ? AND end = ?",
                key,
            )
