"""What `names` and `import` share: options about names, the passphrase, and deciding one name at a time."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.errors import InputError
from qualcode.i18n import N_, _

if TYPE_CHECKING:
    from qualcode.pseudonyms.proposals import KnownName
    from qualcode.pseudonyms.review import NameGroup, Review
    from qualcode.store.project import Project
    from qualcode.tasks.transcripts.intake import NamePass

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
    type=click.Path(path_type=Path),
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


def listed(participants: Path | None) -> list[KnownName]:
    """The participants in a file, or none."""
    if participants is None:
        return []
    from qualcode.tasks.transcripts.names import read_participants

    return read_participants(participants)


def _at_terminal() -> bool:
    return sys.stdin.isatty()


def passphrase_for(path: Path) -> str:
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
    project: Project, names: str | None, participants: Path | None, key: bool, invented: bool = False
) -> NamePass | None:
    """What `import` does with names, as its options say; `None` if it leaves them alone."""
    if names not in ("review", "replace"):
        if participants is not None or key or invented:
            raise click.UsageError(
                _("--participants, --key and --invented go with --names replace or --names review.")
            )
        return None
    from qualcode.pseudonyms.keyfile import key_path
    from qualcode.store.records.pseudonyms import NameState
    from qualcode.tasks.transcripts.intake import NamePass
    from qualcode.tasks.transcripts.names import replace_all

    if names == "review" and not _at_terminal():
        raise InputError(
            _(
                "Deciding name by name takes a terminal. Use --names replace, or qualcode names find FILE first."
            )
        )
    return NamePass(
        project,
        decide_one_by_one if names == "review" else replace_all,
        participants=listed(participants),
        passphrase=passphrase_for(key_path(project.path)) if key else None,
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
