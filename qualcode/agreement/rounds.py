"""Agreement through the rounds: before talking and after it, two series that never mix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qualcode.agreement.result import Agreement, Series
from qualcode.agreement.value import Value


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """The figure of one code in one round. `round` is the label of the round."""

    round: str
    documents: int
    alpha: Value
    shared: Value


@dataclass(frozen=True, slots=True)
class CodeThroughRounds:
    """One code through the rounds, in one series. `label` says what the figures are."""

    series: Series
    code: str
    points: tuple[RoundFigures, ...]

    @property
    def label(self) -> str:
        """The heading that must stand with the figures."""
        return self.series.label

    def to_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {
            "series": self.series.value,
            "code": self.code,
            "points": [
                {
                    "round": point.round,
                    "documents": point.documents,
                    "alpha": point.alpha.value,
                    "shared": point.shared.value,
                }
                for point in self.points
            ],
        }


def through_rounds(comparisons: Iterable[Agreement]) -> list[CodeThroughRounds]:
    """The lines of every code, independent ones first; rounds in the order given.

    Each comparison says which series it belongs to; a code has one line per series.
    """
    points: dict[tuple[Series, str], list[RoundFigures]] = {}
    for found in comparisons:
        for code in found.codes:
            point = RoundFigures(
                found.label, len(found.documents), code.values["alpha"], code.values["shared"]
            )
            points.setdefault((found.series, code.code), []).append(point)
    return [
        CodeThroughRounds(series, code, tuple(of_code))
        for wanted in Series
        for (series, code), of_code in points.items()
        if series is wanted
    ]
