"""What to talk about first: the differences, in an order the pair chooses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from qualcode.agreement.kinds import Difference
from qualcode.agreement.what_if import WhatIf, disputed

Order = Literal["effect", "size", "codes", "place"]


@dataclass(frozen=True, slots=True)
class Item:
    """One difference on the agenda.

    `effect` is the largest change of alpha in one of its codes if it were settled, `size` the
    number of characters read differently, `meetings` how often the same codes meet.
    """

    difference: Difference
    effect: float
    size: int
    meetings: int

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return self.difference.to_dict() | {
            "effect": self.effect,
            "size": self.size,
            "meetings": self.meetings,
        }


ORDERS: dict[str, Callable[[Item], Any]] = {
    "effect": lambda item: -item.effect,
    "size": lambda item: -item.size,
    "codes": lambda item: (-item.meetings, item.difference.codes),
    "place": lambda item: 0,
}


def agenda(found: Iterable[Difference], answers: WhatIf, order: Order = "effect") -> list[Item]:
    """The differences (not what is agreed), by effect on alpha, size, codes that meet most, or place.

    Equals stay in order of document and place.
    """
    open_ = [difference for difference in found if not difference.agreed]
    meetings = Counter(difference.codes for difference in open_)
    items = [
        Item(difference, answers.effect_size(difference), disputed(difference), meetings[difference.codes])
        for difference in open_
    ]
    return sorted(items, key=ORDERS[order])


def by_codes(found: Sequence[Difference]) -> list[tuple[tuple[str, ...], list[Difference]]]:
    """The differences grouped by the codes they are about, the most frequent group first."""
    groups: defaultdict[tuple[str, ...], list[Difference]] = defaultdict(list)
    for difference in found:
        if not difference.agreed:
            groups[difference.codes].append(difference)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
