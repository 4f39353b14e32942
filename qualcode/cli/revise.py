"""`qualcode revise`: correct the text of an interview that is coded already."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly
from qualcode.errors import InputError
from qualcode.i18n import _, ngettext

_QUOTE = 50


@click.command(
    "revise",
    help=_(
        "Correct the text of TRANSCRIPT in PROJECT: from a corrected FILE, or by replacing words. "
        "Codings, memos and quotes move along."
    ),
)
@project_argument
@click.argument("transcript")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--replace", nargs=2, metavar=_("OLD NEW"), help=_("Replace words wherever they stand."))
@click.option("--dry-run", is_flag=True, help=_("Only show what would happen."))
@click.option("--drop", is_flag=True, help=_("Drop codings that lie wholly in what is deleted."))
@click.option(
    "--forget",
    is_flag=True,
    help=_("Wipe earlier texts from the file, for instance a name that stood there; this cannot be undone."),
)
@as_option
@json_option
@said_plainly
def command(
    project: Path,
    transcript: str,
    file: Path | None,
    replace: tuple[str, str] | None,
    dry_run: bool,
    drop: bool,
    forget: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Correct a transcript and say what became of its codings."""
    from qualcode.store.project import open_project
    from qualcode.tasks.transcripts.revising import corrected_everywhere, corrected_from_file

    if (file is None) == (replace is None):
        raise click.UsageError(_("Give either a corrected file or --replace OLD NEW."))
    with open_project(project, coder) as opened:
        found = opened.transcripts.get(transcript)
        if replace is not None:
            revision, turns = corrected_everywhere(opened, found, *replace)
        elif file is not None:
            revision, turns = corrected_from_file(opened, found, file)
        lost = [{"start": c.start, "end": c.end, "text": c.span.of(found.text)} for c in revision.lost]
        if lost and not drop and not dry_run:
            head = _(
                "These codings lie wholly in what is deleted; nothing was changed. Use --drop to drop them:"
            )
            raise InputError(head, [f"{c['start']}–{c['end']} “{str(c['text'])[:_QUOTE]}”" for c in lost])
        if not dry_run:
            opened.revisions.make(revision, turns, drop=drop)
            if forget:
                opened.revisions.forget_old_texts()
    data = {
        "transcript": found.name,
        "changes": len(revision.edits),
        "codings": len(revision.moved),
        "lost": lost,
        "done": not dry_run,
    }
    line = ngettext(
        "{name}: {n} place corrected; {codings} codings moved along, {lost} dropped.",
        "{name}: {n} places corrected; {codings} codings moved along, {lost} dropped.",
        len(revision.edits),
    )
    emit(
        as_json,
        data,
        [line.format(name=found.name, n=len(revision.edits), codings=len(revision.moved), lost=len(lost))],
    )
