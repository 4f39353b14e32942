"""Names for a coefficient, as a convention only, and with its uncertainty taken seriously."""

from __future__ import annotations

from qualcode.agreement.intervals import normal_cdf
from qualcode.i18n import N_

# Landis & Koch 1977, Biometrics 33:159; their authors called the lines arbitrary.
LANDIS_KOCH = (
    (0.8, N_("almost perfect")),
    (0.6, N_("substantial")),
    (0.4, N_("moderate")),
    (0.2, N_("fair")),
    (0.0, N_("slight")),
    (-1.0, N_("poor")),
)


def cumulative(coefficient: float, error: float) -> dict[str, float]:
    """For each band, best first, the probability that the true coefficient reaches it.

    The coefficient is taken as normal with standard error `error`, cut off at −1 and 1
    (Gwet, Handbook of Inter-Rater Reliability, 2014, chapter 6).
    """
    if error == 0:
        return {name: float(coefficient >= line) for line, name in LANDIS_KOCH}
    top = normal_cdf((coefficient - 1) / error)
    whole = normal_cdf((coefficient + 1) / error) - top
    return {name: (normal_cdf((coefficient - line) / error) - top) / whole for line, name in LANDIS_KOCH}


def band(coefficient: float, error: float, certainty: float = 0.95) -> str:
    """The best band that is reached with at least `certainty` (msgid of its name)."""
    return next(name for name, p in cumulative(coefficient, error).items() if p >= certainty)
