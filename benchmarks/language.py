"""How well words are read, and how fast language is here: `python -m benchmarks.language [WORDS]`, from a checkout.

Prints what search finds by rules alone and with our pipeline, on the test sets; then speed on invented talk that is
shuffled per sentence, WORDS (default 1,000,000) long. Read ratios, not decimals.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

from qualcode.language.counting import Passage, bag, characteristic
from qualcode.language.index import word_rows
from qualcode.language.pipeline import pipeline
from qualcode.language.reading import both, keys_of
from qualcode.language.sentences import sentence_starts
from qualcode.language.similar import CodeVocabulary, SimilarPassages
from qualcode.language.words import lemma_set
from qualcode.model import Coding, Turn
from qualcode.tasks.project.beginning import make_demo

Found = TypeVar("Found")
_TALK = Path(__file__).parent.parent / "tests" / "language" / "data" / "sentences_nl.txt"
_WORDS_PER_DOCUMENT = 15_000
_PASSAGES = 10_000
QUESTIONS = [
    "zeppelin",
    "terugtrekken",
    "gesprek",
    "*gesprek*",
    '"weer een"',
    "juf ~8 moeder",
    "school niet juf",
]


def timed(work: Callable[[], Found]) -> tuple[float, Found]:
    """Seconds and result."""
    start = perf_counter()
    result = work()
    return perf_counter() - start, result


def say(what: str, value: str) -> None:
    """One line of the report."""
    print(f"{what:<62} {value:>16}")


def speed(what: str, characters: int, seconds: float) -> None:
    """One line with thousands of characters a second."""
    say(what, f"{characters / seconds / 1000:,.0f} kchar/s")


def sentences_of_talk() -> list[str]:
    """The invented sentences of the test set."""
    lines_ = _TALK.read_text(encoding="utf-8").splitlines()
    return [part for line in lines_ if line and not line.startswith("#") for part in line.split(" | ")]


def documents(words: int, chance: random.Random) -> list[tuple[str, list[Turn]]]:
    """Shuffled talk of some `words` words, as documents of turns. One word in a thousand is "zeppelin"."""
    talk = sentences_of_talk()
    found = []
    for _document in range(max(words // _WORDS_PER_DOCUMENT, 1)):
        said: list[str] = []
        turns: list[Turn] = []
        place = count = 0
        while count < min(words, _WORDS_PER_DOCUMENT):
            turn = " ".join(chance.choices(talk, k=chance.randint(1, 6)))
            if chance.random() < 0.03:
                turn += " Een zeppelin zag ik."
            turns.append(Turn(len(turns) + 1, place, place + len(turn), "M"))
            said.append(turn)
            place += len(turn) + 1
            count += turn.count(" ") + 1
        found.append(("\n".join(said), turns))
    return found


def measure_text(sample: list[tuple[str, list[Turn]]]) -> None:
    """Sentences, rows with keys, and both spaCy ways."""
    characters = sum(len(text) for text, _turns in sample)
    seconds, _ = timed(
        lambda: [sentence_starts(turn.span.of(text)) for text, turns in sample for turn in turns]
    )
    speed("sentences by rules", characters, seconds)
    lemma_set("warm")
    lemma_set.cache_clear()
    seconds, _ = timed(
        lambda: [keys_of(row.surface) for text, turns in sample for row in word_rows(text, turns)]
    )
    speed("index rows with lemma sets, nothing cached before", characters, seconds)
    forms = sorted({row.surface.lower() for text, _turns in sample[:1] for row in word_rows(text)})
    new = [one + other for one in forms[::9] for other in forms[::7]]
    seconds, _ = timed(lambda: [lemma_set(word) for word in new])
    speed(f"lemma sets of {len(new):,} compounds never seen before", sum(map(len, new)), seconds)
    used = pipeline("nl")
    some = sample[:3]
    used.tags("warm")
    seconds, _ = timed(lambda: [used.tags(text, turns) for text, turns in some])
    speed(f"parts of speech by {used.source}", sum(len(text) for text, _turns in some), seconds)
    seconds, _ = timed(lambda: used.tags(("wij zorgen voor hem en " * 4_500)[:104_000]))
    say("parts of speech in one turn of 104,000 characters", f"{seconds:.1f} s")
    dull = "woord zonder einde " * 5_263
    seconds, _ = timed(lambda: sentence_starts(dull))
    say("one turn of 100,000 characters without punctuation", f"{seconds * 1000:.1f} ms")


def measure_search() -> None:
    """Precision and recall of search by lemma, by rules alone and with our pipeline."""
    from tests.language.gold import lemma_scores  # the test sets lie in a checkout alone

    ours = pipeline("nl")
    print(f"{'every lemma as a question':<40}{'precision':>12}{'recall':>10}{'with also':>12}")
    for name in ("talk_nl", "doubt_nl", "lemmas_nl", "lemmas_held_out_nl"):
        for bare, only in (
            (False, ""),
            (True, ""),
            (False, "both"),
            (True, "both"),
            (False, "split"),
            (True, "split"),
        ):
            if name != "talk_nl" and (bare or only):
                continue
            for how, tags in (("rules", lambda text: None), ("pipeline", ours.tags)):
                scores = lemma_scores(name, tags, bare=bare, only=only)
                what = " ".join(filter(None, [name, "bare" if bare else "", only and f"({only})", how]))
                print(f"{what:<40}{scores.precision:>12.3f}{scores.recall:>10.3f}{scores.recall_also:>12.3f}")


def measure_demo() -> None:
    """Noun or verb, for the words of the demo interviews that were labelled by reading."""
    from tests.language.gold import doubtful_words

    with TemporaryDirectory() as folder, make_demo(Path(folder)) as project:
        texts = {each.name: each for each in project.transcripts.all()}
    words = doubtful_words({name: each.text for name, each in texts.items()})
    for how, ours in (("rules", None), ("pipeline", pipeline("nl"))):
        said: Counter[str] = Counter()
        for name, each in texts.items():
            tags = ours.tags(each.text, each.turns) if ours else None
            rows = {row.start: row for row in word_rows(each.text, each.turns, tags=tags)}
            for word in words:
                if word.document == name:
                    row = rows[word.start]
                    reading = row.reading or ("" if both(row.surface) else (tags or {}).get(row.start, ""))
                    said["right" if reading == word.reading else "wrong" if reading else "open"] += 1
        shares = ", ".join(f"{what} {said[what] / len(words):.3f}" for what in ("right", "open", "wrong"))
        say(f"{len(words)} words of the demo interviews, {how}", shares)


def measure_codes() -> None:
    """How often the right code is among the first five offered, for each coding of the demo when it is left out."""
    with TemporaryDirectory() as folder, make_demo(Path(folder)) as project:
        texts = {each.id: each.text for each in project.transcripts.all()}
        codings, codes = project.codings.all(), project.codebook.all()

    def said(coding: Coding) -> str:
        return coding.span.of(texts[coding.transcript_id])

    for what, own in (("fragments", False), ("fragments and their own words", True)):
        vocabulary = CodeVocabulary()
        for coding in codings:
            vocabulary.add(coding.code_id, said(coding))
        for code in codes if own else ():
            vocabulary.add(
                code.id, "\n".join(t.nl for t in (code.name, code.definition, code.use, code.example))
            )
        right = 0
        for coding in codings:
            near = [
                other
                for other in codings
                if other.transcript_id == coding.transcript_id and other.span.overlaps(coding.span)
            ]
            for other in near:
                vocabulary.remove(other.code_id, said(other))
            right += coding.code_id in [found.code_id for found in vocabulary.suggest(said(coding))]
            for other in near:
                vocabulary.add(other.code_id, said(other))
        say(f"right code among the first five, by {what}", f"{right / len(codings):.3f}")


def measure_words(chance: random.Random) -> None:
    """Counting, similar passages and suggestions for codes."""
    talk = sentences_of_talk()
    passages = [
        Passage(f"d{number % 40}", number * 1000, " ".join(chance.sample(talk, 4)))
        for number in range(_PASSAGES)
    ]
    seconds, groups = timed(lambda: {"a": bag(passages[::2]), "b": bag(passages[1::2])})
    speed("counting words of two groups", sum(len(passage.text) for passage in passages), seconds)
    seconds, _ = timed(lambda: characteristic(groups, "a"))
    say("characteristic words", f"{seconds * 1000:.1f} ms")
    seconds, similar = timed(lambda: SimilarPassages(passages))
    say(f"similarity of {_PASSAGES:,} passages made ready", f"{seconds:.1f} s")
    similar.like(passages[:1])
    for examples in (3, 8):
        seconds, _ = timed(partial(similar.like, passages[:examples], others=passages[100:120]))
        say(f"    a question with {examples} examples", f"{seconds * 1000:.0f} ms")
    codes = CodeVocabulary()
    for number, passage in enumerate(passages[:2000]):
        codes.add(f"code{number % 60}", passage.text)
    seconds, _ = timed(lambda: codes.suggest(passages[3000].text))
    say("codes suggested from 60 codes with 2,000 examples", f"{seconds * 1000:.1f} ms")


def main(words: int) -> None:
    """Run everything."""
    measure_search()
    measure_demo()
    measure_codes()
    chance = random.Random(8)
    sample = documents(words, chance)
    measure_text(sample[:20])
    measure_words(chance)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
