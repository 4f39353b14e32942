"""Interviews on paper: lines that stay where they are, and pencil work typed in."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from hypothesis import given, settings

from qualcode.errors import QualcodeError
from qualcode.model import Transcript
from qualcode.store.project import Project, open_project
from qualcode.tasks.coding.codings import Desk
from qualcode.text.layout import WIDTH, PaperLines
from tests.verbs import ok, refused, run

from .interviews import interviews

LONG = (
    "Toen kwam de juf langs en die zei dat het beter ging, maar thuis zagen we daar nog niets van. "
    "Daarna is er een hele tijd niets gebeurd."
)


def lines_of(transcript: Transcript) -> PaperLines:
    return PaperLines(transcript.text, [turn.span for turn in transcript.turns])


def test_lines_break_where_they_always_broke() -> None:
    lines = PaperLines(LONG, [])
    assert [lines.span(n).of(LONG) for n in range(1, len(lines) + 1)] == [
        "Toen kwam de juf langs en die zei dat het beter ging, maar",
        "thuis zagen we daar nog niets van. Daarna is er een hele tijd",
        "niets gebeurd.",
    ]


@given(interviews())
@settings(max_examples=40, deadline=None)
def test_every_word_stands_on_one_line_and_none_is_too_long(transcript: Transcript) -> None:
    lines = lines_of(transcript)
    words = [lines.span(n).of(transcript.text) for n in range(1, len(lines) + 1)]
    assert "".join("".join(words).split()) == "".join(transcript.text.split())
    assert all(len(line) <= 2 * WIDTH for line in words)
    assert lines.passage(1, len(lines)).of(transcript.text) == transcript.text.strip()


@pytest.fixture
def desk(project: Project) -> Desk:
    """anna at the printed interview: 1 Hoe ging het? 2 Goed hoor. … 3 En daarna? 4 Daarna niet meer."""
    return Desk(project, project.transcripts.all()[0])


@pytest.mark.parametrize(
    ("typed", "words", "codes", "memo"),
    [
        ("2 Ti", "Goed hoor. [lacht] We belden elke week, juf en ik.", ["tijd"], ""),
        ("3-4 me", "En daarna?\nDaarna niet meer.", ["meta"], ""),
        (" 3 – 4:  meta-perspectief ", "En daarna?\nDaarna niet meer.", ["meta"], ""),
        ("1 ti, me", "Hoe ging het?", ["tijd", "meta"], ""),
        ("1 ti me!mooi! zeg", "Hoe ging het?", ["tijd", "meta"], "mooi! zeg"),
        ('2 ti "elke week"', "elke week", ["tijd"], ""),
        ('2 ti "WE belden … juf" ! let op', "We belden elke week, juf", ["tijd"], "let op"),
    ],
)
def test_what_is_typed_is_understood(desk: Desk, typed: str, words: str, codes: list[str], memo: str) -> None:
    mark = desk.understand(typed)
    assert (mark.span.of(desk.transcript.text), [code.slug for code in mark.codes], mark.memo) == (
        words,
        codes,
        memo,
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ti 2", "begin with a line number"),
        ("2", "begin with a line number"),
        ("2 !memo", "code is missing"),
        ("5 ti", "lines 1-4"),
        ("0 ti", "lines 1-4"),
        ("3-2 ti", "lines 1-4"),
        ("2 xx", "no code is called that"),
        ("2 tijdd", "did you mean “tijd”"),
        ("2 ti xx", "no code is called that"),
        ('2 ti "elke maand"', "does not stand on these lines"),
        ("2 1", "no code is called that"),  # numbers of codes change, so they mean nothing here
    ],
)
def test_what_means_nothing_is_refused_with_a_reason(desk: Desk, typed: str, said: str) -> None:
    with pytest.raises(QualcodeError, match=said):
        desk.take(typed)
    assert desk.transcript is not None


def test_each_line_is_taken_in_echoed_and_can_be_turned_back(desk: Desk, project: Project) -> None:
    first = desk.take("2 ti, me !let op")
    assert first.words.startswith("Notion of time, Meta-perspective: “Goed hoor.")
    assert first.words.endswith("! let op")
    desk.take("4 ti")
    assert len(project.codings.all()) == 3
    with pytest.raises(QualcodeError, match="there already"):
        desk.take("4 ti")
    assert "Daarna niet meer" in desk.undo()
    assert "Goed hoor" in desk.undo()
    assert (project.codings.all(), project.memos.all()) == ([], [])
    with pytest.raises(QualcodeError, match="nothing has been typed"):
        desk.undo()
    desk.take("4 ti")


PENCIL = "# my pencil work\n2 ti !mooi\n\n9 ti\n3-4 me\n3-4 me\nzomaar\n"


def test_a_whole_file_is_taken_in_or_its_bad_lines_are_named(project: Project, tmp_path: Path) -> None:
    path, file = project.path, tmp_path / "potlood.txt"
    project.close()
    file.write_text(PENCIL)
    message = refused("paper", path, "casus-04-leraar", file, "--as", "anna")
    assert [line.split(":")[0] for line in message.splitlines()[1:]] == ["line 4", "line 6", "line 7"]
    assert ok("codings", "export", path)["codings"] == []
    seen = run("paper", path, "casus-04-leraar", file, "--as", "anna", "--dry-run").stdout
    assert "Notion of time: “Goed hoor." in seen
    assert "? line 4" in seen
    done = ok("paper", path, "casus-04-leraar", "--as", "anna", "--partial", stdin=PENCIL)
    assert (done["codings"], len(done["problems"])) == (2, 3)
    ok("undo", path, "--as", "anna")
    assert ok("codings", "export", path)["codings"] == []
    with open_project(path) as opened:
        assert opened.journal.entries()[-2].action == "codings.paper"


def test_the_printed_pages_carry_these_lines_and_all_codes(project: Project, tmp_path: Path) -> None:
    path, out = project.path, tmp_path / "paper.docx"
    project.close()
    ok("export", "paper", path, "casus-04-leraar", "-o", out, "--language", "nl")
    word = docx.Document(str(out))
    printed = [p.text.split("\t") for p in word.paragraphs if "\t" in p.text]
    assert printed == [
        ["1", "I", "Hoe ging het?"],
        ["2", "R", "Goed hoor. [lacht] We belden elke week, juf en ik."],
        ["3", "I", "En daarna?"],
        ["4", "R", "Daarna niet meer."],
    ]
    cells = [cell.text for row in word.tables[0].rows for cell in row.cells]
    assert cells == ["Ti\tNotie van tijd", "Me\tMeta-perspectief"]
    assert word.sections[0].right_margin.mm > 50
