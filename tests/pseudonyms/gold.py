"""Reads the passages with marked names, and counts what the detector finds of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qualcode.pseudonyms.detect import propose
from qualcode.pseudonyms.lists import NameLists
from qualcode.pseudonyms.proposals import KnownName, NameKind, Proposal, kind_called

DATA = Path(__file__).parent / "data"
_MARK = re.compile(r"\{(\w+)\|([^{}]+)\}")


@dataclass(frozen=True)
class Gold:
    """A stretch that must be found."""

    start: int
    end: int
    kind: NameKind


@dataclass(frozen=True)
class Passage:
    """A text, what must be found in it, and the participants that the pair wrote down."""

    text: str
    gold: tuple[Gold, ...]
    participants: tuple[KnownName, ...] = ()


def passages(name: str) -> list[Passage]:
    """The passages of `data/{name}.txt`."""
    blocks = (DATA / f"{name}.txt").read_text(encoding="utf-8").split("\n\n")
    return [_passage(block.strip()) for block in blocks if block.strip() and not block.startswith("#")]


def _passage(block: str) -> Passage:
    participants: tuple[KnownName, ...] = ()
    if block.startswith("participants:"):
        head, block = block.split("\n", 1)
        people = re.findall(r"([^;(]+)\((\w+)\)", head.removeprefix("participants:"))
        participants = tuple(
            KnownName((name.strip(),), kind_called(kind) or NameKind.PERSON) for name, kind in people
        )
    text, gold = "", []
    place = 0
    for mark in _MARK.finditer(block):
        text += block[place : mark.start()]
        gold.append(Gold(len(text), len(text) + len(mark[2]), NameKind(mark[1])))
        text += mark[2]
        place = mark.end()
    return Passage(text + block[place:], tuple(gold), participants)


@dataclass
class Score:
    """Counts over passages: per kind of what is marked (there, touched, whole, exact, right kind), and of proposals."""

    words: int = 0
    proposals: int = 0
    right: int = 0
    by_kind: dict[NameKind, Counter[str]] = field(default_factory=dict)
    proposed: dict[NameKind, Counter[str]] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def share(self, what: str, kinds: Iterable[NameKind] = NameKind) -> float:
        """The share of marked stretches that were touched, or found whole."""
        there = sum(self.by_kind[kind]["there"] for kind in kinds if kind in self.by_kind)
        return sum(self.by_kind[kind][what] for kind in kinds if kind in self.by_kind) / there

    @property
    def precision(self) -> float:
        """The share of proposals that overlap something marked."""
        return self.right / self.proposals


def score(tested: Sequence[Passage], lists: NameLists | None = None) -> Score:
    """Run the detector over passages and count."""
    total = Score()
    for passage in tested:
        found = propose(passage.text, participants=passage.participants, lists=lists)
        total.words += len(passage.text.split())
        total.proposals += len(found)
        for proposal in found:
            right = any(_overlap(proposal, gold) for gold in passage.gold)
            total.right += right
            total.proposed.setdefault(proposal.kind, Counter()).update(all=1, right=int(right))
            if not right:
                total.wrong.append(f"{proposal.text} ({proposal.kind}, {proposal.tier})")
        for gold in passage.gold:
            _count(total, passage, gold, found)
    return total


def _count(total: Score, passage: Passage, gold: Gold, found: Sequence[Proposal]) -> None:
    counts = total.by_kind.setdefault(gold.kind, Counter())
    near = [proposal for proposal in found if _overlap(proposal, gold)]
    counts["there"] += 1
    counts["touched"] += bool(near)
    whole = any(proposal.start <= gold.start and gold.end <= proposal.end for proposal in near)
    counts["whole"] += whole
    counts["exact"] += any((proposal.start, proposal.end) == (gold.start, gold.end) for proposal in near)
    counts["kind"] += any(proposal.kind is gold.kind for proposal in near)
    if not whole:
        words = passage.text[gold.start : gold.end]
        total.missed.append(f"{words} ({gold.kind}): {[proposal.text for proposal in near]}")


def _overlap(proposal: Proposal, gold: Gold) -> bool:
    return proposal.start < gold.end and gold.start < proposal.end
