"""What leaves as a Word document: which one, in which language, with whose codings."""

from __future__ import annotations

from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Select, Static
from textual.widgets.option_list import Option

from qualcode.errors import QualcodeError
from qualcode.i18n import _, language
from qualcode.tui import clipboard
from qualcode.tui.actions import bindings
from qualcode.tui.documents import DOCUMENTS, DocumentKind, Wish
from qualcode.tui.screens.step import StepScreen
from qualcode.tui.widgets.quiet_list import QuietList

_ALL_QUOTES = 0


class ExportScreen(StepScreen):
    """A short form; Save writes the document and says where it is."""

    STEP = "export"
    PLACES = ("export", "step")
    PANES = ("documents", "choices")
    CSS_PATH = "export.tcss"
    BINDINGS = bindings("export")
    AUTO_FOCUS = "#documents"

    saved: Path | None = None

    def body(self) -> ComposeResult:
        """Documents on the left, the choices on the right."""
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Static(Content.styled(_("Which document?"), "bold"), classes="heading")
                yield QuietList(*map(_option, DOCUMENTS), id="documents")
            with VerticalScroll(id="choices", can_focus=False):
                yield Static(Content.styled(_("How?"), "bold"), classes="heading")
                yield from self._choices()
                with Horizontal(classes="buttons"):
                    yield Button(_("Save"), id="save", variant="primary")
                yield Static(id="result")

    def _choices(self) -> ComposeResult:
        people = self.session.project.coders.all()
        coders = [(_("both readers"), "")] + [
            (f"{coder.name} · {coder.kind.label}", coder.id) for coder in people
        ]
        quotes = [(str(n), n) for n in (1, 2, 3, 5)] + [(_("all"), _ALL_QUOTES)]
        languages = [("Nederlands", "nl"), ("English", "en")]
        rows = (
            (_("Language"), Select(languages, value=language(), allow_blank=False, id="language")),
            (_("Codings of"), Select(coders, value="", allow_blank=False, id="coder")),
            (_("Quotes per cell"), Select(quotes, value=2, allow_blank=False, id="quotes")),
            (_("File"), Input(placeholder=_("in the folder exports, beside the project"), id="path")),
        )
        for label, widget in rows:
            with Horizontal(classes="field", id=f"row-{widget.id}"):
                yield Static(Content(label), classes="label")
                yield widget

    def refresh_all(self) -> None:
        """Show the keys that fit."""
        super().refresh_all()
        self.hint("export.save", *(("export.copy",) if self.saved else ()), "app.jump", "step.previous")

    @property
    def document(self) -> DocumentKind:
        """The document under the cursor."""
        return DOCUMENTS[self.query_one("#documents", OptionList).highlighted or 0]

    @on(OptionList.OptionHighlighted, "#documents")
    def _pointed_at(self) -> None:
        for choice in ("coder", "quotes"):
            self.query_one(f"#row-{choice}").display = choice in self.document.heeds

    @on(OptionList.OptionSelected, "#documents")
    @on(Button.Pressed, "#save")
    @on(Input.Submitted, "#path")
    def action_save(self) -> None:
        """Save the document as chosen."""
        self.query_one("#result", Static).update(Content.styled(_("Making the document…"), "$ink-soft"))
        self._write(self.document, self._wish())

    def _wish(self) -> Wish:
        typed = self.query_one("#path", Input).value.strip()
        path = Path(typed).expanduser() if typed else None
        coder = str(self.query_one("#coder", Select).value)
        return Wish(
            path=path.with_suffix(".docx") if path is not None and not path.suffix else path,
            coders=tuple(each for each in self.session.project.coders.all() if each.id == coder),
            language=str(self.query_one("#language", Select).value),
            quotes=int(str(self.query_one("#quotes", Select).value)),
        )

    @work(thread=True, exclusive=True, group="export")
    def _write(self, document: DocumentKind, wish: Wish) -> None:
        try:
            saved = document.write(self.session.project, wish)
        except QualcodeError as error:
            self.app.call_from_thread(self._told, None, str(error))
        else:
            self.app.call_from_thread(self._told, saved, "")

    def _told(self, saved: Path | None, problem: str) -> None:
        if not self.is_attached:
            return
        self.saved = saved
        words = Content.styled(problem, "$error")
        if saved is not None:
            words = Content.assemble(
                Content.styled("✓ " + _("Saved: "), "bold $success"), str(saved.resolve())
            )
        self.query_one("#result", Static).update(words)
        self.refresh_all()

    def action_copy_path(self) -> None:
        """Copy where the document was saved."""
        if self.saved is not None:
            clipboard.copy(self.app, str(self.saved.resolve()))
            self.app.notify(_("Copied: {path}").format(path=self.saved.resolve()), timeout=3)


def _option(document: DocumentKind) -> Option:
    words = Content.assemble(
        Content.styled(_(document.name), "bold"), Content.styled(f"\n{_(document.about)}\n", "$ink-soft")
    )
    return Option(words, id=document.id)
