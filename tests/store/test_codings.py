"""Codings: only where they fit the text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.errors import InputError, NotFoundError, QualcodeError
from qualcode.model import Turn
from qualcode.store.project import Project


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(5, 3, "backwards"), (3, 3, "empty"), (0, 10_000, "outside"), (-1, 3, "outside")],
)
def test_a_fragment_that_does_not_fit_is_refused(project: Project, start: int, end: int, words: str) -> None:
    with pytest.raises(InputError, match=words):
        project.codings.add(project.transcripts.all()[0], start, end, project.codebook.get("tijd"))
    assert project.codings.all() == []


@pytest.mark.parametrize("hidden", ["👨\u200d👩\u200d👧", "g\u0323", "👍🏽", "🇳🇱", "1\ufe0f\u20e3"])
def test_no_edge_falls_inside_a_visible_character(project: Project, hidden: str) -> None:
    text = f"ja {hidden} nee"
    transcript = project.transcripts.add("emoji", text, [Turn(1, 0, len(text))])
    code, inside = project.codebook.get("tijd"), range(4, 3 + len(hidden))
    for position in inside:
        with pytest.raises(InputError, match="visible character"):
            project.codings.add(transcript, position, len(text), code)
        with pytest.raises(InputError, match="visible character"):
            project.codings.add(transcript, 0, position, code)
    coding = project.codings.add(transcript, 3, 3 + len(hidden), code)
    assert coding.span.of(text) == hidden


@given(text=st.text(min_size=1, max_size=40).filter(str.strip), data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_coding_kept_is_exactly_what_was_marked(project: Project, text: str, data: st.DataObject) -> None:
    from qualcode.text.normal import normal

    try:
        text = normal(text)
        text.encode("utf-8")
    except UnicodeEncodeError:
        return
    if not text.strip():
        return
    known = project.transcripts.with_text(text)
    transcript = known or project.transcripts.add(f"t{len(project.transcripts.all())}", text, [])
    start, end = data.draw(st.integers(-2, len(text) + 2)), data.draw(st.integers(-2, len(text) + 2))
    code = project.codebook.get("meta")
    before = project.codings.all()
    try:
        coding = project.codings.add(transcript, start, end, code)
    except QualcodeError:
        assert project.codings.all() == before
    else:
        assert 0 <= start < end <= len(text)
        assert (
            project.codings.get(coding.id).span.of(project.transcripts.get(transcript.id).text)
            == text[start:end]
        )


def test_the_same_coding_twice_is_refused_but_two_coders_may(project: Project) -> None:
    transcript, code = project.transcripts.all()[0], project.codebook.get("tijd")
    project.codings.add(transcript, 0, 3, code)
    with pytest.raises(InputError, match="already"):
        project.codings.add(transcript, 0, 3, code)
    project.codings.add(transcript, 0, 3, code, project.coders.get("bram"))
    assert project.codings.counts() == {code.id: 2}
    assert project.codings.counts(project.coder) == {code.id: 1}


def test_names_do_as_well(project: Project) -> None:
    coding = project.codings.add("casus-04-leraar", 0, 3, "tijd", "Bram")
    assert coding == project.codings.all(coder=project.coders.get("bram"))[0]
    for words in (
        ("nergens", "tijd", "anna"),
        ("casus-04-leraar", "niets", "anna"),
        ("casus-04-leraar", "tijd", "els"),
    ):
        with pytest.raises(NotFoundError):
            project.codings.add(words[0], 0, 3, *words[1:])


def test_a_memo_goes_with_its_coding(project: Project) -> None:
    coding = project.codings.add(project.transcripts.all()[0], 0, 3, project.codebook.get("tijd"))
    memo = project.memos.add("coding", coding.id, "  [b]vet[/b]  ")
    assert memo.text == "[b]vet[/b]"
    project.codings.remove(coding)
    assert project.memos.all() == []
    project.undo()
    assert project.memos.all() == [memo]


def test_codes_are_found_by_slug_name_and_mnemonic(project: Project) -> None:
    code = project.codebook.get("tijd")
    for name in ("tijd", "notie van tijd", "NOTION OF TIME", code.mnemonic.lower(), code.id):
        assert project.codebook.get(name) == code
    with pytest.raises(NotFoundError, match="no code “tijdd”"):
        project.codebook.get("tijdd")


def test_the_same_text_or_name_is_not_taken_in_twice(project: Project) -> None:
    transcript = project.transcripts.all()[0]
    with pytest.raises(InputError, match="in the project already, as casus-04-leraar"):
        project.transcripts.add("other", transcript.text, transcript.turns)
    with pytest.raises(InputError, match="already"):
        project.transcripts.add("casus-04-leraar", "iets anders", [])
    with pytest.raises(InputError, match="no text"):
        project.transcripts.add("leeg", " \n ", [])
    assert project.transcripts.all() == [transcript]


def test_transcripts_come_by_case_in_natural_order(project: Project) -> None:
    for n in ("10", "9", "2"):
        project.transcripts.add(f"casus-{n}", f"tekst {n}", [], case=n)
    for name in ("zonder", "geen", "geen 2", "geen 10"):
        project.transcripts.add(name, f"tekst {name}", [])
    cases = [t.case or t.name for t in project.transcripts.all()]
    assert cases == ["2", "04", "9", "10", "geen", "geen 2", "geen 10", "zonder"]
