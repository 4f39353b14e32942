"""The agreement of two coders as a document for an article: Word, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from qualcode.errors import InputError
from qualcode.files.saving import save_text
from qualcode.i18n import _, language
from qualcode.model import Coder
from qualcode.reports.material import Options
from qualcode.reports.wording.methods import Facts, appendix_table, methods_paragraph
from qualcode.store.project import Project
from qualcode.tasks.comparing.rounds import facts_of, nothing_compared
from qualcode.tasks.exporting.documents import Request
from qualcode.tasks.exporting.write import export

FORMATS = (".docx", ".html", ".md", ".csv", ".json")


def export_agreement(
    project: Project,
    a: Coder,
    b: Coder,
    path: Path | None = None,
    *,
    everything: bool = False,
    language_: str | None = None,
) -> Path:
    """Write methods paragraph and appendix table; the ending of `path` says in which form.

    Raises `InputError` for another ending, or if there is nothing to compare.
    """
    chosen = language_ or language()
    if path is not None and path.suffix not in FORMATS:
        raise InputError(
            _("{path} must end in one of: {endings}.").format(path=path.name, endings=", ".join(FORMATS))
        )
    if path is None or path.suffix not in (".csv", ".json"):
        request = Request(Options(language=chosen), (a, b), everything=everything)
        return export(project, "agreement", path, request).path
    facts = facts_of(project, a, b, everything=everything)
    if not facts.agreement.documents:
        raise nothing_compared()
    if path.suffix == ".csv":
        return save_text(path, _as_csv(facts, chosen))
    return save_text(path, json.dumps(_as_json(facts, chosen), ensure_ascii=False, indent=2) + "\n")


def _as_csv(facts: Facts, language_: str) -> str:
    table = appendix_table(facts, language_)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.header)
    writer.writerows(table.rows)
    return out.getvalue()


def _as_json(facts: Facts, language_: str) -> dict[str, Any]:
    return {
        "methods": methods_paragraph(facts, language_),
        "table": appendix_table(facts, language_).to_dict(),
        "agreement": facts.agreement.to_dict(),
        "names": dict(facts.names or {}),
    }
