"""The page that compares keys says what the registry says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qualcode.tui.actions import action, one_key

PAGE = Path(__file__).parents[2] / "docs" / "keys-compared.md"
OURS = {
    "mark a sentence": ["reader.sentence"],
    "mark a turn": ["reader.turn"],
    "give it a code": ["code.letters", "code.pick"],
    "the same code again": ["code.repeat"],
    "the same code, and on": ["code.repeat_next"],
    "mark more or less": ["reader.widen", "reader.narrow"],
    "move an edge": [
        "code.take_up",
        "reader.end_word_right",
        "reader.start_word_left",
        "reader.extend_right",
    ],
    "cut a coding in two": ["code.split"],
    "change its code": ["code.recode"],
    "give its words one more": ["code.copy_to"],
    "a code from the marked words": ["code.in_vivo"],
    "make the coding an example": ["code.example"],
    "write a memo": ["code.memo"],
    "take it away": ["code.remove"],
    "undo": ["step.undo"],
    "next coding": ["code.next", "code.next_same"],
    "next sentence without": ["reader.next_uncoded"],
    "nest a code": ["codebook.nest", "codebook.up", "codebook.down"],
    "merge two codes": ["codebook.merge"],
}


@pytest.mark.parametrize("start", OURS)
def test_the_keys_named_are_those_in_use(start: str) -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines if line.startswith(f"| {start}")).replace("\\|", "¦")
    named = {key.replace("¦", "|") for key in re.findall(r"`([^`]+)`", row.split("|")[2])}
    for name in OURS[start]:
        assert named & {one_key(key) for key in action(name).keys.split(",")}, name
