"""How well a pipeline tags: `python -m tools.pipeline.figures MATERIAL FOLDER`.

Parts of speech and particles of split verbs on the test files of the treebanks in MATERIAL, as written and bare.
What it gives for search prints `python -m benchmarks.language`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from tools.pipeline.corpus import PARTICLE, Sentence, as_doc, bare, sentences_in


def measure(nlp: Language, sentences: Sequence[Sentence], change: Callable[[Sentence], Sentence]) -> str:
    """One line: the share of tokens with the right part of speech, and F of particles."""
    gold = [
        doc
        for sentence in sentences
        if (doc := as_doc(nlp, [changed] if (changed := change(sentence)) else []))
    ]
    blank = [
        Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]) for doc in gold
    ]
    right = tokens = both = found = wanted = 0
    for ours, theirs in zip(nlp.pipe(blank), gold, strict=True):
        for our, their in zip(ours, theirs, strict=True):
            tokens += 1
            right += our.pos_ == their.pos_
            said, is_one = str(our.morph) == PARTICLE, str(their.morph) == PARTICLE
            both, found, wanted = both + (said and is_one), found + said, wanted + is_one
    return f"parts of speech {right / tokens:.3f}   particles F {2 * both / (found + wanted):.2f}"


def main(material: Path, folder: Path) -> None:
    """Print a line per test file, as written and bare."""
    nlp = spacy.load(folder)
    for name in ("alpino-test", "lassysmall-test"):
        sentences = sentences_in(material, name)
        print(f"{name:<18} written  {measure(nlp, sentences, lambda sentence: sentence)}")
        print(f"{name:<18} bare     {measure(nlp, sentences, bare)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
