"""`qualcode language …`: what Dutch and English are read with on this machine and in a project."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.verbs import Told, emit, file_argument, free_verb, json_option, verb
from qualcode.i18n import LANGUAGES, _, ngettext
from qualcode.language import installed
from qualcode.tasks.searching.indexing import sentences_of

if TYPE_CHECKING:
    from qualcode.store.project import Project


@click.group(
    "language",
    invoke_without_command=True,
    help=_("Say what Dutch and English are read with; install a pipeline; find the sentences of a file."),
)
@json_option
@click.pass_context
def language(context: click.Context, as_json: bool) -> None:
    """Say what is in use."""
    if context.invoked_subcommand is None:
        found = [installed.describe(each) for each in LANGUAGES]
        lines = [line for each in found for line in (f"{each.language}:", *_indented(each.text), "")]
        emit(as_json, {"languages": [asdict(each) for each in found]}, lines[:-1])


@free_verb(
    "install",
    _(
        "Install an official pipeline by NAME through spaCy's own downloader, or from a wheel FILE on this machine. "
        "Without a name: the smallest for Dutch."
    ),
    of=language,
)
@click.argument("name", default="nl_core_news_sm")
def install(name: str) -> Told:
    """Install a trained pipeline, because a person asked for it."""
    made = installed.install(name)
    return Told({"installed": made}, [_("Installed: {name}.").format(name=made)])


@verb(
    "prefer",
    _(
        "Let PROJECT use the pipeline NAME (a package or a folder) where it is there; without NAME: the best installed."
    ),
    of=language,
)
@click.argument("name", default="")
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True)
def prefer(project: Project, name: str, language: str) -> Told:
    """Set the pipeline that a project prefers, and say whether it can be used here."""
    project.settings.set("pipeline", {**project.settings.get("pipeline"), language: name})
    used = installed.describe(language, name or None)
    return Told(asdict(used), used.text.splitlines())


@verb(
    "suggest",
    _(
        "Say whether codes whose fragments share words with a passage come first in PROJECT when a code is looked up: "
        "on, off, or also in a sealed round."
    ),
    of=language,
)
@click.argument("when", type=click.Choice(["on", "off", "sealed"]), required=False)
def suggest(project: Project, when: str | None) -> Told:
    """Show or set whether likely codes come first."""
    if when is not None:
        project.settings.set("suggest", when != "off")
        project.settings.set("suggest_sealed", when == "sealed")
    on, sealed = project.settings.get("suggest"), project.settings.get("suggest_sealed")
    words = {
        "off": _("Codes stand in the order of the codebook."),
        "on": _("Likely codes come first, but not in a sealed round."),
        "sealed": _("Likely codes come first, in a sealed round as well."),
    }
    now = "off" if not on else "sealed" if sealed else "on"
    return Told({"suggest": now}, [words[now]])


@free_verb(
    "sentences",
    _(
        "Find the sentences of FILE. Positions count the characters (code points) of the file's text in its normal "
        "form; of an interview with speakers, those of the words as a project keeps them, without the speakers' names."
    ),
    of=language,
)
@file_argument
@click.option("--language", type=click.Choice(LANGUAGES), help=_("The language of the text."))
def sentences(file: Path, language: str | None) -> Told:
    """List the sentences of a file with their places."""
    found = sentences_of(file, language or "")
    words = (
        _("Places in the words as a project keeps them, without the speakers' names.")
        if found.has_speakers
        else _("Places in the text of the file.")
    )
    count = ngettext("{n} sentence.", "{n} sentences.", len(found.spans)).format(n=len(found.spans))
    data = [{"start": span.start, "end": span.end, "text": span.of(found.text)} for span in found.spans]
    return Told(data, [f"{count} {words}", *(f"[{s['start']}–{s['end']}] {s['text']}" for s in data)])


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in text.splitlines()]
