"""Invented codebooks for the tests of this folder, and hypothesis strategies that make them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from qualcode.exchange.codebooks.draft import lasting_id
from qualcode.exchange.codebooks.yaml import parse_codebook
from qualcode.files.text import tidy
from qualcode.i18n import Bilingual
from qualcode.model import Code, Codebook
from qualcode.text.code_marks import HUES

SCHOOL = """\
codebook: school
title: {nl: Op school, en: At school}
description: {nl: "Een klein boek.\\nTwee regels.", en: A small book.}
source: Zelf bedacht

codes:
  - id: rust
    mnemonic: Ru
    colour: "#009E73"
    name: {nl: Rust, en: Calm}
    definition: {nl: Het is stil en iedereen werkt., en: It is quiet and everyone works.}
    use: {nl: "Bij stilte: ook even.", en: At silence.}
    not: {nl: Niet bij angst., en: Not at fear.}
    example: {nl: "=Stil, hoor. [lacht]", en: "-Quiet."}
    source: p. 4
    codes:
      - id: rust-na-de-pauze
        mnemonic: Rp
        colour: "#009E73"
        name: {nl: Na de pauze, en: After the break}
        definition: {nl: "Regel een.\\nRegel twee.", en: One line.}
        codes:
          - {id: rust-rij, mnemonic: Ri, colour: "#56B4E9", name: {nl: In de rij, en: In line}}
  - id: onrust
    mnemonic: "On"
    colour: "#DB6208"
    name: {nl: Onrust, en: Unrest}
    retired: yes
"""


def school() -> Codebook:
    """Four codes on three levels, with texts that files tend to damage."""
    return parse_codebook(SCHOOL, "school.yaml")


_signs = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\ufeff\u2060\ufffe\uffff"
)
_tricky = st.sampled_from(
    ["\n", "\n\n", " ", ": ", " #", "- ", "'", '"', "[lacht]", "<b>", "&amp;", "]]>", "=", "+1"]
)
_tricky |= st.sampled_from(
    ["@", "\\", "---", "\xa0", "🙂", "é", ",", ";", "Naam: ", "\nCode: ", "_x000D_", "no", "1.5"]
)

texts = st.lists(_tricky | st.text(_signs, max_size=20), max_size=8).map("".join).map(tidy)
lines = texts.map(lambda text: " ".join(text.split()))
names = st.builds(Bilingual, lines, lines).filter(bool)
bilingual = st.builds(Bilingual, texts, texts)
slugs = st.from_regex(r"\A[a-z0-9]{1,4}(-[a-z0-9]{1,3})?\Z")


@st.composite
def codebooks(draw: st.DrawFn, name: str | None = None, min_codes: int = 0) -> Codebook:
    """Any codebook as it comes out of a file: ids made from slugs, marks in place."""
    book = name or draw(lines.filter(bool))
    path: list[str] = []
    codes = []
    for n, slug in enumerate(draw(st.lists(slugs, unique=True, min_size=min_codes, max_size=5))):
        path = path[: draw(st.integers(0, len(path)))]
        code = Code(
            id=lasting_id("code", book, slug),
            slug=slug,
            name=draw(names),
            definition=draw(bilingual),
            use=draw(bilingual),
            not_use=draw(bilingual),
            example=draw(bilingual),
            mnemonic=f"M{n}",
            colour=draw(st.sampled_from(HUES)),
            source=draw(texts),
            parent_id=lasting_id("code", book, path[-1]) if path else None,
            position=n,
            retired=draw(st.booleans()),
        )
        codes.append(code)
        path.append(slug)
    return Codebook(book, draw(names | st.just(Bilingual())), draw(bilingual), draw(texts), tuple(codes))


def without_description_of_whole(book: Codebook) -> Codebook:
    """What a file holds that has no place for title, description and source of the whole."""
    return replace(book, title=Bilingual(), description=Bilingual(), source="")
