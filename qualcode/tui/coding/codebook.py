"""What one can do with the codes in their pane; the actions of the registry's part `codebook`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textual import on
from textual.content import Content

from qualcode.i18n import _, ngettext
from qualcode.model import Code, Coding
from qualcode.text.code_marks import HUES
from qualcode.tui.coding.acts import CodeActs, short
from qualcode.tui.common.codes import CodeTree


class CodebookActs(CodeActs):
    """The acts on the code under the cursor of the tree; all can be undone."""

    def _chosen(self) -> Code | None:
        """The code under the cursor; says what to do if there is none."""
        code = self.query_one(CodeTree).chosen
        if code is None:
            self.app.notify(_("Go to a code in the codebook first."), severity="warning", timeout=4)
        return code

    def _changed(self, code: Code | None, words: str = "") -> None:
        """Show the codebook as it is now, with the cursor on a code."""
        self.session.reload()
        self.refresh_all()
        if code is not None:
            self.query_one(CodeTree).point_at(code)
        if words:
            self.app.notify(words, timeout=4)

    def _do(self, act: Callable[[], Code], words: str = "") -> None:
        with self.workbench.saying():
            code = act()
            self._changed(code, words)

    # making and telling

    def action_book_new(self) -> None:
        """Make a code beside the one under the cursor."""
        beside = self.query_one(CodeTree).chosen
        self._make(self.session.codes_by_id.get(beside.parent_id or "") if beside else None)

    def action_book_under(self) -> None:
        """Make a code under the one under the cursor."""
        if (above := self._chosen()) is not None:
            self._make(above)

    def _make(self, parent: Code | None) -> None:
        from qualcode.tasks.coding.codebook import new_code
        from qualcode.tui.common.dialog import OneLine

        title = _("New code under {code}").format(code=parent.name) if parent else _("New code")
        project = self.session.project
        self.ask(OneLine(title), lambda name: self._do(lambda: new_code(project, name, parent=parent)))

    def action_book_edit(self) -> None:
        """Change everything the codebook says about a code."""
        from qualcode.tui.coding.code_forms import CodeForm

        if (code := self._chosen()) is not None:
            self.ask(
                CodeForm(code), lambda made: self._do(lambda: self.session.project.codebook.change(made))
            )

    def action_book_colour(self) -> None:
        """Give a code another of the seven hues."""
        from qualcode.tui.coding.code_forms import Colours

        if (code := self._chosen()) is not None:
            change = self.session.project.codebook.change
            self.ask(
                Colours(str(code.name), HUES),
                lambda hue: self._do(lambda: change(replace(code, colour=hue))),
            )

    def action_book_memo(self) -> None:
        """Write a memo on a code."""
        from qualcode.tui.common.memo import edit_memo

        if (code := self._chosen()) is not None:
            title = _("Memo on {name}").format(name=code.name)
            edit_memo(self.workbench, "code", code.id, title, self.after_act)

    # placing

    def action_book_move(self, steps: int) -> None:
        """Move a code up or down among those beside it."""
        from qualcode.tasks.coding.codebook import move

        if (code := self._chosen()) is not None:
            self._do(lambda: move(self.session.project, code, steps))

    def action_book_nest(self) -> None:
        """Put a code under the one above it."""
        if (code := self._chosen()) is None:
            return
        beside = [other for other in self.session.codes if other.parent_id == code.parent_id]
        place = next((n for n, other in enumerate(beside) if other.id == code.id), 0)
        if place:
            self._nest(code, beside[place - 1])

    def action_book_unnest(self) -> None:
        """Take a code out of the one it lies under."""
        code = self._chosen()
        above = self.session.codes_by_id.get(code.parent_id or "") if code else None
        if code is not None and above is not None:
            self._nest(code, self.session.codes_by_id.get(above.parent_id or ""))

    def action_book_put(self) -> None:
        """Put a code under another one."""
        if (code := self._chosen()) is not None:
            self._pick(
                _("Put {code} under which code?").format(code=code.name),
                lambda above: self._nest(code, above),
            )

    @on(CodeTree.Dropped)
    def _dropped(self, event: CodeTree.Dropped) -> None:
        self._nest(event.code, event.onto)

    def _nest(self, code: Code, above: Code | None) -> None:
        from qualcode.tasks.coding.codebook import nest

        words = _("{code} lies under {other} now.") if above else _("{code} stands at the top now.")
        self._do(
            lambda: nest(self.session.project, code, above),
            words.format(code=code.name, other=above.name if above else "") + " " + _("Press u to undo."),
        )

    # merging, splitting, retiring

    def action_book_merge(self) -> None:
        """Let another code take over the codings of this one."""
        code = self._chosen()
        if code is None:
            return

        def merged(target: Code) -> None:
            from qualcode.tasks.coding.codebook import merge

            with self.workbench.saying():
                count = merge(self.session.project, code, target)
                words = ngettext(
                    "{n} coding of {code} is one of {other} now.",
                    "{n} codings of {code} are codings of {other} now.",
                    count,
                )
                said = words.format(n=count, code=code.name, other=target.name)
                self._changed(target, said + " " + _("Press u to undo."))

        self._pick(_("Merge {code} into which code?").format(code=code.name), merged)

    def action_book_split(self) -> None:
        """Give some of a code's codings to a new sub-code."""
        from qualcode.tasks.coding.codebook import split
        from qualcode.tui.coding.code_forms import SplitCode

        code = self._chosen()
        if code is None:
            return
        fragments = [(coding, self._fragment(coding)) for coding in self.session.codings_of(code)]
        if not fragments:
            self.app.notify(_("You have not used {code} yet.").format(code=code.name), severity="warning")
            return
        self.ask(
            SplitCode(code, fragments),
            lambda answer: self._do(lambda: split(self.session.project, code, answer[1], answer[0])),
        )

    def _fragment(self, coding: Coding) -> str:
        transcript = next(t for t in self.session.transcripts if t.id == coding.transcript_id)
        return f"{transcript.name}: “{short(coding.span.of(transcript.text))}”"

    def action_book_retire(self) -> None:
        """Take a code out of use (away altogether, if it was never used), or into use again."""
        from qualcode.tasks.coding.codebook import retire

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
        self._do(lambda: retire(project, code, not code.retired), words.format(code=code.name))

    def action_book_retired(self) -> None:
        """Show or hide the codes that are out of use."""
        tree = self.query_one(CodeTree)
        tree.with_retired = not tree.with_retired
        self.refresh_all()
        if not any(code.retired for code in self.session.codes_by_id.values()):
            self.app.notify(_("No code is out of use."), timeout=3)

    # looking back

    def action_book_versions(self) -> None:
        """Read the versions of a code."""
        from qualcode.tui.coding.code_help import versions_in_words
        from qualcode.tui.common.dialog import Page

        if (code := self._chosen()) is not None:
            self.app.push_screen(Page(str(code.name), versions_in_words(self.session.project, code)))

    def action_book_counts(self) -> None:
        """Count the codings of a code, by coder and by case."""
        from qualcode.tui.coding.code_help import counts_in_words
        from qualcode.tui.common.dialog import Page

        if (code := self._chosen()) is not None:
            words = counts_in_words(self.session, code)
            self.app.push_screen(Page(str(code.name), Content(words)))

    def action_book_walk(self, step: int) -> None:
        """Go to the next or previous coding with the code under the cursor."""
        if (code := self._chosen()) is not None:
            self.walk(code, step)
