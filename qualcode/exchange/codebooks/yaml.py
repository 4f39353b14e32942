"""Codebooks and checklists as YAML files that people read and edit (codebooks/README.md describes them)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.exchange.codebooks.draft import ALL_FIELDS, CodebookDraft, finished, in_order, lasting_id
from qualcode.files.saving import save_text
from qualcode.files.text import read_text
from qualcode.files.yaml import YamlReader, bilingual_entry, item, list_entry, text_entry
from qualcode.i18n import Bilingual, _
from qualcode.model import DEEPEST, Checklist, Code, Codebook, Criterion, Dimension
from qualcode.text.code_marks import colour_fault, mnemonic_fault

if TYPE_CHECKING:
    from yaml import Node

_BOOK_KEYS = ("codebook", "title", "description", "source", "codes")
_MARKS = ("id", "mnemonic", "colour")
_TEXTS = ("name", "definition", "use", "not", "example", "source")
_CODE_KEYS = (*_MARKS, *_TEXTS, "retired", "codes")
ENDINGS = (".yaml", ".yml")
_YES = ("yes", "true", "ja")


def parse_codebook(text: str, where: str) -> Codebook:
    """The codebook that `text` describes; `where` names it in errors.

    Codes come in the order of the file, `position` counting from 0, with ids made from the
    codebook's name and their slug. Missing mnemonics and colours are filled in. Everything
    that is wrong is listed in one `InputError`, line by line.
    """
    return finished(draft_codebook(text, where))


def draft_codebook(text: str, where: str) -> CodebookDraft:
    """As `parse_codebook`, with marks left open where the file gives none."""
    return CodebookDraft(_BookReader(text, where).book(), ALL_FIELDS)


class _Reader(YamlReader):
    """Reads what a codebook and a checklist have in common."""

    name = ""

    def begun(self, keys: Sequence[str], unnamed: str, empty: str) -> dict[str, Node]:
        """The fields of the whole, its name taken: the first of `keys` is that of the name, the last of the list."""
        fields = self.mapping(self.root, keys)
        self.name = self.line(fields.get(keys[0]))
        if not self.name:
            self.problem(self.root, unnamed)
        if keys[-1] not in fields:
            self.problem(self.root, empty)
        return fields

    def about(self, fields: dict[str, Node]) -> tuple[Bilingual, Bilingual, str]:
        """Title, description and source of the whole."""
        return (
            self.bilingual_line(fields.get("title")),
            self.bilingual(fields.get("description")),
            self.text(fields.get("source")),
        )


def _about_lines(kind: str, whole: Codebook | Checklist) -> Iterator[str]:
    yield from text_entry(kind, whole.name, 0)
    yield from bilingual_entry("title", whole.title, 0)
    yield from bilingual_entry("description", whole.description, 0)
    yield from text_entry("source", whole.source, 0)


class _BookReader(_Reader):
    """Reads one codebook, gathering its codes and its faults."""

    def __init__(self, text: str, where: str) -> None:
        super().__init__(text, where)
        self._codes: list[Code] = []
        self._slugs: set[str] = set()
        self._mnemonics: dict[str, str] = {}

    def book(self) -> Codebook:
        fields = self.begun(
            _BOOK_KEYS,
            _("the first line should give the name: codebook: name"),
            _("there are no codes; they stand under codes:"),
        )
        self._take(fields.get("codes"), None, 0)
        about = self.about(fields)
        self.finish(_("{file} cannot be used as a codebook:").format(file=self.where))
        return Codebook(self.name, *about, tuple(self._codes))

    def _take(self, listed: Node | None, parent_id: str | None, level: int) -> None:
        for node in self.items(listed):
            if level >= DEEPEST:
                self.problem(node, _("nested deeper than {n} levels").format(n=DEEPEST))
                return
            fields = self.mapping(node, _CODE_KEYS)
            if not fields:
                continue
            code = self._code(node, fields, parent_id)
            self._codes.append(code)
            self._take(fields.get("codes"), code.id, level + 1)

    def _code(self, node: Node, fields: dict[str, Node], parent_id: str | None) -> Code:
        slug = self.slug(node, fields.get("id"), self._slugs)
        name = self.bilingual_line(fields.get("name"))
        if not name:
            self.problem(node, _("the code {code} has no name").format(code=slug or "?"))
        return Code(
            id=lasting_id("code", self.name, slug),
            slug=slug,
            name=name,
            definition=self.bilingual(fields.get("definition")),
            use=self.bilingual(fields.get("use")),
            not_use=self.bilingual(fields.get("not")),
            example=self.bilingual(fields.get("example")),
            mnemonic=self._mnemonic(fields.get("mnemonic"), slug),
            colour=self._colour(fields.get("colour")),
            source=self.text(fields.get("source")),
            parent_id=parent_id,
            position=len(self._codes),
            retired=self.line(fields.get("retired")).lower() in _YES,
        )

    def _mnemonic(self, given: Node | None, slug: str) -> str:
        mnemonic = self.line(given)
        if given is None or not mnemonic:
            return ""
        first = self._mnemonics.setdefault(mnemonic.casefold(), slug)
        if fault := mnemonic_fault(mnemonic):
            self.problem(given, fault)
        elif first != slug:
            message = _("the mnemonic {mnemonic} is already that of {code}")
            self.problem(given, message.format(mnemonic=mnemonic, code=first or "?"))
        return mnemonic

    def _colour(self, given: Node | None) -> str:
        colour = self.line(given)
        if given is not None and colour and (fault := colour_fault(colour)):
            self.problem(given, fault)
        return colour.upper()


def codebook_text(codebook: Codebook) -> str:
    """The YAML text of a codebook; the same codebook always gives the same text.

    A codebook without a name is a `ValueError`.
    """
    if not codebook.name:
        raise ValueError("a codebook without a name")
    return "\n".join(_book_lines(codebook)) + "\n"


def _book_lines(codebook: Codebook) -> Iterator[str]:
    yield from _about_lines("codebook", codebook)
    ordered = list(in_order(codebook.codes))
    yield "" if ordered else "codes: []"
    if ordered:
        yield "codes:"
    before = None
    for level, code in ordered:
        if before is not None:
            if level > before:
                yield "  " * (2 * before + 2) + "codes:"
            else:
                yield ""
        yield from item(_code_lines(code, 2 * level + 2), 2 * level + 1)
        before = level


def _code_lines(code: Code, level: int) -> Iterator[str]:
    yield from text_entry("id", code.slug, level)
    yield from text_entry("mnemonic", code.mnemonic, level)
    yield from text_entry("colour", code.colour, level)
    yield from bilingual_entry("name", code.name, level)
    yield from bilingual_entry("definition", code.definition, level)
    yield from bilingual_entry("use", code.use, level)
    yield from bilingual_entry("not", code.not_use, level)
    yield from bilingual_entry("example", code.example, level)
    yield from text_entry("source", code.source, level)
    if code.retired:
        yield "  " * level + "retired: yes"


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


class _ChecklistReader(_Reader):
    """Reads one checklist, gathering its dimensions, criteria and faults."""

    def __init__(self, text: str, where: str) -> None:
        super().__init__(text, where)
        self._dimensions: list[Dimension] = []
        self._criteria: list[Criterion] = []
        self._dimension_slugs: set[str] = set()
        self._criterion_slugs: set[str] = set()

    def checklist(self) -> Checklist:
        fields = self.begun(
            _LIST_KEYS,
            _("the first line should give the name: checklist: name"),
            _("there are no dimensions; they stand under dimensions:"),
        )
        for node in self.items(fields.get("dimensions")):
            self._take_dimension(node)
        about = self.about(fields)
        self.finish(_("{file} cannot be used as a checklist:").format(file=self.where))
        dimensions, criteria = tuple(self._dimensions), tuple(self._criteria)
        return Checklist(self.name, *about, dimensions, criteria)

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
            id=lasting_id("criterion", self.name, slug),
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
    if Path(path).suffix.casefold() not in ENDINGS:
        raise InputError(
            _("{path} must end in one of: {endings}.").format(
                path=Path(path).name, endings=", ".join(ENDINGS)
            )
        )
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
    yield from _about_lines("checklist", checklist)
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
