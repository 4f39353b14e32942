"""Codings made on an older version of a text, carried to the version that holds now.

Somebody corrected the text on one laptop while somebody else coded on on the other. Where a
coding goes depends on the two texts alone, so both laptops come to the same place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from qualcode.store import rows
from qualcode.text.graphemes import whole_clusters
from qualcode.text.revisions import Carrier, differences
from qualcode.text.spans import Span

if TYPE_CHECKING:
    from qualcode.store.project import Project

# tables of records that hold a place in a text
PLACED = ("codings", "theme_quotes")


def carry_along(project: Project, transcript_ids: Collection[str] | None = None) -> int:
    """Carry what stands on an older text (of these interviews, or of all) as one act; returns how many codings moved.

    A coding whose words were all deleted stays on the word beside that place, to be looked at.
    """
    carriers: dict[tuple[str, str], Callable[[Span], Span]] = {}
    moved = 0
    ids = sorted(transcript_ids or ())
    only = f"AND p.transcript_id IN ({', '.join('?' * len(ids))})" if transcript_ids is not None else ""
    with project.act("codings.carry") as act:
        for table in PLACED:
            behind = rows.select(
                project.db,
                f"SELECT p.id, p.start, p.end, p.text_hash AS old, t.text_hash AS new FROM {table} p "
                f"JOIN transcripts t ON t.id = p.transcript_id WHERE p.text_hash <> t.text_hash {only} "
                "ORDER BY p.id",
                ids,
            )
            for row in behind:
                versions = (row["old"], row["new"])
                if versions not in carriers:
                    carriers[versions] = _carrier(*(_text(project, one) for one in versions))
                place = carriers[versions](Span(row["start"], row["end"]))
                act.update(table, row["id"], start=place.start, end=place.end, text_hash=row["new"])
            moved += len(behind) if table == "codings" else 0
    return moved


def _carrier(old: str, new: str) -> Callable[[Span], Span]:
    carrier = Carrier(differences(old, new))

    def carried(span: Span) -> Span:
        found = carrier.span(span)
        if found is None:
            beside = min(carrier.position(span.start), len(new) - 1)
            found = Span(beside, beside + 1)
        return Span(*whole_clusters(new, found.start, found.end))

    return carried


def _text(project: Project, text_hash: str) -> str:
    return str(project.db.execute("SELECT text FROM texts WHERE hash = ?", [text_hash]).fetchone()[0])
