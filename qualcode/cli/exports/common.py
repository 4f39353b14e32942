"""What all documents share on the command line: where to, in which language, whose codings, how shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qualcode.cli.verbs import emit
from qualcode.i18n import _, language, ngettext

if TYPE_CHECKING:
    from qualcode.model import Coder
    from qualcode.reports.material import Options
    from qualcode.store.project import Project
    from qualcode.tasks.exporting.write import Saved

Verb = TypeVar("Verb", bound=Callable[..., Any])

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=_(
        "The file: .docx, .html, .md, .xlsx or .csv; without it: Word, in the folder exports beside the project."
    ),
)
language_option = click.option(
    "--language", "language_", type=click.Choice(["nl", "en"]), help=_("The language of the document.")
)
coder_option = click.option(
    "--coder", multiple=True, help=_("Only the codings of this coder (may be repeated).")
)
consensus_option = click.option(
    "--consensus", is_flag=True, help=_("Only what the pair decided together counts.")
)
afresh_option = click.option(
    "--afresh",
    is_flag=True,
    help=_("Write over an earlier version, instead of keeping what people wrote in it."),
)
template_option = click.option(
    "--template",
    type=click.Path(path_type=Path),
    help=_("A Word file (.docx, .dotx) whose look, head and foot are used."),
)
_SHOWN = (
    click.option(
        "--quotes",
        type=click.IntRange(min=0),
        default=2,
        show_default=True,
        help=_("At most so many quotes per theme and informant; 0: all."),
    ),
    click.option("--chosen", is_flag=True, help=_("Only quotes that were chosen (starred).")),
    click.option(
        "--by",
        type=click.Choice(["role", "case"]),
        default="role",
        show_default=True,
        help=_("Quotes per informant beside each other, or per case below each other."),
    ),
    click.option("--question", is_flag=True, help=_("With the interviewer's question before each quote.")),
    click.option(
        "--longest",
        type=click.IntRange(min=20),
        default=600,
        show_default=True,
        help=_("So many characters a quote may have; longer ones are cut with […]."),
    ),
    click.option(
        "--naming",
        type=click.Choice(["full", "short", "role"]),
        default="full",
        show_default=True,
        help=_("An informant as: case 04, teacher, turn 12; 04-teacher; teacher."),
    ),
)
_PLACE = (output_option, language_option, coder_option, consensus_option, template_option, afresh_option)


def place_options(verb: Verb) -> Verb:
    """Where to, in which language, whose codings."""
    for option in reversed(_PLACE):
        verb = option(verb)
    return verb


def shown_options(verb: Verb) -> Verb:
    """Which quotes, and how."""
    for option in reversed(_SHOWN):
        verb = option(verb)
    return verb


def options_of(language_: str | None, **shown: Any) -> Options:
    """How a document is made, from what was asked."""
    from qualcode.reports.material import Options

    return Options(language=language_ or language(), **shown)


def coders_of(project: Project, names: Sequence[str], consensus: bool) -> tuple[Coder, ...]:
    """Whose codings count."""
    from qualcode.tasks.material import consensus_of

    if consensus:
        return (consensus_of(project),)
    return tuple(project.coders.get(name) for name in names)


def show_progress(done: int, all_: int) -> None:
    """How far it is, on a screen that somebody looks at."""
    if all_ > 500 and sys.stderr.isatty():
        end = "\n" if done >= all_ else ""
        click.echo(f"\r{done} / {all_}{end}", err=True, nl=False)


def tell(saved: Saved, as_json: bool) -> None:
    """Where a document was saved, and what was left as people had made it."""
    data = {"file": str(saved.path), "kept": saved.again, "left": list(saved.left)}
    lines = [_("Saved: {path}").format(path=saved.path)]
    if saved.again:
        lines.append(_("What was written in it between the parts has been kept."))
    if saved.left:
        words = ngettext(
            "{n} part was changed by hand and left as it is: {names}. Use --afresh to make it new.",
            "{n} parts were changed by hand and left as they are: {names}. Use --afresh to make them new.",
            len(saved.left),
        )
        lines.append(words.format(n=len(saved.left), names="; ".join(saved.left)))
    emit(as_json, data, lines)
