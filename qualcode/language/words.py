"""Text → words with their places, as search and counting see them. No spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = re.compile(
    r"""\[[^\W\d_]+-\d+\]                       # a placeholder for a name: [leraar-1]
      | \d+(?:[.,:]\d+)+                        # 10.30, 3.500,00
      | (?:[^\W\d_]\.){2,}                      # m.n., i.p.v.
      | (?<![^\W_])['’‘][stknm](?![^\W_])       # 's, 't
      | [^\W_]+(?:[-'’‑][^\W_]+)*               # foto's, IB'er, na-ijlen
    """,
    re.VERBOSE,
)


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as one string."""
    return frozenset(text.split())


CLAUSE_OPENERS = word_set(
    "en of maar want dus omdat toen als om terwijl zodat hoewel voordat nadat waar wat wie hoe ik hij we wij hoor hè "
    "he toch ook nog weer al niet nooit and or but because when i he she we they"
)
SUBORDINATORS = word_set("dat die that which who")
SUBJECTS = word_set(
    "ik jij je u hij zij ze wij we jullie men er het de een dit deze mijn jouw zijn haar ons onze hun iemand niemand "
    "iedereen i you he she it they there the a this these my your his her our their"
)
PREPOSITIONS = word_set(
    "aan achter bij binnen boven buiten door in langs met na naar om onder op over per sinds tegen tijdens tussen uit "
    "van vanaf vanuit via volgens voor zonder"
)


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """The words between two positions, as matches that carry text (`[0]`), `start()` and `end()`."""
    return _WORD.finditer(text, start, len(text) if end is None else end)


def is_word(text: str) -> bool:
    """Whether `text` is exactly one word."""
    return _WORD.fullmatch(text) is not None
