"""Matrices of a project: what is counted against what, ready to be shown."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from qualcode.analysis.matrices import Direction, Matrix, co_occurrence, first_seen, matrix
from qualcode.i18n import N_, _
from qualcode.model import Coding
from qualcode.reports.material import Material
from qualcode.reports.matrix_report import NamedMatrix

# what stands in the columns: id, title, key of its section
KINDS: dict[str, tuple[str, str]] = {
    "case": (N_("Codes by case"), "byCase"),
    "role": (N_("Codes by informant"), "byRole"),
    "themes": (N_("Themes by case"), "themesByCase"),
    "position": (N_("Codes by place in the interview"), "byPosition"),
    "codes": (N_("Codes that stand together"), "together"),
    "transcript": (N_("Codes by interview"), "byTranscript"),
}
_DIRECTIONS: dict[str, Direction] = {
    "case": "case",
    "role": "role",
    "position": "position",
    "transcript": "transcript",
}


def matrix_of(material: Material, kind: str) -> NamedMatrix:
    """One matrix by the id of its kind (`KINDS`)."""
    title, key = KINDS[kind]
    if kind == "codes":
        made, words = _together(material), _("How often two codes share words of an interview.")
    elif kind == "themes":
        made, words = _themes(material), ""
    else:
        made, words = matrix(material.codes, material.codings, material.transcripts, _DIRECTIONS[kind]), ""
    if kind == "position":
        words = _("From the beginning (left) to the end (right) of the interviews.")
    return NamedMatrix(key, _(title), made, words)


def _themes(material: Material) -> Matrix:
    """Themes (with all their codes) by case."""
    at = {transcript.id: transcript for transcript in material.transcripts}
    cells: dict[tuple[Hashable, Hashable], list[Coding]] = {}
    for theme in material.themes:
        for coding in theme.codings:
            cells.setdefault((theme.theme.id, at[coding.transcript_id].case), []).append(coding)
    labels = dict.fromkeys(transcript.case for transcript in material.transcripts)
    return Matrix(
        tuple((theme.theme.id, theme.title) for theme in material.themes),
        tuple((label, label or "–") for label in labels),
        {key: tuple(found) for key, found in cells.items()},
    )


def _together(material: Material) -> Matrix:
    """Codes by codes; a cell holds the codings of the row's code that meet the column's."""
    counts = co_occurrence(material.codes, material.codings)
    used = [code for code in material.codes if any(code.id in pair for pair in counts)]
    per_place: dict[str, list[Coding]] = {}
    for coding in material.codings:
        per_place.setdefault(coding.transcript_id, []).append(coding)
    cells: dict[tuple[Hashable, Hashable], list[Coding]] = {}
    known = {code.id for code in used}
    for here in per_place.values():
        here = sorted((c for c in here if c.code_id in known), key=lambda c: c.start)
        for n, first in enumerate(here):
            for second in here[n + 1 :]:
                if second.start >= first.end:
                    break
                if first.code_id != second.code_id:
                    cells.setdefault((first.code_id, second.code_id), []).append(first)
                    cells.setdefault((second.code_id, first.code_id), []).append(second)
    names = tuple((code.id, str(code.name)) for code in used)
    short = tuple((code.id, code.mnemonic or str(code.name)) for code in used)
    return Matrix(names, short, {key: tuple(found) for key, found in cells.items()})


def saturation(material: Material) -> list[tuple[str, list[str]]]:
    """Per transcript (name, in the order of the project) the names of the codes that first appeared in it."""
    first = first_seen(material.codes, material.codings, material.transcripts)
    return [
        (transcript.name, [str(code.name) for code in material.codes if first.get(code.id) == n])
        for n, transcript in enumerate(material.transcripts, 1)
    ]


def saturation_words(found: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Whether later interviews still bring new codes, in a sentence."""
    total = sum(len(codes) for _name, codes in found)
    last = max((n for n, (_name, codes) in enumerate(found, 1) if codes), default=0)
    if not total:
        return _("Nothing is coded yet.")
    return _("{codes} codes were used; the last new one appeared in interview {n} of {all} ({name}).").format(
        codes=total, n=last, all=len(found), name=found[last - 1][0]
    )
