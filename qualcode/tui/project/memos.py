"""All memos I may see, with search; new ones on the project, a case, an interview or a code."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from qualcode.i18n import N_, _, date, ngettext
from qualcode.model import Memo, Transcript
from qualcode.text.spans import Span
from qualcode.text.words import cut
from qualcode.tui.actions import unseen
from qualcode.tui.common.dialog import DIALOG_STYLE, Choose, Dialog, TextPage, edit_memo
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.words import put, styled
from qualcode.tui.program import Program
from qualcode.tui.session import Session

KINDS = {
    "project": N_("the project"),
    "case": N_("a case"),
    "transcript": N_("an interview"),
    "code": N_("a code"),
    "coding": N_("a coding"),
}
_LONGEST = 220


def about(session: Session, memo: Memo) -> str:
    """What a memo is about, in a few words."""
    found: str = ""
    if memo.target_kind == "case":
        found = next((case.label for case in session.project.cases.all() if case.id == memo.target_id), "")
    elif memo.target_kind == "transcript":
        found = next((each.name for each in session.transcripts if each.id == memo.target_id), "")
    elif memo.target_kind == "code" and memo.target_id in session.codes_by_id:
        found = str(session.codes_by_id[memo.target_id].name)
    elif memo.target_kind == "coding" and memo.target_id in session.codings:
        coding = session.codings[memo.target_id]
        name = next((each.name for each in session.transcripts if each.id == coding.transcript_id), "")
        found = f"{session.code_of(coding).name}, {name}"
    return _(KINDS[memo.target_kind]) + (f": {found}" if found else "")


class MemoList(Dialog[tuple[Memo, bool]]):
    """The answer is the memo that was chosen, and whether to go to what it is about."""

    CSS_PATH = [DIALOG_STYLE, "project.tcss"]
    BINDINGS = unseen({"n": "new", "o": "go", "slash": "search", "down": "list"})
    HELP_LINE = N_("Enter reads or changes it · o goes to its place · n new · / searches · Esc closes")

    def __init__(self, session: Session, write_new: Callable[[], object]) -> None:
        super().__init__(_("Memos"))
        self._session = session
        self._write_new = write_new
        self._shown: list[Memo] = []

    def body(self) -> ComposeResult:
        """The line to search in, and the memos."""
        yield Input(placeholder=_("search in the memos"), id="wanted")
        yield Static(id="count")
        yield QuietList(id="memos")

    def on_mount(self) -> None:
        """Show all memos, the newest on top."""
        self._memos = sorted(
            self._session.project.memos.all(), key=lambda memo: memo.created_at, reverse=True
        )
        self._names = {coder.id: coder.name for coder in self._session.project.coders.all()}
        self._tell()
        self.query_one(QuietList).focus()

    @on(Input.Changed)
    def _tell(self) -> None:
        wanted = self.query_one("#wanted", Input).value.casefold().split()
        about_each = {memo.id: about(self._session, memo) for memo in self._memos}
        self._shown = [
            memo
            for memo in self._memos
            if all(
                word in f"{memo.text} {about_each[memo.id]} {self._who(memo)}".casefold() for word in wanted
            )
        ]
        memos = self.query_one(QuietList)
        memos.set_options([Option(self._words(memo, about_each[memo.id])) for memo in self._shown])
        memos.highlighted = 0 if self._shown else None
        count = ngettext("{n} memo", "{n} memos", len(self._shown)).format(n=len(self._shown))
        put(self, "#count", (count, "$ink-soft"))

    def _who(self, memo: Memo) -> str:
        return self._names.get(memo.coder_id or "", _("somebody"))

    def _words(self, memo: Memo, about_it: str) -> Content:
        words = " ".join(memo.text.split())
        return styled(
            (about_it, "bold"),
            (f" · {self._who(memo)} · {date(memo.created_at)}\n", "$ink-soft"),
            cut(words, _LONGEST),
        )

    @on(Input.Submitted)
    def action_list(self) -> None:
        """Go to the memos."""
        self.query_one(QuietList).focus()

    def action_search(self) -> None:
        """Type what to search for."""
        self.query_one("#wanted").focus()

    def action_new(self) -> None:
        """Write a new memo."""
        self.dismiss(None)
        self._write_new()

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        self.dismiss((self._shown[event.option_index], False))

    def action_go(self) -> None:
        """Go to what the memo is about."""
        place = self.query_one(QuietList).highlighted
        if place is not None:
            self.dismiss((self._shown[place], True))


def show_memos(app: Program, session: Session, then: Callable[[], object]) -> None:
    """Open the memos; `then` is called when one was written or changed."""

    def taken(answer: tuple[Memo, bool]) -> None:
        memo, go = answer
        place = _place(session, memo) if go else None
        if place is not None:
            app.arrive(*place)
        else:
            _read_or_write(app, session, memo, then)

    app.ask(MemoList(session, lambda: _new_memo(app, session, then)), taken)


def _place(session: Session, memo: Memo) -> tuple[Transcript, Span] | None:
    """Where in which interview a memo is at home."""
    coding = session.codings.get(memo.target_id)
    wanted = coding.transcript_id if coding else memo.target_id
    found = next((transcript for transcript in session.transcripts if transcript.id == wanted), None)
    return (found, coding.span if coding else Span(0, 0)) if found else None


def _read_or_write(app: Program, session: Session, memo: Memo, then: Callable[[], object]) -> None:
    title = _("Memo on {name}").format(name=about(session, memo))
    if session.coder is not None and memo.coder_id == session.coder.id:
        edit_memo(app, memo.target_kind, memo.target_id, title, then)
    else:
        app.push_screen(TextPage(title, Content(memo.text)))


def _new_memo(app: Program, session: Session, then: Callable[[], object]) -> None:
    """Ask what the memo is about, then write it."""
    project = session.project
    things: list[tuple[str, tuple[str, str]]] = [(_("the project"), ("project", project.id))]
    if session.transcript is not None:
        things.append((session.transcript.name, ("transcript", session.transcript.id)))
        if session.transcript.case_id:
            label = _("Case {label}").format(label=session.transcript.case)
            things.append((label, ("case", session.transcript.case_id)))
    if session.last_code is not None:
        things.append((_("code {name}").format(name=session.last_code.name), ("code", session.last_code.id)))

    def chosen(thing: tuple[str, str]) -> None:
        words = next(words for words, other in things if other == thing)
        edit_memo(app, *thing, _("Memo on {name}").format(name=words), then)

    app.ask(Choose(_("A memo on what?"), things), chosen)
