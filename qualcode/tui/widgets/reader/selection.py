"""What a key does to a selection. Pure: a selection is a span or nothing, a caret an offset."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.text.spans import Span
from qualcode.tui.widgets.reader.passages import Passages, Unit

Selection = Span | None


def select_or_extend(passages: Passages, unit: Unit, selection: Selection, caret: int) -> Selection:
    """The passage at the caret; if whole passages of that kind are selected already, the next one too."""
    if selection is None or not is_whole(passages, unit, selection):
        place = caret if selection is None else selection.start
        return _something(passages.at(unit, place))
    following = passages.after(unit, selection.end)
    return Span(selection.start, following.end) if following else selection


def is_whole(passages: Passages, unit: Unit, selection: Span) -> bool:
    """Whether the selection begins where a passage of that kind begins and ends where one ends."""
    if not selection.length:
        return False
    first, last = passages.at(unit, selection.start), passages.at(unit, selection.end - 1)
    return first.start == selection.start and last.end == selection.end


def widen(passages: Passages, selection: Selection, caret: int) -> Selection:
    """The smallest whole word, clause, sentence or turn (or row of these) larger than the selection."""
    if selection is None:
        return next((span for unit in Unit if (span := _something(passages.at(unit, caret)))), None)
    for unit in Unit:
        first, last = passages.at(unit, selection.start), passages.at(unit, selection.end - 1)
        wider = Span(min(first.start, selection.start), max(last.end, selection.end))
        if wider.length > selection.length:
            return wider
    return selection


def narrow(passages: Passages, selection: Selection, focus: int) -> Selection:
    """The largest turn, sentence, clause or word inside the selection, around `focus` if it lies inside."""
    if selection is None:
        return None
    place = focus if selection.contains(focus) else selection.start
    for unit in reversed(Unit):
        span = passages.at(unit, place)
        if span.length and selection.start <= span.start and span.end <= selection.end and span != selection:
            return span
    return None


def move_edge(selection: Span, edge: str, step: Callable[[int], int]) -> Span:
    """Move the "start" or the "end" by `step`; the two never pass each other."""
    if edge == "start":
        start = step(selection.start)
        return Span(start, selection.end) if start < selection.end else selection
    end = step(selection.end)
    return Span(selection.start, end) if end > selection.start else selection


def _something(span: Span) -> Selection:
    return span if span.length else None
