"""Taking tables of survey answers in with the verbs: what each program writes, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from qualcode.store.project import open_project
from tests.verbs import ok, refused, said, study_with

FORMS = """ID;Begintijd;Tijd van voltooien;E-mail;Naam;Op welke school werk je?;Ik word gesteund;Vormen;Cijfer;Wat hielp?
1;3-5-2021 10:00:00;3-5-2021 10:05:00;a@b.nl;Sofie Jansen;po;Mee eens;overleg;7,5;Dat we elke week even spraken over één kind.
2;3-5-2021 11:00:00;3-5-2021 11:05:00;c@b.nl;Bram de Wit;vo;Helemaal mee eens;"overleg;co-teaching;";8;Sofie dacht mee.
3;4-5-2021 11:00:00;4-5-2021 11:05:00;d@b.nl;Karim Bakker;vo;Neutraal;"overleg;co-teaching;";99;
"""  # noqa: E501
GOOGLE = """Tijdstempel,E-mailadres,"Hoe lang werk je in het onderwijs?","Stellingen [Ik ken de ander]","Wat gaat goed?
(kort)"
2021/05/03 10:01:02 AM EET,a@b.nl,12,4,"Het overleg, elke maandag."
2021/05/03 10:01:02 AM EET,d@b.nl,3 jaar,2,"Weinig."
2021/05/04 10:01:02 AM EET,e@b.nl,7,5,
"""
QUALTRICS = """StartDate,EndDate,IPAddress,Finished,ResponseId,RecipientEmail,Q1,Q2_1,Q3
Start Date,End Date,IP Address,Finished,Response ID,Recipient Email,"Wat is je <b>rol</b>?","Stel - Ik ken de ander","Vertel eens"
"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}","{""ImportId"":""ipAddress""}","{""ImportId"":""finished""}","{""ImportId"":""_recordId""}","{""ImportId"":""recipientEmail""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2_1""}","{""ImportId"":""QID3_TEXT""}"
2021-05-03 10:00:00,2021-05-03 10:05:00,1.2.3.4,True,R_1abc,a@b.nl,leraar,4,"Toen we samen voor de klas stonden."
2021-05-03 10:00:00,2021-05-03 10:05:00,1.2.3.5,True,R_2abc,b@b.nl,hulpverlener,3,"Geen."
"""  # noqa: E501
LIME = """"id","submitdate","lastpage","startlanguage","seed","G1Q1. Wat is je rol?","G1Q2[SQ001]. Stel [Ik ken]","G2Q1. Vertel"
"1","2021-05-03 10:00:00","3","nl","123","leraar","Mee eens","Het ging wel goed met de klas dit jaar."
"2","2021-05-03 10:00:00","3","nl","124","leraar","Oneens","Ging niet."
"3","","1","nl","125","hulpverlener","",""
"""  # noqa: E501
MONKEY = """Respondent ID,Wat is je rol?,,Hoe vaak?,,Vertel
,Response,Other (please specify),Met leraar,Met ouder,Open-Ended Response
1,leraar,,nooit,soms,Het ging goed en we leerden veel van elkaar.
2,anders,tolk,vaak,altijd,Niet.
3,leraar,,nooit,soms,Geen idee
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return study_with(tmp_path, {})


