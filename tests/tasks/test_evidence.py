"""Evidence speaks for the good or the poor side of a criterion, and what is cited supports what is counted."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from qualcode.analysis.checklist import sided
from qualcode.analysis.ranking import could_be_chance
from qualcode.i18n import Bilingual
from qualcode.model import Checklist, Criterion, Dimension, Role, Turn, Verdict
from qualcode.reports.material import DocumentOptions
from qualcode.store.project import Project
from qualcode.tasks import checklist
from qualcode.tasks import ranking as ranking_
from qualcode.tasks.exporting.documents import Request
from qualcode.tasks.exporting.write import export
from qualcode.tasks.material import gather, judged
from tests.verbs import ok, said

GOOD, POOR = Verdict.GOOD, Verdict.POOR


@pytest.fixture
def study(project: Project) -> Project:
    """Cases 11 to 15, in each a teacher with one passage coded "meta"; one criterion, tied to it."""
    for n in range(1, 6):
        words = f"Zo ging het in gesprek {n}, en zo bleef het ook."
        made = project.transcripts.add(
            f"leraar-{n}", words, [Turn(1, 0, len(words), "R")], case=f"1{n}", informant=Role.TEACHER
        )
        project.codings.add(made, 0, len(words), project.codebook.get("meta"))
    take(project, "meta")
    return project


def take(project: Project, *codes: str) -> None:
    criterion = Criterion("c1", "samen", "doelen", Bilingual("samen"), Bilingual("alleen"), codes)
    dimension = Dimension("doelen", Bilingual("Doelen"))
    checklist.take_checklist(project, Checklist("x", dimensions=(dimension,), criteria=(criterion,)))


def rate(study: Project, case: str, verdict: Verdict, who: str = "anna") -> None:
    checklist.rate(study, study.checklist.book().criteria[0], case, study.coders.get(who), verdict)


def name(study: Project, case: str, side: Verdict | None, who: str = "anna") -> bool:
    found = judged(study, gather(study)).evidence[0]
    return checklist.name_evidence(study, found, case, study.coders.get(who), 0, side)


def told(study: Project, kind: str, tmp_path: Path, **options: object) -> list[list[str]]:
    """The cells of all tables of a document, row by row."""
    request = Request(DocumentOptions(language="en", **options))  # type: ignore[arg-type]
    path = export(study, kind, tmp_path / f"{kind}.docx", request, afresh=True).path
    tables = docx.Document(str(path)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def test_a_fragment_is_named_for_a_side_moved_to_the_other_and_taken_back(study: Project) -> None:
    anna = study.coders.get("anna")
    rate(study, "11", Verdict.MIXED)
    assert name(study, "11", POOR)
    (kept,) = study.ratings.all(coder=anna)
    assert [kept.side_of(one) for one in kept.evidence] == [POOR]
    assert name(study, "11", GOOD)
    (kept,) = study.ratings.all(coder=anna)
    assert [kept.side_of(one) for one in kept.evidence] == [GOOD]
    assert not name(study, "11", GOOD)
    assert study.ratings.all(coder=anna)[0].evidence == ()
    study.undo()
    assert study.ratings.all(coder=anna)[0].sides == kept.sides


def test_without_a_side_it_is_that_of_the_verdict_and_stays_when_the_verdict_changes(study: Project) -> None:
    rate(study, "11", GOOD)
    assert name(study, "11", None)
    rate(study, "11", POOR)
    (kept,) = study.ratings.all()
    assert (kept.verdict, kept.side_of(kept.evidence[0])) == (POOR, GOOD)


def test_a_code_that_speaks_for_a_side_by_itself_proposes_it(study: Project) -> None:
    take(study, "-meta")
    found = judged(study, gather(study)).evidence[0]
    (quote,) = found.quotes["11"]
    assert found.proposed(quote) is POOR
    rate(study, "11", Verdict.MIXED)
    name(study, "11", None)
    assert study.ratings.all()[0].side_of(quote.codings[0].id) is POOR
    assert ok("checklist", "show", study.path)["criteria"][0]["codes"] == ["-meta"]


def test_the_checklist_sets_the_evidence_of_the_sides_apart(study: Project, tmp_path: Path) -> None:
    for case, verdict in (("11", GOOD), ("12", GOOD), ("15", POOR)):
        rate(study, case, verdict)
        name(study, case, None)
    rate(study, "12", POOR, "bram")
    row = told(study, "checklist", tmp_path)[2]
    good, poor, beside = row
    assert "in 1 of 6 cases: 11" in good
    assert "gesprek 1" in good
    assert "gesprek 5" not in good
    assert "in 1 of 6 cases: 15" in poor
    assert "gesprek 5" in poor
    assert "gesprek 1" not in poor
    assert "judged differently (+ / −): 12" in beside


def test_raters_who_name_a_fragment_for_different_sides_are_told_and_neither_side_has_it(
    study: Project, tmp_path: Path
) -> None:
    for who, side in (("anna", GOOD), ("bram", POOR)):
        rate(study, "11", side, who)
        name(study, "11", side, who)
    found = judged(study, gather(study))
    laid = sided(found.evidence[0], found.evidence[0].all_quotes, found.ratings)
    assert [(len(laid.good), len(laid.poor), len(laid.apart), len(laid.unsaid))] == [(0, 0, 1, 4)]
    good, poor, beside = told(study, "checklist", tmp_path)[2]
    assert "gesprek" not in good + poor
    assert "for the good side by one and for the poor side by another" in beside
    assert ok("checklist", "show", study.path)["criteria"][0]["sides"] == {
        "good": 0, "poor": 0, "apart": 1, "unsaid": 4,
    }  # fmt: skip


def test_the_ranking_cites_only_what_supports_its_counts(study: Project, tmp_path: Path) -> None:
    ranking = ranking_.begin_ranking(study, "leraren", names=[f"leraar-{n}" for n in range(1, 6)])
    study.rankings.set_order(ranking, study.coders.get("anna"), [[one] for one in ranking.transcripts])
    for case, verdict in (("11", GOOD), ("15", POOR)):
        rate(study, case, verdict)
        name(study, case, None)
    rows = {row[0]: row[1:] for row in told(study, "ranking", tmp_path) if len(row) == 3}
    top, bottom = rows["“samen”"]
    assert top.startswith("in 1 of 1")
    assert "gesprek 1" in top
    assert bottom == "in none of 1"
    top, bottom = rows["“alleen”"]
    assert top == "in none of 1"
    assert "gesprek 5" in bottom
    assert "gesprek 1" not in bottom


def test_one_against_one_has_no_effect_size(study: Project, tmp_path: Path) -> None:
    ranking = ranking_.begin_ranking(study, "leraren", names=[f"leraar-{n}" for n in range(1, 6)])
    study.rankings.set_order(ranking, study.coders.get("anna"), [[one] for one in ranking.transcripts])
    rate(study, "11", GOOD)
    shown = ok("rank", "contrast", study.path, "leraren")
    assert shown["features"]
    assert {(each["h"], each["p"]) for each in shown["features"]} == {(None, None)}
    assert "even a complete difference could be chance" in shown["caution"]
    assert "3.14" not in said("rank", "contrast", study.path, "leraren")
    assert "3.14" not in str(told(study, "ranking", tmp_path))


@pytest.mark.parametrize(
    ("top", "bottom", "few"), [(1, 1, True), (3, 3, True), (4, 4, False), (2, 20, False)]
)
def test_whether_a_complete_difference_could_be_chance_is_fishers_test(
    top: int, bottom: int, few: bool
) -> None:
    assert could_be_chance(top, bottom) is few


def test_a_verb_names_evidence_for_either_side(study: Project) -> None:
    one, two = study.codings.all()[:2]
    words = ["checklist", "rate", study.path, "11", "samen", "mixed", "--as", "anna"]
    ok(*words, "--for-good", one.id, "--for-poor", two.id)
    (kept,) = ok("checklist", "overview", study.path)["ratings"]
    assert kept["sides"] == {one.id: "good", two.id: "poor"}
