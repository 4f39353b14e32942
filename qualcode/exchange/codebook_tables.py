"""Codebooks in every kind of file that we know, told apart by the ending of the name.

| ending | form |
|---|---|
| .yaml, .yml | our own: everything |
| .xlsx | a sheet to edit in Excel or LibreOffice: everything |
| .csv | the same columns, without title and description of the whole |
| .taguette.csv | Taguette: names with dots, definitions (read from any .csv with a column tag or path) |
| .txt | an indented list of names and definitions |
| .qdc | REFI-QDA codebook |
"""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import InputError
from qualcode.exchange.codebook_draft import Draft, finished
from qualcode.exchange.text_files import decoded, read_bytes, write_bytes
from qualcode.i18n import _
from qualcode.model import Codebook

ENDINGS = (".yaml", ".yml", ".xlsx", ".csv", ".taguette.csv", ".txt", ".qdc")


def read_any_codebook(path: Path | str, like: Codebook | None = None, language: str = "nl") -> Codebook:
    """The codebook in a file of any known kind; `InputError` lists what is wrong with it.

    Files that cannot hold a name for the whole give it that of the file. With `like`, the
    codebook as it is now, codes keep the id and everything that this kind of file cannot
    hold (see `codebook_draft.finished`). `language` ("nl" or "en") is that of texts of
    which the file does not say it.
    """
    path = Path(path)
    ending = _ending(path)
    return finished(_draft(read_bytes(path), path, ending, language), like)


def write_any_codebook(codebook: Codebook, path: Path | str, language: str = "nl") -> None:
    """Write a codebook in the kind of file that the ending says, whole or not at all.

    `language` is that of the names (and in .txt and Taguette's form of the definitions).
    """
    path = Path(path)
    write_bytes(path, _written(codebook, _ending(path), language))


def _ending(path: Path) -> str:
    """The longest known ending of the name; `InputError` if there is none."""
    fitting = [ending for ending in ENDINGS if path.name.casefold().endswith(ending)]
    if not fitting:
        message = _("{file} is not a kind of codebook that is known. Known endings are {known}.")
        raise InputError(message.format(file=path, known=", ".join(ENDINGS)))
    return max(fitting, key=len)


def _draft(data: bytes, path: Path, ending: str, language: str) -> Draft:
    about, where = Codebook(path.name[: -len(ending)] or path.name), str(path)
    match ending:
        case ".xlsx":
            from qualcode.exchange.codebook_xlsx import draft_of_xlsx

            return draft_of_xlsx(data, about, where)
        case ".qdc":
            from qualcode.exchange.codebook_qdc import draft_of_qdc

            return draft_of_qdc(data, about, where, language)
        case ".csv" | ".taguette.csv":
            from qualcode.exchange.codebook_csv import draft_of_csv

            return draft_of_csv(decoded(data, where), about, where, language)
        case ".txt":
            from qualcode.exchange.codebook_outline import draft_of_outline

            return draft_of_outline(decoded(data, where), about, where, language)
        case _:
            from qualcode.exchange.codebook_file import draft_codebook

            return draft_codebook(decoded(data, where), where)


def _written(codebook: Codebook, ending: str, language: str) -> bytes:
    match ending:
        case ".xlsx":
            from qualcode.exchange.codebook_xlsx import xlsx_bytes

            return xlsx_bytes(codebook)
        case ".qdc":
            from qualcode.exchange.codebook_qdc import qdc_bytes

            return qdc_bytes(codebook, language)
        case ".csv":
            from qualcode.exchange.codebook_csv import csv_text

            return csv_text(codebook).encode()
        case ".taguette.csv":
            from qualcode.exchange.codebook_csv import taguette_text

            return taguette_text(codebook, language).encode()
        case ".txt":
            from qualcode.exchange.codebook_outline import outline_text

            return outline_text(codebook, language).encode()
        case _:
            from qualcode.exchange.codebook_file import codebook_text

            return codebook_text(codebook).encode()
