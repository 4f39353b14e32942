"""How much two coders of a project agree, code by code."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from qualcode.agreement.comparison import AgreementOptions
from qualcode.agreement.comparison import compare as compare_readings
from qualcode.agreement.comparison import slices as measure_slices
from qualcode.agreement.intervals import SEED
from qualcode.agreement.result import Agreement
from qualcode.agreement.table import CountTable
from qualcode.model import Code
from qualcode.store.project import Project
from qualcode.tasks.comparing.comparison import Comparison, compare, two_coders

By = Literal["group", "document", "case", "role"]
Unit = Literal["character", "sentence", "turn"]


def options_of(
    project: Project,
    codes: tuple[Code, ...],
    *,
    unit: Unit = "character",
    seed: int = SEED,
) -> AgreementOptions:
    """How the project wants its agreement measured; the groups are the top codes."""
    return AgreementOptions(
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


def agree(comparison: Comparison, options: AgreementOptions, *, table: CountTable | None = None) -> Agreement:
    """The agreement on every code of the codebook, named by code id, over all that is compared.

    Transcripts that were left out of the comparison are named in `left_out`. `table` holds the
    counts, if they are known already.
    """
    found = compare_readings(
        comparison.readings,
        (comparison.a.name, comparison.b.name),
        [code.id for code in comparison.codes],
        options,
        series=comparison.series,
        label=comparison.label,
        table=table,
    )
    return replace(found, left_out=tuple(transcript.id for transcript in comparison.left_out))


def agree_by(comparison: Comparison, by: By, options: AgreementOptions) -> dict[str, Agreement]:
    """The same per top code (id), transcript (id), case (label) or informant role.

    Per top code: what both did with any code of its group, as one code of that name.
    """
    coders = (comparison.a.name, comparison.b.name)
    if by == "group":
        groups = top_codes(comparison.codes)
        readings = [reading.relabelled(groups.get) for reading in comparison.readings]
        return {
            group: replace(
                compare_readings(
                    readings, coders, [group], options, series=comparison.series, label=comparison.label
                ),
                left_out=tuple(transcript.id for transcript in comparison.left_out),
            )
            for group in dict.fromkeys(groups.values())
        }
    parts = measure_slices(comparison.readings, by, coders, [code.id for code in comparison.codes], options)
    return {key: replace(part, series=comparison.series) for key, part in parts.items()}


def measure(
    project: Project, a: str | None = None, b: str | None = None, *, everything: bool = False
) -> Agreement:
    """How much coders `a` and `b` (by default the only two) agree, code by code, counted in characters.

    Compared are the interviews that both have marked done, or with `everything` all of them.
    The codes and interviews in what comes back are named by slug and name instead of id.
    Raises `QualcodeError` when it is not clear who is meant, or what is sealed would be seen.
    """
    comparison = compare(project, *two_coders(project, a, b), everything=everything)
    found = agree(comparison, options_of(project, comparison.codes))
    slugs = {code.id: code.slug for code in comparison.codes}
    names = {t.id: t.name for t in (*comparison.transcripts, *comparison.left_out)}
    return replace(
        found,
        codes=tuple(replace(code, code=slugs[code.code]) for code in found.codes),
        documents=tuple(names[document] for document in found.documents),
        left_out=tuple(names[document] for document in found.left_out),
    )
