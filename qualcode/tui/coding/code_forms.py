"""Windows about one code: all it says, its colour, giving a part of its codings to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, SelectionList, Static, TextArea
from textual.widgets.selection_list import Selection

from qualcode.i18n import N_, Bilingual, _
from qualcode.model import Code, Coding
from qualcode.text.code_marks import HUES, colour_fault, mnemonic_fault
from qualcode.tui.actions import unseen
from qualcode.tui.common.dialog import DIALOG_STYLE, Choose, Dialog, buttons
from qualcode.tui.common.words import styled

_NAMES = dict(
    zip(
        HUES,
        (N_("blue"), N_("orange"), N_("green"), N_("pink"), N_("light blue"), N_("red"), N_("yellow")),
        strict=True,
    )
)


def colour_choice(title: str, hues: Sequence[str], *, plain: bool) -> Choose[str]:
    """Hues with their names; `plain` without their colours."""
    options = [(styled(("██ ", "" if plain else hue), _(_NAMES.get(hue, hue))), hue) for hue in hues]
    return Choose(_("Colour of {code}").format(code=title), options)


class SplitCode(Dialog[tuple[str, list[Coding]]]):
    """Tick the fragments that go to the new code, and name it."""

    BINDINGS = unseen({"escape": "close"}, priority=True)
    HELP_LINE = N_("Space ticks a fragment · Enter in the name splits · Esc closes")

    def __init__(self, code: Code, fragments: Sequence[tuple[Coding, str]]) -> None:
        super().__init__(_("Split {code}").format(code=code.name))
        self._fragments = fragments

    def body(self) -> ComposeResult:
        """The name and the fragments."""
        with Horizontal(classes="field"):
            yield Static(Content(_("New sub-code")), classes="label")
            yield Input(id="name", classes="wide", placeholder=_("its name"))
        yield SelectionList[int](
            *(Selection(Content(words), place) for place, (_coding, words) in enumerate(self._fragments)),
            id="fragments",
        )
        yield Static(id="problem")
        yield from buttons(split=_("Split"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#split")
    def _ready(self) -> None:
        name = self.query_one("#name", Input).value.strip()
        chosen = [self._fragments[place][0] for place in self.query_one(SelectionList).selected]
        if name and chosen:
            self.dismiss((name, chosen))
        else:
            words = _("Give it a name, and tick the fragments that go to it.")
            self.say_problem(words)


# the names of the texts in `Code`, and what stands before them
TEXTS = (
    ("definition", N_("What it means")),
    ("use", N_("Use it")),
    ("not_use", N_("Do not use it")),
    ("example", N_("For example")),
)
_LANGUAGES = ("nl", "en")


class CodeForm(Dialog[Code]):
    """Two names, two letters, a colour, and four texts, each in Dutch and in English."""

    CSS_PATH = [DIALOG_STYLE, "code_form.tcss"]
    BINDINGS = unseen({"escape": "close", "ctrl+s": "keep"}, priority=True)
    HELP_LINE = N_("Tab goes to the next field · ctrl+s keeps · Esc leaves all as it was")

    def __init__(self, code: Code) -> None:
        super().__init__(str(code.name) or code.slug)
        self._code = code

    def body(self) -> ComposeResult:
        """The fields, filled in as things stand."""
        with VerticalScroll(id="fields", can_focus=False):
            yield from _line(_("Name (Dutch)"), self._code.name.nl, "name-nl")
            yield from _line(_("Name (English)"), self._code.name.en, "name-en")
            yield from _line(_("Two letters"), self._code.mnemonic, "mnemonic")
            yield from _line(_("Colour"), self._code.colour, "colour")
            for name, label in TEXTS:
                for tag in _LANGUAGES:
                    yield Static(Content.styled(f"{_(label)} ({tag})", "$ink-soft"))
                    yield TextArea(
                        getattr(getattr(self._code, name), tag),
                        id=f"{name}-{tag}",
                        soft_wrap=True,
                        tab_behavior="focus",
                    )
        yield Static(id="problem")
        yield from buttons(keep=_("Keep"), leave=_("Leave as it was"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#keep")
    def action_keep(self) -> None:
        """Keep what stands here, if it can be."""
        made = replace(
            self._code,
            name=Bilingual(*(" ".join(self._line(f"name-{tag}").split()) for tag in _LANGUAGES)),
            mnemonic=self._line("mnemonic"),
            colour=self._line("colour"),
            definition=self._both("definition"),
            use=self._both("use"),
            not_use=self._both("not_use"),
            example=self._both("example"),
        )
        problem = self._problem(made)
        self.say_problem(problem)
        if not problem:
            self.dismiss(made)

    def _problem(self, code: Code) -> str:
        if not code.name:
            return _("A code needs a name.")
        changed_letters = code.mnemonic != self._code.mnemonic
        return (mnemonic_fault(code.mnemonic) if changed_letters else "") or colour_fault(code.colour)

    def _line(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _both(self, name: str) -> Bilingual:
        return Bilingual(*(self.query_one(f"#{name}-{tag}", TextArea).text.strip() for tag in _LANGUAGES))


def _line(label: str, value: str, name: str) -> ComposeResult:
    with Horizontal(classes="field"):
        yield Static(Content(label), classes="label")
        yield Input(value, id=name, classes="wide", select_on_focus=False)
