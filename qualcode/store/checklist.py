"""The checklist of the project: dimensions and criteria with a good and a poor pole."""

from __future__ import annotations

import json

from qualcode.i18n import Bilingual
from qualcode.model import Checklist, Criterion, Dimension
from qualcode.store import rows
from qualcode.store.room import Room


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
