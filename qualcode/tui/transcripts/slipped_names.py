"""Looking for names that slipped through: in interviews that are stored, and in what was written beside them."""

from __future__ import annotations

from functools import partial

from qualcode.i18n import _, ngettext
from qualcode.model import Transcript
from qualcode.pseudonyms.review import Review
from qualcode.store.project import Project
from qualcode.store.records.pseudonyms import NameState
from qualcode.tasks.transcripts.hiding import hide_beside, hide_decided, stored_review
from qualcode.tasks.transcripts.names import Slip, mark_reviewed, name_states, scan
from qualcode.tui.common.dialog import Choose
from qualcode.tui.common.place import faces
from qualcode.tui.common.working import HowFar, working
from qualcode.tui.program import Program
from qualcode.tui.session import Session
from qualcode.tui.transcripts.names_review import NamesReview

_FINE = (NameState.CLEAR, NameState.REVIEWED)


async def look_for_names(app: Program, session: Session, chosen: Transcript | None) -> None:
    """Ask where to look, and decide on what is found there. Call it from an async worker."""
    project = session.project
    states = name_states(project, session.transcripts)
    waiting = [one for one in session.transcripts if states[one.id] not in _FINE]
    ways = []
    if chosen is not None:
        ways.append((_("Look through {name}").format(name=faces(chosen.name)), "one"))
    if waiting:
        words = ngettext(
            "Look through the {n} interview that still has to be read",
            "Look through the {n} interviews that still have to be read",
            len(waiting),
        )
        ways.append((words.format(n=len(waiting)), "waiting"))
    ways.append((_("Look through labels, memos, cases, reasons and themes"), "beside"))
    if chosen is not None and chosen in waiting:
        words = _("I have read {name}: no name is left in it").format(name=faces(chosen.name))
        ways.append((words, "read"))
    way = await app.push_screen_wait(Choose(_("Names"), ways))
    if way == "read" and chosen is not None:
        mark_reviewed(project, chosen)
    elif way == "beside":
        await _beside(app, session)
    elif way is not None:
        await _through(app, project, [chosen] if way == "one" and chosen else waiting)


async def _through(app: Program, project: Project, transcripts: list[Transcript]) -> None:
    """Decide on the names in stored interviews, one after another."""
    for n, transcript in enumerate(transcripts, 1):
        review = await working(app, _("Looking for names"), partial(_review, project, transcript))
        title = transcript.name if len(transcripts) == 1 else f"{transcript.name} ({n} / {len(transcripts)})"
        if review.groups and not await app.push_screen_wait(NamesReview(review, title)):
            return
        replaced = await working(
            app, _("Replacing names"), partial(_carry_out, project, transcript, review), keep=True
        )
        words = ngettext("{name}: {n} name replaced.", "{name}: {n} names replaced.", replaced)
        if not review.groups:
            words = _("{name}: no names were found. Read it all the same.")
        app.notify(words.format(name=transcript.name, n=replaced), timeout=5)


def _review(project: Project, transcript: Transcript, _told: HowFar) -> Review:
    return stored_review(project, transcript)


def _carry_out(project: Project, transcript: Transcript, review: Review, _told: HowFar) -> int:
    return hide_decided(project, transcript, review)


async def _beside(app: Program, session: Session) -> None:
    """Show what may be a name beside the texts, and hide what somebody points at."""
    passed: set[str] = set()
    while True:
        slips = await working(app, _("Looking for names"), lambda _told: scan(session.project, texts=False))
        slips = [slip for slip in slips if slip.proposal.text not in passed]
        if not slips:
            app.notify(_("No names were found beside the interviews."), timeout=5)
            return
        ways = [(_line(slip), slip) for slip in slips]
        slip = await app.push_screen_wait(Choose(_("Names beside the interviews"), ways))
        if slip is None:
            return
        name = slip.proposal.text
        answers = [(_("Replace it everywhere beside the interviews"), True), (_("It is no name"), False)]
        answer = await app.push_screen_wait(Choose(faces(name), answers, about=faces(slip.text[:600])))
        if answer:
            used, places = hide_beside(session.project, name, slip.proposal.kind)
            app.notify(
                ngettext("{pseudonym} in {n} place.", "{pseudonym} in {n} places.", places).format(
                    pseudonym=used, n=places
                )
            )
        elif answer is False:
            passed.add(name)


def _line(slip: Slip) -> str:
    start = max(0, slip.proposal.start - 20)
    around = faces(slip.text[start : slip.proposal.end + 20])
    return f"{faces(slip.proposal.text)} · {slip.where} · {around}"
