"""Orders of interviews and ratings of cases, as a pair makes them."""

from __future__ import annotations

import pytest

from qualcode.analysis.checklist import tally
from qualcode.analysis.ranking import PairwiseQuestion
from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import Bilingual
from qualcode.model import Checklist, Criterion, Dimension, Ranking, Role, Turn, Verdict
from qualcode.reports.documents.ranking import caution, comparison_words, group_words
from qualcode.store.project import Project
from qualcode.tasks import checklist
from qualcode.tasks import ranking as ranking_
from qualcode.tasks.material import gather, judged


@pytest.fixture
def study(project: Project) -> Project:
    """Six more interviews with teachers, of which the first three hold "meta" and the others "tijd"; one criterion."""
    for n in range(1, 7):
        words = f"In gesprek {n} ging het zo."
        made = project.transcripts.add(
            f"leraar-{n}", words, [Turn(1, 0, len(words), "R")], case=f"1{n}", informant=Role.TEACHER
        )
        project.codings.add(made, 0, len(words), project.codebook.get("meta" if n < 4 else "tijd"))
    criterion = Criterion(
        "c1", "samen", "doelen", Bilingual("samen", "together"), Bilingual("alleen", "alone"), ("meta",)
    )
    project.checklist.take(
        Checklist("x", dimensions=(Dimension("doelen", Bilingual("Doelen")),), criteria=(criterion,))
    )
    return project


def ranking_of(study: Project) -> Ranking:
    return ranking_.begin_ranking(study, "leraren", names=[f"leraar-{n}" for n in range(1, 7)])


def test_a_ranking_takes_one_kind_of_informant(study: Project) -> None:
    assert len(ranking_.begin_ranking(study, "", role=Role.TEACHER).transcripts) == 7
    assert study.rankings.all()[0].name == "teacher"
    with pytest.raises(InputError, match="fewer than two"):
        ranking_.begin_ranking(study, "", role=Role.CHILD)


def test_answers_to_questions_become_an_order(study: Project) -> None:
    ranking, anna = ranking_of(study), study.coders.get("anna")
    worth = {one: n for n, one in enumerate(ranking.transcripts)}
    asked = 0
    while isinstance(question := ranking_.next_to_ask(study, ranking, anna), PairwiseQuestion):
        first, second = str(question.first), str(question.second)
        ranking_.answer(study, ranking, anna, first, second, 1 if worth[first] > worth[second] else -1)
        asked += not question.again
    order = study.rankings.order_of(ranking, anna)
    assert order is not None
    assert [tied[0] for tied in order.ranks] == list(reversed(ranking.transcripts))
    assert asked <= 11
    entries = len(study.journal.entries())
    assert ranking_.next_to_ask(study, ranking, anna) is None
    assert len(study.journal.entries()) == entries


def test_a_few_questions_come_once_more_and_contradictions_show(study: Project) -> None:
    ranking, anna = ranking_of(study), study.coders.get("anna")
    worth = {one: n for n, one in enumerate(ranking.transcripts)}
    order, repeated = None, 0
    while isinstance(question := ranking_.next_to_ask(study, ranking, anna), PairwiseQuestion):
        first, second = str(question.first), str(question.second)
        better = 1 if worth[first] > worth[second] else -1
        if question.again:
            order = order or study.rankings.order_of(ranking, anna)
            repeated += 1
            better = -better if repeated == 1 else better
        ranking_.answer(study, ranking, anna, first, second, better)
    assert repeated == 2  # of the ten that there are
    said = ranking_.steadiness(study, ranking, anna)
    assert said.startswith("Asked again, anna answered 1 of 2 questions alike. Otherwise: 1")
    assert study.rankings.order_of(ranking, anna) == order  # the first answers made it
    study.rankings.forget_answers(ranking, anna)
    assert ranking_.steadiness(study, ranking, anna) == ""


def test_two_groups_are_compared_case_by_case(study: Project) -> None:
    """The teachers' order against the care workers': the same cases, other interviews."""
    teachers, anna = ranking_of(study), study.coders.get("anna")
    ids = []
    for n in range(1, 7):
        words = f"Als hulpverlener zag ik casus {n} zo."
        turns = [Turn(1, 0, len(words), "H")]
        ids.append(study.transcripts.add(f"hulp-{n}", words, turns, case=f"1{n}", informant=Role.CARE_WORKER))
    others = ranking_.begin_ranking(study, "hulpverleners", names=[each.name for each in ids])
    assert ranking_.by_case(study, teachers) == {}
    study.rankings.set_order(teachers, anna, [[one] for one in teachers.transcripts])
    swapped = [ids[1], ids[0], *ids[2:]]
    study.rankings.set_order(others, anna, [[one.id] for one in swapped])
    a, b = ranking_.by_case(study, teachers), ranking_.by_case(study, others)
    assert (a["11"], b["11"], b["12"]) == (1, 2, 1)
    words = group_words(("leraren", "hulpverleners"), a, b)
    assert words.startswith("leraren and hulpverleners: almost the same order (Kendall's tau-b 0.87")
    assert "6 cases" in words
    assert "case 11: 1 with leraren, 2 with hulpverleners" in words


