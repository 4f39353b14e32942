"""Text → words with their places, as search and counting see them; and the words that say little. No spaCy.

A project may keep stop words of its own; `read_list` and `list_text` take them from and to a text that
people edit, one word a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.resources import grouped_words, listed_words

_WORD = re.compile(
    r"""\[[^\W\d_]+-\d+\]                       # a placeholder for a name: [leraar-1]
      | \d+(?:[.,:]\d+)+                        # 10.30, 3.500,00
      | (?:[^\W\d_]\.){2,}                      # m.n., i.p.v.
      | (?<![^\W_])['’‘][stknm](?![^\W_])       # 's, 't
      | [^\W_]+(?:[-'’‑][^\W_]+)*               # foto's, IB'er, na-ijlen
    """,
    re.VERBOSE,
)


LISTS = Path(__file__).parent / "data"
LITTLE_WORDS = grouped_words(LISTS / "little_words.txt")
"""Words that say little by themselves, by what they do in a sentence."""


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """The words between two positions, as matches that carry text (`[0]`), `start()` and `end()`."""
    return _WORD.finditer(text, start, len(text) if end is None else end)


def is_word(text: str) -> bool:
    """Whether `text` is exactly one word."""
    return _WORD.fullmatch(text) is not None


def folded(word: str) -> str:
    """`word` as words are compared: lower case, straight apostrophes."""
    return word.lower().replace("’", "'").replace("‘", "'")


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words that stand in nearly every sentence of `language` ("nl" or "en") and say little, folded."""
    return listed_words(LISTS / f"stop_words_{'en' if language == 'en' else 'nl'}.txt")


def read_list(text: str) -> frozenset[str]:
    """A list people edited: one word a line, `#` begins a remark. `InputError` names lines that are no word."""
    found: set[str] = set()
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        word = line.partition("#")[0].strip()
        if word and not is_word(word):
            problems.append(_("line {number}: {text}").format(number=number, text=word))
        elif word:
            found.add(folded(word))
    if problems:
        raise InputError(_("Some lines are not exactly one word. Write one word a line."), problems)
    return frozenset(found)


def list_text(stop: Iterable[str]) -> str:
    """The list as a text to edit, sorted, one word a line."""
    return "".join(f"{word}\n" for word in sorted(stop))
