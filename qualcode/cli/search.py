"""`qualcode search|similar`: words in their context, and passages like those of a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.verbs import Told, as_option, json_wanted, verb
from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import _, ngettext
from qualcode.language.kwic import Order
from qualcode.language.similar import explanation
from qualcode.store.records.codings import span_problem
from qualcode.tasks.searching import search as searching
from qualcode.tasks.searching.indexing import Indexed, bring_up_to_date
from qualcode.tasks.searching.words import Offer, Similar, accept, refuse
from qualcode.text.spans import Span

if TYPE_CHECKING:
    from qualcode.model import Transcript
    from qualcode.store.project import Project


@verb(
    "search",
    _(
        "Search the interviews of PROJECT. A word finds all its forms, also a split verb (terugtrekken: trok … terug); "
        '"zo is het" finds just these words; *gesprek* any letters; hulp ~5 vragen two words at most five apart; '
        "and, or, not (en, of, niet); informant:ouder, case:04, speaker:M, code:tijd and uncoded say where."
    ),
)
@click.argument("query", nargs=-1)
@click.option(
    "--sort",
    type=click.Choice(["place", "left", "right", "form"]),
    default="place",
    show_default=True,
    help=_("By the place, by the words to the left or right, or by the form."),
)
@click.option("--by", type=click.Choice(["form"]), help=_("Count the forms instead of showing the places."))
@click.option("--without", multiple=True, metavar=_("FORM"), help=_("Leave out a form that was found."))
@click.option(
    "--also", is_flag=True, help=_("Show as well what is found beside it: plan, when plannen is asked.")
)
@click.option(
    "--most", type=click.IntRange(1), default=500, show_default=True, help=_("Show at most so many.")
)
@click.option(
    "--width", type=click.IntRange(0, 500), default=40, show_default=True, help=_("Context on each side.")
)
@click.option("--plain", is_flag=True, help=_("Just these letters, in interviews and memos."))
@click.option("--save", metavar=_("NAME"), help=_("Keep the question under a name."))
@click.option("--saved", metavar=_("NAME"), help=_("Ask the question that is kept under that name."))
@click.option("--forget", metavar=_("NAME"), help=_("Keep the question of that name no longer."))
@click.option("--list", "list_saved", is_flag=True, help=_("List the questions that are kept."))
@as_option
def search(
    project: Project,
    query: tuple[str, ...],
    sort: str,
    by: str | None,
    without: tuple[str, ...],
    also: bool,
    most: int,
    width: int,
    plain: bool,
    save: str | None,
    saved: str | None,
    forget: str | None,
    list_saved: bool,
) -> Told:
    """Search, or say which questions are kept."""
    if forget is not None:
        searching.forget_search(project, forget)
        return Told({"forgotten": forget}, [_("No longer kept: {name}.").format(name=forget)])
    kept = searching.saved_searches(project)
    if list_saved:
        return Told({"searches": kept}, [f"{name}: {typed}" for name, typed in kept.items()])
    if saved is not None and saved not in kept:
        raise NotFoundError(_("No question is kept under the name “{name}”.").format(name=saved))
    typed = kept[saved] if saved is not None else " ".join(query)
    indexed = bring_up_to_date(project, told=None if json_wanted() else _tell)
    if plain:
        return _plain(searching.find_plain(project, typed, indexed, most=most), typed, indexed)
    found = searching.find(
        project,
        typed,
        indexed,
        order=Order(sort),
        without=without,
        also=also,
        most=0 if by else most,
        width=width,
    )
    if save:
        searching.save_search(project, save, typed)
    return _in_context(found, indexed, by)


def _tell(done: int, of: int) -> None:
    if done == 0:
        words = ngettext("Reading the words of {n} interview…", "Reading the words of {n} interviews…", of)
        click.echo(words.format(n=of), err=True)


def _in_context(found: searching.Found, indexed: Indexed, by: str | None) -> Told:
    transcripts = {transcript.id: transcript for transcript in indexed.state.ready}
    documents = len({hit.document for hit in found.hits})
    head = _("{hits} in {documents}.").format(
        hits=ngettext("{n} hit", "{n} hits", len(found.hits)).format(n=len(found.hits)),
        documents=ngettext("{n} interview", "{n} interviews", documents).format(n=documents),
    )
    left = max((len(line.left) for line in found.lines), default=0)
    rows: list[dict[str, Any]] = []
    shown: list[str] = []
    for line in found.lines:
        transcript = transcripts[line.hit.document]
        turn = transcript.turn_at(line.hit.start)
        rows.append(
            {
                "transcript": transcript.name,
                "case": transcript.case or None,
                "informant": str(transcript.informant) if transcript.informant else None,
                "speaker": turn.speaker if turn else "",
                "turn": line.hit.turn,
                "start": line.hit.start,
                "end": line.hit.end,
                "left": line.left,
                "keyword": line.keyword,
                "right": line.right,
                "form": line.hit.form,
                "reading": line.hit.reading,
                "sure": line.hit.sure,
            }
        )
        keyword = " ".join(line.keyword.split())
        shown.append(f"{transcript.name} {line.hit.start}: {line.left.rjust(left)}[[{keyword}]]{line.right}")
    if 0 < len(rows) < len(found.hits):
        shown.append(_("… and {n} more (--most shows more).").format(n=len(found.hits) - len(rows)))
    forms = [f"{times:>7}  {form}" for form, times in found.forms]
    data = {
        "query": found.query.text,
        "hits": len(found.hits),
        "forms": [{"form": form, "times": times} for form, times in found.forms],
        "also": [{"form": form, "times": times} for form, times in found.beside],
        "lines": rows,
        "not_searched": [transcript.name for transcript in indexed.state.missing],
    }
    beside = searching.also_found(found.beside)
    below = [beside[:1].upper() + beside[1:] + " " + _("(--also shows them)")] if beside else []
    about = [said for said in (found.remark, found.shortfall) if said]
    return Told(data, [head, *about, *(forms if by else shown), *below])


def _plain(found: searching.PlainFound, typed: str, indexed: Indexed) -> Told:
    names = {transcript.id: transcript.name for transcript in indexed.state.ready}
    rows, shown = [], []
    for hit, memo in found.hits:
        where = names.get(hit.target_id, _("memo"))
        snippet = "".join(f"[[{piece}]]" if was_found else piece for piece, was_found in hit.parts)
        rows.append(
            {
                "kind": hit.kind,
                "transcript": names.get(hit.target_id),
                "memo": memo.id if memo else None,
                "start": hit.place.start,
                "end": hit.place.end,
                "snippet": [{"text": piece, "found": was_found} for piece, was_found in hit.parts],
            }
        )
        shown.append(f"{where} {hit.place.start}: {' '.join(snippet.split())}")
    head = ngettext("{n} place.", "{n} places.", len(rows)).format(n=len(rows))
    about = [found.shortfall] if found.shortfall else []
    data = {"query": typed, "lines": rows, "not_searched": [t.name for t in indexed.state.missing]}
    return Told(data, [head, *about, *shown])


@verb(
    "similar",
    _(
        "List passages of PROJECT that use the same words as the fragments of a code (or as one place), and the "
        "words they share. It finds the same words, not the same meaning; nothing is coded by itself."
    ),
)
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
def similar(
    project: Project, code: str | None, place: str | None, accept: str | None, refuse: str | None, most: int
) -> Told:
    """Offer passages; take one in or refuse one."""
    if (code is None) == (place is None):
        raise click.UsageError(_("Name a code (--code) or a place (--place), one of the two."))
    if accept or refuse:
        return _decided(project, code or "", accept, refuse)
    finder = Similar(project)
    if code is not None:
        offers = finder.to_code(project.codebook.get(code), most=most)
    else:
        offers = finder.to_place(*_place(project, place or ""), most=most)
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
    return Told({"explanation": explanation(), "code": code, "place": place, "passages": data}, lines)


def _decided(project: Project, slug: str, accepted: str | None, refused: str | None) -> Told:
    """Give the place that was accepted the code, or remember that it was refused."""
    if not slug:
        raise InputError(_("Say for which code (--code)."))
    code = project.codebook.get(slug)
    transcript, span = _place(project, accepted or refused or "")
    offer = Offer(transcript, span, 0.0, ())
    data = {"transcript": transcript.name, "start": span.start, "end": span.end, "code": code.slug}
    if accepted:
        coding = accept(project, offer, code)
        return Told({**data, "coding": coding.id}, [_("Coded: {text}").format(text=offer.text)])
    refuse(project, offer, code)
    return Told({**data, "refused": True}, [_("Not offered again for {code}.").format(code=code.slug)])


def _place(project: Project, typed: str) -> tuple[Transcript, Span]:
    name, _colon, places = typed.rpartition(":")
    start, _dash, end = places.replace("–", "-").partition("-")
    if not (name and start.isdecimal() and end.isdecimal()):
        raise InputError(_("Write a place as NAME:START-END, for instance casus-04-ouder:120-180."))
    transcript = project.transcripts.get(name)
    problem = span_problem(transcript, int(start), int(end))
    if problem:
        raise InputError(problem)
    return transcript, Span(int(start), int(end))
