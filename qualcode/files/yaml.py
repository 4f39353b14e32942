"""YAML made by people: every fault is named at its line; written as a person would type it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.errors import InputError
from qualcode.files.text import tidy
from qualcode.i18n import Bilingual, _
from qualcode.model import DEEPEST
from qualcode.text.normal import printable

if TYPE_CHECKING:
    from yaml import Event, Node, YAMLError

_DEEPEST = 2 * DEEPEST + 8


def _yaml() -> Any:
    """PyYAML; every verb knows of codebooks as files, and few read or write one."""
    import yaml

    return yaml


class YamlReader:
    """Takes values out of one YAML text and gathers what is wrong with it.

    The methods never raise for a fault in the file: they note it and give back an empty
    value; `finish()` raises one `InputError` with all faults in the order of the lines.
    """

    def __init__(self, text: str, where: str) -> None:
        """Parse `text`; what cannot be parsed at all is an `InputError` here. `where` names the file."""
        self.where = where
        self._problems: list[tuple[int, str]] = []
        self._lines = text.split("\n")
        if not text.strip():
            raise InputError(_("{file} is empty.").format(file=where))
        self.root = self._parse(text)

    def problem(self, node: Node, message: str) -> None:
        """Note that something is wrong at `node`."""
        self._problems.append((node.start_mark.line + 1, message))

    def finish(self, message: str) -> None:
        """Raise an `InputError` with `message` and the problems, if there are any."""
        if self._problems:
            ordered = sorted(self._problems, key=lambda problem: problem[0])
            raise InputError(message, [_at_line(line, what) for line, what in ordered])

    def mapping(self, node: Node | None, keys: Sequence[str]) -> dict[str, Node]:
        """The values of a mapping by key; a key that is not among `keys` or comes twice is a problem."""
        if node is None:
            return {}
        if not isinstance(node, _yaml().MappingNode):
            expected = ", ".join(f"{key}:" for key in keys[:3])
            self.problem(node, _("expected lines such as {keys}").format(keys=expected))
            return {}
        found: dict[str, Node] = {}
        for key_node, value in node.value:
            key = key_node.value if isinstance(key_node, _yaml().ScalarNode) else ""
            if key not in keys:
                self.problem(key_node, _unknown_key(key, keys))
            elif key in found:
                self.problem(key_node, _("'{key}' stands here a second time").format(key=key))
            else:
                found[key] = value
        return found

    def items(self, node: Node | None) -> list[Node]:
        """The items of a list; nothing at all is an empty list."""
        if node is None or (isinstance(node, _yaml().ScalarNode) and not node.value):
            return []
        if isinstance(node, _yaml().SequenceNode):
            return list(node.value)
        self.problem(node, _("expected a list: every item on its own line, with '- ' before it"))
        return []

    def text(self, node: Node | None) -> str:
        """A text, in stored form, without white space around it."""
        if node is None:
            return ""
        if not isinstance(node, _yaml().ScalarNode):
            self.problem(
                node, _("expected a text; one that holds a colon or begins with a bracket needs quotes")
            )
            return ""
        text = tidy(node.value)
        if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in text):
            self.problem(node, _("this text holds signs that cannot be printed; type it anew"))
        if not text and self._hides_behind_hash(node):
            self.problem(node, _('what follows # is not read; put it in quotes: "#..."'))
        return text

    def line(self, node: Node | None) -> str:
        """A text of one line: every run of white space is one space."""
        return " ".join(self.text(node).split())

    def bilingual(self, node: Node | None) -> Bilingual:
        """A text under `nl:` and `en:`; a plain text is Dutch."""
        if isinstance(node, _yaml().MappingNode):
            fields = self.mapping(node, ("nl", "en"))
            return Bilingual(self.text(fields.get("nl")), self.text(fields.get("en")))
        return Bilingual(self.text(node))

    def bilingual_line(self, node: Node | None) -> Bilingual:
        """As `bilingual`, for a name or title of one line."""
        text = self.bilingual(node)
        return Bilingual(" ".join(text.nl.split()), " ".join(text.en.split()))

    def slug(self, node: Node, given: Node | None, taken: set[str]) -> str:
        """The id in `given` for the thing at `node`; it joins `taken`, where it must not be yet."""
        slug = self.line(given)
        if given is None or not slug:
            self.problem(node, _("an id is missing here"))
        elif slug in taken:
            self.problem(given, _("the id {id} is used twice").format(id=slug))
        taken.add(slug)
        return slug

    def _hides_behind_hash(self, node: Node) -> bool:
        line = self._lines[min(node.start_mark.line, len(self._lines) - 1)]
        return line.split(":", 1)[-1].lstrip().startswith("#")

    def _parse(self, text: str) -> Node:
        yaml = _yaml()
        depth = 0
        loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
        try:
            for event in yaml.parse(text, Loader=loader):
                depth += isinstance(event, yaml.CollectionStartEvent)
                depth -= isinstance(event, yaml.CollectionEndEvent)
                if depth > _DEEPEST:
                    raise self._refused(event, _("nested deeper than {n} levels").format(n=DEEPEST))
                if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                    raise self._refused(event, _("signs such as &name and *name are not used; write it out"))
            node: Node | None = yaml.compose(text, Loader=loader)
        except yaml.YAMLError as error:
            raise self._unreadable(error) from error
        if node is None:
            raise InputError(_("{file} is empty.").format(file=self.where))
        return node

    def _refused(self, event: Event, why: str) -> InputError:
        line = event.start_mark.line + 1 if event.start_mark else 1
        problem = _at_line(line, why)
        return InputError(_("{file} cannot be used:").format(file=self.where), [problem])

    def _unreadable(self, error: YAMLError) -> InputError:
        message = _("{file} cannot be made out:").format(file=self.where)
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        if mark is None:
            return InputError(message, [_("it holds signs that are not text")])
        number = min(mark.line + 1, len(self._lines))
        return InputError(message, [_at_line(number, _advice(self._lines[number - 1]))])


def _advice(line: str) -> str:
    """What to do about a line at which YAML stopped."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return _("there is a tab before the text; use spaces")
    if line.count(": ") > 1:
        return _("a text with a colon in it needs quotes around it, or '>-' and the text on the next lines")
    return _("something is wrong here or just above: look at the spaces before the text, and at quotes")


