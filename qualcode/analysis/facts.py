"""Facts about interviews and respondents as groups: by each value, or by ranges of a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualcode.model import ColumnKind

UNKNOWN = "–"
_MOST_NUMBERS = 6  # more different numbers than that become ranges


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of interviews or respondents: its name, and what is known of each, by id.

    `choices` are the possible values in their order, where that is known. More than one value holds for some.
    """

    name: str
    kind: ColumnKind
    values: Mapping[str, tuple[str, ...]]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grouping:
    """Ids in groups: `labels` in their order, and those that each id belongs to (none where nothing is known)."""

    labels: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]

    def of(self, one: str) -> tuple[str, ...]:
        """The groups of an id; `UNKNOWN` where nothing is known."""
        return self.groups.get(one) or (UNKNOWN,)


def grouped(fact: Fact, cuts: Sequence[float] = ()) -> Grouping:
    """The groups that a fact makes. `cuts` are where a new range of numbers begins.

    Without, numbers are groups themselves if they are few, else three ranges of about equal size.
    """
    said = [value for values in fact.values.values() for value in values]
    numbers = {value: number for value in said if (number := as_number(value)) is not None}
    ranged = cuts or (
        len(set(numbers.values())) > _MOST_NUMBERS
        and len(numbers) == len(set(said))
        and fact.kind is not ColumnKind.DATE
    )
    if ranged and numbers:
        labels = _ranges(sorted(numbers[value] for value in said if value in numbers), cuts)
        groups = {
            one: tuple(labels[numbers[value]] for value in values if value in numbers)
            for one, values in fact.values.items()
        }
        return Grouping(tuple(dict.fromkeys(labels[number] for number in sorted(labels))), groups)
    spellings = [value for value, _n in reversed(Counter(said).most_common())]  # the commonest one stays
    known = {choice.casefold(): choice for choice in (*spellings, *fact.choices)}
    groups = {one: tuple(known[value.casefold()] for value in values) for one, values in fact.values.items()}
    given = {value for values in groups.values() for value in values}
    first = [known[choice.casefold()] for choice in fact.choices if fact.kind is ColumnKind.ORDERED]
    rest = sorted(
        given - set(first),
        key=lambda value: (number if (number := as_number(value)) is not None else 1e300, value),
    )
    return Grouping(tuple(value for value in (*first, *rest) if value in given), groups)


def as_number(value: str) -> float | None:
    """The number that a value is, with a point or a comma."""
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None


def _ranges(numbers: Sequence[float], cuts: Sequence[float]) -> dict[float, str]:
    """The range of each number, named by the lowest and highest number in it."""
    if not cuts:
        cuts = [numbers[len(numbers) * part // 3] for part in (1, 2)]
    edges = [float("-inf"), *sorted(set(cuts)), float("inf")]
    labels: dict[float, str] = {}
    for low, high in pairwise(edges):
        inside = [number for number in numbers if low <= number < high]
        if inside:
            name = f"{inside[0]:g}" if inside[0] == inside[-1] else f"{inside[0]:g}–{inside[-1]:g}"
            labels |= dict.fromkeys(inside, name)
    return labels
