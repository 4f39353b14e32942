"""What a pair can choose for its project: the settings that people may change, with what they mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import N_, _, number
from qualcode.text.normal import one_line

if TYPE_CHECKING:
    from qualcode.store.project import Project

_YES = frozenset({"on", "yes", "true", "1", "aan", "ja", "waar"})
_NO = frozenset({"off", "no", "false", "0", "uit", "nee", "onwaar"})


def _switch(words: str) -> bool:
    if words.casefold() not in _YES | _NO:
        raise InputError(_("Say on or off."))
    return words.casefold() in _YES


def _share(words: str) -> float:
    try:
        share = float(words.replace(",", ".").removesuffix("%").strip())
    except ValueError:
        share = -1.0
    share = share / 100 if share > 1 else share
    if not 0 < share <= 1:
        raise InputError(_("Give a share between 0 and 1, such as 0.9 (or 90 %)."))
    return share


def _count(words: str) -> int:
    if not (words.isascii() and words.isdigit()):
        raise InputError(_("Give a whole number, such as 0 or 3."))
    return int(words)


def _line(words: str) -> str:
    if not words.strip():
        raise InputError(_("This cannot be empty."))
    return one_line(words)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the project, what it does, and how a value is read from words."""

    name: str
    does: str
    read: Callable[[str], Any]

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off."""
        return self.read is _switch


CHOICES = (
    Setting("title", N_("What the project is called."), _line),
    Setting(
        "coefficients",
        N_(
            "Figures of agreement. Off for reflexive analysis: the comparison stays, no coefficient is shown."
        ),
        _switch,
    ),
    Setting("trim", N_("White space at the edges of codings does not count in agreement."), _switch),
    Setting("interviewer", N_("The interviewer's words count in agreement."), _switch),
    Setting(
        "iou_agreed",
        N_("The same code counts as the same passage from this part of the text in common."),
        _share,
    ),
    Setting(
        "edge_characters",
        N_("The same code counts as the same passage if both edges differ by at most this many characters."),
        _count,
    ),
    Setting("own_reasons", N_("Each writes a line on a difference before seeing the other's."), _switch),
    Setting("suggest", N_("Likely codes come first when a code is looked up."), _switch),
    Setting("suggest_sealed", N_("The same while a round is sealed."), _switch),
)


def choice(name: str) -> Setting:
    """The setting of that name; raises `NotFoundError` with the names there are."""
    for one in CHOICES:
        if one.name == name:
            return one
    known = ", ".join(one.name for one in CHOICES)
    raise NotFoundError(_("There is no setting “{name}”. There is: {known}.").format(name=name, known=known))


def value_of(project: Project, one: Setting) -> Any:
    """The value of a setting now."""
    return project.settings.get(one.name)


def choose(project: Project, name: str, words: str) -> Any:
    """Give a setting the value that `words` say; returns it. Raises `InputError` if they fit not."""
    value = choice(name).read(words)
    if project.settings.get(name) != value:
        project.settings.set(name, value)
    return value


def in_words(value: Any) -> str:
    """A value for people: on, off, a number or a text."""
    if isinstance(value, bool):
        return _("on") if value else _("off")
    return number(value) if isinstance(value, float) else str(value)
