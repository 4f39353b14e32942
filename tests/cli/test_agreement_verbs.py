"""Verbs about two readings: agreement in many ways, differences with their effect, settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.i18n import Bilingual
from qualcode.model import Code, CoderKind, Role, Transcript, Turn
from qualcode.store.project import Project, create_project
from qualcode.store.records.decisions import Outcome
from qualcode.tasks.comparing.agenda import agenda, decide
from qualcode.tasks.comparing.comparison import compare, is_again
from tests.verbs import ok, refused, run, said, study_with

HOSTILE = "[b]x[/b] {0} %s"
SAID = "Ze belde elke week. Ik wist niet wat ze deed op school. Het duurde lang, veel te lang voor ons."


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    """Twelve interviews that anna and bram have both finished, and three codes, one under another."""
    with create_project(tmp_path / "study.qualcode") as project:
        anna = project.coders.add("anna", CoderKind.PRACTITIONER)
        bram = project.coders.add("bram", CoderKind.RESEARCHER)
        time = project.codebook.add(Code("", "tijd", Bilingual("Notie van tijd", "Notion of time")))
        soon = project.codebook.add(Code("", "snel", Bilingual("Snel", HOSTILE), parent_id=time.id))
        project.codebook.add(Code("", "ongebruikt", Bilingual("Ongebruikt", "Unused")))
        for n in range(12):
            text = f"{SAID * 20} {n}"
            turns = [Turn(1, 0, 20, "I", True), Turn(2, 20, len(text), "M")]
            made = project.transcripts.add(
                f"casus-{n:02}",
                text,
                turns,
                case=f"{n // 2:02}",
                informant=[Role.PARENT, Role.TEACHER][n % 2],
            )
            project.codings.add(made, 0, 120 + n, time, anna)
            project.codings.add(made, 20 * (n % 3), 140, time, bram)
            if n % 2:
                project.codings.add(made, 300, 420, soon, anna)
                project.codings.add(made, 300, 420, time if n % 4 == 1 else soon, bram)
            for coder in (anna, bram):
                project.progress.mark(made, coder)
        project.coder = anna
        yield project


def test_slices_have_the_same_characters_as_the_whole(study: Project) -> None:
    for by in ("document", "case", "role"):
        found = ok("agreement", study.path, "--by", by)
        whole = {code["code"]: code for code in found["codes"]}
        for code in ("tijd", "snel"):
            for name in ("both", "only_a", "only_b", "neither"):
                parts = [
                    each[name]
                    for part in found[f"by_{by}"].values()
                    for each in part["codes"]
                    if each["code"] == code
                ]
                assert sum(parts) == whole[code][name]
    text = said("agreement", study.path, "--by", "role")
    assert "parent" in text
    assert "teacher" in text
    assert HOSTILE in text


def test_a_group_counts_what_lies_under_its_top_code_as_one(study: Project) -> None:
    found = ok("agreement", study.path, "--by", "group")["by_group"]
    assert list(found) == ["tijd", "ongebruikt"]
    whole = ok("agreement", study.path)
    group, single = found["tijd"]["codes"][0], whole["codes"][0]
    assert group["both"] > single["both"]  # “tijd” against “snel” is the same group
    assert "Not used by either: Unused" in said("agreement", study.path, "--by", "group")


def test_one_code_closely_with_bars_dots_and_every_measure(study: Project) -> None:
    text = said("agreement", study.path, "--code", "tijd", "--more")
    assert text.startswith("How repeatable is “Notion of time”")
    assert "12 transcripts · unit: character · Agreement as each coded it · anna – bram" in text
    for part in (
        "█",
        "▓",
        "░",
        "◆",
        "├",
        "┤",
        "Gwet's AC1",
        "Careful",
        "The chance that alpha lies below 0.667",
    ):
        assert part in text
    assert [code["code"] for code in ok("agreement", study.path, "--code", "snel")["codes"]] == ["snel"]
    unused = said("agreement", study.path, "--code", "ongebruikt")
    assert "Not used by either: nothing to compare." in unused
    assert "nan" not in unused
    assert run("agreement", study.path, "--code", "nee").exit_code == 1


def test_the_same_codings_give_the_same_interval(study: Project) -> None:
    found = [ok("agreement", study.path)["codes"][0]["interval"] for _time in range(2)]
    assert found[0] == found[1]
    assert found[0]["low"] < found[0]["high"]
    assert found[0]["method"] == "jackknife"
    assert run("agreement", study.path, "--seed", 7).exit_code == 2  # nothing is drawn any more


def test_with_and_without_the_interviewer(study: Project) -> None:
    with_, without = (ok("agreement", study.path, option) for option in ("--interviewer", "--no-interviewer"))
    assert (with_["excluded"], without["excluded"]) == (0, 12 * 20)
    ok("settings", study.path, "interviewer", "off", "--as", "anna")
    assert ok("agreement", study.path)["excluded"] == 240
    assert ok("agreement", study.path, "--interviewer")["excluded"] == 0
    assert "without the interviewer's words" in said("agreement", study.path)


def test_switched_off_there_is_no_coefficient_anywhere(study: Project, tmp_path: Path) -> None:
    assert ok("settings", study.path, "coefficients", "uit") == {
        "name": "coefficients",
        "value": False,
        "does": "Figures of agreement. Off for reflexive analysis: the comparison stays, no coefficient is shown.",
    }
    report = tmp_path / "agreement.md"
    assert run("export", "agreement", study.path, "-o", report).exit_code == 0
    shown = [
        said("agreement", study.path, *more)
        for more in (
            ("--more",),
            ("--by", "group"),
            ("--by", "case"),
            ("--code", "tijd", "--more"),
            ("--coders", "all"),
            ("--rounds",),
        )
    ]
    for text in (*shown, said("compare", study.path), report.read_text(encoding="utf-8")):
        for name in ("alpha", "kappa", "Alpha", "Dice", "Brennan", "AC1", "F1", "Shared text", "shared text"):
            assert name not in text, (name, text)
    assert "only anna" in shown[0]  # the comparison stays
    found = ok("agreement", study.path)["codes"][0]
    assert (found["alpha"], found["kappa"], found["shared"]) == (None, None, None)
    assert found["both"] > 0
    compared = ok("compare", study.path)
    assert compared["summary"]["f1"] is None
    assert all(each["effect"] == [] for each in compared["differences"])


def test_settings_are_listed_with_what_they_mean_and_refuse_nonsense(study: Project) -> None:
    listed = {one["name"]: one for one in ok("settings", study.path)}
    assert listed["coefficients"]["value"] is True
    assert all(one["does"] for one in listed.values())
    assert "own_reasons" in said("settings", study.path)
    assert ok("settings", study.path, "iou_agreed", "80 %")["value"] == 0.8
    assert ok("settings", study.path, "title", " [b]Titel[/b]  twee ")["value"] == "[b]Titel[/b] twee"
    for name, value in (("trim", "maybe"), ("iou_agreed", "0"), ("edge_characters", "x"), ("title", "  ")):
        result = run("settings", study.path, name, value)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.strip()
    assert run("settings", study.path, "checklist", "{}").exit_code == 1  # not one for people
    assert [e.action for e in study.journal.entries(limit=2)] == ["settings.set", "settings.set"]


def test_differences_carry_the_effect_of_settling_them(study: Project) -> None:
    found = ok("compare", study.path, "--by", "effect")["differences"]
    open_ = [each for each in found if each["type"] != "agreed"]
    largest = [
        max(
            abs(e[way] - e["alpha"])
            for e in each["effect"]
            for way in ("if_a", "if_b", "if_both", "if_neither")
        )
        for each in open_
    ]
    assert largest == sorted(largest, reverse=True)
    assert largest[0] > 0
    assert {e["code"] for each in found for e in each["effect"]} == {"tijd", "snel"}
    sizes = [each["size"] for each in ok("compare", study.path, "--by", "size")["differences"]]
    assert sizes[: len(open_)] == sorted(sizes[: len(open_)], reverse=True)
    meetings = [each["meetings"] for each in ok("compare", study.path, "--by", "codes")["differences"]]
    assert meetings[: len(open_)] == sorted(meetings[: len(open_)], reverse=True)
    assert "alpha ±" in said("compare", study.path, "--by", "effect")


def test_the_effect_is_what_counting_after_the_decision_gives(study: Project) -> None:
    """What if: give bram the edges of anna, and alpha becomes what was foretold."""
    first = next(d for d in ok("compare", study.path)["differences"] if d["type"] == "edges")
    foretold = first["effect"][0]["if_a"]
    coding = study.codings.get(first["b"][0]["id"])
    study.codings.move(coding, first["a"][0]["start"], first["a"][0]["end"])
    assert ok("agreement", study.path)["codes"][0]["alpha"] == pytest.approx(foretold, abs=1e-12)


def test_three_coders_together_and_two_by_two(study: Project, tmp_path: Path) -> None:
    cees = study.coders.add("cees", CoderKind.RESEARCHER)
    assert run("agreement", study.path).exit_code == 1  # which two?
    for transcript in study.transcripts.all()[:5]:
        study.codings.add(transcript, 0, 100, study.codebook.get("tijd"), cees)
        study.progress.mark(transcript, cees)
    found = ok("agreement", study.path, "--coders", "all")
    assert (found["coders"], found["documents"], len(found["left_out"])) == (["anna", "bram", "cees"], 5, 7)
    time = found["codes"][0]
    assert sum(time["marked_by"]) == sum(len(t.text) for t in study.transcripts.all()[:5])
    assert 0 < time["alpha"] < 1
    assert [pair["coders"] for pair in found["pairs"]] == [
        ["anna", "bram"],
        ["anna", "cees"],
        ["bram", "cees"],
    ]
    assert [pair["documents"] for pair in found["pairs"]] == [12, 5, 5]
    unused = next(code for code in found["codes"] if code["code"] == "ongebruikt")
    assert unused["alpha"] is None
    assert unused["reasons"]["alpha"]
    two = ok("agreement", study.path, "--coders", "anna,bram")
    alone = ok("agreement", study.path, "anna", "bram")
    assert two["codes"][0]["alpha"] == pytest.approx(alone["codes"][0]["alpha"])
    shown = said("agreement", study.path, "--coders", "all")
    assert "anna – cees" in shown
    matrix = shown[shown.index("Pooled kappa, two by two:") :].splitlines()
    assert matrix[1].split() == ["anna", "bram", "cees"]
    assert matrix[2].split()[:2] == ["anna", "–"]
    assert matrix[2].count("▓▓ 0.") + matrix[2].count("██ 0.") == 2
    report = tmp_path / "report.md"
    ok("export", "agreement", study.path, "anna", "bram", "-o", report)
    assert "All coders together, and two by two" in report.read_text(encoding="utf-8")
    assert "practitioner – researcher 1 0." in report.read_text(encoding="utf-8")
    for names in ("anna", "anna,anna", "anna,niemand"):
        assert run("agreement", study.path, "--coders", names).exit_code == 1


def test_rounds_give_two_series_that_never_mix(study: Project, tmp_path: Path) -> None:
    people = (study.coders.get("anna"), study.coders.get("bram"))
    first = study.rounds.start(study.transcripts.all(), people)
    plan = agenda(study, compare(study, *people))
    before = ok("agreement", study.path, "--rounds")["rounds"]
    assert [(one["label"], one["series"]) for one in before] == [("round 1", "independent")]
    edges = [item for item in plan.items if item.difference.kind == "edges"]
    decide(study, plan, edges, Outcome.A, text="zo was het", round_id=first.id)
    after = ok("agreement", study.path, "--rounds")["rounds"]
    assert [one["series"] for one in after] == ["independent", "discussed"]
    assert after[0] == before[0]  # what was frozen does not move
    assert after[1]["codes"][0]["alpha"] > after[0]["codes"][0]["alpha"]
    text = said("agreement", study.path, "--rounds")
    assert text.index("Agreement as each coded it") < text.index(
        "Agreement after discussion (not a reliability figure)"
    )
    report = tmp_path / "agreement.md"
    assert run("export", "agreement", study.path, "-o", report).exit_code == 0
    written = report.read_text(encoding="utf-8")
    assert "Alpha per code and round: Agreement as each coded it" in written
    assert "Alpha per code and round: Agreement after discussion (not a reliability figure)" in written
    assert "which is not a reliability figure" in written


def test_the_layer_of_decisions_on_one_side_is_labelled_as_after_discussion(study: Project) -> None:
    people = (study.coders.get("anna"), study.coders.get("bram"))
    plan = agenda(study, compare(study, *people))
    decide(study, plan, plan.items[:3], Outcome.BOTH)
    layer = next(coder for coder in study.coders.all() if coder.kind is CoderKind.CONSENSUS)
    assert ok("agreement", study.path, "anna", layer.name)["series"] == "discussed"
    assert ok("agreement", study.path, "anna", "bram")["series"] == "independent"


def test_what_is_sealed_is_not_compared_for_who_may_not_see_it(study: Project) -> None:
    transcript = study.transcripts.get("casus-03")
    people = (study.coders.get("anna"), study.coders.get("bram"))
    for coder in people:
        study.progress.mark(transcript, coder, done=False)
    study.rounds.start([transcript], people)
    assert "casus-03" in ok("agreement", study.path)["left_out"]
    for verb in ("agreement", "compare"):
        result = run(verb, study.path, "--all")
        assert result.exit_code == 1
        assert "sealed" in result.stderr


def test_nothing_to_compare_is_said_and_is_no_failure(study: Project) -> None:
    for transcript in study.transcripts.all():
        study.progress.mark(transcript, study.coders.get("bram"), done=False)
    assert "nothing to compare yet" in said("agreement", study.path)
    assert ok("agreement", study.path)["documents"] == 0
    assert ok("compare", study.path)["differences"] == []
    assert ok("agreement", study.path, "--coders", "all")["documents"] == 0


def later(study: Project, name: str, case: str, informant: Role) -> Transcript:
    """One more interview, which nobody has finished yet."""
    text = f"{SAID * 20} {name}"
    return study.transcripts.add(name, text, [Turn(1, 0, len(text), "M")], case=case, informant=informant)


def test_a_plan_says_what_more_would_bring(study: Project) -> None:
    later(study, "casus-20-leraar", "20", Role.TEACHER)
    later(study, "casus-21-ouder", "21", Role.PARENT)
    later(study, "casus-00-dossier", "00", Role.FILE)
    plan = ok("plan", study.path, "--more", 6, "--more", 60, "--hours", 2)
    time = next(code for code in plan["codes"] if code["code"] == "tijd")
    now, (six, sixty) = time["now"], time["later"]
    assert now["high"] - now["low"] > six[1] - six[0] > sixty[1] - sixty[0]
    assert plan["left"] == 3
    assert [each["transcripts"] for each in plan["most"]][-1] == ["casus-00-dossier"]
    assert plan["most"][-1]["narrower"] == 0
    shown = said("plan", study.path, "--more", 6, "--more", 60, "--hours", 2)
    assert "after 6 more" in shown
    assert "Hours for two coders together, by number of interviews: 6: 24, 60: 240." in shown
    assert "casus-20-leraar: " in shown


def test_ones_own_pace_is_read_from_the_logbook(study: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    minutes = iter([0, 5, 10, 40, 45, 50])  # fifteen minutes of work and a long pause
    anna = study.coders.get("anna")
    made = later(study, "casus-20-leraar", "20", Role.TEACHER)
    for n in range(6):
        at = f"2026-05-03T12:{next(minutes):02}:00.000Z"
        monkeypatch.setattr("qualcode.store.journal.entries.now", lambda at=at: at)
        study.codings.add(made, 30 * n, 30 * n + 20, study.codebook.get("tijd"), anna)
    monkeypatch.undo()
    assert "pace is not known" in said("plan", study.path, "--as", "anna")
    study.progress.mark(made, anna)
    plan = ok("plan", study.path, "--as", "anna")
    assert plan["hours_read_from"] == 1
    # twenty minutes for one interview; those that are left are as long
    assert plan["hours_per_interview"] == pytest.approx(1 / 3, rel=0.05)
    assert ok("plan", study.path, "--as", "bram")["hours_per_interview"] is None


def test_a_plan_of_nothing_says_so(tmp_path: Path) -> None:
    path = study_with(tmp_path, {"casus-01-ouder": "I: Hoe ging het?\nR: Goed."})
    assert "nothing to compare here yet" in said("plan", path)
    assert ok("plan", path)["codes"] == []


def test_a_plan_is_refused_with_coefficients_off(study: Project) -> None:
    study.settings.set("coefficients", False)
    assert "switched off" in refused("plan", study.path)


def test_more_looks_at_edges_unitizing_gamma_and_confusion(study: Project) -> None:
    found = ok("agreement", study.path, "--more")
    assert set(found["more"]) == {"boundary", "u", "bar_u", "cu", "gamma"}
    (pair,) = found["confusion"]
    assert (pair["codes"], pair["characters"]) == (["tijd", "snel"], 3 * 119)
    assert "taken for each other more often" in said("agreement", study.path, "--more")
    one = ok("agreement", study.path, "--more", "--code", "tijd")
    assert set(one["more"]) == {"prevalence", "bias", "boundary", "bar_u", "gamma"}
    study.settings.set("coefficients", False)
    assert "more" not in ok("agreement", study.path, "--more")


def test_the_same_coder_again_is_called_stability(
    study: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = study.coders.add("anna 2", CoderKind.PRACTITIONER)
    monkeypatch.setattr("qualcode.store.records.codings.now", lambda: "2099-01-01T00:00:00.000Z")
    for transcript in study.transcripts.all():
        study.codings.add(transcript, 5, 118, study.codebook.get("tijd"), again)
        study.progress.mark(transcript, again)
    monkeypatch.undo()
    assert "stability: the same coder again" in said("agreement", study.path, "anna", "anna 2")
    assert "stability" not in said("agreement", study.path, "anna", "bram")
    ok("export", "agreement", study.path, "anna", "anna 2", "-o", tmp_path / "again.md")
    report = (tmp_path / "again.md").read_text(encoding="utf-8")
    assert "Both readings are of the same person, " in report
    assert "not whether two people agree" in report
    assert "The figures rest on 12 of 12 transcripts, coded twice. Both readings" in report.replace(
        chr(10), " "
    )
    methods = report[report.index("Methods") : report.index("Appendix")]
    assert not any(claim in methods for claim in ("The coders were", "two coders.", "see each other"))


@pytest.mark.parametrize(
    ("one", "other", "again"),
    [
        ("anna", "Anna 2", True),
        ("anna-3", "anna", True),
        ("anna", "annabel", False),
        ("coder1", "coder2", False),
    ],
)
def test_a_second_name_is_recognised(one: str, other: str, again: bool) -> None:
    assert is_again(one, other) is again
