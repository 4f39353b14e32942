"""Interviews out to Word and back: what a coder marked there becomes codings, and nothing is taken in silently."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.exchange.word_marks import read_marks
from qualcode.model import Code, Coding
from qualcode.reports.material import DocumentOptions
from qualcode.reports.writers.interview import CodedTranscript, write_transcript
from qualcode.store.project import Project, open_project
from qualcode.tasks.coding.word import WordPlan, plan_in_words, plan_word, take_word
from qualcode.tasks.exporting.documents import Request
from qualcode.tasks.exporting.write import export
from qualcode.text.spans import Span
from qualcode.text.word_alignment import WordAlignment
from tests.verbs import ok, refused, run

from .interviews import codes, codings_of, interviews


def spans(project: Project, coder: str) -> list[tuple[str, str]]:
    """The words and code of each coding of a coder."""
    transcript = project.transcripts.all()[0]
    names = {code.id: code.slug for code in project.codebook.all(retired=True)}
    found = project.codings.all(coder=project.coders.get(coder))
    return [(coding.span.of(transcript.text), names[coding.code_id]) for coding in found]


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_coding_is_a_comment_on_exactly_its_words(tmp_path: Path, data: st.DataObject) -> None:
    transcript = data.draw(interviews())
    codings = data.draw(codings_of(transcript))
    path = tmp_path / "x.docx"
    write_transcript(CodedTranscript(transcript, codings, codes(), {"anna": "anna"}), path)
    marked = read_marks(path)
    alignment = WordAlignment(marked.text, transcript.text)
    for coding, comment in zip(codings, marked.comments, strict=True):
        assert comment.span is not None
        placed = alignment.place(comment.span)
        if placed.words:  # a coding on white space or signs alone can have no place of its own
            assert placed.span == coding.span
    assert [comment.author for comment in marked.comments] == ["anna"] * len(codings)


@pytest.fixture
def coded(project: Project) -> Project:
    """The project of the tests with two codings of anna (one with a memo) and one of bram."""
    transcript = project.transcripts.all()[0]
    tijd, meta = project.codebook.get("tijd"), project.codebook.get("meta")
    first = project.codings.add(transcript, 14, 24, tijd)
    project.memos.add("coding", first.id, "Let op: de toon.\nTweede regel.")
    project.codings.add(transcript, 20, 50, meta)
    project.codings.add(transcript, 0, 13, meta, project.coders.get("bram"))
    return project


def plan(project: Project, path: Path, coder: str = "anna", **more: object) -> WordPlan:
    return plan_word(project, path, project.coders.get(coder), **more)  # type: ignore[arg-type]


def exported(project: Project, path: Path) -> docx.document.Document:
    name = project.transcripts.all()[0].name
    export(
        project, "transcript", path, Request(DocumentOptions(language="nl"), transcript=name, comments=True)
    )
    return docx.Document(str(path))


def test_an_untouched_document_changes_nothing(coded: Project, tmp_path: Path) -> None:
    exported(coded, tmp_path / "x.docx")
    found = plan(coded, tmp_path / "x.docx")
    assert (len(found.same), found.new, found.memos, found.unclear, found.others, found.gone) == (
        2, (), (), (), (), (),
    )  # fmt: skip
    before = coded.codings.all()
    take_word(coded, found)
    assert coded.codings.all() == before


def test_the_comments_name_coder_code_and_memo(coded: Project, tmp_path: Path) -> None:
    word = exported(coded, tmp_path / "x.docx")
    texts = [(c.author, "\n".join(p.text for p in c.paragraphs)) for c in word.comments]
    assert ("anna", "Notie van tijd\nLet op: de toon.\nTweede regel.") in texts
    assert ("bram", "Meta-perspectief") in texts
    shades = [
        run.text
        for paragraph in word.paragraphs
        for run in paragraph.runs
        if run._r.rPr is not None and run._r.rPr.find("{*}shd") is not None
    ]
    assert "Goed h" in shades  # the words before the second coding begins


def test_comments_added_changed_and_removed_in_word_come_back(coded: Project, tmp_path: Path) -> None:
    word = exported(coded, tmp_path / "x.docx")
    last = next(p for p in word.paragraphs if "Daarna niet meer" in p.text).runs[-1]
    word.add_comment(last, text="mp: dit is nieuw", author="Marit", initials="M")
    word.add_comment(last, text="TIJD", author="Marit", initials="M")
    word.add_comment(last, text="Notion of time", author="Marit", initials="M")
    word.add_comment(last, text="Noti van tijd", author="", initials="")
    gone = next(c for c in word.comments if c.text == "Meta-perspectief" and c.author == "anna")
    for element in list(word.element.body.iter()):
        if element.tag.endswith(("commentRangeStart", "commentRangeEnd", "commentReference")) and element.get(
            next(iter(element.attrib))
        ) == str(gone.comment_id):
            element.getparent().remove(element)
    gone._comment_elm.getparent().remove(gone._comment_elm)
    word.save(str(tmp_path / "y.docx"))
    coded.codebook.change(Code(**{**_fields(coded.codebook.get("meta")), "mnemonic": "mp"}))
    found = plan(coded, tmp_path / "y.docx")
    assert [(p.code.slug, p.memo, p.remark) for p in found.new] == [
        ("meta", "dit is nieuw", ""),
        ("tijd", "", "stands there twice, taken once"),
    ]
    assert "by nobody" in found.unclear[0]
    assert "did you mean “Notie van tijd”" in found.unclear[0]
    assert [coding.start for coding in found.gone] == [20]
    lines = plan_in_words(found, coded.codebook.all())
    assert lines[-1].startswith(
        "2 new, 0 memos changed, 1 there already, 1 to look at, 1 not in the document"
    )
    take_word(coded, found, replace=True)
    assert ("Daarna niet meer.", "meta") in spans(coded, "anna")
    assert len(spans(coded, "anna")) == 3
    assert spans(coded, "bram") == [("Hoe ging het?", "meta")]
    coded.undo()
    assert len(spans(coded, "anna")) == 2


def _fields(code: Code) -> dict[str, object]:
    return {name: getattr(code, name) for name in Code.__dataclass_fields__}


def test_a_memo_changed_in_word_is_changed_here(coded: Project, tmp_path: Path) -> None:
    word = exported(coded, tmp_path / "x.docx")
    comment = next(c for c in word.comments if c.text.startswith("Notie"))
    comment.paragraphs[1].runs[0].text = "Andere toon."
    word.save(str(tmp_path / "x.docx"))
    found = plan(coded, tmp_path / "x.docx")
    take_word(coded, found)
    texts = [memo.text for memo in coded.memos.all()]
    assert texts == ["Andere toon.\nTweede regel."]


def test_another_coder_s_comments_stay_theirs(coded: Project, tmp_path: Path) -> None:
    word = exported(coded, tmp_path / "x.docx")
    last = next(p for p in word.paragraphs if "Daarna niet meer" in p.text).runs[-1]
    word.add_comment(last, text="tijd", author="anna", initials="A")
    word.save(str(tmp_path / "x.docx"))
    found = plan(coded, tmp_path / "x.docx", "bram")
    assert (found.new, len(found.same)) == ((), 1)
    assert "--author takes it in" in found.others[0]
    taken = plan(coded, tmp_path / "x.docx", "bram", authors=["Anna"])
    assert {planned.code.slug for planned in taken.new} == {"tijd", "meta"}


def highlighted(coded: Project, path: Path, words: str, colour: str) -> None:
    """Lets somebody draw a highlighter over words of the exported document, as Word writes it."""
    word = docx.Document(str(path))
    paragraph = next(p for p in word.paragraphs if words in p.text)
    target = next(r for r in paragraph.runs if words in r.text)
    before, _words, after = target.text.partition(words)
    target.text = before
    marked = paragraph.add_run(words)
    rest = paragraph.add_run(after)
    target._r.addnext(marked._r)
    marked._r.addnext(rest._r)
    marked.font.highlight_color = getattr(docx.enum.text.WD_COLOR_INDEX, colour)
    word.save(str(path))


def test_highlighters_stand_for_codes_by_the_legend(coded: Project, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    exported(coded, path)
    highlighted(coded, path, "niet meer", "YELLOW")
    highlighted(coded, path, "En daarna", "RED")
    found = plan(coded, path)
    assert [(p.code.slug, p.span.of(found.transcript.text)) for p in found.new] == [("tijd", "niet meer")]
    assert found.unclear == ("red on “En daarna”: red has no code in the legend (--legend red=CODE)",)
    more = plan(coded, path, legend={"rood": "meta", "geel": "meta"})
    assert [p.code.slug for p in more.new] == ["meta", "meta"]
    with pytest.raises(Exception, match="no code is called"):
        plan(coded, path, legend={"rood": "onzin"})


def test_on_the_command_line(coded: Project, tmp_path: Path) -> None:
    path, out = coded.path, tmp_path / "out.docx"
    coded.close()
    ok("export", "transcript", path, "casus-04-leraar", "-o", out, "--comments", "--coder", "anna")
    assert ok("import-codings", path, out, "--as", "bram", "--author", "anna", "--dry-run")["taken"] is False
    done = ok("import-codings", path, out, "--as", "bram", "--author", "anna")
    assert [(row["start"], row["end"], row["code"]) for row in done["new"]] == [
        (14, 24, "tijd"),
        (20, 50, "meta"),
    ]
    with open_project(path) as project:
        assert len(project.codings.all(coder=project.coders.get("bram"))) == 3
    assert "Nothing was taken in" in run("import-codings", path, out, "--as", "bram", "--dry-run").stdout
    assert "form yellow=tijd" in refused("import-codings", path, out, "--as", "bram", "--legend", "geel")
    other = docx.Document()
    other.add_paragraph("Heel andere woorden, van iemand die niets met dit gesprek te maken heeft.")
    other.save(str(tmp_path / "other.docx"))
    assert "agrees with no interview" in refused(
        "import-codings", path, tmp_path / "other.docx", "--as", "anna"
    )
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04broken")
    assert "damaged" in refused("import-codings", path, tmp_path / "broken.docx", "--as", "anna")


def test_where_a_coding_is_shown_is_where_it_is(coded: Project, tmp_path: Path) -> None:
    exported(coded, tmp_path / "x.docx")
    marked = read_marks(tmp_path / "x.docx")
    first = next(c for c in marked.comments if c.text.startswith("Notie"))
    assert first.span is not None
    assert Span(*first.span).of(marked.text) == Coding("", "", 14, 24, "", "").span.of(
        coded.transcripts.all()[0].text
    )


def test_a_document_of_somebody_else_with_changed_words_is_placed_by_its_words(
    coded: Project, tmp_path: Path
) -> None:
    word = docx.Document()
    word.add_paragraph("Casus 4, overgetypt")
    word.add_paragraph("I: Hoe ging het?")
    answer = word.add_paragraph("R: Goed hoor. ")
    changed = answer.add_run("We belden iedere week, juf en ik.")
    word.add_comment(changed, text="tijd, meta: mooi voorbeeld", author="Marit")
    kept = word.add_paragraph("R: Daarna ").add_run("niet meer")
    kept.font.highlight_color = docx.enum.text.WD_COLOR_INDEX.TURQUOISE
    word.add_comment(kept, text="Hier schrok ik van.", author="Marit")
    new = word.add_paragraph("R: ").add_run("Dit heeft niemand ooit gezegd in het interview.")
    word.add_comment(new, text="tijd", author="Marit")
    word.save(str(tmp_path / "x.docx"))
    found = plan(coded, tmp_path / "x.docx", "bram", legend={"turquoise": "tijd"})
    text = found.transcript.text
    assert [(p.span.of(text), p.code.slug, p.memo, p.remark) for p in found.new] == [
        ("We belden elke week, juf en ik.", "tijd", "mooi voorbeeld", CHANGED),
        ("We belden elke week, juf en ik.", "meta", "mooi voorbeeld", CHANGED),
        ("niet meer", "tijd", "Hier schrok ik van.", ""),
    ]
    assert len(found.unclear) == 1
    assert "its words are not in the interview" in found.unclear[0]


CHANGED = "the words were changed; placed by 6 of 7 words"


def test_a_sealed_interview_shows_only_one_s_own_codings(coded: Project, tmp_path: Path) -> None:
    coded.rounds.start(coded.transcripts.all(), coded.coders.pair())
    path = coded.path
    coded.close()
    out = tmp_path / "sealed.docx"
    ok("export", "transcript", path, "casus-04-leraar", "-o", out, "--comments", "--as", "bram")
    assert {comment.author for comment in read_marks(out).comments} == {"bram"}
    assert "sealed" in refused(
        "export", "transcript", path, "casus-04-leraar", "--as", "bram", "--coder", "anna"
    )
    found = ok("export", "project", path, "-o", tmp_path / "x.qdpx", "--as", "bram")
    left = found["left_behind"]["sealed interviews, without what others coded in them"]
    assert (found["codings"], left) == (1, 1)


def test_what_somebody_marked_in_an_interview_is_not_written_over(coded: Project, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    exported(coded, path)
    word = exported(coded, path)
    word.add_comment(word.paragraphs[4].runs, text="tijd", author="carla")
    word.save(str(path))
    before = path.read_bytes()
    with pytest.raises(InputError, match=r"not as qualcode wrote it.*x-2\.docx"):
        exported(coded, path)
    assert path.read_bytes() == before
    name = coded.transcripts.all()[0].name
    saved = export(coded, "transcript", path, Request(transcript=name, comments=True), afresh=True)
    assert saved.before is not None
    assert saved.before.read_bytes() == before
    assert "carla" not in {comment.author for comment in docx.Document(str(path)).comments}
    export(coded, "paper", path.with_name("p.docx"), Request(transcript=name))
    paper = docx.Document(str(path.with_name("p.docx")))
    paper.paragraphs[-1].add_run("!")
    paper.save(str(path.with_name("p.docx")))
    with pytest.raises(InputError, match="--afresh"):
        export(coded, "paper", path.with_name("p.docx"), Request(transcript=name))


def test_a_document_without_comments_takes_no_codings_away_unasked(coded: Project, tmp_path: Path) -> None:
    path, plain = coded.path, tmp_path / "plain.docx"
    n = len(coded.codings.all(coder=coded.coders.get("anna")))
    coded.close()
    ok("export", "transcript", path, "casus-04-leraar", "-o", plain)
    call = ("import-codings", path, plain, "--as", "anna")
    before = path.read_bytes()
    assert f"{n} of the {n} codings of anna in casus-04-leraar are not in the document" in refused(
        *call, "--replace"
    )
    assert "--away" in refused(*call, "--away", n - 1)
    assert path.read_bytes() == before
    ok(*call, "--away", n)
    with open_project(path) as project:
        assert project.codings.all(coder=project.coders.get("anna")) == []


def test_comments_of_several_strangers_are_not_all_of_one_person(coded: Project, tmp_path: Path) -> None:
    word = exported(coded, tmp_path / "x.docx")
    last = next(p for p in word.paragraphs if "Daarna niet meer" in p.text).runs[-1]
    for author in ("Marit Jansen", "Een collega"):
        word.add_comment(last, text="Meta-perspectief", author=author, initials="")
    word.save(str(tmp_path / "y.docx"))
    with pytest.raises(InputError, match=r"Een collega 1, Marit Jansen 1.*--author"):
        plan(coded, tmp_path / "y.docx")
    found = plan_word(coded, tmp_path / "y.docx", coded.coders.get("anna"), authors=["Marit Jansen"])
    assert [planned.code.slug for planned in found.new] == ["meta"]
