"""`qualcode compare`: where two coders differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualcode.agreement.kinds import Difference, Kind, reconcile
from qualcode.agreement.readings import Mark
from qualcode.cli.common import emit, json_option, project_argument, said_plainly
from qualcode.i18n import _
from qualcode.tasks.comparison import Comparison, compare, two_coders

_QUOTE_LENGTH = 70


@click.command(
    "compare",
    help=_(
        "List where coders A and B differ in PROJECT, passage by passage: in those interviews "
        "that both have marked done."
    ),
)
@project_argument
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option("--transcript", help=_("Only in this interview."))
@click.option("--all", "everything", is_flag=True, help=_("Take all interviews, done or not."))
@click.option("--agreed", is_flag=True, help=_("List what is agreed as well."))
@json_option
@said_plainly
def command(
    project: Path,
    a: str | None,
    b: str | None,
    transcript: str | None,
    everything: bool,
    agreed: bool,
    as_json: bool,
) -> None:
    """List typed differences."""
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        first, second = two_coders(opened, a, b)
        only = [opened.transcripts.get(transcript)] if transcript else None
        comparison = compare(opened, first, second, everything=everything, transcripts=only)
    found = comparison.differences()
    shown = [difference for difference in found if agreed or as_json or not difference.agreed]
    data = {
        "coders": [first.name, second.name],
        "documents": len(comparison.readings),
        "not_done": [t.name for t in comparison.left_out],
        "differences": [_data(comparison, difference) for difference in shown],
        "summary": reconcile(found).to_dict(),
    }
    emit(as_json, data, _lines(comparison, found, shown))


def _data(comparison: Comparison, difference: Difference) -> dict[str, Any]:
    slug = {code.id: code.slug for code in comparison.codes}
    names = {transcript.id: transcript.name for transcript in comparison.transcripts}

    def listed(marks: tuple[Mark, ...]) -> list[dict[str, Any]]:
        found = [comparison.codings[mark.id] for mark in marks]
        return [{"id": c.id, "code": slug[c.code_id], "start": c.start, "end": c.end} for c in found]

    return {
        "type": difference.kind.value,
        "transcript": names[difference.document],
        "a": listed(difference.a),
        "b": listed(difference.b),
        "codes": [slug[code] for code in difference.codes],
        "iou": difference.iou,
        "related": difference.related,
        "beside": [slug[code] for code in difference.beside],
    }


def _lines(comparison: Comparison, found: list[Difference], shown: list[Difference]) -> list[str]:
    transcripts = {transcript.id: transcript for transcript in comparison.transcripts}
    names = {code.id: str(code.name) for code in comparison.codes}
    lines = []
    for difference in shown:
        transcript = transcripts[difference.document]
        codings = [comparison.codings[mark.id] for mark in difference.a + difference.b]
        start, end = min(c.start for c in codings), max(c.end for c in codings)
        words = " ".join(transcript.text[start:end].split())
        short = words if len(words) <= _QUOTE_LENGTH else words[: _QUOTE_LENGTH - 1] + "…"
        sides = " | ".join(
            f"{coder.name}: {', '.join(dict.fromkeys(names[mark.code] for mark in marks)) or '–'}"
            for coder, marks in ((comparison.a, difference.a), (comparison.b, difference.b))
        )
        lines.append(f"{transcript.name} {start}–{end} · {difference.kind.label} · {sides} · “{short}”")
    places = reconcile(found).places
    counted = ", ".join(f"{kind.label} {places[kind]}" for kind in Kind)
    left = (
        [_("Not marked done by both: {n}.").format(n=len(comparison.left_out))] if comparison.left_out else []
    )
    return [*lines, counted, *left]
