"""`qualcode similar`: passages that use the same words as the examples of a code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly
from qualcode.errors import InputError
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.model import Transcript
    from qualcode.store.project import Project
    from qualcode.text.spans import Span


@click.command(
    "similar",
    help=_(
        "List passages of PROJECT that use the same words as the fragments of a code (or as one place), and the "
        "words they share. It finds the same words, not the same meaning; nothing is coded by itself."
    ),
)
@project_argument
@click.option("--code", help=_("The code whose fragments are the examples."))
@click.option("--place", metavar=_("NAME:START-END"), help=_("A place in an interview, as the only example."))
@click.option("--accept", metavar=_("NAME:START-END"), help=_("Give this place the code (needs --as)."))
@click.option(
    "--refuse", metavar=_("NAME:START-END"), help=_("Remember that this place does not belong to the code.")
)
@click.option(
    "--most", type=click.IntRange(1, 1000), default=20, show_default=True, help=_("Show at most so many.")
)
@as_option
@json_option
@said_plainly
def command(
    project: Path,
    code: str | None,
    place: str | None,
    accept: str | None,
    refuse: str | None,
    most: int,
    coder: str | None,
    as_json: bool,
) -> None:
    """Offer passages; take one in or refuse one."""
    from qualcode.language.similar import explanation
    from qualcode.store.project import open_project
    from qualcode.tasks.searching.similar import Similar

    if (code is None) == (place is None):
        raise click.UsageError(_("Name a code (--code) or a place (--place), one of the two."))
    with open_project(project, coder) as opened:
        if accept or refuse:
            _decide(opened, code or "", accept, refuse, as_json)
            return
        similar = Similar(opened)
        if code is not None:
            offers = similar.to_code(opened.codebook.get(code), most=most)
        else:
            offers = similar.to_place(*_place(opened, place or ""), most=most)
    data = [
        {
            "transcript": offer.transcript.name,
            "start": offer.span.start,
            "end": offer.span.end,
            "text": offer.text,
            "score": round(offer.score, 4),
            "shared": list(offer.shared),
        }
        for offer in offers
    ]
    lines = [explanation(), ""]
    for offer in offers:
        lines += [
            f"{offer.transcript.name}:{offer.span.start}-{offer.span.end}",
            f"  {' '.join(offer.text.split())}",
            "  " + _("same words: {words}").format(words=", ".join(offer.shared)),
        ]
    if not offers:
        lines.append(_("No passage uses the same words."))
    emit(as_json, {"explanation": explanation(), "code": code, "place": place, "passages": data}, lines)


def _decide(project: Project, slug: str, accept: str | None, refuse: str | None, as_json: bool) -> None:
    from qualcode.tasks.searching import similar

    if not slug:
        raise InputError(_("Say for which code (--code)."))
    code = project.codebook.get(slug)
    transcript, span = _place(project, accept or refuse or "")
    offer = similar.Offer(transcript, span, 0.0, ())
    data = {"transcript": transcript.name, "start": span.start, "end": span.end, "code": code.slug}
    if accept:
        coding = similar.accept(project, offer, code)
        emit(as_json, {**data, "coding": coding.id}, [_("Coded: {text}").format(text=offer.text)])
    else:
        similar.refuse(project, offer, code)
        emit(as_json, {**data, "refused": True}, [_("Not offered again for {code}.").format(code=code.slug)])


def _place(project: Project, typed: str) -> tuple[Transcript, Span]:
    from qualcode.store.records.codings import span_problem
    from qualcode.text.spans import Span

    name, _colon, places = typed.rpartition(":")
    start, _dash, end = places.replace("–", "-").partition("-")
    if not (name and start.isdecimal() and end.isdecimal()):
        raise InputError(_("Write a place as NAME:START-END, for instance casus-04-ouder:120-180."))
    transcript = project.transcripts.get(name)
    problem = span_problem(transcript, int(start), int(end))
    if problem:
        raise InputError(problem)
    return transcript, Span(int(start), int(end))
