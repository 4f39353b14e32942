"""One number over several codes. A headline can hide a bad code: never show it alone."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.agreement.counts import Counts
from qualcode.agreement.value import Reason, Value, ratio, undefined


def pooled_kappa(counts: Iterable[Counts]) -> Value:
    """Pooled kappa: (mean Po − mean Pe) / (1 − mean Pe) over the codes, Pe as for Cohen's kappa.

    De Vries, Elliott, Kanouse & Teleki 2008, Field Methods 20:272. Codes that neither
    coder used are left out: nothing was judged there. Undefined when none is left.
    """
    used = [count for count in counts if count.coded]
    if not used:
        return undefined(Reason.UNUSED)
    observed = sum((count.both + count.neither) / count.total for count in used)
    expected = sum(
        (count.a * count.b + (count.total - count.a) * (count.total - count.b)) / count.total**2
        for count in used
    )
    return ratio(observed - expected, len(used) - expected, Reason.EVERYWHERE)
