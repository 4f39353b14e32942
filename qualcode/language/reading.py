"""A word that can be a noun or a verb ("zorgen", "werk"): what it may be, what it is where it stands, and its keys.

`both` says which words these are. Where one stands, narrow rules look at the words beside it ("te zorgen", "ik
werk"); what they leave open a pipeline that knows parts of speech decides; in doubt it is both. What is known is a
reading: `NOUN`, `VERB` or empty. A key that fits the reading is sure; the others are kept, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from qualcode.language.words import (
    LITTLE_WORDS,
    PREFIXES,
    folded,
    infinitives,
    irregular_forms,
    irregular_table,
    irregular_verbs,
    is_known,
    lemma,
    lemma_set,
    query_keys,
    stem,
    stop_words,
)

NOUN, VERB = "n", "v"


class Both(NamedTuple):
    """The infinitives and the nouns of which a word may be a form."""

    verbs: frozenset[str]
    nouns: frozenset[str]


class WordKeys(NamedTuple):
    """By what a word is found, or what a question asks: for certain, and beside it."""

    sure: frozenset[str]
    beside: frozenset[str]


@lru_cache(maxsize=200_000)
def both(word: str, language: str = "nl") -> Both | None:
    """What `word` may be, if it may be a noun as well as a verb.

    An infinitive whose stem is a noun ("zorgen": zorg), or the stem itself ("werk": werken). A noun is what
    has a diminutive in the dictionary.
    """
    lower = folded(word)
    if language != "nl" or len(lower) < 3 or not lower.isalpha() or lower in _NEITHER:
        return None
    if irregular_forms().get(lower) and not _is_present(lower):
        return None
    if lower.endswith("en") and _is_verb(lower):
        verbs = frozenset((lower,))
        nouns = frozenset(filter(_is_noun, {stem(lower), lemma(lower)} - {lower}))
    else:
        nouns = frozenset((lower,)) if _is_noun(lower) else frozenset()
        verbs = frozenset(_verbs_of(lower)) if nouns else frozenset()
    return Both(verbs, nouns) if verbs and nouns else None


def _is_present(form: str) -> bool:
    """Whether an irregular form is an infinitive or its stem, and no past."""
    return any(form in (verb, stem(verb)) for verb in irregular_forms()[form].verbs)


def _is_noun(word: str) -> bool:
    if word in LITTLE_WORDS["nouns"]:
        return True
    return any(
        is_known(small) and lemma(small) == word for small in _diminutives(word)
    ) and not _is_adjective(word)


def _diminutives(word: str) -> Iterable[str]:
    yield word + "je"
    yield word + "tje"
    yield word + word[-1] + "etje"
    yield word + "pje"
    if word.endswith("ng"):
        yield word[:-1] + "kje"
        yield word + "etje"


def _is_adjective(word: str) -> bool:
    return any(lemma(verb[:-1]) == word for verb in infinitives(word))


def _verbs_of(form: str) -> Iterable[str]:
    """The infinitives of which `form` is the stem."""
    return (verb for verb in infinitives(form) if stem(verb) == form and _is_verb(verb))


def _is_verb(word: str) -> bool:
    """Whether `word` is an infinitive of which the dictionary has a past, and one that people use."""
    if word in LITTLE_WORDS["hardly_verbs"]:
        return False
    first = stem(word)
    return word in irregular_verbs() or any(
        is_known(past) and lemma(past) == word
        for past in (first + "te", first + "de", *_irregular_pasts(word))
    )


def _irregular_pasts(word: str) -> Iterable[str]:
    """The past and the participle of an irregular verb behind a prefix: besluiten → besloot, besloten."""
    for cut in range(2, len(word) - 2):
        prefix, verb = word[:cut], word[cut:]
        if prefix in _PREFIXES and verb in irregular_table():
            yield from (prefix + form for form in irregular_table()[verb])


@lru_cache(maxsize=200_000)
def keys_of(surface: str, reading: str = "", language: str = "nl") -> WordKeys:
    """The keys by which a word is found, those that its reading makes sure apart."""
    may_be = both(surface, language)
    every = lemma_set(surface, language)
    if may_be is None:
        return WordKeys(every, frozenset())
    every |= may_be.verbs | may_be.nouns
    if reading == VERB:
        return WordKeys(may_be.verbs, every - may_be.verbs)
    return WordKeys(every - may_be.verbs, may_be.verbs) if reading == NOUN else WordKeys(every, frozenset())


def lemma_as(word: str, reading: str) -> str:
    """The lemma of a word that may be both, as it is read; nothing if it is not known which it is."""
    may_be = both(word)
    if may_be is None or not reading:
        return ""
    return min(may_be.verbs if reading == VERB else may_be.nouns)


@lru_cache(maxsize=2_000)
def asked(word: str, language: str = "nl") -> WordKeys:
    """What a question for `word` looks for: a lemma as typed, and beside it what else it may be."""
    may_be = both(word, language)
    if may_be is None:
        return WordKeys(query_keys(word, language), frozenset())
    lower = frozenset((folded(word),))
    return WordKeys(lower, (may_be.verbs | may_be.nouns) - lower)


class Beside(NamedTuple):
    """The words around one, folded, the nearest first, as far as no mark stands between."""

    left: Sequence[str]
    right: Sequence[str]


def by_context(word: str, beside: Beside) -> str:
    """The reading that the words around leave little doubt of: "te zorgen", "ik werk", "de zorgen"; else nothing."""
    before, further = (*beside.left[:2], "", "")[:2]
    behind = beside.right[0] if beside.right else ""
    if word == "zorgen" and _MAKING & {*beside.left[:6], *beside.right}:
        return NOUN  # "zich zorgen maken"
    if word.endswith("en"):
        return _infinitive_or_plural(before, further, behind, beside.left)
    if "ik" in (before, behind) or (behind in ("je", "jij") and before not in _OWN):
        return VERB
    if word.endswith("t") and before in LITTLE_WORDS["he_or_she"]:
        return VERB
    if not before:
        return VERB if behind in LITTLE_WORDS["after_an_order"] else ""
    is_noun = before in _BEFORE_NOUNS or before in LITTLE_WORDS["prepositions"]
    return NOUN if is_noun or _after_adjective(before, further) else ""


def _infinitive_or_plural(before: str, further: str, behind: str, left: Sequence[str]) -> str:
    if before in ("te", "het"):
        return VERB
    ends_with_modal = not behind and bool(_MODALS & set(left))
    if before in _BEFORE_NOUNS or _after_adjective(before, further):
        doubtful = before in ("haar", "hun") or (ends_with_modal and before in ("veel", "weinig"))
        return "" if doubtful else NOUN
    return VERB if before in (*_SUBJECTS, *_MODALS) or behind in _SUBJECTS or ends_with_modal else ""


def _after_adjective(before: str, further: str) -> bool:
    """Whether an adjective with what it follows stands before a word: "de eerste", "van grote"."""
    is_adjective = before.endswith("e") and not before.endswith("je")
    return is_adjective and (further in _BEFORE_NOUNS or further in LITTLE_WORDS["prepositions"])


_PREFIXES = PREFIXES["separable"] | PREFIXES["inseparable"]
_NEITHER = stop_words("nl") | LITTLE_WORDS["numerals"] | LITTLE_WORDS["neither"]
_SUBJECTS = LITTLE_WORDS["plural_subjects"]
_OWN = LITTLE_WORDS["articles"]
_BEFORE_NOUNS = _OWN | LITTLE_WORDS["before_nouns"] | LITTLE_WORDS["numerals"]
_MAKING = frozenset(("maak", "maakt", "maakte", "maakten", "maken", "gemaakt"))
_MODALS = LITTLE_WORDS["modals"]
