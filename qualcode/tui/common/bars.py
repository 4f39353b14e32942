"""The rows around every screen: steps on top, hints at the foot, and what is at the cursor in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from qualcode.i18n import _, language, ngettext
from qualcode.model import Coding
from qualcode.tui.actions import Action, action, one_key
from qualcode.tui.session import Session
from qualcode.tui.steps import STEPS


@dataclass(frozen=True, slots=True)
class Chip:
    """One word or sign of a row; a click on it runs `action` on the screen, if it has one."""

    label: Content
    action: str = ""
    tip: str = ""


class Chips(Widget, can_focus=False):
    """One row of chips from the left and from the right; what does not fit is left out.

    Chips of the left side fall away from the end, those of the right side from their front.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "Chips { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._left: Sequence[Chip] = ()
        self._right: Sequence[Chip] = ()
        self._places: list[tuple[int, int, Chip]] = []

    def show(self, left: Sequence[Chip], right: Sequence[Chip] = ()) -> None:
        """Show other chips."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render(self) -> Content:
        """The row as it fits now."""
        width = self.content_size.width
        left = _fitting(self._left, width)
        used = sum(chip.label.cell_length for chip in left)
        right = _fitting(list(reversed(self._right)), width - used - 1)[::-1]
        gap = width - used - sum(chip.label.cell_length for chip in right)
        self._places = []
        column = 0
        for chip in left:
            column = self._place(chip, column)
        column += max(gap, 0)
        for chip in right:
            column = self._place(chip, column)
        labels = [chip.label for chip in left], [chip.label for chip in right]
        return Content.assemble(*labels[0], " " * max(gap, 0), *labels[1])

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All the room there is."""
        return container.width

    def _place(self, chip: Chip, column: int) -> int:
        end = column + chip.label.cell_length
        self._places.append((column, end, chip))
        return end

    def chip_at(self, column: int) -> Chip | None:
        """The chip in that column of the row."""
        return next((chip for start, end, chip in self._places if start <= column < end), None)

    def column_of(self, action: str) -> int | None:
        """The column in which the chip with that action begins, if it is shown."""
        return next((start for start, _end, chip in self._places if chip.action == action), None)

    async def on_click(self, event: events.Click) -> None:
        """Do what the chip under the mouse stands for."""
        at = event.get_content_offset(self)
        chip = self.chip_at(at.x) if at else None
        if chip and chip.action:
            event.stop()
            await self.run_action(chip.action)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Explain the chip under the mouse, and show that it can be clicked."""
        at = event.get_content_offset(self)
        chip = self.chip_at(at.x) if at else None
        self.tooltip = Content(chip.tip) if chip and chip.tip else None
        self.styles.pointer = "pointer" if chip and chip.action else "default"


def _fitting(chips: Sequence[Chip], width: int) -> list[Chip]:
    fitting: list[Chip] = []
    for chip in chips:
        width -= chip.label.cell_length
        if width < 0:
            break
        fitting.append(chip)
    return fitting


_FOR_NAME = 0.2  # of the bar at most; a longer name is cut
_FOR_ELLIPSIS = 2  # cells; of what is as short an ellipsis would leave too little


class ModeBar(Chips):
    """The clickable steps; the one that is shown stands out."""

    def __init__(self, current: str) -> None:
        super().__init__(id="mode-bar")
        self.current = current

    def tell(self, session: Session) -> None:
        """Show the steps, and on the right the project and who codes: of all that fits the most.

        Who codes, and that one only reads, always stands there; the steps are cut for it if need be.
        """
        start = [Chip(_text(" qualcode ", "bold $here"), "app.go_to_start", _("Other projects"))]
        title = [Chip(_text(f" {session.title} ", "$ink-soft"))]
        width = self.app.size.width
        who = _who(session, int(width * _FOR_NAME))
        tongue = [
            Chip(
                _text(f" {language()} ", "$ink-soft"),
                "app.switch_language",
                _("Switch between Dutch and English"),
            )
        ]
        steps = self._steps("›")
        for left, right in (
            ([*start, *steps], [*title, *who, *tongue]),
            ([*start, *steps], [*who, *tongue]),
            (self._steps(), [*who, *tongue]),
        ):
            if _width(left) + _width(right) < width:
                self.show(left, right)
                return
        self.show(self._cut_steps(width - _width(who) - 1), who)

    def _cut_steps(self, room: int) -> list[Chip]:
        """The steps with the longest titles that there is room for; the one that is shown keeps its own."""
        longest = max(len(_(step.title)) for step in STEPS)
        ways = (self._steps(longest=cells) for cells in range(longest, 0, -1))
        return next(
            (steps for steps in ways if _width(steps) <= room), _fitting(self._steps(longest=1), room)
        )

    def _steps(self, between: str = "", longest: int | None = None) -> list[Chip]:
        chips = []
        for number, step in enumerate(STEPS, 1):
            here = step.id == self.current
            title = _(step.title) if here or longest is None else _cut(_(step.title), longest)
            if number > 1 and between:
                chips.append(Chip(_text(between, "$ink-soft")))
            style = "bold $background on $primary" if here else "$ink"
            chips.append(
                Chip(
                    _text(f" {title} ", style),
                    f"app.go_to_step('{step.id}')",
                    _("Step {n}: {title}").format(n=number, title=_(step.title)),
                )
            )
        return chips


def _who(session: Session, longest: int) -> list[Chip]:
    name = session.coder.name if session.coder else _("nobody yet")
    reading = [Chip(_text(f" {_('reading only')} ", "bold $warning"))] if session.project.read_only else []
    cut = Chip(
        _text(f" {_cut(name, longest)} ", "bold $ink"),
        "screen.do('step.coder')",
        _("Who is coding: click to change"),
    )
    return [*reading, cut]


def _cut(words: str, longest: int) -> str:
    return Content(words).truncate(longest, ellipsis=longest > _FOR_ELLIPSIS).plain


def _width(chips: Sequence[Chip]) -> int:
    return sum(chip.label.cell_length for chip in chips)


def _text(words: str, style: str) -> Content:
    return Content.styled(words, style)


class HintBar(Chips):
    """Hints by action id; the keys shown are those in use (a keymap of one's own counts)."""

    def __init__(self) -> None:
        super().__init__(id="hint-bar")
        self._hinted: tuple[str, ...] = ()

    def hint(self, action_ids: Sequence[str], always: Sequence[str] = ("app.palette", "app.help")) -> None:
        """Show the hints of some actions, and on the right those that always fit."""
        hinted = (*action_ids, *always)
        if hinted == self._hinted:
            return
        self._hinted = hinted
        self.show([self._chip(name) for name in action_ids], [self._chip(name) for name in always])

    def _chip(self, name: str) -> Chip:
        wanted = action(name)
        keys = Content.styled(
            f" {_shown_keys(wanted, self.app._keymap.get(wanted.id, wanted.keys))} ", "bold $here"
        )
        words = Content.styled(f"{_(wanted.hint)} ", "$ink-soft")
        run = "" if wanted.counted else f"screen.do('{wanted.id}')"
        return Chip(Content.assemble(keys, words), run, _(wanted.does))


def _shown_keys(wanted: Action, keys: str) -> str:
    single = keys.split(",")
    return f"{single[0]}–{single[-1]}" if wanted.counted else one_key(single[0])


class StatusLine(Static):
    """One row."""

    DEFAULT_CSS = "StatusLine { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self) -> None:
        super().__init__(id="status")
        self._words = Content("")

    def say(self, words: str) -> None:
        """Show a plain sentence."""
        self.put(Content.styled(words, "$ink-soft"))

    def put(self, words: Content) -> None:
        """Show words, if they are others than those shown."""
        if not words.is_same(self._words):
            self._words = words
            self.update(words, layout=False)

    def tell(self, session: Session, codings: Sequence[Coding], marked: str, *, held: bool) -> None:
        """Name the codes at the cursor, how much is marked, and whether a coding is held."""
        parts: list[Content] = []
        if held:
            parts.append(
                Content.styled(_("Held: + − a A i I move its edges, Enter lets go.") + " ", "bold $here")
            )
        if marked:
            count = len(marked.split())
            words = ngettext("{n} word marked.", "{n} words marked.", count).format(n=count)
            parts.append(Content.styled(words + " ", "bold $here"))
        if codings:
            parts.append(Content.styled(_("Here: "), "$ink-soft"))
            parts.append(Content.styled(", ".join(_name(session, coding) for coding in codings), "bold"))
        elif not marked:
            parts.append(Content.styled(_("No code here."), "$ink-soft"))
        self.put(Content.assemble(*parts))


def _name(session: Session, coding: Coding) -> str:
    name = str(session.code_of(coding).name) or session.code_of(coding).slug
    mine = coding.id in session.codings
    who = "" if mine else next((c.name for c in session.project.coders.all() if c.id == coding.coder_id), "?")
    notes = [note for note in (who, _("with memo") if coding.id in session.with_memo else "") if note]
    return name + (f" ({', '.join(notes)})" if notes else "")
