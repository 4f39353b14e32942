"""What can be done with themes and their fragments on the step Themes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.widgets import OptionList

from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.model import Coder, Theme
from qualcode.tasks import themes
from qualcode.tui import clipboard
from qualcode.tui.common.dialog import Choose, OneLine
from qualcode.tui.common.memo import MemoEditor
from qualcode.tui.common.step import StepScreen

if TYPE_CHECKING:
    from qualcode.analysis.themes import ArrangedTheme, Fragment
    from qualcode.store.project import Project


class ThemeActs(StepScreen):
    """The acts; the screen says which theme and fragment they are about."""

    themes: list[ArrangedTheme]
    coders: tuple[Coder, ...]
    _shown: int

    @property
    def theme(self) -> ArrangedTheme | None:
        """The theme that is shown."""
        return self.themes[self._shown] if 0 <= self._shown < len(self.themes) else None

    @property
    def fragment(self) -> Fragment | None:
        """The fragment under the cursor."""
        at = self.query_one("#fragments", OptionList).highlighted
        return (
            self.theme.fragments[at]
            if self.theme and at is not None and at < len(self.theme.fragments)
            else None
        )

    @property
    def on_themes(self) -> bool:
        """Whether the list of themes has the focus."""
        return self.focused is not None and self.focused.id == "themes"

    def show_theme(self, fragment: Fragment | None = None) -> None:
        """Show the fragments of the theme."""
        raise NotImplementedError

    @property
    def _project(self) -> Project:
        return self.session.project

    def _with_fragment(self, act: Callable[[Fragment], object], *, stay: bool = True) -> None:
        """Do something with the fragment under the cursor, and show what came of it."""
        fragment = self.fragment
        if fragment is None:
            self.notify(_("Go to a fragment first."), severity="warning")
            return
        with self.workbench.saying():
            act(fragment)
            self.refresh_all()
            if stay:
                self.show_theme(fragment)

    def _with_theme(self, act: Callable[[Theme], object]) -> None:
        if self.theme is not None:
            with self.workbench.saying():
                act(self.theme.theme)
                self.refresh_all()

    def action_open(self) -> None:
        """Go to the fragment in its interview."""
        if self.fragment is not None and not self.on_themes:
            self.workbench.arrive(self.fragment.quote.transcript, self.fragment.quote.span)

    def action_star(self) -> None:
        """Choose the quote, or no longer."""
        self._with_fragment(lambda fragment: themes.star(self._project, fragment))

    def action_negative(self) -> None:
        """Say that it speaks against the theme, or not."""
        self._with_fragment(lambda fragment: themes.mark_negative(self._project, fragment))

    def action_shorten(self) -> None:
        """Leave words out of the quote."""
        fragment = self.fragment
        if fragment is None:
            return
        title = _("Leave words out, and put […] in their place")
        self.ask(
            MemoEditor(title, " ".join(fragment.words.split())),
            lambda words: self._with_fragment(lambda f: themes.shorten(self._project, f, words)),
        )

    def action_move(self, by: int) -> None:
        """Move the fragment, or the theme, up or down."""
        theme = self.theme
        if theme is None:
            return
        if not self.on_themes:
            self._with_fragment(lambda fragment: themes.place(self._project, theme, fragment, by))
            return
        to = self._shown + by
        if 0 <= to < len(self.themes):
            order = [each.theme for each in self.themes]
            order.insert(to, order.pop(self._shown))
            with self.workbench.saying():
                self._project.themes.reorder(order)
                self._shown = to
                self.refresh_all()

    def action_move_to(self) -> None:
        """Move the fragment to another theme."""
        others = [(each.title, each.theme) for each in self.themes if each is not self.theme]
        if self.fragment is None or not others:
            return
        self.ask(
            Choose(_("To which theme?"), others),
            lambda theme: self._with_fragment(
                lambda fragment: themes.move_to(self._project, fragment, theme), stay=False
            ),
        )

    def action_group(self) -> None:
        """Put the fragment in a sub-group: one that is there, a new one, or none."""
        if self.fragment is None or self.theme is None:
            return
        groups = [name for name in dict.fromkeys(f.subgroup for f in self.theme.fragments) if name]
        new = "\0"
        options = [*((name, name) for name in groups), (_("a new sub-group…"), new), (_("none"), "")]

        def put(name: str) -> None:
            self._with_fragment(lambda fragment: themes.put_in_group(self._project, fragment, name))

        def chosen(name: str) -> None:
            if name == new:
                self.ask(OneLine(_("What is the sub-group called?")), put)
            else:
                put(name)

        self.ask(Choose(_("Which sub-group?"), options), chosen)

    def action_text(self) -> None:
        """Write the text of the theme."""
        theme = self.theme
        if theme is None:
            return
        self.ask(
            MemoEditor(_("Text of: {title}").format(title=theme.title), theme.theme.text),
            lambda text: self._with_theme(
                lambda t: self._project.themes.change(replace(t, text=text.strip()))
            ),
        )

    def action_refer(self) -> None:
        """Copy a reference to the quote."""

        def refer(fragment: Fragment) -> None:
            reference = themes.refer(self._project, fragment)
            clipboard.copy(self.app, reference)
            self.app.notify(_("Copied: {path}").format(path=reference), timeout=4)

        self._with_fragment(refer)

    def action_title(self) -> None:
        """Give the theme another title."""
        if self.theme is not None:
            self.ask(
                OneLine(_("What is the theme called?"), self.theme.title),
                lambda title: self._with_theme(
                    lambda t: self._project.themes.change(replace(t, title=title))
                ),
            )

    def action_codes(self) -> None:
        """Add a code to the theme, or take one out."""
        theme = self.theme
        if theme is None:
            return
        here = set(theme.theme.codes)
        options = [
            (f"{'✓' if code.id in here else ' '} {str(code.name) or code.slug}", code.id)
            for code in self.session.codes
        ]

        def toggled(code: str) -> None:
            codes = (
                tuple(c for c in theme.theme.codes if c != code)
                if code in here
                else (*theme.theme.codes, code)
            )
            self._with_theme(lambda t: self._project.themes.change(replace(t, codes=codes)))

        self.ask(Choose(_("Which code to add, or to take out?"), options), toggled)

    def action_add(self) -> None:
        """Add a theme."""

        def add(title: str) -> None:
            with self.workbench.saying():
                self._project.themes.add(title)
                self._shown = len(self.themes)
                self.refresh_all()
                self.query_one("#themes", OptionList).focus()

        self.ask(OneLine(_("What is the theme called?")), add)

    def action_remove(self) -> None:
        """Take the theme away."""
        theme = self.theme
        if theme is not None:
            self._with_theme(self._project.themes.remove)
            self.app.notify(_("Taken out: {name}. Press u to undo.").format(name=theme.title), timeout=4)

    def action_whose(self) -> None:
        """Choose whose codings count."""
        self.ask(choose_whose(self._project), self._counts)

    def _counts(self, coders: tuple[Coder, ...]) -> None:
        self.coders = coders
        with suppress(QualcodeError):
            self.refresh_all()

    def action_matrix(self) -> None:
        """Count codings in two directions."""
        from qualcode.tui.themes.matrix import MatrixScreen

        self.app.push_screen(MatrixScreen(self.session, self.coders))

    def action_voices(self) -> None:
        """Lay the informants of one case side by side."""
        from qualcode.tui.themes.voices import VoicesScreen

        self.app.push_screen(VoicesScreen(self.session, self.coders))


def choose_whose(project: Project) -> Choose[tuple[Coder, ...]]:
    """A window that asks whose codings count."""
    everyone: list[tuple[str, tuple[Coder, ...]]] = [(_("both readers"), ())]
    everyone += [(f"{coder.name} · {coder.kind.label}", (coder,)) for coder in project.coders.all()]
    return Choose(_("Whose codings count?"), everyone)
