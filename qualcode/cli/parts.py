"""`qualcode parts`: the answers to one question of a form, side by side over lessons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.common import emit, json_option, project_argument, said_plainly, table
from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.analysis.forms import FormQuestion

_LONGEST = 70


@click.command(
    "parts",
    help=_(
        "List the questions of the forms and logbooks in PROJECT; with PART (1a, 3, or log for logbooks) lay the "
        "answers below each other, lesson by lesson, with their codes."
    ),
)
@project_argument
@click.argument("part", required=False)
@click.option("--coder", help=_("Only the codings of this coder."))
@click.option("--code", help=_("Only answers with this code."))
@json_option
@said_plainly
def command(project: Path, part: str | None, coder: str | None, code: str | None, as_json: bool) -> None:
    """List questions, or the answers to one."""
    from qualcode.analysis.forms import questions
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        wanted = opened.codebook.get(code) if code else None
        codings = opened.codings.all(coder=opened.coders.get(coder) if coder else None)
        codes = {each.id: each for each in opened.codebook.all(retired=True)}
        coders = {each.id: each.name for each in opened.coders.all()}
        found = questions(opened.transcripts.all(), codings)
    if not found:
        raise InputError(
            _(
                "There are no forms in this project: no interview has numbered questions, or lessons as a logbook."
            )
        )
    if part is None:
        _list(found, as_json)
        return
    question = next((each for each in found if each.id == part.strip().lower()), None)
    if question is None:
        raise NotFoundError(
            _("There is no question {part}; there is: {known}.").format(
                part=part, known=", ".join(each.id for each in found)
            )
        )
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
        lines += [f"    [{each['code']}, {each['coder']}] {_short(str(each['text']))}" for each in said]
    emit(as_json, {"question": question.id, "words": question.words, "answers": answers}, lines)


def _list(found: list[FormQuestion], as_json: bool) -> None:
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
        [each["question"], _short(str(each["words"])), _counted(each["answers"]), each["codings"]]
        for each in data
    ]
    emit(as_json, {"questions": data}, table([[_("question"), "", _("answers"), _("codings")], *rows]))


def _counted(answers: object) -> str:
    return ngettext("{n} answer", "{n} answers", int(str(answers))).format(n=answers)


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
