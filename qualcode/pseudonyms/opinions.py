"""Layers H and I: a second opinion of deduce or of a trained pipeline, where one is installed."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from qualcode.files.saving import make_folder
from qualcode.i18n import N_
from qualcode.pseudonyms.lists import TITLES
from qualcode.pseudonyms.proposals import NameKind, NameReason, Proposal, Tier

_LONG_LISTS = ("locations/lst_street", "institutions/lst_healthcare_institution")
_KINDS = {
    "persoon": NameKind.PERSON,
    "patient": NameKind.PERSON,
    "locatie": NameKind.PLACE,
    "instelling": NameKind.INSTITUTION,
    "ziekenhuis": NameKind.INSTITUTION,
    "zorginstelling": NameKind.INSTITUTION,
    "datum": NameKind.DATE,
    "telefoonnummer": NameKind.PHONE,
    "emailadres": NameKind.EMAIL,
    "url": NameKind.URL,
    "bsn": NameKind.ID_NUMBER,
}
_REASON = N_("deduce takes it for personal data")


def is_installed() -> bool:
    """Whether deduce is there; looks without importing it."""
    return find_spec("deduce") is not None


def deduce_layer(folder: Path | None = None) -> Callable[[str], Iterable[Proposal]]:
    """The layer, for `propose(more_layers=…)`. `folder` is where the trimmed lists and the cache live."""
    return _Layer(folder or _private_folder())


class _Layer:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, text: str) -> Iterator[Proposal]:
        found = _deduce(self._folder).deidentify(text, disabled={"ages", "identifiers"})
        for annotation in found.annotations:
            kind = _KINDS.get(annotation.tag)
            if kind is not None:
                start, end = _without_title(text, annotation.start_char, annotation.end_char)
                tier = Tier.LOOK if kind is NameKind.DATE else Tier.SURE
                yield Proposal(start, end, text[start:end], kind, tier, (NameReason(_REASON),))


def _without_title(text: str, start: int, end: int) -> tuple[int, int]:
    """deduce takes "Juf Marieke" together; the title is no name."""
    first, space, _rest = text[start:end].partition(" ")
    if space and first.rstrip(".").lower() in TITLES:
        return start + len(first) + 1, end
    return start, end


def _private_folder() -> Path:
    from importlib.metadata import version  # deduce is rarely there

    return user_cache_path("qualcode") / f"deduce-{version('deduce')}"


@cache
def _deduce(folder: Path) -> Any:
    with _quiet_logging():
        from deduce import Deduce

        lists = _trimmed_lists(folder)
        return Deduce(lookup_data_path=lists, cache_path=lists)


@contextmanager
def _quiet_logging() -> Iterator[None]:
    """Keep deduce from writing its log to stdout: it configures the root logger only if nobody has."""
    root, silent = logging.getLogger(), logging.NullHandler()
    root.addHandler(silent)
    try:
        yield
    finally:
        root.removeHandler(silent)


def _trimmed_lists(folder: Path) -> Path:
    """A copy of deduce's lists without the two longest, made once, readable for its owner only."""
    if (folder / "complete").exists():
        return folder
    spec = find_spec("deduce")
    places = list(spec.submodule_search_locations or ()) if spec else []
    shutil.rmtree(folder, ignore_errors=True)
    make_folder(folder)
    shutil.copytree(Path(places[0]) / "data" / "lookup" / "src", folder / "src")
    for name in _LONG_LISTS:
        for file in (folder / "src" / name).rglob("*.txt"):
            file.write_text("", encoding="utf-8")
    (folder / "complete").touch()
    return folder


_KINDS_OF_ENTITIES = {
    "PERSON": NameKind.PERSON,
    "PER": NameKind.PERSON,
    "GPE": NameKind.PLACE,
    "LOC": NameKind.PLACE,
    "FAC": NameKind.PLACE,
    "ORG": NameKind.INSTITUTION,
}
_ENTITY = N_("the language pipeline takes it for a name")


def entity_layer(
    entities: Callable[[str], Iterable[tuple[int, int, str]]],
) -> Callable[[str], Iterator[Proposal]]:
    """A layer for `propose(more_layers=…)` from a function that gives (start, end, label) of each entity."""

    def layer(text: str) -> Iterator[Proposal]:
        for start, end, label in entities(text):
            kind = _KINDS_OF_ENTITIES.get(label)
            stretch = text[start:end]
            if kind is not None and any(word[:1].isupper() for word in stretch.split()):
                yield Proposal(start, end, stretch, kind, Tier.LIKELY, (NameReason(_ENTITY),))

    return layer