def written(folder: Path, content: str, encoding: str = "utf-8", name: str = "meting.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return path


def kinds(study: Path, file: Path, *words: str) -> dict[str, str]:
    told = ok("survey", "plan", study, file, *words)
    return {column["name"]: column["kind"] for column in told["columns"]}


def column(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    return next(dict(each) for each in told["columns"] if name in (each["name"], each["letter"]))


def held(study: Path) -> str:
    """All that the project file holds, as one string."""
    return study.read_bytes().decode("utf-8", "ignore")


def test_microsoft_forms_with_semicolons_in_windows_1252(study: Path, tmp_path: Path) -> None:
    file = written(tmp_path, FORMS, "cp1252")
    told = ok("survey", "plan", study, file)
    assert {each["name"]: each["kind"] for each in told["columns"]} == {
        "ID": "respondent",
        "Begintijd": "out",
        "Tijd van voltooien": "date",
        "E-mail": "personal",
        "Naam": "personal",
        "Op welke school werk je?": "choice",
        "Ik word gesteund": "ordered",
        "Vormen": "several",
        "Cijfer": "number",
        "Wat hielp?": "open",
    }
    assert column(told, "Cijfer")["notes"] == ["counts as no answer: 99 (1×)"]
    assert column(told, "Ik word gesteund")["choices"][2:] == ["Neutraal", "Mee eens", "Helemaal mee eens"]
    assert (told["respondents"], told["interviews"], told["taken"]) == (3, 2, False)
    assert ok("transcripts", "list", study)["transcripts"] == []

    taken = ok("survey", "import", study, file, "--names", "replace")
    assert (taken["respondents"], taken["interviews"], taken["taken"]) == (3, 2, True)
    shown = ok("transcripts", "show", study, "meting 2")
    assert [(turn["interviewer"], shown["text"][turn["start"] : turn["end"]]) for turn in shown["turns"]] == [
        (True, "meting · 2"),
        (True, "Wat hielp?"),
        (False, "[persoon-1] dacht mee."),
    ]


@pytest.mark.parametrize("names", ["replace", "keep"])
def test_names_and_addresses_in_columns_never_reach_the_project(
    study: Path, tmp_path: Path, names: str
) -> None:
    ok("survey", "import", study, written(tmp_path, FORMS), "--names", names)
    for personal in ("Jansen", "Bram", "de Wit", "Karim", "Bakker", "@b.nl"):
        assert personal not in held(study)
    assert ("Sofie" in held(study)) is (names == "keep")


def test_steps_of_a_scale_are_no_names_and_telephone_numbers_no_numbers(study: Path, tmp_path: Path) -> None:
    content = (
        "nr,Steun,Bel me\n1,Mee eens,0612345678\n2,Neutraal,0687654321\n3,Helemaal mee eens,0611112222\n"
    )
    told = ok("survey", "import", study, written(tmp_path, content))
    assert (column(told, "Steun")["notes"], column(told, "Bel me")["kind"]) == ([], "personal")
    assert ok("names", "scan", study) == []


def test_a_name_among_answers_is_told(study: Path, tmp_path: Path) -> None:
    content = "nr,Met wie?,Cijfer\n" + "".join(f"{n},{'abcdefgh'[n % 8]},7\n" for n in range(1, 17))
    told = ok("survey", "plan", study, written(tmp_path, f"{content}17,juf Anneke,8\n"))
    assert column(told, "Met wie?")["notes"] == ["a name may stand in: “juf Anneke”"]


def test_names_in_questions_are_replaced_too(study: Path, tmp_path: Path) -> None:
    head = "nr,Cijfer voor juf Anneke,Wat deed juf Anneke?\n"
    content = f"{head}1,7,Anneke keek mee in de klas met alle kinderen.\n2,8,Niets.\n"
    ok("survey", "import", study, written(tmp_path, content), "--names", "replace")
    assert "Anneke" not in held(study)
    (item,) = ok("survey", "show", study)["items"]
    assert item["question"] == "Cijfer voor juf [leraar-1]"


def test_columns_that_hold_names_without_saying_so_stay_out(study: Path, tmp_path: Path) -> None:
    content = (
        "nr,Wie ben je?,Bereikbaar,Team,Mening\n"
        "1,Sofie Jansen,06-12345678,juf Anneke,ja\n"
        "2,Bram,a@b.nl,meester Jan,nee\n3,Karim,06-87654321,juf Anneke,ja\n"
    )
    found = kinds(study, written(tmp_path, content))
    assert [found[name] for name in ("Wie ben je?", "Bereikbaar", "Team")] == ["personal"] * 3
    assert found["Mening"] == "choice"
    ok("survey", "import", study, tmp_path / "meting.csv")
    assert not any(name in held(study) for name in ("Sofie", "Bram", "Karim", "Anneke", "06-12", "a@b.nl"))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            GOOGLE,
            {
                "Tijdstempel": "date",
                "E-mailadres": "personal",
                "Hoe lang werk je in het onderwijs?": "number",
                "Stellingen [Ik ken de ander]": "number",
                "Wat gaat goed? (kort)": "open",
            },
        ),
        (
            QUALTRICS,
            {
                "StartDate": "out",
                "EndDate": "date",
                "IPAddress": "personal",
                "Finished": "out",
                "ResponseId": "respondent",
                "RecipientEmail": "personal",
                "Q1": "choice",
                "Q2_1": "number",
                "Q3": "open",
            },
        ),
        (
            LIME,
            {
                "id": "respondent",
                "submitdate": "date",
                "lastpage": "out",
                "startlanguage": "out",
                "seed": "out",
                "G1Q1": "choice",
                "G1Q2[SQ001]": "ordered",
                "G2Q1": "open",
            },
        ),
        (
            MONKEY,
            {
                "Respondent ID": "respondent",
                "Wat is je rol? – Response": "choice",
                "Wat is je rol? – Other (please specify)": "open",
                "Hoe vaak? – Met leraar": "ordered",
                "Hoe vaak? – Met ouder": "ordered",
                "Vertel – Open-Ended Response": "open",
            },
        ),
    ],
    ids=["Google", "Qualtrics", "LimeSurvey", "SurveyMonkey"],
)
def test_what_survey_programs_write(
    study: Path, tmp_path: Path, content: str, expected: dict[str, str]
) -> None:
    file = written(tmp_path, content)
    assert kinds(study, file) == expected
    taken = ok("survey", "import", study, file)
    assert taken["interviews"] == len(ok("transcripts", "list", study)["transcripts"])
    assert ok("check", study) is not None


