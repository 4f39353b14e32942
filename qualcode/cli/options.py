"""Options that several verbs share: where to, in which language, whose codings, who is looking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.model import Coder
    from qualcode.store.project import Project

Option = Callable[[Any], Any]


def output_option(words: str, *, required: bool = False) -> Option:
    """Where to write."""
    return click.option("-o", "--output", type=click.Path(path_type=Path), required=required, help=words)


def language_option(words: str) -> Option:
    return click.option("--language", "language_", type=click.Choice(["nl", "en"]), help=words)


unreviewed_option = click.option(
    "--unreviewed", is_flag=True, help=_("Go on even if nobody looked at the names in an interview.")
)
viewer_option = click.option(
    "--as", "viewer", metavar=_("CODER"), help=_("Who you are: in a sealed round you see your own codings.")
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
