"""Text → words with their places, as search and counting see them; the words that say little; and lemmas. No spaCy.

A project may keep stop words of its own; `read_list` and `list_text` take them from and to a text that
people edit, one word a line.

The lemmas a word may have are one set for the index and for the question. A set rather than one answer, because
"zorgen" is a verb and the plural of a noun; a question and a word match where their sets meet. Dutch: a table of
irregular verbs, then simplemma, then the last part of an unknown compound. In a language other than Dutch and
English a word stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.resources import grouped_words, listed_lines, listed_words

_WORD = re.compile(
    r"""\[[^\W\d_]+-\d+\]                       # a placeholder for a name: [leraar-1]
      | \d+(?:[.,:]\d+)+                        # 10.30, 3.500,00
      | (?:[^\W\d_]\.){2,}                      # m.n., i.p.v.
      | (?<![^\W_])['’‘][stknm](?![^\W_])       # 's, 't
      | [^\W_]+(?:[-'’‑][^\W_]+)*               # foto's, IB'er, na-ijlen
    """,
    re.VERBOSE,
)


LISTS = Path(__file__).parent / "data"
LITTLE_WORDS = grouped_words(LISTS / "little_words.txt")
"""Words that say little by themselves, by what they do in a sentence."""


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """The words between two positions, as matches that carry text (`[0]`), `start()` and `end()`."""
    return _WORD.finditer(text, start, len(text) if end is None else end)


def is_word(text: str) -> bool:
    """Whether `text` is exactly one word."""
    return _WORD.fullmatch(text) is not None


def folded(word: str) -> str:
    """`word` as words are compared: lower case, straight apostrophes."""
    return word.lower().replace("’", "'").replace("‘", "'")


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words that stand in nearly every sentence of `language` ("nl" or "en") and say little, folded."""
    return listed_words(LISTS / f"stop_words_{'en' if language == 'en' else 'nl'}.txt")


def read_list(text: str) -> frozenset[str]:
    """A list people edited: one word a line, `#` begins a remark. `InputError` names lines that are no word."""
    found: set[str] = set()
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        word = line.partition("#")[0].strip()
        if word and not is_word(word):
            problems.append(_("line {number}: {text}").format(number=number, text=word))
        elif word:
            found.add(folded(word))
    if problems:
        raise InputError(_("Some lines are not exactly one word. Write one word a line."), problems)
    return frozenset(found)


def list_text(stop: Iterable[str]) -> str:
    """The list as a text to edit, sorted, one word a line."""
    return "".join(f"{word}\n" for word in sorted(stop))


RULES_VERSION = "2"
_SHORTEST_COMPOUND = 9
_SHORTEST_PART = 3
LANGUAGES = ("nl", "en")
_SHORT_FOR = re.compile(r"([a-z]{1,4})['-]ers?")  # ib'er, ib'ers, ib-er, zzp'ers
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
def irregular_table() -> dict[str, tuple[str, ...]]:
    """Every infinitive in the table with its other forms."""
    rows = [[form.partition("*")[0] for form in line.split()] for line in _verb_lines()]
    return {row[0]: tuple(row[1:]) for row in rows}


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
    if language == "nl" and (short := _SHORT_FOR.fullmatch(lower)):
        return f"{short[1]}'er"
    if "-" in lower and not is_known(lower, language):
        head, _, last = lower.rpartition("-")
        return f"{head}-{_one(last, language)}" if last else lower
    if language == "nl" and lower in _mended():
        return _mended()[lower]
    found = _dictionary().lemmatize(lower, lang=language).replace("_", "").lower()
    if language == "nl" and lower.endswith("jes") and found == lower[:-1]:
        return _one(found, language)  # afspraakjes: afspraakje, hence afspraak
    if found == lower and language == "nl" and not is_known(lower, language):
        return _compound(lower)
    return found or lower


@cache
def _mended() -> dict[str, str]:
    """Lemmas by form where the dictionary has them wrong."""
    rows = [line.split() for line in listed_lines(LISTS / "lemmas_mended.txt")]
    return {form: row[0] for row in rows for form in row[1:]}


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


def infinitives(form: str) -> set[str]:
    """What the infinitive of a verb with the first person `form` may look like: merk → merken, geloof → geloven."""
    cut = 1 if form.endswith(("f", "s")) else 0
    soft = form[:-1] + {"f": "v", "s": "z"}[form[-1]] if cut else form
    found = set()
    for base in {form, soft}:
        found |= {base + "en", base + base[-1] + "en"}
        if len(base) > 2 and base[-2] == base[-3] and base[-2] in "aeou":
            found.add(base[:-2] + base[-1] + "en")
    return found


def stem(infinitive: str) -> str:
    """The first person of a regular Dutch verb: bellen → bel, maken → maak, leven → leef."""
    bare = infinitive.removesuffix("en") if infinitive.endswith("en") else infinitive.removesuffix("n")
    if len(bare) > 1 and bare[-1] == bare[-2] and bare[-1] not in "aeiou":
        bare = bare[:-1]
    elif len(bare) > 2 and bare[-1] not in "aeiouyw" and bare[-2] in "aeou" and bare[-3] not in "aeiouy":
        bare = bare[:-1] + bare[-2] + bare[-1] if not bare.endswith(("er", "el")) or len(bare) < 5 else bare
    return bare[:-1] + {"v": "f", "z": "s"}.get(bare[-1:], bare[-1:])
