"""How much two coders of a project agree, code by code."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from qualcode.agreement.comparison import Options
from qualcode.agreement.comparison import compare as measure
from qualcode.agreement.comparison import slices as measure_slices
from qualcode.agreement.intervals import SEED
from qualcode.agreement.result import Agreement
from qualcode.agreement.table import CountTable
from qualcode.model import Code
from qualcode.store.project import Project
from qualcode.tasks.comparison import Comparison

By = Literal["group", "document", "case", "role"]
Unit = Literal["character", "sentence", "turn"]


def options_of(
    project: Project,
    codes: tuple[Code, ...],
    *,
    unit: Unit = "character",
    seed: int = SEED,
) -> Options:
    """How the project wants its agreement measured; the groups are the top codes."""
    return Options(
        unit=unit,
        everything=True,  # what is not to be counted was left out of the comparison already
        coefficients=project.settings.get("coefficients"),
        groups=top_codes(codes),
        seed=seed,
    )


def top_codes(codes: tuple[Code, ...]) -> dict[str, str]:
    """For every code (id) the top code it lies under; a top code is its own."""
    root: dict[str, str] = {}
    for code in codes:  # parents come before their children
        root[code.id] = root.get(code.parent_id or "", code.id)
    return root


def agree(comparison: Comparison, options: Options, *, table: CountTable | None = None) -> Agreement:
    """The agreement on every code of the codebook, named by code id, over all that is compared.

    Transcripts that were left out of the comparison are named in `left_out`. `table` holds the
    counts, if they are known already.
    """
    found = measure(
        comparison.readings,
        (comparison.a.name, comparison.b.name),
        [code.id for code in comparison.codes],
        options,
        series=comparison.series,
        label=comparison.label,
        table=table,
    )
    return replace(found, left_out=tuple(transcript.id for transcript in comparison.left_out))


def agree_by(comparison: Comparison, by: By, options: Options) -> dict[str, Agreement]:
    """The same per top code (id), transcript (id), case (label) or informant role.

    Per top code: what both did with any code of its group, as one code of that name.
    """
    coders = (comparison.a.name, comparison.b.name)
    if by == "group":
        groups = top_codes(comparison.codes)
        readings = [reading.relabelled(groups.get) for reading in comparison.readings]
        return {
            group: replace(
                measure(readings, coders, [group], options, series=comparison.series, label=comparison.label),
                left_out=tuple(transcript.id for transcript in comparison.left_out),
            )
            for group in dict.fromkeys(groups.values())
        }
    parts = measure_slices(comparison.readings, by, coders, [code.id for code in comparison.codes], options)
    return {key: replace(part, series=comparison.series) for key, part in parts.items()}
