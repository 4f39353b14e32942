"""What a code needs to be seen and named: slug, two letters, colour; made where a file gives none."""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator

from qualcode.i18n import _

HUES = ("#3B8ACA", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#DB6208", "#F0E442")
"""Seven hues of Okabe and Ito (2008), moved in lightness to at least 4.5:1 on #1e1e1e."""

_MNEMONIC = re.compile(r"[A-Za-z0-9]{2}")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")

_SMALL_WORDS = frozenset(
    ("aan", "and", "de", "een", "en", "het", "in", "of", "op", "te", "the", "to", "van", "voor", "with")
)


def mnemonic_fault(mnemonic: str) -> str:
    """What is wrong with a mnemonic, in words; nothing if it is two letters or digits."""
    if _MNEMONIC.fullmatch(mnemonic):
        return ""
    return _("the mnemonic '{mnemonic}' should be two letters or digits").format(mnemonic=mnemonic)


def colour_fault(colour: str) -> str:
    """What is wrong with a colour, in words; nothing if it is of the form #RRGGBB."""
    if _COLOUR.fullmatch(colour):
        return ""
    message = _("the colour '{colour}' should be # with six digits or letters a-f, such as #009E73")
    return message.format(colour=colour)


def slug_of(text: str) -> str:
    """`text` as a slug: lower-case letters, digits and hyphens ("Notie van tijd" → "notie-van-tijd").

    Accents go; a text without a single Latin letter or digit gives "code".
    """
    return "-".join(re.findall(r"[a-z0-9]+", _plain(text).lower())) or "code"


def free_slug(text: str, taken: Container[str]) -> str:
    """The slug of `text`, with a number behind it if that slug is taken."""
    slug = slug_of(text)
    if slug not in taken:
        return slug
    return next(f"{slug}-{n}" for n in range(2, 10**9) if f"{slug}-{n}" not in taken)


def free_mnemonic(name: str, taken: Container[str]) -> str:
    """Two letters for a code called `name`; `taken` holds those in use, casefolded.

    First choice: the initials of its first two words, then its first letter with a later
    one. Empty when all 1296 pairs are taken.
    """
    return next((pair for pair in _pairs(name) if pair.casefold() not in taken), "")


def _pairs(name: str) -> Iterator[str]:
    words = re.findall(r"[a-z0-9]+", _plain(name).lower()) or ["code"]
    main = [word for word in words if word not in _SMALL_WORDS] or words
    letters = "".join(main)
    if len(main) > 1:
        yield main[0][0].upper() + main[1][0]
    for second in letters[1:] + string.digits + string.ascii_lowercase:
        yield letters[0].upper() + second
    for first in string.ascii_uppercase + string.digits:
        for second in string.ascii_lowercase + string.digits:
            yield first + second


def free_colour(used: Iterable[str]) -> str:
    """The hue used least so far; of equals the first."""
    times = Counter(colour.upper() for colour in used)
    return min(HUES, key=lambda hue: times[hue])


def _plain(text: str) -> str:
    """`text` without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