def _unknown_key(key: str, keys: Sequence[str]) -> str:
    near = difflib.get_close_matches(key.lower(), keys, n=1)
    if near:
        return _("'{key}' is not known here; did you mean '{near}'?").format(key=key, near=near[0])
    return _("'{key}' is not known here; known are {keys}").format(key=key, keys=", ".join(keys))


def _at_line(line: int, what: str) -> str:
    return _("line {line}: {what}").format(line=line, what=what)


WIDTH = 100
_INDENT = "  "
_UNBROKEN = 10**9
_FLOW_SIGNS = frozenset(",[]{}")
_PRINTABLE = re.compile(r"[\n -~\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")
_BREAK = re.compile(r"(?<=[^ ]) (?=[^ ])")

Lines = Iterator[str]


def text_entry(key: str, text: str, level: int) -> Lines:
    """`key: text` at a level of indentation, a long text as a block; no text, no lines."""
    text = tidy(printable(text))
    if not text:
        return
    start = _INDENT * level
    line = f"{start}{key}: {_inline(text)}"
    if (len(line) <= WIDTH and "\n" not in text) or not _PRINTABLE.fullmatch(text):
        yield line
    elif "\n " in text:
        yield f"{start}{key}: |-"
        yield from (start + _INDENT + part if part else "" for part in text.split("\n"))
    else:
        yield f"{start}{key}: >-"
        yield from _folded(text, start + _INDENT)


def bilingual_entry(key: str, text: Bilingual, level: int) -> Lines:
    """A text in two languages; one that is only Dutch stands directly behind its key."""
    if text.nl and not text.en:
        yield from text_entry(key, text.nl, level)
    elif text:
        yield f"{_INDENT * level}{key}:"
        yield from text_entry("nl", text.nl, level + 1)
        yield from text_entry("en", text.en, level + 1)


def list_entry(key: str, words: Iterable[str], level: int) -> Lines:
    """`key: [a, b]`, or one word on each line where that is too long; without words no line."""
    words = map(printable, words)
    listed = [_quoted(word) if _FLOW_SIGNS & set(word) else _inline(word) for word in words]
    start = _INDENT * level
    line = f"{start}{key}: [{', '.join(listed)}]"
    if len(line) <= WIDTH:
        yield from [line] if listed else []
        return
    yield f"{start}{key}:"
    yield from (f"{start}{_INDENT}- {word}" for word in listed)


def item(lines: Iterable[str], level: int) -> Lines:
    """Entries written at `level + 1`, as one item of the list at `level`."""
    for n, line in enumerate(lines):
        yield line if n else f"{_INDENT * level}- {line[2 * level + 2 :]}"


def _inline(text: str) -> str:
    """`text` on one line, in quotes where YAML would else take it for something other than text."""
    dumped: str = _yaml().safe_dump(text, allow_unicode=True, width=_UNBROKEN)
    line = dumped.removesuffix("\n").removesuffix("\n...")
    awkward = "\n" in line or (line.startswith("'") and '"' not in text)
    return _quoted(text) if awkward else line


def _quoted(text: str) -> str:
    dumped: str = _yaml().safe_dump(text, allow_unicode=True, width=_UNBROKEN, default_style='"')
    return dumped.removesuffix("\n")


def _folded(text: str, indent: str) -> Lines:
    """The lines of a folded block; a line end in the text is an empty line between."""
    room = WIDTH - len(indent)
    for n, paragraph in enumerate(text.split("\n")):
        if n:
            yield ""
        if not paragraph:
            continue
        line = ""
        for word in _BREAK.split(paragraph):
            if line and len(line) + 1 + len(word) > room:
                yield indent + line
                line = word
            else:
                line = f"{line} {word}" if line else word
        yield indent + line
