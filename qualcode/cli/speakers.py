"""`qualcode speakers`: who the speakers are."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, role_of, said_plainly, table
from qualcode.i18n import _


@click.command(
    "speakers",
    help=_(
        "List the speakers of PROJECT, or say who they are: LABEL=ROLE, for instance "
        '"Speaker 1=interviewer" "Spreker 2=leraar". It is remembered for files to come.'
    ),
)
@project_argument
@click.argument("said", nargs=-1, metavar=_("[LABEL=ROLE]..."))
@click.option(
    "--files", default="*", show_default=True, help=_("Only in files whose name fits this pattern.")
)
@as_option
@json_option
@said_plainly
def command(project: Path, said: tuple[str, ...], files: str, coder: str | None, as_json: bool) -> None:
    """List speakers, or say who they are."""
    from qualcode.store.project import open_project
    from qualcode.tasks.transcripts.speakers import INTERVIEWER, rules_of, say_who, speakers_in

    pairs = []
    for words in said:
        label, equals, role = words.rpartition("=")
        if not equals:
            raise click.UsageError(_("“{words}” is not of the form LABEL=ROLE.").format(words=words))
        known = INTERVIEWER if role.casefold() == INTERVIEWER else role_of(role)
        pairs.append((label.strip(), str(known)))
    with open_project(project, coder) as opened:
        with opened.transaction("speakers.say"):
            changed = {t.name for label, role in pairs for t in say_who(opened, label, role, files)}
        found = speakers_in(opened)
        rules = rules_of(opened)
    data = {
        "speakers": [
            {"label": label, "turns": turns, "transcripts": transcripts, "interviewer": asking}
            for label, (turns, transcripts, asking) in found.items()
        ],
        "rules": [{"label": r.label, "role": r.role, "files": r.pattern} for r in rules],
        "changed": sorted(changed),
    }
    head = [_("speaker"), _("turns"), _("interviews"), _("interviewer")]
    rows = [[label or "–", turns, n, "x" if asking else ""] for label, (turns, n, asking) in found.items()]
    lines = table([head, *rows])
    lines += [f"{rule.label} = {rule.role} ({rule.pattern})" for rule in rules]
    emit(as_json, data, lines)
