"""The checklist: every case rated on every line, with the fragments that show it."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, OptionList, Static
from textual.widgets.option_list import Option

from qualcode.analysis.checklist import CriterionEvidence, cells, named_sides
from qualcode.analysis.quotes import Quote
from qualcode.errors import InputError
from qualcode.exchange.codebooks.yaml import read_checklist
from qualcode.i18n import N_, _
from qualcode.model import Case, Rating, Verdict
from qualcode.reports.documents.checklist import Judged
from qualcode.reports.quoting import origin, shorten
from qualcode.tasks.checklist import (
    agreement_words,
    name_evidence,
    rate,
    refuse_unrated,
    settle,
    take_checklist,
)
from qualcode.tasks.material import gather, judged, layers_of
from qualcode.text.words import cut
from qualcode.tui.actions import unseen
from qualcode.tui.common.dialog import Choose, Dialog, MemoEditor
from qualcode.tui.common.files import ChooseFile
from qualcode.tui.common.lists import Grid, QuietList
from qualcode.tui.common.passages import quote_content
from qualcode.tui.common.step import StepScreen
from qualcode.tui.common.words import put, styled
from qualcode.tui.session import Session


class EvidenceView(Dialog[Quote]):
    """A key names a fragment for the good or the poor side, or no longer; t goes to it in its interview."""

    BINDINGS = unseen({"space": "name", "g,plus": "name('good')", "p,minus": "name('poor')", "t": "go"})
    HELP_LINE = N_(
        "g names a fragment for the good side, p for the poor side, again: no longer · Enter: as its code or your "
        "verdict says · t goes to it · Esc closes"
    )

    def __init__(self, session: Session, found: CriterionEvidence, case: Case) -> None:
        super().__init__(_("Which fragments show it?"))
        self._session = session
        self._found = found
        self._case = case
        self._quotes = found.quotes.get(case.label, ())

    def body(self) -> ComposeResult:
        """The fragments, those that I named with a star."""
        yield QuietList(id="fragments")

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill()

    def _fill(self) -> None:
        project, me = self._session.project, self._session.coder
        kept = project.ratings.of(self._found.criterion, self._case, me) if me else None
        options = [Option(self._line(quote, kept)) for quote in self._quotes]
        if not options:
            options = [Option(Content(_("Nothing was coded for this in this case.")), disabled=True)]
        self.query_one(QuietList).refill(options)

    def _line(self, quote: Quote, kept: Rating | None) -> Content:
        named = named_sides(quote, [kept] if kept else ())
        if named:
            return styled(("★" + "".join(map(_side_sign, named)) + " ", "bold $here"), quote_content(quote))
        proposed = self._found.proposed(quote)
        return styled((f" {_side_sign(proposed)} " if proposed else "   ", "$ink-soft"), quote_content(quote))

    @property
    def _at(self) -> int | None:
        """The place of the fragment under the cursor."""
        at = self.query_one(QuietList).highlighted
        return at if at is not None and at < len(self._quotes) else None

    @on(OptionList.OptionSelected)
    def _entered(self) -> None:
        self.action_name()

    def action_name(self, side: str = "") -> None:
        """Name the fragment under the cursor for a side, or no longer."""
        at = self._at
        if at is None:
            return
        with self.workbench.saying():
            project = self._session.project
            wanted = Verdict(side) if side else None
            name_evidence(project, self._found, self._case.label, project.require_coder(), at, wanted)
            self._fill()

    def action_go(self) -> None:
        """Go to the fragment in its interview."""
        if self._at is not None:
            self.dismiss(self._quotes[self._at])


_SIGNS = {Verdict.GOOD: "+", Verdict.POOR: "−", Verdict.MIXED: "±", Verdict.SILENT: "○"}


def _side_sign(side: Verdict | None) -> str:
    return _SIGNS[side] if side else ""


_NAME, _LONGEST, _QUOTES = 40, 220, 4


class ChecklistScreen(StepScreen, step="checklist", panes=("grid", "about")):
    """Lines by cases; below, the line under the cursor with its evidence."""

    _found: Judged | None = None

    def body(self) -> ComposeResult:
        """The heading, the grid, and what is known of a cell."""
        yield Static(id="heading")
        yield Grid(id="grid")
        with VerticalScroll(id="about"):
            yield Static(id="words")

    def refresh_all(self) -> None:
        """Show the ratings as they are now."""
        super().refresh_all()
        project = self.session.project
        self._cases: list[Case] = project.cases.all()
        heading = self.query_one("#heading", Static)
        try:
            self._found = judged(project, gather(project, coded=False))
        except InputError:
            self._found = None
        shown = self._found is not None and bool(self._cases)
        self.query_one("#grid").display = self.query_one("#about").display = shown
        if not shown:
            words = _("There are no cases yet: take interviews in first.")
            if self._found is None:
                words = _("This project has no checklist. Press o to take one in from a file.")
            heading.update(Content(words))
            self.hint("file")
            return
        self._cells = cells(project.ratings.all())
        self._layers = {layer.id for layer in layers_of(project)}
        heading.update(self._heading())
        self._fill()
        self.hint("good", "poor", "mixed", "silent", "evidence", "settle", "note", "clear")

    def _heading(self) -> Content:
        title = str(self._found.checklist.title) if self._found else ""
        pair = self.session.project.coders.pair()
        agreed = agreement_words(self.session.project, *pair[:2]) if len(pair) > 1 else ""
        legend = "   ".join(f"{_SIGNS[verdict]} {verdict.label}" for verdict in Verdict)
        return styled((f"{title}  ", "bold"), (f"{legend}\n", "$ink-soft"), (agreed, "$ink-soft"))

    def _fill(self) -> None:
        grid = self.query_one(Grid)
        at = grid.cursor_coordinate
        with self.prevent(DataTable.CellHighlighted):
            grid.clear(columns=True)
            grid.add_column(Text(""), width=_NAME)
            for case in self._cases:
                grid.add_column(Text(case.label))
            for each in self._evidence:
                row = [self._sign(each, case) for case in self._cases]
                grid.add_row(Text(cut(str(each.criterion.good), _NAME)), *row)
            grid.move_cursor(row=at.row, column=max(1, at.column))
        self._tell()

    @property
    def _evidence(self) -> list[CriterionEvidence]:
        return list(self._found.evidence) if self._found else []

    def _sign(self, each: CriterionEvidence, case: Case) -> Text:
        """The verdicts in the order of the coders, behind an arrow the one they settled; a dot where there are
        fragments but no verdict yet."""
        by_coder = self._cells.get((each.criterion.id, case.id), {})
        if not by_coder:
            return Text("·" if each.quotes.get(case.label) else " ", style="dim", justify="center")
        order = [coder.id for coder in self.session.project.coders.all()]
        given = sorted(by_coder.values(), key=lambda rating: order.index(rating.coder_id))
        signs = ("→" * (rating.coder_id in self._layers) + _SIGNS[rating.verdict] for rating in given)
        return Text("".join(signs), style="bold", justify="center")

    @property
    def _here(self) -> tuple[CriterionEvidence, Case] | None:
        """The line and the case under the cursor."""
        row, column = self.query_one(Grid).cursor_coordinate
        if 0 <= row < len(self._evidence) and 1 <= column <= len(self._cases):
            return self._evidence[row], self._cases[column - 1]
        return None

    @on(DataTable.CellHighlighted)
    def _tell(self) -> None:
        if self._here is None:
            return
        each, case = self._here
        criterion = each.criterion
        names = {coder.id: coder.name for coder in self.session.project.coders.all()}
        parts = [
            Content.styled("+ ", "bold $here"),
            Content(f"{criterion.good}\n"),
            Content.styled("− ", "bold $here"),
            Content(f"{criterion.poor}\n"),
            Content.styled(_("Case {label}").format(label=case.label) + ": ", "bold"),
        ]
        parts += [
            self._verdict(rating, names) for rating in self._cells.get((criterion.id, case.id), {}).values()
        ]
        quotes = each.quotes.get(case.label, ())
        given = self._cells.get((criterion.id, case.id), {}).values()
        for quote in quotes[:_QUOTES]:
            sides = named_sides(quote, given)
            star = "★" + "".join(map(_side_sign, sides)) + " " if sides else ""
            words = shorten(" ".join(quote.text.split()), _LONGEST)
            parts += [Content(f"\n{star}“{words}” "), Content.styled(origin(quote), "$ink-soft")]
        if len(quotes) > _QUOTES:
            parts.append(
                Content.styled("\n" + _("{n} more: press e").format(n=len(quotes) - _QUOTES), "$ink-soft")
            )
        if not quotes:
            parts.append(Content.styled("\n" + _("Nothing was coded for this in this case."), "$ink-soft"))
        put(self, "#words", *parts)

    def _verdict(self, rating: Rating, names: dict[str, str]) -> Content:
        note = f" ({rating.note})" if rating.note else ""
        who = _("together") if rating.coder_id in self._layers else names.get(rating.coder_id, "–")
        return Content(f"{who} {_SIGNS[rating.verdict]} {rating.verdict.label}{note}   ")

    def action_rate(self, verdict: str) -> None:
        """Rate the case under the cursor."""
        if self._here is None:
            return
        each, case = self._here
        with self.workbench.saying():
            me = self.session.project.require_coder()
            rate(self.session.project, each.criterion, case.id, me, Verdict(verdict) if verdict else None)
            self.refresh_all()

    def action_evidence(self) -> None:
        """Look at the fragments, and name those that show it."""
        if self._here is None:
            return
        each, case = self._here

        def done(quote: Quote | None) -> None:
            self.refresh_all()
            if quote is not None:
                self.workbench.arrive(quote.transcript, quote.span)

        self.app.push_screen(EvidenceView(self.session, each, case), done)

    def action_note(self) -> None:
        """Write a note with my rating."""
        if self._here is None:
            return
        each, case = self._here
        me = self.session.coder
        kept = self.session.project.ratings.of(each.criterion, case, me) if me else None
        if me is None or kept is None:
            self.notify(_("Rate the case first: good, poor, mixed or not spoken of."), severity="warning")
            return

        def written(note: str) -> None:
            rate(self.session.project, each.criterion, case.id, me, kept.verdict, note=note)
            self.refresh_all()

        self.ask(MemoEditor(_("Note"), kept.note), written)

    def action_settle(self) -> None:
        """Settle the verdict on the case under the cursor, with the reason."""
        if self._here is None:
            return
        each, case = self._here
        with self.workbench.saying():
            self._ask_to_settle(each, case)

    def _ask_to_settle(self, each: CriterionEvidence, case: Case) -> None:
        by_coder = self._cells.get((each.criterion.id, case.id), {})
        kept = next((by_coder[layer] for layer in self._layers if layer in by_coder), None)
        if kept is None:
            refuse_unrated(self.session.project, each.criterion, case.id)
        options: list[tuple[str, Verdict | None]] = [(verdict.label, verdict) for verdict in Verdict]
        if kept:
            options.append((_("not settled after all"), None))

        def keep(verdict: Verdict | None, reason: str = "") -> None:
            settle(self.session.project, each.criterion, case.id, verdict, reason)
            self.refresh_all()

        def chosen(choice: tuple[Verdict | None]) -> None:
            (verdict,) = choice
            if verdict is None:
                keep(None)
            else:
                editor = MemoEditor(_("Why is this the verdict?"), kept.note if kept else "")
                self.ask(editor, lambda reason: keep(verdict, reason))

        self.ask(Choose(_("What do you both hold?"), [(words, (v,)) for words, v in options]), chosen)

    def action_file(self) -> None:
        """Take in a checklist from a file."""

        def take(paths: list[Path]) -> None:
            take_checklist(self.session.project, read_checklist(paths[0]))
            self.refresh_all()

        self.ask(ChooseFile(_("Take a checklist in"), (".yaml",), several=False), take)
