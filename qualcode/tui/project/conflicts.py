"""What two people did apart and a merge could not bring together: decided here, one by one."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.i18n import _
from qualcode.store.journal.conflicts import Conflict, ConflictKind
from qualcode.tui.common.dialog import Choose, OneLine
from qualcode.tui.program import Program
from qualcode.tui.session import Session

Choice = Callable[[], object]


class Deciding:
    """Goes through the conflicts; those that are left for later come back another time."""

    def __init__(self, app: Program, session: Session, then: Choice) -> None:
        self._app = app
        self._session = session
        self._project = session.project
        self._then = then
        self._left: set[str] = set()

    def go_on(self) -> None:
        """Ask about the next conflict; say so when there is none (left)."""
        waiting = [one for one in self._project.conflicts.all() if one.id not in self._left]
        if not waiting:
            self._session.reload()
            self._then()
            self._app.notify(_("There is nothing (more) that both changed."), timeout=4)
            return
        one = waiting[0]
        ways = Choose(one.kind.words, self._options(one), about=self._about(one))
        self._app.ask(ways, lambda way: way())

    def _about(self, one: Conflict) -> str:
        if one.table != "codes":
            return ""
        code = self._session.codes_by_id.get(one.row_id)
        return f"{code.name or code.slug} · {one.field}" if code else one.field

    def _options(self, one: Conflict) -> list[tuple[str, Choice]]:
        later = (_("Later"), lambda: self._leave(one))
        if one.kind is ConflictKind.TWIN:
            return [(_("Take the second one away"), lambda: self._remove_second(one)), later]
        if one.kind is ConflictKind.DECIDED_TWICE:
            return [*(self._reopening(key) for key in one.ids), later]
        names = {coder.id: coder.name for coder in self._project.coders.all()}
        keep = _("Keep what {name} wrote: {words}").format(name=names.get(one.by or "", "?"), words=one.value)
        if one.kind is ConflictKind.CORRECTED:
            return [(_("Keep the text as it stands"), lambda: self._choose(one)), later]
        other = _("Take what {name} wrote: {words}").format(
            name=names.get(one.other_by or "", "?"), words=one.other_value
        )
        return [
            (keep, lambda: self._choose(one)),
            (other, lambda: self._choose(one, other=True)),
            (_("Write something else"), lambda: self._write(one)),
            later,
        ]

    def _reopening(self, key: str) -> tuple[str, Choice]:
        decision = self._project.decisions.get(key)
        told = " · ".join(part for part in (decision.outcome.label, decision.text) if part)

        def reopen() -> None:
            self._project.decisions.reopen(decision)
            self.go_on()

        return _("Reopen: {decision}").format(decision=told), reopen

    def _leave(self, one: Conflict) -> None:
        self._left.add(one.id)
        self.go_on()

    def _choose(self, one: Conflict, *, other: bool = False, value: str | None = None) -> None:
        self._project.conflicts.choose(one, other, value=value)
        self._session.reload()
        self.go_on()

    def _write(self, one: Conflict) -> None:
        line = OneLine(self._about(one) or one.kind.words, str(one.value or ""))
        self._app.ask(line, lambda words: self._choose(one, value=words))

    def _remove_second(self, one: Conflict) -> None:
        self._project.conflicts.remove_doubles([one])
        self.go_on()
