"""`qualcode transcripts|revise|speakers`: the interviews that are there, their text and who speaks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.verbs import A_PATH, Told, as_option, coder_names, role_of, table, verb
from qualcode.errors import InputError
from qualcode.i18n import _, ngettext
from qualcode.tasks.transcripts.revising import corrected_everywhere, corrected_from_file
from qualcode.tasks.transcripts.speakers import INTERVIEWER, in_words, rules_of, say_who, speakers_in

if TYPE_CHECKING:
    from qualcode.model import Transcript
    from qualcode.store.project import Project

_QUOTE = 50

transcripts = click.Group("transcripts", help=_("List the interviews, or show one."))


@verb("list", _("List the interviews of PROJECT."), of=transcripts)
def list_(project: Project) -> Told:
    """List the transcripts with their case, informant, size and codings."""
    found = project.transcripts.all()
    states = project.names.states()
    counts: dict[str, int] = {}
    for coding in project.codings.all():
        counts[coding.transcript_id] = counts.get(coding.transcript_id, 0) + 1
    names = coder_names(project)
    done = project.progress.done()
    data = [
        {
            **_about(transcript),
            "turns": len(transcript.turns),
            "characters": len(transcript.text),
            "words": len(transcript.text.split()),
            "codings": counts.get(transcript.id, 0),
            "done": sorted(names[coder] for where, coder in done if where == transcript.id),
            "names": states.get(transcript.id),
        }
        for transcript in found
    ]
    head = [_("name"), _("case"), _("informant"), _("words"), _("codings"), _("names"), _("done")]
    rows = [
        [
            d["name"],
            d["case"] or "–",
            _informant(t),
            d["words"],
            d["codings"],
            d["names"].label if d["names"] else "–",
            ", ".join(d["done"]),
        ]
        for d, t in zip(data, found, strict=True)
    ]
    return Told({"transcripts": data}, table([head, *rows]))


@verb("show", _("Show the interview TRANSCRIPT of PROJECT."), of=transcripts)
@click.argument("transcript")
def show(project: Project, transcript: str) -> Told:
    """Show one transcript with its turns and their places."""
    found = project.transcripts.get(transcript)
    data = {
        **_about(found),
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
                "role": found.role_of(turn),
                "time_start": turn.time_start,
                "time_end": turn.time_end,
                "part": turn.part,
            }
            for turn in found.turns
        ],
    }
    lines = [f"{found.name} · {_('case')} {found.case or '–'} · {_informant(found)}", ""]
    for turn in found.turns:
        lines.append(f"[{turn.start}–{turn.end}] {turn.speaker}: {found.text[turn.start : turn.end]}")
    return Told(data, lines)


def _about(transcript: Transcript) -> dict[str, Any]:
    return {
        "id": transcript.id,
        "name": transcript.name,
        "case": transcript.case or None,
        "informant": str(transcript.informant) if transcript.informant else None,
        "roles": [str(role) for role in transcript.roles if role],
    }


def _informant(transcript: Transcript) -> str:
    return transcript.heard or "–"


@verb(
    "revise",
    _(
        "Correct the text of TRANSCRIPT in PROJECT: from a corrected FILE, or by replacing words. "
        "Codings, memos and quotes move along."
    ),
)
@click.argument("transcript")
@click.argument("file", required=False, type=A_PATH)
@click.option("--replace", nargs=2, metavar=_("OLD NEW"), help=_("Replace words wherever they stand."))
@click.option("--dry-run", is_flag=True, help=_("Only show what would happen."))
@click.option("--drop", is_flag=True, help=_("Drop codings that lie wholly in what is deleted."))
@click.option("--fewer", is_flag=True, help=_("Allow that a corrected file has fewer turns or speakers."))
@click.option(
    "--forget",
    is_flag=True,
    help=_("Wipe earlier texts from the file, for instance a name that stood there; this cannot be undone."),
)
@as_option
def revise(
    project: Project,
    transcript: str,
    file: Path | None,
    replace: tuple[str, str] | None,
    dry_run: bool,
    drop: bool,
    fewer: bool,
    forget: bool,
) -> Told:
    """Correct a transcript and say what became of its codings."""
    if (file is None) == (replace is None):
        raise click.UsageError(_("Give either a corrected file or --replace OLD NEW."))
    found = project.transcripts.get(transcript)
    if replace is not None:
        revision, turns = corrected_everywhere(project, found, *replace)
    elif file is not None:
        revision, turns = corrected_from_file(project, found, file, fewer=fewer)
    lost = [{"start": c.start, "end": c.end, "text": c.span.of(found.text)} for c in revision.lost]
    if lost and not drop and not dry_run:
        head = _("These codings lie wholly in what is deleted; nothing was changed. Use --drop to drop them:")
        raise InputError(head, [f"{c['start']}–{c['end']} “{str(c['text'])[:_QUOTE]}”" for c in lost])
    if not dry_run:
        project.revisions.make(revision, turns, drop=drop)
        if forget:
            project.revisions.forget_old_texts()
    changes, codings = len(revision.edits), len(revision.moved)
    data = {
        "transcript": found.name,
        "changes": changes,
        "codings": codings,
        "lost": lost,
        "done": not dry_run,
    }
    line = ngettext(
        "{name}: {n} place corrected; {codings} codings moved along, {lost} dropped.",
        "{name}: {n} places corrected; {codings} codings moved along, {lost} dropped.",
        changes,
    )
    return Told(data, [line.format(name=found.name, n=changes, codings=codings, lost=len(lost))])


@verb(
    "speakers",
    _(
        "List the speakers of PROJECT, or say who they are: LABEL=ROLE, for instance "
        '"Speaker 1=interviewer" "Spreker 2=leraar". It is remembered for files to come.'
    ),
)
@click.argument("said", nargs=-1, metavar=_("[LABEL=ROLE]..."))
@click.option(
    "--files", default="*", show_default=True, help=_("Only in files whose name fits this pattern.")
)
@as_option
def speakers(project: Project, said: tuple[str, ...], files: str) -> Told:
    """List speakers, or say who they are."""
    pairs = []
    for words in said:
        label, equals, role = words.rpartition("=")
        if not equals:
            raise click.UsageError(_("“{words}” is not of the form LABEL=ROLE.").format(words=words))
        known = INTERVIEWER if role.casefold() == INTERVIEWER else role_of(project, role)
        pairs.append((label.strip(), str(known)))
    changed: set[str] = set()
    if pairs:
        with project.transaction("speakers.say"):
            changed = {t.name for label, role in pairs for t in say_who(project, label, role, files)}
    found = speakers_in(project)
    rules = rules_of(project)
    data = {
        "speakers": [
            {"label": label, "turns": turns, "transcripts": where, "interviewer": asking}
            for label, (turns, where, asking) in found.items()
        ],
        "rules": [{"label": r.label, "role": r.role, "files": r.pattern} for r in rules],
        "changed": sorted(changed),
    }
    head = [_("speaker"), _("turns"), _("interviews"), _("interviewer")]
    rows = [[label or "–", turns, n, "x" if asking else ""] for label, (turns, n, asking) in found.items()]
    lines = table([head, *rows]) + [in_words(rule) for rule in rules]
    return Told(data, lines)
