"""How fast the detector of names reads, and how much it finds: the figures of docs/names.md.

    python benchmarks/names.py

Speed is printed beside that of splitting the same text at white space and at sentences.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from qualcode.language.sentences import sentence_starts
from qualcode.pseudonyms import lists
from qualcode.pseudonyms.detect import propose
from qualcode.pseudonyms.lists import NameLists, name_lists
from qualcode.pseudonyms.proposals import PERSONS, NameKind
from qualcode.pseudonyms.review import Review
from tests.pseudonyms.gold import Passage, Score, passages, score

ROOT = Path(__file__).parent.parent
CHARACTERS = 1_000_000
SETS = ("dev", "heldout", "unseen")
PLAIN = ("dev_plain", "heldout_plain")


def corpus() -> str:
    """A million characters: plain talk with a passage full of names now and then, as in an interview."""
    talk = "\n".join(passage.text for name in PLAIN for passage in passages(name))
    named = [passage.text for name in SETS for passage in passages(name)]
    pieces, size, n = [], 0, 0
    while size < CHARACTERS:
        piece = f"{talk}\n{named[n % len(named)]}\n"
        pieces.append(piece)
        size += len(piece)
        n += 1
    return "".join(pieces)


def timed(what: str, text: str, work: Callable[[str], object]) -> None:
    """Print words and characters per second; a text of 50,000 characters at a time, as transcripts come."""
    parts = [text[start : start + 50_000] for start in range(0, len(text), 50_000)]
    work(parts[0])
    start = time.perf_counter()
    for part in parts:
        work(part)
    seconds = time.perf_counter() - start
    rates = f"{len(text.split()) / seconds:>12,.0f} words/s {len(text) / seconds / 1000:>10,.0f} kchar/s"
    print(f"{what:<38}{rates}")


def found(name: str, tested: Sequence[Passage], with_lists: NameLists | None = None) -> None:
    """Print what was found of the persons, of everything, and how much of what was proposed was right."""
    result = score(tested, with_lists)
    print(
        f"{name:<38} persons touched {result.share('touched', PERSONS):.3f} whole "
        f"{result.share('whole', PERSONS):.3f} | all touched {result.share('touched'):.3f} whole "
        f"{result.share('whole'):.3f} exact {result.share('exact'):.3f} | precision {result.precision:.3f}"
    )


def per_kind(result: Score) -> None:
    """Print recall of what is marked and precision of what is proposed, kind by kind."""
    for kind in NameKind:
        marked, proposed = result.by_kind.get(kind), result.proposed.get(kind)
        recall = f"{marked['whole']}/{marked['there']} ({marked['touched']} touched)" if marked else "–"
        precision = f"{proposed['right']}/{proposed['all']}" if proposed else "–"
        print(f"  {kind.value:<14} found whole {recall:<24} proposals right {precision}")


def faker_lists() -> NameLists:
    """The lists of an installation without deduce."""
    lists._deduce_folder = lambda: None
    lists.name_lists.cache_clear()
    return name_lists()


def main() -> None:
    start = time.perf_counter()
    full = name_lists()
    print(f"lists of {full.source}: {len(full.first):,} first names, {time.perf_counter() - start:.2f} s")
    text = corpus()
    timed("split at white space", text, str.split)
    timed("sentences", text, sentence_starts)
    timed("names", text, propose)
    timed("names, grouped for review", text, Review)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB\n")
    for name in SETS:
        found(f"{name}, lists of {full.source}", passages(name))
    for name in PLAIN:
        result = score(passages(name))
        print(f"{name:<38} {len(result.wrong)} wrong in {result.words} words: {', '.join(result.wrong)}")
    print()
    per_kind(score([passage for name in ("heldout", "unseen") for passage in passages(name)]))
    print()
    other = faker_lists()
    for name in SETS:
        found(f"{name}, lists of {other.source}", passages(name), other)


if __name__ == "__main__":
    main()
