"""How much two coders of a project agree, code by code."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from qualcode.agreement.comparison import Options
from qualcode.agreement.comparison import compare as measure
from qualcode.agreement.comparison import slices as measure_slices
from qualcode.agreement.result import Agreement
from qualcode.model import Code
from qualcode.store.project import Project
from qualcode.tasks.comparison import Comparison

By = Literal["document", "case", "role"]


def options_of(
    project: Project,
    codes: tuple[Code, ...],
    *,
    unit: Literal["character", "sentence", "turn"] = "character",
    everything: bool = False,
) -> Options:
    """How the project wants its agreement measured; the groups are the top codes."""
    root: dict[str, str] = {}
    for code in codes:  # parents come before their children
        root[code.id] = root.get(code.parent_id or "", code.id)
    return Options(
        unit=unit,
        everything=everything,
        coefficients=project.settings.get("coefficients"),
        groups=root,
    )


def agree(comparison: Comparison, options: Options, label: str = "") -> Agreement:
    """The agreement on every code of the codebook, named by code id, over all that is compared.

    Transcripts that were left out of the comparison are named in `left_out`.
    """
    found = measure(
        comparison.readings,
        (comparison.a.name, comparison.b.name),
        [code.id for code in comparison.codes],
        replace(options, everything=True),  # what is not to be counted was left out already
        label=label,
    )
    return replace(found, left_out=tuple(transcript.id for transcript in comparison.left_out))


def agree_by(comparison: Comparison, by: By, options: Options) -> dict[str, Agreement]:
    """The same per transcript (id), case (label) or informant role."""
    return measure_slices(
        comparison.readings,
        by,
        (comparison.a.name, comparison.b.name),
        [code.id for code in comparison.codes],
        replace(options, everything=True),
    )
