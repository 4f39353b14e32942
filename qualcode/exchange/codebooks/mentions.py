"""Codes as people write them beside a text: a name in either language, the letters, the number, with a memo."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qualcode.i18n import _
from qualcode.model import Code

_EDGE = " \t\xa0.,;:!?'\"“”‘’()[]#*•-–—"
_MEMO = re.compile(r":\s+|\s[–—-]+\s|\s?!\s?|\s=\s")
_LIST = re.compile(r"\s*[,;/+&|]\s*")
_SPACE = re.compile(r"[\s,;/+&|]+")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Said:
    """What a comment says: its codes and the memo beside them, or why it could not be understood."""

    codes: tuple[Code, ...] = ()
    memo: str = ""
    problem: str = ""


class CodeMentions:
    """The words by which the codes of a project are known: id, slug, name, letters, number, in this order.

    `numbers` are those of a legend beside the text (by default codes are numbered in the order
    of `codes`, from 1); `more` are words of somebody's own, with what they stand for.
    """

    def __init__(
        self,
        codes: Iterable[Code],
        *,
        numbers: Mapping[str, str] | None = None,
        more: Mapping[str, str] | None = None,
    ) -> None:
        codes = list(codes)
        self._levels: list[dict[str, list[Code]]] = []
        self._level((code.id, code) for code in codes)
        self._level((code.slug, code) for code in codes)
        self._level((name, code) for code in codes for name in {code.name.nl, code.name.en})
        self._level((code.mnemonic, code) for code in codes)
        listed = numbers if numbers is not None else {str(n): code.slug for n, code in enumerate(codes, 1)}
        self._level((n, code) for n, name in listed.items() for code in self._meant(name))
        self._level((word, code) for word, name in (more or {}).items() for code in self._meant(name))
        self._levels.insert(0, self._levels.pop())  # what somebody said themselves comes first
        self._near = {
            _plain(word): word for code in codes for word in (code.slug, code.name.nl, code.name.en)
        }

    def _level(self, words: Iterable[tuple[str, Code]]) -> None:
        level: dict[str, list[Code]] = {}
        for word, code in words:
            known = level.setdefault(_plain(word), [])
            if code not in known:
                known.append(code)
        level.pop("", None)
        self._levels.append(level)

    def _meant(self, word: str) -> list[Code]:
        """Every code that a word can stand for."""
        plain = _plain(word)
        return next((level[plain] for level in self._levels if plain in level), [])

    def code(self, word: str) -> Code | None:
        """The code that a word stands for, if it is clear which; a retired one only if no other is meant."""
        meant = self._meant(word)
        found = [code for code in meant if not code.retired] or meant
        return found[0] if len(found) == 1 else None

    def understand(self, text: str) -> Said:
        """The codes in a comment: one on the first line (or several, with commas), then a memo; or one per line.

        A line that begins with ! is memo.
        """
        lines = text.strip().split("\n")
        head = lines[0].strip()
        if not head:
            return Said(problem=_("the comment is empty"))
        listed = [self.listed(line) for line in lines if line.strip()]
        if all(listed):
            return Said(tuple(dict.fromkeys(code for codes in listed for code in codes)))
        codes, memo = self._head(head)
        if not codes:
            return Said(problem=self.problem(head))
        rest = [memo] if memo else []
        return Said(codes, "\n".join([*rest, *lines[1:]]).strip().removeprefix("!").strip())

    def write(self, code: Code, memo: str, language: str) -> str:
        """A comment that `understand` reads as this code with this memo."""
        head = next(
            (word for word in (code.name.in_language(language), code.slug) if self.code(word) == code),
            code.id,
        )
        text = f"{head}\n{memo.strip()}".strip()
        return text if self.understand(text) == Said((code,), memo.strip()) else f"{head}\n! {memo.strip()}"

    def _head(self, line: str) -> tuple[tuple[Code, ...], str]:
        if codes := self.listed(line):
            return codes, ""
        for sign in _MEMO.finditer(line[:_LONGEST]):
            if codes := self.listed(line[: sign.start()]):
                return codes, line[sign.end() :].strip()
        return (), ""

    def listed(self, text: str) -> tuple[Code, ...]:
        """The codes in a list of words, with commas or spaces between; nothing if one of them is no code."""
        if whole := self.code(text):
            return (whole,)
        for separator in (_LIST, _SPACE):
            words = [word for word in separator.split(text) if word.strip(_EDGE)]
            found = [self.code(word) for word in words]
            if found and all(found):
                return tuple(dict.fromkeys(code for code in found if code))
        return ()

    def problem(self, line: str) -> str:
        """Why the words before a memo are no code, in words."""
        head = _MEMO.split(line[:_LONGEST])[0]
        meant = self._meant(head)
        if len(meant) > 1:
            names = ", ".join(code.slug for code in meant)
            return _("“{word}” can be several codes ({codes})").format(word=head.strip(), codes=names)
        near = difflib.get_close_matches(_plain(head), self._near, n=1, cutoff=0.75)
        if near:
            return _("no code is called that; did you mean “{name}”?").format(name=self._near[near[0]])
        return _("no code is called that")


def _plain(word: str) -> str:
    return " ".join(word.strip(_EDGE).casefold().split())
