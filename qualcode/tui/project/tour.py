"""The first steps as a row of cards; one key goes on, Esc leaves, and the screen below can be seen meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from qualcode.i18n import N_, _
from qualcode.tui.actions import action, unseen
from qualcode.tui.common.words import put


@dataclass(frozen=True, slots=True)
class Card:
    """A title, a few sentences, and keys that are pressed for the person before the card is shown."""

    title: str
    words: str
    shows: tuple[str, ...] = ()


CARDS = (
    Card(
        N_("Welcome"),
        N_(
            "On the left: the interviews. In the middle: the text. On the right: the codes, each with two letters "
            "and a colour. (In a narrow window F6 and F7 show the sides.)\n"
            "Nothing has to be saved, and everything can be undone with u."
        ),
    ),
    Card(
        N_("Mark a passage"),
        N_(
            "Press s: the sentence at the cursor is marked, as it is now. s again takes the next one too; + and − "
            "mark more or less; t marks the whole turn. With the mouse: drag, or click three times."
        ),
        ("reader.sentence",),
    ),
    Card(
        N_("Give it a code"),
        N_(
            "A number gives the code that has that number, below the text. c looks a code up by a part of its name, "
            "; takes the two letters. The full stop repeats the last code, and the comma does so and goes on to the "
            "next sentence without a code."
        ),
    ),
    Card(
        N_("Read what you did"),
        N_(
            "A bracket beside the text shows where a code begins and ends; the line below names the codes at the "
            "cursor. ] and [ go to the next and previous coding. Enter holds a coding: then a A i I + − move its "
            "edges. x takes it away, m writes a memo."
        ),
        ("reader.clear", "code.next"),
    ),
    Card(
        N_("The codebook"),
        N_(
            "Go there with tab or a click. n makes a code, N one under it, e changes its texts, shift and the arrows "
            "move it. C makes a code of the very words you marked."
        ),
        ("reader.clear",),
    ),
    Card(
        N_("Two readings, and then talk"),
        N_(
            "Each of you codes alone; d says that you have finished an interview. When both have, the step "
            "Compare lays the two readings side by side and walks along the differences. Then come Themes, Rank, "
            "Checklist and Export: click them at the top, or press ctrl+PgDn."
        ),
    ),
    Card(
        N_("When you are lost"),
        N_(
            "F1 or ? shows the keys of where you are, ctrl+p finds everything by name, ctrl+o jumps to a pane. "
            "F4: Nederlands or English. ctrl+t shows this tour again."
        ),
    ),
)


class Tour(ModalScreen[None]):
    """One card at a time, at the foot of the screen."""

    CSS_PATH = "project.tcss"
    BINDINGS = unseen({"enter,space,right,l": "go(1)", "left,h,backspace": "go(-1)", "escape,q": "leave"})

    def __init__(self) -> None:
        super().__init__()
        self._place = 0

    def compose(self) -> ComposeResult:
        """The card."""
        with Vertical(id="card-of-tour"):
            yield Static(id="words-of-tour")

    def on_mount(self) -> None:
        """Begin."""
        self._tell()

    def _tell(self) -> None:
        card = CARDS[self._place]
        count = f"{self._place + 1}/{len(CARDS)}"
        last = self._place == len(CARDS) - 1
        keys = _("Enter begins · ← back") if last else _("Enter goes on · ← back · Esc leaves the tour")
        put(
            self,
            "#words-of-tour",
            (f"{_(card.title)}  ", "bold $primary"),
            (f"{count}\n", "$ink-soft"),
            _(card.words),
            (f"\n{keys}", "$here"),
        )

    async def action_go(self, by: int) -> None:
        """Go to the next card, or the one before; past the last one the tour ends."""
        self._place += by
        if self._place >= len(CARDS):
            self.action_leave()
            return
        self._place = max(self._place, 0)
        if by > 0:
            await self._show(CARDS[self._place])
        self._tell()

    async def _show(self, card: Card) -> None:
        """Do on the screen below what the card speaks of; marking only, so nothing is changed."""
        below = self.app.screen_stack[-2]
        for name in card.shows:
            found = action(name)
            targets = [*below.query("Reader")] if found.where == "reader" else [below]
            if targets and getattr(below, "STEP", "") == "code":
                await self.app.run_action(found.run(), targets[0])

    async def on_click(self, event: events.Click) -> None:
        """Go on."""
        event.stop()
        await self.action_go(1)

    def action_leave(self) -> None:
        """End the tour; it comes again by its key only."""
        self.dismiss(None)
