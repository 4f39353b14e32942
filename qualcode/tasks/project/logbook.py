"""The journal as prose: who did what, when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.errors import NotFoundError
from qualcode.i18n import N_, _, date
from qualcode.store.journal.incoming import readable
from qualcode.text.words import short

if TYPE_CHECKING:
    from qualcode.model import JournalEntry
    from qualcode.store.project import Project

_WORDS = {
    "project.create": N_("made the project"),
    "project.begin": N_("set up the project"),
    "settings.set": N_("changed a setting"),
    "coder.add": N_("added a coder"),
    "coder.invite": N_("invited a coder to their own laptop"),
    "coder.key": N_("signs on this laptop from here on"),
    "coder.confirm-key": N_("confirmed that a coder has another laptop"),
    "case.add": N_("added a case"),
    "case.change": N_("changed what is known about a case"),
    "informant.add": N_("added an informant"),
    "role.add": N_("added a role"),
    "role.remove": N_("took away a role"),
    "transcript.add": N_("took in an interview"),
    "transcripts.import": N_("took in interviews"),
    "survey.import": N_("took in a survey"),
    "survey.scales": N_("said what the scales of a survey are"),
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
    "rating.settle": N_("settled a rating"),
    "respondents.import": N_("took in a table of respondents"),
    "demo.make": N_("made the demo project"),
    "transcript.forget": N_("had an interview forgotten"),
    "pseudonyms.add": N_("noted pseudonyms"),
    "names.refuse": N_("said which words are no names"),
    "names.state": N_("looked at the names in an interview"),
    "names.hide": N_("replaced names in an interview"),
    "codings.carry": N_("let codings move along with a corrected text"),
    "transcript.bring_together": N_("brought corrections made apart together"),
    "transcript.forget_codings": N_("codings went with an interview that was forgotten"),
    "names.follow": N_("hid a name that came in"),
    "coding.review": N_("found codings right under the new definition"),
    "sample.draw": N_("drew by lot which interviews both code"),
    "round.start": N_("started a round"),
    "round.commit": N_("fixed what was marked in a sealed interview"),
    "round.withdraw": N_("took a sealed interview up again"),
    "round.reveal": N_("showed what was fixed, now that all had finished"),
    "round.freeze": N_("opened what all had finished"),
    "round.open-seal": N_("opened a seal"),
    "round.close": N_("closed a round"),
    "reason.write": N_("wrote a reading of one's own"),
    "reflection.answer": N_("looked back on a round"),
    "decision.make": N_("settled differences"),
    "decision.reopen": N_("took a decision up again"),
    "conflict.settle": N_("chose between two texts"),
    "undo": N_("turned back"),
    "redo": N_("did again"),
}
_FEW = 4  # acts that changed less than this are told in detail


def action_in_words(action: str) -> str:
    """What an act is, in the language in use."""
    return _(_WORDS[action]) if action in _WORDS else action


@dataclass(frozen=True, slots=True)
class EntryInWords:
    """One act in words: when (ISO 8601), who, and what."""

    at: str
    who: str
    words: str


def chronicle(project: Project, entries: Iterable[JournalEntry]) -> list[str]:
    """One sentence per journal entry, in the order given."""
    return [
        f"{date(told.at, time=True)} · {told.who} · {told.words}"
        for told in visible_chronicle(project, entries)
    ]


def visible_chronicle(project: Project, entries: Iterable[JournalEntry]) -> list[EntryInWords]:
    """Each journal entry in words, in the order given.

    Which words somebody else coded in a sealed interview, and how, is not told.
    """
    teller = _Teller(project)
    return [teller.told(entry) for entry in readable(project, entries)]


class _Teller:
    """Knows the names of what acts are about."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._coders = {coder.id: coder.name for coder in project.coders.all()}
        self._codes = {code.id: str(code.name) or code.slug for code in project.codebook.all(retired=True)}
        self._transcripts = {transcript.id: transcript for transcript in project.transcripts.all()}
        self._codings = {coding.id: coding for coding in project.codings.all()}
        self._sealed = project.rounds.sealed()

    def told(self, entry: JournalEntry) -> EntryInWords:
        """An entry in words."""
        what = action_in_words(entry.action)
        if entry.undoes:
            with suppress(NotFoundError):  # it may not have been shared yet
                what += ": " + action_in_words(self._project.journal.entry(entry.undoes).action)
        detail = self._detail(entry)
        words = what + (f" — {detail}" if detail else "") + (f" ({entry.note})" if entry.note else "")
        return EntryInWords(entry.at, self._coders.get(entry.coder_id or "", _("somebody")), words)

    def _detail(self, entry: JournalEntry) -> str:
        if not 0 < len(entry.changes) < _FEW:
            return ""
        change = entry.changes[0]
        row = {**(change.before or {}), **(change.after or {})}
        if change.table == "codings":
            return self._coding(change.id, row, entry.coder_id)
        if change.table == "codes":
            return self._codes.get(change.id) or str(row.get("name_nl") or row.get("name_en") or "")
        if change.table in ("transcripts", "turns"):
            found = self._transcripts.get(change.id)
            return found.name if found else str(row.get("name", ""))
        return str(row["label"]) if change.table == "cases" and "label" in row else ""

    def _coding(self, coding_id: str, row: Mapping[str, Any], coder_id: str | None) -> str:
        now = self._codings.get(coding_id)
        known = (
            {"transcript_id": now.transcript_id, "start": now.start, "end": now.end, "code_id": now.code_id}
            if now
            else {}
        )
        row = {**known, **row}
        transcript = self._transcripts.get(row.get("transcript_id", ""))
        code = self._codes.get(row.get("code_id", ""), "")
        if transcript is None or "start" not in row or "end" not in row:
            return "" if self._sealed else code
        viewer = self._project.coder.id if self._project.coder else None
        if transcript.id in self._sealed and coder_id != viewer:
            return transcript.name
        return f"{code}, {transcript.name}: “{short(transcript.text[row['start'] : row['end']])}”"
