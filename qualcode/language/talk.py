"""Who speaks how much in an interview."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.language.words import words
from qualcode.model import Transcript, Turn


@dataclass(frozen=True, slots=True)
class Share:
    """What one speaker said. `share` is a part of all words, 0 to 1 (`None` when nobody said any).

    `longest` is the number of the longest turn; `milliseconds` is speaking time where the
    transcript has it for every turn of the speaker.
    """

    speaker: str
    interviewer: bool
    turns: int
    words: int
    share: float | None
    longest: int
    longest_words: int
    milliseconds: int | None

    @property
    def words_per_turn(self) -> float:
        """Mean length of a turn, in words."""
        return self.words / self.turns


def who_speaks(transcript: Transcript) -> list[Share]:
    """Every speaker of a transcript, the one with most words first."""
    by_speaker: dict[str, list[tuple[Turn, int]]] = {}
    for turn in transcript.turns:
        count = sum(1 for _word in words(transcript.text, turn.start, turn.end))
        by_speaker.setdefault(turn.speaker, []).append((turn, count))
    total = sum(count for turns in by_speaker.values() for _turn, count in turns)
    shares = [_share(speaker, turns, total) for speaker, turns in by_speaker.items()]
    return sorted(shares, key=lambda share: (-share.words, share.speaker))


def _share(speaker: str, turns: list[tuple[Turn, int]], total: int) -> Share:
    said = sum(count for _turn, count in turns)
    longest, longest_words = max(turns, key=lambda turn: turn[1])
    return Share(
        speaker,
        any(turn.interviewer for turn, _count in turns),
        len(turns),
        said,
        said / total if total else None,
        longest.n,
        longest_words,
        _speaking_time(turn for turn, _count in turns),
    )


def _speaking_time(turns: Iterable[Turn]) -> int | None:
    time = 0
    for turn in turns:
        if turn.time_start is None or turn.time_end is None:
            return None
        time += turn.time_end - turn.time_start
    return time
