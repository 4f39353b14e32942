"""`qualcode round …`: sealed, independent passes over the same interviews."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.verbs import A_PATH, Told, as_option, as_required, coder_names, table, verb
from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.store.records.reflections import QUESTIONS
from qualcode.tasks.comparing.appendix import other_figures
from qualcode.tasks.comparing.independence import audit, evidence, in_words
from qualcode.tasks.comparing.rounds import interviews_in

if TYPE_CHECKING:
    from qualcode.store.project import Project
    from qualcode.store.records.seals import Round

round_argument = click.argument("round_", metavar=_("ROUND"))

rounds = click.Group(
    "round", help=_("Code independently in sealed rounds: start one, see how far it is, close it.")
)


@verb("start", _("Start a round in PROJECT over TRANSCRIPTS (without any: all)."), of=rounds)
@click.argument("transcripts", nargs=-1)
@click.option(
    "--coder", "people", multiple=True, help=_("Who takes part (repeat it); without: all who code.")
)
@click.option("--name", default="", help=_("A name for the round."))
@as_required
def start(project: Project, transcripts: tuple[str, ...], people: tuple[str, ...], name: str) -> Told:
    """Start a round."""
    chosen = [project.transcripts.get(one) for one in transcripts] or project.transcripts.all()
    coders = [project.coders.get(one) for one in people] or project.coders.pair()
    data = _data(project, project.rounds.start(chosen, coders, name))
    line = _("Started {round}: {n} interviews, sealed until all have marked them done.")
    return Told(data, [line.format(round=data["label"], n=len(data["transcripts"]))])


@verb("show", _("Show the rounds of PROJECT, or how far one ROUND is."), of=rounds)
@click.argument("round_", metavar=_("ROUND"), required=False)
def show(project: Project, round_: str | None) -> Told:
    """Show rounds."""
    chosen = [project.rounds.get(round_)] if round_ else project.rounds.all()
    data = [_data(project, one) for one in chosen]
    lines = [] if data else [_("There is no round yet. Start one with: qualcode round start")]
    for one in data:
        state = _("running") if one["running"] else _("closed")
        lines.append(f"{one['label']} · {state} · {', '.join(one['coders'])}")
        rows = [[t["name"], t["state_label"], ", ".join(t["done"]) or "–"] for t in one["transcripts"]]
        lines += [f"  {line}" for line in table(rows)]
        lines += [
            f"  {t['name']}: {w['coder']}: {w['label']}" for t in one["transcripts"] for w in t["waiting"]
        ]
        lines += [
            f"  {_('seal opened')}: {o['transcript']} ({o['coder']}: {o['reason']})" for o in one["openings"]
        ]
        lines += [
            f"  {answer['coder']} · {answer['asked']} {answer['text']}" for answer in one["reflections"]
        ]
    return Told({"rounds": data}, lines)


@verb("close", _("Close a ROUND of PROJECT, when all of it has been marked done."), of=rounds)
@round_argument
@as_option
def close(project: Project, round_: str) -> Told:
    """Close a round."""
    project.rounds.close(project.rounds.get(round_))
    data = _data(project, project.rounds.get(round_))
    line = _("Closed {round}. Look back on it together with: qualcode round reflect")
    return Told(data, [line.format(round=data["label"])])


@verb("open-seal", _("Open the seal of TRANSCRIPTS in a ROUND of PROJECT before all are done."), of=rounds)
@round_argument
@click.argument("transcripts", nargs=-1, required=True)
@click.option("--reason", required=True, help=_("Why; it is kept in the journal."))
@as_required
def open_seal(project: Project, round_: str, transcripts: tuple[str, ...], reason: str) -> Told:
    """Open seals with a reason."""
    one = project.rounds.get(round_)
    project.rounds.open_seal(one, [project.transcripts.get(name) for name in transcripts], reason)
    line = _("Opened: {names}. The reason is in the journal.").format(names=", ".join(transcripts))
    return Told(_data(project, one), [line])


@verb("reflect", _("Look back on a ROUND: show the five questions, or answer one."), of=rounds)
@round_argument
@click.argument("question", required=False)
@click.argument("text", required=False, default="")
@as_option
def reflect(project: Project, round_: str, question: str | None, text: str) -> Told:
    """Show or answer the questions after a round."""
    if question is not None and question not in QUESTIONS:
        raise click.BadParameter(_("choose from: {known}").format(known=", ".join(QUESTIONS)))
    one = project.rounds.get(round_)
    if question is not None:
        project.reflections.answer(one, question, text)
    answers = _answers(project, one)
    lines = []
    for key, words in QUESTIONS.items():
        lines.append(f"{key}: {_(words)}")
        lines += [f"  {a['coder']}: {a['text']}" for a in answers if a["question"] == key]
    data = {"questions": {key: _(words) for key, words in QUESTIONS.items()}, "answers": answers}
    return Told(data, lines)


@verb(
    "audit",
    _("Say of every interview of PROJECT what can be claimed of how it was read, and what proves it."),
)
@click.option(
    "--figures",
    type=A_PATH,
    metavar=_("FILE"),
    help=_("Count the figures of an appendix (export agreement, as .json) again."),
)
def audit_(project: Project, figures: Path | None) -> Told:
    """Say what can be claimed; the exit code is 1 where something does not bear out what was fixed, or told."""
    if figures is not None:
        return _counted_again(project, figures)
    names, found = coder_names(project), audit(project)
    data = [
        {
            "transcript": claim.transcript.name,
            "round": claim.one.number if claim.one else None,
            "coders": [coder.name for coder in claim.coders],
            "state": str(claim.state) if claim.state else "still-sealed",
            "label": claim.state.label if claim.state else _("still sealed"),
            "doubts": [str(doubt) for doubt in claim.doubts],
            "opened": [{"by": names[o.coder_id], "reason": o.reason, "at": o.at} for o in claim.opened],
            **evidence(project, claim),
        }
        for claim in found
    ]
    lines = [line for claim in found for line in in_words(claim, names)]
    nothing = [_("No interview was read by more than one person yet.")]
    return Told(
        {"project": project.id, "claims": data}, lines or nothing, int(any(claim.broken for claim in found))
    )


def _counted_again(project: Project, path: Path) -> Told:
    try:
        found = other_figures(project, json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(
            _("{path} cannot be read: {detail}.").format(path=path, detail=error.strerror)
        ) from error
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        words = _(
            "{path} is no appendix with figures. Make one with: qualcode export agreement PROJECT -o FILE.json"
        )
        raise InputError(words.format(path=path)) from error
    same = _("All figures of {path} come out the same.").format(path=path.name)
    return Told({"figures": str(path), "otherwise": found}, found or [same], int(bool(found)))


def _data(project: Project, one: Round) -> dict[str, Any]:
    one = project.rounds.get(one.id)
    names = coder_names(project)
    transcripts = {t.id: t.name for t in project.transcripts.all()}
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
                "waiting": [
                    {"coder": coder.name, "why": str(why), "label": why.label} for coder, why in s.waiting
                ],
            }
            for s in interviews_in(project, one)
        ],
        "openings": [
            {
                "transcript": transcripts[opening.transcript_id],
                "coder": names[opening.coder_id],
                "reason": opening.reason,
                "at": opening.at,
            }
            for opening in project.rounds.openings(one)
        ],
        "reflections": _answers(project, one),
    }


def _answers(project: Project, one: Round) -> list[dict[str, str]]:
    names = coder_names(project)
    return [
        {
            "question": answer.question,
            "asked": _(QUESTIONS[answer.question]),
            "coder": names[answer.coder_id],
            "text": answer.text,
            "at": answer.at,
        }
        for answer in project.reflections.of(one)
    ]
