"""Two sets of codings → counts, coefficients, intervals, typed differences, plain words.

Pure functions on spans and counts: no screen, no database. What is listed in `__all__`
is the stable, public part; it is loaded when first used, numpy only for large data.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualcode.agreement.agenda import Effect, WeighedDifference, WhatIf, by_codes
    from qualcode.agreement.alignment import gamma
    from qualcode.agreement.alpha import alpha_of_coders, count_coders, reliability
    from qualcode.agreement.coefficients import binary_coefficients, table_coefficients
    from qualcode.agreement.comparison import AgreementOptions, compare, slices
    from qualcode.agreement.counts import Counts, count_units, counts_from_spans
    from qualcode.agreement.intervals import Interval, interval
    from qualcode.agreement.kinds import Difference, DifferenceKind, EdgeRule, differences, reconcile
    from qualcode.agreement.readings import Mark, TwoReadings, two_readings
    from qualcode.agreement.result import Agreement, CodeAgreement, CodeState, Series, through_rounds
    from qualcode.agreement.sampling import Candidate, Sample, draw
    from qualcode.agreement.unitized import unitizing
    from qualcode.agreement.value import Reason, Value

_HOMES = {
    "agenda": ("Effect", "WeighedDifference", "WhatIf", "by_codes"),
    "alignment": ("gamma",),
    "alpha": ("alpha_of_coders", "count_coders", "reliability"),
    "coefficients": ("binary_coefficients", "table_coefficients"),
    "comparison": ("AgreementOptions", "compare", "slices"),
    "counts": ("Counts", "count_units", "counts_from_spans"),
    "intervals": ("Interval", "interval"),
    "kinds": ("Difference", "EdgeRule", "DifferenceKind", "differences", "reconcile"),
    "readings": ("Mark", "TwoReadings", "two_readings"),
    "result": ("Agreement", "CodeAgreement", "Series", "CodeState", "through_rounds"),
    "sampling": ("Candidate", "Sample", "draw"),
    "unitized": ("unitizing",),
    "value": ("Reason", "Value"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Agreement", "AgreementOptions", "Candidate", "CodeAgreement", "CodeState", "Counts", "Difference",
    "DifferenceKind", "EdgeRule", "Effect", "Interval", "Mark", "Reason", "Sample", "Series", "TwoReadings", "Value",
    "WeighedDifference", "WhatIf", "alpha_of_coders", "binary_coefficients", "by_codes", "compare",
    "count_coders", "count_units", "counts_from_spans", "differences", "draw", "gamma", "interval", "reconcile",
    "reliability", "slices", "table_coefficients", "through_rounds", "two_readings", "unitizing",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a public name from its module on first use."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
