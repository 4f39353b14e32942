"""What was decided, and what is sealed, in documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import InputError
from qualcode.model import CoderKind
from qualcode.reports.material import DocumentOptions
from qualcode.store.project import Project
from qualcode.store.records.decisions import Outcome, Settling, Why
from qualcode.tasks.exporting.documents import Request, document_of
from qualcode.tasks.material import consensus_of, gather
from qualcode.tasks.themes import arranged
from qualcode.text.spans import Span

ENGLISH = Request(DocumentOptions(language="en"))
NAMED = Request(DocumentOptions(language="en", names=True))


@pytest.fixture
def coded(project: Project) -> Project:
    """Anna coded two fragments, bram one of them with another code."""
    transcript = project.transcripts.all()[0]
    bram = project.coders.get("bram")
    project.codings.add(transcript, 14, 24, project.codebook.get("tijd"))
    project.codings.add(transcript, 33, 64, project.codebook.get("tijd"))
    project.codings.add(transcript, 33, 64, project.codebook.get("meta"), bram)
    return project


def mark_done(project: Project) -> None:
    for coder in project.coders.pair():
        project.progress.mark(project.transcripts.all()[0], coder)


def test_a_decision_stands_beside_its_difference_with_the_reason(coded: Project) -> None:
    mark_done(coded)
    pair = coded.coders.pair()
    transcript = coded.transcripts.all()[0]
    (mine,) = [c for c in coded.codings.all(coder=pair[0]) if c.start == 33]
    (theirs,) = coded.codings.all(coder=pair[1])
    settling = Settling(transcript, "other-code", (mine.id,), (theirs.id,), ((Span(33, 64), theirs.code_id),))
    coded.decisions.settle([settling], (pair[0], pair[1]), Outcome.B, reason=Why.DEFINITION, text="[b] beter")
    table = document_of(coded, "differences", NAMED).tables()[1]
    alone, _passage, clash, decided = table.rows
    assert alone[0].words == "only anna: Notion of time (1)"
    assert clash[0].words == "other code: anna Notion of time ↔ bram Meta-perspective (1)"
    assert decided[2].words.startswith("as bram read it · the definition was not clear · [b] beter · (anna, ")
    unnamed = document_of(coded, "differences", ENGLISH).tables()[1]
    assert [row[0].words for row in unnamed.rows][::2] == [
        "only practitioner: Notion of time (1)",
        "other code: practitioner Notion of time ↔ researcher Meta-perspective (1)",
    ]
    layer = consensus_of(coded)
    assert layer.kind is CoderKind.CONSENSUS
    (theme,) = [t for t in arranged(coded, (layer,)) if t.fragments]
    assert (theme.title, theme.fragments[0].quote.text) == (
        "Meta-perspective",
        "We belden elke week, juf en ik."[:31],
    )
    totals = document_of(coded, "themes", Request(DocumentOptions(language="en"), (layer,))).tables()[1]
    assert [row[-2].value for row in totals.rows] == [0, 1]


def test_what_is_sealed_is_left_out_and_said(coded: Project, tmp_path: Path) -> None:
    transcript = coded.transcripts.all()[0]
    coded.rounds.start([transcript], coded.coders.pair())
    assert {c.coder_id for c in gather(coded).codings} == {coded.coders.get("anna").id}
    made = document_of(coded, "themes", ENGLISH)
    assert "sealed, so what others coded there is left out: casus-04-leraar" in made.subtitle
    assert "bram 1" not in "".join(
        cell.words for table in made.tables() for row in table.rows for cell in row
    )
    assert [len(theme.codings) for theme in arranged(coded)] == [2, 0]
    coded.coder = None
    with pytest.raises(InputError, match="sealed until everybody"):
        gather(coded)
