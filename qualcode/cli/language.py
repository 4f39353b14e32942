"""`qualcode language [install|sentences|prefer]`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from qualcode.cli.common import emit, json_option, project_argument, said_plainly
from qualcode.i18n import LANGUAGES, _, ngettext

language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), help=_("The language of the text.")
)


@click.group(
    "language",
    invoke_without_command=True,
    help=_("Say what Dutch and English are read with; install a pipeline; find the sentences of a file."),
)
@json_option
@click.pass_context
@said_plainly
def command(context: click.Context, as_json: bool) -> None:
    """Say what is in use."""
    if context.invoked_subcommand is not None:
        return
    from qualcode.language.installed import describe

    found = [describe(language) for language in LANGUAGES]
    lines = [line for each in found for line in (f"{each.language}:", *_indented(each.text), "")]
    emit(as_json, {"languages": [asdict(each) for each in found]}, lines[:-1])


@command.command(
    "install",
    help=_(
        "Install an official pipeline by NAME through spaCy's own downloader, or from a wheel FILE on this machine. "
        "Without a name: the smallest for Dutch."
    ),
)
@click.argument("name", default="nl_core_news_sm")
@json_option
@said_plainly
def install(name: str, as_json: bool) -> None:
    """Install a trained pipeline, because a person asked for it."""
    from qualcode.language.installed import install as install_

    installed = install_(name)
    emit(as_json, {"installed": installed}, [_("Installed: {name}.").format(name=installed)])


@command.command(
    "prefer",
    help=_(
        "Let PROJECT use the pipeline NAME (a package or a folder) where it is there; without NAME: the best installed."
    ),
)
@project_argument
@click.argument("name", default="")
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True)
@json_option
@said_plainly
def prefer(project: Path, name: str, language: str, as_json: bool) -> None:
    """Set the pipeline that a project prefers, and say whether it can be used here."""
    from qualcode.language.installed import describe
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        opened.settings.set("pipeline", {**opened.settings.get("pipeline"), language: name})
    used = describe(language, name or None)
    emit(as_json, asdict(used), used.text.splitlines())


@command.command(
    "suggest",
    help=_(
        "Say whether codes whose fragments share words with a passage come first in PROJECT when a code is looked up: "
        "on, off, or also in a sealed round."
    ),
)
@project_argument
@click.argument("when", type=click.Choice(["on", "off", "sealed"]), required=False)
@json_option
@said_plainly
def suggest(project: Path, when: str | None, as_json: bool) -> None:
    """Show or set whether likely codes come first."""
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        if when is not None:
            opened.settings.set("suggest", when != "off")
            opened.settings.set("suggest_sealed", when == "sealed")
        on, sealed = opened.settings.get("suggest"), opened.settings.get("suggest_sealed")
    words = {
        "off": _("Codes stand in the order of the codebook."),
        "on": _("Likely codes come first, but not in a sealed round."),
        "sealed": _("Likely codes come first, in a sealed round as well."),
    }
    now = "off" if not on else "sealed" if sealed else "on"
    emit(as_json, {"suggest": now}, [words[now]])


@command.command(
    "sentences",
    help=_(
        "Find the sentences of FILE. Positions count the characters (code points) of the file's text in its normal "
        "form; of an interview with speakers, those of the words as a project keeps them, without the speakers' names."
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@language_option
@json_option
@said_plainly
def sentences(file: Path, language: str | None, as_json: bool) -> None:
    """List the sentences of a file with their places."""
    from qualcode.tasks.searching.indexing import sentences_of

    found = sentences_of(file, language or "")
    words = (
        _("Places in the words as a project keeps them, without the speakers' names.")
        if found.has_speakers
        else _("Places in the text of the file.")
    )
    count = ngettext("{n} sentence.", "{n} sentences.", len(found.spans)).format(n=len(found.spans))
    texts = [span.of(found.text) for span in found.spans]
    data = [
        {"start": span.start, "end": span.end, "text": text}
        for span, text in zip(found.spans, texts, strict=True)
    ]
    shown = [f"[{row['start']}–{row['end']}] {row['text']}" for row in data]
    emit(as_json, data, [f"{count} {words}", *shown])


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in text.splitlines()]
