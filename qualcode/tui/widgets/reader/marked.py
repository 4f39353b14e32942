"""The marks and search hits of a reader: shown, taken away, filtered; only their own lines are repainted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from qualcode.text.spans import Span
from qualcode.tui.widgets.reader.marks import Mark, MarkIndex
from qualcode.tui.widgets.reader.painting import Overlay
from qualcode.tui.widgets.reader.surface import Surface

_MANY = 100  # changes at once from which it is quicker to begin anew


class Marked(Surface):
    """A surface on which marks and hits come and go."""

    def add_mark(self, mark: Mark) -> None:
        """Show one more mark (it takes the place of one with the same id)."""
        self.remove_mark(mark.id)
        self._check(mark)
        self._marks[mark.id] = mark
        if self._is_kept(mark):
            self._damage_all(self._index.add(mark))

    def remove_mark(self, mark_id: str) -> None:
        """Show a mark no longer; nothing happens if there is none with that id."""
        mark = self._marks.pop(mark_id, None)
        if mark is not None and self._is_kept(mark):
            self._damage_all(self._index.remove(mark_id))

    def replace_mark(self, mark: Mark) -> None:
        """Show `mark` in place of the one with its id."""
        self.add_mark(mark)

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Show these marks and no others; where little changes, little is repainted."""
        wanted = {mark.id: mark for mark in marks}
        gone = [mark_id for mark_id, mark in self._marks.items() if wanted.get(mark_id) != mark]
        come = [mark for mark in wanted.values() if self._marks.get(mark.id) != mark]
        if len(gone) + len(come) > _MANY:
            for mark in come:
                self._check(mark)
            self._marks = wanted
            self._index_marks()
            return
        for mark_id in gone:
            self.remove_mark(mark_id)
        for mark in come:
            self.add_mark(mark)

    def filter_marks(self, keep: Callable[[Mark], bool] | None) -> None:
        """Show only the marks for which `keep` is true (`None`: all)."""
        self._keep = keep
        self._index_marks()

    def mark(self, mark_id: str) -> Mark | None:
        """The mark with an id, shown or filtered out."""
        return self._marks.get(mark_id)

    def marks_at(self, offset: int) -> list[Mark]:
        """The marks shown that hold the character at `offset`, the outer before the inner."""
        return self._index.at(offset)

    @property
    def marks_shown(self) -> MarkIndex:
        """The marks that are shown, by line."""
        return self._index

    def show_hits(self, hits: Sequence[Span], now: int = -1) -> None:
        """Highlight search hits; `now` is the number of the one at hand. No hits: no highlight."""
        old, new = self._overlay, replace(self._overlay, hits=tuple(sorted(hits)), hit_now=now)
        self._overlay = new
        for hit in {*old.hits, *new.hits} if old.hits != new.hits else _two_hits(old, new):
            self._damage(*self.text_layout.lines_of(hit))

    def _check(self, mark: Mark, text: str | None = None) -> None:
        if not 0 <= mark.start < mark.end <= len(self.transcript.text if text is None else text):
            raise ValueError(f"mark {mark.id} lies outside the text: {mark.start}-{mark.end}")

    def _damage_all(self, stretches: Iterable[tuple[int, int]]) -> None:
        for first, last in stretches:
            self._damage(first, last)
        self.marks_revision += 1


def _two_hits(old: Overlay, new: Overlay) -> list[Span]:
    """The hits that were and are at hand."""
    return [
        overlay.hits[overlay.hit_now] for overlay in (old, new) if 0 <= overlay.hit_now < len(overlay.hits)
    ]
