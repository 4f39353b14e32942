"""Names are replaced before anything is stored: nothing of the original is left anywhere."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import ConflictError, InputError
from qualcode.model import Turn
from qualcode.pseudonyms import keyfile
from qualcode.pseudonyms.proposals import NameKind
from qualcode.pseudonyms.review import Review
from qualcode.store.file.check import problems
from qualcode.store.file.forgetting import forget, forget_removed
from qualcode.store.project import Project, create_project
from qualcode.store.records.pseudonyms import NameState
from qualcode.tasks.searching.indexing import bring_up_to_date
from qualcode.tasks.transcripts import names
from qualcode.tasks.transcripts.hiding import hide
from qualcode.tasks.transcripts.intake import NamePass, take_in

INTERVIEW = """I: Kunt u vertellen over Emma?
Marieke: Emma de Vries zit bij mij in groep 5. Emma's moeder, Fatma, belt vaak. Emmaatje is stil.
I: En haar vriendje?
Marieke: Yusuf zit op obs De Wingerd in Zeist. En emma ook. Bel maar naar 06-12345678.
"""
SECOND = """I: Hoe ging het met Yusuf?
R: Met Yusuf ging het goed. Emma miste hem, en Daan ook.
"""
ORIGINALS = ("Emma", "emma", "Vries", "Marieke", "Fatma", "Yusuf", "Wingerd", "Zeist", "12345678")
PASSPHRASE = "een korte zin"


@pytest.fixture(autouse=True)
def cheap_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key file's cost is for thieves, not for tests."""
    monkeypatch.setattr(keyfile.write_key, "__kwdefaults__", {"cost": 2**4})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for everything, temporary files included."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "interview-Emma-leraar.txt").write_text(INTERVIEW, encoding="utf-8")
    (tmp_path / "in" / "tweede.txt").write_text(SECOND, encoding="utf-8")
    return tmp_path


@pytest.fixture
def study(folder: Path) -> Iterator[Project]:
    with create_project(folder / "study.qualcode") as project:
        yield project


