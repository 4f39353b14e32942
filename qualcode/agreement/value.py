"""A number that explains itself: a value, or nothing with the reason why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qualcode.i18n import N_, _


class Reason(StrEnum):
    """Why a measure has no value. The value of a member is a stable key, `words` the sentence."""

    NO_TEXT = "no-text"
    UNUSED = "unused"
    EVERYWHERE = "everywhere"
    NO_VARIATION = "no-variation"
    ONE_CATEGORY = "one-category"
    NOT_PAIRED = "not-paired"
    MISSING_VALUES = "missing-values"
    NO_SHARED_TEXT = "no-shared-text"
    TOO_LITTLE = "too-little"
    OVERLAPPING_UNITS = "overlapping-units"
    FEW_DOCUMENTS = "few-documents"
    RARE_CODE = "rare-code"
    TOO_DENSE = "too-dense"
    ONE_CODER = "one-coder"
    SWITCHED_OFF = "switched-off"

    @property
    def words(self) -> str:
        """The reason as a sentence in the language in use."""
        return _(_WORDS[self])


_WORDS = {
    Reason.NO_TEXT: N_("There is no text to compare."),
    Reason.UNUSED: N_("Not used by either: nothing to compare."),
    Reason.EVERYWHERE: N_("Both coded all of the text: without uncoded text there is nothing to tell apart."),
    Reason.NO_VARIATION: N_("Every judgement is the same: without variation there is nothing to tell apart."),
    Reason.ONE_CATEGORY: N_("There is one category only: nothing to tell apart."),
    Reason.NOT_PAIRED: N_("No unit was judged by two coders: nothing to compare."),
    Reason.MISSING_VALUES: N_("This measure needs a judgement of every coder on every unit."),
    Reason.NO_SHARED_TEXT: N_(
        "The coders marked no passage in common, so the choice of code cannot be compared."
    ),
    Reason.TOO_LITTLE: N_("There is too little text in common to say what chance would give."),
    Reason.OVERLAPPING_UNITS: N_(
        "A coder put two of these codes on the same words; this measure needs one at a time."
    ),
    Reason.FEW_DOCUMENTS: N_("Fewer than five transcripts were coded twice: too few for an interval."),
    Reason.RARE_CODE: N_("The code occurs in fewer than five transcripts: too few for an interval."),
    Reason.TOO_DENSE: N_("Too many codings lie over each other to pair them one by one."),
    Reason.ONE_CODER: N_("Only one coder marked something here: nothing to compare."),
    Reason.SWITCHED_OFF: N_("Coefficients are switched off for this project."),
}


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a measure. `value` is `None` exactly when there is a `reason`; it is never nan."""

    value: float | None
    reason: Reason | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("a measure has either a value or a reason why it has none")
        if self.value is not None and self.value != self.value:
            raise ValueError("a measure is never nan")

    @property
    def words(self) -> str:
        """Why there is no value, in the language in use; empty when there is one."""
        return self.reason.words if self.reason else ""

    @property
    def defined(self) -> bool:
        """Whether there is a number."""
        return self.value is not None


def undefined(reason: Reason) -> Value:
    """No value, for this reason."""
    return Value(None, reason)


def ratio(numerator: float, denominator: float, otherwise: Reason) -> Value:
    """`numerator / denominator`, or no value for the reason `otherwise` when that is 0/0.

    Integers of any size stay exact until the one division.
    """
    return Value(numerator / denominator) if denominator else undefined(otherwise)
