"""Work on the codebook: make, nest, move, merge, split and retire codes; look back at their versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import resources
from qualcode.errors import InputError
from qualcode.i18n import N_, Bilingual, _, language, ngettext
from qualcode.model import Checklist, Code, Codebook, Coding, Transcript
from qualcode.text.code_marks import free_slug, slug_of
from qualcode.text.normal import one_line
from qualcode.text.spans import Span, trim

if TYPE_CHECKING:
    from qualcode.exchange.codebooks.files import CodebookChanges
    from qualcode.store.project import Project
    from qualcode.store.records.code_history import CodeVersion

_LONGEST_NAME = 80


def new_code(
    project: Project, name: str, *, parent: Code | None = None, definition: str = "", slug: str = ""
) -> Code:
    """Make a code named in the language in use; its slug, mnemonic and colour follow from the name.

    Raises `InputError` for an empty name or one that a sibling has.
    """
    name = one_line(name)
    if not name:
        raise InputError(_("A code needs a name."))
    codes = project.codebook.all(retired=True)
    twin = next((c for c in codes if not c.retired and name.casefold() in _names(c)), None)
    if twin is not None:
        raise InputError(_("There is a code “{name}” already.").format(name=name))
    both = Bilingual(name, name)
    made = Code(
        id="",
        slug=slug or free_slug(slug_of(name), {code.slug for code in codes}),
        name=both,
        definition=Bilingual(definition, definition),
        parent_id=parent.id if parent else None,
        colour=parent.colour if parent else "",
    )
    return project.codebook.add(made)


def _names(code: Code) -> set[str]:
    return {code.name.nl.casefold(), code.name.en.casefold()} - {""}


def in_vivo(
    project: Project, transcript: Transcript, span: Span, parent: Code | None = None
) -> tuple[Code, Coding]:
    """Make a code named by the marked words themselves, and code them with it, as one act."""
    span = trim(transcript.text, span)
    words = " ".join(span.of(transcript.text).split())
    if len(words) > _LONGEST_NAME:
        raise InputError(_("That is too long for the name of a code: mark at most some ten words."))
    with project.transaction("code.in-vivo"):
        code = new_code(project, words, parent=parent)
        coding = project.codings.add(transcript, span.start, span.end, code)
    return code, coding


def nest(project: Project, code: Code, parent: Code | None) -> Code:
    """Put a code under another one (or at the top); it goes to the end there.

    Raises `InputError` if it would come to lie under itself.
    """
    codes = {c.id: c for c in project.codebook.all(retired=True)}
    above = parent
    while above is not None:
        if above.id == code.id:
            raise InputError(_("A code cannot lie under itself."))
        above = codes.get(above.parent_id or "")
    last = max((c.position for c in codes.values()), default=0)
    return project.codebook.change(replace(code, parent_id=parent.id if parent else None, position=last + 1))


def move(project: Project, code: Code, steps: int) -> Code:
    """Move a code up (negative) or down among those beside it."""
    codes = project.codebook.all(retired=True)
    beside = [c for c in codes if c.parent_id == code.parent_id]
    old = next(n for n, c in enumerate(beside) if c.id == code.id)
    new = min(max(old + steps, 0), len(beside) - 1)
    if new == old:
        return code
    beside.insert(new, beside.pop(old))
    places = sorted(c.position for c in beside)
    # positions are made apart where they are not, so that the order holds
    for n in range(1, len(places)):
        places[n] = max(places[n], places[n - 1] + 1)
    with project.transaction("code.move"):
        for c, place in zip(beside, places, strict=True):
            if c.position != place:
                project.codebook.change(replace(c, position=place))
    return project.codebook.get(code.id)


def merge(project: Project, source: Code, target: Code) -> int:
    """Let `target` take over the codings, memos and sub-codes of `source`, which is retired; as one act.

    Returns the number of codings taken over. Where a coder gave both codes to the same
    words, one coding is left.
    """
    if source.id == target.id:
        raise InputError(_("Choose another code to merge with."))
    codes = project.codebook.all(retired=True)
    if _lies_under(target, source, codes):
        raise InputError(_("A code cannot be merged into one that lies under it."))
    with project.transaction("code.merge"):
        taken = project.codings.hand_over(source, target)
        for child in codes:
            if child.parent_id == source.id:
                project.codebook.change(replace(child, parent_id=target.id))
        project.memos.hand_over("code", source.id, target.id)
        project.codebook.change(replace(source, retired=True))
    return taken


def _lies_under(code: Code, top: Code, codes: Sequence[Code]) -> bool:
    above = {c.id: c.parent_id for c in codes}
    here = code.parent_id
    while here is not None:
        if here == top.id:
            return True
        here = above.get(here)
    return False


def split(project: Project, code: Code, codings: Iterable[Coding], name: str) -> Code:
    """Make a sub-code of `code` and give it some of its codings, as one act."""
    chosen = list(codings)
    if any(coding.code_id != code.id for coding in chosen):
        raise ValueError("only codings of the code itself can go to its new sub-code")
    if not chosen:
        raise InputError(_("Choose the codings that go to the new code."))
    with project.transaction("code.split"):
        made = new_code(project, name, parent=code)
        for coding in chosen:
            project.codings.recode(coding, made)
    return made


def retire(project: Project, code: Code, retired: bool = True) -> Code:
    """Take a code out of use without touching its codings, or into use again."""
    return project.codebook.change(replace(code, retired=retired))


def take_as_example(project: Project, coding: Coding) -> Code:
    """Make the words of a coding the example of its code."""
    code = project.codebook.get(coding.code_id)
    transcript = project.transcripts.get(coding.transcript_id)
    words = " ".join(coding.span.of(transcript.text).split())
    return project.codebook.change(replace(code, example=replace(code.example, nl=words)))


def versions(project: Project, code: Code) -> list[CodeVersion]:
    """Every version of a code's name and texts, oldest first; the first is its making."""
    return [version for version in project.code_history.versions(code) if version.changed]


