"""`qualcode checklist …`: the criteria, and how each case is rated on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly, table
from qualcode.i18n import _

_SIGNS = {"good": "+", "poor": "−", "mixed": "±", "silent": "·"}


@click.group("checklist", help=_("Show the checklist, rate cases on it, or take one in from a file."))
def command() -> None:
    """Group of verbs on the checklist."""


@command.command("show", help=_("Show the checklist of PROJECT, with how many cases speak of each line."))
@project_argument
@json_option
@said_plainly
def show(project: Path, as_json: bool) -> None:
    """The criteria with their codes, fragments and ratings."""
    from qualcode.analysis.checklist import tally
    from qualcode.store.project import open_project
    from qualcode.tasks.material import gather, judged

    with open_project(project) as opened:
        material = gather(opened, coded=False)
        found = judged(opened, material)
    tallies = tally(found.ratings, [coder.id for coder in material.coders], found.settled)
    data = [
        {
            "criterion": each.criterion.slug,
            "dimension": each.criterion.dimension,
            "good": str(each.criterion.good),
            "poor": str(each.criterion.poor),
            "codes": list(each.criterion.codes),
            "fragments": sum(map(len, each.quotes.values())),
            "cases": sorted(each.quotes),
            "ratings": {str(v): n for v, n in tallies.get(each.criterion.id, {}).items()},
        }
        for each in found.evidence
    ]
    lines = []
    for each in data:
        lines += [f"{each['criterion']} ({each['fragments']})", f"  + {each['good']}", f"  − {each['poor']}"]
    emit(as_json, {"checklist": found.checklist.name, "criteria": data}, lines)


@command.command("overview", help=_("Show how every case of PROJECT is rated on every line."))
@project_argument
@click.option("--coder", help=_("Only the ratings of this coder."))
@json_option
@said_plainly
def overview(project: Path, coder: str | None, as_json: bool) -> None:
    """Cases × criteria, and how far two agree."""
    from qualcode.analysis.checklist import cells
    from qualcode.store.project import open_project
    from qualcode.tasks.checklist import agreement_words, rating_agreement

    with open_project(project) as opened:
        one = opened.coders.get(coder) if coder else None
        found = cells(opened.ratings.all(coder=one))
        criteria, cases = opened.checklist.book().criteria, opened.cases.all()
        names = {each.id: each.name for each in opened.coders.all()}
        pair = opened.coders.pair()
        figures = len(pair) > 1 and opened.settings.get("coefficients")
        agreed = rating_agreement(opened, *pair[:2]) if figures else None
        words = [agreement_words(opened, *pair[:2])] if len(pair) > 1 else []
    rated: list[dict[str, Any]] = []
    rows = []
    for criterion in criteria:
        line = [criterion.slug]
        for case in cases:
            by_coder = found.get((criterion.id, case.id), {})
            line.append("".join(_SIGNS[rating.verdict] for rating in by_coder.values()) or " ")
            rated += [
                {
                    "criterion": criterion.slug,
                    "case": case.label,
                    "coder": names[c],
                    "verdict": str(rating.verdict),
                    "evidence": list(rating.evidence),
                    "note": rating.note,
                }
                for c, rating in by_coder.items()
            ]
        rows.append(line)
    data = {"ratings": rated, "agreement": agreed.to_dict() if agreed else None}
    legend = _("+ good   − poor   ± mixed   · not spoken of")
    emit(as_json, data, [*table([["", *(case.label for case in cases)], *rows]), "", legend, *words])


@command.command("rate", help=_("Rate CASE of PROJECT on CRITERION: good, poor, mixed or silent."))
@project_argument
@click.argument("case")
@click.argument("criterion")
@click.argument("verdict")
@click.option("--evidence", multiple=True, help=_("The id of a coding that shows it (may be repeated)."))
@click.option("--note", help=_("What you want to say about it."))
@as_option
@json_option
@said_plainly
def rate_(
    project: Path,
    case: str,
    criterion: str,
    verdict: str,
    evidence: tuple[str, ...],
    note: str | None,
    coder: str | None,
    as_json: bool,
) -> None:
    """Rate a case; the verdict `none` takes the rating back."""
    from qualcode.store.project import open_project
    from qualcode.tasks.checklist import criterion_named, rate, verdict_named

    wanted = None if verdict == "none" else verdict_named(verdict)
    with open_project(project, coder) as opened:
        found = criterion_named(opened, criterion)
        rate(opened, found, case, opened.require_coder(), wanted, evidence=evidence or None, note=note)
    data = {"case": case, "criterion": found.slug, "verdict": str(wanted) if wanted else None}
    emit(as_json, data, [f"{case} · {found.slug}: {wanted.label if wanted else '–'}"])


@command.command("import", help=_("Take the checklist FILE (.yaml) in, in the place of the one in PROJECT."))
@project_argument
@click.argument("file", type=click.Path(path_type=Path))
@as_option
@json_option
@said_plainly
def import_(project: Path, file: Path, coder: str | None, as_json: bool) -> None:
    """Take in a checklist of one's own; ratings of lines that go away go with them."""
    from qualcode.exchange.codebooks.yaml import read_checklist
    from qualcode.store.project import open_project
    from qualcode.tasks.checklist import take_checklist

    checklist = read_checklist(file)
    with open_project(project, coder) as opened:
        taken = take_checklist(opened, checklist)
    data = {"checklist": taken.name, "criteria": len(taken.criteria)}
    emit(as_json, data, [_("{name}: {n} lines.").format(name=taken.name, n=len(taken.criteria))])


@command.command("export", help=_("Write the checklist of PROJECT as a file that people can edit (.yaml)."))
@project_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help=_("The file; without it: on the screen.")
)
@json_option
@said_plainly
def export(project: Path, output: Path | None, as_json: bool) -> None:
    """Write the checklist."""
    from qualcode.exchange.codebooks.yaml import checklist_text, write_checklist
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        checklist = opened.checklist.book()
    if output is None:
        text = checklist_text(checklist)
        emit(as_json, {"file": None, "text": text}, [text.rstrip()])
        return
    write_checklist(checklist, output)
    emit(as_json, {"file": str(output)}, [_("Saved: {path}").format(path=output)])
