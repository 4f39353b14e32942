"""What holds words of an interview leaves only when somebody looked at its names."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qualcode.cli.group import qualcode
from qualcode.store.project import Project, create_project
from qualcode.store.records.pseudonyms import NameState
from qualcode.tasks.exporting.names_gate import UnreviewedError, refuse_unreviewed, unreviewed
from qualcode.tasks.project.beginning import make_demo
from qualcode.tasks.transcripts.intake import NamePass, take_in

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
