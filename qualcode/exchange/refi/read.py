"""A REFI-QDA .qdpx of any program, read liberally and without trusting it (REFI-QDA 1.5, 2019, section 5.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from qualcode.errors import InputError
from qualcode.exchange.bundle import Bundle, TravellingTheme, moment_of, unique_names
from qualcode.exchange.refi.codebook import CodeReader, description_of, walk
from qualcode.exchange.refi.note import NAME, Texts, guid, project_file, remembered, targets
from qualcode.exchange.refi.sources import Context, SourceReader, id_of
from qualcode.files.zipped import Archive, Element, children, first_child, local
from qualcode.i18n import _
from qualcode.model import Case, Code, Codebook, Coder, CoderKind, Memo
from qualcode.text.normal import normal, one_line


def read_qdpx(path: Path, language: str = "nl") -> Bundle:
    """The project in a .qdpx, with what could not be kept in `lost` and how positions were understood in `fit`.

    `language` is that of names and descriptions not written by us. `InputError` for a file
    that is damaged, hostile, or holds no project.
    """
    with Archive(path) as archive:
        archive.refuse_tricks()
        root = archive.xml(project_file(archive))
        if local(root) != "Project":
            raise InputError(_("{file} holds no REFI-QDA project.").format(file=path.name))
        title = one_line(root.get("name") or "") or one_line(path.stem)
        bundle = Bundle(title, root.get("origin") or "")
        context = Context(bundle, Texts(archive, bundle.lost), language)
        _Reader(root, context).read()
    return bundle


class _Reader:
    """Reads one project from its XML, in the order in which things refer to each other."""

    def __init__(self, root: Element, context: Context) -> None:
        self._root, self._context = root, context
        self._bundle, self._lost = context.bundle, context.bundle.lost

    def read(self) -> None:
        """Fill the bundle."""
        self._read_notes()
        self._read_users()
        variables = self._all("Variables", "Variable")
        self._context.variables = {guid(variable): variable.get("name") or "" for variable in variables}
        self._read_cases()
        self._read_codes()
        SourceReader(self._context).read([e for box in children(self._root, "Sources") for e in box])
        self._read_links()
        self._read_sets()
        self._context.attach("project", "", targets(self._root, "NoteRef"))
        if words := description_of(self._root):
            self._context.add_memo("project", "", words)
        loose = [note for note in self._context.notes if note not in self._context.attached]
        self._context.attach("project", "", loose)
        self._lost.count(_("drawings (graphs)"), len(list(self._all("Graphs", "Graph"))))
        self._read_done()

    def _all(self, container: str, name: str) -> list[Element]:
        return [found for box in children(self._root, container) for found in children(box, name)]

    def _read_notes(self) -> None:
        context = self._context
        for element in self._all("Notes", "Note"):
            has_text = element.get("plainTextPath") or first_child(element, "PlainTextContent") is not None
            text = normal(context.texts.raw(element) or "").strip() if has_text else ""
            if element.get("name") == NAME and (told := remembered(text)):
                context.told = told
                continue
            words = text or description_of(element) or (element.get("name") or "").strip()
            self._lost.count(
                _("passages marked in notes"), len(list(children(element, "PlainTextSelection")))
            )
            if words:
                at = moment_of(element.get("creationDateTime"))
                by = id_of(guid(element, "creatingUser")) if element.get("creatingUser") else None
                context.notes[guid(element)] = Memo(id_of(guid(element)), "", "", words, by, at)

    def _read_users(self) -> None:
        users = [
            (guid(user), user.get("name") or user.get("id") or "") for user in self._all("Users", "User")
        ]
        names = unique_names(dict(users).items(), _("coder"))
        kinds = self._context.told.kinds if self._context.told else {}
        self._bundle.coders = [
            Coder(id_of(user), name, kinds.get(id_of(user), CoderKind.PRACTITIONER))
            for user, name in names.items()
        ]
        known = {coder.id for coder in self._bundle.coders}
        for its, memo in self._context.notes.items():
            if memo.coder_id not in known:
                self._context.notes[its] = replace(memo, coder_id=None)

    def _read_cases(self) -> None:
        names = {
            guid(source): source.get("name") or ""
            for box in children(self._root, "Sources")
            for source in box
        }
        found = []
        for element in self._all("Cases", "Case"):
            sources = targets(element, "SourceRef")
            label = (element.get("name") or "").strip() or next((names.get(s, "") for s in sources), "")
            found.append((element, sources, label))
        labels = unique_names([(guid(element), label) for element, _s, label in found], _("case"))
        for element, sources, _label in found:
            case = Case(id_of(guid(element)), labels[guid(element)], self._context.values(element))
            self._bundle.cases.append(case)
            self._context.cases[guid(element)] = case.label
            self._context.places[guid(element)] = ("case", case.id)
            if words := description_of(element):
                self._context.add_memo("case", case.id, words)
            for source in sources:
                if self._context.case_of.setdefault(source, case.label) != case.label:
                    self._lost.count(_("texts that belong to a second case"), what=names.get(source, ""))
            self._lost.count(_("passages that belong to a case"), len(targets(element, "SelectionRef")))

    def _read_codes(self) -> None:
        codes = self._context.codes
        kept = []
        for element, code in self._code_elements():
            its = guid(element)
            if its in self._context.cases:  # some programs say by a code which texts belong to a case
                continue
            if its in codes:
                self._lost.count(
                    _("codes with the id of another code (nothing refers to them)"), what=str(code.name)
                )
            codes.setdefault(its, code.id)
            self._context.places.setdefault(its, ("code", code.id))
            self._context.attach("code", code.id, targets(element, "NoteRef"))
            kept.append(code)
        told = self._context.told
        about = told.codebook if told and told.codebook.name else Codebook(self._bundle.title)
        ids = {code.id for code in kept}
        self._bundle.codebook = replace(
            about,
            codes=tuple(replace(c, parent_id=c.parent_id if c.parent_id in ids else None) for c in kept),
        )

    def _code_elements(self) -> Iterator[tuple[Element, Code]]:
        boxes = [codes for book in children(self._root, "CodeBook") for codes in children(book, "Codes")]
        elements = [pair for codes in boxes for pair in walk(codes)]
        for element, _above in elements:
            if not (element.get("name") or "").strip():
                element.set("name", _("code without a name"))
        reader = CodeReader(self._bundle.title, self._bundle.title, self._context.language)
        return iter(reader.codes(elements).items())

    def _read_links(self) -> None:
        for link in self._all("Links", "Link"):
            ends = [guid(link, "originGUID"), guid(link, "targetGUID")]
            note = next((end for end in ends if end in self._context.notes), None)
            place = next((self._context.places[end] for end in ends if end in self._context.places), None)
            if note and place:
                self._context.attach(*place, [note])
            else:
                self._lost.count(_("links"), what=link.get("name") or "")

    def _read_sets(self) -> None:
        for element in self._all("Sets", "Set"):
            codes = [self._context.codes.get(target, "") for target in targets(element, "MemberCode")]
            if self._context.told and not list(children(element, "MemberSource", "MemberNote")):
                title, words = element.get("name") or "", description_of(element)
                self._bundle.themes.append(
                    TravellingTheme(id_of(guid(element)), title, words, tuple(filter(None, codes)))
                )
            else:
                self._lost.count(_("groups (sets)"), what=element.get("name") or "")

    def _read_done(self) -> None:
        told = self._context.told
        texts = {text.id for text in self._bundle.texts}
        coders = {coder.id for coder in self._bundle.coders}
        if told:
            self._bundle.done = [(where, who) for where, who in told.done if where in texts and who in coders]
