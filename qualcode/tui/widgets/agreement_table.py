"""The agreement per code: shared text as a bar, alpha, kappa, and how many differences."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text
from textual.content import Content

from qualcode.agreement.result import Agreement, CodeAgreement, State
from qualcode.agreement.words import code_lines, value_text
from qualcode.i18n import _, percent
from qualcode.model import Code
from qualcode.tasks.comparison import Comparison
from qualcode.tui.widgets.code_ink import code_ink
from qualcode.tui.widgets.quiet_table import QuietTable

_BAR = 8
_OTHER_COLUMNS = 58
_LONGEST_NAME = 30


class AgreementTable(QuietTable):
    """One row per code that either used, in the order of the codebook; what it says stands in `words`."""

    def __init__(self) -> None:
        super().__init__(id="agreement")
        self._rows: list[tuple[Code, CodeAgreement]] = []
        self._comparison: Comparison | None = None
        self._differences: Mapping[str, int] = {}

    def fill(self, comparison: Comparison, result: Agreement, differences: Mapping[str, int]) -> None:
        """Show the numbers of a comparison; the row under the cursor stays."""
        self._comparison = comparison
        self._differences = differences
        found = {agreement.code: agreement for agreement in result.codes}
        self._rows = [
            (code, found[code.id])
            for code in comparison.codes
            if code.id in found and found[code.id].state is not State.UNUSED
        ]
        self._put_rows(comparison)

    def on_resize(self) -> None:
        """Names get the room there is."""
        if self._comparison is not None:
            self._put_rows(self._comparison)

    def _put_rows(self, comparison: Comparison) -> None:
        kept = self.cursor_row
        self.clear(columns=True)
        a, b = comparison.a.name, comparison.b.name
        headings = [
            _("code"),
            _("shared text"),
            _("alpha"),
            _("kappa"),
            _short(a),
            _short(b),
            _("differ"),
        ]
        self.add_columns(*map(Text, headings))
        for code, agreement in self._rows:
            self.add_row(*self._cells(code, agreement, self._differences.get(code.id, 0)))
        self.move_cursor(row=min(kept, len(self._rows) - 1))

    def _cells(self, code: Code, agreement: CodeAgreement, differing: int) -> list[Text]:
        name = str(code.name) or code.slug
        indent = " " if code.parent_id else ""
        label = Text.assemble(
            indent,
            (f"{code.mnemonic:<3}", code_ink(code, self)),
            _cut(name, self._room_for_names() - len(indent)),
        )
        matches = agreement.matches
        return [
            label,
            _bar(agreement, self.app.theme_variables["primary"], self.app.theme_variables["line"]),
            Text(value_text(agreement["alpha"]), justify="right"),
            Text(value_text(agreement["kappa"]), justify="right"),
            Text(str(matches.codings_a) if matches else "–", justify="right"),
            Text(str(matches.codings_b) if matches else "–", justify="right"),
            Text(str(differing or "·"), justify="right"),
        ]

    def _room_for_names(self) -> int:
        return min(max(self.size.width - _OTHER_COLUMNS, 12), _LONGEST_NAME)

    @property
    def code(self) -> Code | None:
        """The code of the row under the cursor."""
        return self._rows[self.cursor_row][0] if 0 <= self.cursor_row < len(self._rows) else None

    def words(self) -> Content:
        """What the numbers of the row under the cursor say, in sentences."""
        if self.code is None or self._comparison is None:
            return Content("")
        code, agreement = self._rows[self.cursor_row]
        names = (self._comparison.a.name, self._comparison.b.name)
        question, *lines = code_lines(str(code.name) or code.slug, agreement, names)
        return Content.assemble(Content.styled(question, "bold"), *(Content(f"\n{line}") for line in lines))


def _bar(agreement: CodeAgreement, full: str, empty: str) -> Text:
    shared = agreement["shared"].value
    if shared is None:
        return Text("–")
    filled = round(shared * _BAR)
    return Text.assemble(("━" * filled, full), ("┄" * (_BAR - filled), empty), f" {percent(shared):>5}")


def _short(name: str) -> str:
    return _cut(name, 8)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
