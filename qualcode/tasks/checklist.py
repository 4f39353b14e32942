"""Rate cases on the checklist, and see how far two agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.agreement.coefficients import TableCoefficients, table_coefficients
from qualcode.analysis.checklist import VERDICTS, CriterionEvidence, cells, cross_table, named_sides
from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import _, percent
from qualcode.model import SIDES, Checklist, Coder, Criterion, Verdict
from qualcode.reports.wording.sentences import value_text
from qualcode.tasks.material import layers_of

if TYPE_CHECKING:
    from qualcode.store.project import Project

LETTERS = {"g": Verdict.GOOD, "p": Verdict.POOR, "m": Verdict.MIXED, "n": Verdict.SILENT}


def verdict_named(word: str) -> Verdict:
    """The verdict that a word or letter stands for; raises `InputError`."""
    wanted = word.casefold().strip()
    for verdict in Verdict:
        if wanted in (verdict.value, verdict.label.casefold()):
            return verdict
    if wanted in LETTERS:
        return LETTERS[wanted]
    known = ", ".join(f"{verdict} ({verdict.label})" for verdict in Verdict)
    raise InputError(_("“{word}” is no verdict; choose from: {known}.").format(word=word, known=known))


def criterion_named(project: Project, name: str) -> Criterion:
    """The criterion with that slug or id; raises `NotFoundError`."""
    for criterion in (known := project.checklist.book().criteria):
        if name in (criterion.slug, criterion.id):
            return criterion
    raise NotFoundError(
        _("There is no criterion “{name}” in the checklist (there is: {known}).").format(
            name=name, known=", ".join(criterion.slug for criterion in known) or _("none yet")
        )
    )


def rate(
    project: Project,
    criterion: Criterion,
    case: str,
    coder: Coder,
    verdict: Verdict | None,
    *,
    evidence: Sequence[str] | Mapping[str, Verdict | None] | None = None,
    note: str | None = None,
) -> None:
    """Rate a case (label); `evidence` are ids of codings that are in the project (`NotFoundError` else), or these
    with the side for which each speaks."""
    for coding in evidence or ():
        project.codings.get(coding)
    project.ratings.rate(criterion, project.cases.get(case), coder, verdict, evidence=evidence, note=note)


def settle(project: Project, criterion: Criterion, case: str, verdict: Verdict | None, reason: str) -> None:
    """Keep the verdict that two raters settled on a case (label), with the reason; `None` takes it back.

    What each of them found stays. Raises `InputError` without a reason, or while two have not rated the case.
    """
    found = project.cases.get(case)
    project.require_coder()
    if verdict is None:
        for layer in layers_of(project):
            project.ratings.rate(criterion, found, layer, None)
        return
    if not reason.strip():
        raise InputError(_("Say in a few words why this is the verdict."))
    refuse_unrated(project, criterion, case)
    with project.transaction("rating.settle", reason.strip()):
        project.ratings.rate(criterion, found, project.coders.consensus(), verdict, note=reason)


def refuse_unrated(project: Project, criterion: Criterion, case: str) -> None:
    """Raise `InputError` while there is nothing to settle, because two have not rated a case (label)."""
    rated = cells(project.ratings.all()).get((criterion.id, project.cases.get(case).id), {})
    if len(rated.keys() & {coder.id for coder in project.coders.pair()}) < 2:
        raise InputError(_("Both rate the case first; then there is something to settle."))


def name_evidence(
    project: Project,
    found: CriterionEvidence,
    case: str,
    coder: Coder,
    number: int,
    side: Verdict | None = None,
) -> bool:
    """Name the quote of that number (from 0) as evidence for a side, or no longer if it was; returns whether it is now.

    Without a side it is the one its codes speak for, else that of the verdict. Raises `InputError` if the case was not
    rated on the criterion yet.
    """
    kept = project.ratings.of(found.criterion, project.cases.get(case), coder)
    if kept is None:
        raise InputError(_("Rate the case first: good, poor, mixed or not spoken of."))
    quote = found.quotes[case][number]
    before, own = named_sides(quote, [kept]), kept.verdict if kept.verdict in SIDES else None
    named = not before if side is None else side not in before
    evidence = {each: kept.sides.get(each) for each in kept.evidence}
    for coding in quote.codings:
        evidence.pop(coding.id, None)
        if named:
            evidence[coding.id] = side or found.proposed(quote) or own
    rate(project, found.criterion, case, coder, kept.verdict, evidence=evidence)
    return named


def rating_agreement(project: Project, a: Coder, b: Coder) -> TableCoefficients:
    """The coefficients of two coders on all cells (criterion × case) that both rated, four verdicts."""
    return table_coefficients(cross_table(project.ratings.all(), a.id, b.id))


def agreement_words(project: Project, a: Coder, b: Coder) -> str:
    """How far two agree on their ratings, in a sentence with its numbers."""
    table = cross_table(project.ratings.all(), a.id, b.id)
    both = sum(map(sum, table))
    if not both:
        return _("{a} and {b} have rated nothing in common yet.").format(a=a.name, b=b.name)
    same = sum(table[n][n] for n in range(len(VERDICTS)))
    if not project.settings.get("coefficients"):
        return _("{a} and {b} rated {n} cells alike of {both} that both rated.").format(
            a=a.name, b=b.name, n=same, both=both
        )
    found = table_coefficients(table)
    return _(
        "{a} and {b} rated {n} cells alike of {both} that both rated ({share}; Krippendorff's alpha {alpha})."
    ).format(a=a.name, b=b.name, n=same, both=both, share=percent(same / both), alpha=value_text(found.alpha))


def take_checklist(project: Project, checklist: Checklist) -> Checklist:
    """Put a checklist in the place of the one there is; lines of the same name keep their ratings."""
    known = {criterion.slug: criterion.id for criterion in project.checklist.book().criteria}
    criteria = tuple(
        replace(criterion, id=known.get(criterion.slug, criterion.id)) for criterion in checklist.criteria
    )
    project.checklist.take(replace(checklist, criteria=criteria))
    return project.checklist.book()
