"""What a methods section says about the agreement of two coders."""

from __future__ import annotations

from dataclasses import replace

from qualcode.agreement.kinds import reconcile
from qualcode.agreement.result import Series
from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Coder
from qualcode.reports.wording.methods import Facts
from qualcode.store.project import Project
from qualcode.tasks.comparing.agenda import agenda
from qualcode.tasks.comparing.agreement import agree, options_of
from qualcode.tasks.comparing.comparison import Comparison, compare
from qualcode.tasks.comparing.rounds import after_talking, round_comparison, through_project
from qualcode.tasks.comparing.sampling import kept_sample


def facts_of(project: Project, a: Coder, b: Coder, *, everything: bool = False) -> Facts:
    """What a methods section says about the agreement of two coders in a project.

    Where there were rounds, the figures are those of the last one in which something froze.
    """
    rounds = [] if everything else [one for one in project.rounds.all() if {a.id, b.id} <= set(one.coders)]
    compared = [(one, round_comparison(project, one, a, b)) for one in rounds]
    frozen = [(one, of_round) for one, of_round in compared if of_round.readings]
    one, comparison = frozen[-1] if frozen else (None, compare(project, a, b, everything=everything))
    names = {code.id: str(code.name) for code in comparison.codes}
    names |= {t.id: t.name for t in (*comparison.transcripts, *comparison.left_out)}
    options = options_of(project, comparison.codes)
    found = agree(comparison, options)
    discussed = after_talking(project, comparison, one)
    sample = kept_sample(project)
    if sample and not set(found.documents) <= set(sample.drawn):
        sample = None  # what was compared is not what was drawn
    return Facts(
        agreement=found,
        available=len(project.transcripts.all()),
        sample=sample,
        kinds=reconcile(comparison.differences()),
        rounds=max(len(rounds), 1),
        unresolved=_unresolved(project, comparison) if discussed else None,
        discussed=replace(agree(discussed, options), series=Series.DISCUSSED) if discussed else None,
        names=names,
        through=tuple(through_project(project, a, b)[0]) if frozen else (),
    )


def _unresolved(project: Project, comparison: Comparison) -> int:
    """How many differences were left as two readings, or not settled yet."""
    return len(agenda(project, comparison).left_apart())


def nothing_compared() -> InputError:
    """There is no interview that both have done."""
    return InputError(
        _(
            "Neither interview is marked done by both coders, so there is nothing to report. Use --all for all."
        )
    )
