"""Hide names that slipped through: in a stored interview, with every coding carried along, and all around it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.pseudonyms.detect import Registry, forms
from qualcode.pseudonyms.giving import NameDecisions, Replacement, number_of, shown
from qualcode.pseudonyms.giving import replace as replaced
from qualcode.pseudonyms.lists import name_lists
from qualcode.pseudonyms.page import NamePage
from qualcode.pseudonyms.proposals import KnownName, NameKind
from qualcode.pseudonyms.review import Review
from qualcode.store.file.backups import wipe_traces
from qualcode.store.journal.forgotten import stored_hider
from qualcode.store.journal.hiding import hide_in_texts, hide_in_words
from qualcode.store.records.pseudonyms import NameState
from qualcode.tasks.transcripts.names import (
    cast_in,
    enlist,
    in_case,
    pipeline_layers,
    pseudonyms_for,
    state_after,
    words_in_file_name,
)
from qualcode.text.revisions import Edit

if TYPE_CHECKING:
    from qualcode.model import Transcript
    from qualcode.store.project import Project


def hide(
    project: Project,
    transcript: Transcript,
    name: str,
    *,
    kind: NameKind = NameKind.PERSON,
    pseudonym: str = "",
) -> tuple[str, int]:
    """Replace a name in all its forms in a stored interview; returns the pseudonym and the number of places.

    Labels of speakers, titles, memos and reasons of the whole project that hold it are cleaned too. The text
    and the words before are wiped at once, so it cannot be undone. Raises `InputError` if the name stands in
    none of these.
    """
    known_here = (one.pseudonym for one in cast_in(project, transcript.case)(name) if one.text == name)
    pseudonym = pseudonym or next(known_here, "")
    known = KnownName(
        (name,), kind, pseudonym or pseudonyms_for(project, transcript.language).new(kind, name)
    )
    page = NamePage(transcript.text, name_lists(), transcript.language)
    found = Registry([known]).proposals(page)
    places = tuple(Replacement(one.start, one.end, known.pseudonym) for one in found)
    written = {name, *(transcript.text[place.start : place.end] for place in places)}
    decisions = NameDecisions(places, dict.fromkeys(written, known.pseudonym))
    with project.transaction("names.hide"):
        around = _carry_out(project, transcript, decisions, [known])
        if not places and not around:
            raise InputError(
                _("“{words}” does not stand in {name}.").format(words=name, name=transcript.name)
            )
    wipe_traces(project.db, project.path)
    return known.pseudonym, len(places) + around


def hide_beside(project: Project, name: str, kind: NameKind, language: str = "nl") -> tuple[str, int]:
    """Replace a name wherever it stands in the project; the pseudonym and in how many places it stood."""
    known = KnownName((name,), kind, pseudonyms_for(project, language).new(kind, name))
    with project.transaction("names.hide"):
        places = _carry_out(project, None, NameDecisions((), {name: known.pseudonym}), [known], language)
    wipe_traces(project.db, project.path)
    return known.pseudonym, places


def stored_review(project: Project, transcript: Transcript, participants: Sequence[KnownName] = ()) -> Review:
    """What may still be a name in a stored interview, the labels of its speakers and its title."""
    store = project.names
    in_use = [part for one in store.all() for part in (one.pseudonym, *one.pseudonym.split())]
    labels = dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker)
    titles = (
        words_in_file_name(Path(words)) for words in (f"{transcript.name}.x", transcript.source) if words
    )
    return Review(
        transcript.text,
        participants=participants,
        refused=[*store.not_names(), *in_use],
        outside=[*labels, *(words for title in titles for words in title)],
        pseudonyms=pseudonyms_for(project, transcript.language),
        language=transcript.language,
        more_layers=[
            *pipeline_layers(project, transcript.language),
            cast_in(project, transcript.case),
        ],
    )


def hide_decided(project: Project, transcript: Transcript, review: Review) -> int:
    """Replace what a person decided on in the review of a stored interview, and note that somebody looked.

    Returns the number of names that were replaced. What was there is wiped, as by `hide`.
    """
    store = project.names
    known = review.known()
    with project.transaction("names.hide" if known else "names.state"):
        if known:
            _carry_out(project, transcript, review.decisions(), known)
            enlist(project, [in_case(one, transcript.case) for one in known])
        store.refuse(review.always_refused())
        store.set_state(transcript, state_after(review, NameState.REVIEWED))
    if known:
        wipe_traces(project.db, project.path)
    return len(known)


def _carry_out(
    project: Project,
    transcript: Transcript | None,
    decisions: NameDecisions,
    known: Sequence[KnownName],
    language: str = "nl",
) -> int:
    """Replace in the text, then wherever else these names stand; returns in how many places that was.

    From now on they are replaced in whatever comes in as well.
    """
    store = project.names
    store.hide(_forms(decisions, known, transcript.language if transcript else language), known[0].kind)
    hider = stored_hider(project.db)
    around = hide_in_words(project, hider)
    if transcript is not None and decisions.replacements:
        transcript = project.transcripts.get(transcript.id)
        text, turns = replaced(transcript.text, transcript.turns, decisions)
        edits = [Edit(place.start, place.end, place.words) for place in decisions.replacements]
        project.revisions.make(project.revisions.plan(transcript, text, edits), turns, firm=True)
    around += hide_in_texts(project, hider)
    if decisions.replacements or around:
        store.add((one.pseudonym, one.kind.value, number_of(one.pseudonym)) for one in known)
    return around


def _forms(
    decisions: NameDecisions, known: Sequence[KnownName], language: str
) -> dict[str, tuple[str, bool]]:
    """What replaces each form of the names, and whether the form is an ordinary word as well."""
    page = NamePage("", name_lists(), language)
    found = {
        form: shown(one.pseudonym, form, one.names)
        for one in known
        for name in one.names
        for form in forms(name, one.kind)
    } | dict(decisions.names)
    return {form: (instead, page.is_word(form)) for form, instead in found.items()}