def coded_before(project: Project, code: Code) -> list[Coding]:
    """Codings made before the code's meaning was last changed, that nobody looked at since; by place.

    A new name or example is no other meaning. Only codings that the person at work may see.
    """
    return project.code_history.coded_before(code)


def look_again(project: Project, code: Code, codings: Iterable[Coding] | None = None) -> list[Coding]:
    """Note that codings (default: all of `coded_before`) hold under the meaning of now; returns those noted.

    One transaction, which undo takes back. Raises `InputError` for a coding that is not waiting for it.
    """
    waiting = {coding.id: coding for coding in coded_before(project, code)}
    chosen = list(waiting.values()) if codings is None else list(codings)
    if any(coding.id not in waiting for coding in chosen):
        raise InputError(_("One of these codings does not wait to be looked at again."))
    if chosen:
        project.code_history.looked_at(chosen)
    return chosen


DEFAULT_CODEBOOK = "samenwerking"
_CHECKLIST_PREFIX = "checklist-"


def codebooks_at_hand() -> list[str]:
    """Names of the codebooks that come with qualcode, the default one first."""
    names = [
        path.stem
        for path in resources.folder("codebooks").glob("*.yaml")
        if not path.stem.startswith(_CHECKLIST_PREFIX)
    ]
    return sorted(names, key=lambda name: (name != DEFAULT_CODEBOOK, name))


def find_codebook(name: str, like: Codebook | None = None, language_: str | None = None) -> Codebook:
    """The codebook that comes with qualcode under that name, or the one in that file.

    With `like`, the codebook as it is now, codes that are in both keep what the file cannot
    hold. `language_` is that of texts of which the file does not say it.
    """
    from qualcode.exchange.codebooks.files import read_any_codebook  # brings the readers of files

    shipped = resources.folder("codebooks") / f"{name}.yaml"
    if shipped.is_file():
        return read_any_codebook(shipped, like)
    if not Path(name).is_file():
        raise InputError(
            _("There is no codebook “{name}”. Choose from {known}, or give a file.").format(
                name=name, known=", ".join(codebooks_at_hand())
            )
        )
    return read_any_codebook(Path(name), like, language_ or language())


def checklist_for(codebook: str) -> Checklist | None:
    """The checklist that goes with a codebook that comes with qualcode, if there is one."""
    from qualcode.exchange.codebooks.yaml import read_checklist

    path = resources.folder("codebooks") / f"{_CHECKLIST_PREFIX}{codebook}.yaml"
    return read_checklist(path) if path.is_file() else None


_FIELDS = {
    "slug": N_("code"),
    "name": N_("name"),
    "definition": N_("definition"),
    "use": N_("when to use"),
    "not_use": N_("when not to use"),
    "example": N_("example"),
    "mnemonic": N_("mnemonic"),
    "colour": N_("colour"),
    "source": N_("source"),
    "retired": N_("retired"),
    "parent_id": N_("place in the tree"),
}


@dataclass(frozen=True, slots=True)
class CodebookPlan:
    """A codebook from a file, and what taking it in would change in the project."""

    file: str
    book: Codebook
    changes: CodebookChanges


def plan_codebook(project: Project, file: str, language: str | None = None) -> CodebookPlan:
    """Read a codebook (a file, or the name of one that comes with qualcode) and compare it with the project's.

    Nothing is taken in yet. `language` is that of texts of which the file does not say it.
    """
    from qualcode.exchange.codebooks.files import codebook_changes

    before = project.codebook.book(retired=True)
    book = find_codebook(file, before if before.codes else None, language)
    after = replace(book, codes=tuple(project.codebook.fitted(book)))
    return CodebookPlan(file, book, codebook_changes(before, after))


def take_codebook(project: Project, plan: CodebookPlan) -> list[Code]:
    """Take a planned codebook in as one act, with the checklist that comes with it if there is none yet."""
    checklist = checklist_for(plan.file)
    with project.transaction("codebook.take"):
        changed = project.codebook.take(plan.book)
        if checklist and not project.checklist.book().criteria:
            project.checklist.take(checklist)
    return changed


def changes_in_words(changes: CodebookChanges) -> list[str]:
    """What is new, changed and gone, a line for each code."""
    lines = [_("new: {code} ({name})").format(code=code.slug, name=code.name) for code in changes.new]
    for change in changes.changed:
        what = ", ".join(_(_FIELDS[field]) for field in change.fields)
        lines.append(_("changed: {code}: {what}").format(code=change.new.slug, what=what))
    lines += [
        _("not in the file, stays: {code} ({name})").format(code=code.slug, name=code.name)
        for code in changes.gone
    ]
    if changes.reordered:
        lines.append(_("The codes stand in another order."))
    return lines or [_("Nothing changes: the project has these codes already.")]


def counted(changes: CodebookChanges) -> str:
    """How many codes are new and changed, in one line."""
    new = ngettext("{n} new code", "{n} new codes", len(changes.new)).format(n=len(changes.new))
    changed = ngettext("{n} changed", "{n} changed", len(changes.changed)).format(n=len(changes.changed))
    gone = ngettext("{n} not in the file", "{n} not in the file", len(changes.gone)).format(
        n=len(changes.gone)
    )
    return f"{new}, {changed}, {gone}"
