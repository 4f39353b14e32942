"""The figures of the house, each held to a limit, with why. `python -m benchmarks.house` prints them.

A limit is the goal where the goal is reached; where it is not yet, it is what the house was when the limit was
set, so that it can only get better. Whoever gets better lowers the limit.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from benchmarks.house import FIGURES, House


@dataclass(frozen=True, slots=True)
class Rule:
    """A figure of `benchmarks.house`, what it may be at most (or at least), what it is to become, and why."""

    figure: str
    limit: float
    goal: float
    why: str
    at_least: bool = False

    def holds(self, value: float) -> bool:
        """Whether a value keeps the limit."""
        return value >= self.limit if self.at_least else value <= self.limit

    def verdict(self, value: float) -> str:
        """A word on a value, for the table."""
        if not self.holds(value):
            return "over the limit"
        reached = value >= self.goal if self.at_least else value <= self.goal
        return "" if reached else "goal not reached"


RULES = (
    Rule("lines", 73_000, 52_000, "What is not there need not be read, tested or mended."),
    Rule("files", 375, 330, "A reader looks for a subject, not for a file: few whole ones are found sooner."),
    Rule(
        "median-file",
        140,
        140,
        "A typical file holds an idea from beginning to end, not a third of it.",
        at_least=True,
    ),
    Rule(
        "methods",
        45,
        45,
        "A class of more cannot be known by heart; inherited methods of ours are as hard to know.",
    ),
    Rule("parameters", 7, 5, "More than seven are mixed up at the call; what belongs together is one noun."),
    Rule(
        "fan-in",
        3,
        3,
        "What many steps use is no part of one step: it belongs into common, or on a floor below.",
    ),
    Rule(
        "circles",
        0,
        0,
        "Files in a circle can only be read, tested and loaded together, so they are one file.",
    ),
    Rule("upward", 0, 0, "The core stays pure and the doors thin only while every import points down."),
    Rule(
        "imports-in-functions",
        2,
        2,
        "They hide what a file rests on. Laziness lives in the table of verbs and the registry of screens.",
    ),
    Rule("used-by-one", 80, 80, "Such a file is a part of the other, unless it is a noun of its own."),
    Rule("doubled-names", 0, 0, "One name for one thing, so that searching for it finds it."),
    Rule(
        "forbidden-words",
        0,
        0,
        "A pair and a newcomer know the words of the field; house words must be learnt.",
    ),
)


@pytest.fixture(scope="module")
def house() -> House:
    return House.read()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.figure)
def test_the_house_keeps_to_its_figures(house: House, rule: Rule) -> None:
    found = FIGURES[rule.figure](house)
    listed = "\n  ".join(found.where[:40])
    assert rule.holds(found.value), f"{found.value:g}, and not {rule.limit:g}. {rule.why}\n  {listed}"


def test_every_figure_has_a_rule() -> None:
    assert [rule.figure for rule in RULES] == list(FIGURES)


def small_house(**files: str) -> House:
    """A house of a few modules: `room__module="source"`."""
    return House.of({f"qualcode.{name.replace('__', '.')}": text for name, text in files.items()})


def value(figure: str, house: House) -> float:
    return FIGURES[figure](house).value


def test_a_circle_is_found_through_types_and_functions() -> None:
    types = "if TYPE_CHECKING:\n    from qualcode.store.b import B\nclass A: pass"
    assert (
        value("circles", small_house(store__a=types, store__b="def f():\n    import qualcode.store.a")) == 1
    )
    assert value("circles", small_house(store__a=types, store__b="class B: pass")) == 0


def test_an_arrow_upward_is_found() -> None:
    assert value("upward", small_house(text__a="from qualcode.tui.b import B", tui__b="class B: pass")) == 1
    assert value("upward", small_house(text__a="class A: pass", tui__b="from qualcode.text.a import A")) == 0


def test_inherited_methods_of_ours_count_and_strangers_do_not() -> None:
    base = "class A(Screen[int]):\n    def one(self): ...\n    def two(self): ..."
    heir = (
        "from qualcode.tui.a import A as Old\nclass B(Old):\n    def two(self): ...\n    def three(self): ..."
    )
    assert value("methods", small_house(tui__a=base, tui__b=heir)) == 3


def test_names_are_looked_at_word_by_word() -> None:
    source = (
        "class ReadingRoom: pass\nroom = 1\nactor = 2\ndef veil_of(action, the_act): ...\nself.standing = 3"
    )
    assert FIGURES["forbidden-words"](small_house(store__a=source)).where == (
        "qualcode.store.a: ReadingRoom",
        "qualcode.store.a: standing",
        "qualcode.store.a: the_act",
        "qualcode.store.a: veil_of",
    )


def test_two_classes_of_one_name_and_a_file_for_one_other_are_found() -> None:
    made = small_house(
        text__a="class A: pass\nclass _B: pass", store__b="from qualcode.text.a import A\nclass A: ..."
    )
    assert value("doubled-names", made) == 1
    assert FIGURES["used-by-one"](made).where == ("   1 qualcode.text.a ← qualcode.store.b",)


def test_parameters_and_imports_in_functions_are_counted() -> None:
    many = (
        "def f(a, b, c, d, e, g, h, *, i):\n    import os\n    import sys\nclass C:\n    def m(self, a): ..."
    )
    assert value("parameters", small_house(text__a=many)) == 1
    assert value("imports-in-functions", small_house(text__a=many + "\n" * 96)) == 20
    verb = "@click.command()\n" + many.partition("\n")[0] + " ..."
    assert value("parameters", small_house(cli__a=verb)) == 0


def test_a_step_that_others_of_its_floor_import_is_found() -> None:
    made = small_house(
        tui__coding__screen="",
        tui__themes__screen="import qualcode.tui.coding.screen",
        tui__ranking__screen="import qualcode.tui.coding.screen",
        tui__common__lists="import qualcode.tui.coding.screen",
        cli__coding__verbs="import qualcode.tui.coding.screen",
    )
    assert value("fan-in", made) == 2
