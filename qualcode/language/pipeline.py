"""The one door to spaCy: the best pipeline that is installed, our own small one, or our rules in a blank one.

Dutch comes with a pipeline that knows parts of speech; an official one knows names as well. Everything works
without any. Loading takes about a second: call `pipeline` in a worker, never at import.
"""

from __future__ import annotations

import json
import os
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.language import index, sentences, words
from qualcode.language.reading import NOUN, VERB
from qualcode.language.sentences import sentence_starts
from qualcode.model import Turn
from qualcode.text.spans import Span
from qualcode.text.words import PLACEHOLDER

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SENTENCES = "qualcode_sentences"
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


def _spacy() -> Any:
    """spaCy, which takes a second to load.

    Its matrices are small: numpy multiplies them thrice as fast as spaCy's own library does, in one thread.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is loaded
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))
    return spacy


def packages() -> Any:
    """What is known of installed packages; most uses of this module ask nothing of it."""
    import importlib.metadata

    return importlib.metadata


@cache
def _register() -> None:
    def sentences(nlp: Language, name: str) -> SentenceRules:
        return SentenceRules(nlp.lang or "")

    _spacy().Language.factory(SENTENCES, func=sentences)


def fit(nlp: Language) -> Language:
    """Add our sentences in front; keep `[leraar-1]` one token."""
    _register()
    util = _spacy().util
    nlp.add_pipe(SENTENCES, first=True)
    tokenizer: Any = nlp.tokenizer
    tokenizer.prefix_search = util.compile_prefix_regex([PLACEHOLDER, *(nlp.Defaults.prefixes or ())]).search
    tokenizer.suffix_search = util.compile_suffix_regex([PLACEHOLDER, *(nlp.Defaults.suffixes or ())]).search
    nlp.max_length = _ANY_LENGTH
    return nlp


OWN = {"nl": "qualcode_nl_small"}
"""The pipelines that come with qualcode; `tools/pipeline` trains them."""
OFFICIAL = {
    "nl": ("nl_core_news_lg", "nl_core_news_md", "nl_core_news_sm"),
    "en": ("en_core_web_lg", "en_core_web_md", "en_core_web_sm"),
}
RULES = "rules"
_BATCH = 128
_TRIAL = "Ja, dat klopt."  # some damage shows only when a pipeline is used
_KINDS = {"NOUN": NOUN, "PROPN": NOUN, "VERB": VERB, "AUX": VERB}
_UNUSED = ["parser", "senter", "lemmatizer", "trainable_lemmatizer"]
_UNUSABLE = (OSError, ValueError, ImportError, LookupError, TypeError, AttributeError)


class Token(NamedTuple):
    """A token of a text. `pos` is a Universal Dependencies tag, or empty without a trained pipeline."""

    start: int
    end: int
    text: str
    pos: str


class Entity(NamedTuple):
    """A name a trained pipeline found; `label` is spaCy's (PERSON, GPE, LOC, FAC, ORG …)."""

    start: int
    end: int
    label: str


class Pipeline:
    """A language pipeline in use.

    `source` is a package, a folder or `RULES`; `version` is empty for rules. `problems`
    says which better pipelines could not be used and why. `identity` names everything a
    result depends on: keep it with what is cached, and redo that when it differs.
    """

    def __init__(self, nlp: Language, source: str, version: str, problems: Sequence[str]) -> None:
        self._nlp = nlp
        self.language = nlp.lang or ""
        self.source = source
        self.version = version
        self.problems = tuple(problems)
        self.has_entities = "ner" in nlp.pipe_names
        self.has_pos = bool({"morphologizer", "attribute_ruler"} & set(nlp.pipe_names))
        self.identity = (
            f"{source} {version}, {_spacy_version()}, {rules_identity()}" if version else rules_identity()
        )

    @property
    def trained(self) -> bool:
        """Whether it is a trained pipeline and not our rules."""
        return self.source != RULES

    def tokens(self, text: str, turns: Sequence[Turn] = ()) -> Iterator[Token]:
        """The tokens of a text, turn by turn."""
        for begin, doc in self._docs(text, turns, without=["ner", SENTENCES]):
            for token in doc:
                if not token.is_space:
                    yield Token(begin + token.idx, begin + token.idx + len(token), token.text, token.pos_)

    def tags(self, text: str, turns: Sequence[Turn] = ()) -> dict[int, str] | None:
        """What words are, by their start, for `word_rows`; `None` if the pipeline knows no parts of speech."""
        if not self.has_pos:
            return None
        found: dict[int, str] = {}
        for begin, doc in self._docs(text, turns, without=["ner", SENTENCES]):
            for token in doc:
                kind = _KINDS.get(token.pos_, "")
                if (
                    kind != VERB
                    and token.lower_ in words.PREFIXES["separable"]
                    and _is_particle(doc, token.i)
                ):
                    kind = index.PARTICLE
                if kind:
                    found[begin + token.idx] = kind
        return found

    def entities(self, text: str, turns: Sequence[Turn] = ()) -> list[Entity]:
        """The names in a text; none without a trained entity recogniser. Never lean on it alone."""
        if not self.has_entities:
            return []
        return [
            Entity(begin + name.start_char, begin + name.end_char, name.label_)
            for begin, doc in self._docs(text, turns)
            for name in doc.ents
        ]

    def _docs(
        self, text: str, turns: Sequence[Turn], without: Iterable[str] = ()
    ) -> Iterator[tuple[int, Doc]]:
        spans = [turn.span for turn in turns] or [Span(0, len(text))]
        docs = self._nlp.pipe((span.of(text) for span in spans), batch_size=_BATCH, disable=list(without))
        for span, doc in zip(spans, docs, strict=True):
            yield span.start, doc


