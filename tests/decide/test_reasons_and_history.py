"""Reasons before reveal, looking back on a round, and a codebook that remembers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.errors import InputError
from qualcode.i18n import Bilingual
from qualcode.model import Coder
from qualcode.store.file.check import problems
from qualcode.store.project import Project
from qualcode.store.records.decisions import Outcome
from qualcode.store.records.reflections import QUESTIONS
from qualcode.tasks.comparing.agenda import Agenda, decide
from qualcode.tasks.comparing.agreement import agree_all


def test_a_reason_is_hidden_until_both_have_written(
    coded: Project, walk: Agenda, people: tuple[Coder, Coder]
) -> None:
    anna, bram = people
    item = walk.items[0]
    coded.own_reasons.write(item.key, item.transcript, "het gaat over wachten")
    coded.coder = bram
    assert coded.own_reasons.of(item.key, people)[anna.id].text is None
    coded.own_reasons.write(item.key, item.transcript, "het gaat over bellen")
    found = coded.own_reasons.of(item.key, people)
    assert [found[coder.id].text for coder in people] == ["het gaat over wachten", "het gaat over bellen"]
    coded.own_reasons.write(item.key, item.transcript, "toch over wachten")
    assert coded.own_reasons.of(item.key, people)[bram.id].text == "toch over wachten"
    with pytest.raises(InputError):
        coded.own_reasons.write(item.key, item.transcript, "  ")


def test_hiding_can_be_switched_off(coded: Project, walk: Agenda, people: tuple[Coder, Coder]) -> None:
    anna, bram = people
    coded.own_reasons.write(walk.items[0].key, walk.items[0].transcript, "wachten")
    coded.settings.set("own_reasons", False)
    coded.coder = bram
    assert coded.own_reasons.of(walk.items[0].key, people)[anna.id].text == "wachten"


def test_five_questions_after_a_round(coded: Project, people: tuple[Coder, Coder]) -> None:
    one = coded.rounds.start(coded.transcripts.all(), people)
    assert len(QUESTIONS) == 5
    coded.reflections.answer(one, "process", "rustiger lezen")
    coded.reflections.answer(one, "goals", "zelfde doel")
    coded.reflections.answer(one, "process", "eerst samen lezen")
    coded.coder = people[1]
    coded.reflections.answer(one, "process", "vaker")
    found = [(r.question, r.text) for r in coded.reflections.of(one)]
    assert found == [("goals", "zelfde doel"), ("process", "eerst samen lezen"), ("process", "vaker")]
    with pytest.raises(InputError):
        coded.reflections.answer(one, "need", "")
    with pytest.raises(ValueError, match="no such question"):
        coded.reflections.answer(one, "weather", "nat")


def test_a_changed_definition_leads_back_to_the_decisions_behind_it(coded: Project, walk: Agenda) -> None:
    made = decide(coded, walk, walk.items[:2], Outcome.NEITHER)
    tijd = coded.codebook.get("tijd")
    coded.code_history.change(
        replace(tijd, definition=Bilingual("wachten op iets")), made, "we bedoelden dit"
    )
    coded.code_history.change(replace(tijd, definition=Bilingual("wachten op iemand")), [])
    first, second, third = coded.code_history.versions(tijd)
    assert first.before == {}
    assert first.after["name_nl"] == "Notie van tijd"
    assert (second.before, second.after) == ({}, {"definition_nl": "wachten op iets"})
    assert second.decisions == tuple(decision.id for decision in made)
    assert second.note == "we bedoelden dit"
    assert third.before == {"definition_nl": "wachten op iets"}
    assert coded.code_history.decisions_behind(tijd) == [decision.id for decision in made]
    assert problems(coded) == []


def test_what_was_coded_under_the_old_definition_is_listed_until_it_is_looked_at(
    coded: Project, people: tuple[Coder, Coder]
) -> None:
    tijd = coded.codebook.get("tijd")
    assert coded.code_history.coded_before(tijd) == []
    coded.codebook.change(replace(tijd, name=Bilingual("Tijd", "Time")))
    assert coded.code_history.coded_before(tijd) == [], "another name is not another meaning"
    coded.codebook.change(replace(tijd, definition=Bilingual("alleen wachten")))
    old = coded.code_history.coded_before(tijd)
    assert len(old) == 6
    coded.codings.move(old[0], old[0].start, old[0].end - 1)
    coded.code_history.looked_at([old[1]])
    new = coded.codings.add(coded.transcripts.all()[0], 20, 30, tijd)
    assert coded.code_history.coded_before(tijd) == old[2:]
    assert new not in old


def test_more_than_two_coders(coded: Project, people: tuple[Coder, Coder]) -> None:
    carla = coded.coders.add("carla")
    for start, end in ((14, 24), (33, 53)):
        coded.codings.add(coded.transcripts.all()[0], start, end, coded.codebook.get("tijd"), carla)
    coded.progress.mark(coded.transcripts.all()[0], carla)
    all_three = agree_all(coded, coded.coders.all())
    found = {pair.coders: pair for pair in all_three.pairs}
    assert set(found) == {("anna", "bram"), ("anna", "carla"), ("bram", "carla")}
    assert found["anna", "carla"].overall.f1.value == pytest.approx(2 * 2 / 6)
    assert len(all_three.transcripts) == 1
    assert [one.code.slug for one in all_three.codes if one.used] == ["tijd", "meta"]
    assert all(one.alpha.value is not None for one in all_three.codes if one.used)