@pytest.mark.parametrize("title", ["", "Enquête samenwerking 2021"])
def test_a_sheet_with_merged_cells_above_its_items(study: Path, tmp_path: Path, title: str) -> None:
    book = Workbook()
    sheet = book.active
    for line in (title,) if title else ():
        sheet.append([line])
        sheet.merge_cells("A1:E1")
    sheet.append(["Nr", "Hoe vaak spreek je", None, None, "Toelichting"])
    sheet.append([None, "de leraar", "de ouder", "het kind", None])
    row = 2 if title else 1
    for cells in (f"B{row}:D{row}", f"A{row}:A{row + 1}", f"E{row}:E{row + 1}"):
        sheet.merge_cells(cells)
    sheet.append([1, 3, 4, 5.0, "Vooral bij de deur, als de kinderen naar huis gaan."])
    sheet.append([2, 1, 2, 2, None])
    book.save(tmp_path / "blad.xlsx")
    told = ok("survey", "plan", study, tmp_path / "blad.xlsx")
    assert [each["question"] for each in told["columns"]][:5] == [
        "Nr",
        "Hoe vaak spreek je – de leraar",
        "Hoe vaak spreek je – de ouder",
        "Hoe vaak spreek je – het kind",
        "Toelichting",
    ]
    assert told["respondents"] == 2


def test_somebody_says_what_columns_hold(study: Path, tmp_path: Path) -> None:
    file = written(tmp_path, FORMS)
    words = ("--column", "F=choice:schooltype", "--column", "Cijfer=out", "--column", "Ik word gesteund=open")
    assert kinds(study, file, *words)["schooltype"] == "choice"
    assert kinds(study, file, *words)["Cijfer"] == "out"
    ordered = ok("survey", "plan", study, file, "--column", "F=ordered:soort:vo|po|mbo")
    assert column(ordered, "soort")["choices"] == ["vo", "po", "mbo"]
    assert "not on the scale" not in said(
        "survey", "plan", study, file, "--column", "F=ordered:soort:vo|po|mbo"
    )
    assert "There is no column “Q9”" in refused("survey", "plan", study, file, "--column", "Q9=open")
    assert "must look like COLUMN=KIND" in refused("survey", "plan", study, file, "--column", "F=liedje")
    assert "cannot both be called" in refused("survey", "plan", study, file, "--column", "F=choice:Cijfer")


