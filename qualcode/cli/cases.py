"""`qualcode cases|matrix|parts`: what is said laid side by side, by case, in two directions, or by question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.analysis.forms import FormQuestion, questions
from qualcode.analysis.quotes import quotes_of
from qualcode.analysis.themes import voices
from qualcode.cli.verbs import (
    Told,
    as_option,
    coder_names,
    coder_option,
    coders_of,
    consensus_option,
    file_argument,
    table,
    verb,
)
from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import _, ngettext
from qualcode.reports.documents.overview import KNOWN, own_columns, respondent_cells, study_headings
from qualcode.reports.documents.themes import counted_words
from qualcode.tasks.material import gather
from qualcode.tasks.themes import arranged, matrix_of
from qualcode.tasks.transcripts.people import import_respondents, set_headings
from qualcode.text.words import short

if TYPE_CHECKING:
    from qualcode.analysis.matrices import Matrix
    from qualcode.model import Coding
    from qualcode.store.project import Project

_QUOTE_LENGTH = 100
_LONGEST = 70

cases = click.Group(
    "cases", help=_("List the cases, say what is known of them, or lay their informants side by side.")
)


@verb("list", _("List the cases of PROJECT: the table of respondents."), of=cases)
def list_(project: Project) -> Told:
    """The table of respondents."""
    material = gather(project, coded=False)
    own = own_columns(material)
    names = ["case", *KNOWN, "teacher", "care_worker", "child", "file", *own]
    rows = [respondent_cells(case, material, own) for case in material.cases]
    data = {"cases": [dict(zip(names, row, strict=True)) for row in rows]}
    heads = [_("case"), _("group"), _("age"), _("sex"), _("parents"), _("teacher"), _("care worker")]
    return Told(data, table([[*heads, _("child"), _("file"), *own], *rows]))


@verb("set", _("Say what is known of CASE in PROJECT, as NAME=VALUE (group=5 age=9 sex=M)."), of=cases)
@click.argument("case")
@click.argument("facts", nargs=-1, required=True)
@as_option
def set_(project: Project, case: str, facts: tuple[str, ...]) -> Told:
    """Set attributes of a case; an empty value takes one away."""
    found = project.cases.get(case)
    attributes = {**found.attributes, **dict(map(_name_and_value, facts))}
    project.cases.set_attributes(found, {name: value for name, value in attributes.items() if value})
    known = dict(project.cases.get(case).attributes)
    data = {"case": found.label, "attributes": known}
    return Told(data, [f"{name}: {value}" for name, value in known.items()])


def _name_and_value(fact: str) -> tuple[str, str]:
    name, sign, value = fact.partition("=")
    if not sign or not name.strip():
        raise InputError(_("“{fact}” must look like name=value.").format(fact=fact))
    return name.strip(), value.strip()


@verb("import", _("Take in a table (.csv, .xlsx) of cases and their informants."), of=cases)
@file_argument
@as_option
def import_(project: Project, file: Path) -> Told:
    """Take in the table of respondents."""
    taken = import_respondents(project, file)
    data = {
        "cases": [case.label for case in taken.cases],
        "new": [case.label for case in taken.new],
        "staying": list(taken.staying),
    }
    return Told(data, taken.lines)


@verb(
    "headings",
    _(
        "Give columns of the table of respondents of PROJECT headings of your own, as NAME=HEADING (group=Groep); "
        "without any: show them."
    ),
    of=cases,
)
@click.argument("headings", nargs=-1)
@as_option
def headings_(project: Project, headings: tuple[str, ...]) -> Told:
    """Show or change the headings of the table of respondents; an empty one gives that of the study back."""
    if headings:
        set_headings(project, dict(map(_name_and_value, headings)))
    known = {**study_headings(), **project.settings.get("headings")}
    return Told({"headings": known}, [f"{column}: {words}" for column, words in known.items()])


@verb("show", _("Lay the informants of CASE in PROJECT side by side, theme by theme."), of=cases)
@click.argument("case")
def show(project: Project, case: str) -> Told:
    """What each informant of a case says on each theme, and who is silent."""
    found = project.cases.get(case)
    transcripts = [t for t in project.transcripts.all() if t.case_id == found.id]
    laid = voices(arranged(project), transcripts)
    names = {t.id: t.heard or t.name for t in transcripts}
    data: list[dict[str, Any]] = []
    lines = []
    for each in laid:
        data.append(
            {
                "theme": each.theme.title,
                "said": {names[t]: [f.words for f in fragments] for t, fragments in each.said.items()},
                "silent": [names[t] for t in each.silent],
            }
        )
        lines += ["", each.theme.title]
        for transcript, fragments in each.said.items():
            said = [" ".join(f.words.split())[:_QUOTE_LENGTH] for f in fragments]
            lines += [f"  {names[transcript]}: {_('silent')}"] if not said else []
            lines += [f"  {names[transcript]}: “{words}”" for words in said]
    return Told({"case": found.label, "themes": data}, lines)


@verb(
    "matrix",
    _(
        "Count the codings of PROJECT in two directions. With --row and --column: the passages behind one count."
    ),
)
@click.option(
    "--kind",
    default="themes",
    show_default=True,
    help=_(
        "What stands in the columns: case, role, person, position, transcript; themes: themes by case; "
        "codes: codes that stand together; or a fact about interviews (schooltype; age:8,12 makes ranges)."
    ),
)
@click.option("--row", help=_("A code or theme."))
@click.option("--column", help=_("A case, informant, place, interview or code."))
@coder_option
@consensus_option
def matrix(
    project: Project, kind: str, row: str | None, column: str | None, coder: tuple[str, ...], consensus: bool
) -> Told:
    """Show a matrix, or open one of its cells."""
    material = gather(project, coders_of(project, coder, consensus))
    named = matrix_of(material, kind)
    found = named.matrix
    if row is None and column is None:
        counts = [[found.count(r, c) for c, _label in found.columns] for r, _label in found.rows]
        columns = [label for _key, label in found.columns]
        rows = [label for _key, label in found.rows]
        body = [[label, *map(str, line)] for label, line in zip(rows, counts, strict=True)]
        data = {"kind": kind, "counted": "passages", "rows": rows, "columns": columns, "counts": counts}
        data["words"] = named.words
        said = filter(None, [named.words, counted_words(found)])
        return Told(data, [named.title, *table([["", *columns], *body]), "", *said])
    names = {coder.id: coder.name for coder in material.coders}
    at = {transcript.id: transcript for transcript in material.transcripts}
    passages = [
        {
            "transcript": quote.transcript.name,
            "start": quote.span.start,
            "end": quote.span.end,
            "coder": ", ".join(names[coder] for coder in quote.coders),
            "text": quote.text,
        }
        for cell in _behind(found, row, column)
        for quote in quotes_of(cell, at)
    ]
    lines = [f"{p['transcript']} {p['start']}–{p['end']} ({p['coder']}): “{p['text']}”" for p in passages]
    return Told({"kind": kind, "passages": passages}, lines or [_("Nothing was coded here.")])


def _behind(found: Matrix, row: str | None, column: str | None) -> list[Sequence[Coding]]:
    """The codings of each cell in a row, a column, or where they cross; named by its label or its key."""
    rows = [key for key, label in found.rows if row in (None, label, key)]
    columns = [key for key, label in found.columns if column in (None, label, key)]
    if not rows or not columns:
        raise NotFoundError(
            _("There is no such row or column; run it without --row and --column to see them.")
        )
    return [found.cells.get((r, c), ()) for r in rows for c in columns]


@verb(
    "parts",
    _(
        "List the questions of the forms and logbooks in PROJECT; with PART (1a, 3, or log for logbooks) lay the "
        "answers below each other, lesson by lesson, with their codes."
    ),
)
@click.argument("part", required=False)
@click.option("--coder", help=_("Only the codings of this coder."))
@click.option("--code", help=_("Only answers with this code."))
def parts(project: Project, part: str | None, coder: str | None, code: str | None) -> Told:
    """List questions, or the answers to one."""
    wanted = project.codebook.get(code) if code else None
    codings = project.codings.all(coder=project.coders.get(coder) if coder else None)
    found = questions(project.transcripts.all(), codings)
    if not found:
        raise InputError(
            _(
                "There are no forms in this project: no interview has numbered questions, or lessons as a logbook."
            )
        )
    if part is None:
        return _questions(found)
    question = next((each for each in found if each.id == part.strip().lower()), None)
    if question is None:
        raise NotFoundError(
            _("There is no question {part}; there is: {known}.").format(
                part=part, known=", ".join(each.id for each in found)
            )
        )
    codes = {each.id: each for each in project.codebook.all(retired=True)}
    coders = coder_names(project)
    answers: list[dict[str, Any]] = []
    lines = [f"{question.id}  {question.words}".rstrip()]
    for answer in question.answers:
        if wanted is not None and all(each.code_id != wanted.id for each in answer.codings):
            continue
        said = [
            {
                "start": each.start,
                "end": each.end,
                "code": codes[each.code_id].slug,
                "coder": coders[each.coder_id],
                "text": each.span.of(answer.transcript.text),
            }
            for each in answer.codings
        ]
        answers.append(
            {
                "transcript": answer.transcript.name,
                "lesson": answer.lesson or None,
                "part": answer.part,
                "text": answer.words,
                "codings": said,
            }
        )
        lines += ["", f"{answer.lesson or '–'} · {answer.transcript.name} · {answer.part}"]
        lines += [f"  {line}" for line in answer.words.split("\n")]
        lines += [
            f"    [{each['code']}, {each['coder']}] {short(str(each['text']), _LONGEST)}" for each in said
        ]
    return Told({"question": question.id, "words": question.words, "answers": answers}, lines)


def _questions(found: list[FormQuestion]) -> Told:
    data = [
        {
            "question": each.id,
            "words": each.words,
            "answers": len(each.answers),
            "codings": sum(len(answer.codings) for answer in each.answers),
        }
        for each in found
    ]
    rows = [
        [each["question"], short(str(each["words"]), _LONGEST), _counted(each["answers"]), each["codings"]]
        for each in data
    ]
    return Told({"questions": data}, table([[_("question"), "", _("answers"), _("codings")], *rows]))


def _counted(answers: object) -> str:
    return ngettext("{n} answer", "{n} answers", int(str(answers))).format(n=answers)
