"""Work on codes: each an act that can be undone, and no coding lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.errors import InputError
from qualcode.i18n import Bilingual
from qualcode.model import Code
from qualcode.store.file.check import problems
from qualcode.store.project import Project
from qualcode.tasks.coding import codebook as work
from qualcode.text.spans import Span


def slugs(project: Project) -> list[str]:
    return [code.slug for code in project.codebook.all()]


def code(project: Project, start: int, end: int, slug: str, who: str = "anna") -> None:
    transcript = project.transcripts.all()[0]
    project.codings.add(transcript, start, end, project.codebook.get(slug), project.coders.get(who))


def coded(project: Project) -> list[tuple[int, int, str, str]]:
    slug = {c.id: c.slug for c in project.codebook.all(retired=True)}
    name = {c.id: c.name for c in project.coders.all()}
    return [(c.start, c.end, slug[c.code_id], name[c.coder_id]) for c in project.codings.all()]


def test_a_new_code_gets_all_it_needs(project: Project) -> None:
    made = work.new_code(
        project, "  Wat juf   ziet ", parent=project.codebook.get("meta"), definition="Wat ze ziet."
    )
    assert (made.slug, str(made.name)) == ("wat-juf-ziet", "Wat juf ziet")
    assert len(made.mnemonic) == 2
    assert made.colour == project.codebook.get("meta").colour
    assert slugs(project) == ["tijd", "meta", "wat-juf-ziet"]
    for name, words in (("", "needs a name"), ("notie van TIJD", "already")):
        with pytest.raises(InputError, match=words):
            work.new_code(project, name)


def test_a_code_in_the_words_of_the_informant(project: Project) -> None:
    transcript = project.transcripts.all()[0]
    start = transcript.text.index(" elke week,")
    made, coding = work.in_vivo(project, transcript, Span(start, start + 11))
    assert (made.slug, str(made.name)) == ("elke-week", "elke week,")
    assert coding.span.of(transcript.text) == "elke week,"
    project.undo()
    assert (slugs(project), coded(project)) == (["tijd", "meta"], [])
    with pytest.raises(InputError, match="too long"):
        work.in_vivo(project, transcript, Span(0, len(transcript.text)))


def test_codes_are_nested_and_moved(project: Project) -> None:
    tijd, meta = project.codebook.get("tijd"), project.codebook.get("meta")
    work.nest(project, tijd, meta)
    assert slugs(project) == ["meta", "tijd"]
    with pytest.raises(InputError, match="under itself"):
        work.nest(project, meta, project.codebook.get("tijd"))
    work.nest(project, project.codebook.get("tijd"), None)
    assert slugs(project) == ["meta", "tijd"]
    for steps, order in ((-1, ["tijd", "meta"]), (-5, ["tijd", "meta"]), (1, ["meta", "tijd"])):
        work.move(project, project.codebook.get("tijd"), steps)
        assert slugs(project) == order
    project.undo()
    assert slugs(project) == ["tijd", "meta"]


def test_merging_keeps_every_coding_once(project: Project) -> None:
    for start, end, slug, who in ((0, 3, "tijd", "anna"), (0, 3, "meta", "anna"), (4, 8, "tijd", "bram")):
        code(project, start, end, slug, who)
    child = work.new_code(project, "kind", parent=project.codebook.get("tijd"))
    memo = project.memos.add("code", project.codebook.get("tijd").id, "let op")
    before = coded(project)
    assert work.merge(project, project.codebook.get("tijd"), project.codebook.get("meta")) == 1
    assert coded(project) == [(0, 3, "meta", "anna"), (4, 8, "meta", "bram")]
    assert slugs(project) == ["meta", "kind"]
    assert project.codebook.get("kind").parent_id == project.codebook.get("meta").id
    assert [m.text for m in project.memos.of("code", project.codebook.get("meta").id)] == [memo.text]
    project.undo()
    assert coded(project) == before
    assert problems(project) == []
    with pytest.raises(InputError, match="lies under it"):
        work.merge(project, project.codebook.get("tijd"), child)
    with pytest.raises(InputError, match="another code"):
        work.merge(project, child, child)


def test_splitting_gives_some_codings_to_a_sub_code(project: Project) -> None:
    code(project, 0, 3, "tijd")
    code(project, 4, 8, "tijd")
    first = project.codings.all()[0]
    made = work.split(project, project.codebook.get("tijd"), [first], "haast")
    assert made.parent_id == project.codebook.get("tijd").id
    assert coded(project) == [(0, 3, "haast", "anna"), (4, 8, "tijd", "anna")]
    project.undo()
    assert coded(project) == [(0, 3, "tijd", "anna"), (4, 8, "tijd", "anna")]
    with pytest.raises(InputError, match="Choose the codings"):
        work.split(project, project.codebook.get("tijd"), [], "leeg")


def test_a_retired_code_keeps_its_codings_and_comes_back(project: Project) -> None:
    code(project, 0, 3, "tijd")
    work.retire(project, project.codebook.get("tijd"))
    assert slugs(project) == ["meta"]
    assert coded(project) == [(0, 3, "tijd", "anna")]
    with pytest.raises(InputError, match="retired"):
        code(project, 4, 8, "tijd")
    work.retire(project, project.codebook.get("tijd"), retired=False)
    code(project, 4, 8, "tijd")


def test_the_codebook_remembers(project: Project) -> None:
    code(project, 14, 24, "tijd")
    found: Code = work.take_as_example(project, project.codings.all()[0])
    assert found.example.nl == "Goed hoor."
    project.coder = project.coders.get("bram")
    project.codebook.change(project.codebook.get("tijd"))
    assert [v.changed for v in work.versions(project, found)] == [
        ("name", "definition", "use", "not_use", "example"),
        ("example",),
    ]


def test_codings_from_before_a_change_of_meaning_wait_until_somebody_looked_at_them(project: Project) -> None:
    code(project, 0, 3, "tijd")
    code(project, 4, 8, "tijd")
    tijd = project.codebook.get("tijd")
    assert work.coded_before(project, tijd) == []
    assert work.look_again(project, tijd) == []
    project.codebook.change(replace(tijd, name=Bilingual("Tijd", "Time")))
    assert work.coded_before(project, tijd) == [], "another name is not another meaning"
    project.codebook.change(replace(tijd, definition=Bilingual("alleen wachten")))
    first, second = work.coded_before(project, tijd)
    code(project, 14, 24, "tijd")  # made under the new meaning
    assert work.look_again(project, tijd, [first]) == [first]
    assert work.coded_before(project, tijd) == [second]
    with pytest.raises(InputError, match="does not wait"):
        work.look_again(project, tijd, [first])
    assert work.look_again(project, tijd) == [second]
    assert work.coded_before(project, tijd) == []
    project.undo()
    assert work.coded_before(project, tijd) == [second]


def test_only_what_one_may_see_waits_to_be_looked_at(project: Project) -> None:
    anna, bram = project.coders.get("anna"), project.coders.get("bram")
    code(project, 0, 3, "tijd", "bram")
    code(project, 4, 8, "tijd", "anna")
    project.rounds.start(project.transcripts.all(), [anna, bram])
    tijd = project.codebook.get("tijd")
    project.codebook.change(replace(tijd, definition=Bilingual("alleen wachten")))
    assert [coding.coder_id for coding in work.coded_before(project, tijd)] == [anna.id]
    assert [coding.coder_id for coding in work.look_again(project, tijd)] == [anna.id]
    project.coder = bram
    assert [coding.coder_id for coding in work.coded_before(project, tijd)] == [bram.id]


def test_a_code_of_another_slug_is_no_version_of_its_words(project: Project) -> None:
    tijd = project.codebook.get("tijd")
    project.codebook.change(replace(tijd, slug="tijdsbesef"))
    assert len(work.versions(project, tijd)) == 1
