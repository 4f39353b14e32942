"""What one can do with the codes in their pane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textual.content import Content

from qualcode.i18n import _, ngettext
from qualcode.model import Code, Coding
from qualcode.tasks.coding import codebook as tasks
from qualcode.text.code_marks import HUES
from qualcode.text.words import short
from qualcode.tui.coding.code_forms import CodeForm, SplitCode, colour_choice
from qualcode.tui.coding.code_help import counts_in_words, versions_in_words
from qualcode.tui.coding.finding import Choosing
from qualcode.tui.coding.panes import CodingPart
from qualcode.tui.coding.places import PlaceActions
from qualcode.tui.common.dialog import OneLine, TextPage, edit_memo
from qualcode.tui.common.step import StepScreen


class CodebookActions(CodingPart):
    """The part `codebook`: actions on the code under the cursor of the tree; all can be undone."""

    def __init__(self, screen: StepScreen) -> None:
        super().__init__(screen)
        self._choose = Choosing(screen)

    def _chosen(self) -> Code | None:
        """The code under the cursor; says what to do if there is none."""
        code = self.panes.codes.chosen
        if code is None:
            self.warn(_("Go to a code in the codebook first."), 4)
        return code

    def _changed(self, code: Code | None, words: str = "") -> None:
        """Show the codebook as it is now, with the cursor on a code."""
        self.show_anew()
        if code is not None:
            self.panes.codes.point_at(code)
        if words:
            self.say(words)

    def _do(self, change: Callable[[], Code], words: str = "") -> None:
        with self.workbench.saying():
            code = change()
            self._changed(code, words)

    # making and telling

    def new(self) -> None:
        """Make a code beside the one under the cursor."""
        beside = self.panes.codes.chosen
        self._make(self.session.codes_by_id.get(beside.parent_id or "") if beside else None)

    def under(self) -> None:
        """Make a code under the one under the cursor."""
        if (above := self._chosen()) is not None:
            self._make(above)

    def _make(self, parent: Code | None) -> None:
        title = _("New code under {code}").format(code=parent.name) if parent else _("New code")
        project = self.session.project
        self.screen.ask(
            OneLine(title), lambda name: self._do(lambda: tasks.new_code(project, name, parent=parent))
        )

    def edit(self) -> None:
        """Change everything the codebook says about a code."""
        if (code := self._chosen()) is not None:
            self.screen.ask(
                CodeForm(code), lambda made: self._do(lambda: self.session.project.codebook.change(made))
            )

    def colour(self) -> None:
        """Give a code another of the seven hues."""
        if (code := self._chosen()) is not None:
            change = self.session.project.codebook.change
            self.screen.ask(
                colour_choice(str(code.name), HUES, plain=self.workbench.no_color),
                lambda hue: self._do(lambda: change(replace(code, colour=hue))),
            )

    def memo(self) -> None:
        """Write a memo on a code."""
        if (code := self._chosen()) is not None:
            title = _("Memo on {name}").format(name=code.name)
            edit_memo(self.workbench, "code", code.id, title, self.panes.changed)

    # placing

    def move(self, steps: int) -> None:
        """Move a code up or down among those beside it."""
        if (code := self._chosen()) is not None:
            self._do(lambda: tasks.move(self.session.project, code, steps))

    def nest(self) -> None:
        """Put a code under the one above it."""
        if (code := self._chosen()) is None:
            return
        beside = [other for other in self.session.codes if other.parent_id == code.parent_id]
        place = next((n for n, other in enumerate(beside) if other.id == code.id), 0)
        if place:
            self.put_under(code, beside[place - 1])

    def unnest(self) -> None:
        """Take a code out of the one it lies under."""
        code = self._chosen()
        above = self.session.codes_by_id.get(code.parent_id or "") if code else None
        if code is not None and above is not None:
            self.put_under(code, self.session.codes_by_id.get(above.parent_id or ""))

    def put(self) -> None:
        """Put a code under another one."""
        if (code := self._chosen()) is not None:
            self._choose.code(
                _("Put {code} under which code?").format(code=code.name),
                lambda above: self.put_under(code, above),
            )

    def put_under(self, code: Code, above: Code | None) -> None:
        """Put a code under another one, or at the top (`None`)."""
        words = _("{code} lies under {other} now.") if above else _("{code} stands at the top now.")
        self._do(
            lambda: tasks.nest(self.session.project, code, above),
            words.format(code=code.name, other=above.name if above else "") + " " + _("Press u to undo."),
        )

    # merging, splitting, retiring

    def merge(self) -> None:
        """Let another code take over the codings of this one."""
        code = self._chosen()
        if code is None:
            return

        def merged(target: Code) -> None:
            with self.workbench.saying():
                count = tasks.merge(self.session.project, code, target)
                words = ngettext(
                    "{n} coding of {code} is one of {other} now.",
                    "{n} codings of {code} are codings of {other} now.",
                    count,
                )
                said = words.format(n=count, code=code.name, other=target.name)
                self._changed(target, said + " " + _("Press u to undo."))

        self._choose.code(_("Merge {code} into which code?").format(code=code.name), merged)

    def split(self) -> None:
        """Give some of a code's codings to a new sub-code."""
        code = self._chosen()
        if code is None:
            return
        fragments = [(coding, self._fragment(coding)) for coding in self.session.codings_of(code)]
        if not fragments:
            self.warn(_("You have not used {code} yet.").format(code=code.name))
            return
        self.screen.ask(
            SplitCode(code, fragments),
            lambda answer: self._do(lambda: tasks.split(self.session.project, code, answer[1], answer[0])),
        )

    def _fragment(self, coding: Coding) -> str:
        transcript = next(t for t in self.session.transcripts if t.id == coding.transcript_id)
        return f"{transcript.name}: “{short(coding.span.of(transcript.text))}”"

    def retire(self) -> None:
        """Take a code out of use (away altogether, if it was never used), or into use again."""
        code = self._chosen()
        if code is None:
            return
        project = self.session.project
        used = project.codings.counts().get(code.id, 0)
        below = any(other.parent_id == code.id for other in self.session.codes_by_id.values())
        if not used and not below and not code.retired:
            with self.workbench.saying():
                project.codebook.remove(code)
                self._changed(None, _("Taken away: {code}. Press u to undo.").format(code=code.name))
            return
        words = _("{code} is in use again.") if code.retired else _("{code} is out of use; its codings stay.")
        self._do(lambda: tasks.retire(project, code, not code.retired), words.format(code=code.name))

    def retired(self) -> None:
        """Show or hide the codes that are out of use."""
        tree = self.panes.codes
        tree.with_retired = not tree.with_retired
        self.screen.refresh_all()
        if not any(code.retired for code in self.session.codes_by_id.values()):
            self.say(_("No code is out of use."), 3)

    # looking back

    def versions(self) -> None:
        """Read the versions of a code."""
        if (code := self._chosen()) is not None:
            self.workbench.push_screen(
                TextPage(str(code.name), versions_in_words(self.session.project, code))
            )

    def counts(self) -> None:
        """Count the codings of a code, by coder and by case."""
        if (code := self._chosen()) is not None:
            words = counts_in_words(self.session, code)
            self.workbench.push_screen(TextPage(str(code.name), Content(words)))

    def walk(self, step: int) -> None:
        """Go to the next or previous coding with the code under the cursor."""
        if (code := self._chosen()) is not None:
            places: PlaceActions = self.screen.part("places")
            places.walk(code, step)
