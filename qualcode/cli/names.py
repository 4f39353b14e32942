"""`qualcode names find|replace|scan|hide|done|forget|key`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly, table
from qualcode.cli.naming import invented_option, listed, participants_option, passphrase_for
from qualcode.errors import InputError
from qualcode.files.saving import save_text
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.pseudonyms.proposals import Proposal

_file = click.argument("file", type=click.Path(path_type=Path))
_language = click.option(
    "--language", type=click.Choice(["nl", "en"]), default="nl", help=_("The language spoken.")
)

_deduce = click.option("--deduce", is_flag=True, help=_("Ask deduce as well, if it is installed."))


@click.group(
    "names", help=_("Find names of people and places, replace them, or look whether any slipped through.")
)
def command() -> None:
    """Group of verbs on names."""


@command.command("find", help=_("List what may be a name in FILE. Nothing is stored."))
@_file
@participants_option
@_deduce
@_language
@json_option
@said_plainly
def find(file: Path, participants: Path | None, deduce: bool, language: str, as_json: bool) -> None:
    """List the proposals for a file."""
    from qualcode.tasks.transcripts.names import find_in_file, second_opinion

    layers = [second_opinion()] if deduce else []
    _text, found = find_in_file(file, listed(participants), language, layers)
    rows = [
        [f"{one.start}–{one.end}", one.text, one.kind.label, one.tier.label, "; ".join(map(str, one.reasons))]
        for one in found
    ]
    head = [_("place"), _("name"), _("kind"), _("how sure"), _("why")]
    emit(
        as_json, [_about(one) for one in found], table([head, *rows]) if rows else [_("No names were found.")]
    )


@command.command("replace", help=_("Write the text of FILE with pseudonyms for all names that are found."))
@_file
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help=_("The file to write."))
@invented_option
@participants_option
@_language
@json_option
@said_plainly
def replace(
    file: Path, output: Path, invented: bool, participants: Path | None, language: str, as_json: bool
) -> None:
    """Replace the names in a file."""
    from qualcode.tasks.transcripts.names import replace_in_file

    text, review = replace_in_file(
        file, participants=listed(participants), invented=invented, language=language
    )
    _write_new(output, text)
    chosen = [group for group in review.as_data() if group["choice"] == "replace"]
    places = sum(group["count"] for group in chosen)
    line = ngettext(
        "{n} name replaced, in {places} places. Read the result: no detector finds them all.",
        "{n} names replaced, in {places} places. Read the result: no detector finds them all.",
        len(chosen),
    )
    emit(
        as_json, {"file": str(output), "names": review.as_data()}, [line.format(n=len(chosen), places=places)]
    )


@command.command("scan", help=_("Look through all that PROJECT holds for names that slipped through."))
@project_argument
@participants_option
@_deduce
@json_option
@said_plainly
def scan(project: Path, participants: Path | None, deduce: bool, as_json: bool) -> None:
    """List possible names in a project."""
    from qualcode.store.project import open_project
    from qualcode.tasks.transcripts import names

    with open_project(project) as opened:
        layers = [names.second_opinion()] if deduce else []
        slips = names.scan(opened, listed(participants), layers)
    data = [
        {"transcript": slip.transcript or None, "where": slip.where, **_about(slip.proposal)}
        for slip in slips
    ]
    rows = [
        [
            slip.transcript or "–",
            slip.where,
            slip.proposal.text,
            slip.proposal.kind.label,
            slip.proposal.tier.label,
            _around(slip.text, slip.proposal),
        ]
        for slip in slips
    ]
    head = [_("transcript"), _("where"), _("name"), _("kind"), _("how sure"), _("words around it")]
    emit(as_json, data, table([head, *rows]) if rows else [_("No names were found.")])


@command.command(
    "hide",
    help=_(
        "Replace NAME, in all its forms, in the stored TRANSCRIPT of PROJECT, codings moving along, and in the "
        "labels, memos, reasons and titles of the whole project. What was there is wiped, so this cannot be undone."
    ),
)
@project_argument
@click.argument("transcript")
@click.argument("name")
@click.option("--kind", default="", help=_("Whose name it is: leerling, ouder, leraar, school, plaats …"))
@click.option("--pseudonym", default="", help=_("The pseudonym, if the person has one already."))
@as_option
@json_option
@said_plainly
def hide(
    project: Path, transcript: str, name: str, kind: str, pseudonym: str, coder: str | None, as_json: bool
) -> None:
    """Hide a name that slipped through."""
    from qualcode.pseudonyms.proposals import NameKind, kind_called
    from qualcode.store.project import open_project
    from qualcode.tasks.transcripts import hiding

    called = kind_called(kind) if kind else NameKind.PERSON
    if called is None:
        raise click.BadParameter(_("“{word}” is no kind of name").format(word=kind), param_hint="--kind")
    with open_project(project, coder) as opened:
        found = opened.transcripts.get(transcript)
        used, places = hiding.hide(opened, found, name, kind=called, pseudonym=pseudonym)
    line = ngettext("{pseudonym} in {n} place.", "{pseudonym} in {n} places.", places)
    emit(as_json, {"pseudonym": used, "places": places}, [line.format(pseudonym=used, n=places)])


@command.command("done", help=_("Say that you read TRANSCRIPT of PROJECT and that no name is left in it."))
@project_argument
@click.argument("transcript")
@as_option
@json_option
@said_plainly
def done(project: Path, transcript: str, coder: str | None, as_json: bool) -> None:
    """Mark the names of a transcript as looked at by a person."""
    from qualcode.store.project import open_project
    from qualcode.tasks.transcripts.names import mark_reviewed

    with open_project(project, coder) as opened:
        found = opened.transcripts.get(transcript)
        mark_reviewed(opened, found)
    emit(as_json, {"transcript": found.name}, [_("{name}: names looked at.").format(name=found.name)])


@command.command(
    "forget",
    help=_(
        "Take TRANSCRIPT out of PROJECT for good, with every trace of its text; without TRANSCRIPT, whatever was "
        "taken in and undone or removed since. Undo cannot bring it back."
    ),
)
@project_argument
@click.argument("transcript", required=False)
@as_option
@json_option
@said_plainly
def forget(project: Path, transcript: str | None, coder: str | None, as_json: bool) -> None:
    """Forget interviews that were taken in with names."""
    from qualcode.store.file.forgetting import forget as forget_one
    from qualcode.store.file.forgetting import forget_removed
    from qualcode.store.project import open_project

    with open_project(project, coder) as opened:
        if transcript:
            forget_one(opened, opened.transcripts.get(transcript))
            count = 1
        else:
            count = forget_removed(opened)
    line = ngettext("{n} interview forgotten.", "{n} interviews forgotten.", count).format(n=count)
    emit(as_json, {"forgotten": count}, [line])


@command.command("key", help=_("Show which pseudonym stands for which name, from the key file of PROJECT."))
@project_argument
@json_option
@said_plainly
def key(project: Path, as_json: bool) -> None:
    """Show the key."""
    from qualcode.pseudonyms.keyfile import key_path, missing_key
    from qualcode.store.project import open_project
    from qualcode.tasks.transcripts.names import key_of

    with open_project(project) as opened:
        if not key_path(project).exists():
            raise missing_key(key_path(project))
        known = key_of(opened, passphrase_for(key_path(project)))
    data = [{"pseudonym": one.pseudonym, "kind": one.kind.value, "names": list(one.names)} for one in known]
    rows = [[one.pseudonym, one.kind.label, ", ".join(one.names)] for one in known]
    emit(as_json, data, table([[_("pseudonym"), _("kind"), _("names")], *rows]))


def _about(proposal: Proposal) -> dict[str, Any]:
    return {
        "start": proposal.start,
        "end": proposal.end,
        "text": proposal.text,
        "kind": proposal.kind.value,
        "tier": proposal.tier.value,
        "reasons": [str(reason) for reason in proposal.reasons],
    }


def _around(text: str, proposal: Proposal) -> str:
    start, end = max(0, proposal.start - 25), min(len(text), proposal.end + 25)
    return " ".join(text[start:end].split())


def _write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, readable for its owner only."""
    if path.exists():
        raise InputError(_("{path} exists already. Give another name.").format(path=path))
    save_text(path, text, new_folders=False)
