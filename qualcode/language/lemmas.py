"""The lemmas a word may have: one set for the index and for the question.

A set rather than one answer, because "zorgen" is a verb and the plural of a noun; a
question and a word match where their sets meet. Dutch: a table of irregular verbs, then
simplemma, then the last part of an unknown compound. In a language other than Dutch and
English a word stands for itself. No spaCy.
"""

from __future__ import annotations

from functools import cache, lru_cache
from types import ModuleType
from typing import NamedTuple

from qualcode.language.words import LISTS, folded
from qualcode.resources import grouped_words, listed_lines

RULES_VERSION = "1"
_SHORTEST_COMPOUND = 9
_SHORTEST_PART = 3
LANGUAGES = ("nl", "en")
_ALSO_ITSELF = {"nl": ("en", "end", "ende"), "en": ("ing", "ed")}


PREFIXES = grouped_words(LISTS / "verb_prefixes.txt")


class Readings(NamedTuple):
    """What a form may be: a form of these verbs and, unless that is empty, of these other words."""

    verbs: frozenset[str]
    others: frozenset[str]


NOT_IRREGULAR = Readings(frozenset(), frozenset())


@cache
def irregular_forms() -> dict[str, Readings]:
    """Every form in the table with what it may be."""
    table: dict[str, Readings] = {}
    for line in _verb_lines():
        forms = line.split()
        for marked in forms:
            form, star, noun = marked.partition("*")
            before = table.get(form, NOT_IRREGULAR)
            others = before.others | {form} | ({noun} if noun else set()) if star else before.others
            table[form] = Readings(before.verbs | {_infinitive(line)}, others)
    return table


@cache
def irregular_verbs() -> frozenset[str]:
    """The infinitives in the table."""
    return frozenset(_infinitive(line) for line in _verb_lines())


@cache
def _verb_lines() -> list[str]:
    return listed_lines(LISTS / "irregular_verbs.txt")


def _infinitive(line: str) -> str:
    return line.split()[0].partition("*")[0]


@cache
def prefixed(form: str) -> frozenset[str]:
    """Infinitives of which `form` may be a form, if it is a prefix and an irregular form.

    "afspraken" → afspreken, "teruggetrokken" → terugtrekken, "besproken" → bespreken.
    """
    known = irregular_forms()
    found: set[str] = set()
    for cut in range(2, min(len(form) - 1, 10)):
        prefix, rest = form[:cut], form[cut:]
        if prefix in PREFIXES["separable"] and rest in known:
            found |= {prefix + verb for verb in known[rest].verbs}
        if prefix in PREFIXES["inseparable"]:
            found |= {
                prefix + verb
                for whole in (rest, "ge" + rest)
                if whole in known
                for verb in known[whole].verbs
            }
    return frozenset(found)


@lru_cache(maxsize=200_000)
def lemma_set(word: str, language: str = "nl") -> frozenset[str]:
    """All lemmas `word` may have, in lower case; never empty unless `word` is.

    Words all in capitals (HAP, GGZ) are names of things and stay as they are.
    """
    if not word:
        return frozenset()
    lower = folded(word)
    if not word[0].isalpha() or (len(word) > 1 and word.isupper()):
        return frozenset((lower,))
    if language not in LANGUAGES:
        return frozenset((lower,))
    if language != "nl":
        return frozenset(_with_itself(lower, language))
    known = irregular_forms().get(lower, NOT_IRREGULAR)
    if known.verbs and not known.others:
        return known.verbs
    return known.verbs | known.others | _prefixed_verbs(lower) | frozenset(_with_itself(lower, language))


@lru_cache(maxsize=200_000)
def lemma(word: str, language: str = "nl") -> str:
    """The likeliest lemma of `word`, in lower case, for counting words."""
    lower = folded(word)
    if not word[:1].isalpha() or (len(word) > 1 and word.isupper()):
        return lower
    known = irregular_forms().get(lower, NOT_IRREGULAR) if language == "nl" else NOT_IRREGULAR
    if known.verbs and not known.others:
        return min(known.verbs)
    return _one(lower, language)


@lru_cache(maxsize=2_000)
def query_keys(word: str, language: str = "nl") -> frozenset[str]:
    """The keys a question for `word` looks for.

    A word that is a lemma stands for itself alone ("vraag" does not ask for "vroeg"); any
    other for its whole lemma set and itself.
    """
    lower = folded(word)
    if (language == "nl" and lower in irregular_verbs()) or _one(lower, language) == lower:
        return frozenset((lower,))
    return lemma_set(word, language) | {lower}


@lru_cache(maxsize=200_000)
def is_known(word: str, language: str = "nl") -> bool:
    """Whether `word` is in the dictionary of `language`."""
    return bool(word) and language in LANGUAGES and _dictionary().is_known(word, lang=language)


@cache
def _dictionary() -> ModuleType:
    """simplemma, loaded when the first word is looked up."""
    import simplemma

    module: ModuleType = simplemma
    return module


def _with_itself(lower: str, language: str) -> set[str]:
    found = {_one(lower, language)}
    if lower.endswith(_ALSO_ITSELF[language]):
        found.add(lower)
    return found


def _prefixed_verbs(lower: str) -> frozenset[str]:
    """ "afspraken" → afspreken; and "verslagen" → verslaan, beside the noun it may be the plural of."""
    found = {verb for verb in prefixed(lower) if is_known(verb)}
    if found and lower.endswith("en") and is_known(lower[:-2]) and _one(lower[:-2], "nl") == lower[:-2]:
        found.add(lower[:-2])
    return frozenset(found)


def _one(lower: str, language: str) -> str:
    if language not in LANGUAGES:
        return lower
    if "-" in lower and not is_known(lower, language):
        head, _, last = lower.rpartition("-")
        return f"{head}-{_one(last, language)}" if last else lower
    found = _dictionary().lemmatize(lower, lang=language).replace("_", "").lower()
    if found == lower and language == "nl" and not is_known(lower, language):
        return _compound(lower)
    return found or lower


def _compound(lower: str) -> str:
    """The lemma of an unknown compound: what precedes its longest known end, and the lemma of that end."""
    if len(lower) < _SHORTEST_COMPOUND or not lower.isalpha():
        return lower
    for cut in range(_SHORTEST_PART, len(lower) - _SHORTEST_PART + 1):
        head, end = lower[:cut], lower[cut:]
        if is_known(end) and (is_known(head) or (head.endswith("s") and is_known(head[:-1]))):
            return head + _one(end, "nl")
    return lower


@cache
def version() -> str:
    """The rules and the dictionary, for caches: one of them changed, then so did the lemmas."""
    from importlib.metadata import version as installed  # looks through all packages, for a word few ask for

    return f"lemmas {RULES_VERSION}, simplemma {installed('simplemma')}"
