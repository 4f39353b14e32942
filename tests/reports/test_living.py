"""A document that people work in: written again, nothing of theirs is lost and the figures are new."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from qualcode.i18n import set_language
from qualcode.reports.material import DocumentOptions
from qualcode.store.project import Project
from qualcode.tasks.exporting.documents import KINDS, Request
from qualcode.tasks.exporting.write import export
from qualcode.tasks.project.beginning import make_demo
from tests.reports.edits import EDITS, as_libreoffice_saves, as_word_saves, text_of


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    set_language("nl")
    with make_demo(tmp_path_factory.mktemp("demo")) as project:
        project.coder = project.coders.get("marit")
        ranking = project.rankings.add("alle", project.transcripts.all())
        for n, name in enumerate(("marit", "joost")):
            ids = [each.id for each in project.transcripts.all()]
            order = [[one] for one in ids[n:] + ids[:n]]
            project.rankings.set_order(ranking, project.coders.get(name), order)
        yield project


@pytest.fixture(scope="module")
def first(demo: Project, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Each document as it was before anything changed, made once."""
    folder = tmp_path_factory.mktemp("first")

    def made(kind: str) -> Path:
        path = folder / f"{kind}.docx"
        if not path.exists():
            export(demo, kind, path, request_for(demo, kind))
        return path

    return made


def request_for(project: Project, kind: str) -> Request:
    transcript = project.transcripts.all()[0].name if kind == "margin" else ""
    return Request(DocumentOptions(language="nl"), transcript=transcript)


@pytest.fixture(scope="module")
def later(demo: Project, first: Callable[[str], Path]) -> Project:
    """The project after more was coded, so that figures everywhere are others."""
    for kind in KINDS:
        first(kind.id)
    codes = [code for code in demo.codebook.all() if code.parent_id is None][:6]
    for transcript in demo.transcripts.all()[:5]:
        for n, code in enumerate(codes):
            turn = transcript.turns[n + 1]
            demo.codings.add(transcript, turn.start, turn.end, code)
    marit, ranking = demo.coders.get("marit"), demo.rankings.get("alle")
    best, second, *rest = ranking.transcripts
    demo.rankings.set_order(ranking, marit, [[one] for one in (second, best, *rest)])
    return demo


def paragraphs(path: Path) -> Counter[str]:
    body = docx.Document(str(path)).element.body
    return Counter(words for p in body.iter(qn("w:p")) if (words := text_of(p).strip()))


def twice(here: Counter[str], wanted: Counter[str]) -> list[str]:
    """Paragraphs that stand there more often than they should; a figure alone may be anybody's."""
    return [words for words, n in here.items() if 0 < wanted[words] < n and not words.isdecimal()]


def again(project: Project, kind: str, path: Path) -> Any:
    saved = export(project, kind, path, request_for(project, kind))
    assert saved.again
    return docx.Document(str(path))


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS])
def test_a_document_nobody_touched_is_as_if_it_were_new(
    later: Project, first: Callable[[str], Path], tmp_path: Path, kind: str
) -> None:
    path = Path(shutil.copy(first(kind), tmp_path / "x.docx"))
    fresh = export(later, kind, tmp_path / "fresh.docx", request_for(later, kind)).path
    again(later, kind, path)
    assert list(paragraphs(path)) == list(paragraphs(fresh))
    assert paragraphs(path) == paragraphs(fresh)
    second = export(later, kind, path, request_for(later, kind), preview=True)
    assert second.renewals == ()


@pytest.mark.parametrize(
    "saved_by", [None, as_word_saves, as_libreoffice_saves], ids=["raw", "word", "libreoffice"]
)
@pytest.mark.parametrize("edit", list(EDITS))
@pytest.mark.parametrize("kind", ["themes", "chapter"])
def test_each_thing_that_people_do_stays(
    later: Project,
    first: Callable[[str], Path],
    tmp_path: Path,
    kind: str,
    edit: str,
    saved_by: Callable[[Path], None] | None,
) -> None:
    path = Path(shutil.copy(first(kind), tmp_path / "x.docx"))
    word = docx.Document(str(path))
    stays = EDITS[edit](word)
    assert stays(word)
    word.save(str(path))
    if saved_by:
        saved_by(path)
    fresh = export(later, kind, tmp_path / "fresh.docx", request_for(later, kind)).path
    for _time in range(2):
        assert stays(again(later, kind, path)), edit
        here, wanted = paragraphs(path), paragraphs(fresh)
        assert (wanted - here).total() <= 2, wanted - here  # the place that was edited
        assert twice(here, wanted) == []


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS])
def test_all_of_them_in_every_document(
    later: Project, first: Callable[[str], Path], tmp_path: Path, kind: str
) -> None:
    path = Path(shutil.copy(first(kind), tmp_path / "x.docx"))
    word = docx.Document(str(path))
    checks = {}
    for name in (
        "retype",
        "comment",
        "highlight",
        "insertion",
        "footnote",
        "picture",
        "deletion",
        "style",
        "own_table",
    ):
        checks[name] = EDITS[name](word)
    word.save(str(path))
    as_word_saves(path)
    fresh = export(later, kind, tmp_path / "fresh.docx", request_for(later, kind)).path
    for _time in range(2):
        made = again(later, kind, path)
        assert [name for name, stays in checks.items() if not stays(made)] == []
        here, wanted = paragraphs(path), paragraphs(fresh)
        assert (wanted - here).total() <= 8, wanted - here
        assert twice(here, wanted) == []
