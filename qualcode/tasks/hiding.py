"""Hide a name that slipped through: in the text of a stored interview, with every coding carried along."""

from __future__ import annotations

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Transcript
from qualcode.pseudonyms.giving import Pseudonyms, number_of
from qualcode.pseudonyms.kinds import Kind
from qualcode.pseudonyms.lists import name_lists
from qualcode.pseudonyms.page import Page
from qualcode.pseudonyms.proposal import Known
from qualcode.pseudonyms.registry import Registry
from qualcode.pseudonyms.replacing import Decisions, Replacement
from qualcode.pseudonyms.replacing import replace as replaced
from qualcode.store.project import Project
from qualcode.store.pseudonyms import PseudonymStore
from qualcode.text.revisions import Edit


def hide(
    project: Project,
    transcript: Transcript,
    name: str,
    *,
    kind: Kind = Kind.PERSON,
    pseudonym: str = "",
) -> tuple[str, int]:
    """Replace a name in all its forms in a stored interview; returns the pseudonym and the number of places.

    The correction is an act like any other, but the text before it is wiped at once, so it cannot
    be undone. Raises `InputError` if the name does not stand in the text.
    """
    store = PseudonymStore(project)
    known = Known((name,), kind, pseudonym or _new(project, store, transcript, name, kind))
    page = Page(transcript.text, name_lists(), transcript.language)
    places = [Replacement(one.start, one.end, known.pseudonym) for one in Registry([known]).proposals(page)]
    if not places:
        raise InputError(_("“{words}” does not stand in {name}.").format(words=name, name=transcript.name))
    text, turns = replaced(transcript.text, transcript.turns, Decisions(tuple(places)))
    edits = [Edit(place.start, place.end, place.words) for place in places]
    with project.act("names.hide"):
        project.revisions.make(project.revisions.plan(transcript, text, edits), turns)
        store.add([(known.pseudonym, kind.value, number_of(known.pseudonym))])
    project.revisions.forget_old_texts()
    store.sweep()
    return known.pseudonym, len(places)


def _new(project: Project, store: PseudonymStore, transcript: Transcript, name: str, kind: Kind) -> str:
    supply = Pseudonyms((one.pseudonym for one in store.all()), language=transcript.language)
    for other in project.transcripts.all():
        supply.take_from(other.text)
    return supply.new(kind, name)
