"""What a reader hands over, and how it becomes the text and turns that are stored."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Turn
from qualcode.sources.labels import guess_interviewers
from qualcode.text.normal import normal

# the byte order mark as a character, and the optional hyphen: neither is part of a word
_INVISIBLE = str.maketrans("", "", "\ufeff\u00ad")


@dataclass(frozen=True, slots=True)
class DraftTurn:
    """One speaker's words as found in a file.

    `speaker` is the label in the file ("" if none), times are milliseconds from the start of
    the recording, `part` names the part of a form ("1a").
    """

    speaker: str
    text: str
    time_start: int | None = None
    time_end: int | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as read: its turns, and what the person who takes it in must know.

    `warnings` are sentences in the user's language; `unplaced` are pieces of the file that did not
    become text (empty turns, page numbers, headings of a tool); `language` is a code as in "nl" if
    the file tells.
    """

    turns: tuple[DraftTurn, ...]
    warnings: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    language: str = ""


def words_of(text: str) -> str:
    """`text` as it is stored: NFC, LF, no blank lines, no white space at the edges of a line."""
    lines = (line.strip() for line in normal(text.translate(_INVISIBLE)).split("\n"))
    return "\n".join(line for line in lines if line)


def compose(draft: Draft, interviewers: Collection[str] | None = None) -> tuple[str, tuple[Turn, ...]]:
    """The stored text of `draft` and its turns.

    The text is the turns' words (`words_of`) joined by "\\n"; labels and times stand on the turns alone,
    so `text[turn.start:turn.end]` are a turn's words. `interviewers` are the labels whose turns are the
    interviewer's; without it they are guessed ("I", "Interviewer", "Onderzoeker", "Vraag").

    Raises InputError when no words are left, or when only an interviewer speaks.
    """
    if interviewers is None:
        interviewers = guess_interviewers({turn.speaker for turn in draft.turns})
    asking = {label.casefold() for label in interviewers}
    pieces: list[str] = []
    turns: list[Turn] = []
    position = 0
    for found in draft.turns:
        words = words_of(found.text)
        if not words:
            continue
        turn = Turn(
            n=len(turns) + 1,
            start=position,
            end=position + len(words),
            speaker=words_of(found.speaker).replace("\n", " "),
            interviewer=bool(found.speaker) and found.speaker.casefold() in asking,
            time_start=found.time_start,
            time_end=found.time_end,
            part=found.part,
        )
        pieces.append(words)
        turns.append(turn)
        position = turn.end + 1
    if not turns:
        raise InputError(_("There are no words in this file. Check that it is the right one."))
    if all(turn.interviewer for turn in turns):
        raise InputError(
            _(
                "Only an interviewer speaks in this file ({labels}); nobody answers. "
                "Check the labels in front of the turns, or say who the interviewer is."
            ).format(labels=", ".join(sorted({turn.speaker for turn in turns})))
        )
    return "\n".join(pieces), tuple(turns)
