"""What a reader hands over, and how it becomes the text and turns that are stored."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from qualcode.errors import InputError
from qualcode.files.text import torn_text
from qualcode.i18n import _, clock, ngettext
from qualcode.model import Turn
from qualcode.sources.lines import guess_interviewers
from qualcode.sources.speakers import Doubt
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
    the file tells; `doubts` are labels that stand in the text, but may be speakers.
    """

    turns: tuple[DraftTurn, ...]
    warnings: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    language: str = ""
    doubts: tuple[Doubt, ...] = ()


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


_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
_LONG_PARAGRAPH = 100_000


def checked(draft: Draft) -> Draft:
    """`draft` as it can be stored, with the warnings that its text calls for.

    Raises InputError for characters that cannot be stored and for a file without words.
    """
    for turn in draft.turns:
        if _SURROGATE.search(turn.text) or _SURROGATE.search(turn.speaker):
            raise torn_text()
        if "\0" in turn.text:
            raise InputError(
                _("There are null characters in the text: the file is damaged. Export it again.")
            )
    draft, removed = _without_controls(draft)
    if not any(turn.text.strip() for turn in draft.turns):
        raise InputError(_("There are no words in this file. Check that it is the right one."))
    return replace(draft, warnings=(*draft.warnings, *_warnings(draft, removed)))


def _without_controls(draft: Draft) -> tuple[Draft, int]:
    removed = 0
    turns = []
    for turn in draft.turns:
        text, count = _CONTROL.subn("", turn.text)
        speaker, more = _CONTROL.subn("", turn.speaker)
        removed += count + more
        turns.append(replace(turn, text=text, speaker=speaker) if count or more else turn)
    return replace(draft, turns=tuple(turns)), removed


def _warnings(draft: Draft, removed: int) -> Iterator[str]:
    if removed:
        yield ngettext(
            "{n} control character that carries no text was left out.",
            "{n} control characters that carry no text were left out.",
            removed,
        ).format(n=removed)
    if any(_RIGHT_TO_LEFT.search(turn.text) for turn in draft.turns):
        yield _(
            "Part of the text is written from right to left; it is stored as it is, but a line may look odd."
        )
    if any(len(line) > _LONG_PARAGRAPH for turn in draft.turns for line in turn.text.split("\n")):
        yield _("One paragraph is longer than a whole interview: line ends may have been lost.")
    last = None
    for turn in draft.turns:
        if turn.time_start is None:
            continue
        if last is not None and turn.time_start < last:
            yield _("The times go back at {time}; the order of the file was kept.").format(
                time=clock(turn.time_start)
            )
            return
        last = turn.time_start
