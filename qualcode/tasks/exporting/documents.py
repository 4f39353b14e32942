"""The documents a project can be written as: what each is called, and what it is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from qualcode.errors import InputError
from qualcode.i18n import N_, _, speaking
from qualcode.model import Coder
from qualcode.reports.content import Document
from qualcode.reports.documents.agreement import agreement_part
from qualcode.reports.documents.checklist import checklist_cases, checklist_form, checklist_summary
from qualcode.reports.documents.codebook import codebook_report
from qualcode.reports.documents.matrices import matrix_report
from qualcode.reports.documents.ranking import ranking_report
from qualcode.reports.documents.respondents import respondents
from qualcode.reports.documents.themes import theme_chapter, theme_table
from qualcode.reports.documents.transcripts import transcript_report
from qualcode.reports.material import Material, Options, Part, as_book, as_document
from qualcode.reports.wording.methods import Facts
from qualcode.store.project import Project
from qualcode.tasks.checklist import agreement_words
from qualcode.tasks.comparing.comparison import compare, two_coders
from qualcode.tasks.comparing.differences import differences_part
from qualcode.tasks.comparing.rounds import facts_of, nothing_compared
from qualcode.tasks.material import gather, judged
from qualcode.tasks.ranking import ranked
from qualcode.tasks.themes import KINDS as MATRICES
from qualcode.tasks.themes import matrix_of, saturation, saturation_words

_MATRICES = ("themes", "case", "role", "position", "codes")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: how it is shown, whose codings count (none: those who read independently).

    `matrices` are ids of `tasks.matrices.KINDS`; `transcript` the name of the one to be written;
    `everything` compares interviews that are not done as well.
    """

    options: Options = field(default_factory=Options)
    coders: tuple[Coder, ...] = ()
    matrices: tuple[str, ...] = _MATRICES
    transcript: str = ""
    everything: bool = False


Made = Callable[[], Part]
Build = Callable[[Project, Material, Request], Made]


@dataclass(frozen=True, slots=True)
class Kind:
    """A document: its id, its title and what it holds, the name of its file, and what makes it.

    `build` looks whether there is something to tell, and says why not in the user's language; what it
    returns is called in the language of the document. `coded`: it needs codings.
    `words`: words of interviews stand in it.
    """

    id: str
    title: str
    about: str
    file: str
    build: Build
    coded: bool = True
    words: bool = True


def _themes(_project: Project, material: Material, request: Request) -> Made:
    return partial(theme_table, material, request.options)


def _chapter(_project: Project, material: Material, request: Request) -> Made:
    return partial(theme_chapter, material, request.options)


def _codebook(_project: Project, material: Material, request: Request) -> Made:
    return partial(codebook_report, material, request.options)


def _respondents(_project: Project, material: Material, request: Request) -> Made:
    if not material.cases:
        raise InputError(_("There are no cases in this project yet."))
    return partial(respondents, material, request.options)


def _matrices(_project: Project, material: Material, request: Request) -> Made:
    for kind in request.matrices:
        if kind not in MATRICES:
            raise InputError(
                _("There is no matrix “{name}”; choose from: {known}.").format(
                    name=kind, known=", ".join(MATRICES)
                )
            )

    def made() -> Part:
        new_codes = saturation(material)
        matrices = [matrix_of(material, kind) for kind in request.matrices]
        return matrix_report(matrices, new_codes, saturation_words(new_codes))

    return made


def _agreement(project: Project, _material: Material, request: Request) -> Made:
    a, b = two_coders(project, *[coder.id for coder in request.coders][:2])
    facts = facts_of(project, a, b, everything=request.everything)
    if not facts.agreement.documents:
        raise nothing_compared()
    return lambda: agreement_part(_named(facts, project), request.options.language)


def _named(facts: Facts, project: Project) -> Facts:
    """The facts with the names of codes in the language in use."""
    names = {code.id: str(code.name) for code in project.codebook.all()}
    return replace(facts, names={**(facts.names or {}), **names})


def _differences(project: Project, material: Material, request: Request) -> Made:
    names = [coder.id for coder in request.coders][:2]
    found = compare(project, *two_coders(project, *names), everything=request.everything)
    decided = {coding: decision for decision in project.decisions.all() for coding in decision.codings}
    return partial(differences_part, found, material, decided)


