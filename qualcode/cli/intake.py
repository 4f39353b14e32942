"""`qualcode import`: take in interviews."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.names import invented_option, key_option, name_pass, names_option, participants_option
from qualcode.cli.terminal import tell_progress
from qualcode.cli.verbs import A_PATH, Told, as_option, role_of, verb
from qualcode.i18n import LANGUAGES, _
from qualcode.tasks.transcripts.intake import take_in
from qualcode.tasks.transcripts.speakers import read_speakers

if TYPE_CHECKING:
    from qualcode.store.project import Project


@verb(
    "import",
    _(
        "Take interviews (FILES) in. Case and informant are read from names such as casus-04-leraar.docx, "
        "unless you give them. All files are taken in, or none."
    ),
)
@click.argument("files", nargs=-1, required=True, type=A_PATH)
@click.option("--case", default="", help=_("The case the interview belongs to."))
@click.option(
    "--informant", help=_("Who was interviewed: ouder, leraar, hulpverlener, leerling, dossier or anders.")
)
@click.option("--name", default="", help=_("The name of the transcript, if not that of the file."))
@click.option("--interviewer", multiple=True, metavar=_("LABEL"), help=_("A speaker who is the interviewer."))
@click.option(
    "--speakers",
    type=A_PATH,
    metavar=_("FILE"),
    help=_("Who the labels are, a line each: label; interviewer, ouder, leraar … or tekst; name."),
)
@names_option
@participants_option
@key_option
@invented_option
@click.option("--skip-bad", is_flag=True, help=_("Take in the good files even if others are bad."))
@click.option("--language", type=click.Choice(LANGUAGES), help=_("The language spoken."))
@as_option
def import_(
    project: Project,
    files: tuple[Path, ...],
    case: str,
    informant: str | None,
    name: str,
    interviewer: tuple[str, ...],
    speakers: Path | None,
    names: str | None,
    participants: Path | None,
    key: bool,
    invented: bool,
    skip_bad: bool,
    language: str | None,
) -> Told:
    """Take interviews in, all or none."""
    role = role_of(project, informant)
    taken = take_in(
        project,
        files,
        name=name,
        case=case,
        informant=role,
        language=language or "",
        interviewers=interviewer or None,
        said=read_speakers(speakers, project.cases.roles.all()) if speakers else (),
        names=name_pass(project, names, participants, key, invented),
        look_for_names=names is None,
        progress=_count,
        skip_bad=skip_bad,
    )
    data = [
        {
            "id": transcript.id,
            "name": transcript.name,
            "case": transcript.case or None,
            "informant": transcript.informant,
            "turns": len(transcript.turns),
            "characters": len(transcript.text),
            "warnings": warnings,
        }
        for transcript, warnings in taken
    ]
    lines = []
    for transcript, warnings in taken:
        lines.append(
            _("{name}: {turns} turns, {words} words").format(
                name=transcript.name, turns=len(transcript.turns), words=len(transcript.text.split())
            )
        )
        lines += [f"  {warning}" for warning in warnings]
    return Told({"transcripts": data}, lines)


def _count(n: int, total: int, path: Path) -> bool:
    """Tell a person who waits which file is being read."""
    if total > 1:
        tell_progress(f"{n + 1}/{total}  {path.name}", done=n + 1 == total)
    return True
