"""What leaves as a document: which one, in which form and language, with whose codings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Select, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from qualcode.errors import QualcodeError, StoppedError
from qualcode.files.saving import NotOursError
from qualcode.i18n import _, language, ngettext
from qualcode.reports.content import Document
from qualcode.reports.material import DocumentOptions
from qualcode.tasks.exporting.documents import KINDS, Request, default_path, document_of, kind_of
from qualcode.tasks.exporting.names_gate import UnreviewedError
from qualcode.tasks.exporting.verifying import renewals_in_words
from qualcode.tasks.exporting.write import Saved, export
from qualcode.tui import clipboard
from qualcode.tui.common.dialog import Choose, buttons
from qualcode.tui.common.files import typed_path
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.step import StepScreen
from qualcode.tui.common.words import put
from qualcode.tui.exporting.preview import Preview

_ALL_QUOTES, _CHOSEN_QUOTES = 0, -1
_KEEP, _AFRESH = "keep", "afresh"
# rows of the form that only some documents take, by what `DocumentKind.takes` calls it
_ROWS = {
    "quotes": "#row-quotes",
    "by": "#row-by",
    "question": "#row-question",
    "transcript": "#row-interview",
    "names": "#row-names",
}


class ExportScreen(StepScreen, step="export", panes=("documents", "language")):
    """A list of documents and a short form; Save writes the document and says where it is."""

    saved: Path | None = None

    def body(self) -> ComposeResult:
        """Documents on the left, the choices on the right."""
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Static(Content.styled(_("Which document?"), "bold"), classes="heading")
                yield QuietList(
                    *(Option(Content(_(kind.title)), id=kind.id) for kind in KINDS), id="documents"
                )
            with VerticalScroll(id="choices", can_focus=False):
                yield Static(id="about")
                yield from self._choices()
                yield from buttons(save=_("Save"))
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
        called = [(_("by what they are"), ""), (_("by their names"), "yes")]
        yield from _row(_("Coders"), _select(called, "", "names"))
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
        return KINDS[self.query_one("#documents", OptionList).highlighted or 0].id

    @on(OptionList.OptionHighlighted, "#documents")
    def _pointed_at(self, event: OptionList.OptionHighlighted) -> None:
        kind = KINDS[event.option_index]
        title, about = (
            Content.styled(_(kind.title), "bold"),
            Content.styled(f"\n{_(kind.about)}", "$ink-soft"),
        )
        put(self, "#about", title, about)
        for choice, row in _ROWS.items():
            self.query_one(row).display = choice in kind.takes

    @on(OptionList.OptionSelected, "#documents")
    @on(Button.Pressed, "#save")
    @on(Input.Submitted, "#path")
    def action_save(self) -> None:
        """Save the document as chosen."""
        put(self, "#result", (_("Making the document…"), "$ink-soft"))
        afresh = self._chosen("earlier") == _AFRESH
        self._write(
            partial(export, self.session.project, self.kind, self._place(), self._request(), afresh=afresh)
        )

    def _chosen(self, choice: str) -> str:
        return str(self.query_one(f"#{choice}", Select).value)

    def _place(self) -> Path:
        typed, form = self.query_one("#path", Input).value.strip(), self._chosen("form")
        if not typed:
            return default_path(self.session.project, self.kind, self._request()).with_suffix(form)
        path = typed_path(typed)
        return path if path.suffix else path.with_suffix(form)

    def _request(self) -> Request:
        quotes = int(self._chosen("quotes"))
        return Request(
            options=DocumentOptions(
                language=self._chosen("language"),
                quotes=max(quotes, _ALL_QUOTES),
                chosen=quotes == _CHOSEN_QUOTES,
                by="case" if self._chosen("by") == "case" else "role",
                question=bool(self._chosen("question")),
                names=bool(self._chosen("names")),
            ),
            coders=tuple(c for c in self.session.project.coders.all() if c.id == self._chosen("coder")),
            transcript=self._chosen("interview") if "transcript" in kind_of(self.kind).takes else "",
        )

    @work(thread=True, exclusive=True, group="export")
    def _write(self, write: Callable[..., Saved], *, unreviewed: bool = False) -> None:
        try:
            saved = write(unreviewed=unreviewed, progress=self._progress)
        except UnreviewedError as error:
            self.app.call_from_thread(self._ask_first, write, error.found)
        except NotOursError as error:
            self.app.call_from_thread(self._ask_over, write, error, unreviewed=unreviewed)
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
            put(self, "#result", (words, "$ink-soft"))

    def action_stop(self) -> None:
        """Stop writing the document."""
        for worker in self.workers:
            if worker.group == "export" and worker.is_running:
                worker.cancel()

    def _ask_first(self, write: Callable[..., Saved], names: Sequence[str]) -> None:
        """Nobody looked at the names in some interviews: save it all the same?"""
        if not self.is_attached:
            return
        put(self, "#result", ("\n".join(names), "$here"))
        ways = [(_("Do not save it; look at the names first"), False), (_("Save it all the same"), True)]

        def answered(go_on: bool | None) -> None:
            if go_on:
                self._write(write, unreviewed=True)
            elif go_on is False:
                self.workbench.go_to_step("transcripts")

        self.app.push_screen(Choose(_("Names were not looked at"), ways, about="\n".join(names)), answered)

    def _ask_over(self, write: Callable[..., Saved], error: NotOursError, *, unreviewed: bool) -> None:
        """Somebody changed the file that is there, or made it: write over it all the same?"""
        if not self.is_attached:
            return
        put(self, "#result", (str(error), "$here"))
        name = error.other.name
        ways = [
            (_("Save it beside it, as {name}").format(name=name), "beside"),
            (_("Write over it, and keep what is there now under another name"), "over"),
            (_("Do not save it"), ""),
        ]

        def answered(way: str | None) -> None:
            if way == "beside":
                self.query_one("#path", Input).value = str(error.other)
                self.action_save()
            elif way == "over":
                self._write(partial(write, afresh=True), unreviewed=unreviewed)

        self.app.push_screen(
            Choose(_("This file is not as qualcode wrote it"), ways, about=str(error)), answered
        )

    def _refused(self, why: str) -> None:
        if self.is_attached:
            put(self, "#result", (why, "$error"))

    def _done(self, saved: Saved) -> None:
        if not self.is_attached:
            return
        self.saved = saved.path.resolve()
        parts = [Content.styled("✓ " + _("Saved: "), "bold $success"), Content(str(self.saved))]
        if saved.again:
            parts.append(Content.styled("\n" + _("What people had written in it was kept."), "$ink-soft"))
        marked = [each.where for each in saved.renewals if each.what.value == "marked"]
        if marked:
            words = ngettext(
                "In {n} place ours stands marked beside what people wrote: {places}.",
                "In {n} places ours stands marked beside what people wrote: {places}.",
                len(marked),
            ).format(n=len(marked), places="; ".join(dict.fromkeys(marked)))
            parts.append(Content.styled(f"\n{words}", "$here"))
        if saved.before:
            words = _("What was there before is beside it: {path}").format(path=saved.before.name)
            parts.append(Content.styled(f"\n{words}", "$ink-soft"))
        put(self, "#result", *parts)
        self.refresh_all()

    def action_preview(self) -> None:
        """Look at the document before saving it."""
        self._look(self.kind, self._request(), self._place(), self._chosen("earlier") == _AFRESH)

    @work(thread=True, exclusive=True, group="export")
    def _look(self, kind: str, request: Request, place: Path, afresh: bool) -> None:
        project, changes = self.session.project, []
        try:
            document = document_of(project, kind, request)
            if place.is_file() and not afresh:
                saved = export(project, kind, place, request, preview=True, unreviewed=True)
                changes = renewals_in_words(saved.renewals) if saved.again else []
        except NotOursError as error:
            changes = [str(error)]
        except QualcodeError as error:
            self.app.call_from_thread(self._refused, str(error))
            return
        self.app.call_from_thread(self._show, document, changes)

    def _show(self, document: Document, changes: Sequence[str]) -> None:
        if self.is_attached:
            self.app.push_screen(Preview(document, changes))

    def action_copy_path(self) -> None:
        """Copy where the document was saved."""
        if self.saved is not None:
            clipboard.copy(self.app, str(self.saved))
            self.app.notify(_("Copied: {path}").format(path=self.saved), timeout=3)


def _select(options: Sequence[tuple[str, str | int]], chosen: str | int, id: str) -> Select[str | int]:
    return Select(options, value=chosen, allow_blank=False, id=id)


def _row(label: str, widget: Widget) -> ComposeResult:
    with Horizontal(classes="field", id=f"row-{widget.id}"):
        yield Static(Content(label), classes="label")
        yield widget
