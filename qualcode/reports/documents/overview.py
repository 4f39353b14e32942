"""What a project holds, on paper: its codebook, its respondents, an interview with its codes in the margin."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.analysis.quotes import choose, quotes_of
from qualcode.i18n import _, ngettext
from qualcode.model import Case, Code, Coding, Role, Transcript, Turn, wide
from qualcode.reports.content import Cell, Paragraph, Run, Section, TableBlock, cell, fitted, head, text
from qualcode.reports.material import DocumentOptions, Material, Part
from qualcode.reports.quoting import quote_paragraph
from qualcode.text.spans import Span

_WIDTHS_MM = (52.0, 92.0, 117.0)
_THEME_FILL = "DCE6DC"


def codebook_report(material: Material, options: DocumentOptions) -> Part:
    """One row per code, in the order of the tree; in brief without quotes, which stand with the themes."""
    depth: dict[str, int] = {}
    rows = []
    for code in material.codes:
        depth[code.id] = depth.get(code.parent_id or "", -1) + 1
        rows.append(_row(code, depth[code.id], material, options))
    if options.brief:
        table = TableBlock(
            _("The codes, with what they mean"),
            head(_("Code name"), _("What it is about")),
            [row[:2] for row in rows],
            (_WIDTHS_MM[0], sum(_WIDTHS_MM[1:])),
            description=_("Per code its definition, and when to use it and when not."),
        )
        return Part(_("Codebook"), (Section("codebook", (table,)),))
    table = TableBlock(
        caption=_("The codes, with what they mean and what was coded with them"),
        header=head(_("Code name"), _("What it is about"), _("Quotes")),
        rows=rows,
        widths_mm=_WIDTHS_MM,
        description=_("Per code its definition, when to use it and when not, and quotes."),
    )
    return Part(_("Codebook"), (Section("codebook", (text(_how_to_read()), table)),))


def _how_to_read() -> str:
    return _("Sub-codes stand below their theme. Quotes are only those coded with the code itself.")


def _row(code: Code, depth: int, material: Material, options: DocumentOptions) -> tuple[Cell, ...]:
    mine = [coding for coding in material.codings if coding.code_id == code.id]
    return (
        Cell(tuple(_name(code, depth, mine)), "" if depth else _THEME_FILL),
        Cell(tuple(_meaning(code))),
        Cell(tuple(_quotes(mine, material, options))),
    )


def _name(code: Code, depth: int, codings: list[Coding]) -> list[Paragraph]:
    indent = "\u2003" * depth
    count = ngettext("{n} coding", "{n} codings", len(codings)).format(n=len(codings))
    return [
        Paragraph((Run(indent), Run(str(code.name) or code.slug, bold=True))),
        text(f"{indent}{code.mnemonic} · {count}", quiet=True),
    ]


def _meaning(code: Code) -> list[Paragraph]:
    paragraphs = [text(str(code.definition))] if code.definition else []
    for label, words in (
        (_("Use it for: "), code.use),
        (_("Not for: "), code.not_use),
        (_("For example: "), code.example),
    ):
        if words:
            paragraphs.append(Paragraph((Run(label, italic=True), Run(str(words)))))
    if code.source:
        paragraphs.append(text(code.source, quiet=True))
    return paragraphs or [text("–")]


def _quotes(codings: list[Coding], material: Material, options: DocumentOptions) -> list[Paragraph]:
    quotes = quotes_of(codings, {transcript.id: transcript for transcript in material.transcripts})
    shown = choose(quotes, options.quotes) if options.quotes else quotes
    return [quote_paragraph(quote, material.people, options.longest, options.naming) for quote in shown] or [
        text("–")
    ]


KNOWN = ("group", "age", "sex", "parents")
HEARD = (Role.TEACHER, Role.CARE_WORKER, Role.CHILD, Role.FILE)
PARENTS = (("V", Role("vader")), ("M", Role("moeder")))
_PAGE_MM = 174.0


def study_headings() -> dict[str, str]:
    """The headings of the study's table of respondents, by column, in their order."""
    return {
        "case": _("Case"),
        "group": _("Year group"),
        "age": _("Age"),
        "sex": _("Sex"),
        "parents": _("Parents*"),
        "teacher": _("Teacher"),
        "care_worker": _("Care worker"),
        "child": _("Child"),
        "file": Role.FILE.label.capitalize(),
    }


def respondents(material: Material, options: DocumentOptions) -> Part:
    """The study's table of respondents, from what the project knows of its cases."""
    del options
    section = Section("respondents", (respondents_table(material),))
    return Part(_("Respondents"), (section,), landscape=False)


