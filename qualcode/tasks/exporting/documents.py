"""The documents a project can be written as: what each is called, and what it is made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import InputError
from qualcode.files.saving import beside
from qualcode.files.tables import csv_of
from qualcode.i18n import N_, _, speaking
from qualcode.reports.documents.checklist import (
    Judged,
    checklist_cases,
    checklist_form,
    checklist_summary,
)
from qualcode.reports.documents.overview import codebook_report, respondents, transcript_report
from qualcode.reports.documents.ranking import ranking_report
from qualcode.reports.documents.themes import matrix_report, theme_chapter, theme_table
from qualcode.reports.material import (
    DocumentOptions,
    Material,
    Part,
    as_book,
    as_called,
    as_document,
    for_readers,
)
from qualcode.store.project import Project
from qualcode.tasks.facts import named
from qualcode.tasks.material import gather, judged
from qualcode.tasks.ranking import ranked
from qualcode.tasks.themes import KINDS as MATRICES
from qualcode.tasks.themes import matrix_of, over_orders_words, saturation, saturation_words
from qualcode.text.visible import escaped

if TYPE_CHECKING:
    from qualcode.model import Coder
    from qualcode.reports.content import Document
    from qualcode.reports.documents.differences import FoundDifferences
    from qualcode.reports.wording.methods import Facts

_MATRICES = ("themes", "case", "role", "position", "codes")
ENDINGS = (".docx", ".html", ".md", ".xlsx", ".csv")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: how it is shown, whose codings count (none: those who read independently).

    `matrices` are ids of `tasks.themes.KINDS`; `transcript` the name of the one to be written, with
    its codings as `comments` or only in colour; `everything` compares interviews that are not done as
    well.
    """

    options: DocumentOptions = field(default_factory=DocumentOptions)
    coders: tuple[Coder, ...] = ()
    matrices: tuple[str, ...] = _MATRICES
    transcript: str = ""
    everything: bool = False
    comments: bool = False


