"""`qualcode transcripts list|show`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualcode.cli.common import emit, json_option, project_argument, said_plainly, table
from qualcode.i18n import _
from qualcode.model import Transcript


@click.group("transcripts", help=_("List the interviews, or show one."))
def command() -> None:
    """Group of verbs on transcripts."""


@command.command("list", help=_("List the interviews of PROJECT."))
@project_argument
@json_option
@said_plainly
def list_(project: Path, as_json: bool) -> None:
    """List the transcripts with their case, informant, size and codings."""
    from qualcode.store.project import open_project
    from qualcode.store.records.pseudonyms import PseudonymStore

    with open_project(project) as opened:
        transcripts = opened.transcripts.all()
        states = PseudonymStore(opened).states()
        counts: dict[str, int] = {}
        for coding in opened.codings.all():
            counts[coding.transcript_id] = counts.get(coding.transcript_id, 0) + 1
        names = {coder.id: coder.name for coder in opened.coders.all()}
        done = opened.progress.done()
    data = [
        {
            **about(transcript),
            "turns": len(transcript.turns),
            "characters": len(transcript.text),
            "words": len(transcript.text.split()),
            "codings": counts.get(transcript.id, 0),
            "done": sorted(names[coder] for where, coder in done if where == transcript.id),
            "names": states.get(transcript.id),
        }
        for transcript in transcripts
    ]
    head = [_("name"), _("case"), _("informant"), _("words"), _("codings"), _("names"), _("done")]
    rows = [
        [
            d["name"],
            d["case"] or "–",
            role_label(t),
            d["words"],
            d["codings"],
            d["names"].label if d["names"] else "–",
            ", ".join(d["done"]),
        ]
        for d, t in zip(data, transcripts, strict=True)
    ]
    emit(as_json, {"transcripts": data}, table([head, *rows]))


@command.command("show", help=_("Show the interview TRANSCRIPT of PROJECT."))
@project_argument
@click.argument("transcript")
@json_option
@said_plainly
def show(project: Path, transcript: str, as_json: bool) -> None:
    """Show one transcript with its turns and their places."""
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        found = opened.transcripts.get(transcript)
    data = {
        **about(found),
        "language": found.language,
        "source": found.source,
        "text_hash": found.text_hash,
        "text": found.text,
        "turns": [
            {
                "n": turn.n,
                "start": turn.start,
                "end": turn.end,
                "speaker": turn.speaker,
                "interviewer": turn.interviewer,
                "time_start": turn.time_start,
                "time_end": turn.time_end,
                "part": turn.part,
            }
            for turn in found.turns
        ],
    }
    lines = [f"{found.name} · {_('case')} {found.case or '–'} · {role_label(found)}", ""]
    for turn in found.turns:
        lines.append(f"[{turn.start}–{turn.end}] {turn.speaker}: {found.text[turn.start : turn.end]}")
    emit(as_json, data, lines)


def about(transcript: Transcript) -> dict[str, Any]:
    """What identifies a transcript, for JSON."""
    return {
        "id": transcript.id,
        "name": transcript.name,
        "case": transcript.case or None,
        "informant": str(transcript.informant) if transcript.informant else None,
    }


def role_label(transcript: Transcript) -> str:
    """The informant in the user's language, or a dash."""
    return transcript.informant.label if transcript.informant else "–"
