"""Checklist files: read, written, and what is said about faults."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.exchange.codebooks.draft import lasting_id
from qualcode.exchange.codebooks.yaml import checklist_text, parse_checklist, read_checklist, write_checklist
from qualcode.files.text import tidy
from qualcode.i18n import Bilingual
from qualcode.model import Checklist, Criterion, Dimension

SMALL = """\
checklist: samen
title:
  nl: Goed en minder goed
  en: Good and less good

dimensions:
  - id: doelen
    name:
      nl: Doelen
      en: Goals
    criteria:
      - id: doel-samen
        good:
          nl: Samen bepaald
          en: Set together
        poor:
          nl: Door een van de drie bepaald
          en: Set by one of the three
        codes: [afstemming, afstemming-doelen]

      - id: doel-zichtbaar
        good: De leraar ziet het
        poor: De leraar ziet niets

  - id: tijd
    name: Tijd
    criteria:
      - id: tijd-besproken
        good: Besproken
        poor: Niet besproken
        codes: ["no"]
"""


def test_a_checklist_is_read_and_written_as_it_stands(tmp_path: Path) -> None:
    checklist = parse_checklist(SMALL, "lijst.yaml")
    assert checklist.dimensions[0] == Dimension("doelen", Bilingual("Doelen", "Goals"))
    assert checklist.criteria[0].codes == ("afstemming", "afstemming-doelen")
    assert [(c.slug, c.dimension, c.position) for c in checklist.criteria] == [
        ("doel-samen", "doelen", 0),
        ("doel-zichtbaar", "doelen", 1),
        ("tijd-besproken", "tijd", 2),
    ]
    assert checklist.criteria[2].id == lasting_id("criterion", "samen", "tijd-besproken")
    write_checklist(checklist, tmp_path / "lijst.yaml")
    assert (tmp_path / "lijst.yaml").read_text("utf-8") == SMALL
    assert read_checklist(tmp_path / "lijst.yaml") == checklist


def test_faults_are_listed_together_each_with_its_line() -> None:
    text = """\
checklist: x
dimensions:
  - id: doelen
    criteria:
      - id: a
        good: Ja
      - id: a
        goed: Ja
        poor: Nee
        codes: ['']
      - good: Ja
        poor: Nee
"""
    with pytest.raises(InputError) as caught:
        parse_checklist(text, "lijst.yaml")
    assert caught.value.problems == (
        "line 3: the dimension doelen has no name",
        "line 5: the criterion a needs both good: and poor:",
        "line 7: the id a is used twice",
        "line 7: the criterion a needs both good: and poor:",
        "line 8: 'goed' is not known here; did you mean 'good'?",
        "line 10: the id of a code is missing here",
        "line 11: an id is missing here",
    )


@pytest.mark.parametrize("text", ["", "codebook: x\ncodes: []", "checklist: x", "dimensions: []", "- a"])
def test_what_is_no_checklist_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"lijst\.yaml"):
        parse_checklist(text, "lijst.yaml")


def test_a_criterion_without_its_dimension_is_misuse() -> None:
    stray = Criterion("1", "a", "nergens", Bilingual("ja"), Bilingual("nee"))
    with pytest.raises(ValueError, match="without a dimension"):
        checklist_text(Checklist("x", criteria=(stray,)))


_words = st.text(st.sampled_from("abé 🙂:#'\"[]{},\n-"), min_size=1, max_size=200).map(tidy).filter(bool)
_lines = _words.map(lambda text: " ".join(text.split()))
_both = st.builds(Bilingual, _words, _words)
_slugs = st.from_regex(r"\A[a-z0-9]{1,4}(-[a-z0-9]{1,3})?\Z")


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    """Any checklist as it comes out of a file."""
    name = draw(_lines)
    dimensions = [
        Dimension(slug, Bilingual(nl=draw(_lines)))
        for slug in draw(st.lists(_slugs, unique=True, max_size=3))
    ]
    slugs = iter(draw(st.lists(_slugs, unique=True, min_size=6, max_size=6)))
    criteria: list[Criterion] = []
    for dimension in dimensions:
        for slug in [next(slugs) for _ in range(draw(st.integers(0, 2)))]:
            codes = tuple(draw(st.lists(_slugs, max_size=3)))
            made = lasting_id("criterion", name, slug)
            criteria.append(
                Criterion(made, slug, dimension.slug, draw(_both), draw(_both), codes, len(criteria))
            )
    return Checklist(name, Bilingual(), draw(_both), "", tuple(dimensions), tuple(criteria))


@settings(max_examples=100, deadline=None)
@given(checklists())
def test_every_checklist_comes_back_as_it_was(checklist: Checklist) -> None:
    text = checklist_text(checklist)
    assert parse_checklist(text, "x") == checklist
    assert checklist_text(parse_checklist(text, "x")) == text
