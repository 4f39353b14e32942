"""The themes: their fragments in hand order, like paper strips on a table."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qualcode.analysis.quotes import coder_names
from qualcode.analysis.themes import ArrangedTheme, Fragment
from qualcode.i18n import _, ngettext
from qualcode.model import Coder
from qualcode.reports.quoting import origin, shorten
from qualcode.tasks.material import gather
from qualcode.tasks.themes import saturation, saturation_words
from qualcode.tui.actions import bindings
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.step import StepScreen
from qualcode.tui.themes.acts import ThemeActs

_LONGEST = 320


class ThemesScreen(ThemeActs, StepScreen):
    """Themes on the left, the fragments of one on the right, its text below."""

    STEP = "themes"
    PLACES = ("themes", "step")
    PANES = ("themes", "fragments")
    CSS_PATH = "themes.tcss"
    BINDINGS = bindings("themes")
    AUTO_FOCUS = "#themes"

    themes: list[ArrangedTheme]
    coders: tuple[Coder, ...] = ()
    _shown = 0

    def body(self) -> ComposeResult:
        """The two lists, and what is known of the theme."""
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield QuietList(id="themes")
                yield Static(id="saturation")
            with Vertical(id="right"):
                yield Static(id="about")
                yield StripList(id="fragments")
                with VerticalScroll(id="text", can_focus=False):
                    yield Static(id="written")
        yield Static(id="empty")

    def refresh_all(self) -> None:
        """Show everything as it is in the project now."""
        super().refresh_all()
        material = gather(self.session.project, self.coders, coded=False)
        self.themes = list(material.themes)
        self.query_one("#panes").display = bool(self.themes)
        empty = self.query_one("#empty", Static)
        empty.display = not self.themes
        empty.update(Content(_("There are no codes yet, so there are no themes. Take in a codebook first.")))
        themes = self.query_one("#themes", OptionList)
        at = min(self._shown, len(self.themes) - 1)
        with self.prevent(OptionList.OptionHighlighted):
            themes.clear_options()
            themes.add_options([Option(_theme_line(theme)) for theme in self.themes])
            themes.highlighted = at if self.themes else None
        self.show_theme()
        words = saturation_words(saturation(material))
        self.query_one("#saturation", Static).update(Content.styled(words, "$ink-soft"))
        self.hint(
            "themes.star",
            "themes.up",
            "themes.down",
            "themes.shorten",
            "themes.move",
            "themes.group",
            "themes.text",
            "themes.matrix",
            "themes.voices",
        )

    @on(OptionList.OptionHighlighted, "#themes")
    def _pointed_at(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index != self._shown:
            self._shown = event.option_index
            self.query_one("#fragments", OptionList).highlighted = None
            self.show_theme()

    @on(OptionList.OptionSelected, "#themes")
    def _to_fragments(self) -> None:
        self.query_one("#fragments").focus()

    @on(OptionList.OptionSelected, "#fragments")
    def _to_text(self) -> None:
        self.action_open()

    def show_theme(self, fragment: Fragment | None = None) -> None:
        """Show the fragments of the theme, with the cursor on one of them."""
        theme = self.theme
        strips = self.query_one("#fragments", OptionList)
        before = strips.highlighted
        strips.clear_options()
        if theme is None:
            return
        people = {coder.id: coder for coder in self.session.project.coders.all()}
        group = ""
        for each in theme.fragments:
            strips.add_option(Option(_strip(each, people, each.subgroup if each.subgroup != group else "")))
            group = each.subgroup
        self.query_one("#about", Static).update(_about(theme, self._whose()))
        self.query_one("#written", Static).update(Content(theme.theme.text or theme.definition))
        self.query_one("#text").display = bool(theme.theme.text or theme.definition)
        if theme.fragments:
            place = next((n for n, f in enumerate(theme.fragments) if _same(f, fragment)), before or 0)
            strips.highlighted = min(place, len(theme.fragments) - 1)

    def _whose(self) -> str:
        coders = self.coders or tuple(self.session.project.coders.pair())
        theme = self.theme
        return ", ".join(f"{coder.name} {theme.of_coder(coder.id) if theme else 0}" for coder in coders)


class StripList(QuietList):
    """The fragments; a longer quote takes more lines."""


def _same(one: Fragment, other: Fragment | None) -> bool:
    if other is None:
        return False
    return (one.quote.transcript.id, one.quote.span) == (other.quote.transcript.id, other.quote.span)


def _theme_line(theme: ArrangedTheme) -> Content:
    starred = sum(fragment.starred for fragment in theme.fragments)
    counts = f"{len(theme.codings)} · {len(theme.cases)} {_('cases')}" + (
        f" · ★ {starred}" if starred else ""
    )
    return Content.assemble(Content.styled(theme.title, "bold"), Content.styled(f"\n  {counts}", "$ink-soft"))


def _about(theme: ArrangedTheme, whose: str) -> Content:
    roles = ", ".join(role.label if role else "–" for role in theme.roles)
    quotes = ngettext("{n} quote", "{n} quotes", len(theme.fragments)).format(n=len(theme.fragments))
    words = ngettext("{n} word", "{n} words", theme.words).format(n=theme.words)
    codes = ", ".join(str(code.name) or code.slug for code in (*theme.codes, *theme.below)) or _("no codes")
    return Content.assemble(
        Content.styled(f"{theme.title}\n", "bold"),
        Content.styled(f"{whose} · {quotes} · {words} · {roles}\n", "$ink-soft"),
        Content.styled(shorten(codes, 160), "$ink-soft"),
    )


def _strip(fragment: Fragment, people: dict[str, Coder], group: str) -> Content:
    """A fragment as its strip of paper says it, under the name of its sub-group if that begins here."""
    signs = ("★ " if fragment.starred else "") + ("− " if fragment.negative else "")
    words = shorten(" ".join(fragment.words.split()), _LONGEST)
    behind = "; ".join(p for p in (origin(fragment.quote), coder_names(fragment.quote, people)) if p)
    heading = [Content.styled(f"▸ {group}\n", "bold $here")] if group else []
    return Content.assemble(
        *heading,
        Content.styled(signs, "bold $here"),
        Content(f"“{words}” "),
        Content.styled(behind, "$ink-soft"),
    )
