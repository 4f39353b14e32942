"""`qualcode sample`: which interviews to code twice."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from qualcode.cli.common import emit, json_option, project_argument, said_plainly
from qualcode.i18n import _, percent


@click.command("sample", help=_("Draw by lot which interviews of PROJECT two people will both code."))
@project_argument
@click.option(
    "--share", type=click.FloatRange(1, 100), default=20, show_default=True, help=_("How many, in per cent.")
)
@click.option(
    "--method",
    type=click.Choice(["stratified", "random"]),
    default="stratified",
    show_default=True,
    help=_("Stratified: each kind of informant gets its part, spread over the cases."),
)
@click.option("--seed", type=int, help=_("To draw the same again."))
@json_option
@said_plainly
def command(
    project: Path, share: float, method: Literal["random", "stratified"], seed: int | None, as_json: bool
) -> None:
    """Draw a sample and keep it with its seed."""
    from qualcode.reports.wording.sentences import sample_warnings
    from qualcode.store.project import open_project
    from qualcode.tasks.comparing.sampling import draw_sample

    with open_project(project) as opened:
        sample = draw_sample(opened, share / 100, method=method, seed=seed)
        names = {transcript.id: transcript.name for transcript in opened.transcripts.all()}
    warnings = sample_warnings(sample)
    drawn = [names[transcript] for transcript in sample.drawn]
    data = {**sample.to_dict(), "drawn": drawn, "warnings": warnings}
    head = _("Drawn {n} of {all} ({share}, seed {seed}):").format(
        n=len(drawn), all=sample.available, share=percent(len(drawn) / sample.available), seed=sample.seed
    )
    emit(as_json, data, [head, *(f"  {name}" for name in drawn), *warnings])