def respondents_table(material: Material) -> TableBlock:
    """A row per case, an X for who was heard, under the project's own headings or those of the study."""
    own = own_columns(material)
    header = [*({**study_headings(), **material.headings}).values(), *own]
    rows = [respondent_cells(case, material, own, marks=("X", "")) for case in material.cases]
    parents = KNOWN.index("parents") + 1
    for row in rows:
        row[parents] = row[parents].replace("/", " / ")
    heads, body = head(*header), [tuple(map(cell, row)) for row in rows]
    lettered = any(set(row[parents]) & {sign for sign, _role in PARENTS} for row in rows)
    return TableBlock(
        caption=_("Respondents"),
        header=heads,
        rows=body,
        widths_mm=fitted(heads, body, _PAGE_MM),
        description=_(
            "Per case year group, age and sex of the child, and which informants were interviewed."
        ),
        note=_("* V = father, M = mother") if lettered else "",
        plain=True,
    )


def own_columns(material: Material) -> list[str]:
    """What the pair noted of its cases besides the columns of the study, in order of first use."""
    names = (name for case in material.cases for name in case.attributes)
    return [name for name in dict.fromkeys(names) if name not in KNOWN]


def respondent_cells(
    case: Case, material: Material, own: list[str], *, marks: tuple[str, str] = ("x", "-")
) -> list[str]:
    """One row of the table in words; `marks` say that somebody was heard, and that nothing is known."""
    yes, no = marks
    roles = {informant.role for informant in material.informants if informant.case_id == case.id}
    roles |= {role for t in material.transcripts if t.case_id == case.id for role in t.roles if role}
    heard = {wide(role) for role in roles}
    known = [case.attributes.get(name, "") for name in KNOWN]
    if not known[-1] and Role.PARENT in heard:
        known[-1] = "/".join(sign for sign, role in PARENTS if role in roles) or yes
    return [
        case.label,
        *(word or no for word in known),
        *(yes if role in heard else no for role in HEARD),
        *(case.attributes.get(n, "") for n in own),
    ]


LINE = 76  # characters: so many fit the column of the text
_MARGIN_WIDTHS_MM = (12.0, 27.0, 138.0, 84.0)
_ASKED_FILL = "F4F4F4"


def transcript_report(material: Material, transcript: Transcript, options: DocumentOptions) -> Part:
    """One row per turn; its lines are numbered through, as in the program's own print."""
    del options
    mine = [c for c in material.codings if c.transcript_id == transcript.id]
    rows = []
    n = 0
    for turn in transcript.turns or (Turn(1, 0, len(transcript.text)),):
        lines = wrapped(transcript.text, turn.span)
        fill = _ASKED_FILL if turn.interviewer else ""
        rows.append(
            (
                Cell(tuple(text(str(n + k)) for k in range(1, len(lines) + 1)), fill),
                cell(turn.speaker, bold=True, fill=fill),
                Cell(tuple(text(line.of(transcript.text)) for line in lines), fill),
                Cell(tuple(_margin(mine, turn, lines, n, material)), fill),
            )
        )
        n += len(lines)
    table = TableBlock(
        transcript.name,
        head(_("Line"), _("Speaker"), _("Text"), _("Codes")),
        rows,
        _MARGIN_WIDTHS_MM,
        description=_(
            "The interview turn by turn with numbered lines; beside it the codes with their lines."
        ),
    )
    words = _("In the margin: the lines, the code and who gave it. Grey: the interviewer.")
    return Part(transcript.name, (Section("transcript", (text(words), table)),))


def wrapped(words: str, span: Span) -> list[Span]:
    """A stretch of text cut into lines of at most `LINE` characters, at blanks where possible."""
    lines = []
    start = span.start
    while span.end - start > LINE:
        cut = max(words.rfind(" ", start, start + LINE + 1), words.rfind("\n", start, start + LINE + 1))
        end = cut if cut > start else start + LINE
        lines.append(Span(start, end))
        start = end + 1 if cut > start else end
    return [*lines, Span(start, span.end)]


def _margin(
    codings: Sequence[Coding], turn: Turn, lines: Sequence[Span], before: int, material: Material
) -> list[Paragraph]:
    """What was coded in a turn: codes that begin in an earlier turn are told there."""
    names = {code.id: f"{code.mnemonic} {code.name}".strip() for code in material.codes}
    found: dict[tuple[int, int, str], list[str]] = {}
    for coding in codings:
        if turn.start <= coding.start < max(turn.end, turn.start + 1):
            first = _line(lines, coding.start)
            last = _line(lines, min(coding.end - 1, turn.end))
            further = " …" if coding.end > turn.end + 1 else ""
            key = (before + first, before + last, names.get(coding.code_id, "") + further)
            found.setdefault(key, []).append(coding.coder_id)
    return [
        Paragraph(
            (
                Run(f"{first}–{last}  " if last > first else f"{first}  ", quiet=True),
                Run(name),
                Run(f"  ({_who(coders, material)})", quiet=True),
            )
        )
        for (first, last, name), coders in sorted(found.items())
    ]


def _line(lines: Sequence[Span], place: int) -> int:
    """The number, from 1, of the line in which a place lies."""
    return next((n for n, line in enumerate(lines, 1) if place <= line.end), len(lines))


def _who(coders: Sequence[str], material: Material) -> str:
    return ", ".join(coder.name for coder in material.coders if coder.id in coders)
