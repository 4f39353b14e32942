"""What may be claimed of two readings: what the record holds, told in the methods paragraph."""

from __future__ import annotations

import pytest

from qualcode.model import Coder
from qualcode.reports.wording.methods import methods_paragraph
from qualcode.store.project import Project
from qualcode.store.records.decisions import Outcome
from qualcode.tasks.comparing.agenda import agenda, decide
from qualcode.tasks.comparing.comparison import compare
from qualcode.tasks.comparing.rounds import facts_of

People = tuple[Coder, Coder]


def code(project: Project, people: People, *, at: int = 14) -> None:
    """Both mark the same words of the interview."""
    for coder in people:
        project.coder = coder
        tijd = project.codebook.get("tijd")
        project.codings.add(project.transcripts.all()[0], at, at + 10, tijd, coder)
    project.coder = people[0]


def finish(project: Project, people: People) -> None:
    """Both mark it done, and with a round that runs it freezes."""
    for coder in people:
        project.coder = coder
        project.progress.mark(project.transcripts.all()[0], coder)
    project.coder = people[0]


def claims(project: Project, people: People) -> tuple[list[str], str]:
    """How the interview was read, and what the paragraph says."""
    facts = facts_of(project, *people)
    assert facts.independence is not None
    return [str(state.value) for state in facts.independence.values()], methods_paragraph(facts, "en")


def test_a_first_sealed_round_is_independent(project: Project, people: People) -> None:
    project.rounds.start(project.transcripts.all(), people)
    code(project, people)
    finish(project, people)
    states, said = claims(project, people)
    assert states == ["sealed"]
    assert "It was read independently: for the first time, in a sealed round" in said
    assert "anna (practitioner) and bram (researcher)" in said
    assert "of the codebook" in said


def test_without_a_round_nothing_is_claimed(project: Project, people: People) -> None:
    code(project, people)
    finish(project, people)
    states, said = claims(project, people)
    assert states == ["unsealed"]
    assert "coded separately but not sealed" in said
    assert "independent" not in said


def test_codings_from_before_the_round_were_not_sealed(project: Project, people: People) -> None:
    code(project, people)
    project.rounds.start(project.transcripts.all(), people)
    finish(project, people)
    assert claims(project, people)[0] == ["unsealed"]


def test_a_seal_opened_early_is_told(project: Project, people: People) -> None:
    one = project.rounds.start(project.transcripts.all(), people)
    code(project, people)
    project.rounds.open_seal(one, project.transcripts.all(), "bram is ziek")
    finish(project, people)
    facts = facts_of(project, *people)
    if facts.agreement.label:
        assert claims(project, people)[0] == ["opened"]
        assert "unsealed before both coders had finished" in claims(project, people)[1]
    else:
        assert "independent" not in methods_paragraph(facts, "en")


def test_a_second_round_is_recoded(project: Project, people: People) -> None:
    one = project.rounds.start(project.transcripts.all(), people)
    code(project, people)
    finish(project, people)
    project.rounds.close(one)
    project.rounds.start(project.transcripts.all(), people)
    code(project, people, at=54)
    finish(project, people)
    states, said = claims(project, people)
    assert states == ["again"]
    assert (
        "recoded after the coders had talked about the interviews, which is not an independent reading"
        in said
    )
    assert "The figures are those of round 2; left out, as earlier rounds: round 1, 1 transcript." in said


def test_what_was_decided_on_before_was_talked_about(coded: Project, people: People) -> None:
    plan = agenda(coded, compare(coded, *people))
    decide(coded, plan, plan.items[:1], Outcome.DIFFER, text="ieder zijn lezing")
    decide(coded, plan, plan.items[1:3], Outcome.BOTH)
    coded.rounds.start(coded.transcripts.all(), people)
    finish(coded, people)
    states, _said = claims(coded, people)
    assert states == ["again"]


@pytest.mark.parametrize(("differ", "settled"), [(0, 1), (1, 0), (1, 2), (2, 1)])
def test_settled_differ_and_open_are_counted_apart(
    coded: Project, people: People, differ: int, settled: int
) -> None:
    plan = agenda(coded, compare(coded, *people))
    every = len(plan.items)
    if differ:
        decide(coded, plan, plan.items[:differ], Outcome.DIFFER, text="ieder zijn lezing")
    if settled:
        decide(coded, plan, plan.items[differ : differ + settled], Outcome.BOTH)
    facts = facts_of(coded, *people)
    said = methods_paragraph(facts, "en")
    expected = (
        f"Of the differences the coders settled {settled}, agreed to differ on {differ} "
        f"and left {every - differ - settled} open."
    )
    assert expected in said
