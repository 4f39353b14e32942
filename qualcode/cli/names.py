"""`qualcode names …`, and what `qualcode import` does with names: options, passphrase, one name at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.verbs import A_PATH, Told, as_option, file_argument, free_verb, table, verb
from qualcode.errors import InputError
from qualcode.files.saving import save_text
from qualcode.i18n import LANGUAGES, N_, _, ngettext
from qualcode.pseudonyms.keyfile import key_path, missing_key
from qualcode.pseudonyms.proposals import KnownName, NameKind, Proposal, kind_called
from qualcode.store.file.forgetting import forget as forget_one
from qualcode.store.file.forgetting import forget_removed
from qualcode.store.records.pseudonyms import NameState
from qualcode.tasks.transcripts import hiding
from qualcode.tasks.transcripts.intake import NamePass
from qualcode.tasks.transcripts.names import (
    find_in_file,
    key_of,
    mark_reviewed,
    read_participants,
    replace_all,
    replace_in_file,
    second_opinion,
)
from qualcode.tasks.transcripts.names import scan as scan_project

if TYPE_CHECKING:
    from qualcode.pseudonyms.review import NameGroup, Review
    from qualcode.store.project import Project

PASSPHRASE = "QUALCODE_PASSPHRASE"
_WORDS_AROUND = 90

names_option = click.option(
    "--names",
    type=click.Choice(["review", "replace", "keep"]),
    help=_(
        "What to do with names of people and places: decide one by one, replace all, or leave them in. "
        "Without it they are left in, and you are told how many there probably are."
    ),
)
participants_option = click.option(
    "--participants",
    type=A_PATH,
    metavar=_("FILE"),
    help=_("Names you know of, a line each: name; leerling, ouder, leraar … ; nicknames."),
)
key_option = click.option(
    "--key",
    is_flag=True,
    help=_(
        "Keep the names in a key file beside the project, under a passphrase (asked for, or from {name}), "
        "so that people keep their pseudonym in later imports."
    ).format(name=PASSPHRASE),
)

invented_option = click.option("--invented", is_flag=True, help=_("Invented names in place of [leerling-1]."))
_deduce = click.option("--deduce", is_flag=True, help=_("Ask deduce as well, if it is installed."))
_language = click.option(
    "--language", type=click.Choice(LANGUAGES), default="nl", help=_("The language spoken.")
)

names = click.Group(
    "names", help=_("Find names of people and places, replace them, or look whether any slipped through.")
)


@free_verb("find", _("List what may be a name in FILE. Nothing is stored."), of=names)
@file_argument
@participants_option
@_deduce
@_language
def find(file: Path, participants: Path | None, deduce: bool, language: str) -> Told:
    """List the proposals for a file."""
    _text, found = find_in_file(file, _listed(participants), language, _layers(deduce))
    rows = [
        [f"{one.start}–{one.end}", one.text, one.kind.label, one.tier.label, "; ".join(map(str, one.reasons))]
        for one in found
    ]
    head = [_("place"), _("name"), _("kind"), _("how sure"), _("why")]
    return Told([_about(one) for one in found], _table_of_names(head, rows))


@free_verb("replace", _("Write the text of FILE with pseudonyms for all names that are found."), of=names)
@file_argument
@click.option("-o", "--output", type=A_PATH, required=True, help=_("The file to write."))
@invented_option
@participants_option
@_language
def replace(file: Path, output: Path, invented: bool, participants: Path | None, language: str) -> Told:
    """Replace the names in a file."""
    text, review = replace_in_file(
        file, participants=_listed(participants), invented=invented, language=language
    )
    _write_new(output, text)
    chosen = [group for group in review.as_data() if group["choice"] == "replace"]
    places = sum(group["count"] for group in chosen)
    line = ngettext(
        "{n} name replaced, in {places} places. Read the result: no detector finds them all.",
        "{n} names replaced, in {places} places. Read the result: no detector finds them all.",
        len(chosen),
    )
    data = {"file": str(output), "names": review.as_data()}
    return Told(data, [line.format(n=len(chosen), places=places)])


@verb("scan", _("Look through all that PROJECT holds for names that slipped through."), of=names)
@participants_option
@_deduce
def scan(project: Project, participants: Path | None, deduce: bool) -> Told:
    """List possible names in a project."""
    slips = scan_project(project, _listed(participants), _layers(deduce))
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
    return Told(data, _table_of_names(head, rows))


@verb(
    "hide",
    _(
        "Replace NAME, in all its forms, in TRANSCRIPT and wherever else it stands in PROJECT, codings moving along, "
        "and in whatever the other laptop brings later. What was there is wiped, so this cannot be undone."
    ),
    of=names,
)
@click.argument("transcript")
@click.argument("name")
@click.option("--kind", default="", help=_("Whose name it is: leerling, ouder, leraar, school, plaats …"))
@click.option("--pseudonym", default="", help=_("The pseudonym, if the person has one already."))
@as_option
def hide(project: Project, transcript: str, name: str, kind: str, pseudonym: str) -> Told:
    """Hide a name that slipped through."""
    called = kind_called(kind) if kind else NameKind.PERSON
    if called is None:
        raise click.BadParameter(_("“{word}” is no kind of name").format(word=kind), param_hint="--kind")
    found = project.transcripts.get(transcript)
    used, places = hiding.hide(project, found, name, kind=called, pseudonym=pseudonym)
    line = ngettext("{pseudonym} in {n} place.", "{pseudonym} in {n} places.", places)
    return Told({"pseudonym": used, "places": places}, [line.format(pseudonym=used, n=places)])


@verb("done", _("Say that you read TRANSCRIPT of PROJECT and that no name is left in it."), of=names)
@click.argument("transcript")
@as_option
def done(project: Project, transcript: str) -> Told:
    """Mark the names of a transcript as looked at by a person."""
    found = project.transcripts.get(transcript)
    mark_reviewed(project, found)
    return Told({"transcript": found.name}, [_("{name}: names looked at.").format(name=found.name)])


@verb(
    "forget",
    _(
        "Take TRANSCRIPT out of PROJECT for good, with every trace of its text; without TRANSCRIPT, whatever was "
        "taken in and undone or removed since. Undo cannot bring it back."
    ),
    of=names,
)
@click.argument("transcript", required=False)
@as_option
def forget(project: Project, transcript: str | None) -> Told:
    """Forget interviews that were taken in with names."""
    if transcript:
        forget_one(project, project.transcripts.get(transcript))
        count = 1
    else:
        count = forget_removed(project)
    line = ngettext("{n} interview forgotten.", "{n} interviews forgotten.", count).format(n=count)
    return Told({"forgotten": count}, [line])


@verb("key", _("Show which pseudonym stands for which name, from the key file of PROJECT."), of=names)
def key(project: Project) -> Told:
    """Show the key."""
    path = key_path(project.path)
    if not path.exists():
        raise missing_key(path)
    known = key_of(project, _passphrase_for(path))
    data = [{"pseudonym": one.pseudonym, "kind": one.kind.value, "names": list(one.names)} for one in known]
    rows = [[one.pseudonym, one.kind.label, ", ".join(one.names)] for one in known]
    return Told(data, table([[_("pseudonym"), _("kind"), _("names")], *rows]))


def _layers(deduce: bool) -> list[Any]:
    return [second_opinion()] if deduce else []


def _table_of_names(head: list[str], rows: list[list[str]]) -> list[str]:
    return table([head, *rows]) if rows else [_("No names were found.")]


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


def _listed(participants: Path | None) -> list[KnownName]:
    """The participants in a file, or none."""
    return [] if participants is None else read_participants(participants)


def _at_terminal() -> bool:
    return sys.stdin.isatty()


def _passphrase_for(path: Path) -> str:
    """The passphrase of a key file: from the environment, else asked for; twice when the file is new."""
    given = os.environ.get(PASSPHRASE)
    if given:
        return given
    if not _at_terminal():
        raise InputError(_("The key file needs a passphrase. Set {name} to it.").format(name=PASSPHRASE))
    new = not path.exists()
    entered: str = click.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=new, err=True)
    return entered


def name_pass(
    project: Project,
    names: str | None,
    participants: Path | None,
    key: bool,
    invented: bool = False,
    *,
    more: Sequence[KnownName] = (),
) -> NamePass | None:
    """What `import` does with names, as its options say; `None` if it leaves them alone. `more` are known besides."""
    if names not in ("review", "replace"):
        if participants is not None or key or invented:
            raise click.UsageError(
                _("--participants, --key and --invented go with --names replace or --names review.")
            )
        return None
    if names == "review" and not _at_terminal():
        raise InputError(
            _(
                "Deciding name by name takes a terminal. Use --names replace, or qualcode names find FILE first."
            )
        )
    return NamePass(
        project,
        decide_one_by_one if names == "review" else replace_all,
        participants=[*_listed(participants), *more],
        passphrase=_passphrase_for(key_path(project.path)) if key else None,
        invented=invented,
        state=NameState.REVIEWED if names == "review" else NameState.REPLACED,
    )


_ANSWERS = {
    "r": N_("replace"),
    "p": N_("another pseudonym"),
    "k": N_("leave it in"),
    "n": N_("never a name"),
    "a": N_("replace all that follow"),
}


def decide_one_by_one(review: Review) -> None:
    """Show each name in its sentence and ask what to do with it."""
    choices = ", ".join(f"{letter} = {_(words)}" for letter, words in _ANSWERS.items())
    undecided = review.undecided
    for number, group in enumerate(undecided, 1):
        click.echo("", err=True)
        click.echo(f"{number}/{len(undecided)}  {_described(group)}", err=True)
        for place in group.places[:1]:
            before, name, after = review.sentence(place)
            click.echo(f"   {before[-_WORDS_AROUND:]}»{name}«{after[:_WORDS_AROUND]}", err=True)
        answer = click.prompt(
            choices, type=click.Choice(list(_ANSWERS)), default="r", err=True, show_choices=False
        )
        if answer == "a":
            for rest in undecided[number - 1 :]:
                review.accept(rest.key)
            return
        _decide(review, group, answer)


def _decide(review: Review, group: NameGroup, answer: str) -> None:
    if answer == "r":
        review.accept(group.key)
    elif answer == "p":
        review.change(group.key, pseudonym=click.prompt(_("Pseudonym"), err=True))
    else:
        review.refuse(group.key, always=answer == "n")


def _described(group: NameGroup) -> str:
    reasons = "; ".join(str(reason) for reason in group.reasons)
    return f"{group.name} ({group.kind.label}, {group.tier.label}, {group.count}×) – {reasons}"
