"""Who goes by which pseudonym: the same person everywhere in a case, and never two people by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.pseudonyms.detect import propose
from qualcode.pseudonyms.proposals import KnownName, NameKind, Tier
from qualcode.store.file.check import problems
from qualcode.store.project import Project, create_project
from qualcode.tasks.transcripts.intake import NamePass, take_in
from qualcode.tasks.transcripts.names import replace_all

EMMA = ("Emma de Vries",)


@pytest.fixture
def study(tmp_path: Path) -> Project:
    return create_project(tmp_path / "study.qualcode")


def into(study: Project, folder: Path, name: str, words: str, **pass_options: object) -> str:
    """What becomes of words that are taken in, all names in them replaced."""
    path = folder / f"{name}.txt"
    path.write_text(f"I: En toen?\nR: {words}\n", encoding="utf-8")
    ((transcript, _warnings),) = take_in(study, [path], names=NamePass(study, replace_all, **pass_options))  # type: ignore[arg-type]
    return transcript.text.partition("\n")[2]


@pytest.mark.parametrize("kind", [NameKind.CHILD, NameKind.PARENT, NameKind.PERSON])
@pytest.mark.parametrize("words", ["Jan de Vries", "Emma Bakker", "Jan-Willem de Vries"])
def test_another_name_beside_a_known_one_is_somebody_else(words: str, kind: NameKind) -> None:
    (found,) = propose(f"Gisteren belde {words} nog op.", known=[KnownName(EMMA, kind, "[persoon-1]")])
    assert (found.text, found.pseudonym) == (words, "")
    if kind is not NameKind.CHILD or words == "Emma Bakker":  # a child is not known by its surname
        assert found.tier is not Tier.SURE


def test_a_full_name_joins_its_first_name(study: Project, tmp_path: Path) -> None:
    assert (
        into(study, tmp_path, "casus-02-ouder", "Dat vond ik van Yusuf ook.")
        == "Dat vond ik van [persoon-02] ook."
    )
    later = into(study, tmp_path, "casus-02-leraar", "Gisteren was Yusuf Demir er niet.")
    assert later == "Gisteren was [persoon-02] er niet."
    assert "[persoon-02]" in into(
        study, tmp_path, "casus-02-hulpverlener", "Daar heb ik Yusuf naar gevraagd."
    )


def test_father_and_child_never_share_a_pseudonym(study: Project, tmp_path: Path) -> None:
    into(study, tmp_path, "casus-02-leraar", "Mijn leerling Emma de Vries huilde. Dat zag Emma zelf ook.")
    later = into(study, tmp_path, "casus-02-ouder", "Gisteren zei Jan de Vries dat, en Emma de Vries ook.")
    father, _and, child = later.removeprefix("Gisteren zei ").partition(" dat, en ")
    assert father != child.removesuffix(" ook.")


def test_a_later_intake_renumbers_nobody(study: Project, tmp_path: Path) -> None:
    first = into(study, tmp_path, "casus-02-leraar", "Juf Hiltje zat naast Sybren en naast Fajah.")
    assert first == "Juf [leraar-02] zat naast [persoon-02] en naast [persoon-02-2]."
    second = into(study, tmp_path, "casus-02-ouder", "Toen liep Fajah weg, zei Sybren tegen Ilyas.")
    assert second == "Toen liep [persoon-02-2] weg, zei [persoon-02] tegen [persoon-02-3]."
    assert into(
        study, tmp_path, "casus-02-leerling", "nou en toen zat fajah daar met juf hiltje op de gang"
    ) == ("nou en toen zat [persoon-02-2] daar met juf [leraar-02] op de gang")


def test_two_people_of_one_name_in_two_cases(study: Project, tmp_path: Path) -> None:
    one = into(study, tmp_path, "casus-02-ouder", "Dat vond ik van Yusuf ook.")
    other = into(study, tmp_path, "casus-03-ouder", "Nu vond ik van Yusuf iets anders.")
    assert "[persoon-02]" in one
    assert "[persoon-03]" in other
    assert "[persoon-02]" in into(study, tmp_path, "casus-02-leraar", "Die Yusuf werkt hard.")
    assert "[persoon-03]" in into(study, tmp_path, "casus-03-leraar", "Die Yusuf werkt soms hard.")


def test_a_care_worker_with_a_surname_is_the_same_in_all_cases(study: Project, tmp_path: Path) -> None:
    listed = [KnownName(("Saskia de Wolff",), NameKind.PROFESSIONAL)]
    one = into(study, tmp_path, "casus-02-ouder", "Toen kwam Saskia de Wolff langs.", participants=listed)
    other = into(study, tmp_path, "casus-03-ouder", "Ook daar kwam Saskia de Wolff.")
    assert "[hulpverlener-02]" in one
    assert "[hulpverlener-02]" in other


def test_a_surname_alone_is_nobody_in_particular_in_another_interview(study: Project, tmp_path: Path) -> None:
    mother = into(study, tmp_path, "casus-02-ouder", "Mevrouw de Vries, zeiden ze dan.")
    father = into(study, tmp_path, "casus-02-leraar", "Meneer de Vries kwam op school.")
    other = into(study, tmp_path, "casus-03-leraar", "Daar heb ik meneer de Vries over gebeld.")
    assert len({words.split("[")[1].split("]")[0] for words in (mother, father, other)}) == 3


def test_the_file_holds_fingerprints_and_no_names(study: Project, tmp_path: Path) -> None:
    into(study, tmp_path, "casus-02-ouder", "Dat vond ik van Yusuf Demir ook.")
    members = study.names.cast()
    assert [(one.pseudonym, one.case) for one in members] == [("[persoon-02]", "02")]
    assert problems(study) == []
    study.close()
    assert b"Yusuf" not in (tmp_path / "study.qualcode").read_bytes()
