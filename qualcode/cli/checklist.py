"""`qualcode checklist …`: the criteria, and how each case is rated on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.analysis.checklist import cells, sided, tally
from qualcode.cli.verbs import (
    Told,
    as_option,
    coder_names,
    file_argument,
    on_screen_option,
    saved,
    table,
    verb,
)
from qualcode.i18n import _
from qualcode.model import SIDES, Verdict
from qualcode.tasks import checklist as tasks
from qualcode.tasks.material import gather, judged, layers_of

if TYPE_CHECKING:
    from qualcode.analysis.checklist import CriterionEvidence
    from qualcode.model import Rating
    from qualcode.store.project import Project

_SIGNS = {"good": "+", "poor": "−", "mixed": "±", "silent": "·"}

checklist = click.Group(
    "checklist", help=_("Show the checklist, rate cases on it, or take one in from a file.")
)


@verb("show", _("Show the checklist of PROJECT, with how many cases speak of each line."), of=checklist)
def show(project: Project) -> Told:
    """The criteria with their codes, fragments and ratings."""
    material = gather(project, coded=False)
    found = judged(project, material)
    tallies = tally(found.ratings, [coder.id for coder in material.coders], found.settled)
    data: list[dict[str, Any]] = [
        {
            "criterion": each.criterion.slug,
            "dimension": each.criterion.dimension,
            "good": str(each.criterion.good),
            "poor": str(each.criterion.poor),
            "codes": list(each.criterion.codes),
            "fragments": len(each.all_quotes),
            "sides": _sides(each, found.ratings),
            "cases": sorted(each.quotes),
            "ratings": {"/".join(v): n for v, n in tallies.get(each.criterion.id, {}).items()},
        }
        for each in found.evidence
    ]
    lines: list[str] = []
    for each in data:
        sides = each["sides"]
        lines += [
            f"{each['criterion']} ({each['fragments']})",
            f"  + {each['good']} ({sides['good']})",
            f"  − {each['poor']} ({sides['poor']})",
        ]
    return Told({"checklist": found.checklist.name, "criteria": data}, lines)


def _sides(found: CriterionEvidence, ratings: Sequence[Rating]) -> dict[str, int]:
    """How many fragments speak for each side, for both according to different raters, or for none that was said."""
    laid = sided(found, found.all_quotes, ratings)
    return {
        "good": len(laid.good),
        "poor": len(laid.poor),
        "apart": len(laid.apart),
        "unsaid": len(laid.unsaid),
    }


@verb("overview", _("Show how every case of PROJECT is rated on every line."), of=checklist)
@click.option("--coder", help=_("Only the ratings of this coder."))
def overview(project: Project, coder: str | None) -> Told:
    """Cases × criteria, and how far two agree."""
    one = project.coders.get(coder) if coder else None
    found = cells(project.ratings.all(coder=one))
    criteria, cases = project.checklist.book().criteria, project.cases.all()
    names = coder_names(project)
    layers = {layer.id for layer in layers_of(project)}
    pair = project.coders.pair()
    figures = len(pair) > 1 and project.settings.get("coefficients")
    agreed = tasks.rating_agreement(project, *pair[:2]) if figures else None
    words = [tasks.agreement_words(project, *pair[:2])] if len(pair) > 1 else []
    rated: list[dict[str, Any]] = []
    rows = []
    for criterion in criteria:
        line = [criterion.slug]
        for case in cases:
            by_coder = found.get((criterion.id, case.id), {})
            line.append(_signs(by_coder, layers) or " ")
            rated += [
                {
                    "criterion": criterion.slug,
                    "case": case.label,
                    "coder": names[c],
                    "verdict": str(rating.verdict),
                    "evidence": list(rating.evidence),
                    "sides": {one: str(side) for one, side in rating.sides.items()},
                    "note": rating.note,
                }
                for c, rating in by_coder.items()
            ]
        rows.append(line)
    data = {"ratings": rated, "agreement": agreed.to_dict() if agreed else None}
    legend = _("+ good   − poor   ± mixed   · not spoken of   → settled together")
    return Told(data, [*table([["", *(case.label for case in cases)], *rows]), "", legend, *words])


def _signs(by_coder: Mapping[str, Rating], layers: Collection[str]) -> str:
    """What each found, and behind an arrow what was settled."""
    given = sorted(by_coder.values(), key=lambda rating: rating.coder_id in layers)
    return "".join("→" * (r.coder_id in layers) + _SIGNS[r.verdict] for r in given)


@verb("rate", _("Rate CASE of PROJECT on CRITERION: good, poor, mixed or silent."), of=checklist)
@click.argument("case")
@click.argument("criterion")
@click.argument("verdict")
@click.option("--evidence", multiple=True, help=_("The id of a coding that shows it (may be repeated)."))
@click.option("--for-good", multiple=True, help=_("The id of a coding that speaks for the good side."))
@click.option("--for-poor", multiple=True, help=_("The id of a coding that speaks for the poor side."))
@click.option("--note", help=_("What you want to say about it."))
@as_option
def rate(
    project: Project,
    case: str,
    criterion: str,
    verdict: str,
    evidence: tuple[str, ...],
    for_good: tuple[str, ...],
    for_poor: tuple[str, ...],
    note: str | None,
) -> Told:
    """Rate a case; the verdict `none` takes the rating back."""
    wanted = None if verdict == "none" else tasks.verdict_named(verdict)
    found = tasks.criterion_named(project, criterion)
    own = wanted if wanted in SIDES else None
    named = {
        coding: side
        for codings, side in ((evidence, own), (for_good, Verdict.GOOD), (for_poor, Verdict.POOR))
        for coding in codings
    }
    tasks.rate(project, found, case, project.require_coder(), wanted, evidence=named or None, note=note)
    data = {"case": case, "criterion": found.slug, "verdict": str(wanted) if wanted else None}
    return Told(data, [f"{case} · {found.slug}: {wanted.label if wanted else '–'}"])


@verb(
    "settle",
    _("Keep the VERDICT on CASE and CRITERION of PROJECT that you settled together, with the reason."),
    of=checklist,
)
@click.argument("case")
@click.argument("criterion")
@click.argument("verdict")
@click.option("--reason", default="", help=_("Why this is the verdict."))
@as_option
def settle(project: Project, case: str, criterion: str, verdict: str, reason: str) -> Told:
    """Settle a verdict; `none` takes the shared verdict back."""
    wanted = None if verdict == "none" else tasks.verdict_named(verdict)
    found = tasks.criterion_named(project, criterion)
    tasks.settle(project, found, case, wanted, reason)
    data = {
        "case": case,
        "criterion": found.slug,
        "settled": str(wanted) if wanted else None,
        "reason": reason,
    }
    return Told(data, [f"{case} · {found.slug}: {wanted.label if wanted else '–'}"])


@verb("import", _("Take the checklist FILE (.yaml) in, in the place of the one in PROJECT."), of=checklist)
@file_argument
@as_option
def import_(project: Project, file: Path) -> Told:
    """Take in a checklist of one's own; ratings of lines that go away go with them."""
    from qualcode.exchange.codebooks.yaml import read_checklist

    taken = tasks.take_checklist(project, read_checklist(file))
    data = {"checklist": taken.name, "criteria": len(taken.criteria)}
    return Told(data, [_("{name}: {n} lines.").format(name=taken.name, n=len(taken.criteria))])


@verb("export", _("Write the checklist of PROJECT as a file that people can edit (.yaml)."), of=checklist)
@on_screen_option
def export(project: Project, output: Path | None) -> Told:
    """Write the checklist."""
    from qualcode.exchange.codebooks.yaml import checklist_text, write_checklist

    found = project.checklist.book()
    if output is None:
        text = checklist_text(found)
        return Told({"file": None, "text": text}, [text.rstrip()])
    write_checklist(found, output)
    return Told({"file": str(output)}, [saved(output)])
