"""Layer H: deduce, a detector for Dutch medical text, as a second opinion where it is installed.

It is started with its two longest lists emptied (streets, care institutions: more than a minute
and a gigabyte), with a cache in a folder of our own, and without the logging it sets up on stdout.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from qualcode.i18n import N_
from qualcode.pseudonyms.kinds import Kind, Tier
from qualcode.pseudonyms.proposal import Proposal, Reason
from qualcode.pseudonyms.words import TITLES

_LONG_LISTS = ("locations/lst_street", "institutions/lst_healthcare_institution")
_KINDS = {
    "persoon": Kind.PERSON,
    "patient": Kind.PERSON,
    "locatie": Kind.PLACE,
    "instelling": Kind.INSTITUTION,
    "ziekenhuis": Kind.INSTITUTION,
    "zorginstelling": Kind.INSTITUTION,
    "datum": Kind.DATE,
    "telefoonnummer": Kind.PHONE,
    "emailadres": Kind.EMAIL,
    "url": Kind.URL,
    "bsn": Kind.ID_NUMBER,
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
                tier = Tier.LOOK if kind is Kind.DATE else Tier.SURE
                yield Proposal(start, end, text[start:end], kind, tier, (Reason(_REASON),))


def _without_title(text: str, start: int, end: int) -> tuple[int, int]:
    """deduce takes "Juf Marieke" together; the title is no name."""
    first, space, _rest = text[start:end].partition(" ")
    if space and first.rstrip(".").lower() in TITLES:
        return start + len(first) + 1, end
    return start, end


def _private_folder() -> Path:
    from platformdirs import user_cache_path

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
    folder.mkdir(parents=True, mode=0o700)
    shutil.copytree(Path(places[0]) / "data" / "lookup" / "src", folder / "src")
    for name in _LONG_LISTS:
        for file in (folder / "src" / name).rglob("*.txt"):
            file.write_text("", encoding="utf-8")
    (folder / "complete").touch()
    return folder
