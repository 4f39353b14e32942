"""Whether what was frozen is what its coders had fixed, and what can be claimed because of it.

All of it follows from the records of the file alone: commitments, what was shown of them, keys and freezes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.errors import ConflictError
from qualcode.i18n import N_, Labelled, _
from qualcode.model import Coding
from qualcode.store.records.base import OpenFile
from qualcode.store.records.commitments import marks
from qualcode.store.records.seals import Round, Seals
from qualcode.store.records.unsealed import every_coding

if TYPE_CHECKING:
    from qualcode.store.file import rows
    from qualcode.store.records.commitments import Commitment, Commitments, Reveal
    from qualcode.store.records.people import Keys
    from qualcode.store.records.transcripts import Transcripts


@dataclass(frozen=True, slots=True)
class Freeze:
    """An interview as all coders of a round had coded it; `codebook` is the version of the codebook."""

    id: str
    round_id: str
    transcript_id: str
    text_hash: str
    codebook: str
    codings: tuple[Coding, ...]
    at: str


class Lacking(Labelled):
    """Why the reading of a coder cannot be frozen yet."""

    FIXED = "not-fixed", N_("not done yet")
    SHOWN = "not-shown", N_("done; what was marked is still to come")
    HERE = "not-here", N_("shown; the codings are still to come")
    SAME = "other", N_("not what was fixed at “done”")


class Unproved(Labelled):
    """Why a sealed reading is not proved to have been independent."""

    OLDER = "older", N_("made by an older version, which fixed nothing beforehand")
    OTHER = "other", N_("what is frozen is not what was fixed at “done”")
    UNSIGNED = "unsigned", N_("not signed by all coders")
    FORGED = "forged", N_("a signature does not fit")
    ONE_MACHINE = "one-machine", N_("both worked on one machine")


class Proofs(Seals):
    """Readings held against what was fixed of them."""

    def __init__(
        self, file: OpenFile, transcripts: Transcripts, commitments: Commitments, keys: Keys
    ) -> None:
        super().__init__(file)
        self._transcripts = transcripts
        self._commitments = commitments
        self._keys = keys

    def freezes(self, one: Round | None = None) -> list[Freeze]:
        """The frozen interviews (of one round), in the order in which they froze."""
        where, values = ("WHERE round_id = ?", [one.id]) if one else ("", [])
        found = self._file.select(f"SELECT * FROM freezes {where} ORDER BY at, id", values)
        aliases = self._aliases() if found else {}
        return [_freeze(row, aliases) for row in found]

    def lacking(self, one: Round, transcript_id: str, coder_id: str) -> Lacking | None:
        """Why a coder's reading of an interview cannot be frozen yet; `None` if it is here as it was fixed."""
        commitment = self._commitments.of(one, transcript_id).get(coder_id)
        if commitment is None:
            return Lacking.FIXED
        reveal = self._commitments.reveals().get(commitment.id)
        if reveal is None:
            return Lacking.SHOWN
        transcript = self._transcripts.get(transcript_id)
        here = [c for c in every_coding(self._file, transcript=transcript) if c.coder_id == coder_id]
        if self._bears_out(reveal, commitment) and self._is_as_fixed(reveal, here, transcript.text_hash):
            return None
        return Lacking.SAME if here or reveal.hash != commitment.hash else Lacking.HERE

    def doubts(self, freeze: Freeze) -> list[Unproved]:
        """Why what was frozen is not proved to be of people who did not know of each other's work; empty if it is."""
        one = self.get(freeze.round_id)
        if not one.commits:
            return [Unproved.OLDER]
        if not self._is_borne_out(one, freeze):
            return [Unproved.OTHER]
        fixed, shown = self._commitments.of(one, freeze.transcript_id), self._commitments.reveals()
        keys = {key.id: key for key in self._keys.all()}
        used = {who: keys.get(fixed[who].key_id or "") for who in one.coders}
        found = []
        if any(key is None or key.coder_id != who for who, key in used.items()):
            found.append(Unproved.UNSIGNED)
        said = [(key, each) for who, key in used.items() for each in (fixed[who], shown[fixed[who].id])]
        if any(key is not None and not each.is_signed_by(key.public, self._file.id) for key, each in said):
            found.append(Unproved.FORGED)
        if len({key.machine if key else "" for key in used.values()}) < len(used):
            found.append(Unproved.ONE_MACHINE)
        return found

    def refuse_broken_seals(self, source: str, known: Collection[str]) -> None:
        """Raise `ConflictError` for interviews that came in as frozen, or opened, and are not by what was fixed.

        `known` are the freezes and openings (ids) that were here before.
        """
        self._refuse_fixed_anew(source)
        rounds = {one.id: one for one in self.all()}
        for row in self._file.select("SELECT id, round_id, transcript_id, coder_id FROM openings"):
            if row["id"] not in known and row["coder_id"] not in self._starters(row["round_id"]):
                raise self._broken(source, rounds[row["round_id"]], row["transcript_id"])
        ids = {row["id"] for row in self._file.select("SELECT id FROM freezes")}
        for freeze in self.freezes() if not ids <= set(known) else ():
            one = rounds[freeze.round_id]
            if freeze.id not in known and one.commits and not self._is_borne_out(one, freeze):
                raise self._broken(source, one, freeze.transcript_id)

    def refuse_other_readings(self, source: str, coder_id: str, shown: Collection[str]) -> None:
        """Raise `ConflictError` if what came in of a coder (`shown`: reveals) is not what they had fixed."""
        whose = self._aliases().get(coder_id, coder_id)
        reveals = self._commitments.reveals()
        for commitment in self._commitments.all():
            if commitment.coder_id != whose or commitment.id not in shown or commitment.id not in reveals:
                continue
            reveal, one = reveals[commitment.id], self.get(commitment.round_id)
            if not (self._bears_out(reveal, commitment) and self._was_so(reveal)):
                raise ConflictError(
                    _(
                        "What {name} marked in {interview} is not what was fixed at “done” in {round}: {source} does "
                        "not hold it as it was. Nothing was taken in. Whoever started the round can open the seal, "
                        "with a reason; then it counts as opened early."
                    ).format(
                        name=self._name(whose),
                        interview=self.names([commitment.transcript_id]),
                        round=one.label,
                        source=source,
                    )
                )

    def _refuse_fixed_anew(self, source: str) -> None:
        """Raise `ConflictError` if something was fixed anew after readings were shown because of it."""
        fixed = {commitment.id for commitment in self._commitments.all()}
        for reveal in self._commitments.reveals().values():
            if reveal.id not in fixed:
                continue  # it was taken back before anybody had it
            for key, _hash in json.loads(reveal.rests_on):
                if key not in fixed:
                    raise ConflictError(
                        _(
                            "{name} fixed {interview} anew, after another had shown their reading because of it. "
                            "Nothing of {source} was taken in. Whoever started the round can open the seal, with a "
                            "reason."
                        ).format(
                            name=self._who_fixed(key),
                            interview=self.names([reveal.transcript_id]),
                            source=source,
                        )
                    )

    def _who_fixed(self, commitment_id: str) -> str:
        entries = self._file.journal.of_row("commitments", commitment_id)
        made = (change.after for entry in entries for change in entry.changes if change.id == commitment_id)
        return next((self._name(row["coder_id"]) for row in made if row), "?")

    def _was_so(self, reveal: Reveal) -> bool:
        """Whether the journal, up to where a reading was shown, holds the codings that it says, and no others."""
        journal = self._file.journal
        shown_by = journal.of_row("reveals", reveal.id)[0]
        transcript = self._transcripts.get(reveal.transcript_id)
        here = {
            c.id for c in every_coding(self._file, transcript=transcript) if c.coder_id == reveal.coder_id
        }
        aliases, then = self._aliases(), []
        for key in here | {mark[3] for mark in json.loads(reveal.reading)["codings"]}:
            row: rows.Row = {}
            for entry in journal.of_row("codings", key):
                for change in entry.changes:
                    if change.id == key and (entry.tick, entry.id) <= (shown_by.tick, shown_by.id):
                        row = {} if change.after is None else {**row, **change.after}
            if row:
                then.append(row)
        codings = [
            Coding(
                row["id"],
                row["transcript_id"],
                row["start"],
                row["end"],
                str(aliases.get(row["code_id"], row["code_id"])),
                reveal.coder_id,
                row["created_at"],
            )
            for row in then
        ]
        texts = {row["text_hash"] for row in then}
        return self._is_as_fixed(reveal, codings, texts.pop() if len(texts) == 1 else "")

    def _starters(self, round_id: str) -> set[str]:
        """Who started a round: two people may have started the same one apart, which is one round then."""
        aliases = self._aliases()
        same = [round_id, *(one for one, canonical in aliases.items() if canonical == round_id)]
        made = [
            change.after["coder_id"]
            for one in same
            for entry in self._file.journal.of_row("rounds", one)
            for change in entry.changes
            if change.id == one and change.before is None and change.after
        ]
        return {aliases.get(coder, coder) for coder in made}

    def _is_borne_out(self, one: Round, freeze: Freeze) -> bool:
        """Whether all that was frozen of an interview is what its coders had fixed."""
        fixed, shown = self._commitments.of(one, freeze.transcript_id), self._commitments.reveals()
        for who in one.coders:
            reveal = shown.get(fixed[who].id) if who in fixed else None
            mine = [coding for coding in freeze.codings if coding.coder_id == who]
            if reveal is None or not self._bears_out(reveal, fixed[who]):
                return False
            if not self._is_as_fixed(reveal, mine, freeze.text_hash):
                return False
        return True

    def _bears_out(self, reveal: Reveal, commitment: Commitment) -> bool:
        """Whether what was shown is what was fixed, of this interview, and rests on all that is fixed now."""
        said, aliases = json.loads(reveal.reading), self._aliases()
        about = {
            "round": commitment.round_id,
            "interview": commitment.transcript_id,
            "coder": commitment.coder_id,
        }
        fixed = self._commitments.of(self.get(commitment.round_id), commitment.transcript_id).values()
        return (
            reveal.hash == commitment.hash
            and all(aliases.get(said[name], said[name]) == value for name, value in about.items())
            and json.loads(reveal.rests_on) == sorted([c.id, c.hash] for c in fixed)
        )

    def _is_as_fixed(self, reveal: Reveal, codings: Iterable[Coding], text_hash: str) -> bool:
        """Whether codings on a text are those of a reading; their edges may differ where it was corrected since."""
        said, aliases = json.loads(reveal.reading), self._aliases()
        fixed = sorted(
            [start, end, aliases.get(code, code), key] for start, end, code, key in said["codings"]
        )
        here = marks(codings)
        if said["text"] == text_hash:
            return fixed == here
        return sorted(mark[2:] for mark in fixed) == sorted(mark[2:] for mark in here)

    def _broken(self, source: str, one: Round, transcript_id: str) -> ConflictError:
        return ConflictError(
            _(
                "{source} says that the seal of {name} in {round} is open, but what its coders fixed at “done” does "
                "not bear that out. Nothing was taken in. Whoever started the round can open the seal, with a reason."
            ).format(source=source, name=self.names([transcript_id]), round=one.label)
        )

    def _name(self, coder_id: str) -> str:
        return "".join(
            row["name"] for row in self._file.select("SELECT name FROM coders WHERE id = ?", [coder_id])
        )

    def _aliases(self) -> dict[str, str]:
        return {row["id"]: row["canonical"] for row in self._file.select("SELECT id, canonical FROM aliases")}


def _freeze(row: rows.Row, aliases: dict[str, str]) -> Freeze:
    codings = tuple(
        Coding(
            c.id,
            c.transcript_id,
            c.start,
            c.end,
            aliases.get(c.code_id, c.code_id),
            aliases.get(c.coder_id, c.coder_id),
            c.created_at,
        )
        for c in unpacked(row["codings"], row["transcript_id"])
    )
    return Freeze(
        row["id"],
        row["round_id"],
        row["transcript_id"],
        row["text_hash"],
        row["codebook"],
        codings,
        row["at"],
    )


def unpacked(text: str, transcript_id: str) -> tuple[Coding, ...]:
    """The codings that were kept."""
    return tuple(
        Coding(key, transcript_id, start, end, code_id, coder_id, made)
        for coder_id, start, end, code_id, key, made in json.loads(text)
    )
