"""Blocks of text → turns: the file as a whole decides what is a speaker.

.txt and .md are nothing but such blocks, among them the texts of F4, MAXQDA, Amberscript and noScribe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from qualcode.errors import InputError
from qualcode.files.text import decode
from qualcode.i18n import _, ngettext
from qualcode.sources.draft import Draft, DraftTurn
from qualcode.sources.forms import FormLine, form_turns
from qualcode.sources.lines import (
    LineParts,
    Style,
    bare,
    guess_interviewers,
    is_known,
    key_of,
    parse_line,
)
from qualcode.sources.speakers import Labels, Said, header_length, weigh
from qualcode.text.normal import normal


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a file: its lines, and the number a word processor puts before it ("1.")."""

    text: str
    number: str = ""


Piece = Block | DraftTurn
_Taken = list[tuple[Block, list[LineParts]] | DraftTurn]
_MOST_LINES = 300_000
# headings that tools put above the conversation itself
_START_OF_TRANSCRIPT = frozenset(
    ["transcript", "transcriptie", "📖 transcript", "📖 transcriptie", "transcription"]
)
_END_OF_TRANSCRIPT = (
    "transcription ended after",
    "transcriptie beëindigd na",
    "de transcriptie is beëindigd na",
)
# what meeting programs write between the turns about themselves
_SERVICE = re.compile(
    r".{1,80} (?:(?:started|stopped) (?:the )?(?:transcription|recording)|(?:joined|left) the meeting"
    r"|heeft (?:de )?(?:transcriptie|opname) (?:gestart|gestopt|beëindigd)"
    r"|(?:neemt deel aan|heeft) de vergadering(?: verlaten)?)\.?|transcribed by https?://otter\.ai/?"
    r"|\(?(?:.{1,200}: )?(?:[^.:]{1,40} )?transcribed by sonix\b.{0,200}",
    re.IGNORECASE,
)


def dialogue(pieces: Iterable[Piece], said: Said | None = None) -> Draft:
    """The turns in `pieces`: paragraphs that may carry labels and times, and turns already known.

    Words before the first label are kept as a turn without speaker. Without any label every block is
    a turn without speaker. `said` is what a person said about labels.
    """
    pieces = list(pieces)
    if sum(piece.text.count("\n") + 1 for piece in pieces) > _MOST_LINES:
        raise InputError(_("This text has more than {n} lines; that is no transcript.").format(n=_MOST_LINES))
    taken: _Taken = [
        piece
        if isinstance(piece, DraftTurn)
        else (piece, [parse_line(raw) for raw in normal(piece.text).split("\n")])
        for piece in pieces
    ]
    taken, unplaced = _without_furniture(taken)
    taken = _with_times_inline(_without_header_labels(taken))
    labels = weigh([piece[1] for piece in taken if not isinstance(piece, DraftTurn)], said)
    form = _form(taken) if not _has_interviewer(labels.speakers.values()) else None
    if form is not None:
        return Draft(tuple(form), (), tuple(unplaced))
    builder = _Builder(labels, unplaced)
    for piece in taken:
        if isinstance(piece, DraftTurn):
            builder.add(piece)
        else:
            builder.block(piece[1])
    return builder.draft()


def _without_furniture(taken: _Taken) -> tuple[_Taken, list[str]]:
    """Leave out what a tool puts around the conversation, and say what that was."""
    taken, above = _from_transcript_heading(taken)
    service = [piece for piece in taken if _is_service(piece)]
    if service:
        above += _texts(service)
        taken = [piece for piece in taken if not _is_service(piece)]
    for index in range(len(taken) - 1, max(-1, len(taken) - 4), -1):
        piece = taken[index]
        if isinstance(piece, DraftTurn):
            break
        if piece[1][0].whole.casefold().startswith(_END_OF_TRANSCRIPT):
            return taken[:index], [*above, *_texts(taken[index:])]
    return taken, above


