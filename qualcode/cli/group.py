"""The program `qualcode` itself: finds the verb, opens the workbench when there is none."""

from __future__ import annotations

import gettext
import os
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from qualcode import __version__
from qualcode.cli.terminal import guarded_streams
from qualcode.errors import QualcodeError
from qualcode.i18n import CATALOGUES, DOMAIN, N_, _, language, ngettext

SENTENCES = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("Choose from:\n\t{choices}"),
    ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
    ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
    ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
    ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Option {name!r} does not take a value."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("default: {default}"),
    N_("Aborted!"),
    N_("required"),
    N_("Repeat for confirmation"),
    N_("Error: The two entered values do not match."),
    N_("Error: invalid input"),
    N_("Show the version and exit."),
    N_("Show this message and exit."),
)
# What click never translates: what stands for a word of a verb.
METAVARS = (
    *(N_("[OPTIONS]"), N_("COMMAND [ARGS]..."), N_("[COMMAND] [ARGS]...")),
    *(N_("integer"), N_("integer range"), N_("float"), N_("float range"), N_("text"), N_("path")),
    *(N_("PROJECT"), N_("TRANSCRIPT"), N_("TRANSCRIPTS"), N_("INTERVIEWS"), N_("FILES"), N_("FOLDER")),
    *(N_("THEME"), N_("TITLE"), N_("CODES"), N_("TARGET"), N_("PARENT"), N_("START"), N_("END")),
    *(N_("CASE"), N_("FACTS"), N_("PART"), N_("CRITERION"), N_("VERDICT"), N_("HEADINGS"), N_("NUMBER")),
    *(N_("RANKING"), N_("FIRST"), N_("SECOND"), N_("ONE"), N_("OTHER"), N_("KEYS"), N_("VALUE")),
    *(N_("QUERY"), N_("QUESTION"), N_("WHICH")),
)
_NUMBERS_AND_TEXT = (click.types.StringParamType, click.types.IntParamType, click.types.FloatParamType)
_NAMED_TYPES = (*_NUMBERS_AND_TEXT, click.IntRange, click.FloatRange)


def translate_click() -> None:
    """Let click speak the language in use."""
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language()
    for kind in _NAMED_TYPES:
        kind.name = _(kind.name)
    translate_metavars(qualcode)


def translate_metavars(command: click.Command) -> None:
    """Say in the language in use what stands for the words of `command` and of those below it."""
    command.options_metavar = _("[OPTIONS]")
    context = click.Context(command)
    for param in command.params:
        param.metavar = re.sub(r"[A-Z]{2,}", lambda word: _(word.group()), param.make_metavar(context))
    if isinstance(command, click.Group):
        command.subcommand_metavar = _(command.subcommand_metavar)
        for below in command.commands.values():
            translate_metavars(below)