@lru_cache(maxsize=8)
def pipeline(language: str = "nl", preferred: str | None = None) -> Pipeline:
    """The pipeline for a language: the one preferred (a package or a folder), else the best official one
    that is installed, else our rules. What cannot be used is passed over and told in `problems`.
    """
    if language not in OFFICIAL:
        raise InputError(_("qualcode knows Dutch (nl) and English (en), not “{name}”.").format(name=language))
    problems: list[str] = []
    for name in candidates(language, preferred):
        found = _load(name, language, problems)
        if found is not None:
            return Pipeline(found, name, str(found.meta.get("version", "")), problems)
    return Pipeline(_blank(language), RULES, "", problems)


def candidates(language: str = "nl", preferred: str | None = None) -> list[str]:
    """What would be tried, the best first: the preferred one, the official ones installed, ours. Loads nothing."""
    official = [name for name in OFFICIAL.get(language, ()) if _is_installed(name)]
    ours = [OWN[language]] if language in OWN else []
    return list(dict.fromkeys([*([preferred] if preferred else []), *official, *ours]))


def folder_of(name: str) -> Path:
    """Where a pipeline in a folder lies: one of ours by its name, any other by its path."""
    return words.LISTS / name if name in OWN.values() else Path(name)


def _is_particle(doc: Doc, place: int) -> bool:
    """Whether a token is tagged as the particle of a verb, and that verb is not the next word ("terug te trekken")."""
    if "Vbp" not in doc[place].morph.get("PartType", []):
        return False
    return place + 1 == len(doc) or not (
        doc[place + 1].pos_ in ("VERB", "AUX") or doc[place + 1].lower_ == "te"
    )


def rules_identity() -> str:
    """What results by rules alone depend on; costs no import of spaCy."""
    return f"sentences {sentences.RULES_VERSION}, {words.version()}, words {index.RULES_VERSION}"


def _spacy_version() -> str:
    return f"spaCy {packages().version('spacy')}"


def _is_installed(name: str) -> bool:
    try:
        packages().distribution(name)
    except packages().PackageNotFoundError:
        return False
    return True


def _blank(language: str) -> Language:
    return fit(_spacy().blank(language))


def _load(name: str, language: str, problems: list[str]) -> Language | None:
    """The pipeline `name`, or `None` and a sentence added to `problems`."""
    try:
        meta = _meta(name)
        problem = _mismatch(name, meta, language)
        if problem is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found = folder_of(name) if name in OWN.values() else name
                nlp: Language = _spacy().load(found, exclude=_UNUSED)
                fit(nlp)
                nlp(_TRIAL)
                return nlp
    except _UNUSABLE as error:
        reason = str(error).strip().split("\n")[0] or type(error).__name__
        problem = _("The pipeline {name} is damaged or incomplete ({reason}).").format(
            name=name, reason=reason
        )
    problems.append(problem)
    return None


def _meta(name: str) -> dict[str, Any]:
    """What a package or folder says of itself, read without loading it."""
    util = _spacy().util
    is_package = name not in OWN.values() and util.is_package(name)
    folder = util.get_package_path(name) if is_package else folder_of(name)
    if not folder.is_dir():
        raise FileNotFoundError(_("there is no such package or folder"))
    found: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return found


def _mismatch(name: str, meta: dict[str, Any], language: str) -> str | None:
    """Why a pipeline does not fit: another language, or made for another spaCy."""
    spoken = str(meta.get("lang", ""))
    if spoken != language:
        return _("The pipeline {name} is for the language “{spoken}”, not “{language}”.").format(
            name=name, spoken=spoken, language=language
        )
    wanted = str(meta.get("spacy_version", ""))
    installed = packages().version("spacy")
    if wanted and _spacy().util.is_compatible_version(installed, wanted) is False:
        return _("The pipeline {name} was made for spaCy {wanted}; installed is {installed}.").format(
            name=name, wanted=wanted, installed=installed
        )
    return None
