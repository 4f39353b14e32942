"""A comparison kept up to date: right at once, and only what changed is counted again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import qualcode.agreement.table as table_of_counts
import qualcode.tasks.comparing.comparison as comparing
from qualcode.agreement.table import count_characters
from qualcode.model import Coder, Turn
from qualcode.store.project import Project
from qualcode.tasks.comparing.agreement import LiveComparison, options_of
from qualcode.tasks.comparing.comparison import compare

TEXT = "Ze belde elke week. Ik wist niet wat ze deed. Het duurde lang, veel te lang."


class Work:
    """How many cells were swept and how many transcripts read."""

    def __init__(self) -> None:
        self.sweeps = self.readings = 0


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    counted = Work()
    sweep, two_readings = table_of_counts.sweep, comparing.two_readings

    def counting_sweep(*sides: object) -> tuple[int, int, int]:
        counted.sweeps += 1
        return sweep(*sides)  # type: ignore[arg-type]

    def counting_readings(*of: object, **more: object) -> object:
        counted.readings += 1
        return two_readings(*of, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(table_of_counts, "sweep", counting_sweep)
    monkeypatch.setattr(comparing, "two_readings", counting_readings)
    return counted


@pytest.fixture
def pair(project: Project) -> Iterator[tuple[Coder, Coder]]:
    """Anna and bram, who have both finished four interviews and coded one fragment in each."""
    anna, bram = project.coders.get("anna"), project.coders.get("bram")
    time = project.codebook.get("tijd")
    for n in range(4):
        name = f"casus-{n:02}-ouder"
        text = f"{TEXT} {n}"
        transcript = project.transcripts.add(name, text, [Turn(1, 0, len(text), "M")], case=f"{n:02}")
        for coder in (anna, bram):
            project.codings.add(transcript, 0, 18, time, coder)
            project.progress.mark(transcript, coder)
    return anna, bram


def fresh(project: Project, pair: tuple[Coder, Coder]) -> tuple[object, ...]:
    """What counting everything anew gives."""
    found = compare(project, *pair)
    table = count_characters(found.readings, [code.id for code in found.codes])
    return found.readings, found.codings, table.flat, found.differences()


def kept(live: LiveComparison) -> tuple[object, ...]:
    """What is kept."""
    found = live.comparison
    return found.readings, found.codings, live.table.flat, live.differences()


def test_after_a_coding_one_cell_is_counted_again_and_the_numbers_are_right(
    project: Project, pair: tuple[Coder, Coder], work: Work
) -> None:
    live = LiveComparison(project, *pair)
    live.differences()
    before = (work.sweeps, work.readings)
    assert live.refresh() == 0
    assert (work.sweeps, work.readings) == before  # nothing was done, nothing is counted
    transcript = project.transcripts.get("casus-02-ouder")
    meta = project.codebook.get("meta")
    coding = project.codings.add(transcript, 20, 44, meta)
    assert live.refresh() == 1
    assert (work.sweeps - before[0], work.readings - before[1]) == (1, 1)
    assert live.table.cell(transcript.id, meta.id).only_a == 24
    assert kept(live) == fresh(project, pair)
    project.codings.recode(coding, project.codebook.get("tijd"))  # leaves one cell, comes into another
    assert live.refresh() == 2
    project.undo()
    assert live.refresh() == 2
    assert kept(live) == fresh(project, pair)


def test_what_is_not_compared_is_not_counted(project: Project, pair: tuple[Coder, Coder], work: Work) -> None:
    live = LiveComparison(project, *pair)
    before = work.sweeps
    unfinished = project.transcripts.get("casus-04-leraar")
    project.codings.add(unfinished, 0, 3, project.codebook.get("meta"))
    assert live.refresh() == 0
    assert work.sweeps == before
    for coder in pair:
        project.progress.mark(unfinished, coder)
    assert live.refresh() == 5 * 2  # one more transcript: everything anew
    assert kept(live) == fresh(project, pair)


def test_a_setting_counts_everything_anew(project: Project, pair: tuple[Coder, Coder]) -> None:
    live = LiveComparison(project, *pair)
    project.settings.set("interviewer", False)
    assert live.refresh() == 4 * 2
    assert not live.comparison.interviewer
    assert LiveComparison(project, *pair, interviewer=True).comparison.interviewer


def test_the_agreement_of_what_is_kept_is_that_of_counting_anew(
    project: Project, pair: tuple[Coder, Coder]
) -> None:
    live = LiveComparison(project, *pair)
    project.codings.add(project.transcripts.get("casus-01-ouder"), 46, 76, project.codebook.get("tijd"))
    live.refresh()
    options = options_of(project, live.comparison.codes)
    assert live.agreement(options) == LiveComparison(project, *pair).agreement(options)
    assert live.effects(live.differences()[-1]) or live.differences()[-1].agreed
    project.settings.set("coefficients", False)
    assert live.effects(live.differences()[0]) == []


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 70), st.integers(1, 6), st.booleans()), max_size=8)
)
def test_any_row_of_edits_leaves_what_counting_anew_gives(
    project: Project, pair: tuple[Coder, Coder], edits: list[tuple[int, int, int, bool]]
) -> None:
    live = LiveComparison(project, *pair)
    for n, start, length, of_anna in edits:
        transcript = project.transcripts.get(f"casus-{n:02}-ouder")
        coder = pair[0] if of_anna else pair[1]
        code = project.codebook.get(("tijd", "meta")[start % 2])
        mine = project.codings.all(transcript=transcript, code=code, coder=coder)
        twin = next((c for c in mine if (c.start, c.end) == (start, start + length)), None)
        if twin:
            project.codings.remove(twin)
        else:
            project.codings.add(transcript, start, start + length, code, coder)
        live.refresh()
    assert kept(live) == fresh(project, pair)