def test_rows_move_and_tie() -> None:
    ranks = [["a"], ["b"], ["c", "d"]]
    assert ranking_.moved_by(ranks, "b", -1) == [["b"], ["a"], ["c", "d"]]
    assert ranking_.moved_by(ranks, "a", -1) == ranks
    assert ranking_.moved_by(ranks, "d", -1) == [["a"], ["b"], ["d"], ["c"]]
    assert ranking_.moved_by(ranks, "c", 1) == [["a"], ["b"], ["d"], ["c"]]
    assert ranking_.tied_with_above(ranks, "b") == [["a", "b"], ["c", "d"]]
    assert ranking_.tied_with_above(ranks, "c") == [["a"], ["b"], ["d"], ["c"]]
    assert ranking_.tied_with_above(ranks, "a") == ranks


def test_two_orders_are_settled_with_a_reason(study: Project) -> None:
    ranking = ranking_of(study)
    anna, bram = study.coders.pair()
    with pytest.raises(InputError, match="Nobody"):
        ranking_.proposal(study, ranking)
    ids = list(ranking.transcripts)
    study.rankings.set_order(ranking, bram, [[one] for one in [ids[1], ids[0], *ids[2:]]])
    study.rankings.set_order(ranking, anna, [[one] for one in ids])
    assert [order.coder_id for order in ranking_.readers_orders(study, ranking)] == [anna.id, bram.id]
    begin = ranking_.proposal(study, ranking)
    assert begin == [[ids[0], ids[1]], *([one] for one in ids[2:])]
    with pytest.raises(InputError, match="few words"):
        ranking_.settle(study, ranking, begin, "  ")
    ranking_.settle(study, ranking, begin, "zo hebben we het besproken")
    settled = ranking_.settled(study, ranking)
    assert settled is not None
    assert [list(tied) for tied in settled.ranks] == begin
    entry = study.journal.entries()[-1]
    assert (entry.action, entry.note) == ("ranking.settle", "zo hebben we het besproken")
    assert len(ranking_.readers_orders(study, ranking)) == 2


def test_the_contrast_finds_what_goes_with_the_best(study: Project) -> None:
    ranking, anna = ranking_of(study), study.coders.get("anna")
    study.rankings.set_order(ranking, anna, [[one] for one in ranking.transcripts])
    for case, verdict in (
        ("11", Verdict.GOOD),
        ("12", Verdict.GOOD),
        ("16", Verdict.POOR),
        ("13", Verdict.SILENT),
    ):
        checklist.rate(study, study.checklist.book().criteria[0], case, anna, verdict)
    found = ranking_.ranked(study, gather(study), ranking).contrast
    assert found is not None
    assert [list(found.top), list(found.bottom)] == [
        list(ranking.transcripts[:2]),
        list(reversed(ranking.transcripts[4:])),
    ]
    shown = {found.names[each.feature]: (each.top, each.bottom) for each in found.features}
    assert shown == {
        "Meta-perspective": (2, 0),
        "Notion of time": (0, 2),
        "“together”": (2, 0),
        "“alone”": (0, 1),
    }
    meta = next(each.feature for each in found.features if found.names[each.feature] == "Meta-perspective")
    assert [quote.text for quote in found.quotes[meta][0]] == [
        "In gesprek 1 ging het zo.",
        "In gesprek 2 ging het zo.",
    ]
    assert "even a complete difference could be chance" in caution(found)


def test_names_and_ties_are_read_as_typed(study: Project) -> None:
    ranking = ranking_of(study)
    ids = ranking.transcripts
    assert ranking_.ranks_named(study, ranking, ["leraar-2", "11 teacher=leraar-3"]) == [
        [ids[1]],
        [ids[0], ids[2]],
    ]
    with pytest.raises(InputError, match="not in the ranking"):
        ranking_.ranks_named(study, ranking, ["casus-04-leraar"])


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ({"x": 1, "y": 2, "z": 3}, {"x": 1, "y": 2, "z": 3}, "almost the same order"),
        ({"x": 1, "y": 2, "z": 3}, {"x": 3, "y": 2, "z": 1}, "the other way round"),
        ({"x": 1, "y": 1}, {"x": 1, "y": 2}, "cannot be compared"),
    ],
)
def test_a_comparison_says_it_in_words(a: dict[str, float], b: dict[str, float], words: str) -> None:
    assert words in comparison_words(("anna", "bram"), a, b)