def _is_service(piece: tuple[Block, list[LineParts]] | DraftTurn) -> bool:
    """Whether a piece is a line of a meeting program: "Anna Jansen heeft de transcriptie gestart"."""
    if isinstance(piece, DraftTurn):
        return False
    words = piece[0].text.strip().replace("*", "")
    return "\n" not in words and _SERVICE.fullmatch(words) is not None


def _texts(taken: _Taken) -> list[str]:
    texts = (piece[0].text.strip() for piece in taken if not isinstance(piece, DraftTurn))
    return [text for text in texts if text]


def _from_transcript_heading(taken: _Taken) -> tuple[_Taken, list[str]]:
    """Leave out what stands above the heading "Transcript" (a link, notes, a summary)."""
    for index, piece in enumerate(taken):
        if isinstance(piece, DraftTurn):
            break
        lines = piece[1]
        if any(line.time_start is not None for line in lines):
            break
        if len(lines) == 1 and lines[0].whole.casefold() in _START_OF_TRANSCRIPT:
            later = [
                line for item in taken[index + 1 :] if not isinstance(item, DraftTurn) for line in item[1]
            ]
            if any(line.time_start is not None for line in later[:10]):
                return taken[index + 1 :], _texts(taken[: index + 1])
    return taken, []


def _has_interviewer(labels: Iterable[str]) -> bool:
    """Whether someone asks the questions aloud, so that numbers do not make the file a form."""
    return any(bare(label) not in ("vraag", "question") for label in guess_interviewers(set(labels)))


def _form(taken: _Taken) -> list[DraftTurn] | None:
    lines = []
    for index, piece in enumerate(taken):
        if isinstance(piece, DraftTurn):
            return None
        texts = [text.strip() for text in normal(piece[0].text).split("\n") if text.strip()]
        lines += [FormLine(text, "" if n else piece[0].number, index) for n, text in enumerate(texts)]
    return form_turns(lines)


def _lines(taken: _Taken) -> list[LineParts]:
    lines = [line for piece in taken if not isinstance(piece, DraftTurn) for line in piece[1]]
    return [line for line in lines if line.whole or line.only_time]


def _without_header_labels(taken: _Taken) -> _Taken:
    """`taken` in which the head of a form has no labels, so that "Interviewer: …" there is no turn."""
    length = header_length(_lines(taken))
    cleared: _Taken = []
    for piece in taken:
        if isinstance(piece, DraftTurn) or length == 0:
            cleared.append(piece)
            continue
        lines = []
        for line in piece[1]:
            lines.append(replace(line, label="", style=Style.NONE) if length else line)
            length -= bool(length and line.whole)
        cleared.append((piece[0], lines))
    return cleared


def _with_times_inline(taken: _Taken) -> _Taken:
    """`taken`, in which a label before a time ("Moeder [00:05] Ja") counts if nearly all paragraphs begin so."""
    firsts = [piece[1][0] for piece in taken if not isinstance(piece, DraftTurn) and piece[1][0].whole]
    inline = sum(line.style is Style.INLINE for line in firsts)
    proven = inline > 1 and inline >= 0.8 * (len(firsts) - 1)  # a title may stand above them

    def told(line: LineParts) -> LineParts:
        if line.style is not Style.INLINE:
            return line
        if proven:
            return replace(line, style=Style.NAMED_AND_TIMED)
        return replace(
            line, label="", style=Style.NONE, text=line.whole, time_start=None, inner=line.inner + 1
        )

    return [
        piece if isinstance(piece, DraftTurn) else (piece[0], [told(line) for line in piece[1]])
        for piece in taken
    ]


