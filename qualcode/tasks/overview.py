"""More than two coders: every two of them beside each other, and all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from qualcode.agreement.kinds import Reconciliation, reconcile
from qualcode.agreement.several import alpha_of_coders, count_coders
from qualcode.agreement.value import Value
from qualcode.model import Code, Coder
from qualcode.store.project import Project
from qualcode.tasks.comparison import compare
from qualcode.text.spans import trim


@dataclass(frozen=True, slots=True)
class Pair:
    """Two coders: the interviews both finished, and how their codings relate."""

    a: Coder
    b: Coder
    documents: int
    counts: Reconciliation

    @property
    def f1(self) -> Value:
        """The share of codings that have a partner (span F1)."""
        return self.counts.f1


@dataclass(frozen=True, slots=True)
class Together:
    """All coders at once: alpha per code over the interviews that all of them finished."""

    coders: tuple[Coder, ...]
    documents: int
    alphas: tuple[tuple[Code, Value], ...]


def pairs(project: Project) -> list[Pair]:
    """Every two coders, in the order of the coders."""
    found = []
    for a, b in combinations(project.coders.pair(), 2):
        comparison = compare(project, a, b)
        found.append(Pair(a, b, len(comparison.readings), reconcile(comparison.differences())))
    return found


def together(project: Project) -> Together:
    """Agreement of all coders, per code in use."""
    coders = tuple(project.coders.pair())
    done = project.progress.done()
    sealed = project.rounds.sealed()
    transcripts = [
        t
        for t in project.transcripts.all()
        if t.id not in sealed and all((t.id, c.id) in done for c in coders)
    ]
    trimmed = project.settings.get("trim")
    alphas = []
    for code in project.codebook.all(retired=True):
        histograms = []
        codings = project.codings.all(code=code)
        for transcript in transcripts:
            here = [c for c in codings if c.transcript_id == transcript.id]
            spans = [
                [trim(transcript.text, c.span) if trimmed else c.span for c in here if c.coder_id == coder.id]
                for coder in coders
            ]
            histograms.append(count_coders(spans, len(transcript.text)))
        if any(sum(histogram[1:]) for histogram in histograms):
            alphas.append((code, alpha_of_coders(histograms).alpha))
    return Together(coders, len(transcripts), tuple(alphas))
