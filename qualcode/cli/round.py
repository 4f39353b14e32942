"""`qualcode round …`: sealed, independent passes over the same interviews."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly, table
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.store.project import Project
    from qualcode.store.records.seals import Round

as_required = click.option("--as", "coder", required=True, metavar=_("CODER"), help=_("Who you are."))


@click.group("round", help=_("Code independently in sealed rounds: start one, see how far it is, close it."))
def command() -> None:
    """Group of verbs on rounds."""


@command.command("start", help=_("Start a round in PROJECT over TRANSCRIPTS (without any: all)."))
@project_argument
@click.argument("transcripts", nargs=-1)
@click.option(
    "--coder", "people", multiple=True, help=_("Who takes part (repeat it); without: all who code.")
)
@click.option("--name", default="", help=_("A name for the round."))
@as_required
@json_option
@said_plainly
def start(
    project: Path, transcripts: tuple[str, ...], people: tuple[str, ...], name: str, coder: str, as_json: bool
) -> None:
    """Start a round."""
    from qualcode.store.project import open_project

    with open_project(project, coder) as opened:
        chosen = [opened.transcripts.get(one) for one in transcripts] or opened.transcripts.all()
        coders = [opened.coders.get(one) for one in people] or opened.coders.pair()
        data = _data(opened, opened.rounds.start(chosen, coders, name))
    line = _("Started {round}: {n} interviews, sealed until all have marked them done.").format(
        round=data["label"], n=len(data["transcripts"])
    )
    emit(as_json, data, [line])


@command.command("show", help=_("Show the rounds of PROJECT, or how far one ROUND is."))
@project_argument
@click.argument("round_", metavar=_("ROUND"), required=False)
@json_option
@said_plainly
def show(project: Path, round_: str | None, as_json: bool) -> None:
    """Show rounds."""
    from qualcode.store.project import open_project

    with open_project(project) as opened:
        chosen = [opened.rounds.get(round_)] if round_ else opened.rounds.all()
        data = [_data(opened, one) for one in chosen]
    lines = [] if data else [_("There is no round yet. Start one with: qualcode round start")]
    for one in data:
        state = _("running") if one["running"] else _("closed")
        lines.append(f"{one['label']} · {state} · {', '.join(one['coders'])}")
        rows = [[t["name"], t["state_label"], ", ".join(t["done"]) or "–"] for t in one["transcripts"]]
        lines += [f"  {line}" for line in table(rows)]
        lines += [
            f"  {_('seal opened')}: {o['transcript']} ({o['coder']}: {o['reason']})" for o in one["openings"]
        ]
        lines += [
            f"  {answer['coder']} · {answer['asked']} {answer['text']}" for answer in one["reflections"]
        ]
    emit(as_json, {"rounds": data}, lines)


@command.command("close", help=_("Close a ROUND of PROJECT, when all of it has been marked done."))
@project_argument
@click.argument("round_", metavar=_("ROUND"))
@as_option
@json_option
@said_plainly
def close(project: Path, round_: str, coder: str | None, as_json: bool) -> None:
    """Close a round."""
    from qualcode.store.project import open_project

    with open_project(project, coder) as opened:
        opened.rounds.close(opened.rounds.get(round_))
        data = _data(opened, opened.rounds.get(round_))
    line = _("Closed {round}. Look back on it together with: qualcode round reflect").format(
        round=data["label"]
    )
    emit(as_json, data, [line])


@command.command(
    "open-seal", help=_("Open the seal of TRANSCRIPTS in a ROUND of PROJECT before all are done.")
)
@project_argument
@click.argument("round_", metavar=_("ROUND"))
@click.argument("transcripts", nargs=-1, required=True)
@click.option("--reason", required=True, help=_("Why; it is kept in the journal."))
@as_required
@json_option
@said_plainly
def open_seal(
    project: Path, round_: str, transcripts: tuple[str, ...], reason: str, coder: str, as_json: bool
) -> None:
    """Open seals with a reason."""
    from qualcode.store.project import open_project

    with open_project(project, coder) as opened:
        one = opened.rounds.get(round_)
        opened.rounds.open_seal(one, [opened.transcripts.get(name) for name in transcripts], reason)
        data = _data(opened, one)
    emit(
        as_json,
        data,
        [_("Opened: {names}. The reason is in the journal.").format(names=", ".join(transcripts))],
    )


@command.command("reflect", help=_("Look back on a ROUND: show the five questions, or answer one."))
@project_argument
@click.argument("round_", metavar=_("ROUND"))
@click.argument("question", required=False)
@click.argument("text", required=False, default="")
@as_option
@json_option
@said_plainly
def reflect(
    project: Path, round_: str, question: str | None, text: str, coder: str | None, as_json: bool
) -> None:
    """Show or answer the questions after a round."""
    from qualcode.store.project import open_project
    from qualcode.store.records.reflections import QUESTIONS

    if question is not None and question not in QUESTIONS:
        raise click.BadParameter(_("choose from: {known}").format(known=", ".join(QUESTIONS)))
    with open_project(project, coder) as opened:
        one = opened.rounds.get(round_)
        if question is not None:
            opened.reflections.answer(one, question, text)
        answers = _answers(opened, one)
    data = {"questions": {key: _(words) for key, words in QUESTIONS.items()}, "answers": answers}
    lines = []
    for key, words in QUESTIONS.items():
        lines.append(f"{key}: {_(words)}")
        lines += [f"  {a['coder']}: {a['text']}" for a in answers if a["question"] == key]
    emit(as_json, data, lines)


def _data(opened: Project, one: Round) -> dict[str, Any]:
    from qualcode.tasks.comparing.rounds import standings

    one = opened.rounds.get(one.id)
    names = {coder.id: coder.name for coder in opened.coders.all()}
    transcripts = {t.id: t.name for t in opened.transcripts.all()}
    return {
        "id": one.id,
        "number": one.number,
        "name": one.name,
        "label": one.label,
        "running": one.running,
        "coders": [names[key] for key in one.coders],
        "owner": names.get(one.coder_id or ""),
        "started_at": one.started_at,
        "closed_at": one.closed_at,
        "codebook": one.codebook,
        "transcripts": [
            {
                "name": s.transcript.name,
                "state": s.state.value,
                "state_label": s.state.label,
                "done": [coder.name for coder in s.done],
            }
            for s in standings(opened, one)
        ],
        "openings": [
            {
                "transcript": transcripts[opening.transcript_id],
                "coder": names[opening.coder_id],
                "reason": opening.reason,
                "at": opening.at,
            }
            for opening in opened.rounds.openings(one)
        ],
        "reflections": _answers(opened, one),
    }


def _answers(opened: Project, one: Round) -> list[dict[str, str]]:
    from qualcode.store.records.reflections import QUESTIONS

    names = {coder.id: coder.name for coder in opened.coders.all()}
    return [
        {
            "question": answer.question,
            "asked": _(QUESTIONS[answer.question]),
            "coder": names[answer.coder_id],
            "text": answer.text,
            "at": answer.at,
        }
        for answer in opened.reflections.of(one)
    ]
