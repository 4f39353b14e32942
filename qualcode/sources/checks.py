"""What holds for every draft, whichever reader made it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qualcode.errors import InputError
from qualcode.i18n import _, ngettext
from qualcode.sources.decode import torn_text
from qualcode.sources.draft import Draft
from qualcode.sources.times import clock

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
