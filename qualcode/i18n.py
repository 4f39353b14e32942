"""The two languages of everything a user reads.

English sentences stand in the code, wrapped in `_()`; the Dutch ones stand in
`locale/nl/LC_MESSAGES/qualcode.po`. The user's language is chosen once at the start
(setting, environment, locale) and can be switched while running. A task may speak another
one for a while (`speaking`): an export in English leaves the screen in Dutch.
"""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache, wraps
from pathlib import Path
from typing import ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

LANGUAGES = ("nl", "en")
DOMAIN = "qualcode"
CATALOGUES = Path(__file__).parent / "locale"


def language_of_machine() -> str:
    """The language of this machine: `QUALCODE_LANG`, else the locale, else English."""
    names = [os.environ.get(name, "") for name in ("QUALCODE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    names.append(locale.getlocale()[0] or "")
    first = next((name for name in names if name), "")
    return "nl" if first.lower().startswith(("nl", "dutch")) else "en"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, CATALOGUES, [language], fallback=True)


# The user's own language is one for the whole process, so that a switch is seen in every thread. What a
# task speaks instead is bound to its context: no other thread or asyncio task sees it.
_of_user = language_of_machine()
_of_task: ContextVar[str | None] = ContextVar("language of this task", default=None)


def set_language(language: str) -> None:
    """Make `language` ("nl" or "en") the user's: of every screen, task and thread that speaks no other."""
    global _of_user
    _of_user = _known(language)


def language() -> str:
    """The language in use here: that of the task, else the user's."""
    return _of_task.get() or _of_user


@contextmanager
def speaking(language_: str | None) -> Iterator[None]:
    """Say everything inside the block in `language_` (`None`: leave as it is), in this thread or task alone."""
    if language_ is None:
        yield
        return
    before = _of_task.set(_known(language_))
    try:
        yield
    finally:
        _of_task.reset(before)


def in_this_language(call: Callable[P, T]) -> Callable[P, T]:
    """`call`, saying everything in the language in use here, whatever is spoken where it is called.

    For what tells a person how far something is while a document in another language is written.
    """
    here = language()

    @wraps(call)
    def said(*args: P.args, **kwargs: P.kwargs) -> T:
        with speaking(here):
            return call(*args, **kwargs)

    return said


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language!r}")
    return language


def _(message: str) -> str:
    """`message` in the language in use."""
    return _catalogue(language()).gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """The form of a counted sentence that fits `n`, in the language in use."""
    return _catalogue(language()).ngettext(one, many, n)


def N_(message: str) -> str:  # noqa: N802 - the customary gettext name
    """Mark a sentence for the catalogue; it is translated by `_()` where it is shown."""
    return message


class Labelled(StrEnum):
    """Members with a key that never changes (the value, for files) and words for people (`label`).

    A member is written as `NAME = "key", N_("words")`.
    """

    _words: str

    def __new__(cls, key: str, words: str = "") -> Self:
        member = str.__new__(cls, key)
        member._value_ = key
        member._words = words
        return member

    @property
    def label(self) -> str:
        """The words for it, in the language in use."""
        return _(self._words) if self._words else ""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text that exists in Dutch and in English; either may be empty."""

    nl: str = ""
    en: str = ""

    def __str__(self) -> str:
        """The text in the language in use, or in the other one if that is empty."""
        return self.in_language(language())

    def in_language(self, language_: str) -> str:
        """The text in `language_`, or in the other language if that one is empty."""
        return (self.nl or self.en) if language_ == "nl" else (self.en or self.nl)

    def __bool__(self) -> bool:
        return bool(self.nl or self.en)


def can_be_shown(words: str) -> bool:
    """Whether words are text; a file name that is not UTF-8 is not, and no terminal or file would take it."""
    return not any("\ud800" <= char <= "\udfff" for char in words)


def number(value: float, digits: int = 2) -> str:
    """`value` with `digits` decimals and the decimal sign of the language in use.

    A minus is the true minus sign, and a rounded zero carries none.
    """
    text = f"{value:.{digits}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    text = text.replace("-", "−")
    return text.replace(".", ",") if language() == "nl" else text


def percent(share: float | None, digits: int = 0) -> str:
    """A share between 0 and 1 as a percentage, never rounded up to the whole; a dash when it is undefined."""
    if share is None:
        return "–"
    if share < 1 and round(100 * share, digits) >= 100:
        return percent(share, digits + 1) if digits < 3 else "> " + number(100 - 10**-digits, digits) + " %"
    return number(100 * share, digits) + " %"


def date(moment: str | datetime, *, time: bool = False) -> str:
    """A moment (ISO 8601 or datetime) as people of the language write it, in local time."""
    from babel.dates import format_datetime

    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    pattern = "d MMMM y, HH:mm" if time else "d MMMM y"
    return format_datetime(moment.astimezone(), pattern, locale=language())


def clock(milliseconds: int) -> str:
    """A moment of a recording, the same in either language: `00:01:02`."""
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
