"""Merging gives the same project in any order, any number of times, and loses nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.model import CoderKind
from qualcode.store.file.check import problems
from qualcode.store.journal.incoming import read_project
from qualcode.store.journal.merge import merge
from qualcode.store.journal.share import pack, read_share
from qualcode.store.project import Project, create_project
from tests.merge.histories import PEOPLE, Step, copies_of, dump, histories, play, take

MODERATE = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two coders, one interview and one code, from which the copies are made."""
    path = tmp_path_factory.mktemp("base") / "base.qualcode"
    with create_project(path, "A study") as made:
        for name, kind in zip(PEOPLE, (CoderKind.PRACTITIONER, CoderKind.RESEARCHER), strict=True):
            made.keys.for_signing(made.coders.add(name, kind))
        made.coder = made.coders.get("anna")
        play([made], [Step(0, "interview", 0, 0), Step(0, "code", 0, 0)])
    return path


@contextmanager
def copies(base: Path, count: int) -> Iterator[list[Project]]:
    """Open copies in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        found = copies_of(base, Path(folder), count)
        try:
            yield found
        finally:
            for project in found:
                project.close()


@MODERATE
@given(steps=histories(2))
def test_both_ways_give_the_same(base: Path, steps: list[Step]) -> None:
    """A with B is B with A, and the tables are what the journal says."""
    with copies(base, 2) as (a, b):
        play([a, b], steps)
        from_a = read_project(a.path)
        take(a, b)
        merge(b, from_a)
        assert dump(a) == dump(b)
        assert problems(a) == []


@MODERATE
@given(steps=histories(3, 30))
def test_any_order_gives_the_same(base: Path, steps: list[Step]) -> None:
    """Three copies, taken in by an empty fourth in every order."""
    with copies(base, 3) as projects:
        play(projects, steps)
        sources = [read_project(project.path) for project in projects]
        seen = []
        for order in permutations(sources):
            with copies(base, 1) as (fresh,):
                for source in order:
                    merge(fresh, source)
                seen.append(dump(fresh))
                assert problems(fresh) == []
        assert all(one == seen[0] for one in seen)


@MODERATE
@given(steps=histories(3, 30))
def test_grouping_makes_no_difference(base: Path, steps: list[Step]) -> None:
    """(A with B) with C is A with (B with C)."""
    with copies(base, 3) as (a, b, c):
        play([a, b, c], steps)
        from_b, from_c = read_project(b.path), read_project(c.path)
        take(b, c)
        left = a.path.with_name("left.qualcode")
        left.write_bytes(a.path.read_bytes())
        take(a, b)
        with copies(left, 1) as (other,):
            merge(other, from_b)
            merge(other, from_c)
            assert dump(a) == dump(other)


@MODERATE
@given(steps=histories(2))
def test_a_second_time_changes_nothing(base: Path, steps: list[Step]) -> None:
    """Merging the same again, or oneself, brings nothing."""
    with copies(base, 2) as (a, b):
        play([a, b], steps)
        take(a, b)
        before = dump(a)
        assert merge(a, read_project(b.path)).entries == 0
        assert merge(a, read_project(a.path)).entries == 0
        assert dump(a) == before


@MODERATE
@given(steps=histories(2))
def test_nothing_is_lost(base: Path, steps: list[Step]) -> None:
    """Every entry, text, coding and memo that either copy has stands in both together."""
    with copies(base, 2) as (a, b):
        play([a, b], steps)
        known = {}
        for table in ("journal", "codings", "memos"):
            mine, theirs = ({row[0] for row in p.db.execute(f"SELECT id FROM {table}")} for p in (a, b))
            gone = {c.id for p in (a, b) for e in p.journal.entries() for c in e.changes if c.after is None}
            known[table] = (mine | theirs) - (gone if table != "journal" else set())
        coded = [(p, c.transcript_id) for p in (a, b) for c in p.codings.all() if c.id in known["codings"]]
        texts = {p.transcripts.get(where).text_hash for p, where in coded}
        take(a, b)
        for table, ids in known.items():
            assert ids <= {row[0] for row in a.db.execute(f"SELECT id FROM {table}")}
        kept = [t.text_hash for t in a.transcripts.all()]
        assert texts <= set(kept)
        assert len(kept) == len(set(kept)), "one text is one interview"
        assert all(t.turns for t in a.transcripts.all())


@MODERATE
@given(steps=histories(2), after=histories(1, 8))
def test_work_goes_on_after_a_merge(base: Path, steps: list[Step], after: list[Step]) -> None:
    """Acts done on a merged copy leave it as its journal says, and go to the other copy."""
    with copies(base, 2) as (a, b):
        play([a, b], steps)
        take(a, b)
        play([a], after)
        assert problems(a) == []
        take(b, a)
        assert dump(a) == dump(b)


@MODERATE
@given(steps=histories(2), order=st.permutations(range(4)))
def test_share_files_do_what_whole_copies_do(base: Path, steps: list[Step], order: list[int]) -> None:
    """Shared both ways by both coders, in any order and with repeats, the copies are one."""
    with copies(base, 2) as projects:
        play(projects, [step for step in steps if step.action != "sync"])
        files = []
        for n, project in enumerate(projects):
            for name in PEOPLE:
                files.append(project.path.with_name(f"{n}-{name}.qcx"))
                files[-1].write_bytes(pack(project, project.coders.get(name)))
        for project in projects:
            for n in [*order, order[0]]:
                merge(project, read_share(files[n]).incoming)
        assert dump(projects[0]) == dump(projects[1])
        assert problems(projects[0]) == []


@MODERATE
@given(steps=histories(1, 12), later=histories(1, 12))
def test_what_only_comes_on_top_is_as_if_all_were_played(
    base: Path, steps: list[Step], later: list[Step]
) -> None:
    """Codings and memos merged the quick way stand as the whole journal says."""
    with copies(base, 2) as (a, b):
        play([a], steps)
        take(b, a)
        add = {"coding", "memo", "done"}
        play([b], [step for step in later if step.action in add])
        take(a, b)
        assert problems(a) == []
        assert dump(a) == dump(b)
