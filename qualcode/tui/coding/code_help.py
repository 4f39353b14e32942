"""Codes in words: which to choose for a passage, and what happened to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from textual.content import Content

from qualcode.i18n import N_, _, date, ngettext
from qualcode.language.similar import CodeVocabulary
from qualcode.model import Code, Coding
from qualcode.store.project import Project
from qualcode.tasks.coding.codebook import versions
from qualcode.tasks.searching.words import stop_list
from qualcode.text.spans import Span
from qualcode.tui.session import Session

MOST = 5
_WORDS_SHOWN = 3
_AT_LEAST = 0.05


class CodeHelp:
    """The words of one's own codings and of the codes themselves, kept up with what is coded and changed."""

    def __init__(self, session: Session) -> None:
        self._words = CodeVocabulary(stop_list(session.project))
        self._counted: dict[str, Coding] = {}
        self._own: dict[str, tuple[str, str]] = {}
        self._texts = {transcript.id: transcript for transcript in session.transcripts}
        languages = Counter(transcript.language for transcript in session.transcripts)
        self._language = languages.most_common(1)[0][0] if languages else "nl"
        self._keep_up(session)

    def _keep_up(self, session: Session) -> None:
        for key, before in list(self._counted.items()):
            if session.codings.get(key) != before:
                self._words.remove(before.code_id, *self._said(before))
                del self._counted[key]
        for key, coding in list(session.codings.items()):
            if key not in self._counted and coding.transcript_id in self._texts:
                self._words.add(coding.code_id, *self._said(coding))
                self._counted[key] = coding
        own = {code.id: self._own_words(code) for code in session.codes}
        for key, words in self._own.items() - own.items():
            self._words.remove(key, *words)
        for key, words in own.items() - self._own.items():
            self._words.add(key, *words)
        self._own = own

    def _own_words(self, code: Code) -> tuple[str, str]:
        """What a code says of itself, in the language that most interviews are in, and that language."""
        texts = (code.name, code.definition, code.use, code.example)
        return "\n".join(text.in_language(self._language) for text in texts), self._language

    def _said(self, coding: Coding) -> tuple[str, str]:
        transcript = self._texts[coding.transcript_id]
        return coding.span.of(transcript.text), transcript.language

    def suggest(self, session: Session, span: Span) -> dict[str, str]:
        """Ids of the likeliest codes, the best first, each with the words it shares with the passage."""
        transcript = session.transcript
        if transcript is None or self._texts.get(transcript.id) != transcript:
            return {}
        self._keep_up(session)
        found = self._words.suggest(span.of(transcript.text), transcript.language, MOST)
        return {
            suggestion.code_id: ", ".join(suggestion.shared[:_WORDS_SHOWN])
            for suggestion in found
            if suggestion.score >= _AT_LEAST and suggestion.code_id in session.codes_by_id
        }


_HELPS: WeakKeyDictionary[Session, CodeHelp] = WeakKeyDictionary()


def get_ready(session: Session) -> None:
    """Read the words of all codings; takes a moment, so do it beside the screen."""
    if session.project.settings.get("suggest"):
        _HELPS[session] = CodeHelp(session)


def likely_codes(session: Session, span: Span | None) -> dict[str, str]:
    """Ids of codes to put first for a passage, with the words that made it so; empty if this is off."""
    helping = _HELPS.get(session)
    if (
        helping is None
        or span is None
        or session.transcript is None
        or not session.project.settings.get("suggest")
    ):
        return {}
    sealed = session.transcript.id in session.project.rounds.sealed()
    if sealed and not session.project.settings.get("suggest_sealed"):
        return {}
    return helping.suggest(session, span)


def switch_help(session: Session) -> str:
    """Switch it on or off for the project; says what holds from now on."""
    on = not session.project.settings.get("suggest")
    session.project.settings.set("suggest", on)
    if not on:
        return _("From now on codes stand in the order of the codebook.")
    if session not in _HELPS:
        get_ready(session)
    words = _("From now on codes whose fragments or description share words with the passage come first.")
    if session.project.settings.get("suggest_sealed"):
        return words
    return words + " " + _("Not in a sealed round: there it would make two readings alike.")


def likely_first(codes: Sequence[Code], likely: dict[str, str]) -> list[Code]:
    """The codes with the likely ones in front, the others in their order."""
    by_id = {code.id: code for code in codes}
    first = [by_id[key] for key in likely if key in by_id]
    return [*first, *(code for code in codes if code.id not in likely)]


_TEXTS = {
    "name": N_("name"),
    "definition": N_("what it means"),
    "use": N_("when to use it"),
    "not_use": N_("when not to use it"),
    "example": N_("example"),
}


def versions_in_words(project: Project, code: Code) -> Content:
    """Every version of a code's name and texts, the newest first, each with its date and its words."""
    names = {coder.id: coder.name for coder in project.coders.all()}
    parts: list[Content] = []
    for version in reversed(versions(project, code)):
        who = names.get(version.coder_id or "", _("somebody"))
        parts.append(Content.styled(f"{date(version.at, time=True)} · {who}\n", "bold $primary"))
        for name in version.changed:
            for tag in ("nl", "en"):
                words = version.after.get(f"{name}_{tag}")
                if words:
                    label = f"{_(_TEXTS[name])} ({tag}): "
                    parts += [Content.styled(label, "$here"), Content(f"{words}\n")]
                elif words == "":
                    parts.append(Content.styled(f"{_(_TEXTS[name])} ({tag}): –\n", "$ink-soft"))
        parts.append(Content("\n"))
    return Content.assemble(*parts) if parts else Content(_("Nothing is known of earlier versions."))


def counts_in_words(session: Session, code: Code) -> str:
    """How often a code was used, by coder and by case; of sealed interviews only one's own codings count."""
    found = [coding for coding in session.project.codings.all() if coding.code_id == code.id]
    names = {coder.id: coder.name for coder in session.project.coders.all()}
    cases = {transcript.id: transcript.case for transcript in session.transcripts}
    per_coder = Counter(names.get(coding.coder_id, "?") for coding in found)
    per_case = Counter(cases.get(coding.transcript_id, "") for coding in found)
    lines = [ngettext("{n} coding", "{n} codings", len(found)).format(n=len(found)), "", _("By coder")]
    lines += [f"  {name:<20} {count:>4}" for name, count in sorted(per_coder.items())]
    lines += ["", _("By case")]
    for case, count in sorted(per_case.items()):
        label = _("Case {label}").format(label=case) if case else _("Without a case")
        lines.append(f"  {label:<20} {count:>4}")
    lines += ["", _("Codings of others in sealed interviews are not counted.")]
    return "\n".join(lines)
