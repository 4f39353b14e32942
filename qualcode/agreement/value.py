"""A number that explains itself: a value, or nothing with the reason why."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.i18n import N_, Labelled


class Reason(Labelled):
    """Why a measure has no value. The value of a member is a stable key, `words` the sentence."""

    NO_TEXT = "no-text", N_("There is no text to compare.")
    UNUSED = "unused", N_("Not used by either: nothing to compare.")
    EVERYWHERE = (
        "everywhere",
        N_("Both coded all of the text: without uncoded text there is nothing to tell apart."),
    )
    NO_VARIATION = (
        "no-variation",
        N_("Every judgement is the same: without variation there is nothing to tell apart."),
    )
    ONE_CATEGORY = "one-category", N_("There is one category only: nothing to tell apart.")
    NOT_PAIRED = "not-paired", N_("No unit was judged by two coders: nothing to compare.")
    MISSING_VALUES = "missing-values", N_("This measure needs a judgement of every coder on every unit.")
    NO_SHARED_TEXT = (
        "no-shared-text",
        N_("The coders marked no passage in common, so the choice of code cannot be compared."),
    )
    TOO_LITTLE = "too-little", N_("There is too little text in common to say what chance would give.")
    OVERLAPPING_UNITS = (
        "overlapping-units",
        N_("A coder put two of these codes on the same words; this measure needs one at a time."),
    )
    FEW_DOCUMENTS = (
        "few-documents",
        N_("Fewer than five transcripts were coded twice: too few for an interval."),
    )
    FEW_CASES = "few-cases", N_("Fewer than five cases were coded twice: too few for an interval.")
    RARE_CODE = "rare-code", N_("The code occurs in fewer than five transcripts: too few for an interval.")
    RARE_IN_CASES = (
        "rare-in-cases",
        N_("The code occurs in fewer than five cases: too few for an interval."),
    )
    NOTHING_IN_COMMON = "nothing-in-common", N_("The rounds have no interview in common.")
    TOO_DENSE = "too-dense", N_("Too many codings lie over each other to pair them one by one.")
    TOO_MANY = "too-many", N_("This takes too long with so many codings; ask for one code, or an interview.")
    ONE_CODER = "one-coder", N_("Only one coder marked something here: nothing to compare.")
    SWITCHED_OFF = "switched-off", N_("Coefficients are switched off for this project.")

    @property
    def words(self) -> str:
        """The reason as a sentence in the language in use."""
        return self.label


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
