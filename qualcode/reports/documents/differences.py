"""Where two coders differ, on paper: grouped by what clashes, with both edges in the words and room to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qualcode.i18n import _, ngettext
from qualcode.reports.content import (
    GROUP,
    LEAD,
    Cell,
    Heading,
    Paragraph,
    Plain,
    Run,
    Section,
    TableBlock,
    cell,
    head,
    number_cell,
    text,
)
from qualcode.reports.material import DocumentOptions, Part
from qualcode.text.spans import Span

_GROUP_FILL = "DCE6DC"
_KIND_MM, _CLASH_MM = (80.0, 30.0), (200.0, 30.0, 31.0)
_PASSAGE_MM, _DECIDED_MM, _ROW_MM = (36.0, 130.0, 95.0), (36.0, 120.0, 105.0), 14.0
_FORM_MM, _FORM_ROW_MM, _ON_FORM = (92.0, 34.0, 48.0), 34.0, 9
_WHOLE, _HEAD, _TAIL = 110, 60, 40  # characters of a stretch of words: longer ones lose their middle
_MOST_CLASHES, _BOX = 25, "☐"


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One difference: where, of what kind, the codes of each, its words, and what was decided ("": nothing)."""

    place: str
    kind: str
    a: str
    b: str
    words: tuple[Run, ...]
    decision: str = ""

    @property
    def clash(self) -> tuple[str, str, str]:
        """What it has in common with others: the kind, and the codes of either."""
        return self.kind, self.a, self.b


@dataclass(frozen=True, slots=True)
class FoundDifferences:
    """What two coders (as the document calls them) differ on; `left_out` names interviews that were not compared."""

    coders: tuple[str, str]
    rows: Sequence[DifferenceRow]
    kinds: Counter[str]
    left_out: Sequence[str]

    def called(self, clash: tuple[str, str, str]) -> str:
        """A clash in words."""
        kind, a, b = clash
        if a == b or not (a and b):
            return f"{kind}: {a or b}"
        return f"{kind}: {self.coders[0]} {a} ↔ {self.coders[1]} {b}"

    def by_clash(self) -> dict[tuple[str, str, str], list[DifferenceRow]]:
        """The differences by what clashes, the most frequent first."""
        found: dict[tuple[str, str, str], list[DifferenceRow]] = {}
        for row in self.rows:
            found.setdefault(row.clash, []).append(row)
        return dict(sorted(found.items(), key=lambda each: -len(each[1])))


def marked_words(words: str, a: Iterable[Span], b: Iterable[Span]) -> tuple[Run, ...]:
    """The words that either marked: what A has more in one marking, what B has more in another, the common part plain.

    Where one of them marked nothing there is nothing to set apart. Long stretches lose their middle.
    """
    a, b = list(a), list(b)
    ends = sorted({end for span in (*a, *b) for end in (span.start, span.end)})
    runs: list[Run] = []
    for start, end in pairwise(ends):
        in_a, in_b = (any(s.start <= start and end <= s.end for s in side) for side in (a, b))
        stretch = _without_middle(" ".join(words[start:end].split()))
        space = " " if words[start:end][:1].isspace() and runs else ""
        mark = "" if in_a == in_b or not a or not b else "a" if in_a else "b"
        if stretch and (in_a or in_b):
            runs.append(Run(space + stretch, mark=mark))
            if words[end - 1 : end].isspace():
                runs.append(Run(" "))
    return (Run("“"), *runs, Run("”"))


def _without_middle(words: str) -> str:
    if len(words) <= _WHOLE:
        return words
    first, last = words.rfind(" ", 0, _HEAD), words.find(" ", len(words) - _TAIL)
    return f"{words[: max(first, 1)]} […] {words[last + 1 :]}" if first > 0 < last else words[:_HEAD] + " […]"


def differences_report(found: FoundDifferences, options: DocumentOptions) -> Part:
    """How many of each kind, then each difference below what clashes; in brief the clashes, and what was decided."""
    sections = [Section("diffKinds", (text(_counted(found), style=LEAD), _kinds(found)))]
    if options.brief:
        sections.append(Section("diffClashes", (Heading(_("What clashes")), _clashes(found))))
        decided = replace(found, rows=[row for row in found.rows if row.decision])
        if decided.rows:
            sections.append(Section("diffDecided", (Heading(_("What was decided")), _passages(decided))))
    elif found.rows:
        heading = Heading(_("Passage by passage"))
        sections.append(Section("differences", (heading, _how_to_read(found), _passages(found))))
    return Part(_("Decisions and differences"), sections)


