"""Everything about the agreement: pick a code, a group, an interview, a case, an informant or a round, and read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Static

from qualcode.agreement.result import Agreement, CodeAgreement, CodeState
from qualcode.i18n import N_, _, percent
from qualcode.model import Code
from qualcode.reports.wording import summary
from qualcode.reports.wording.sentences import convention, interval_text, judged_text, value_text, verdict_of
from qualcode.reports.wording.summary import confused_lines, lines_of_values
from qualcode.store.project import Project
from qualcode.tasks.comparing.agreement import (
    LiveComparison,
    Several,
    agree_all,
    agree_by,
    confused,
    more_of,
    options_of,
)
from qualcode.tasks.comparing.planning import Plan, planned
from qualcode.tasks.comparing.rounds import through_project
from qualcode.text.words import cut
from qualcode.tui.common.dialog import Choose
from qualcode.tui.common.lists import Rows
from qualcode.tui.common.step import OverStep
from qualcode.tui.common.words import put, styled
from qualcode.tui.comparing.agreement_page import page, page_of_all, page_of_plan
from qualcode.tui.session import Session

KINDS = {
    "codes": N_("Code by code"),
    "group": N_("Per top code, with all that lies under it"),
    "document": N_("Per interview"),
    "case": N_("Per case"),
    "role": N_("Per informant"),
    "rounds": N_("Per round: before talking, and after it"),
    "several": N_("All coders together, and two by two"),
    "plan": N_("What more interviews would bring"),
}
_NAME = 28


@dataclass(frozen=True, slots=True)
class _Slice:
    """One row: its name, and what it is about: one code of a comparison, or a whole one."""

    name: str
    whole: Agreement
    code: CodeAgreement | None = None


class AgreementScreen(OverStep, step="compare", place="agreement", panes=("slices", "page-pane")):
    """Opened over the step Compare."""

    def __init__(self, session: Session, live: LiveComparison, code: Code | None = None) -> None:
        super().__init__(session)
        self._live = live
        self._start = code
        self._kind = "codes"
        self._more = False
        self._slices: list[_Slice] = []
        self._several: Several | None = None
        self._plan: Plan | None = None

    def body(self) -> ComposeResult:
        """A heading, the rows, and what there is to read about the one under the cursor."""
        yield Static(id="heading")
        with Horizontal(id="panes"):
            yield Rows(id="slices")
            with VerticalScroll(id="page-pane"):
                yield Static(id="page")

    def refresh_all(self) -> None:
        """Count anew, and show it."""
        super().refresh_all()
        self._live.refresh()
        self._several = self._plan = None
        with self.workbench.saying():
            self._slices = self._sliced()
        self._fill()
        self.hint("kind", "more", "interviewer", "back")

    @property
    def _names(self) -> Mapping[str, str]:
        comparison = self._live.comparison
        codes = {code.id: str(code.name) or code.slug for code in comparison.codes}
        return codes | {t.id: t.name for t in comparison.transcripts}

    def _sliced(self) -> list[_Slice]:
        comparison, names = self._live.comparison, self._names
        options = options_of(self.session.project, comparison.codes)
        whole = self._live.agreement(options)
        if self._kind == "codes":
            used = [code for code in whole.codes if code.state is not CodeState.UNUSED]
            return [_Slice(_("all codes"), whole), *(_Slice(names[c.code], whole, c) for c in used)]
        if self._kind == "group":
            parts = agree_by(comparison, "group", options)
            return [
                _Slice(names[key], part, part.codes[0])
                for key, part in parts.items()
                if part.codes[0].state is not CodeState.UNUSED
            ]
        if self._kind == "rounds":
            found, _whole = through_project(self.session.project, comparison.a, comparison.b)
            return [_Slice(f"{one.label} · {one.series.label}".removeprefix(" · "), one) for one in found]
        if self._kind == "plan":
            self._plan = planned(self.session.project, comparison)
            return [_Slice(names[each.code], whole, whole.of(each.code)) for each in self._plan.prospects]
        if self._kind == "several":
            self._several = agree_all(self.session.project)
            return [_Slice(" – ".join(pair.coders), pair) for pair in self._several.pairs]
        by: Literal["document", "case", "role"] = "document"
        if self._kind in ("case", "role"):
            by = "case" if self._kind == "case" else "role"
        parts = agree_by(comparison, by, options)
        return [_Slice(self._called(key), part) for key, part in parts.items()]

    def _called(self, key: str) -> str:
        if self._kind == "role":
            return self.session.project.cases.roles.named(key).label if key else _("unknown")
        if self._kind == "case":
            return _("Case {label}").format(label=key) if key else _("no case")
        return self._names[key]

    def _fill(self) -> None:
        rows = self.query_one("#slices", Rows)
        at = rows.cursor_row
        rows.clear(columns=True)
        on_ = bool(self._slices) and self._slices[0].whole.coefficients
        rows.add_column(Text(_(KINDS[self._kind])), width=_NAME)
        for heading in (_("shared text"), _("alpha")) if on_ else (_("both"),):
            rows.add_column(Text(heading, justify="right"))
        for one in self._slices:
            rows.add_row(*self._cells(one, on_))
        rows.move_cursor(row=self._first_row(at))
        a, b = self._live.comparison.a.name, self._live.comparison.b.name
        put(
            self, "#heading", (_("Agreement"), "bold"), (f"  {a} – {b} · {_(KINDS[self._kind])}", "$ink-soft")
        )
        self._tell()

    def _first_row(self, at: int) -> int:
        start, self._start = self._start, None
        wanted = start.id if start else ""
        codes = [one.code.code if one.code else "" for one in self._slices]
        return codes.index(wanted) if wanted in codes else min(at, max(len(self._slices) - 1, 0))

    def _cells(self, one: _Slice, figures: bool) -> list[Text]:
        name = cut(one.name, _NAME)
        counts = one.code.counts if one.code else one.whole.overall.counts
        if not figures:
            return [Text(name), Text(str(counts.both), justify="right")]
        shared = one.code["shared"] if one.code else one.whole.overall.shared
        alpha = judged_text(one.code) if one.code else "·"
        return [Text(name), Text(percent(shared.value), justify="right"), Text(alpha, justify="right")]

    @on(DataTable.RowHighlighted, "#slices")
    def _pointed_at(self) -> None:
        self._tell()

    def _tell(self) -> None:
        """Write the page about the row under the cursor."""
        page_, pane = self.query_one("#page", Static), self.query_one("#page-pane")
        row = self.query_one("#slices", Rows).cursor_row
        width = max(pane.content_size.width - 2, 30)
        if not 0 <= row < len(self._slices):
            page_.update(Content(_("There is nothing to compare here yet.")))
            return
        one = self._slices[row]
        page_.tooltip = None
        if self._plan is not None:
            names = {**self._names, **{t.id: t.name for t in self._live.comparison.left_out}}
            page_.update(page_of_plan(self._plan.prospects[row], self._plan, names))
        elif one.code is not None:
            words = page(one.name, one.code, one.whole, width, more=self._more)
            page_.update(words + self._closely(one.code.code))
            aside = convention(one.code)
            page_.tooltip = Content(aside) if aside else None
        else:
            words = page_of_all(one.name, one.whole, self._names, width, more=self._more)
            page_.update(words + (self._closely() if self._kind == "codes" else self._of_several()))
        pane.scroll_home(animate=False)

    def _closely(self, code: str | None = None) -> Content:
        """With more figures: edges, unitizing, gamma; of all codes also which are taken for each other."""
        comparison = self._live.comparison
        if not (self._more and self.session.project.settings.get("coefficients")) or self._kind != "codes":
            return Content("")
        lines = [
            f"{line.name}: {line.value}  {line.says}" for line in lines_of_values(more_of(comparison, code))
        ]
        if code is None:
            lines += ["", *confused_lines(confused(comparison), self._names)]
        return Content("\n".join(["", "", *lines])).stylize("$ink-soft")

    def _of_several(self) -> Content:
        """Alpha of all coders together, where that is looked at."""
        found = self._several
        if found is None or len(found.coders) < 2:
            return Content("")
        names = ", ".join(coder.name for coder in found.coders)
        heading = _("{names} together, on {n} interviews that all have finished").format(
            names=names, n=len(found.transcripts)
        )
        lines = [Content(""), Content("")]
        if found.pairs[0].coefficients:
            matrix = summary.pair_matrix(found.pairs)
            wide = max(len(cell) for row in matrix for cell in row) + 2
            lines += [Content("".join(f"{cell:<{wide}}" for cell in row).rstrip()) for row in matrix]
        lines += [Content(""), Content.styled(heading, "bold")]
        for code in found.codes:
            if code.used:
                says = verdict_of(code.alpha, code.interval, len(found.transcripts))
                figure = f"{value_text(code.alpha)} [{interval_text(code.interval)}]"
                lines.append(styled((f"{code.code.name}: ", "$ink-soft"), (figure, "bold"), f"  {says}"))
        return Content("\n").join(lines)

    def on_resize(self) -> None:
        """Bars and dots get the room there is."""
        super().on_resize()
        if self._slices:
            self.call_after_refresh(self._tell)

    # the acts of the registry

    def action_kind(self) -> None:
        """Choose what to look at."""

        def chosen(kind: str) -> None:
            self._kind = kind
            self.query_one("#slices", Rows).move_cursor(row=0)
            self.refresh_all()

        self.ask(Choose(_("Look at what?"), [(_(words), kind) for kind, words in KINDS.items()]), chosen)

    def action_more(self) -> None:
        """Show more figures, or fewer."""
        self._more = not self._more
        self._tell()

    def action_interviewer(self) -> None:
        """Count the interviewer's words, or leave them out."""
        with self.workbench.saying():
            turn_interviewer(self.session.project)
        self.refresh_all()


def turn_interviewer(project: Project) -> bool:
    """Count the interviewer's words from now on, or no longer: a setting of the project. Says which."""
    project.settings.set("interviewer", not project.settings.get("interviewer"))
    return bool(project.settings.get("interviewer"))
