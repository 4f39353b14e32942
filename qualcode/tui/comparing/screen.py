"""Two readings side by side: where they differ, and how repeatable each code is."""

from __future__ import annotations

from itertools import combinations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import DataTable, Static

from qualcode.agreement.kinds import Difference
from qualcode.errors import QualcodeError
from qualcode.i18n import _, ngettext
from qualcode.model import Code, Coder, CoderKind, Coding, Transcript
from qualcode.store.project import Project
from qualcode.tasks.comparing.agreement import LiveComparison, options_of
from qualcode.tasks.comparing.comparison import Comparison
from qualcode.tui.common.bars import StatusLine
from qualcode.tui.common.dialog import Choose
from qualcode.tui.common.pick_code import PickCode
from qualcode.tui.common.step import StepScreen
from qualcode.tui.common.trees import transcript_title
from qualcode.tui.common.words import put
from qualcode.tui.comparing.agreement import AgreementScreen, turn_interviewer
from qualcode.tui.comparing.differences import Differences, kinds_in_words
from qualcode.tui.comparing.numbers import Numbers
from qualcode.tui.comparing.side_by_side import SideBySide
from qualcode.tui.comparing.walk_screen import WalkScreen


class CompareScreen(StepScreen, step="compare", panes=("agreement", "sides")):
    """Above, the agreement per code; below, the text twice with the differences in the middle."""

    AUTO_FOCUS = ""

    comparison: Comparison | None = None
    found: Differences
    _live: LiveComparison

    def body(self) -> ComposeResult:
        """Table and words, then both texts."""
        yield Numbers()
        yield Static(id="heading")
        yield SideBySide()
        with Vertical(id="nothing"):
            yield Static(id="why")
        yield StatusLine()

    def refresh_all(self) -> None:
        """Lay both readings beside each other as they are now; only what changed is counted again."""
        super().refresh_all()
        try:
            self._live = self.session.live_comparison()
        except QualcodeError as error:
            self._nothing(str(error))
            return
        self.comparison = self._live.comparison
        if not self.comparison.transcripts:
            self._nothing(_not_done(self.comparison))
            return
        self.set_class(False, "-nothing")
        self.found = Differences(self.comparison, self._live.differences())
        self.query_one(SideBySide).compare(self.comparison, self.found, settled_codings(self.session.project))
        options = options_of(self.session.project, self.comparison.codes)
        self.query_one(Numbers).count(self._live, options, self.found.per_code())
        at_hand, both_did = self.session.transcript, self.comparison.transcripts
        shown = next((t for t in both_did if at_hand is not None and t.id == at_hand.id), both_did[0])
        self.query_one(SideBySide).show(shown)
        self.tell()
        self.hint("next", "walk", "filter", "next_transcript", "more")

    def _nothing(self, why: str) -> None:
        self.comparison = None
        self.set_class(True, "-nothing")
        put(self, "#why", why)
        self.query_one(StatusLine).say("")
        self.hint("step.previous", "step.coder", "whose", "step.pair")

    @on(DataTable.RowSelected, "#agreement")
    def _code_chosen(self) -> None:
        code = self.query_one(Numbers).code
        self.show_only(None if code == self.found.only else code)

    @property
    def transcript(self) -> Transcript | None:
        """The transcript that is shown."""
        return self.query_one(SideBySide).transcript

    def show_transcript(self, transcript: Transcript) -> None:
        """Show a transcript as both read it; it is then at hand on the other steps too."""
        self.session.transcript = transcript
        self.query_one(SideBySide).show(transcript)
        self.tell()

    def show_only(self, code: Code | None) -> None:
        """Show only the differences and codings of one code (`None`: of all)."""
        if self.comparison is None:
            return
        self.found.only = code
        self.query_one(SideBySide).show_only(code)
        self.tell()

    def go_to(self, difference: Difference | None) -> None:
        """Show a difference in its transcript, and say what it is."""
        if difference is None or self.comparison is None:
            return
        self.found.now = difference
        if self.transcript is None or self.transcript.id != difference.document:
            found = next(t for t in self.comparison.transcripts if t.id == difference.document)
            self.show_transcript(found)
        self.query_one(SideBySide).point_at(difference)
        self.tell()

    def tell(self) -> None:
        """Say what is shown and what the difference at hand is."""
        transcript = self.transcript
        if self.comparison is None or transcript is None:
            return
        counts = self.found.counts(transcript)
        case = _("Case {label}").format(label=transcript.case) + " · " if transcript.case else ""
        only = self.found.only
        put(
            self,
            "#heading",
            (case + transcript_title(transcript, self.session), "bold"),
            (f"  {transcript.name}   ", "$ink-soft"),
            kinds_in_words(counts, self.comparison),
            (f"   {_('only {code}').format(code=only.name)}" if only else "", "bold $here"),
        )
        status = self.query_one(StatusLine)
        if self.found.now is None:
            differing = len(self.found.open_ones())
            words = ngettext(
                "{n} difference to talk about. F8 goes to it.",
                "{n} differences to talk about. F8 goes to the first.",
                differing,
            )
            status.say(words.format(n=differing))
        else:
            effects = self._live.effects(self.found.now) if not self.found.now.agreed else []
            told = self.found.in_words(self.found.now) + self.found.effect_in_words(effects)
            status.put(told)

    @on(SideBySide.SignClicked)
    def _sign_clicked(self, event: SideBySide.SignClicked) -> None:
        self.go_to(event.difference)

    # the acts of the registry

    def action_step(self, by: int) -> None:
        """Go to the next difference, or the one before."""
        if self.comparison is None or self.transcript is None:
            return
        found = self.found.neighbour(by, self.transcript, self.query_one(SideBySide).first_offset)
        if found is None:
            words = _("That was the last difference.") if by > 0 else _("That was the first difference.")
            self.app.notify(words, timeout=3)
        self.go_to(found)

    def action_filter(self) -> None:
        """Look at one code only, or at all again."""
        if self.comparison is None:
            return
        if self.found.only is not None:
            self.show_only(None)
            return
        dialog = PickCode(_("Look at which code?"), self.session.codes, self.found.per_code(), None)
        self.ask(dialog, self.show_only)

    def action_turn_over(self, by: int) -> None:
        """Show the next transcript that both have done, or the one before."""
        if self.comparison is None or self.transcript is None:
            return
        names = [transcript.id for transcript in self.comparison.transcripts]
        place = names.index(self.transcript.id) + by
        if 0 <= place < len(names):
            self.found.now = None
            self.show_transcript(self.comparison.transcripts[place])

    def action_choose(self) -> None:
        """Choose a transcript from those that both have done."""
        if self.comparison is None:
            return
        options = []
        for transcript in self.comparison.transcripts:
            n = len(self.found.open_in(transcript))
            words = ngettext("{n} difference", "{n} differences", n).format(n=n)
            options.append((f"{transcript.name} · {words}", transcript))
        self.ask(Choose(_("Which transcript?"), options), self.show_transcript)

    def action_more(self) -> None:
        """Show everything about the agreement, code by code or sliced another way."""
        if self.comparison is not None:
            self.app.push_screen(AgreementScreen(self.session, self._live, self.query_one(Numbers).code))

    def action_interviewer(self) -> None:
        """Count the interviewer's words, or leave them out: a setting of the project."""
        with self.workbench.saying():
            counts = turn_interviewer(self.session.project)
            words = (
                _("The interviewer's words count from now on.")
                if counts
                else _("The interviewer's words no longer count.")
            )
            self.app.notify(words, timeout=3)
        self.refresh_all()

    def action_whose(self) -> None:
        """Choose which two to compare; the layer of decisions may be one."""
        people = self.session.project.coders.all()
        readers = [coder for coder in people if coder.kind is not CoderKind.AUDITOR]
        pairs = [(f"{a.name} – {b.name}", (a, b)) for a, b in combinations(readers, 2)]
        if not pairs:
            return

        def chosen(pair: tuple[Coder, Coder]) -> None:
            self.session.compared = pair
            self.refresh_all()

        self.ask(Choose(_("Compare which two?"), pairs), chosen)

    def action_walk(self) -> None:
        """Walk through the differences and settle them together."""
        if self.comparison is not None:
            self.app.push_screen(WalkScreen(self.session), lambda _answer: self.refresh_all())

    def action_numbers(self) -> None:
        """Show or hide the table of agreement."""
        self.toggle_class("-no-numbers")

    def action_scroll(self, lines: int, pages: int = 0) -> None:
        """Scroll both texts by so many lines and pages; a hundred pages or more is to the end."""
        sides = self.query_one(SideBySide)
        sides.scroll_lines(lines + pages * sides.page)


def settled_codings(project: Project) -> list[Coding]:
    """The codings of the layer of decisions."""
    layers = [coder for coder in project.coders.all() if coder.kind is CoderKind.CONSENSUS]
    return [coding for layer in layers for coding in project.codings.all(coder=layer)]


def _not_done(comparison: Comparison) -> str:
    return _(
        "Comparing opens when both have finished the same transcript: until then each reading stays one's own.\n\n"
        "{a} and {b} have not both marked a transcript as done yet. In the step Coding, d does that."
    ).format(a=comparison.a.name, b=comparison.b.name)
