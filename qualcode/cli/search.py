"""`qualcode search`: words in their context, through all interviews."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly
from qualcode.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from qualcode.store.project import Project
    from qualcode.tasks.searching.indexing import Indexed
    from qualcode.tasks.searching.search import Found

_HELP = N_(
    "Search the interviews of PROJECT. A word finds all its forms, also a split verb (terugtrekken: trok … terug); "
    '"zo is het" finds just these words; *gesprek* any letters; hulp ~5 vragen two words at most five apart; '
    "and, or, not (en, of, niet); informant:ouder, case:04, speaker:M, code:tijd and uncoded say where."
)


@click.command("search", help=_(_HELP))
@project_argument
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
    "--most", type=click.IntRange(1), default=500, show_default=True, help=_("Show at most so many.")
)
@click.option(
    "--width", type=click.IntRange(0, 500), default=40, show_default=True, help=_("Context on each side.")
)
@click.option("--plain", is_flag=True, help=_("Just these letters, in interviews and memos."))
@click.option("--save", metavar=_("NAME"), help=_("Keep the question under a name."))
@click.option("--saved", metavar=_("NAME"), help=_("Ask the question that is kept under that name."))
@click.option("--list", "list_saved", is_flag=True, help=_("List the questions that are kept."))
@as_option
@json_option
@said_plainly
def command(
    project: Path,
    query: tuple[str, ...],
    sort: str,
    by: str | None,
    without: tuple[str, ...],
    most: int,
    width: int,
    plain: bool,
    save: str | None,
    saved: str | None,
    list_saved: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Search, or say which questions are kept."""
    from qualcode.errors import NotFoundError
    from qualcode.language.search import Order
    from qualcode.store.project import open_project
    from qualcode.tasks.searching import search
    from qualcode.tasks.searching.indexing import bring_up_to_date

    with open_project(project, coder) as opened:
        kept = search.saved_searches(opened)
        if list_saved:
            emit(as_json, {"searches": kept}, [f"{name}: {typed}" for name, typed in kept.items()])
            return
        if saved is not None and saved not in kept:
            raise NotFoundError(_("No question is kept under the name “{name}”.").format(name=saved))
        typed = kept[saved] if saved is not None else " ".join(query)
        indexed = bring_up_to_date(opened, told=None if as_json else _tell)
        if plain:
            _show_plain(opened, typed, indexed, most, as_json)
            return
        found = search.find(
            opened, typed, indexed, order=Order(sort), without=without, most=0 if by else most, width=width
        )
        if save:
            search.save_search(opened, save, typed)
    _show(found, indexed, by, as_json)


def _tell(done: int, of: int) -> None:
    if done == 0:
        words = ngettext("Reading the words of {n} interview…", "Reading the words of {n} interviews…", of)
        click.echo(words.format(n=of), err=True)


def _show(found: Found, indexed: Indexed, by: str | None, as_json: bool) -> None:
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
        "lines": rows,
        "not_searched": [transcript.name for transcript in indexed.state.missing],
    }
    about = [found.shortfall] if found.shortfall else []
    emit(as_json, data, [head, *about, *(forms if by else shown)])


def _show_plain(project: Project, typed: str, indexed: Indexed, most: int, as_json: bool) -> None:
    from qualcode.tasks.searching.search import find_plain

    found = find_plain(project, typed, indexed, most=most)
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
    emit(as_json, data, [head, *about, *shown])
