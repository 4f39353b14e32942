"""Timed pieces of speech → turns: the pieces of one speaker that follow each other become one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.sources.draft import Draft, DraftTurn
from qualcode.sources.lines import Style, clock, is_known, parse_line
from qualcode.sources.speakers import find_speakers, key_of

_ENOUGH = 400  # characters after which a turn without speaker may end with its sentence
_PAUSE = 1000  # milliseconds of silence after which it may, too
_SENTENCE_ENDS = (".", "?", "!", "…", '."', '?"', '!"', ".’", "?’", "!’")


def draft_of_cues(
    cues: Iterable[DraftTurn], warnings: Sequence[str] = (), unplaced: Sequence[str] = (), language: str = ""
) -> Draft:
    """A draft of timed pieces in the order of the file.

    Raises InputError when the times contradict that order: a piece that is wholly over before the one
    above it begins. Pieces that overlap (people talking at once) are kept as they stand.
    """
    pieces = list(cues)
    _check_order(pieces)
    if not any(piece.speaker for piece in pieces):
        pieces = list(_with_written_labels(pieces))
    turns = tuple(_merged(pieces))
    told = list(warnings)
    if turns and not any(turn.speaker for turn in turns):
        told.append(_("The file does not say who speaks: the turns have no speaker."))
    if unplaced:
        told.append(_("Lines without a time did not become text: {n}.").format(n=len(unplaced)))
    return Draft(turns, tuple(told), tuple(unplaced), language)


def _check_order(pieces: Sequence[DraftTurn]) -> None:
    last: DraftTurn | None = None
    for piece in pieces:
        if piece.time_start is None:
            continue
        ends = piece.time_end if piece.time_end is not None else piece.time_start
        if last is not None and last.time_start is not None and ends < last.time_start:
            raise InputError(
                _(
                    "The times are out of order: {later} comes after {earlier}. The file was put together wrongly "
                    "or damaged; export it again."
                ).format(later=clock(piece.time_start), earlier=clock(last.time_start))
            )
        last = piece


def _with_written_labels(pieces: Sequence[DraftTurn]) -> Iterator[DraftTurn]:
    """The same pieces with the labels that stand in their words ("Anna: ja"); others go on speaking."""
    taken = [(piece, [parse_line(line) for line in piece.text.split("\n")]) for piece in pieces]
    speakers = find_speakers([line for _piece, lines in taken for line in lines if line.whole])
    speaker = ""
    for piece, lines in taken:
        for line in lines:
            named = key_of(line.label) in speakers and (line.style is not Style.ALONE or is_known(line.label))
            if named:
                speaker = speakers[key_of(line.label)]
            yield replace(piece, speaker=speaker, text=line.text if named else line.whole)


def _merged(pieces: Iterable[DraftTurn]) -> Iterator[DraftTurn]:
    current: DraftTurn | None = None
    words: list[str] = []
    for piece in pieces:
        text = " ".join(piece.text.split())
        if not text:
            continue
        if current is not None and current.speaker == piece.speaker and not _is_over(current, words, piece):
            words.append(text)
            current = replace(current, time_end=_later(current.time_end, piece.time_end))
            continue
        if current is not None:
            yield replace(current, text=" ".join(words))
        current, words = piece, [text]
    if current is not None:
        yield replace(current, text=" ".join(words))


def _is_over(current: DraftTurn, words: Sequence[str], piece: DraftTurn) -> bool:
    """Whether a turn without speaker ends here: with a sentence, when it is long or silence follows."""
    if current.speaker or not words[-1].endswith(_SENTENCE_ENDS):
        return False
    silence = (piece.time_start or 0) - (current.time_end or 0)
    return silence >= _PAUSE or sum(map(len, words)) >= _ENOUGH


def _later(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)