def test_scales_are_said_with_letters_and_stretches(study: Path, tmp_path: Path) -> None:
    content = "nr,a,b,c,d\n1,1,2,5,po\n2,2,3,4,vo\n3,5,5,1,po\n"
    file = written(tmp_path, content)
    told = ok("survey", "plan", study, file, "--scale", "steun=B:C,-c", "--range", "1-5")
    assert told["scales"] == [{"scale": "steun", "items": ["a", "b", "-c"], "low": 1, "high": 5}]
    assert "it is no number" in refused("survey", "plan", study, file, "--scale", "steun=a,d")
    assert "stands twice" in refused("survey", "plan", study, file, "--scale", "steun=a,a")
    assert "There is no column" in refused("survey", "plan", study, file, "--scale", "steun=a,zz")
    assert "NAME=ITEM" in refused("survey", "plan", study, file, "--scale", "steun")
    assert "LOW-HIGH" in refused("survey", "plan", study, file, "--scale", "s=a", "--range", "5")


def test_two_respondents_of_one_name_are_refused(study: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "ID,mening\n1,goed\n2,slecht\n1,goed\n")
    message = refused("survey", "import", study, file)
    assert "“1” stands in column A on lines 2, 4" in message
    assert ok("survey", "plan", study, file, "--column", "ID=out")["respondents"] == 3
    assert ok("survey", "import", study, file, "--column", "ID=out")["taken"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("ID,mening\n", "no answers below its header"),
        ("ID;vormen;cijfer\n1;een;twee;3\n2;een;3\n", "more answers than there are questions"),
        ("ID,Naam\n1,Sofie Jansen\n2,Bram\n", "No column holds answers"),
        ("ID\0;a\n", "not a text file"),
    ],
)
def test_what_is_refused_leaves_nothing(study: Path, tmp_path: Path, content: str, words: str) -> None:
    before = study.read_bytes()
    assert words in refused("survey", "import", study, written(tmp_path, content))
    assert study.read_bytes() == before


