"""Checklists as YAML files that people read and edit (codebooks/README.md describes them)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from yaml.nodes import Node

from qualcode.exchange.codebooks.draft import lasting_id
from qualcode.files.saving import save_text
from qualcode.files.text import read_text
from qualcode.files.yaml import YamlReader, bilingual_entry, item, list_entry, text_entry
from qualcode.i18n import _
from qualcode.model import Checklist, Criterion, Dimension

_LIST_KEYS = ("checklist", "title", "description", "source", "dimensions")
_DIMENSION_KEYS = ("id", "name", "criteria")
_CRITERION_KEYS = ("id", "good", "poor", "codes")


def read_checklist(path: Path | str) -> Checklist:
    """The checklist in the YAML file at `path`; `InputError` as `parse_checklist`."""
    path = Path(path)
    return parse_checklist(read_text(path), str(path))


def parse_checklist(text: str, where: str) -> Checklist:
    """The checklist that `text` describes; `where` names it in errors.

    Criteria come in the order of the file, `position` counting from 0, with ids made from
    the checklist's name and their slug. The codes they name are not looked up here.
    Everything that is wrong is listed in one `InputError`, line by line.
    """
    return _ChecklistReader(text, where).checklist()


class _ChecklistReader(YamlReader):
    """Reads one checklist, gathering its dimensions, criteria and faults."""

    def __init__(self, text: str, where: str) -> None:
        super().__init__(text, where)
        self._dimensions: list[Dimension] = []
        self._criteria: list[Criterion] = []
        self._dimension_slugs: set[str] = set()
        self._criterion_slugs: set[str] = set()
        self._name = ""

    def checklist(self) -> Checklist:
        fields = self.mapping(self.root, _LIST_KEYS)
        self._name = self.line(fields.get("checklist"))
        if not self._name:
            self.problem(self.root, _("the first line should give the name: checklist: name"))
        if "dimensions" not in fields:
            self.problem(self.root, _("there are no dimensions; they stand under dimensions:"))
        for node in self.items(fields.get("dimensions")):
            self._take_dimension(node)
        title = self.bilingual_line(fields.get("title"))
        description = self.bilingual(fields.get("description"))
        source = self.text(fields.get("source"))
        self.finish(_("{file} cannot be used as a checklist:").format(file=self.where))
        dimensions, criteria = tuple(self._dimensions), tuple(self._criteria)
        return Checklist(self._name, title, description, source, dimensions, criteria)

    def _take_dimension(self, node: Node) -> None:
        fields = self.mapping(node, _DIMENSION_KEYS)
        slug = self.slug(node, fields.get("id"), self._dimension_slugs)
        name = self.bilingual_line(fields.get("name"))
        if not name:
            self.problem(node, _("the dimension {dimension} has no name").format(dimension=slug or "?"))
        self._dimensions.append(Dimension(slug, name))
        for criterion in self.items(fields.get("criteria")):
            self._take_criterion(criterion, slug)

    def _take_criterion(self, node: Node, dimension: str) -> None:
        fields = self.mapping(node, _CRITERION_KEYS)
        slug = self.slug(node, fields.get("id"), self._criterion_slugs)
        good, poor = self.bilingual(fields.get("good")), self.bilingual(fields.get("poor"))
        if not (good and poor):
            self.problem(node, _("the criterion {id} needs both good: and poor:").format(id=slug or "?"))
        criterion = Criterion(
            id=lasting_id("criterion", self._name, slug),
            slug=slug,
            dimension=dimension,
            good=good,
            poor=poor,
            codes=tuple(self._code(code) for code in self.items(fields.get("codes"))),
            position=len(self._criteria),
        )
        self._criteria.append(criterion)

    def _code(self, node: Node) -> str:
        slug = self.line(node)
        if not slug:
            self.problem(node, _("the id of a code is missing here"))
        return slug


def write_checklist(checklist: Checklist, path: Path | str) -> None:
    """Write the checklist as a YAML file, whole or not at all."""
    save_text(Path(path), checklist_text(checklist), new_folders=False)


def checklist_text(checklist: Checklist) -> str:
    """The YAML text of a checklist; the same checklist always gives the same text.

    A criterion of a dimension that the checklist does not have is a `ValueError`.
    """
    known = {dimension.slug for dimension in checklist.dimensions}
    if stray := [criterion.slug for criterion in checklist.criteria if criterion.dimension not in known]:
        raise ValueError(f"criteria without a dimension: {stray}")
    return "\n".join(_checklist_lines(checklist)) + "\n"


def _checklist_lines(checklist: Checklist) -> Iterator[str]:
    yield from text_entry("checklist", checklist.name, 0)
    yield from bilingual_entry("title", checklist.title, 0)
    yield from bilingual_entry("description", checklist.description, 0)
    yield from text_entry("source", checklist.source, 0)
    yield ""
    yield "dimensions:" if checklist.dimensions else "dimensions: []"
    for n, dimension in enumerate(checklist.dimensions):
        if n:
            yield ""
        yield from item(_dimension_lines(dimension), 1)
        of_it = [criterion for criterion in checklist.criteria if criterion.dimension == dimension.slug]
        if of_it:
            yield "    criteria:"
        for m, criterion in enumerate(sorted(of_it, key=lambda criterion: criterion.position)):
            if m:
                yield ""
            yield from item(_criterion_lines(criterion), 3)


def _dimension_lines(dimension: Dimension) -> Iterator[str]:
    yield from text_entry("id", dimension.slug, 2)
    yield from bilingual_entry("name", dimension.name, 2)


def _criterion_lines(criterion: Criterion) -> Iterator[str]:
    yield from text_entry("id", criterion.slug, 4)
    yield from bilingual_entry("good", criterion.good, 4)
    yield from bilingual_entry("poor", criterion.poor, 4)
    yield from list_entry("codes", criterion.codes, 4)
