"""Treebanks and made sentences → what the pipeline is trained on, as people talk and as recognisers write.

Takes whatever files of Universal Dependencies lie in a folder (`*train*`, `*dev*`, `*test*`, `.conllu` or
`.conllu.xz`). Nothing is chosen by the dev files, so they are trained on as well; a sentence of a test file is not. Of
a word we keep its part of speech, and of the particle of a split verb ("belde … op") that it is one.
"""

from __future__ import annotations

import lzma
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, DocBin

MADE = Path(__file__).parent / "made.conllu.xz"
PARTICLE = "PartType=Vbp"
SEED = 20261121
_POSSESSIVE = frozenset(["mijn", "jouw", "uw", "ons", "onze", "hun"])


class Token(NamedTuple):
    """A word of a treebank."""

    text: str
    pos: str
    is_particle: bool
    space: bool


Sentence = tuple[Token, ...]


def sentences_of(path: Path) -> Iterator[Sentence]:
    """The sentences of a file in CoNLL-U."""
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        found: list[Token] = []
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if cells[0].isdecimal():
                space = "SpaceAfter=No" not in cells[9]
                found.append(Token(cells[1], _part_of_speech(cells), cells[7] == "compound:prt", space))
            elif not line.strip() and found:
                yield tuple(found)
                found = []
        if found:
            yield tuple(found)


def _part_of_speech(cells: Sequence[str]) -> str:
    """The part of speech where all years of the treebanks mean the same by it.

    Older files call auxiliaries, possessives, ordinals and "als" otherwise than newer ones; search asks for none.
    """
    form, pos, relation = cells[1].lower(), cells[3], cells[7]
    if pos == "AUX":
        return "VERB"
    if pos == "PRON" and (relation in ("det", "nmod:poss") or form in _POSSESSIVE):
        return "DET"
    if pos == "NUM" and form.endswith(("ste", "de")) and form.isalpha():
        return "ADJ"
    if pos == "SYM":
        return "PUNCT"
    return "SCONJ" if pos == "ADP" and form in ("als", "dan") else pos


def sentences_in(folder: Path, part: str) -> list[Sentence]:
    """The sentences of all files of a part ("train", "dev" or "test"), in the order of the files' names."""
    paths = sorted(path for path in folder.iterdir() if part in path.name and ".conllu" in path.name)
    return [sentence for path in paths for sentence in sentences_of(path)]


def lower(sentence: Sentence) -> Sentence:
    """The sentence without capitals."""
    return tuple(token._replace(text=token.text.lower()) for token in sentence)


def unmarked(sentence: Sentence) -> Sentence:
    """The sentence without marks."""
    return tuple(token._replace(space=True) for token in sentence if token.pos not in ("PUNCT", "SYM"))


def bare(sentence: Sentence) -> Sentence:
    """The sentence as recognisers of speech write: no capitals, no marks."""
    return lower(unmarked(sentence))


_COPIES: tuple[tuple[float, Callable[[Sentence], Sentence]], ...] = (
    (0.25, lower),
    (0.35, bare),
    (0.10, unmarked),
)


def in_a_row(sentences: Sequence[Sentence], chance: random.Random) -> Iterator[list[Sentence]]:
    """Half of all texts are two to four sentences in a row, as turns are."""
    at = 0
    while at < len(sentences):
        size = chance.randint(2, 4) if chance.random() < 0.5 else 1
        yield list(sentences[at : at + size])
        at += size


def as_doc(nlp: Language, sentences: Iterable[Sentence]) -> Doc | None:
    """The sentences as one text, or nothing if no word is left."""
    tokens = [token for sentence in sentences for token in (*sentence[:-1], *_spaced(sentence[-1:]))]
    if not tokens:
        return None
    return Doc(
        nlp.vocab,
        words=[token.text for token in tokens],
        spaces=[token.space for token in tokens],
        pos=[token.pos for token in tokens],
        morphs=[PARTICLE if token.is_particle else "" for token in tokens],
    )


def _spaced(last: Sentence) -> Sentence:
    return tuple(token._replace(space=True) for token in last)


def training_texts(nlp: Language, material: Path) -> Iterator[Doc]:
    """Treebanks and made sentences, with copies as recognisers write them."""
    tested = {_key(sentence) for sentence in sentences_in(material, "test")}
    treebanks = [
        sentence
        for part in ("train", "dev")
        for sentence in sentences_in(material, part)
        if _key(sentence) not in tested
    ]
    chance = random.Random(SEED)
    for source in (treebanks, list(sentences_of(MADE))):
        for row in in_a_row(source, chance):
            for doc in [as_doc(nlp, row), *(_copies(nlp, row, chance))]:
                if doc is not None:
                    yield doc


def _copies(nlp: Language, row: list[Sentence], chance: random.Random) -> Iterator[Doc | None]:
    for share, change in _COPIES:
        if chance.random() < share:
            yield as_doc(nlp, (changed for changed in map(change, row) if changed))


def _key(sentence: Sentence) -> str:
    return " ".join(token.text.lower() for token in sentence)


def keep(docs: Iterable[Doc], path: Path) -> None:
    """Keep texts as spaCy trains on them."""
    DocBin(attrs=["ORTH", "SPACY", "POS", "MORPH"], docs=docs).to_disk(path)
