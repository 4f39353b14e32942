"""The themes: their fragments in hand order, like paper strips on a table."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from qualcode.analysis.themes import ArrangedTheme, Fragment
from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.model import Coder, Theme
from qualcode.tasks import themes
from qualcode.tasks.material import gather
from qualcode.tui import clipboard
from qualcode.tui.common.dialog import Choose, MemoEditor, OneLine
from qualcode.tui.common.step import StepScreen
from qualcode.tui.common.words import put
from qualcode.tui.themes.matrices import MatrixScreen, VoicesScreen, choose_whose
from qualcode.tui.themes.strips import Strips, ThemeList, about


class ThemesScreen(StepScreen, step="themes", panes=("themes", "fragments")):
    """Themes on the left, the fragments of one on the right, its text below."""

    coders: tuple[Coder, ...] = ()
    """Whose codings count; nobody named: those of both readers."""

    def body(self) -> ComposeResult:
        """The two lists, and what is known of the theme."""
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield ThemeList()
                yield Static(id="saturation")
            with Vertical(id="right"):
                yield Static(id="about")
                yield Strips()
                with VerticalScroll(id="text", can_focus=False):
                    yield Static(id="written")
        yield Static(id="empty")

    def refresh_all(self) -> None:
        """Show everything as it is in the project now."""
        super().refresh_all()
        material = gather(self.session.project, self.coders, coded=False)
        some = bool(material.themes)
        self.query_one("#panes").display = some
        empty = self.query_one("#empty", Static)
        empty.display = not some
        empty.update(Content(_("There are no codes yet, so there are no themes. Take in a codebook first.")))
        self.query_one(ThemeList).fill(material.themes)
        self.show_theme()
        words = themes.saturation_words(themes.saturation(material))
        put(self, "#saturation", (words, "$ink-soft"))
        self.hint("star", "up", "down", "shorten", "move", "group", "text", "matrix", "voices")

    def show_theme(self, fragment: Fragment | None = None) -> None:
        """Show the fragments of the theme, with the cursor on one of them."""
        theme, project = self.theme, self.session.project
        self.query_one(Strips).fill(theme, project.coders.all(), fragment)
        if theme is not None:
            written = theme.theme.text or theme.definition
            readers = self.coders or tuple(project.coders.pair())
            put(self, "#about", about(theme, readers))
            put(self, "#written", written)
            self.query_one("#text").display = bool(written)

    @property
    def theme(self) -> ArrangedTheme | None:
        """The theme that is shown."""
        return self.query_one(ThemeList).theme

    @property
    def fragment(self) -> Fragment | None:
        """The fragment under the cursor."""
        return self.query_one(Strips).fragment

    @on(OptionList.OptionHighlighted, "#themes")
    def _pointed_at(self, event: OptionList.OptionHighlighted) -> None:
        shown = self.query_one(ThemeList)
        if event.option_index != shown.at:
            shown.at = event.option_index
            self.query_one(Strips).highlighted = None
            self.show_theme()

    # fragments

    def _with_fragment(self, change: Callable[[Fragment], object], *, stay: bool = True) -> None:
        """Do something with the fragment under the cursor, and show what came of it."""
        fragment = self.fragment
        if fragment is None:
            self.notify(_("Go to a fragment first."), severity="warning")
            return
        with self.workbench.saying():
            change(fragment)
            self.refresh_all()
            if stay:
                self.show_theme(fragment)

    @on(OptionList.OptionSelected, "#fragments")
    def action_open(self) -> None:
        """Go to the fragment in its interview."""
        if self.fragment is not None and not self.query_one(ThemeList).has_focus:
            self.workbench.arrive(self.fragment.quote.transcript, self.fragment.quote.span)

    def action_mark(self, how: str) -> None:
        """Choose the quote (`star`), or say that it speaks against the theme (`negative`); or no longer."""
        mark = {"star": themes.star, "negative": themes.mark_negative}[how]
        self._with_fragment(lambda fragment: mark(self.session.project, fragment))

    def action_shorten(self) -> None:
        """Leave words out of the quote."""
        if self.fragment is None:
            return
        title = _("Leave words out, and put […] in their place")
        self.ask(
            MemoEditor(title, " ".join(self.fragment.words.split())),
            lambda words: self._with_fragment(lambda f: themes.shorten(self.session.project, f, words)),
        )

    def action_move(self, by: int) -> None:
        """Move the fragment, or the theme, up or down."""
        theme, shown, project = self.theme, self.query_one(ThemeList), self.session.project
        if theme is None:
            return
        if not shown.has_focus:
            self._with_fragment(lambda fragment: themes.place(project, theme, fragment, by))
            return
        to = shown.at + by
        if 0 <= to < len(shown.themes):
            order = [each.theme for each in shown.themes]
            order.insert(to, order.pop(shown.at))
            with self.workbench.saying():
                project.themes.reorder(order)
                shown.at = to
                self.refresh_all()

    def action_move_to(self) -> None:
        """Move the fragment to another theme."""
        every = self.query_one(ThemeList).themes
        others = [(each.title, each.theme) for each in every if each is not self.theme]
        if self.fragment is None or not others:
            return
        self.ask(
            Choose(_("To which theme?"), others),
            lambda theme: self._with_fragment(
                lambda fragment: themes.move_to(self.session.project, fragment, theme), stay=False
            ),
        )

    def action_group(self) -> None:
        """Put the fragment in a sub-group: one that is there, a new one, or none."""
        if self.fragment is None or self.theme is None:
            return
        groups = [name for name in dict.fromkeys(f.subgroup for f in self.theme.fragments) if name]
        new = "\0"  # no sub-group can be called so
        options = [*((name, name) for name in groups), (_("a new sub-group…"), new), (_("none"), "")]

        def put(name: str) -> None:
            self._with_fragment(lambda fragment: themes.put_in_group(self.session.project, fragment, name))

        def chosen(name: str) -> None:
            if name == new:
                self.ask(OneLine(_("What is the sub-group called?")), put)
            else:
                put(name)

        self.ask(Choose(_("Which sub-group?"), options), chosen)

    def action_refer(self) -> None:
        """Copy a reference to the quote."""

        def refer(fragment: Fragment) -> None:
            reference = themes.refer(self.session.project, fragment)
            clipboard.copy(self.app, reference)
            self.app.notify(_("Copied: {path}").format(path=reference), timeout=4)

        self._with_fragment(refer)

    # themes

    def _with_theme(self, change: Callable[[Theme], object]) -> None:
        """Do something with the theme that is shown, and show what came of it."""
        if self.theme is not None:
            with self.workbench.saying():
                change(self.theme.theme)
                self.refresh_all()

    def action_write(self, what: str) -> None:
        """Give the theme another `title`, write its `text`, or say which research `question` it answers."""
        theme = self.theme
        if theme is None:
            return
        windows: dict[str, OneLine | MemoEditor] = {
            "title": OneLine(_("What is the theme called?"), theme.title),
            "question": OneLine(_("Which research question does it answer?"), theme.theme.question),
            "text": MemoEditor(_("Text of: {title}").format(title=theme.title), theme.theme.text),
        }

        def written(words: str) -> None:
            change = self.session.project.themes.change
            self._with_theme(lambda t: change(replace(t, **{what: words.strip()})))  # type: ignore[arg-type]

        self.ask(windows[what], written)

    def action_codes(self) -> None:
        """Add a code to the theme, or take one out."""
        theme = self.theme
        if theme is None:
            return
        here = theme.theme.codes
        options = [
            (f"{'✓' if code.id in here else ' '} {str(code.name) or code.slug}", code.id)
            for code in self.session.codes
        ]

        def toggled(code: str) -> None:
            codes = tuple(c for c in here if c != code) if code in here else (*here, code)
            self._with_theme(lambda t: self.session.project.themes.change(replace(t, codes=codes)))

        self.ask(Choose(_("Which code to add, or to take out?"), options), toggled)

    def action_add(self) -> None:
        """Add a theme."""

        def add(title: str) -> None:
            shown = self.query_one(ThemeList)
            with self.workbench.saying():
                self.session.project.themes.add(title)
                shown.at = len(shown.themes)
                self.refresh_all()
                shown.focus()

        self.ask(OneLine(_("What is the theme called?")), add)

    def action_remove(self) -> None:
        """Take the theme away."""
        theme = self.theme
        if theme is not None:
            self._with_theme(self.session.project.themes.remove)
            self.app.notify(_("Taken out: {name}. Press u to undo.").format(name=theme.title), timeout=4)

    # what is shown

    def action_whose(self) -> None:
        """Choose whose codings count."""

        def chosen(coders: tuple[Coder, ...]) -> None:
            self.coders = coders
            with suppress(QualcodeError):
                self.refresh_all()

        self.ask(choose_whose(self.session.project), chosen)

    def action_lay_out(self, how: str) -> None:
        """Count codings in two directions (`matrix`), or lay the informants of a case side by side (`voices`)."""
        screen = {"matrix": MatrixScreen, "voices": VoicesScreen}[how]
        self.app.push_screen(screen(self.session, self.coders))
