"""Which labels in a file are speakers: the whole file decides, not one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qualcode.sources.lines import Line, Style, is_known, word_set

_HEADER_KEYS = word_set(
    "datum date tijd time tijdstip plaats locatie location duur duration casus case project titel title bestand file "
    "opname opnamedatum recording bron source onderwerp subject betreft naam name les lesson periode period groep "
    "klas school aanwezig aanwezigen present transcript versie version"
)
_LONGEST_HEADER = 12
_MARKED = (Style.COLON, Style.TIMED)
_FREE_FORMS = (Style.COLON, Style.NAMED_AND_TIMED)


def key_of(label: str) -> str:
    """`label` as it is compared: without capitals and doubled spaces."""
    return " ".join(label.casefold().split())


def find_speakers(lines: Sequence[Line]) -> dict[str, str]:
    """The labels in `lines` that are speakers: key (`key_of`) → first spelling.

    A known label with a colon is one wherever it stands; another label must come back, or every line
    must have one. A single label in the whole file counts only at its very start.
    """
    count: Counter[str] = Counter()
    strong: set[str] = set()
    spelling: dict[str, str] = {}
    for above, line in zip([None, *lines], lines, strict=False):
        under_time = above is not None and above.only_time
        if not line.label or (line.style is Style.ALONE and not is_known(line.label) and not under_time):
            continue
        key = key_of(line.label)
        spelling.setdefault(key, line.label)
        count[key] += 1
        if line.style is Style.NAMED_AND_TIMED or (line.style in _MARKED and is_known(line.label)):
            strong.add(key)
    accepted = {key for key, times in count.items() if times > 1 or key in strong}
    spoken = [line for line in lines if not line.only_time]
    if len(spoken) > 1 and all(line.style in _FREE_FORMS for line in spoken):
        accepted |= {key_of(line.label) for line in spoken}
    if sum(count[key] for key in accepted) == 1 and key_of(lines[0].label) not in accepted:
        return {}
    return {key: spelling[key] for key in accepted}


def header_length(lines: Sequence[Line]) -> int:
    """How many lines at the top are the head of a form ("Datum: …", "Interviewer: …") and not turns."""
    length = 0
    seen: set[str] = set()
    for index, line in enumerate(lines[:_LONGEST_HEADER]):
        key, colon, value = line.whole[:200].partition(":")
        key = key_of(key)
        if line.time_start is not None or (line.label and (key in seen or len(value.split()) > 4)):
            break
        if colon and line.label:
            seen.add(key)
        if colon and key.split()[:1] and key.split()[0] in _HEADER_KEYS:
            length = index + 1
    return length + _further_header(lines[length:]) if length else 0


def _further_header(lines: Sequence[Line]) -> int:
    """How many lines after a head still belong to it: "Informant: moeder", "Interviewer: onderzoeker"."""
    count = Counter(key_of(line.label) for line in lines)
    length = 0
    for index, line in enumerate(lines[:4]):
        short = len(line.text.split()) <= 4 and not line.text.endswith((".", "?", "!", "…"))
        if line.style is not Style.COLON or not line.text or not short or len(lines) < index + 4:
            break
        if count[key_of(line.label)] == 1 or key_of(lines[index + 1].label) == key_of(line.label):
            length = index + 1
    return length
