"""A comparison that is kept up to date while people code: only what changed is counted again."""

from __future__ import annotations

from qualcode.agreement.agenda import Effect, Order, WeighedDifference, WhatIf, agenda
from qualcode.agreement.comparison import AgreementOptions
from qualcode.agreement.kinds import Difference, differences
from qualcode.agreement.result import Agreement
from qualcode.agreement.table import CountTable, count_characters
from qualcode.model import Coder, Coding
from qualcode.store.project import Project
from qualcode.tasks.comparing.agreement import agree
from qualcode.tasks.comparing.comparison import Comparison, codings_of, outline


class LiveComparison:
    """Two coders of a project compared as things stand; `refresh` takes up what was done since.

    `comparison` is what is compared, `table` the counts in characters per transcript and code.
    `interviewer` is as the project's settings say, unless given.
    """

    def __init__(self, project: Project, a: Coder, b: Coder, *, interviewer: bool | None = None) -> None:
        self._project = project
        self._asked = interviewer
        self._start(outline(project, a, b, interviewer=interviewer))

    def _start(self, empty: Comparison) -> None:
        """Read and count everything."""
        self._outline = empty
        codings = codings_of(self._project, empty.a, empty.b)
        self.comparison = empty.with_codings(codings, [t.id for t in empty.transcripts])
        self.table: CountTable = count_characters(self.comparison.readings, [code.id for code in empty.codes])
        self._found: dict[str, list[Difference]] = {}
        self._answers: WhatIf | None = None

    def refresh(self) -> int:
        """Take up what was done since; returns how many cells (transcript × code) were counted again.

        When something else than codings changed (which transcripts are done, a text, the codebook, a
        setting), everything is counted afresh.
        """
        now = outline(self._project, self.comparison.a, self.comparison.b, interviewer=self._asked)
        if now != self._outline:
            self._start(now)
            return len(self.table.documents) * len(self.table.codes)
        codings = codings_of(self._project, now.a, now.b)
        cells = self._changed_cells(codings)
        if codings != self.comparison.codings:
            changed = {document for document, _code in cells}
            self.comparison = self.comparison.with_codings(codings, changed)
            self._recount(cells)
        return len(cells)

    def _changed_cells(self, codings: dict[str, Coding]) -> set[tuple[str, str]]:
        """The cells of the table in which a coding came, went or changed."""
        known = self.comparison.codings
        touched = {
            coding
            for before, after in ((known, codings), (codings, known))
            for key, coding in before.items()
            if after.get(key) != coding
        }
        compared = set(self.table.documents)
        return {(c.transcript_id, c.code_id) for c in touched if c.transcript_id in compared}

    def _recount(self, cells: set[tuple[str, str]]) -> None:
        readings = {reading.document: reading for reading in self.comparison.readings}
        for document, code in cells:
            self.table.recount(document, code, *readings[document].cells.get(code, ((), ())))
            self._found.pop(document, None)
        self._answers = None

    def differences(self) -> list[Difference]:
        """All agreements and differences, in the order of the texts."""
        comparison = self.comparison
        for reading in comparison.readings:
            if reading.document not in self._found:
                self._found[reading.document] = differences([reading], comparison.parents, comparison.rule)
        return [found for reading in comparison.readings for found in self._found[reading.document]]

    @property
    def answers(self) -> WhatIf:
        """What would change in alpha if a difference were settled."""
        if self._answers is None:
            self._answers = WhatIf(self.comparison.readings, self.table)
        return self._answers

    def effects(self, difference: Difference) -> list[Effect]:
        """The effect of settling a difference on alpha, one per code; none with coefficients off."""
        return self.answers.effects(difference) if self._project.settings.get("coefficients") else []

    def agenda(self, order: Order = "effect") -> list[WeighedDifference]:
        """The differences to talk about, in the order asked for."""
        return agenda(self.differences(), self.answers, order)

    def agreement(self, options: AgreementOptions) -> Agreement:
        """The agreement on every code; in characters it comes from the counts that are kept."""
        table = self.table if options.unit == "character" else None
        return agree(self.comparison, options, table=table)
