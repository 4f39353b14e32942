"""The codebooks and the checklist that come with qualcode are complete, in two languages, and readable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qualcode.exchange.codebooks.files import read_any_codebook
from qualcode.exchange.codebooks.yaml import (
    checklist_text,
    codebook_text,
    parse_checklist,
    parse_codebook,
    read_checklist,
)
from qualcode.i18n import Bilingual
from qualcode.model import Code
from qualcode.resources import folder
from qualcode.text.code_marks import HUES

BOOKS = ("samenwerking", "bronstein", "sociaal-kapitaal", "hechting")
TEXTS = ("name", "definition", "use", "not_use", "example")
THEMES = (
    "reductie retrospectief gedeeld-perspectief maatstaven ontlasten tijd expert ziet-werken meta afstemming"
    " morele-ordes onzichtbaar"
)


def codes_of(book: str) -> dict[str, Code]:
    return {code.slug: code for code in read_any_codebook(folder("codebooks") / f"{book}.yaml").codes}


def all_codes() -> list[object]:
    return [
        pytest.param(book, code, id=f"{book}-{code.slug}")
        for book in BOOKS
        for code in codes_of(book).values()
    ]


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB" (WCAG 2.2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def complete(text: Bilingual) -> bool:
    return bool(text.nl and text.en and text.nl != text.en)


@pytest.mark.parametrize(("book", "code"), all_codes())
def test_every_code_is_complete_in_both_languages(book: str, code: Code) -> None:
    missing = [field for field in TEXTS[1:] if not complete(getattr(code, field))]
    assert not missing
    assert code.name.nl
    assert code.name.en
    assert code.source
    assert code.colour in HUES


@pytest.mark.parametrize(("book", "code"), all_codes())
def test_when_not_to_use_a_code_names_the_code_to_take(book: str, code: Code) -> None:
    others = [other for other in codes_of(book).values() if other.slug != code.slug]
    for language in ("nl", "en"):
        named = re.findall("‘([^’]+(?:’s [^’]+)?)’", code.not_use.in_language(language))
        assert named
        assert set(named) <= {other.name.in_language(language) for other in others}


@pytest.mark.parametrize("book", BOOKS)
def test_marks_and_fragments_are_each_used_once(book: str) -> None:
    codes = codes_of(book).values()
    assert len({code.mnemonic.casefold() for code in codes}) == len(codes)
    for language in ("nl", "en"):
        assert len({code.name.in_language(language) for code in codes}) == len(codes)
        assert len({code.example.in_language(language) for code in codes}) == len(codes)


@pytest.mark.parametrize("book", BOOKS)
def test_a_shipped_codebook_stands_in_the_form_in_which_we_write(book: str) -> None:
    path = folder("codebooks") / f"{book}.yaml"
    assert codebook_text(read_any_codebook(path)) == path.read_text("utf-8")


def test_the_twelve_themes_stand_in_the_order_of_the_study() -> None:
    top = [code.slug for code in codes_of("samenwerking").values() if code.parent_id is None]
    assert top == THEMES.split()


def test_each_of_bronsteins_factors_asks_its_question() -> None:
    factors = [code for code in codes_of("bronstein").values() if code.parent_id is None]
    assert len(factors) == 5
    for factor in factors:
        assert re.search(r"\nVraag aan jezelf: [^?]+\?$", factor.definition.nl)
        assert re.search(r"\nQuestion to yourselves: [^?]+\?$", factor.definition.en)


@pytest.mark.parametrize("hue", HUES)
def test_hues_can_be_read_on_the_dark_ground(hue: str) -> None:
    assert (luminance(hue) + 0.05) / (luminance("#1e1e1e") + 0.05) >= 4.5


def test_the_checklist_is_complete_and_knows_its_codes() -> None:
    path = folder("codebooks") / "checklist-samenwerking.yaml"
    checklist = read_checklist(path)
    assert [dimension.name.nl for dimension in checklist.dimensions] == [
        "Doelen",
        "Expert",
        "Notie van tijd",
        "Expliciete samenwerking",
        "Context",
        "Factoren",
    ]
    rows = [sum(c.dimension == d.slug for c in checklist.criteria) for d in checklist.dimensions]
    assert rows == [4, 2, 2, 1, 1, 2]
    known = set(codes_of("samenwerking"))
    for criterion in checklist.criteria:
        assert complete(criterion.good), criterion.slug
        assert complete(criterion.poor), criterion.slug
        assert criterion.codes, criterion.slug
        assert set(criterion.sides) <= known
        assert len(set(criterion.codes)) == len(criterion.codes)
    assert checklist_text(checklist) == path.read_text("utf-8")


def test_the_examples_of_the_readme_are_what_they_say() -> None:
    readme = Path(folder("codebooks") / "README.md").read_text("utf-8")
    book_text, list_text = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    book, checklist = parse_codebook(book_text, "README"), parse_checklist(list_text, "README")
    assert [code.slug for code in book.codes] == ["rust", "rust-na-de-pauze"]
    assert book.codes[1].parent_id == book.codes[0].id
    assert set(checklist.criteria[0].codes) <= {code.slug for code in book.codes}
    for path in folder("codebooks").glob("*.yaml"):
        assert readme.count(f"`{path.name}`") == 2