# verb: (module:attribute in this folder, what it does); in the order in which help shows them
VERBS = {
    "demo": ("beginning:demo", N_("Make a demo project to try things on, and open it.")),
    "new": ("beginning:new", N_("Make a new project.")),
    "open": ("workbench:open_", N_("Open a project in the workbench (the same as: qualcode FILE).")),
    "import": ("intake:import_", N_("Take in interviews.")),
    "project": ("beginning:projects", N_("Take in a whole project of another program.")),
    "survey": ("survey:survey", N_("Take in a table of survey answers; count scales and compare groups.")),
    "transcripts": ("transcripts:transcripts", N_("List the interviews, or show one.")),
    "names": (
        "names:names",
        N_("Find names of people and places, replace them, or look whether any slipped through."),
    ),
    "revise": ("transcripts:revise", N_("Correct the text of an interview; codings move along.")),
    "speakers": ("transcripts:speakers", N_("List the speakers, or say who they are.")),
    "coders": ("coders:coders", N_("List the people who code, or add one.")),
    "codebook": ("codebook:codebook", N_("Show the codes, or take them in from or write them to a file.")),
    "code": ("codings:code", N_("Give one fragment a code.")),
    "codings": ("codings:codings", N_("Write the codings to a table, or take them in from one.")),
    "import-codings": ("codings:import_codings", N_("Take in what somebody marked in a Word document.")),
    "paper": ("codings:paper", N_("Type in what somebody marked on paper.")),
    "done": ("coders:done", N_("Say that a coder has finished an interview.")),
    "search": ("search:search", N_("Find words in their context, in all their forms.")),
    "words": ("words:words", N_("Count words: per code, informant or case; who speaks how much.")),
    "similar": ("search:similar", N_("List passages that use the same words as those of a code.")),
    "language": ("language:language", N_("Say what Dutch is read with; install a pipeline; find sentences.")),
    "sample": ("compare:sample", N_("Draw by lot which interviews two people will both code.")),
    "plan": ("compare:plan", N_("Say what coding more interviews twice would bring, and what it costs.")),
    "compare": ("compare:compare", N_("List where two coders differ.")),
    "agreement": ("agreement:agreement", N_("Say how much two coders agree, code by code.")),
    "round": ("rounds:rounds", N_("Code independently in sealed rounds.")),
    "invite": ("sharing:invite", N_("Write an invitation for the other, to begin on their own laptop.")),
    "accept": ("sharing:accept", N_("Begin your own copy from an invitation.")),
    "audit": ("rounds:audit_", N_("Say how independently each interview was read, and what proves it.")),
    "share": ("sharing:share", N_("Write your own work to one small file for the other laptop.")),
    "merge": ("sharing:merge", N_("Take in what the other laptop shared.")),
    "compare-copies": (
        "sharing:compare",
        N_("Say whether two copies of a project are the same, and what differs."),
    ),
    "decide": ("decisions:decide", N_("Walk through the differences and settle them.")),
    "themes": ("themes:themes", N_("List and arrange the themes, and choose their quotes.")),
    "matrix": ("cases:matrix", N_("Count codings in two directions: codes, cases, informants.")),
    "cases": ("cases:cases", N_("List the cases, or lay the informants of one side by side.")),
    "roles": ("roles:roles", N_("List the roles that people have in a case, or add one.")),
    "parts": ("cases:parts", N_("Lay the answers to one question of a form side by side.")),
    "rank": ("ranking:ranking", N_("Put interviews in order of how well the collaboration went.")),
    "checklist": ("checklist:checklist", N_("Show the checklist, or rate cases on it.")),
    "export": ("export:command", N_("Write documents: themes, matrices, ranking, checklist, or all in one.")),
    "import-remarks": (
        "export:import_remarks",
        N_("Take in what readers wrote in a Word document: memos and proposals."),
    ),
    "verify": ("export:verify_", N_("Say which figures in a Word document are no longer true.")),
    "settings": ("project:settings", N_("Show or change what was chosen for a project.")),
    "undo": ("project:undo", N_("Turn back the last act.")),
    "redo": ("project:redo", N_("Do again what was undone last.")),
    "journal": ("project:journal", N_("Show who did what, and when.")),
    "check": ("project:check", N_("Look whether everything in a project is sound.")),
    "repair": ("project:repair", N_("Mend what is not sound from the journal, and say what was done.")),
    "backup": ("project:backup", N_("Make a backup of a project.")),
    "restore": ("project:restore", N_("List the backups of a project, or put one back.")),
    "doctor": (
        "project:doctor",
        N_("Say what this machine and this terminal can do, and which keys arrive."),
    ),
}

_OPENED = (".qualcode", ".qci", ".qcx")  # what the workbench opens


class Verbs(click.Group):
    """Loads a verb's module only when it is called; a file name opens the workbench."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module, _colon, attribute = VERBS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(f"qualcode.cli.{module}"), attribute)
        translate_metavars(command)
        return command

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run the program; nothing is printed but through the guard, not even what click or Python says."""
        with guarded_streams():
            return super().main(*args, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; an error meant for people ends the program with its message and exit code 1."""
        try:
            return super().invoke(ctx)
        except QualcodeError as error:
            click.echo(str(error), err=True)
            sys.exit(1)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in VERBS and (args[0].endswith(_OPENED) or Path(args[0]).exists()):
            args = ["open", *args]
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Verbs")):
            formatter.write_dl([(verb, _(words)) for verb, (_place, words) in VERBS.items()])


@click.group(
    cls=Verbs,
    invoke_without_command=True,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "color": True,  # else click cuts out of people's words what looks like a colour
    },
    help=_(
        "Code interviews side by side: mark fragments, attach codes, compare, decide, export to Word. "
        "Without a verb the workbench opens."
    ),
)
@click.version_option(
    __version__,
    prog_name="qualcode",
    message=_("%(prog)s, version %(version)s"),
    help=_("Show the version and exit."),
)
@click.pass_context
def qualcode(context: click.Context) -> None:
    """Open the start screen when no verb is given."""
    if context.invoked_subcommand is None:
        from qualcode.cli.workbench import open_workbench

        open_workbench(None, None)
