"""The checklist of the project, and what each coder found of every criterion, case by case."""

from __future__ import annotations

import json
from collections.abc import Sequence

from qualcode.i18n import Bilingual
from qualcode.model import Case, Checklist, Coder, Criterion, Dimension, Rating, Verdict, new_id
from qualcode.store.file import rows
from qualcode.store.records.base import Room


class ChecklistStore(Room):
    """One checklist per project; empty until one is taken in."""

    def book(self) -> Checklist:
        """The whole checklist, as it would be written to a file."""
        about = self._project.settings.get("checklist")
        found = self._select("SELECT * FROM checklist ORDER BY position, id")
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
        old = {row["id"] for row in self._select("SELECT id FROM checklist")}
        with self._project.act("checklist.take") as act:
            for criterion in checklist.criteria:
                row = _row(criterion)
                if criterion.id in old:
                    act.update("checklist", criterion.id, **{k: v for k, v in row.items() if k != "id"})
                else:
                    act.insert("checklist", row)
            for gone in sorted(old - {criterion.id for criterion in checklist.criteria}):
                for row in self._select("SELECT id FROM ratings WHERE criterion_id = ?", [gone]):
                    act.delete("ratings", row["id"])
                act.delete("checklist", gone)
            self._project.settings.set("checklist", _about(checklist))


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