Made = Callable[[], Part]
Build = Callable[[Project, Material, Request], Made]
Write = Callable[[Path], None]
OwnForm = Callable[[Project, Request], Write]


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A document: its id, its title and what it holds, and what makes it. In its file name its id is translated.

    `build` looks whether there is something to tell, and says why not in the user's language; what it
    returns is called in the language of the document. Without it, the document has only its `own`
    forms, by ending, which are written in their own way. `takes` names the fields of `Request` and
    `DocumentOptions` that make a difference to it, "pair" being two coders who are compared.
    `coded`: it needs codings. `words`: words of interviews stand in it.
    """

    id: str
    title: str
    about: str
    build: Build | None
    takes: tuple[str, ...] = ()
    coded: bool = True
    words: bool = True
    own: Mapping[str, OwnForm] = field(default_factory=dict)

    @property
    def endings(self) -> tuple[str, ...]:
        """The forms in which it can be written."""
        return tuple(dict.fromkeys((*(ENDINGS if self.build else ()), *self.own)))


def _of_material(made: Callable[[Material, DocumentOptions], Part]) -> Build:
    """A document of which there is always something to tell."""
    return lambda _project, material, request: partial(made, material, request.options)


def _respondents(_project: Project, material: Material, request: Request) -> Made:
    if not material.cases:
        raise InputError(_("There are no cases in this project yet."))
    return partial(respondents, material, request.options)


def _matrices(_project: Project, material: Material, request: Request) -> Made:
    for kind in request.matrices:
        if kind not in MATRICES:
            named(material.facts, kind)  # it is by a fact about interviews then

    def made() -> Part:
        new_codes = saturation(material)
        matrices = [matrix_of(material, kind) for kind in request.matrices]
        words = f"{saturation_words(new_codes)} {over_orders_words(material)}".rstrip()
        return matrix_report(matrices, request.options, new_codes, words)

    return made


def _agreement(project: Project, _material: Material, request: Request) -> Made:
    from qualcode.reports.documents.agreement import agreement_part  # as below: all that is counted

    facts = _facts(project, request)
    return lambda: agreement_part(_named(facts, project, request), request.options.language)


def _facts(project: Project, request: Request) -> Facts:
    from qualcode.tasks.comparing.comparison import two_coders
    from qualcode.tasks.comparing.rounds import facts_of, nothing_compared

    a, b = two_coders(project, *[coder.id for coder in request.coders][:2])
    with speaking(request.options.language):  # the names of codes, rounds and roles are in it
        facts = facts_of(project, a, b, everything=request.everything)
    if not facts.agreement.documents:
        raise nothing_compared()
    return facts


def _agreement_csv(project: Project, request: Request) -> Write:
    """The table of the appendix, as an article has it."""
    from qualcode.reports.wording.tables import appendix_table

    with speaking(request.options.language):
        facts = _named(_facts(project, request), project, request)
    table = appendix_table(facts, request.options.language)
    return _text_file(csv_of([table.header, *table.rows]))


def _agreement_json(project: Project, request: Request) -> Write:
    """Everything that was counted, for scripts."""
    from qualcode.reports.wording.methods import methods_paragraph
    from qualcode.reports.wording.tables import appendix_table

    facts, language = _facts(project, request), request.options.language
    told = {
        "methods": methods_paragraph(facts, language),
        "table": appendix_table(facts, language).to_dict(),
        "agreement": facts.agreement.to_dict(),
        "names": dict(facts.names or {}),
        "inputs": facts.inputs,
        "independence": {
            (facts.names or {}).get(transcript, transcript): state.value
            for transcript, state in (facts.independence or {}).items()
        },
    }
    return _text_file(escaped(json.dumps(told, ensure_ascii=False, indent=2)) + "\n")


def _text_file(content: str) -> Write:
    def write(path: Path) -> None:
        path.write_text(content, encoding="utf-8", newline="\n")

    return write


def _named(facts: Facts, project: Project, request: Request) -> Facts:
    """The facts with the names of codes in the language in use, and of coders as the document has them."""
    names = {code.id: str(code.name) for code in project.codebook.all()}
    facts = replace(facts, names={**(facts.names or {}), **names})
    if request.options.names:
        return facts
    people = project.coders.all()
    return facts.called({a.name: b.name for a, b in zip(people, as_called(people, names=False), strict=True)})


def _differences(project: Project, material: Material, request: Request) -> Made:
    from qualcode.reports.documents.differences import differences_report

    found = _clashes(project, material, request)
    return lambda: differences_report(found(), request.options)


def _differences_form(project: Project, material: Material, request: Request) -> Made:
    from qualcode.reports.documents.differences import differences_form

    found = _clashes(project, material, request)
    return lambda: differences_form(found())


def _clashes(project: Project, material: Material, request: Request) -> Callable[[], FoundDifferences]:
    from qualcode.tasks.comparing.comparison import compare, two_coders
    from qualcode.tasks.comparing.differences import differences_on_paper

    names = [coder.id for coder in request.coders][:2]
    found = compare(project, *two_coders(project, *names), everything=request.everything)
    decided = {coding: decision for decision in project.decisions.all() for coding in decision.codings}
    return partial(differences_on_paper, found, material, decided)


def _ranking(project: Project, material: Material, request: Request) -> Made:
    rankings = project.rankings.all()
    if not rankings:
        raise InputError(_("There is no ranking yet. Make one with: qualcode rank new"))
    return lambda: ranking_report(
        [ranked(project, material, each) for each in rankings], material, request.options
    )


def _checklist(project: Project, material: Material, request: Request) -> Made:
    from qualcode.tasks.checklist import agreement_words

    found = judged(project, material)
    pair = [material.everyone[coder.id] for coder in project.coders.pair()]

    def made() -> Part:
        words = [agreement_words(project, *pair[:2])] if found.ratings and len(pair) > 1 else []
        return checklist_summary(replace(found, words=words), material, request.options)

    return made


def _checklist_cases(project: Project, material: Material, request: Request) -> Made:
    return partial(checklist_cases, judged(project, material), material, request.options)


def _checklist_form(project: Project, material: Material, _request: Request) -> Made:
    return partial(checklist_form, judged(project, material).checklist)


def _margin(project: Project, material: Material, request: Request) -> Made:
    if not request.transcript:
        raise InputError(_("Say which interview."))
    return partial(transcript_report, material, project.transcripts.get(request.transcript), request.options)


def _everything(project: Project, material: Material, request: Request) -> Made:
    """Every document that the project has something for, as chapters, and nothing twice."""
    brief = replace(request, options=replace(request.options, brief=True))
    builds = (_ALL[kind].build for kind in _CHAPTERS)
    chapters = [made for build in builds if build and (made := _if_any(build, project, material, brief))]
    return lambda: as_book([made() for made in chapters], material)


def _if_any(build: Build, project: Project, material: Material, request: Request) -> Made | None:
    """What makes a document, if the project has something to tell in it."""
    try:
        return build(project, material, request)
    except InputError:
        return None


def _article(project: Project, material: Material, request: Request) -> Made:
    from qualcode.reports.documents.article import article

    def facts() -> Facts | None:
        try:
            return _named(_facts(project, request), project, request)
        except InputError:
            return None

    return lambda: article(material, _judged_if_any(project, material), facts(), request.options)


def _board(project: Project, material: Material, request: Request) -> Made:
    from qualcode.reports.documents.article import board

    def made() -> Part:
        return board(
            material, _judged_if_any(project, material), matrix_of(material, "themes"), request.options
        )

    return made


def _judged_if_any(project: Project, material: Material) -> Judged | None:
    try:
        return judged(project, material)
    except InputError:
        return None


def _commented(project: Project, request: Request) -> Write:
    """An interview with its codings in colour, and perhaps each as a comment.

    Of a sealed interview only the codings of the person at work; `SealedError` if others are asked for.
    """
    from qualcode.reports.writers.interview import CodedTranscript, write_transcript

    transcript = project.transcripts.get(request.transcript)
    project.rounds.refuse_look(project.coder, request.coders, [transcript])
    wanted = {coder.id for coder in request.coders}
    visible = project.codings.all(transcript=transcript)
    codings = [coding for coding in visible if not wanted or coding.coder_id in wanted]
    memos = {record["id"]: record["memo"] for record in project.codings.records(codings) if record["memo"]}
    codes = project.codebook.all(retired=True)
    people = {coder.id: coder.name for coder in project.coders.all()}
    coded = CodedTranscript(
        transcript, codings, codes, people, memos, request.comments, request.options.language
    )
    return partial(write_transcript, coded)


def _paper(project: Project, request: Request) -> Write:
    from qualcode.reports.writers.interview import write_paper

    transcript, codes = project.transcripts.get(request.transcript), project.codebook.all()
    return lambda path: write_paper(transcript, codes, path, request.options.language)


_QUOTED = ("quotes", "longest", "naming", "names")
_CHAPTERS = (
    "respondents",
    "chapter",
    "ranking",
    "checklist",
    "codebook",
    "matrices",
    "agreement",
    "differences",
)
KINDS: tuple[DocumentKind, ...] = (
    DocumentKind(
        N_("themes"),
        N_("Theme table"),
        N_("Per theme the quotes of every informant, and counts."),
        _of_material(theme_table),
        takes=(*_QUOTED, "chosen", "by", "question", "coders"),
    ),
    DocumentKind(
        N_("chapter"),
        N_("Theme chapter"),
        N_("Per theme its text with quotes and a table: the results of an article."),
        _of_material(theme_chapter),
        takes=(*_QUOTED, "chosen", "question", "coders"),
    ),
    DocumentKind(
        N_("codebook"),
        N_("Codebook with quotes"),
        N_("Every code with its definition, and what was coded with it."),
        _of_material(codebook_report),
        coded=False,
        takes=(*_QUOTED, "coders"),
    ),
    DocumentKind(
        N_("respondents"),
        N_("Respondents"),
        N_("Per case the child and which informants were heard."),
        _respondents,
        words=False,
        coded=False,
        takes=("names", "coders"),
    ),
    DocumentKind(
        N_("matrices"),
        N_("Matrices"),
        N_("Codes by case, informant and place, with heat maps."),
        _matrices,
        words=False,
        takes=("matrices", "names", "coders"),
    ),
    DocumentKind(
        N_("agreement"),
        N_("Agreement"),
        N_("How repeatable the codes are: a paragraph on the method, a picture and a table, for an article."),
        _agreement,
        words=False,
        takes=("pair", "everything", "names"),
        own={".csv": _agreement_csv, ".json": _agreement_json},
    ),
    DocumentKind(
        N_("differences"),
        N_("Decisions and differences"),
        N_("Passage by passage where two coders differ, and what was decided."),
        _differences,
        takes=("names", "everything", "coders"),
    ),
    DocumentKind(
        N_("differences-form"),
        N_("Differences, form for a meeting"),
        N_("Two pages: what clashes most, each with an example, boxes, and room for the reason."),
        _differences_form,
        takes=("names", "everything", "coders"),
    ),
    DocumentKind(
        N_("ranking"),
        N_("Ranking and contrast"),
        N_("The orders of the interviews, and what goes with the best and the poorest."),
        _ranking,
        coded=False,
        takes=(*_QUOTED, "coders"),
    ),
    DocumentKind(
        N_("checklist"),
        N_("Checklist"),
        N_("Good against poor collaboration, in how many cases, with quotes."),
        _checklist,
        takes=("quotes", "naming", "names", "coders"),
    ),
    DocumentKind(
        N_("checklist-cases"),
        N_("Checklist, case by case"),
        N_("Per case how it was rated, with the evidence."),
        _checklist_cases,
        takes=("quotes", "naming", "names", "coders"),
    ),
    DocumentKind(
        N_("checklist-form"),
        N_("Checklist, empty form"),
        N_("To fill in together at a meeting at school."),
        _checklist_form,
        words=False,
        coded=False,
        takes=("names", "coders"),
    ),
    DocumentKind(
        N_("margin"),
        N_("Interview with codes in the margin"),
        N_("Numbered lines, and beside them the codes."),
        _margin,
        coded=False,
        takes=("transcript", "names", "coders"),
    ),
    DocumentKind(
        N_("article"),
        N_("Article"),
        N_(
            "Respondents, method, themes under the research questions with quotes in sentences, the checklist."
        ),
        _article,
        takes=(*_QUOTED, "chosen", "question", "coders"),
    ),
    DocumentKind(
        N_("board"),
        N_("For the board"),
        N_("Six pages at most: what was found, a quote each, one picture, the checklist, what you ask."),
        _board,
        takes=("longest", "names", "coders"),
    ),
    DocumentKind(
        N_("everything"),
        N_("Everything in one"),
        N_("To work with: all that there is something for, as chapters, nothing twice."),
        _everything,
        takes=(*_QUOTED, "chosen", "question", "coders"),
    ),
)
# an interview as a Word file of its own kind: no sections, so no second form and no writing into an earlier one
INTERVIEWS = (
    DocumentKind(
        "transcript", "", "", None, takes=("transcript", "comments", "coders"), own={".docx": _commented}
    ),
    DocumentKind("paper", "", "", None, takes=("transcript",), own={".docx": _paper}),
)
_ALL = {kind.id: kind for kind in (*KINDS, *INTERVIEWS)}


def kind_of(kind: str) -> DocumentKind:
    """The kind of document with that id; `KeyError` if there is none."""
    return _ALL[kind]


def document_of(project: Project, kind: str, request: Request) -> Document:
    """The document, in the language asked for; `kind` is an id of `KINDS`.

    Raises `InputError` if the project does not hold what it is made of.
    """
    language = request.options.language
    wanted = kind_of(kind)
    material = gather(project, request.coders, coded=wanted.coded)
    with speaking(language):
        material = for_readers(material, names=request.options.names)
    assert wanted.build is not None, "an interview in a form of its own is no document of blocks"
    made = wanted.build(project, material, request)
    with speaking(language):
        return as_document(made(), material, language)


def asked_of(request: Request) -> dict[str, Any]:
    """What was asked for, as it can be kept: `request_of` makes it a request again."""
    asked = {each.name: getattr(request, each.name) for each in fields(request)}
    return {**asked, "options": asdict(request.options), "coders": [coder.id for coder in request.coders]}


def request_of(project: Project, asked: Mapping[str, Any]) -> Request:
    """The request of which `asked_of` tells; what this version does not know of it is passed over."""

    def known(of: type, told: Mapping[str, Any]) -> dict[str, Any]:
        names = {each.name for each in fields(of)}
        return {name: value for name, value in told.items() if name in names}

    options = DocumentOptions(**known(DocumentOptions, asked["options"]))
    coders = tuple(project.coders.get(coder) for coder in asked["coders"])
    told = known(Request, asked) | {
        "options": options,
        "coders": coders,
        "matrices": tuple(asked["matrices"]),
    }
    return Request(**told)


def default_path(project: Project, kind: str, request: Request) -> Path:
    """Where a document goes when nobody says where: the folder `exports` beside the project."""
    wanted = kind_of(kind)
    if wanted.build is None:
        interview = project.transcripts.get(request.transcript).name.replace("/", "-")
        return beside(project.path, f"{interview}{'-paper' if kind == 'paper' else ''}.docx")
    with speaking(request.options.language):
        return beside(project.path, f"{project.path.stem}-{_(wanted.id)}-{request.options.language}.docx")
