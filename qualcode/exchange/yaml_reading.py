"""YAML made by people, read without surprises and with every fault named at its line.

All values are taken as the text that stands in the file: `no`, `on` and `12` are words, not
truth or numbers. Anchors and aliases are refused, so that a file is what it seems to be.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from qualcode.errors import InputError
from qualcode.exchange.code_tree import DEEPEST
from qualcode.exchange.text_files import tidy
from qualcode.i18n import Bilingual, _

_DEEPEST = 2 * DEEPEST + 8
_Loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


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
        if not isinstance(node, MappingNode):
            expected = ", ".join(f"{key}:" for key in keys[:3])
            self.problem(node, _("expected lines such as {keys}").format(keys=expected))
            return {}
        found: dict[str, Node] = {}
        for key_node, value in node.value:
            key = key_node.value if isinstance(key_node, ScalarNode) else ""
            if key not in keys:
                self.problem(key_node, _unknown_key(key, keys))
            elif key in found:
                self.problem(key_node, _("'{key}' stands here a second time").format(key=key))
            else:
                found[key] = value
        return found

    def items(self, node: Node | None) -> list[Node]:
        """The items of a list; nothing at all is an empty list."""
        if node is None or (isinstance(node, ScalarNode) and not node.value):
            return []
        if isinstance(node, SequenceNode):
            return list(node.value)
        self.problem(node, _("expected a list: every item on its own line, with '- ' before it"))
        return []

    def text(self, node: Node | None) -> str:
        """A text, in stored form, without white space around it."""
        if node is None:
            return ""
        if not isinstance(node, ScalarNode):
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
        if isinstance(node, MappingNode):
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
        depth = 0
        try:
            for event in yaml.parse(text, Loader=_Loader):
                depth += isinstance(event, yaml.CollectionStartEvent)
                depth -= isinstance(event, yaml.CollectionEndEvent)
                if depth > _DEEPEST:
                    raise self._refused(event, _("nested deeper than {n} levels").format(n=DEEPEST))
                if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                    raise self._refused(event, _("signs such as &name and *name are not used; write it out"))
            node = yaml.compose(text, Loader=_Loader)
        except yaml.YAMLError as error:
            raise self._unreadable(error) from error
        if node is None:
            raise InputError(_("{file} is empty.").format(file=self.where))
        return node

    def _refused(self, event: yaml.Event, why: str) -> InputError:
        line = event.start_mark.line + 1 if event.start_mark else 1
        problem = _at_line(line, why)
        return InputError(_("{file} cannot be used:").format(file=self.where), [problem])

    def _unreadable(self, error: yaml.YAMLError) -> InputError:
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
