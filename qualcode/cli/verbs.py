"""What every verb stands on: `@verb` opens the project and prints what the function tells, as text or as JSON.

The module of a verb is loaded only when the verb is called, so it imports what it needs at the top.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from qualcode.errors import NotFoundError
from qualcode.i18n import _
from qualcode.text.normal import is_text
from qualcode.text.visible import escaped, visible

if TYPE_CHECKING:
    from qualcode.model import Coder, Role
    from qualcode.store.project import Project

A_PATH = click.Path(path_type=Path)

project_argument = click.argument("project", type=A_PATH)
file_argument = click.argument("file", type=A_PATH)
json_option = click.option("--json", "as_json", is_flag=True, help=_("Print JSON for scripts."))
as_option = click.option("--as", "who", metavar=_("CODER"), help=_("Who you are."))
as_required = click.option("--as", "who", required=True, metavar=_("CODER"), help=_("Who you are."))
on_screen_option = click.option("-o", "--output", type=A_PATH, help=_("The file; without it: on the screen."))
dry_run_option = click.option("--dry-run", is_flag=True, help=_("Only say what would be taken in."))


class Told(NamedTuple):
    """What a verb has to tell: `data` to scripts, `lines` to people; `exit_code` is 1 where it found trouble."""

    data: Any
    lines: Iterable[str]
    exit_code: int = 0


Verb = Callable[..., Told | None]  # gets its words and options by name; `None`: nothing is told at the end


def verb(
    name: str, help: str, of: click.Group | None = None, *, as_it_is: bool = False, **settings: Any
) -> Callable[[Verb], click.Command]:
    """A verb on a project: its function gets the project open, with whoever `--as` names at work in it.

    What is not sound is shown as well as it can be read, and not changed, unless the verb takes the file `as_it_is`.
    PROJECT becomes its first word and `--json` its last option; `of` is the group it belongs to. What goes
    wrong for people (`QualcodeError`) ends the program in `group.Verbs`.
    """

    def command(function: Verb) -> click.Command:
        def run(project: Path, as_json: bool, who: str | None = None, **asked: Any) -> None:
            # to print help no store is needed
            from qualcode.store.project import open_as_it_is, open_project

            with (open_as_it_is if as_it_is else open_project)(project, who) as opened:
                try:
                    told = function(opened, **asked)
                finally:
                    if not opened.is_sound and not as_it_is:
                        click.echo(opened.read_only, err=True)
            _tell(told, as_json)

        made = _command(name, run, function, of, help=help, **settings)
        made.params.insert(0, click.Argument(["project"], type=A_PATH))
        return made

    return command


def free_verb(name: str, help: str, of: click.Group | None = None) -> Callable[[Verb], click.Command]:
    """A verb that works without a project, or makes or opens one by itself; else like `verb`."""

    def command(function: Verb) -> click.Command:
        def run(as_json: bool, **asked: Any) -> None:
            _tell(function(**asked), as_json)

        return _command(name, run, function, of, help=help)

    return command


def _command(
    name: str, run: Callable[..., None], function: Verb, of: click.Group | None, **settings: Any
) -> click.Command:
    """The command that does `run`, with the words and options that stand above `function`, and `--json`."""
    above = getattr(function, "__click_params__", [])  # click keeps them there, the last one first

    def called(**asked: Any) -> None:
        _refuse_bytes(asked)
        run(**asked)

    made = json_option(click.Command(name, callback=called, params=list(reversed(above)), **settings))
    if of is not None:
        of.add_command(made)
    return made


def _refuse_bytes(asked: Mapping[str, Any]) -> None:
    """Raise a usage error for words that are no text; a file may have any name."""
    for value in asked.values():
        for word in value if isinstance(value, tuple) else (value,):
            if isinstance(word, str) and not is_text(word):
                raise click.UsageError(_("“{word}” is not text in UTF-8.").format(word=word))


def _tell(told: Told | None, as_json: bool) -> None:
    if told is not None:
        emit(as_json, told.data, told.lines)
        if told.exit_code:
            click.get_current_context().exit(told.exit_code)


def emit(as_json: bool, data: Any, lines: Iterable[str]) -> None:
    """Print `data` as JSON, or `lines` for people."""
    if as_json:
        wide = sys.stdout.encoding.lower().startswith("utf")
        click.echo(escaped(json.dumps(data, ensure_ascii=not wide, indent=2)))
    else:
        for line in lines:
            click.echo(line)


def json_wanted() -> bool:
    """Whether the verb that runs prints JSON."""
    return bool(click.get_current_context().params["as_json"])


def coder_names(project: Project) -> dict[str, str]:
    """The name of every coder, by id."""
    return {coder.id: coder.name for coder in project.coders.all()}


def saved(path: Path) -> str:
    """Where a file was saved, for people."""
    return _("Saved: {path}").format(path=path)


def table(rows: Iterable[Iterable[object]]) -> list[str]:
    """Rows of cells as lines with aligned columns."""
    cells = [[visible(str(cell)).replace("\n", " ") for cell in row] for row in rows]
    if not cells:
        return []
    widths = [max(len(row[n]) for row in cells) for n in range(len(cells[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


Option = Callable[[Any], Any]


def output_option(words: str, *, required: bool = False) -> Option:
    """Where to write."""
    return click.option("-o", "--output", type=click.Path(path_type=Path), required=required, help=words)


def language_option(words: str) -> Option:
    return click.option("--language", "language_", type=click.Choice(["nl", "en"]), help=words)


afresh_option = click.option(
    "--afresh",
    is_flag=True,
    help=_("Write over what is there, also what people changed; that is kept beside it."),
)
unreviewed_option = click.option(
    "--unreviewed", is_flag=True, help=_("Go on even if nobody looked at the names in an interview.")
)
viewer_option = click.option(
    "--as", "who", metavar=_("CODER"), help=_("Who you are: in a sealed round you see your own codings.")
)
coder_option = click.option(
    "--coder", multiple=True, help=_("Only the codings of this coder (may be repeated).")
)
consensus_option = click.option(
    "--consensus", is_flag=True, help=_("Only what the pair decided together counts.")
)


def coders_of(project: Project, names: Sequence[str], consensus: bool = False) -> tuple[Coder, ...]:
    """Whose codings count."""
    if consensus:
        from qualcode.tasks.material import consensus_of  # loads all that documents are made of

        return (consensus_of(project),)
    return tuple(project.coders.get(name) for name in names)


def role_of(project: Project, word: str | None) -> Role | None:
    """The role named by a word in Dutch or English; raises `NotFoundError`."""
    from qualcode.sources import guess_from_name  # brings the readers of files

    if word is None:
        return None
    try:
        return project.roles.get(word)
    except NotFoundError:
        if (role := guess_from_name(word)[1]) is not None:
            return role
        raise
