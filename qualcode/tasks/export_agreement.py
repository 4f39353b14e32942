"""The agreement of two coders as a document for an article: Word, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from qualcode.agreement.kinds import reconcile
from qualcode.agreement.methods import Facts, appendix_table, methods_paragraph
from qualcode.errors import InputError
from qualcode.i18n import _, language
from qualcode.model import Coder
from qualcode.reports.agreement_report import agreement_report
from qualcode.reports.word import write_word
from qualcode.store.project import Project
from qualcode.tasks.agreeing import agree, options_of
from qualcode.tasks.comparison import compare
from qualcode.tasks.export_word import default_path, named
from qualcode.tasks.sampling import kept_sample
from qualcode.tasks.saving import save, save_text

FORMATS = (".docx", ".csv", ".json")


def facts_of(project: Project, a: Coder, b: Coder, *, everything: bool = False) -> Facts:
    """What a methods section says about the agreement of two coders in a project."""
    comparison = compare(project, a, b, everything=everything)
    names = {code.id: str(code.name) for code in comparison.codes}
    names |= {t.id: t.name for t in (*comparison.transcripts, *comparison.left_out)}
    found = agree(comparison, options_of(project, comparison.codes, everything=everything))
    sample = kept_sample(project)
    if sample and not set(found.documents) <= set(sample.drawn):
        sample = None  # what was compared is not what was drawn
    return Facts(
        agreement=found,
        available=len(comparison.transcripts) + len(comparison.left_out),
        sample=sample,
        kinds=reconcile(comparison.differences()),
        names=names,
    )


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
    path = path or default_path(project, named(_("agreement"), chosen))
    if path.suffix not in FORMATS:
        raise InputError(
            _("{path} must end in one of: {endings}.").format(path=path.name, endings=", ".join(FORMATS))
        )
    facts = facts_of(project, a, b, everything=everything)
    if not facts.agreement.documents:
        raise InputError(
            _(
                "Neither interview is marked done by both coders, so there is nothing to report. Use --all for all."
            )
        )
    if path.suffix == ".docx":
        document = agreement_report(facts, title=project.settings.get("title"), language=chosen)
        return save(path, lambda temporary: write_word(document, temporary))
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
