"""Settling differences: the layer of decisions, one outcome for a group, reopening, looking back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from qualcode.agreement.kinds import DifferenceKind
from qualcode.errors import InputError, SealedError
from qualcode.i18n import Bilingual
from qualcode.model import Code, Coder, CoderKind
from qualcode.store.file.check import problems
from qualcode.store.project import Project
from qualcode.store.records.decisions import Outcome, Why
from qualcode.tasks.comparing.agenda import (
    Agenda,
    AgendaItem,
    Edges,
    agenda,
    balance,
    decide,
    reopen,
    take_agreed,
)
from qualcode.tasks.comparing.comparison import compare
from qualcode.tasks.comparing.differences import two_readings_table
from qualcode.tasks.comparing.rounds import interviews_in, round_comparison
from qualcode.text.spans import Span


def of(walk: Agenda, kind: DifferenceKind) -> AgendaItem:
    return next(item for item in walk.items if item.difference.kind is kind)


def layer(project: Project) -> list[tuple[str, int, int]]:
    """What stands in the layer of decisions."""
    slug = {code.id: code.slug for code in project.codebook.all(retired=True)}
    found = [c for c in project.codings.all() if c.decision_id]
    return [(slug[c.code_id], c.start, c.end) for c in found]


@pytest.mark.parametrize(
    ("kind", "outcome", "stands"),
    [
        (DifferenceKind.EDGES, Outcome.A, [("tijd", 33, 52)]),
        (DifferenceKind.EDGES, Outcome.B, [("tijd", 33, 44)]),
        (DifferenceKind.OTHER_CODE, Outcome.BOTH, [("tijd", 54, 64), ("meta", 54, 64)]),
        (DifferenceKind.OTHER_CODE, Outcome.A, [("meta", 54, 64)]),
        (DifferenceKind.OTHER_CODE, Outcome.NEITHER, []),
        (DifferenceKind.ONLY_A, Outcome.A, [("tijd", 65, 75)]),
        (DifferenceKind.ONLY_A, Outcome.B, []),
        (DifferenceKind.ONLY_B, Outcome.B, [("meta", 76, 93)]),
        (DifferenceKind.ONLY_B, Outcome.DIFFER, []),
        (DifferenceKind.ONLY_B, Outcome.LATER, []),
    ],
)
def test_what_stands_after_an_outcome(
    coded: Project, walk: Agenda, kind: DifferenceKind, outcome: Outcome, stands: list[tuple[str, int, int]]
) -> None:
    before = list(coded.codings.all())
    (decision,) = decide(coded, walk, [of(walk, kind)], outcome, reason=Why.SLIP, text="zo")
    assert sorted(layer(coded)) == sorted(stands)
    assert [c for c in coded.codings.all() if not c.decision_id] == before, "the originals stay"
    assert (decision.outcome, decision.reason, decision.text) == (outcome, Why.SLIP, "zo")
    assert coded.decisions.get(decision.id) == decision
    assert problems(coded) == []


@pytest.mark.parametrize(
    ("edges", "stands"), [("widest", (33, 52)), ("shared", (33, 44)), (Span(36, 50), (36, 50))]
)
def test_new_edges(coded: Project, walk: Agenda, edges: Edges, stands: tuple[int, int]) -> None:
    decide(coded, walk, [of(walk, DifferenceKind.EDGES)], Outcome.EDGES, edges=edges)
    assert layer(coded) == [("tijd", *stands)]


def test_a_new_code_stands_on_the_passage(coded: Project, walk: Agenda) -> None:
    rust = coded.codebook.add(Code("", "rust", Bilingual("Rust")))
    decide(coded, walk, [of(walk, DifferenceKind.OTHER_CODE)], Outcome.NEW_CODE, code=rust, reason=Why.GAP)
    assert layer(coded) == [("rust", 54, 64)]


def test_what_is_missing_is_asked_for(coded: Project, walk: Agenda) -> None:
    item = of(walk, DifferenceKind.OTHER_CODE)
    with pytest.raises(InputError, match="which edges"):
        decide(coded, walk, [item], Outcome.EDGES)
    with pytest.raises(InputError, match="which code"):
        decide(coded, walk, [item], Outcome.NEW_CODE)
    with pytest.raises(InputError, match="in a line why"):
        decide(coded, walk, [item], Outcome.A)
    with pytest.raises(InputError, match="lies outside"):
        decide(coded, walk, [item], Outcome.EDGES, edges=Span(5, 5000))
    assert coded.decisions.all() == []


def test_one_outcome_for_a_whole_group_is_one_act(coded: Project, walk: Agenda) -> None:
    _codes, group = walk.groups()[0]
    acts = len(coded.journal.entries())
    made = decide(coded, walk, group, Outcome.A, text="de definitie zegt het zo")
    assert len(made) == len(group) == 2
    assert len(coded.journal.entries()) == acts + 1
    coded.undo()
    assert coded.decisions.all() == []
    assert layer(coded) == []


def test_what_is_settled_stays_settled_until_it_is_reopened(coded: Project, walk: Agenda) -> None:
    item = of(walk, DifferenceKind.EDGES)
    (first,) = decide(coded, walk, [item], Outcome.A, text="zo")
    with pytest.raises(InputError, match="settled already"):
        decide(coded, walk, [item], Outcome.B, text="toch niet")
    reopen(coded, walk, [first], "we lazen het opnieuw")
    assert item in walk.open_items()
    assert layer(coded) == []
    (second,) = decide(coded, walk, [item], Outcome.B, text="toch niet")
    assert [d.id for d in coded.decisions.all()] == [second.id]
    kept = {d.id: d for d in coded.decisions.all(reopened=True)}
    assert (kept[first.id].outcome, kept[first.id].stands) == (Outcome.A, False)
    assert "we lazen het opnieuw" in [entry.note for entry in coded.journal.entries()]
    with pytest.raises(InputError, match="reopened already"):
        reopen(coded, walk, [first])


def test_later_is_replaced_without_a_word(coded: Project, walk: Agenda) -> None:
    item = of(walk, DifferenceKind.EDGES)
    decide(coded, walk, [item], Outcome.LATER)
    decide(coded, walk, [item], Outcome.BOTH)
    assert [d.outcome for d in coded.decisions.all()] == [Outcome.BOTH]


def test_what_both_agree_on_goes_in_at_its_widest_once(coded: Project, walk: Agenda) -> None:
    assert len(take_agreed(coded, walk)) == 1
    assert layer(coded) == [("tijd", 14, 24)]
    (coding,) = coded.codings.all(coder=coded.coders.get("consensus"))
    decision = coded.decisions.get(coding.decision_id or "")
    assert len(decision.a) == len(decision.b) == 1
    assert take_agreed(coded, walk) == []


def test_the_layer_is_a_coder_like_others_to_look_at(coded: Project, walk: Agenda) -> None:
    take_agreed(coded, walk)
    consensus = coded.coders.get("consensus")
    assert consensus.kind is CoderKind.CONSENSUS
    assert len(coded.codings.all(coder=consensus)) == 1
    assert consensus not in coded.coders.pair()


def test_an_auditor_comments_and_reopens_but_does_not_decide(coded: Project, walk: Agenda) -> None:
    (decision,) = decide(coded, walk, [of(walk, DifferenceKind.EDGES)], Outcome.A, text="zo")
    coded.coder = coded.coders.add("vera", CoderKind.AUDITOR)
    with pytest.raises(InputError, match="auditor"):
        decide(coded, walk, [of(walk, DifferenceKind.ONLY_A)], Outcome.NEITHER)
    coded.memos.add("decision", decision.id, "waarom niet B?")
    reopen(coded, walk, [decision], "het citaat zegt iets anders")
    assert coded.memos.of("decision", decision.id)[0].text == "waarom niet B?"
    assert not coded.decisions.get(decision.id).stands


def test_two_readings_remain_as_two(coded: Project, walk: Agenda) -> None:
    anna = coded.coders.get("anna")
    item = of(walk, DifferenceKind.OTHER_CODE)
    coded.memos.add("coding", item.a[0].id, "ik kende het gezin", anna)
    decide(coded, walk, [item], Outcome.DIFFER, reason=Why.CONTEXT, text="=beide waar")
    decide(coded, walk, [of(walk, DifferenceKind.EDGES)], Outcome.BOTH)
    lines = list(csv.DictReader(io.StringIO(two_readings_table(coded, walk))))
    assert [line["difference"] for line in lines] == ["other-code", "only-a", "only-b"]
    assert lines[0]["anna"] == "meta 54-64"
    assert lines[0]["bram"] == "tijd 54-64"
    assert lines[0]["memo anna"] == "ik kende het gezin"
    assert lines[0]["why"] == "'=beide waar"
    assert lines[1]["outcome"] == "not settled"


def test_whose_reading_prevailed_is_asked_when_there_is_something_to_see(
    coded: Project, walk: Agenda, people: tuple[Coder, Coder]
) -> None:
    anna, bram = people
    take_agreed(coded, walk)
    decide(coded, walk, walk.items[:3], Outcome.B, text="zo")
    decide(coded, walk, walk.items[3:], Outcome.NEITHER)
    found = balance(coded.decisions.all(), anna, bram)
    assert (found.a, found.b, found.neither, found.settled) == (0, 3, 1, 4)
    turned = balance(coded.decisions.all(), bram, anna)
    assert (turned.a, turned.b) == (3, 0)
    assert found.question(anna, bram) == ""
    assert replace(found, b=7).question(anna, bram).startswith("Of 7 differences")
    assert "bram" in replace(found, b=7).question(anna, bram)


def test_a_round_is_compared_as_it_froze(coded: Project, people: tuple[Coder, Coder]) -> None:
    one = coded.rounds.start(coded.transcripts.all(), people)
    before = round_comparison(coded, one, *people)
    found = before.differences()
    coded.rounds.close(one)
    coded.rounds.start(coded.transcripts.all(), people)
    for coding in coded.codings.all(coder=people[0]):
        coded.codings.remove(coding)
    again = round_comparison(coded, coded.rounds.get("1"), *people)
    assert again.differences() == found
    assert len(found) == 5
    assert again.label == "round 1"


def test_decisions_can_be_made_on_a_frozen_round(coded: Project, people: tuple[Coder, Coder]) -> None:
    one = coded.rounds.start(coded.transcripts.all(), people)
    walk = agenda(coded, round_comparison(coded, one, *people))
    (decision,) = decide(coded, walk, [of(walk, DifferenceKind.EDGES)], Outcome.A, text="zo", round_id=one.id)
    assert decision.round_id == one.id
    assert layer(coded) == [("tijd", 33, 52)]
    coded.undo()
    assert layer(coded) == []


def test_nothing_is_decided_on_what_is_sealed(coded: Project, walk: Agenda) -> None:
    carla = coded.coders.add("carla", CoderKind.RESEARCHER)
    one = coded.rounds.start(coded.transcripts.all(), [*coded.coders.pair()])
    assert [s.state for s in interviews_in(coded, one)] == ["sealed"]
    assert [coder.name for coder in interviews_in(coded, one)[0].done] == ["anna", "bram"]
    with pytest.raises(SealedError):
        decide(coded, walk, [walk.items[0]], Outcome.NEITHER)
    with pytest.raises(InputError, match="was not in"):
        round_comparison(coded, one, carla, coded.coders.add("dirk"))


def test_compare_leaves_out_what_is_sealed(coded: Project, people: tuple[Coder, Coder]) -> None:
    coded.coders.add("carla", CoderKind.RESEARCHER)
    coded.rounds.start(coded.transcripts.all(), coded.coders.pair())
    assert compare(coded, *people).readings == ()
    with pytest.raises(SealedError):
        compare(coded, *people, everything=True)
