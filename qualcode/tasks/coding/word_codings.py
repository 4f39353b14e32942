"""Codings from a Word document: taken in as planned, and the plan as a report to read before that."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.i18n import _
from qualcode.model import Code, Coding
from qualcode.store.project import Project
from qualcode.tasks.coding.word_plan import WordPlan
from qualcode.tasks.material import short


def take_word(project: Project, plan: WordPlan, *, replace: bool = False) -> list[Coding]:
    """Take a plan in as one act; with `replace`, codings that the document does not have go away."""
    with project.transaction("codings.import"):
        if replace:
            for coding in plan.gone:
                project.codings.remove(coding)
        made = project.codings.add_all(
            (plan.transcript, planned.span.start, planned.span.end, planned.code, plan.coder)
            for planned in plan.new
        )
        for planned, coding in zip(plan.new, made, strict=True):
            if planned.memo:
                project.memos.add("coding", coding.id, planned.memo, plan.coder)
        for coding, memo in plan.memos:
            for old in project.memos.of("coding", coding.id):
                project.memos.remove(old)
            if memo:
                project.memos.add("coding", coding.id, memo, plan.coder)
    return made


def plan_in_words(plan: WordPlan, codes: Iterable[Code]) -> list[str]:
    """The report, line by line: what is new, what is there already, what needs a look."""
    names = {code.id: str(code.name) for code in codes}
    text = plan.transcript.text
    lines = [_("Interview: {name}. Coder: {coder}.").format(name=plan.transcript.name, coder=plan.coder.name)]
    for planned in plan.new:
        remark = f" ({planned.remark})" if planned.remark else ""
        memo = f" ! {short(planned.memo)}" if planned.memo else ""
        lines.append(f"+ {planned.code.name}: “{short(planned.span.of(text))}”{memo}{remark}")
    for coding, memo in plan.memos:
        lines.append(f"! {names[coding.code_id]}: “{short(coding.span.of(text))}” ! {short(memo)}")
    lines += [f"? {words}" for words in plan.unclear]
    lines += [f"· {_('not taken')}: {words}" for words in plan.others]
    for coding in plan.gone:
        gone = _("not in the document")
        lines.append(f"- {names[coding.code_id]}: “{short(coding.span.of(text))}” ({gone})")
    lines += plan.notices
    lines.append(
        _(
            "{new} new, {memos} memos changed, {same} there already, {unclear} to look at, {gone} not in the document."
        ).format(
            new=len(plan.new),
            memos=len(plan.memos),
            same=len(plan.same),
            unclear=len(plan.unclear),
            gone=len(plan.gone),
        )
    )
    return lines
