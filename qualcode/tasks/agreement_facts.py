"""What a methods section says about the agreement of two coders."""

from __future__ import annotations

from qualcode.agreement.kinds import reconcile
from qualcode.agreement.methods import Facts
from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Coder
from qualcode.store.project import Project
from qualcode.tasks.agreeing import agree, options_of
from qualcode.tasks.comparison import compare
from qualcode.tasks.sampling import kept_sample


def facts_of(project: Project, a: Coder, b: Coder, *, everything: bool = False) -> Facts:
    """What a methods section says about the agreement of two coders in a project."""
    comparison = compare(project, a, b, everything=everything)
    names = {code.id: str(code.name) for code in comparison.codes}
    names |= {t.id: t.name for t in (*comparison.transcripts, *comparison.left_out)}
    found = agree(comparison, options_of(project, comparison.codes))
    sample = kept_sample(project)
    if sample and not set(found.documents) <= set(sample.drawn):
        sample = None  # what was compared is not what was drawn
    return Facts(
        agreement=found,
        available=len(comparison.transcripts) + len(comparison.left_out),
        sample=sample,
        kinds=reconcile(comparison.differences()),
        names=names,
    )


def nothing_compared() -> InputError:
    """There is no interview that both have done."""
    return InputError(
        _(
            "Neither interview is marked done by both coders, so there is nothing to report. Use --all for all."
        )
    )
