"""A place that a search found, with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.i18n import _
from qualcode.model import Memo, Transcript
from qualcode.text.graphemes import glyphs, shown
from qualcode.text.spans import Span

_LINE_ENDS = str.maketrans("\n\t", "  ")
_LONGEST_FOUND = 200


@dataclass(frozen=True, slots=True)
class SearchPlace:
    """A stretch of an interview or of a memo; `form` is the word as found, `sure` whether it is what was asked."""

    source: Transcript | Memo
    span: Span
    form: str = ""
    sure: bool = True

    def __hash__(self) -> int:
        return hash((self.source.id, self.span))

    @property
    def transcript(self) -> Transcript | None:
        """The interview, if it is one."""
        return self.source if isinstance(self.source, Transcript) else None

    @property
    def label(self) -> str:
        """Where it is from, in a few words."""
        if not isinstance(self.source, Transcript):
            return _("memo")
        heard = self.source.heard
        return f"{self.source.case} {heard}" if self.source.case and heard else self.source.name

    def context(self, before: int, behind: int) -> tuple[str, str, str]:
        """At most so many characters before it, what was found, and so many behind it, on one line."""
        text, span = self.source.text, self.span
        end = min(span.end, span.start + _LONGEST_FOUND)
        return (
            text[max(span.start - before, 0) : span.start].translate(_LINE_ENDS),
            faces(text[span.start : end]),
            text[end : end + behind].translate(_LINE_ENDS),
        )


def faces(text: str) -> str:
    """A short text as a terminal shows it, on one line."""
    text = text.translate(_LINE_ENDS)
    return "".join(shown(text[start:end])[0] for start, end in glyphs(text))


def fit_end(text: str, width: int) -> str:
    """The end of a short text in exactly `width` cells, filled up at the left."""
    kept: list[str] = []
    left = width
    for start, end in reversed(list(glyphs(text))):
        face, cells = shown(text[start:end])
        if cells > left:
            break
        kept.append(face)
        left -= cells
    return " " * left + "".join(reversed(kept))
