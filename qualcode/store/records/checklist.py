"""The checklist of the project, and what each coder found of every criterion, case by case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.i18n import Bilingual
from qualcode.model import SIDES, Case, Checklist, Coder, Criterion, Dimension, Rating, Verdict, new_id
from qualcode.store.records.base import OpenFile, Records

if TYPE_CHECKING:
    from qualcode.store.file import rows
    from qualcode.store.records.seals import Seals
    from qualcode.store.records.settings import Settings


class ChecklistStore(Records):
    """One checklist per project; empty until one is taken in."""

    def __init__(self, file: OpenFile, settings: Settings) -> None:
        super().__init__(file)
        self._settings = settings

    def book(self) -> Checklist:
        """The whole checklist, as it would be written to a file."""
        about = self._settings.get("checklist")
        found = self._file.select("SELECT * FROM checklist ORDER BY position, id")
        return Checklist(
            name=about.get("name", ""),
            title=Bilingual(**about.get("title", {})),
            description=Bilingual(**about.get("description", {})),
            source=about.get("source", ""),
            dimensions=tuple(
                Dimension(slug, Bilingual(**name)) for slug, name in about.get("dimensions", [])
            ),
            criteria=tuple(_criterion(row) for row in found),
        )

    def take(self, checklist: Checklist) -> None:
        """Put a checklist in the place of the one there is; criteria of the same id are kept."""
        old = {row["id"] for row in self._file.select("SELECT id FROM checklist")}
        with self._file.transaction("checklist.take") as transaction:
            for criterion in checklist.criteria:
                row = _row(criterion)
                if criterion.id in old:
                    transaction.update(
                        "checklist", criterion.id, **{k: v for k, v in row.items() if k != "id"}
                    )
                else:
                    transaction.insert("checklist", row)
            for gone in sorted(old - {criterion.id for criterion in checklist.criteria}):
                for row in self._file.select("SELECT id FROM ratings WHERE criterion_id = ?", [gone]):
                    transaction.delete("ratings", row["id"])
                transaction.delete("checklist", gone)
            self._settings.set("checklist", _about(checklist))


def _about(checklist: Checklist) -> dict[str, object]:
    return {
        "name": checklist.name,
        "title": _both(checklist.title),
        "description": _both(checklist.description),
        "source": checklist.source,
        "dimensions": [[d.slug, _both(d.name)] for d in checklist.dimensions],
    }


def _both(text: Bilingual) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}


def _row(criterion: Criterion) -> rows.Row:
    return {
        "id": criterion.id,
        "slug": criterion.slug,
        "dimension": criterion.dimension,
        "position": criterion.position,
        "good_nl": criterion.good.nl,
        "good_en": criterion.good.en,
        "poor_nl": criterion.poor.nl,
        "poor_en": criterion.poor.en,
        "codes": json.dumps(list(criterion.codes)),
    }


def _criterion(row: rows.Row) -> Criterion:
    return Criterion(
        id=row["id"],
        slug=row["slug"],
        dimension=row["dimension"],
        good=Bilingual(row["good_nl"], row["good_en"]),
        poor=Bilingual(row["poor_nl"], row["poor_en"]),
        codes=tuple(json.loads(row["codes"])),
        position=row["position"],
    )


class Ratings(Records):
    """Ratings by criterion, case and coder: one of each."""

    def __init__(self, file: OpenFile, seals: Seals) -> None:
        super().__init__(file)
        self._seals = seals

    def all(self, *, coder: Coder | None = None) -> list[Rating]:
        """All ratings, or those of one coder; codings that are gone are no evidence any more.

        Those of others on a case with an interview that is sealed are left out.
        """
        sealed = self._seals.sealed()
        cases = {
            row["case_id"]
            for row in (self._file.select("SELECT id, case_id FROM transcripts") if sealed else ())
            if row["id"] in sealed
        }
        own = self._seals.own()
        return [one for one in self._every(coder) if one.case_id not in cases or one.coder_id in own]

    def _every(self, coder: Coder | None) -> list[Rating]:
        where, values = ("WHERE coder_id = ?", [coder.id]) if coder else ("", [])
        found = self._file.select(f"SELECT * FROM ratings {where} ORDER BY id", values)
        codings = {row["id"] for row in self._file.select("SELECT id FROM codings")} if found else set()
        return [_rating(row, codings) for row in found]

    def of(self, criterion: Criterion, case: Case, coder: Coder) -> Rating | None:
        """One coder's rating of a case on a criterion, if they gave one."""
        return _rating_of(self.all(coder=coder), criterion, case)

    def rate(
        self,
        criterion: Criterion,
        case: Case,
        coder: Coder,
        verdict: Verdict | None,
        *,
        evidence: Sequence[str] | Mapping[str, Verdict | None] | None = None,
        note: str | None = None,
    ) -> None:
        """Give a case a verdict (`None`: take it back); evidence and note stay as they were unless given.

        `evidence` are ids of codings, which speak for the side of the verdict, or these with the side of each.
        """
        kept = _rating_of(self._every(coder), criterion, case)
        if verdict is None:
            if kept:
                with self._file.transaction("rating.remove") as transaction:
                    transaction.delete("ratings", kept.id)
            return
        with self._file.transaction("rating.set") as transaction:
            fields: rows.Row = {"verdict": str(verdict)}
            if evidence is not None:
                own = verdict if verdict in SIDES else None
                said = evidence if isinstance(evidence, Mapping) else dict.fromkeys(evidence, own)
                fields["evidence"] = json.dumps(list(said))
                fields["sides"] = json.dumps({coding: str(side) for coding, side in said.items() if side})
            if note is not None:
                fields["note"] = note.strip()
            if kept:
                transaction.update("ratings", kept.id, **fields)
            else:
                row = {"id": new_id(), "criterion_id": criterion.id, "case_id": case.id}
                filled = {"evidence": "[]", "sides": "{}", "note": "", **fields}
                transaction.insert("ratings", {**row, "coder_id": coder.id, **filled})


def _rating_of(ratings: Iterable[Rating], criterion: Criterion, case: Case) -> Rating | None:
    return next((r for r in ratings if (r.criterion_id, r.case_id) == (criterion.id, case.id)), None)


def _rating(row: rows.Row, codings: set[str]) -> Rating:
    return Rating(
        row["id"],
        row["criterion_id"],
        row["case_id"],
        row["coder_id"],
        Verdict(row["verdict"]),
        tuple(one for one in json.loads(row["evidence"]) if one in codings),
        row["note"],
        {coding: Verdict(side) for coding, side in json.loads(row["sides"]).items()},
    )