@dataclass(slots=True)
class _Builder:
    """Puts lines together into turns."""

    labels: Labels
    unplaced: list[str]
    turns: list[DraftTurn] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    current: DraftTurn = field(default_factory=lambda: DraftTurn("", ""))
    pending: LineParts | None = None
    inner: int = 0

    def add(self, turn: DraftTurn) -> None:
        self._close()
        self.turns.append(turn)

    def block(self, lines: Sequence[LineParts]) -> None:
        """Take in one paragraph; without any speakers in the file it is a turn of its own."""
        if not self.labels.speakers:
            self._close()
        for line in lines:
            self._line(line)

    def _line(self, line: LineParts) -> None:
        if line.only_time:
            if not self.labels.speakers:
                self._close()
            self.pending = line
            return
        if not line.whole:
            return
        self.inner += line.inner
        speakers = self.labels.speakers
        is_turn = bool(line.label) and key_of(line.label) in speakers and self._fits(line)
        if is_turn or (not speakers and line.time_start is not None):
            self._open(line, speakers[key_of(line.label)] if is_turn else "")
        elif not speakers and self.pending:
            self._open(line, "")
        self.pending = None
        words = line.text if is_turn else line.whole
        if words:
            self.lines.append(words)
        if line.time_end is not None:
            self.current = replace(self.current, time_end=line.time_end)

    def _fits(self, line: LineParts) -> bool:
        """Whether a label without colon is one here: a known word, a name under its time, one that comes back."""
        alone = line.style is Style.ALONE
        known = is_known(line.label) or key_of(line.label) in self.labels.alone
        return not alone or known or self.pending is not None

    def _open(self, line: LineParts, speaker: str) -> None:
        self._close()
        above = self.pending
        start = line.time_start if line.time_start is not None else above.time_start if above else None
        self.current = DraftTurn(speaker, "", start, line.time_end or (above.time_end if above else None))

    def _close(self) -> None:
        turn = replace(self.current, text="\n".join(self.lines))
        if turn.text.strip():
            before = self.turns[-1] if self.turns else None
            if turn.time_start is None and turn.time_end is not None and before:
                turn = replace(turn, time_start=before.time_end)
            self.turns.append(turn)
        elif turn.speaker:
            self.unplaced.append(_("{label}: (a turn without words)").format(label=turn.speaker))
        self.lines = []
        self.current = DraftTurn("", "")

    def draft(self) -> Draft:
        """Everything taken in, with what is worth knowing about it."""
        self._close()
        warnings = tuple(self._warnings())
        return Draft(tuple(self.turns), warnings, tuple(self.unplaced), doubts=self.labels.doubts)

    def _warnings(self) -> Iterable[str]:
        if self.turns and not any(turn.speaker for turn in self.turns):
            yield _(
                "No speakers were recognised: every paragraph is a turn without speaker. "
                "Put a label and a colon before each turn (I: …, R: …) if it is a conversation."
            )
        elif self.turns and not self.turns[0].speaker:
            yield _("What stands above the first speaker is kept as a turn without speaker.")
        passed = [*(doubt.label for doubt in self.labels.doubts), *self.labels.words]
        if passed:
            yield _("These were not taken for speakers and stand in the text: {labels}.").format(
                labels=", ".join(f"“{label}:”" for label in passed[:5]) + (" …" if len(passed) > 5 else "")
            )
        if self.inner:
            yield ngettext(
                "{n} time in the middle of a turn was left out of the text.",
                "{n} times in the middle of a turn were left out of the text.",
                self.inner,
            ).format(n=self.inner)
        if self.unplaced:
            yield ngettext(
                "{n} piece of the file did not become text.",
                "{n} pieces of the file did not become text.",
                len(self.unplaced),
            ).format(n=len(self.unplaced))


_BLANK_LINES = re.compile(r"\n[ \t\xa0]*(?:\n[ \t\xa0]*)+")


def blocks_of(text: str) -> list[Block]:
    """The paragraphs of `text`: parted by blank lines, or by line ends if it has no blank lines."""
    text = normal(text).strip("\n")
    parts = _BLANK_LINES.split(text)
    return [Block(part) for part in (parts if len(parts) > 1 else text.split("\n")) if part.strip()]


def read_plain(data: bytes, said: Said | None = None) -> Draft:
    """The turns of a text file in any of the encodings that `decode` knows."""
    text, warnings = decode(data)
    draft = dialogue(blocks_of(text), said)
    return replace(draft, warnings=(*warnings, *draft.warnings))
