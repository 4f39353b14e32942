"""The journal as prose: who did what, when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qualcode.i18n import N_, _, date
from qualcode.model import JournalEntry
from qualcode.store.project import Project

_WORDS = {
    "project.create": N_("made the project"),
    "project.begin": N_("set up the project"),
    "settings.set": N_("changed a setting"),
    "coder.add": N_("added a coder"),
    "case.add": N_("added a case"),
    "case.change": N_("changed what is known about a case"),
    "informant.add": N_("added an informant"),
    "transcript.add": N_("took in an interview"),
    "transcripts.import": N_("took in interviews"),
    "transcript.describe": N_("changed the name, case or informant of an interview"),
    "transcript.revise": N_("corrected the text of an interview"),
    "speakers.say": N_("said who the speakers are"),
    "transcript.turns": N_("changed the speakers of an interview"),
    "transcript.remove": N_("took out an interview"),
    "transcript.done": N_("finished an interview"),
    "transcript.reopen": N_("took up an interview again"),
    "codebook.take": N_("took in a codebook"),
    "checklist.take": N_("took in a checklist"),
    "code.add": N_("added a code"),
    "code.change": N_("changed a code"),
    "code.in-vivo": N_("made a code of the marked words"),
    "code.move": N_("moved a code"),
    "code.merge": N_("merged two codes"),
    "code.split": N_("split a code"),
    "code.remove": N_("took out a code"),
    "coding.add": N_("coded a fragment"),
    "coding.remove": N_("took a coding away"),
    "coding.edges": N_("moved the edges of a coding"),
    "coding.split": N_("cut a coding in two"),
    "coding.recode": N_("gave a coding another code"),
    "codings.import": N_("took in codings from a table"),
    "codings.found": N_("coded what a search found"),
    "project.import": N_("took in a project of another program"),
    "codings.paper": N_("typed in pencil work"),
    "memo.add": N_("wrote a memo"),
    "memo.change": N_("changed a memo"),
    "memo.remove": N_("took a memo away"),
    "themes.keep": N_("began to arrange the themes"),
    "theme.add": N_("added a theme"),
    "theme.change": N_("changed a theme"),
    "theme.order": N_("put the themes in another order"),
    "theme.remove": N_("took a theme away"),
    "quote.keep": N_("kept a quote"),
    "quote.change": N_("arranged a quote"),
    "quote.move": N_("moved a quote"),
    "ranking.add": N_("began a ranking"),
    "ranking.remove": N_("took a ranking away"),
    "ranking.order": N_("put interviews in order"),
    "ranking.settle": N_("settled an order"),
    "ranking.answer": N_("said which of two went better"),
    "ranking.restart": N_("began the questions anew"),
    "rating.set": N_("rated a case"),
    "rating.remove": N_("took a rating back"),
    "respondents.import": N_("took in a table of respondents"),
    "demo.make": N_("made the demo project"),
    "undo": N_("turned back"),
    "redo": N_("did again"),
}
_QUOTE_LENGTH = 60


def action_in_words(action: str) -> str:
    """What an act is, in the language in use."""
    return _(_WORDS[action]) if action in _WORDS else action


def chronicle(project: Project, entries: Iterable[JournalEntry]) -> list[str]:
    """One sentence per journal entry, in the order given."""
    coders = {coder.id: coder.name for coder in project.coders.all()}
    codes = {code.id: str(code.name) for code in project.codebook.all(retired=True)}
    transcripts = {t.id: t for t in project.transcripts.all()}
    lines = []
    for entry in entries:
        who = coders.get(entry.coder_id or "", _("somebody"))
        what = action_in_words(entry.action)
        if entry.undoes:
            what += ": " + action_in_words(project.journal.entry(entry.undoes).action)
        details = [
            _coding_in_words(row, codes, transcripts)
            for change in entry.changes[:1]
            if change.table == "codings" and len(entry.changes) < 3 and (row := change.after or change.before)
        ]
        rest = "".join(f" — {detail}" for detail in details if detail) + (
            f" ({entry.note})" if entry.note else ""
        )
        lines.append(f"{date(entry.at, time=True)} · {who} · {what}{rest}")
    return lines


def _coding_in_words(row: Mapping[str, Any], codes: dict[str, str], transcripts: Mapping[str, Any]) -> str:
    transcript = transcripts.get(row.get("transcript_id", ""))
    if transcript is None or "start" not in row or "end" not in row:
        return codes.get(row.get("code_id", ""), "")
    quote = " ".join(transcript.text[row["start"] : row["end"]].split())
    short = quote if len(quote) <= _QUOTE_LENGTH else quote[: _QUOTE_LENGTH - 1] + "…"
    return f"{codes.get(row['code_id'], '')}, {transcript.name}: “{short}”"
