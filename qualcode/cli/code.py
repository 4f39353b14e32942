"""`qualcode code`: give one fragment a code."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import emit, json_option, project_argument, said_plainly
from qualcode.i18n import _


@click.command(
    "code",
    help=_(
        "Give the fragment START–END of TRANSCRIPT the code CODE. Positions count characters "
        "(code points) of the stored text from 0; END is the first one after the fragment."
    ),
    context_settings={"ignore_unknown_options": True},  # so that -1 is a position, and is refused as one
)
@project_argument
@click.argument("transcript")
@click.argument("start", type=int)
@click.argument("end", type=int)
@click.argument("code")
@click.option("--as", "coder", required=True, metavar=_("CODER"), help=_("Who you are."))
@click.option("--memo", default="", help=_("A note on the coding."))
@json_option
@said_plainly
def command(
    project: Path, transcript: str, start: int, end: int, code: str, coder: str, memo: str, as_json: bool
) -> None:
    """Make one coding."""
    from qualcode.store.project import open_project

    with open_project(project, coder) as opened:
        place = opened.transcripts.get(transcript)
        chosen = opened.codebook.get(code)
        with opened.transaction("coding.add"):
            coding = opened.codings.add(place, start, end, chosen)
            if memo:
                opened.memos.add("coding", coding.id, memo)
        person = opened.require_coder()
    text = place.text[start:end]
    data = {
        "id": coding.id,
        "transcript": place.name,
        "start": start,
        "end": end,
        "text": text,
        "code": chosen.slug,
        "coder": person.name,
    }
    emit(as_json, data, [f"{chosen.name} ({person.name}): {text}"])
