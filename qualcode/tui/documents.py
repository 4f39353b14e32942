"""The documents that the step Export can write: a registry, to which others are added here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qualcode.i18n import N_
from qualcode.model import Coder
from qualcode.store.project import Project


@dataclass(frozen=True, slots=True)
class Wish:
    """What was chosen: where (`None`: the usual place), whose codings (none: both readers), how."""

    path: Path | None
    coders: tuple[Coder, ...]
    language: str
    quotes: int


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One document: its name, what it holds, which choices it heeds, and what writes it."""

    id: str
    name: str
    about: str
    write: Callable[[Project, Wish], Path]
    heeds: frozenset[str]


def _themes(project: Project, wish: Wish) -> Path:
    from qualcode.reports.theme_table import ThemeTableOptions
    from qualcode.tasks.export_word import export_themes

    options = ThemeTableOptions(language=wish.language, quotes=wish.quotes)
    return export_themes(project, wish.path, coders=wish.coders, options=options)


def _checklist(project: Project, wish: Wish) -> Path:
    from qualcode.tasks.export_word import export_checklist

    return export_checklist(project, wish.path, coders=wish.coders, language_=wish.language)


def _agreement(project: Project, wish: Wish) -> Path:
    from qualcode.tasks.comparison import two_coders
    from qualcode.tasks.export_agreement import export_agreement

    return export_agreement(project, *two_coders(project), wish.path, language_=wish.language)


DOCUMENTS: tuple[DocumentKind, ...] = (
    DocumentKind(
        "themes",
        N_("Theme table"),
        N_("Per theme the quotes of every informant, and counts."),
        _themes,
        frozenset({"coder", "quotes"}),
    ),
    DocumentKind(
        "checklist",
        N_("Checklist"),
        N_("Good against poor collaboration, with the evidence per case."),
        _checklist,
        frozenset({"coder"}),
    ),
    DocumentKind(
        "agreement",
        N_("Agreement"),
        N_("How repeatable the codes are: a paragraph on the method, a picture and a table, for an article."),
        _agreement,
        frozenset(),
    ),
)