def _counted(found: FoundDifferences) -> str:
    words = ngettext("{n} difference.", "{n} differences.", len(found.rows)).format(n=len(found.rows))
    if found.left_out:
        words += " " + _("Not compared, because not both have finished: {names}.").format(
            names=", ".join(found.left_out)
        )
    return words


def _kinds(found: FoundDifferences) -> TableBlock:
    return TableBlock(
        _("Agreements and differences by kind"),
        head(_("Kind"), _("Number")),
        [(cell(kind), number_cell(n)) for kind, n in found.kinds.items()],
        _KIND_MM,
    )


def _clashes(found: FoundDifferences) -> TableBlock:
    return TableBlock(
        _("What clashes, the most frequent first"),
        head(_("Clash"), _("Places"), _("Decided")),
        [
            (
                cell(found.called(clash)),
                number_cell(len(rows)),
                number_cell(sum(bool(r.decision) for r in rows)),
            )
            for clash, rows in list(found.by_clash().items())[:_MOST_CLASHES]
        ],
        _CLASH_MM,
        note=_("The document of differences has them all, passage by passage."),
    )


def _how_to_read(found: FoundDifferences) -> Paragraph:
    a, b = found.coders
    return Paragraph(
        (
            Run(_("only {coder}").format(coder=a), mark="a"),
            Run("   "),
            Run(_("only {coder}").format(coder=b), mark="b"),
            Run("   " + _("Not underlined: marked by both, or by one alone.")),
        )
    )


def _passages(found: FoundDifferences) -> TableBlock:
    rows: list[tuple[Cell, ...]] = []
    for clash, alike in found.by_clash().items():
        rows.append((Cell((text(f"{found.called(clash)} ({len(alike)})", style=GROUP),), _GROUP_FILL, 3),))
        rows += [(cell(r.place), Cell((Paragraph(r.words),)), cell(r.decision)) for r in alike]
    decided = all(row.decision for row in found.rows)
    return TableBlock(
        _("The differences, by what clashes"),
        head(_("Where"), _("Words"), _("Decided") if decided else _("Decided; room to write")),
        rows,
        _DECIDED_MM if decided else _PASSAGE_MM,
        description=_("Below each clash the passages: the words, and what was decided with the reason."),
        row_mm=0.0 if decided else _ROW_MM,
    )


def differences_form(found: FoundDifferences) -> Part:
    """Two pages for a meeting: an example of each clash, boxes, and room for the reason."""
    a, b = found.coders
    clashes = [(clash, rows) for clash, rows in found.by_clash().items() if any(not r.decision for r in rows)]
    boxes = [a, b, _("both"), _("neither"), _("we agree to differ")]
    rows = []
    for clash, alike in clashes[:_ON_FORM]:
        example = next(row for row in alike if not row.decision)
        times = ngettext("{n} place", "{n} places", len(alike)).format(n=len(alike))
        told = (
            Paragraph((Run(found.called(clash), bold=True), Run(f" ({times})", quiet=True))),
            Paragraph((*example.words, Run(f" ({example.place})", quiet=True))),
        )
        rows.append((Cell(told), Cell(tuple(text(f"{_BOX} {words}") for words in boxes)), cell("")))
    left = len(clashes) - len(rows)
    words = ngettext(
        "{n} other clash: see the document of differences.",
        "{n} other clashes: see the document of differences.",
        left,
    )
    opening: list[Plain] = [
        text(_("Date: ……………………   Present: …………………………………………………………………………")),
        text(
            _(
                "Read the passage aloud. Each says why they marked it so; then tick what holds, and write down the "
                "reason. What you decide on one passage may hold for the others of its kind."
            )
        ),
    ]
    table = TableBlock(
        _("What clashes most, with an example"),
        head(_("Clash, and an example"), _("What holds"), _("Why; what changes in the codebook")),
        rows,
        _FORM_MM,
        description=_("Per clash an example, boxes to tick and room to write."),
        row_mm=_FORM_ROW_MM,
        note=words.format(n=left) if left else "",
    )
    return Part(
        _("Differences, form for a meeting"), (Section("diffForm", (*opening, table)),), landscape=False
    )