def test_ratings_of_two_are_compared(study: Project) -> None:
    anna, bram = study.coders.pair()
    criterion = checklist.criterion_named(study, "samen")
    assert "nothing in common" in checklist.agreement_words(study, anna, bram)
    for case, one, other in (("11", "good", "g"), ("12", "poor", "p"), ("13", "m", "not spoken of")):
        checklist.rate(study, criterion, case, anna, checklist.verdict_named(one))
        checklist.rate(study, criterion, case, bram, checklist.verdict_named(other))
    assert "2 cells alike of 3" in checklist.agreement_words(study, anna, bram)
    assert checklist.rating_agreement(study, anna, bram).percent.value == pytest.approx(2 / 3)
    with pytest.raises(InputError, match="no verdict"):
        checklist.verdict_named("prima")
    with pytest.raises(NotFoundError, match="no criterion"):
        checklist.criterion_named(study, "anders")
    with pytest.raises(NotFoundError):
        checklist.rate(study, criterion, "11", anna, Verdict.GOOD, evidence=["onbekend"])


def test_evidence_is_named_and_taken_back(study: Project) -> None:
    anna = study.coders.get("anna")
    found = judged(study, gather(study)).evidence[0]
    with pytest.raises(InputError, match="Rate the case first"):
        checklist.name_evidence(study, found, "11", anna, 0)
    checklist.rate(study, found.criterion, "11", anna, Verdict.GOOD)
    assert checklist.name_evidence(study, found, "11", anna, 0)
    (kept,) = study.ratings.all()
    assert kept.evidence == (found.quotes["11"][0].codings[0].id,)
    assert not checklist.name_evidence(study, found, "11", anna, 0)
    assert study.ratings.all()[0].evidence == ()


def test_another_checklist_keeps_the_ratings_of_lines_it_shares(study: Project) -> None:
    anna = study.coders.get("anna")
    checklist.rate(study, study.checklist.book().criteria[0], "11", anna, Verdict.GOOD)
    other = Checklist(
        "eigen",
        dimensions=(Dimension("d", Bilingual("D")),),
        criteria=(
            Criterion("other-id", "samen", "d", Bilingual("anders gezegd"), Bilingual("niet")),
            Criterion("new", "nieuw", "d", Bilingual("goed"), Bilingual("slecht")),
        ),
    )
    taken = checklist.take_checklist(study, other)
    assert [criterion.slug for criterion in taken.criteria] == ["samen", "nieuw"]
    assert len(study.ratings.all()) == 1


def differing(study: Project) -> Criterion:
    """anna and bram rate case 11 differently; the line they do it on."""
    criterion = checklist.criterion_named(study, "samen")
    for coder, verdict in zip(study.coders.pair(), (Verdict.GOOD, Verdict.POOR), strict=True):
        checklist.rate(study, criterion, "11", coder, verdict)
    return criterion


def counted(study: Project, criterion: Criterion) -> dict[tuple[Verdict, ...], int]:
    found = judged(study, gather(study))
    return dict(
        tally(found.ratings, [coder.id for coder in study.coders.pair()], found.settled)[criterion.id]
    )


def test_a_verdict_is_settled_with_a_reason_and_what_each_found_stays(study: Project) -> None:
    criterion = differing(study)
    assert counted(study, criterion) == {(Verdict.GOOD, Verdict.POOR): 1}
    checklist.settle(study, criterion, "11", Verdict.GOOD, " vooral aan het eind ")
    assert counted(study, criterion) == {(Verdict.GOOD,): 1}
    assert [r.verdict for r in study.ratings.all()] == [Verdict.GOOD, Verdict.POOR, Verdict.GOOD]
    assert study.ratings.all()[-1].note == "vooral aan het eind"
    entry = study.journal.entries()[-1]
    assert (entry.action, entry.note) == ("rating.settle", "vooral aan het eind")
    study.undo()
    assert counted(study, criterion) == {(Verdict.GOOD, Verdict.POOR): 1}
    study.redo()
    checklist.settle(study, criterion, "11", None, "")
    assert counted(study, criterion) == {(Verdict.GOOD, Verdict.POOR): 1}


def test_nothing_is_settled_without_a_reason_or_before_both_rated(study: Project) -> None:
    criterion = differing(study)
    with pytest.raises(InputError, match="few words"):
        checklist.settle(study, criterion, "11", Verdict.GOOD, "  ")
    checklist.rate(study, criterion, "12", study.coders.pair()[0], Verdict.GOOD)
    with pytest.raises(InputError, match="Both rate"):
        checklist.settle(study, criterion, "12", Verdict.GOOD, "zo")
    before = study.journal.entries()
    checklist.settle(study, criterion, "12", None, "")
    assert study.journal.entries() == before
