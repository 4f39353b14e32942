"""What holds words of an interview leaves only when somebody looked at its names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qualcode.cli.group import qualcode
from qualcode.store.file.check import problems
from qualcode.store.journal.incoming import read_project
from qualcode.store.journal.merge import merge
from qualcode.store.project import Project, create_project, open_project
from qualcode.store.records.pseudonyms import NameState
from qualcode.tasks.exporting.names_gate import UnreviewedError, refuse_unreviewed, unreviewed
from qualcode.tasks.project.beginning import make_demo
from qualcode.tasks.transcripts.hiding import hide
from qualcode.tasks.transcripts.intake import NamePass, take_in
from qualcode.tasks.transcripts.names import mark_reviewed
from qualcode.tasks.transcripts.revising import corrected_words
from qualcode.text.spans import Span

NAMED = "I: Hoe ging het?\nR: Ik belde met de moeder van Emma de Vries, van basisschool De Wingerd.\n"
CLEAR = "I: Hoe ging het?\nR: Goed hoor, we belden elke week met [leraar-1].\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "met-naam.txt").write_text(NAMED, encoding="utf-8")
    (tmp_path / "zonder.txt").write_text(CLEAR, encoding="utf-8")
    return tmp_path


@pytest.fixture
def study(folder: Path) -> Project:
    with create_project(folder / "study.qualcode") as project:
        project.coders.add("anna")
        return project


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(qualcode, [str(word) for word in words])


def test_names_left_in_stop_every_export_of_words_and_say_why(folder: Path, study: Project) -> None:
    assert run("import", study.path, folder / "met-naam.txt").exit_code == 0
    for verb in (["export", "margin"], ["export", "paper"], ["export", "transcript"]):
        refused = run(*verb, study.path, "met-naam", "-o", folder / "uit.docx")
        assert refused.exit_code == 1
        assert "Names probably stand in 1 interview: met-naam." in refused.output
        assert "--unreviewed" in refused.output
        assert not (folder / "uit.docx").exists()
        gone_on = run(*verb, study.path, "met-naam", "-o", folder / "uit.docx", "--unreviewed")
        assert gone_on.exit_code == 0, gone_on.output
        (folder / "uit.docx").unlink()
    assert run("codings", "export", study.path).exit_code == 1
    assert run("export", "codings", study.path, "-o", folder / "uit.xlsx").exit_code == 1
    assert run("export", "everything", study.path).exit_code == 1


def test_only_the_interview_that_leaves_counts(folder: Path, study: Project) -> None:
    run("import", study.path, folder / "met-naam.txt", folder / "zonder.txt")
    assert run("export", "margin", study.path, "zonder", "-o", folder / "uit.docx").exit_code == 0


def test_names_replaced_unseen_have_to_be_read_first(folder: Path, study: Project) -> None:
    run("import", study.path, folder / "met-naam.txt", "--names", "replace")
    refused = run("export", "margin", study.path, "met-naam", "-o", folder / "uit.docx")
    assert refused.exit_code == 1
    assert "nobody has read the result: met-naam" in refused.output
    assert run("names", "done", study.path, "met-naam").exit_code == 0
    assert run("export", "margin", study.path, "met-naam", "-o", folder / "uit.docx").exit_code == 0


def test_replacing_where_there_is_nothing_to_replace_leaves_it_clear(folder: Path) -> None:
    with create_project(folder / "study.qualcode") as project:
        take_in(project, [folder / "zonder.txt"], names=NamePass(project))
        assert list(project.names.states().values()) == [NameState.CLEAR]
        refuse_unreviewed(project)


def test_a_name_left_undecided_leaves_the_interview_open(folder: Path) -> None:
    with create_project(folder / "study.qualcode") as project:
        names = NamePass(project, lambda review: None, state=NameState.REVIEWED)
        take_in(project, [folder / "met-naam.txt"], names=names)
        assert list(project.names.states().values()) == [NameState.OPEN]


def test_what_nobody_noted_is_looked_up_in_the_text(folder: Path) -> None:
    with create_project(folder / "study.qualcode") as project:
        project.transcripts.add("oud", "Ik belde met mevrouw Jansen.", [])
        assert unreviewed(project) == ["Names probably stand in 1 interview: oud."]
        with pytest.raises(UnreviewedError):
            refuse_unreviewed(project)


def test_documents_without_words_of_interviews_are_free(folder: Path, study: Project) -> None:
    (folder / "casus-01-leraar.txt").write_text(NAMED, encoding="utf-8")
    run("import", study.path, folder / "casus-01-leraar.txt")
    assert run("export", "respondents", study.path, "-o", folder / "uit.docx").exit_code == 0


def test_the_demo_is_clear(folder: Path) -> None:
    with make_demo(folder / "demo") as demo:
        states = demo.names.states()
        assert set(states) == {one.id for one in demo.transcripts.all()}
        assert set(states.values()) == {NameState.CLEAR}
        path = demo.path
    done = run("export", "everything", path, "-o", folder / "alles.md")
    assert done.exit_code == 0, done.output


def corrected(project: Project, words: str, better: str) -> None:
    transcript = project.transcripts.all()[0]
    start = transcript.text.index(words)
    project.revisions.make(*corrected_words(project, transcript, Span(start, start + len(words)), better))


def test_what_was_looked_at_is_a_text_and_not_an_interview(project: Project) -> None:
    transcript = project.transcripts.all()[0]
    mark_reviewed(project, transcript)
    corrected(project, "Goed hoor.", "Goed, hoor.")
    assert unreviewed(project) == []  # a typo brings no name
    corrected(project, "Daarna niet meer.", "Daarna niet meer, zei Emma de Vries.")
    assert "Names probably stand in 1 interview" in unreviewed(project)[0]
    assert project.names.states() == {transcript.id: NameState.OPEN}
    project.undo()
    assert unreviewed(project) == []


def test_a_name_that_comes_back_with_another_s_correction_leaves_nowhere(
    project: Project, tmp_path: Path
) -> None:
    """anna hides a name; bram, who did not know, had corrected another sentence of the text with the name in it.

    Both corrections stand, the name does not, here and on his laptop.
    """
    corrected(project, "Daarna niet meer.", "Daarna niet meer, zei Emma de Vries.")
    other = tmp_path / "bram" / "study.qualcode"
    other.parent.mkdir()
    shutil.copyfile(project.path, other)
    with open_project(other, "bram") as bram:
        hide(project, project.transcripts.all()[0], "Emma de Vries")
        mark_reviewed(project, project.transcripts.all()[0])
        for n in range(3):  # bram's is the later one
            corrected(bram, "Goed hoor." if not n else f"Goed {n}.", f"Goed {n + 1}.")
        merge(project, read_project(other))
        merge(bram, read_project(project.path))
        assert bram.transcripts.all() == project.transcripts.all()
        assert problems(bram) == []
    text = project.transcripts.all()[0].text
    assert "Goed 3." in text
    assert "[persoon-1]" in text
    assert unreviewed(project) == []
    assert problems(project) == []
    for path in (project.path, other):
        assert b"Emma" not in path.read_bytes()


LOWER = (
    "I: en hoe ging het toen verder in de klas\nR: nou {who} ging naast me zitten en toen werd het rustig\n"
)


@pytest.mark.parametrize("who", ["roos", "hij"])  # a name that is a word as well; no name at all
def test_text_without_capitals_leaves_when_somebody_has_looked(
    folder: Path, study: Project, who: str
) -> None:
    (folder / "spraak.txt").write_text(LOWER.format(who=who), encoding="utf-8")
    assert run("import", study.path, folder / "spraak.txt").exit_code == 0
    assert "probably names" in run("transcripts", "list", study.path).output
    refused = run("export", "margin", study.path, "spraak", "-o", folder / "uit.docx")
    assert refused.exit_code == 1
    assert "nobody has looked: spraak" in refused.output
    assert run("names", "done", study.path, "spraak").exit_code == 0
    assert run("export", "margin", study.path, "spraak", "-o", folder / "uit.docx").exit_code == 0