def traces(folder: Path) -> dict[str, list[str]]:
    """The files outside `in` that hold an original word, in UTF-8 or UTF-16."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() and path.parent.name != "in":
            raw = path.read_bytes()
            words = [
                word
                for word in ORIGINALS
                # a letter before it is another word: the tables of the file know lemmas
                if re.search(b"(?<![a-z])" + word.encode(), raw) or word.encode("utf-16-le") in raw
            ]
            if words:
                found[path.name] = words
    return found


def first(folder: Path) -> Path:
    return folder / "in" / "interview-Emma-leraar.txt"


def test_text_labels_name_and_source_hold_pseudonyms_only(study: Project, folder: Path) -> None:
    take_in(study, [first(folder)], names=NamePass(study))
    (taken,) = study.transcripts.all()
    assert taken.name == "interview-[leerling-1]-leraar"
    assert taken.source == "interview-[leerling-1]-leraar.txt"
    marieke = taken.turns[1].speaker
    assert marieke == "[leraar-1]"
    spoken = taken.turns[1].span.of(taken.text)
    assert spoken == (
        "[leerling-1] zit bij mij in groep 5. [leerling-1]'s moeder, [ouder-1], belt vaak. [leerling-1] is stil."
    )
    assert traces(folder) == {}


def test_nothing_is_left_while_open_after_undo_redo_and_close(folder: Path) -> None:
    with create_project(folder / "study.qualcode") as study:
        take_in(study, [first(folder)], names=NamePass(study, passphrase=PASSPHRASE))
        assert traces(folder) == {}
        study.undo()
        assert traces(folder) == {}
        study.redo()
        assert traces(folder) == {}
    assert traces(folder) == {}


def test_nothing_is_left_after_deciding_name_by_name(study: Project, folder: Path) -> None:
    def decide(review: Review) -> None:
        for group in review.groups:
            review.accept(group.key)

    take_in(study, [first(folder)], names=NamePass(study, decide, state=NameState.REVIEWED))
    assert traces(folder) == {}
    assert set(study.names.states().values()) == {NameState.REVIEWED}


def test_nothing_is_left_when_the_import_fails_half_way(study: Project, folder: Path) -> None:
    bad = folder / "in" / "leeg.txt"
    bad.write_text("")
    with pytest.raises(InputError):
        take_in(study, [first(folder), bad], names=NamePass(study, passphrase=PASSPHRASE))
    assert study.transcripts.all() == []
    assert traces(folder) == {}
    assert not (folder / "study.qualcode-key").exists()


def test_files_of_one_import_share_their_pseudonyms(study: Project, folder: Path) -> None:
    take_in(study, [first(folder), folder / "in" / "tweede.txt"], names=NamePass(study))
    one, two = study.transcripts.get("interview-[leerling-1]-leraar"), study.transcripts.get("tweede")
    yusuf = re.search(r"(\[\w+-\d+\]) zit op", one.text)
    assert yusuf is not None
    assert two.text.startswith(f"Hoe ging het met {yusuf[1]}?")
    assert "[leerling-1] miste hem" in two.text


def test_with_the_key_people_keep_their_pseudonym_in_a_later_import(study: Project, folder: Path) -> None:
    take_in(study, [first(folder)], names=NamePass(study, passphrase=PASSPHRASE))
    take_in(study, [folder / "in" / "tweede.txt"], names=NamePass(study, passphrase=PASSPHRASE))
    assert "[leerling-1] miste hem" in study.transcripts.get("tweede").text
    known = {one.pseudonym: one.names for one in names.key_of(study, PASSPHRASE)}
    assert {"Emma de Vries", "Emma", "Emmaatje"} <= set(known["[leerling-1]"])
    assert any("Daan" in real for real in known.values())


def test_without_the_key_people_keep_their_pseudonym_and_no_name_is_kept(
    study: Project, folder: Path
) -> None:
    take_in(study, [first(folder)], names=NamePass(study))
    before = study.transcripts.get("interview-[leerling-1]-leraar").text
    take_in(study, [folder / "in" / "tweede.txt"], names=NamePass(study))
    assert study.transcripts.get("interview-[leerling-1]-leraar").text == before
    assert "[leerling-1] miste hem" in study.transcripts.get("tweede").text
    assert not traces(folder)


def test_the_project_knows_pseudonyms_without_names(study: Project, folder: Path) -> None:
    take_in(study, [first(folder)], names=NamePass(study))
    stored = {(one.pseudonym, one.kind, one.number) for one in study.names.all()}
    assert ("[leerling-1]", "child", 1) in stored
    assert ("[school-1]", "school", 1) in stored


def test_invented_names_are_noted_and_not_taken_for_slips(study: Project, folder: Path) -> None:
    take_in(study, [first(folder)], names=NamePass(study, invented=True))
    assert traces(folder) == {}
    assert names.scan(study) == []


def test_an_import_that_keeps_names_says_how_many_and_remembers_it(study: Project, folder: Path) -> None:
    ((transcript, warnings),) = take_in(study, [first(folder)], look_for_names=True)
    assert "names were probably left in" in warnings[0]
    assert names.name_states(study, [transcript])[transcript.id] is NameState.OPEN
    names.mark_reviewed(study, transcript)
    assert names.name_states(study, [transcript])[transcript.id] is NameState.REVIEWED


def test_a_file_without_names_gets_no_warning(study: Project, folder: Path) -> None:
    plain = folder / "in" / "plat.txt"
    plain.write_text("I: Hoe ging het?\nR: Goed hoor, we belden elke week met [leraar-1].\n")
    ((transcript, warnings),) = take_in(study, [plain], look_for_names=True)
    assert warnings == []
    assert study.names.states() == {transcript.id: NameState.CLEAR}


def test_scan_finds_what_slipped_through_wherever_it_stands(study: Project, folder: Path) -> None:
    take_in(study, [first(folder)])
    study.memos.add("project", study.id, "Bellen met Fatma over donderdag.", study.coders.add("anna"))
    study.themes.add("Wat mevrouw Jansen wilde")
    slips = {(slip.where, slip.proposal.text) for slip in names.scan(study)}
    assert {("text", "Yusuf"), ("speaker", "Marieke"), ("title", "Emma"), ("memo", "Fatma")} <= slips
    assert ("theme", "Jansen") in slips
    beside = {slip.where for slip in names.scan(study, texts=False)}
    assert "text" not in beside
    assert {"speaker", "title", "memo", "theme"} <= beside


def test_words_refused_for_good_are_never_proposed_again(study: Project, folder: Path) -> None:
    store = study.names
    store.refuse(["Zeist", "zeist"])
    assert store.not_names() == ["Zeist"]
    take_in(study, [first(folder)], names=NamePass(study))
    assert "in Zeist" in study.transcripts.all()[0].text


def test_forgetting_takes_out_what_was_taken_in_with_names(study: Project, folder: Path) -> None:
    ((transcript, _warnings),) = take_in(study, [first(folder)], look_for_names=True)
    assert traces(folder) != {}
    forget(study, transcript)
    assert study.transcripts.all() == []
    assert traces(folder) == {}


def test_forgetting_reaches_what_was_undone(study: Project, folder: Path) -> None:
    take_in(study, [first(folder)])
    study.undo()
    assert traces(folder) != {}
    assert forget_removed(study) == 1
    assert traces(folder) == {}
    assert forget_removed(study) == 0
    take_in(study, [first(folder)], names=NamePass(study))
    assert traces(folder) == {}


def test_forgetting_spares_the_other_interviews(study: Project, folder: Path) -> None:
    take_in(study, [folder / "in" / "tweede.txt"])
    before = study.transcripts.get("tweede")
    take_in(study, [first(folder)])
    forget(study, study.transcripts.get("interview-Emma-leraar"))
    assert study.transcripts.all() == [before]


def test_a_coded_interview_is_not_forgotten(project: Project) -> None:
    transcript = project.transcripts.get("casus-04-leraar")
    project.codings.add(transcript, 0, 3, project.codebook.get("tijd"))
    with pytest.raises(ConflictError, match="codings"):
        forget(project, transcript)
    assert project.transcripts.get("casus-04-leraar") == transcript


def test_participants_are_read_from_a_list_and_bad_lines_are_named(tmp_path: Path) -> None:
    path = tmp_path / "deelnemers.csv"
    path.write_text("Roos Vermeulen; leerling; Roosje, Roos\nDe Wingerd;school\n# opmerking\nSil\n")
    found = names.read_participants(path)
    assert [(one.names, one.kind.value) for one in found] == [
        (("Roos Vermeulen", "Roosje", "Roos"), "child"),
        (("De Wingerd",), "school"),
        (("Sil",), "person"),
    ]
    path.write_text("Roos; leerlinge\n")
    with pytest.raises(InputError, match="line 1: “leerlinge”"):
        names.read_participants(path)


def test_a_slip_in_a_coded_interview_is_hidden_and_its_codings_stay_on_their_words(project: Project) -> None:
    spoken = "Toen zei Emma niets. Emma's moeder wel, heel lang."
    transcript = project.transcripts.add("later", spoken, [Turn(1, 0, len(spoken), "R")])
    bring_up_to_date(project)
    start = spoken.index("moeder wel")
    coding = project.codings.add(transcript, start, start + 10, project.codebook.get("tijd"))
    assert hide(project, transcript, "Emma", kind=NameKind.CHILD) == ("[leerling-1]", 2)
    after = project.transcripts.get("later")
    assert after.text == "Toen zei [leerling-1] niets. [leerling-1]'s moeder wel, heel lang."
    (moved,) = [one for one in project.codings.all() if one.id == coding.id]
    assert moved.span.of(after.text) == "moeder wel"
    assert traces(project.path.parent) == {}
    with pytest.raises(ConflictError, match="stays so"):
        project.undo()
    assert project.transcripts.get("later") == after


def test_a_name_beside_the_text_is_hidden_as_well_and_the_journal_forgets_it(project: Project) -> None:
    transcript = project.transcripts.get("casus-04-leraar")
    memo = project.memos.add("transcript", transcript.id, "Emma's moeder belde; EMMA-plan, Emmastraat.")
    project.memos.change(memo, "Emma's moeder belde weer.")
    project.cases.set_attributes(project.cases.get("04"), {"bijzonder": "zus van Emma"})
    project.themes.add("Wat Emma zei")
    bring_up_to_date(project)
    assert hide(project, transcript, "Emma", kind=NameKind.CHILD) == ("[leerling-1]", 3)
    assert project.memos.all()[0].text == "[leerling-1]'s moeder belde weer."
    assert project.cases.get("04").attributes == {"bijzonder": "zus van [leerling-1]"}
    assert {name for names in traces(project.path.parent).values() for name in names} <= {"Emma"}
    written = b"".join(re.findall(rb".{12}Emma.{8}", project.path.read_bytes(), re.DOTALL))
    assert b"Emma" not in written.replace(b"Emmastraat", b"")  # another word
    assert project.themes.all()[-1].title == "Wat [leerling-1] zei"
    assert [one.pseudonym for one in project.names.all()] == ["[leerling-1]"]
    assert problems(project) == []


def test_the_word_index_forgets_as_well(study: Project, folder: Path) -> None:
    take_in(study, [first(folder)])
    bring_up_to_date(study)
    forget(study, study.transcripts.all()[0])
    assert traces(folder) == {}


def test_a_name_that_does_not_stand_there_cannot_be_hidden(project: Project) -> None:
    with pytest.raises(InputError, match="does not stand in"):
        hide(project, project.transcripts.get("casus-04-leraar"), "Emma")
