"""What qualcode adds to a spaCy pipeline: our sentences, our lemmas, placeholders as one word.

Importing this module loads nothing; `fit` does.
"""

from __future__ import annotations

from collections import deque
from functools import cache
from typing import TYPE_CHECKING, Any

from qualcode.language.lemmas import lemma
from qualcode.language.sentences import sentence_starts

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SENTENCES = "qualcode_sentences"
LEMMAS = "qualcode_lemmas"
_PLACEHOLDER = r"\[[a-zà-ÿ]+-\d+\]"
_ANY_LENGTH = 1_000_000_000


class SentenceRules:
    """Sets the sentence starts of a document (one turn) by our rules."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __call__(self, doc: Doc) -> Doc:
        """Mark the first token at or after every start.

        All at once: setting `token.is_sent_start` looks through the whole document every time.
        """
        import numpy

        starts = deque(sentence_starts(doc.text, self._language))
        marks: Any = numpy.full((len(doc), 1), -1, dtype="int64")
        for token in doc:
            while starts and token.idx >= starts[0]:
                marks[token.i] = 1
                starts.popleft()
        return doc.from_array(["SENT_START"], marks.astype("uint64"))


class LemmaRules:
    """Gives every token our likeliest lemma."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of every token."""
        for token in doc:
            token.lemma_ = lemma(token.text, self._language)
        return doc


@cache
def _register() -> None:
    from spacy.language import Language

    def sentences(nlp: Language, name: str) -> SentenceRules:
        return SentenceRules(nlp.lang or "")

    def lemmas(nlp: Language, name: str) -> LemmaRules:
        return LemmaRules(nlp.lang or "")

    Language.factory(SENTENCES, func=sentences)
    Language.factory(LEMMAS, func=lemmas)


def fit(nlp: Language, *, lemmas: bool) -> Language:
    """Add our sentences in front and, if asked, our lemmas; keep `[leraar-1]` one token."""
    from spacy.util import compile_prefix_regex, compile_suffix_regex

    _register()
    nlp.add_pipe(SENTENCES, first=True)
    if lemmas:
        nlp.add_pipe(LEMMAS)
    tokenizer: Any = nlp.tokenizer
    tokenizer.prefix_search = compile_prefix_regex([_PLACEHOLDER, *(nlp.Defaults.prefixes or ())]).search
    tokenizer.suffix_search = compile_suffix_regex([_PLACEHOLDER, *(nlp.Defaults.suffixes or ())]).search
    nlp.max_length = _ANY_LENGTH
    return nlp
