"""The agenda: what to talk about, in which order, and what is settled."""

from __future__ import annotations

import pytest

from qualcode.agreement.kinds import DifferenceKind
from qualcode.model import Coder
from qualcode.store.project import Project
from qualcode.store.records.decisions import Outcome
from qualcode.tasks.comparing.agenda import Agenda, agenda, chosen, decide
from qualcode.tasks.comparing.comparison import compare


def test_every_difference_is_on_the_agenda_once(walk: Agenda) -> None:
    kinds = sorted(str(item.difference.kind) for item in walk.items)
    assert kinds == ["edges", "only-a", "only-b", "other-code"]
    assert [item.difference.kind for item in walk.agreed] == [DifferenceKind.AGREED]
    shown = [key for item in walk.items + walk.agreed for key in item.codings]
    assert sorted(shown) == sorted(walk.comparison.codings)


def test_places_are_those_in_the_whole_text(coded: Project, people: tuple[Coder, Coder]) -> None:
    """Also when the interviewer's words are cut out of what is compared."""
    coded.settings.set("interviewer", False)
    walk = agenda(coded, compare(coded, *people))
    edges = next(item for item in walk.items if item.difference.kind is DifferenceKind.EDGES)
    assert (edges.span.start, edges.span.end) == (33, 52)
    assert edges.difference.span.start != edges.span.start


def test_orders(walk: Agenda) -> None:
    effects = [item.point.effect for item in walk.ordered("effect")]
    assert effects == sorted(effects, reverse=True)
    sizes = [item.point.size for item in walk.ordered("size")]
    assert sizes == sorted(sizes, reverse=True) == [20, 17, 10, 8]
    assert [item.span.start for item in walk.ordered("place")] == [33, 54, 65, 76]


def test_groups_put_the_pair_that_meets_most_first(walk: Agenda) -> None:
    groups = [(len(codes), len(items)) for codes, items in walk.groups()]
    assert groups[0] == (1, 2)
    assert sorted(groups[1:]) == [(1, 1), (2, 1)]


def test_a_decision_takes_it_off_without_counting_again(coded: Project, walk: Agenda) -> None:
    item = walk.items[0]
    points = [one.point for one in walk.items]
    decide(coded, walk, [item], Outcome.NEITHER)
    assert item not in walk.open_items()
    assert [one.point for one in walk.items] == points


def test_next_week_it_is_as_it_was_left(coded: Project, walk: Agenda, people: tuple[Coder, Coder]) -> None:
    decide(coded, walk, [walk.items[0]], Outcome.NEITHER)
    decide(coded, walk, [walk.items[1]], Outcome.LATER)
    again = agenda(coded, compare(coded, *people))
    assert [item.key for item in again.open_items()] == [item.key for item in walk.items[1:]]
    later = again.decision_on(again.items[1])
    assert later is not None
    assert later.outcome is Outcome.LATER


def test_the_rule_for_edges_is_the_pairs_own(coded: Project, people: tuple[Coder, Coder]) -> None:
    coded.settings.set("edge_characters", 9)
    walk = agenda(coded, compare(coded, *people))
    assert DifferenceKind.EDGES not in [item.difference.kind for item in walk.items]


@pytest.mark.parametrize("swap", [False, True])
def test_a_difference_has_the_same_key_on_every_laptop(
    coded: Project, walk: Agenda, people: tuple[Coder, Coder], swap: bool
) -> None:
    pair = people[::-1] if swap else people
    again = agenda(coded, compare(coded, pair[0], pair[1]))
    assert {item.key for item in again.items} == {item.key for item in walk.items}
    assert chosen(again.items, [walk.items[2].key[:8]])[0].key == walk.items[2].key
