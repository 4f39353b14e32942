"""What leaves as a document: which one, in which form and language, with whose codings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Select, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from qualcode.errors import QualcodeError, StoppedError
from qualcode.i18n import _, language
from qualcode.tui import clipboard
from qualcode.tui.actions import bindings
from qualcode.tui.common.dialog import Choose
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.step import StepScreen

if TYPE_CHECKING:
    from qualcode.reports.content import Document
    from qualcode.store.project import Project
    from qualcode.tasks.exporting.documents import Request
    from qualcode.tasks.exporting.write import Saved

_ALL_QUOTES, _CHOSEN_QUOTES = 0, -1
_KEEP, _AFRESH = "keep", "afresh"
_ONE_INTERVIEW = "margin"
_OF_THEMES = {"themes", "chapter", "everything"}
_WITHOUT_QUOTES = {"respondents", "matrices", "agreement", "differences", "checklist-form", _ONE_INTERVIEW}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document as it was asked for. `afresh`: over an earlier version."""

    kind: str
    path: Path | None
    request: Request
    afresh: bool


class ExportScreen(StepScreen):
    """A list of documents and a short form; Save writes the document and says where it is."""

    STEP = "export"
    PLACES = ("export", "step")
    PANES = ("documents", "language")
    CSS_PATH = "export.tcss"
    BINDINGS = bindings("export")
    AUTO_FOCUS = "#documents"

    saved: Path | None = None

    def body(self) -> ComposeResult:
        """Documents on the left, the choices on the right."""
        from qualcode.tasks.exporting.documents import BOOK, KINDS

        self._kinds = [(kind.id, _(kind.title), _(kind.about)) for kind in KINDS]
        self._kinds.append(
            (BOOK, _("Everything in one"), _("All of these that there is something for, as chapters."))
        )
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Static(Content.styled(_("Which document?"), "bold"), classes="heading")
                yield QuietList(
                    *(Option(Content(title), id=kind) for kind, title, _about in self._kinds), id="documents"
                )
            with VerticalScroll(id="choices", can_focus=False):
                yield Static(id="about")
                yield from self._choices()
                with Horizontal(classes="buttons"):
                    yield Button(_("Save"), id="save", variant="primary")
                yield Static(id="result")

    def _choices(self) -> ComposeResult:
        people = [
            (f"{coder.name} · {coder.kind.label}", coder.id) for coder in self.session.project.coders.all()
        ]
        forms = [
            ("Word", ".docx"),
            (_("web page"), ".html"),
            ("Markdown", ".md"),
            ("Excel", ".xlsx"),
            ("CSV", ".csv"),
        ]
        earlier = [(_("keep what people wrote in it"), _KEEP), (_("write it afresh"), _AFRESH)]
        quotes = [(str(n), n) for n in (1, 2, 3, 5)]
        quotes += [(_("all"), _ALL_QUOTES), (_("only chosen ones (★)"), _CHOSEN_QUOTES)]
        ways = [(_("informants beside each other"), "role"), (_("per case"), "case")]
        asked = [(_("left out"), ""), (_("before each quote"), "yes")]
        interviews = [(t.name, t.name) for t in self.session.transcripts] or [("–", "")]
        yield from _row(_("Interview"), _select(interviews, self._interview(), "interview"))
        yield from _row(
            _("Language"), _select([("Nederlands", "nl"), ("English", "en")], language(), "language")
        )
        yield from _row(_("Codings of"), _select([(_("both readers"), ""), *people], "", "coder"))
        yield from _row(_("Quotes per cell"), _select(quotes, 2, "quotes"))
        yield from _row(_("Quotes lie"), _select(ways, "role", "by"))
        yield from _row(_("Question"), _select(asked, "", "question"))
        yield from _row(_("Form"), _select(forms, ".docx", "form"))
        yield from _row(_("An earlier version"), _select(earlier, _KEEP, "earlier"))
        place = Input(placeholder=_("in the folder exports, beside the project"), id="path")
        yield from _row(_("File"), place)

    def _interview(self) -> str:
        return self.session.transcript.name if self.session.transcript else ""

    def refresh_all(self) -> None:
        """Show the keys that fit."""
        super().refresh_all()
        self.hint(
            "export.save",
            "export.preview",
            *(("export.copy",) if self.saved else ()),
            "app.jump",
            "step.previous",
        )

    @property
    def kind(self) -> str:
        """The id of the document under the cursor."""
        return self._kinds[self.query_one("#documents", OptionList).highlighted or 0][0]

    @on(OptionList.OptionHighlighted, "#documents")
    def _pointed_at(self, event: OptionList.OptionHighlighted) -> None:
        kind, title, about = self._kinds[event.option_index]
        words = Content.assemble(Content.styled(title, "bold"), Content.styled(f"\n{about}", "$ink-soft"))
        self.query_one("#about", Static).update(words)
        self.query_one("#row-quotes").display = kind not in _WITHOUT_QUOTES
        self.query_one("#row-by").display = kind in _OF_THEMES
        self.query_one("#row-question").display = kind in _OF_THEMES
        self.query_one("#row-interview").display = kind == _ONE_INTERVIEW

    @on(OptionList.OptionSelected, "#documents")
    @on(Button.Pressed, "#save")
    @on(Input.Submitted, "#path")
    def action_save(self) -> None:
        """Save the document as chosen."""
        self.query_one("#result", Static).update(Content.styled(_("Making the document…"), "$ink-soft"))
        wanted = Wanted(self.kind, self._place(), self._request(), self._chosen("earlier") == _AFRESH)
        self._write(wanted, unreviewed=False)

    def _chosen(self, choice: str) -> str:
        return str(self.query_one(f"#{choice}", Select).value)

    def _place(self) -> Path | None:
        from qualcode.tasks.exporting.write import default_path

        typed, form = self.query_one("#path", Input).value.strip(), self._chosen("form")
        if not typed:
            return default_path(self.session.project, self.kind, self._chosen("language")).with_suffix(form)
        path = Path(typed).expanduser()
        return path if path.suffix else path.with_suffix(form)

    def _request(self) -> Request:
        from qualcode.reports.material import DocumentOptions
        from qualcode.tasks.exporting.documents import Request

        quotes = int(self._chosen("quotes"))
        return Request(
            options=DocumentOptions(
                language=self._chosen("language"),
                quotes=max(quotes, _ALL_QUOTES),
                chosen=quotes == _CHOSEN_QUOTES,
                by="case" if self._chosen("by") == "case" else "role",
                question=bool(self._chosen("question")),
            ),
            coders=tuple(c for c in self.session.project.coders.all() if c.id == self._chosen("coder")),
            transcript=self._chosen("interview") if self.kind == _ONE_INTERVIEW else "",
        )

    @work(thread=True, exclusive=True, group="export")
    def _write(self, wanted: Wanted, *, unreviewed: bool) -> None:
        from qualcode.tasks.exporting.write import export

        project = self.session.project
        try:
            names = [] if unreviewed else _names_in(project, wanted)
            if names:
                self.app.call_from_thread(self._ask_first, wanted, names)
                return
            saved = export(
                project,
                wanted.kind,
                wanted.path,
                wanted.request,
                afresh=wanted.afresh,
                progress=self._progress,
            )
        except QualcodeError as error:
            self.app.call_from_thread(self._refused, str(error))
        else:
            self.app.call_from_thread(self._done, saved)

    def _progress(self, done: int, all_: int) -> None:
        """Tell how far it is; raises `StoppedError` when the user stops it. Called in the worker's thread."""
        if get_current_worker().is_cancelled:
            raise StoppedError(_("Stopped. Nothing was saved; an earlier version is as it was."))
        words = _("{done} of {all} rows; Esc stops").format(done=done, all=all_)
        self.app.call_from_thread(self._say, words)

    def _say(self, words: str) -> None:
        if self.is_attached:
            self.query_one("#result", Static).update(Content.styled(words, "$ink-soft"))

    def action_stop(self) -> None:
        """Stop writing the document."""
        for worker in self.workers:
            if worker.group == "export" and worker.is_running:
                worker.cancel()

    def _ask_first(self, wanted: Wanted, names: list[str]) -> None:
        """Nobody looked at the names in some interviews: save it all the same?"""
        if not self.is_attached:
            return
        self.query_one("#result", Static).update(Content.styled("\n".join(names), "$here"))
        ways = [
            (_("Do not save it; look at the names first"), False),
            (_("Save it all the same"), True),
        ]

        def answered(go_on: bool | None) -> None:
            if go_on:
                self._write(wanted, unreviewed=True)
            elif go_on is False:
                self.workbench.go_to_step("transcripts")

        self.app.push_screen(Choose(_("Names were not looked at"), ways, about="\n".join(names)), answered)

    def _refused(self, why: str) -> None:
        if self.is_attached:
            self.query_one("#result", Static).update(Content.styled(why, "$error"))

    def _done(self, saved: Saved) -> None:
        if not self.is_attached:
            return
        self.saved = saved.path.resolve()
        parts = [Content.styled("✓ " + _("Saved: "), "bold $success"), Content(str(self.saved))]
        if saved.again:
            parts.append(Content.styled("\n" + _("What people had written in it was kept."), "$ink-soft"))
        if saved.left:
            words = _("Left as they were, because people changed them: {parts}.").format(
                parts=", ".join(saved.left)
            )
            parts.append(Content.styled(f"\n{words}", "$here"))
        self.query_one("#result", Static).update(Content.assemble(*parts))
        self.refresh_all()

    def action_preview(self) -> None:
        """Look at the document before saving it."""
        self._look(self.kind, self._request())

    @work(thread=True, exclusive=True, group="export")
    def _look(self, kind: str, request: Request) -> None:
        from qualcode.tasks.exporting.documents import document_of

        try:
            document = document_of(self.session.project, kind, request)
        except QualcodeError as error:
            self.app.call_from_thread(self._refused, str(error))
        else:
            self.app.call_from_thread(self._show, document)

    def _show(self, document: Document) -> None:
        from qualcode.tui.exporting.preview import Preview

        if self.is_attached:
            self.app.push_screen(Preview(document))

    def action_copy_path(self) -> None:
        """Copy where the document was saved."""
        if self.saved is not None:
            clipboard.copy(self.app, str(self.saved))
            self.app.notify(_("Copied: {path}").format(path=self.saved), timeout=3)


def _names_in(project: Project, wanted: Wanted) -> list[str]:
    """What to say of interviews whose names nobody looked at, if words of theirs would stand in the document."""
    from qualcode.tasks.exporting.documents import BOOK, kind_of
    from qualcode.tasks.exporting.names_gate import unreviewed

    if wanted.kind != BOOK and not kind_of(wanted.kind).words:
        return []
    one = wanted.request.transcript
    return unreviewed(project, [project.transcripts.get(one)] if one else None)


def _select(options: Sequence[tuple[str, str | int]], chosen: str | int, id: str) -> Select[str | int]:
    return Select(options, value=chosen, allow_blank=False, id=id)


def _row(label: str, widget: Widget) -> ComposeResult:
    with Horizontal(classes="field", id=f"row-{widget.id}"):
        yield Static(Content(label), classes="label")
        yield widget
