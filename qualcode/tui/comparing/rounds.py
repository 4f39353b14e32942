"""Rounds from the terminal: start one, see how far it is, close it, open a seal, look back on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, SelectionList, Static, TextArea
from textual.widgets.selection_list import Selection

from qualcode.i18n import N_, _
from qualcode.model import Coder, Transcript
from qualcode.store.records.reflections import QUESTIONS
from qualcode.store.records.seals import Round
from qualcode.tasks.comparing.comparison import kept_sample
from qualcode.tasks.comparing.independence import audit
from qualcode.tasks.comparing.rounds import RoundState, interviews_in
from qualcode.tui.actions import unseen
from qualcode.tui.common.dialog import Choose, Dialog, OneLine, TextPage, buttons, field
from qualcode.tui.program import Program
from qualcode.tui.session import Session


@dataclass(frozen=True, slots=True)
class NewRound:
    """What a round is to be: ids of transcripts and coders."""

    name: str
    transcripts: tuple[str, ...]
    coders: tuple[str, ...]


class StartRound(Dialog[NewRound]):
    """A name, the interviews, and who codes them."""

    BINDINGS = unseen({"escape": "close", "ctrl+s": "start"}, priority=True)
    HELP_LINE = N_("Tab goes on · Space ticks · ctrl+s starts it · Esc closes")

    def __init__(self, transcripts: list[Transcript], coders: list[Coder], drawn: set[str]) -> None:
        super().__init__(_("Start a round"))
        self._transcripts = transcripts
        self._coders = coders
        self._drawn = drawn

    def body(self) -> ComposeResult:
        """The fields; interviews that were drawn to be coded twice are ticked, else all."""
        about = _(
            "While it runs nobody sees another's codings. When all have marked an interview done it is frozen."
        )
        yield Static(Content(about))
        yield from field(_("Name (if you like)"), Input(id="name"))
        ticked = self._drawn or {transcript.id for transcript in self._transcripts}
        yield SelectionList(
            *(Selection(Content(t.name), t.id, t.id in ticked) for t in self._transcripts), id="transcripts"
        )
        yield SelectionList(
            *(Selection(Content(f"{c.name} · {c.kind.label}"), c.id, True) for c in self._coders), id="coders"
        )
        yield from buttons(start=_("Start"))

    @on(Input.Submitted)
    @on(Button.Pressed)
    def action_start(self) -> None:
        """Start it as it stands here."""
        self.dismiss(
            NewRound(
                self.query_one("#name", Input).value,
                tuple(self.query_one("#transcripts", SelectionList).selected),
                tuple(self.query_one("#coders", SelectionList).selected),
            )
        )


class LookBack(Dialog[dict[str, str]]):
    """The five questions, each with room for a short answer; the answer is what was written, by question."""

    BINDINGS = unseen({"escape,ctrl+s": "keep", "ctrl+x": "close"}, priority=True)
    DEFAULT_CSS = (
        "LookBack #answers { height: 24; max-height: 80%; } LookBack #answers TextArea { height: 3; }"
    )
    HELP_LINE = N_("Tab goes to the next question · Esc keeps the answers · ctrl+x leaves them as they were")

    def __init__(self, title: str, before: dict[str, str]) -> None:
        super().__init__(title)
        self._before = before

    def body(self) -> ComposeResult:
        """Question by question."""
        with VerticalScroll(id="answers", can_focus=False):
            for key, question in QUESTIONS.items():
                yield Static(Content.styled(_(question), "bold"))
                yield TextArea(self._before.get(key, ""), id=key, soft_wrap=True, tab_behavior="focus")

    def on_mount(self) -> None:
        """Begin with the first."""
        self.query(TextArea).first().focus()

    def action_keep(self) -> None:
        """Keep what was written."""
        self.dismiss({key: self.query_one(f"#{key}", TextArea).text.strip() for key in QUESTIONS})


class RoundWindows:
    """What one can do with rounds, each with the windows it takes."""

    def __init__(self, app: Program, session: Session, then: Callable[[], object]) -> None:
        self._app = app
        self._session = session
        self._project = session.project
        self._then = then

    def start(self) -> None:
        """Ask what the round is to be, and start it."""
        rounds = self._project.rounds.all()
        busy = {key for one in rounds if one.running for key in one.transcripts}
        free = [transcript for transcript in self._session.transcripts if transcript.id not in busy]
        sample = kept_sample(self._project)
        drawn = set(sample.drawn) & {t.id for t in free} if sample else set()

        def filled_in(wanted: NewRound) -> None:
            one = self._project.rounds.start(
                [t for t in free if t.id in wanted.transcripts],
                [c for c in self._project.coders.pair() if c.id in wanted.coders],
                wanted.name,
            )
            self._app.notify(_("{round} has begun.").format(round=one.label))
            self._session.reload()
            self._then()

        self._app.ask(StartRound(free, self._project.coders.pair(), drawn), filled_in)

    def show(self) -> None:
        """Say how far every round is, and what can be claimed of how each interview was read."""
        claims = {(claim.one.id, claim.transcript.id): claim for claim in audit(self._project) if claim.one}
        names = {coder.id: coder.name for coder in self._project.coders.all()}
        parts: list[Content] = []
        for one in self._project.rounds.all():
            state = _("running") if one.running else _("closed")
            people = ", ".join(names.get(key, "?") for key in one.coders)
            parts.append(Content.styled(f"{one.label} · {state} · {people}", "bold"))
            for each in interviews_in(self._project, one):
                done = ", ".join(coder.name for coder in each.done)
                told = f"  {each.transcript.name}: {each.state.label}"
                if each.state is not RoundState.FROZEN and done:
                    told += " · " + _("done by {names}").format(names=done)
                claim = claims.get((one.id, each.transcript.id))
                if claim is not None and claim.state is not None:
                    told += f" · {claim.state.label}"
                parts.append(Content(told))
                parts += [Content(f"    {coder.name}: {why.label}") for coder, why in each.waiting]
            parts.append(Content(""))
        words = Content("\n").join(parts) if parts else Content(_("There was no round yet."))
        self._app.push_screen(TextPage(_("Rounds"), words))

    def close(self) -> None:
        """Close a running round."""

        def close(one: Round) -> None:
            self._project.rounds.close(one)
            self._app.notify(
                _("{round} is closed. Look back on it while it is fresh.").format(round=one.label)
            )
            self._session.reload()
            self._then()

        self._pick([one for one in self._project.rounds.all() if one.running], close)

    def open_seal(self) -> None:
        """Open the seal of an interview, with a reason that is kept."""

        def which(one: Round) -> None:
            sealed = [s.transcript for s in interviews_in(self._project, one) if s.state is RoundState.SEALED]
            options = [(transcript.name, transcript) for transcript in sealed]

            def chosen(transcript: Transcript) -> None:
                why = OneLine(_("Why must it be opened before all have finished?"))
                self._app.ask(why, lambda reason: self._open(one, transcript, reason))

            if options:
                self._app.ask(Choose(_("Open the seal of which interview?"), options), chosen)
            else:
                self._app.notify(_("Nothing is sealed in {round}.").format(round=one.label))

        self._pick([one for one in self._project.rounds.all() if one.running], which)

    def _open(self, one: Round, transcript: Transcript, why: str) -> None:
        self._project.rounds.open_seal(one, [transcript], why)
        self._session.reload()
        self._then()

    def look_back(self) -> None:
        """Answer the five questions after a round."""
        self._pick(list(reversed(self._project.rounds.all())), self.answer)

    def answer(self, one: Round) -> None:
        """Ask the five questions after one round."""
        me = self._project.require_coder()
        mine = {r.question: r.text for r in self._project.reflections.of(one) if r.coder_id == me.id}

        def written(answers: dict[str, str]) -> None:
            with self._project.transaction("reflection.answer"):
                for question, text in answers.items():
                    if text and text != mine.get(question):
                        self._project.reflections.answer(one, question, text)

        self._app.ask(LookBack(_("Looking back on {round}").format(round=one.label), mine), written)

    def _pick(self, rounds: list[Round], then: Callable[[Round], object]) -> None:
        """Go on with the one round there is, or the one that is chosen; say so if there is none."""
        if not rounds:
            self._app.notify(_("There is no round to do that with."), timeout=4)
        elif len(rounds) == 1:
            with self._app.saying():
                then(rounds[0])
        else:
            self._app.ask(Choose(_("Which round?"), [(one.label, one) for one in rounds]), then)