@pytest.mark.parametrize("content", [b"geen zip", b"PK\x03\x04kapot", b"\xd0\xcf\x11\xe0" + b"x" * 600])
def test_a_damaged_workbook_is_refused(study: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    assert "x.xlsx" in refused("survey", "import", study, tmp_path / "x.xlsx")


def test_one_respondent_empty_columns_and_a_row_without_answers(study: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "nr,rol,leeg,,cijfer\n1,leraar,,,7\n2,,,,\n")
    told = ok("survey", "import", study, file)
    assert (told["respondents"], told["interviews"]) == (1, 0)
    assert told["remarks"] == ["1 row holds no answers and is left out."]
    assert [each["kind"] for each in told["columns"]][2:4] == ["empty", "empty"]


def test_numbers_that_are_no_numbers_are_told_and_kept_as_words(study: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "nr,jaren\n1,12\n2,drie jaar\n3,7\n4,-1\n5,2\n")
    told = ok("survey", "plan", study, file)
    assert column(told, "jaren")["notes"] == [
        "1 answer is no number (“drie jaar”)"
    ]  # 12: -1 may be a number here
    codes = ok("survey", "plan", study, file, "--missing", "-1")
    assert column(codes, "jaren")["notes"][0] == "counts as no answer: -1 (1×)"


def test_answers_about_cases_go_to_them(study: Path, tmp_path: Path) -> None:
    head = "nr,casus,rol,Wat hielp?\n1,4,leraar,Dat we het samen deden en elkaar hielpen.\n"
    content = f"{head}2,4,ouder,Rust.\n3,,leraar,Niets.\n"
    ok("survey", "import", study, written(tmp_path, content))
    told = ok("transcripts", "list", study)["transcripts"]
    assert {(each["name"], each["case"], each["informant"]) for each in told} == {
        ("meting 1", "04", "leraar"),
        ("meting 2", "04", "ouder"),
        ("meting 3", None, None),
    }


def test_answers_to_one_question_are_laid_side_by_side(study: Path, tmp_path: Path) -> None:
    ok("survey", "import", study, written(tmp_path, FORMS))
    (question,) = ok("parts", study)["questions"]
    assert question == {"question": "meting · 1", "words": "Wat hielp?", "answers": 2, "codings": 0}
    answers = ok("parts", study, "meting · 1")["answers"]
    assert [answer["text"] for answer in answers][1] == "Sofie dacht mee."


def test_it_is_undone_whole_and_a_name_is_taken_once(study: Path, tmp_path: Path) -> None:
    file = written(tmp_path, FORMS)
    ok("survey", "import", study, file)
    assert "There is a survey “meting” already" in refused("survey", "import", study, file)
    assert json.loads(said("survey", "import", study, file, "--name", "nameting", "--json"))["taken"]
    ok("undo", study)
    ok("undo", study)
    assert ok("transcripts", "list", study)["transcripts"] == []
    assert ok("survey", "import", study, file)["taken"]


def test_import_says_where_a_table_belongs(study: Path, tmp_path: Path) -> None:
    assert "qualcode survey import" in refused("import", study, written(tmp_path, FORMS))


STAFF = """nr,rol,leeftijd,q1,q2,q3
1,leraar,30,1,2,5
2,leraar,31,2,2,4
3,leraar,45,2,3,4
4,hulpverlener,50,4,4,2
5,hulpverlener,52,5,4,1
6,hulpverlener,38,4,5,2
7,hulpverlener,60,5,99,n.v.t.
"""


@pytest.fixture
def counted(study: Path, tmp_path: Path) -> Path:
    file = written(tmp_path, STAFF, name="voor.csv")
    ok("survey", "import", study, file, "--scale", "steun=q1,q2,-q3", "--range", "1-5")
    return study


def test_a_scale_is_counted(counted: Path) -> None:
    told = ok("survey", "show", counted)
    (scale,) = told["scales"]
    assert (scale["scale"], scale["group"], scale["n"], scale["alpha_n"]) == ("steun", None, 6, 6)
    assert scale["mean"] == pytest.approx((4 / 3 + 2 + 7 / 3 + 4 + 14 / 3 + 13 / 3) / 6)
    assert scale["alpha_low"] < scale["alpha"] < scale["alpha_high"]
    assert [item["item"] for item in scale["items"]] == ["q1", "q2", "q3"]
    turned = scale["items"][2]
    assert (turned["reversed"], turned["n"]) == (True, 6)
    assert turned["distribution"] == {"1": 1, "2": 2, "4": 2, "5": 1}
    assert [item["item"] for item in told["items"]] == ["leeftijd"]
    assert told["differences"] == []


def test_groups_are_compared_with_intervals_first(counted: Path) -> None:
    told = ok("survey", "show", counted, "--by", "rol")
    assert {(scale["group"], scale["n"]) for scale in told["scales"]} == {("leraar", 3), ("hulpverlener", 3)}
    (difference,) = told["differences"]
    assert (difference["a"], difference["b"], difference["paired"]) == ("hulpverlener", "leraar", False)
    assert difference["low"] < difference["difference"] < difference["high"]
    shown = said("survey", "show", counted, "--by", "rol")
    assert shown.index("95% interval") < shown.index("; p ")
    assert "Groups of fewer than 10 say little" in shown


def test_a_number_makes_groups_by_ranges(counted: Path) -> None:
    told = ok("survey", "show", counted, "--by", "leeftijd:40,55")
    assert [(scale["group"], scale["n"]) for scale in told["scales"]] == [
        ("30–38", 3),
        ("45–52", 3),
        ("60", 0),
    ]
    thirds = ok("survey", "show", counted, "--by", "leeftijd")
    assert len(thirds["scales"]) == 3
    assert "known is: rol, leeftijd" in refused("survey", "show", counted, "--by", "schooltype")
    assert "NAME:NUMBER" in refused("survey", "show", counted, "--by", "leeftijd:x")


def test_before_and_after_are_compared_person_by_person(counted: Path, tmp_path: Path) -> None:
    later = STAFF.replace("1,leraar,30,1,2,5", "1,leraar,30,3,3,3").replace(
        "2,leraar,31,2,2,4", "2,leraar,31,4,3,3"
    )
    words = ("--scale", "steun=q1,q2,-q3", "--range", "1-5")
    ok("survey", "import", counted, written(tmp_path, later, name="na.csv"), *words)
    told = ok("survey", "show", counted, "--by", "survey")
    assert [scale["group"] for scale in told["scales"]] == ["na", "voor"]
    (difference,) = told["differences"]
    assert (difference["paired"], difference["n_a"]) == (True, 6)
    assert difference["difference"] > 0
    assert len(ok("survey", "show", counted, "--survey", "na")["scales"]) == 1


def test_a_scale_of_one_item_and_a_group_of_one(study: Path, tmp_path: Path) -> None:
    content = "nr,rol,q1\n1,leraar,3\n2,leraar,4\n3,ouder,2\n"
    ok("survey", "import", study, written(tmp_path, content), "--scale", "een=q1")
    told = ok("survey", "show", study, "--by", "rol")
    assert {scale["alpha_undefined"] for scale in told["scales"]} == {"one item"}
    (difference,) = told["differences"]
    assert (difference["p"], difference["low"]) == (None, None)
    assert "too small" in said("survey", "show", study, "--by", "rol")


def test_scales_are_said_afterwards_too(counted: Path, tmp_path: Path) -> None:
    told = ok("survey", "scale", counted, "last=q1,-q3", "steun=q1,q2", "--as", "anna")
    assert [scale["scale"] for scale in told["scales"]] == ["last", "steun"]
    assert "turned round as 1 to 5" in told["remarks"][0]
    assert {scale["scale"]: scale["n"] for scale in ok("survey", "show", counted)["scales"]} == {
        "last": 7,
        "steun": 7,
    }
    assert "There is no column “q9”" in refused("survey", "scale", counted, "last=q9")
    assert "cannot both be called" in refused("survey", "scale", counted, "a=q1", "A=q2")
    ok("undo", counted, "--as", "anna")
    assert [scale["scale"] for scale in ok("survey", "show", counted)["scales"]] == ["steun"]
    ok("survey", "import", counted, written(tmp_path, STAFF, name="na.csv"))
    assert "Say which: --survey" in refused("survey", "scale", counted, "last=q1")
    assert ok("survey", "scale", counted, "last=q1", "--survey", "na")["survey"] == "na"


def test_a_project_without_surveys(study: Path) -> None:
    assert "no survey in this project" in refused("survey", "show", study)


def test_surveys_travel_and_are_one_when_both_took_them_in(tmp_path: Path) -> None:
    study = study_with(tmp_path, {})
    file = written(tmp_path, STAFF)
    other = tmp_path / "other.qualcode"
    other.write_bytes(study.read_bytes())
    for copy, who in ((study, "anna"), (other, "bram")):
        ok("survey", "import", copy, file, "--scale", "steun=q1,q2,-q3", "--as", who)
    ok("share", other, "-o", tmp_path / "bram.qcx", "--as", "bram")
    ok("merge", study, tmp_path / "bram.qcx", "--as", "anna")
    (scale,) = ok("survey", "show", study)["scales"]
    assert scale["n"] == 6
    assert ok("check", study)


def test_a_name_that_was_hidden_stays_hidden_in_answers(study: Path, tmp_path: Path) -> None:
    (tmp_path / "een.txt").write_text("I: Wie?\nR: Femke was er.", encoding="utf-8")
    ok("import", study, tmp_path / "een.txt")
    ok("names", "hide", study, "een", "Femke", "--as", "anna")
    content = "nr,partner,Vertel eens\n1,bij Femke thuis,Toen Femke kwam ging het beter met de klas.\n2,school,Niets.\n"
    ok("survey", "import", study, written(tmp_path, content), "--column", "partner=choice")
    assert "Femke" not in held(study)
    assert ok("check", study)


def test_forgetting_and_taking_out_an_interview_of_a_survey(study: Path, tmp_path: Path) -> None:
    ok("survey", "import", study, written(tmp_path, FORMS), "--scale", "cijfer=Cijfer")
    with open_project(study, "anna") as project:
        project.transcripts.remove(project.transcripts.get("meting 1"))
    assert ok("survey", "show", study)["scales"][0]["n"] == 2  # what was answered beside it stays
    ok("names", "forget", study, "meting 2", "--as", "anna")
    assert "Sofie" not in held(study)
    assert ok("check", study)


def test_strange_signs_and_long_heads(study: Path, tmp_path: Path) -> None:
    content = f"nr,{'Vraag ' * 100},kl\x07eur,Vertel\n1,3,ro\x1bod\u2028x,Ja\x00.\n".replace("\x00", "")
    told = ok("survey", "import", study, written(tmp_path, content), "--as", "anna")
    assert [each["name"] for each in told["columns"]] == ["nr", "B", "kleur", "Vertel"]
    ok("share", study, "-o", tmp_path / "a.qcx", "--as", "anna")
    assert "\x1bod" not in held(study)
