"""Which interview of the project a text from elsewhere is, and where its speakers stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Transcript
from qualcode.text.spans import Span

_RUN = 3
_ENOUGH = 0.2  # of the runs of words of the interview must stand in the text
_WORD = re.compile(r"\w+")


def transcript_like(transcripts: Sequence[Transcript], text: str, where: str) -> Transcript:
    """The transcript with whose words `text` agrees; `InputError` if none or several do."""
    runs = _runs(text)
    shares = []
    for transcript in transcripts:
        own = _runs(transcript.text)
        shares.append((len(own & runs) / max(len(own), 1), transcript))
    shares.sort(key=lambda pair: -pair[0])
    if not shares or shares[0][0] < _ENOUGH:
        raise InputError(
            _(
                "{file} agrees with no interview of this project. Say which one it is: --transcript NAME."
            ).format(file=where)
        )
    if len(shares) > 1 and shares[1][0] > 0.8 * shares[0][0]:
        raise InputError(
            _(
                "{file} agrees as well with {one} as with {other}. Say which one it is: --transcript NAME."
            ).format(file=where, one=shares[0][1].name, other=shares[1][1].name)
        )
    return shares[0][1]


def speaker_labels(text: str, transcript: Transcript) -> list[Span]:
    """Where the speakers of the transcript stand before a line of `text` ("I:", "Leraar 1:")."""
    return labels_at_lines(text, {turn.speaker for turn in transcript.turns if turn.speaker})


def labels_at_lines(text: str, labels: Iterable[str]) -> list[Span]:
    """Where one of these labels with a colon or a tab stands at the beginning of a line."""
    known = sorted(map(re.escape, labels), key=len, reverse=True)
    if not known:
        return []
    pattern = re.compile(rf"^[ \t]*(?:{'|'.join(known)})[ \t]*[:\t]", re.MULTILINE | re.IGNORECASE)
    return [Span(*match.span()) for match in pattern.finditer(text)]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    size = min(_RUN, len(words)) or 1
    return {tuple(words[n : n + size]) for n in range(len(words) - size + 1)}
