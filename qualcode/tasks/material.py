"""What a project holds, gathered for reports and screens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.analysis.checklist import evidence
from qualcode.analysis.themes import ArrangedTheme, Fragment, arrange, references
from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Coder, CoderKind, Coding
from qualcode.reports.documents.checklist import Judged
from qualcode.reports.material import Material
from qualcode.tasks.facts import facts_of_interviews

if TYPE_CHECKING:
    from qualcode.store.project import Project


def gather(project: Project, coders: Sequence[Coder] = (), *, coded: bool = True) -> Material:
    """The project as reports see it, with the codings of `coders` (default: those who read independently).

    What others coded in a sealed interview is left out, and said. Raises `InputError` if nothing is
    coded, unless `coded` is off.
    """
    people = tuple(coders) or tuple(project.coders.pair())
    codings = tuple(codings_of(project, people))
    transcripts = tuple(project.transcripts.all())
    sealed = project.rounds.sealed()
    if coded and not codings and sealed:
        names = ", ".join(each.name for each in transcripts if each.id in sealed)
        words = _(
            "There is nothing to export yet that may be seen: sealed until everybody has finished are {names}."
        )
        raise InputError(words.format(names=names))
    if coded and not codings:
        raise InputError(_("Nothing is coded yet, so there is nothing to export. Code some fragments first."))
    codes = tuple(project.codebook.all())
    themes = arrange(project.themes.all(), codes, codings, transcripts, project.themes.quotes())
    return Material(
        title=str(project.settings.get("title") or project.path.stem),
        coders=people,
        transcripts=transcripts,
        codes=codes,
        codings=codings,
        themes=tuple(themes),
        cases=tuple(project.cases.all()),
        informants=tuple(project.cases.informants()),
        everyone={coder.id: coder for coder in project.coders.all()},
        quoted=_quoted(project, themes),
        headings=project.settings.get("headings"),
        facts=tuple(facts_of_interviews(project)),
        sealed=tuple(transcript.name for transcript in transcripts if transcript.id in sealed),
    )


def codings_of(project: Project, coders: Sequence[Coder]) -> list[Coding]:
    """The codings of some coders that the person at work may see."""
    ids = {coder.id for coder in coders}
    return [coding for coding in project.codings.all() if coding.coder_id in ids]


def _quoted(project: Project, themes: Sequence[ArrangedTheme]) -> dict[str, Fragment]:
    """The fragments that the texts of themes refer to, by handle."""
    at = {f.held.id: f for theme in themes for f in theme.fragments if f.held}
    found = {}
    for theme in themes:
        for handle in references(theme.theme.text):
            record = project.themes.by_handle(handle)
            if record and record.id in at:
                found[handle.lower()] = at[record.id]
    return found


def layers_of(project: Project) -> list[Coder]:
    """The layer of decisions: none while nothing is decided, more than one where laptops began one each."""
    return [coder for coder in project.coders.all() if coder.kind is CoderKind.CONSENSUS]


def consensus_of(project: Project) -> Coder:
    """The consensus layer, if decisions made any codings; raises `InputError` else."""
    for layer in layers_of(project):
        if project.codings.all(coder=layer):
            return layer
    raise InputError(_("There is no consensus yet: compare, and decide on the differences first."))


def judged(project: Project, material: Material) -> Judged:
    """The checklist with its evidence and ratings; raises `InputError` if the project has none."""
    checklist = project.checklist.book()
    if not checklist.criteria:
        raise InputError(
            _(
                "This project has no checklist. One comes along with: qualcode codebook import PROJECT samenwerking"
            )
        )
    found = evidence(checklist, material.codes, material.codings, material.transcripts)
    settled = next((layer.id for layer in layers_of(project)), "")
    return Judged(checklist, found, project.ratings.all(), settled)
