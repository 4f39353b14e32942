"""Themes and their fragments as lists: paper strips on a table, in the order in which the pair laid them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from qualcode.analysis.quotes import coder_names
from qualcode.analysis.themes import ArrangedTheme, Fragment
from qualcode.i18n import _, ngettext
from qualcode.model import Coder
from qualcode.reports.quoting import origin, shorten
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.words import styled

_LONGEST = 320


class ThemeList(QuietList):
    """The themes; `at` is the place of the one that is shown."""

    def __init__(self) -> None:
        super().__init__(id="themes")
        self.themes: list[ArrangedTheme] = []
        self.at = 0

    def fill(self, themes: Iterable[ArrangedTheme]) -> None:
        """Show the themes as they are now; nobody is told, the screen shows the fragments itself."""
        self.themes = list(themes)
        self.at = max(min(self.at, len(self.themes) - 1), 0)
        with self.prevent(OptionList.OptionHighlighted):
            self.set_options([Option(_theme_line(theme)) for theme in self.themes])
            self.highlighted = self.at if self.themes else None

    @property
    def theme(self) -> ArrangedTheme | None:
        """The theme that is shown."""
        return self.themes[self.at] if self.at < len(self.themes) else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to its fragments."""
        event.stop()
        self.screen.query_one(Strips).focus()


class Strips(QuietList):
    """The fragments of a theme; a longer quote takes more lines."""

    def __init__(self) -> None:
        super().__init__(id="fragments")
        self._fragments: tuple[Fragment, ...] = ()

    def fill(self, theme: ArrangedTheme | None, people: Iterable[Coder], at: Fragment | None = None) -> None:
        """Show the fragments of a theme, the cursor on `at`, else where it was."""
        self._fragments = tuple(theme.fragments) if theme else ()
        by_id = {coder.id: coder for coder in people}
        options, group = [], ""
        for each in self._fragments:
            options.append(Option(_strip(each, by_id, each.subgroup if each.subgroup != group else "")))
            group = each.subgroup
        self.refill(options)
        place = next((n for n, each in enumerate(self._fragments) if _same(each, at)), None)
        if place is not None:
            self.highlighted = place

    @property
    def fragment(self) -> Fragment | None:
        """The fragment under the cursor."""
        at = self.highlighted
        return self._fragments[at] if at is not None and at < len(self._fragments) else None


def _same(one: Fragment, other: Fragment | None) -> bool:
    """Whether it is the same passage; star, group and words may have changed."""
    if other is None:
        return False
    return (one.quote.transcript.id, one.quote.span) == (other.quote.transcript.id, other.quote.span)


def _theme_line(theme: ArrangedTheme) -> Content:
    starred = sum(fragment.starred for fragment in theme.fragments)
    counts = f"{len(theme.fragments)} · {len(theme.cases)} {_('cases')}" + (
        f" · ★ {starred}" if starred else ""
    )
    return styled((theme.title, "bold"), (f"\n  {counts}", "$ink-soft"))


def about(theme: ArrangedTheme, coders: Iterable[Coder]) -> Content:
    """A theme in a few lines: its title, whose codings and how many, and its codes."""
    whose = ", ".join(f"{coder.name} {theme.of_coder(coder.id)}" for coder in coders)
    roles = ", ".join(role.label if role else "–" for role in theme.roles)
    quotes = ngettext("{n} quote", "{n} quotes", len(theme.fragments)).format(n=len(theme.fragments))
    words = ngettext("{n} word", "{n} words", theme.words).format(n=theme.words)
    codes = ", ".join(str(code.name) or code.slug for code in (*theme.codes, *theme.below)) or _("no codes")
    return styled(
        (f"{theme.title}\n", "bold"),
        (f"{whose} · {quotes} · {words} · {roles}\n", "$ink-soft"),
        (shorten(codes, 160), "$ink-soft"),
    )


def _strip(fragment: Fragment, people: dict[str, Coder], group: str) -> Content:
    """A fragment as its strip of paper says it, under the name of its sub-group if that begins here."""
    signs = ("★ " if fragment.starred else "") + ("− " if fragment.negative else "")
    words = shorten(" ".join(fragment.words.split()), _LONGEST)
    behind = "; ".join(p for p in (origin(fragment.quote), coder_names(fragment.quote, people)) if p)
    heading = [Content.styled(f"▸ {group}\n", "bold $here")] if group else []
    return styled(*heading, (signs, "bold $here"), f"“{words}” ", (behind, "$ink-soft"))
