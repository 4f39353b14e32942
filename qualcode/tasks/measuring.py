"""For scripts: the agreement of two coders in one call, with codes by their short names."""

from __future__ import annotations

from dataclasses import replace

from qualcode.agreement.result import Agreement
from qualcode.store.project import Project
from qualcode.tasks.agreeing import agree, options_of
from qualcode.tasks.comparison import compare, two_coders


def measure(
    project: Project, a: str | None = None, b: str | None = None, *, everything: bool = False
) -> Agreement:
    """How much coders `a` and `b` (by default the only two) agree, code by code, counted in characters.

    Compared are the interviews that both have marked done, or with `everything` all of them.
    The codes and interviews in what comes back are named by slug and name instead of id.
    Raises `QualcodeError` when it is not clear who is meant, or what is sealed would be seen.
    """
    comparison = compare(project, *two_coders(project, a, b), everything=everything)
    found = agree(comparison, options_of(project, comparison.codes))
    slugs = {code.id: code.slug for code in comparison.codes}
    names = {t.id: t.name for t in (*comparison.transcripts, *comparison.left_out)}
    return replace(
        found,
        codes=tuple(replace(code, code=slugs[code.code]) for code in found.codes),
        documents=tuple(names[document] for document in found.documents),
        left_out=tuple(names[document] for document in found.left_out),
    )
