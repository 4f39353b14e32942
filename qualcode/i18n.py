"""The two languages of everything a user reads.

English sentences stand in the code, wrapped in `_()`; the Dutch ones stand in
`locale/nl/LC_MESSAGES/qualcode.po`. The language is chosen once at the start
(setting, environment, locale) and can be switched while running.
"""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

LANGUAGES = ("nl", "en")
DOMAIN = "qualcode"
CATALOGUES = Path(__file__).parent / "locale"


def language_of_machine() -> str:
    """The language of this machine: `QUALCODE_LANG`, else the locale, else English."""
    names = [os.environ.get(name, "") for name in ("QUALCODE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    names.append(locale.getlocale()[0] or "")
    first = next((name for name in names if name), "")
    return "nl" if first.lower().startswith(("nl", "dutch")) else "en"


def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, CATALOGUES, [language], fallback=True)


_language = language_of_machine()
_current = _catalogue(_language)


def set_language(language: str) -> None:
    """Switch everything said from now on to `language` ("nl" or "en")."""
    global _language, _current
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language!r}")
    _language, _current = language, _catalogue(language)


def language() -> str:
    """The language in use: "nl" or "en"."""
    return _language


@contextmanager
def speaking(language_: str | None) -> Iterator[None]:
    """Say everything inside the block in `language_` (`None`: leave as it is)."""
    before = _language
    set_language(language_ or before)
    try:
        yield
    finally:
        set_language(before)


def _(message: str) -> str:
    """`message` in the language in use."""
    return _current.gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """The form of a counted sentence that fits `n`, in the language in use."""
    return _current.ngettext(one, many, n)


def N_(message: str) -> str:  # noqa: N802 - the customary gettext name
    """Mark a sentence for the catalogue; it is translated by `_()` where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text that exists in Dutch and in English; either may be empty."""

    nl: str = ""
    en: str = ""

    def __str__(self) -> str:
        """The text in the language in use, or in the other one if that is empty."""
        return self.in_language(_language)

    def in_language(self, language_: str) -> str:
        """The text in `language_`, or in the other language if that one is empty."""
        return (self.nl or self.en) if language_ == "nl" else (self.en or self.nl)

    def __bool__(self) -> bool:
        return bool(self.nl or self.en)


def number(value: float, digits: int = 2) -> str:
    """`value` with `digits` decimals and the decimal sign of the language in use.

    A minus is the true minus sign, and a rounded zero carries none.
    """
    text = f"{value:.{digits}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    text = text.replace("-", "−")
    return text.replace(".", ",") if _language == "nl" else text


def percent(share: float | None, digits: int = 0) -> str:
    """A share between 0 and 1 as a percentage; a dash when it is undefined."""
    return "–" if share is None else number(100 * share, digits) + " %"


def date(moment: str | datetime, *, time: bool = False) -> str:
    """A moment (ISO 8601 or datetime) as people of the language write it, in local time."""
    from babel.dates import format_datetime

    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    pattern = "d MMMM y, HH:mm" if time else "d MMMM y"
    return format_datetime(moment.astimezone(), pattern, locale=_language)


def clock(milliseconds: int) -> str:
    """A moment of a recording, the same in either language: `00:01:02`."""
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
