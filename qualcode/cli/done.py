"""`qualcode done`: a coder has finished a transcript."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import emit, json_option, project_argument, said_plainly
from qualcode.i18n import _


@click.command("done", help=_("Say that you have finished coding TRANSCRIPTS (without any: all) of PROJECT."))
@project_argument
@click.argument("transcripts", nargs=-1)
@click.option("--as", "coder", required=True, metavar=_("CODER"), help=_("Who you are."))
@click.option("--not", "reopen", is_flag=True, help=_("Say that you have not finished after all."))
@json_option
@said_plainly
def command(project: Path, transcripts: tuple[str, ...], coder: str, reopen: bool, as_json: bool) -> None:
    """Mark transcripts as finished by a coder."""
    from qualcode.store.project import open_project

    with open_project(project, coder) as opened:
        person = opened.require_coder()
        chosen = [opened.transcripts.get(name) for name in transcripts] or opened.transcripts.all()
        with opened.transaction("transcript.reopen" if reopen else "transcript.done"):
            for transcript in chosen:
                opened.progress.mark(transcript, person, not reopen)
        finished = {where for where, who in opened.progress.done() if who == person.id}
        names = [t.name for t in opened.transcripts.all() if t.id in finished]
    line = _("{coder} has finished: {names}").format(coder=person.name, names=", ".join(names) or "–")
    emit(as_json, {"coder": person.name, "done": names}, [line])
