"""What each coder found of every criterion of the checklist, case by case."""

from __future__ import annotations

import json
from collections.abc import Sequence

from qualcode.model import Case, Coder, Criterion, Rating, Verdict, new_id
from qualcode.store import rows
from qualcode.store.room import Room


class Ratings(Room):
    """Ratings by criterion, case and coder: one of each."""

    def all(self, *, coder: Coder | None = None) -> list[Rating]:
        """All ratings, or those of one coder; codings that are gone are no evidence any more."""
        where, values = ("WHERE coder_id = ?", [coder.id]) if coder else ("", [])
        found = self._select(f"SELECT * FROM ratings {where} ORDER BY id", values)
        codings = {row["id"] for row in self._select("SELECT id FROM codings")} if found else set()
        return [_rating(row, codings) for row in found]

    def of(self, criterion: Criterion, case: Case, coder: Coder) -> Rating | None:
        """One coder's rating of a case on a criterion, if they gave one."""
        return next(
            (r for r in self.all(coder=coder) if (r.criterion_id, r.case_id) == (criterion.id, case.id)), None
        )

    def rate(
        self,
        criterion: Criterion,
        case: Case,
        coder: Coder,
        verdict: Verdict | None,
        *,
        evidence: Sequence[str] | None = None,
        note: str | None = None,
    ) -> None:
        """Give a case a verdict (`None`: take it back); evidence and note stay as they were unless given."""
        kept = self.of(criterion, case, coder)
        with self._project.act("rating.set" if verdict else "rating.remove") as act:
            if verdict is None:
                if kept:
                    act.delete("ratings", kept.id)
                return
            fields: rows.Row = {"verdict": str(verdict)}
            if evidence is not None:
                fields["evidence"] = json.dumps(list(dict.fromkeys(evidence)))
            if note is not None:
                fields["note"] = note.strip()
            if kept:
                act.update("ratings", kept.id, **fields)
            else:
                row = {"id": new_id(), "criterion_id": criterion.id, "case_id": case.id}
                filled = {"evidence": "[]", "note": "", **fields}
                act.insert("ratings", {**row, "coder_id": coder.id, **filled})


def _rating(row: rows.Row, codings: set[str]) -> Rating:
    return Rating(
        row["id"],
        row["criterion_id"],
        row["case_id"],
        row["coder_id"],
        Verdict(row["verdict"]),
        tuple(one for one in json.loads(row["evidence"]) if one in codings),
        row["note"],
    )
