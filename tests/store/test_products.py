"""Themes, rankings and ratings: kept, undone, merged."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import Bilingual
from qualcode.model import Checklist, CoderKind, Criterion, Dimension, Role, Turn, Verdict
from qualcode.store.file.check import problems
from qualcode.store.journal.incoming import read_project
from qualcode.store.journal.merge import merge
from qualcode.store.project import Project, open_project
from qualcode.store.records.themes import moved
from qualcode.text.spans import Span


def add_interview(project: Project, name: str, words: str, case: str = "05") -> str:
    turns = [Turn(1, 0, len(words), "R")]
    return project.transcripts.add(name, words, turns, case=case, informant=Role.PARENT).id


def with_checklist(project: Project) -> Criterion:
    criterion = Criterion("c1", "samen", "doelen", Bilingual("samen"), Bilingual("alleen"), ("meta",))
    project.checklist.take(
        Checklist("x", dimensions=(Dimension("doelen", Bilingual("Doelen")),), criteria=(criterion,))
    )
    return criterion


def test_themes_are_the_top_codes_until_somebody_changes_them(project: Project) -> None:
    codes = project.codebook.all()
    assert [theme.codes for theme in project.themes.all()] == [(code.id,) for code in codes]
    theme = project.themes.get("Notion of time")
    assert project.themes.get("tijd") == project.themes.get("Notie van tijd") == theme
    project.themes.change(replace(theme, title="Geduld", text="Over geduld."))
    assert [t.title for t in project.themes.all()] == ["Geduld", ""]
    project.undo()
    assert [t.title for t in project.themes.all()] == ["", ""]
    with pytest.raises(NotFoundError):
        project.themes.get("Geduld")
    assert problems(project) == []


def test_what_was_done_with_a_fragment_is_kept_and_referred_to(project: Project) -> None:
    transcript = project.transcripts.all()[0]
    tijd, meta = project.themes.all()
    quote = project.themes.hold(tijd, transcript, Span(14, 24))
    assert project.themes.hold(tijd, transcript, Span(14, 24)) == quote
    project.themes.set_quotes([replace(quote, starred=True, short="Goed […]")])
    (kept,) = project.themes.quotes(tijd)
    assert (kept.starred, kept.short, kept.span) == (True, "Goed […]", Span(14, 24))
    handle = project.themes.handle(kept)
    assert len(handle) == 4
    assert project.themes.by_handle(handle.upper()) == kept
    assert project.themes.by_handle("zzzz") is None
    project.themes.set_quotes([moved(kept, meta)])
    (there,) = project.themes.quotes(meta)
    assert (there.moved_from, there.position) == (tijd.id, 0)
    assert moved(there, tijd).moved_from == ""
    project.themes.remove(meta)
    assert project.themes.quotes() == []
    project.undo()
    assert project.themes.quotes() == [there]


def test_an_interview_taken_out_takes_its_quotes_along(project: Project) -> None:
    transcript = project.transcripts.all()[0]
    project.themes.hold(project.themes.all()[0], transcript, Span(14, 24))
    project.transcripts.remove(transcript)
    assert project.themes.quotes() == []
    assert problems(project) == []


def test_an_order_holds_every_interview_once(project: Project) -> None:
    first = project.transcripts.all()[0].id
    second = add_interview(project, "twee", "Het liep stroef.")
    ranking = project.rankings.add("leraren", project.transcripts.all())
    anna, bram = project.coders.pair()
    assert project.rankings.orders(ranking) == []
    project.rankings.set_order(ranking, anna, [[second], [first]])
    project.rankings.set_order(ranking, bram, [[first, second]])
    project.rankings.set_order(ranking, bram, [[first], [second]], "om de rust")
    orders = project.rankings.orders(ranking)
    assert [order.ranks for order in orders] == [((second,), (first,)), ((first,), (second,))]
    assert orders[1].reason == "om de rust"
    with pytest.raises(InputError, match="every interview"):
        project.rankings.set_order(ranking, anna, [[first]])
    with pytest.raises(InputError, match="already"):
        project.rankings.add("Leraren", project.transcripts.all())
    project.rankings.answer(ranking, anna, first, second, 1)
    project.rankings.answer(ranking, anna, second, first, 0)
    assert project.rankings.answers(ranking, anna) == {(second, first): 0}
    project.transcripts.remove(project.transcripts.get("twee"))
    assert project.rankings.order_of(ranking, anna).ranks == ((first,),)  # type: ignore[union-attr]
    project.rankings.remove(ranking)
    assert project.rankings.all() == []
    assert problems(project) == []


def test_a_rating_keeps_its_evidence_as_long_as_it_is_there(project: Project) -> None:
    criterion, case, anna = with_checklist(project), project.cases.get("04"), project.coders.get("anna")
    transcript = project.transcripts.all()[0]
    coding = project.codings.add(transcript, 14, 24, project.codebook.get("meta"))
    project.ratings.rate(
        criterion, case, anna, Verdict.MIXED, evidence=[coding.id, coding.id], note=" beide "
    )
    project.ratings.rate(criterion, case, anna, Verdict.GOOD)
    (rating,) = project.ratings.all()
    assert (rating.verdict, rating.evidence, rating.note) == (Verdict.GOOD, (coding.id,), "beide")
    project.codings.remove(coding)
    assert project.ratings.of(criterion, case, anna).evidence == ()  # type: ignore[union-attr]
    project.checklist.take(Checklist("leeg"))
    assert project.ratings.all() == []
    project.undo()
    project.ratings.rate(criterion, case, anna, None)
    assert project.ratings.all() == []
    assert problems(project) == []


def test_two_laptops_arrange_apart_and_come_together(project: Project, tmp_path: Path) -> None:
    second = add_interview(project, "twee", "Het liep stroef.")
    first = project.transcripts.all()[0].id
    criterion = with_checklist(project)
    ranking = project.rankings.add("alle", project.transcripts.all())
    project.coders.add("consensus", CoderKind.CONSENSUS)
    shutil.copy(project.path, tmp_path / "other.qualcode")
    with open_project(tmp_path / "other.qualcode", "bram") as other:
        for one, verdict in ((project, Verdict.GOOD), (other, Verdict.POOR)):
            me = one.require_coder()
            theme = one.themes.all()[0]
            quote = one.themes.hold(theme, one.transcripts.all()[0], Span(14, 24))
            one.themes.set_quotes([replace(quote, starred=True)])
            one.rankings.set_order(ranking, me, [[first], [second]])
            one.ratings.rate(criterion, one.cases.get("04"), me, verdict)
        other.themes.change(replace(other.themes.all()[1], title="Van boven kijken"))
        mine = read_project(project.path)
        merge(project, read_project(other.path))
        merge(other, mine)
        for one in (project, other):
            assert [theme.title for theme in one.themes.all()] == ["", "Van boven kijken"]
            assert len(one.themes.quotes()) == 1
            assert len(one.rankings.orders(ranking)) == len(one.ratings.all()) == 2
            assert problems(one) == []
        (quote,) = project.themes.quotes()
        for laptop in (project, other):
            assert laptop.themes.by_handle(project.themes.handle(quote)).id == quote.id  # type: ignore[union-attr]
