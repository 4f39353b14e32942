"""The figures of an appendix, counted again: whether the project still says what was published."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qualcode.i18n import LANGUAGES, _, speaking
from qualcode.tasks.comparing.agreement import agree, options_of
from qualcode.tasks.comparing.comparison import compare
from qualcode.tasks.comparing.rounds import inputs_of, round_comparison

if TYPE_CHECKING:
    from qualcode.store.project import Project
    from qualcode.store.records.seals import Round

_COUNTED = ("both", "only_a", "only_b", "neither", "alpha", "kappa", "shared", "f1")


def other_figures(project: Project, appendix: Mapping[str, Any]) -> list[str]:
    """What no longer comes out as an appendix says (the document `agreement` as JSON), in words; empty if all does.

    The figures are counted again over the interviews, and in the round, that it names. Raises `KeyError` or
    `TypeError` if it is no such appendix, `NotFoundError` if a coder of it is not here.
    """
    inputs, told = appendix["inputs"], appendix["agreement"]
    a, b = (project.coders.get(name) for name in told["coders"])
    named = {said["id"] for said in inputs["interviews"].values()}
    transcripts = [t for t in project.transcripts.all() if t.id in named]
    one = _round_called(project, inputs["round"])
    settings = inputs["settings"]
    if one is not None:
        found = round_comparison(project, one, a, b, transcripts)
    else:
        found = compare(
            project, a, b, everything=True, transcripts=transcripts, trimmed=settings["trimmed"],
            interviewer=settings["interviewer"],
        )  # fmt: skip
    now = inputs_of(found)
    lines = [
        _("{name} has another text now, or is no longer here.").format(name=name)
        for name, said in inputs["interviews"].items()
        if now["interviews"].get(name) != said
    ]
    if now["codings"] != inputs["codings"]:
        words = _("The codings are other ones: there were {then}, now there are {now}, or they changed.")
        lines.append(words.format(then=inputs["codings"]["number"], now=now["codings"]["number"]))
    counted = agree(found, options_of(project, found.codes)).to_dict()
    fresh = {row["code"]: row for row in counted["codes"]}
    for row in told["codes"]:
        apart = [name for name in _COUNTED if not _alike(row.get(name), fresh.get(row["code"], {}).get(name))]
        if apart:
            code = appendix["names"].get(row["code"], row["code"])
            lines.append(
                _("{code}: {figures} come out otherwise.").format(code=code, figures=", ".join(apart))
            )
    return lines


def _round_called(project: Project, label: str) -> Round | None:
    """The round that an appendix names, in whatever language."""
    for language in LANGUAGES:
        with speaking(language):
            found = next((one for one in project.rounds.all() if one.label == label), None)
        if found is not None:
            return found
    return None


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return bool(one == other)