def _ranking(project: Project, material: Material, request: Request) -> Made:
    rankings = project.rankings.all()
    if not rankings:
        raise InputError(_("There is no ranking yet. Make one with: qualcode rank new"))
    return lambda: ranking_report(
        [ranked(project, material, each) for each in rankings], material, request.options
    )


def _checklist(project: Project, material: Material, request: Request) -> Made:
    found, pair = judged(project, material), project.coders.pair()

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


KINDS: tuple[Kind, ...] = (
    Kind(
        "themes",
        N_("Theme table"),
        N_("Per theme the quotes of every informant, and counts."),
        N_("themes"),
        _themes,
    ),
    Kind(
        "chapter",
        N_("Theme chapter"),
        N_("Per theme its text with quotes and a table: the results of an article."),
        N_("chapter"),
        _chapter,
    ),
    Kind(
        "codebook",
        N_("Codebook with quotes"),
        N_("Every code with its definition, and what was coded with it."),
        N_("codebook"),
        _codebook,
        coded=False,
    ),
    Kind(
        "respondents",
        N_("Respondents"),
        N_("Per case the child and which informants were heard."),
        N_("respondents"),
        _respondents,
        words=False,
        coded=False,
    ),
    Kind(
        "matrices",
        N_("Matrices"),
        N_("Codes by case, informant and place, with heat maps."),
        N_("matrices"),
        _matrices,
        words=False,
    ),
    Kind(
        "agreement",
        N_("Agreement"),
        N_("How repeatable the codes are: a paragraph on the method, a picture and a table, for an article."),
        N_("agreement"),
        _agreement,
        words=False,
    ),
    Kind(
        "differences",
        N_("Decisions and differences"),
        N_("Passage by passage where two coders differ, and what was decided."),
        N_("differences"),
        _differences,
    ),
    Kind(
        "ranking",
        N_("Ranking and contrast"),
        N_("The orders of the interviews, and what goes with the best and the poorest."),
        N_("ranking"),
        _ranking,
        coded=False,
    ),
    Kind(
        "checklist",
        N_("Checklist"),
        N_("Good against poor collaboration, in how many cases, with quotes."),
        N_("checklist"),
        _checklist,
    ),
    Kind(
        "checklist-cases",
        N_("Checklist, case by case"),
        N_("Per case how it was rated, with the evidence."),
        N_("checklist-cases"),
        _checklist_cases,
    ),
    Kind(
        "checklist-form",
        N_("Checklist, empty form"),
        N_("To fill in together at a meeting at school."),
        N_("checklist-form"),
        _checklist_form,
        words=False,
        coded=False,
    ),
    Kind(
        "margin",
        N_("Interview with codes in the margin"),
        N_("Numbered lines, and beside them the codes."),
        N_("margin"),
        _margin,
        coded=False,
    ),
)
BOOK = "everything"
_NOT_IN_BOOK = ("checklist-form", "margin")


def kind_of(kind: str) -> Kind:
    """The kind of document with that id; `KeyError` if there is none."""
    return {each.id: each for each in KINDS}[kind]


def document_of(project: Project, kind: str, request: Request) -> Document:
    """The document, in the language asked for; `kind` is an id of `KINDS`, or `BOOK` for all in one.

    Raises `InputError` if the project does not hold what it is made of.
    """
    language = request.options.language
    if kind == BOOK:
        material = gather(project, request.coders)
        chapters = _chapters(project, material, request)
        with speaking(language):
            return as_book([made() for made in chapters], material, language)
    wanted = kind_of(kind)
    material = gather(project, request.coders, coded=wanted.coded)
    made = wanted.build(project, material, request)
    with speaking(language):
        return as_document(made(), material, language)


def _chapters(project: Project, material: Material, request: Request) -> list[Made]:
    """Every part that the project has something for."""
    parts = []
    for kind in KINDS:
        if kind.id not in _NOT_IN_BOOK:
            try:
                parts.append(kind.build(project, material, request))
            except InputError:
                continue  # nothing to tell there yet
    return parts
