"""Bring the word index up to date, interview by interview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError, LockedError
from qualcode.i18n import _, ngettext
from qualcode.language.index import word_rows
from qualcode.language.installed import basis
from qualcode.language.pipeline import candidates, pipeline, rules_identity
from qualcode.language.sentences import sentences_within
from qualcode.text.spans import Span

if TYPE_CHECKING:
    from qualcode.model import Transcript
    from qualcode.store.index.words import IndexState
    from qualcode.store.project import Project

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What can be searched now; `problem` says why the rest cannot (empty if that was not needed)."""

    state: IndexState
    problem: str = ""

    @property
    def shortfall(self) -> str:
        """A sentence on what is not searched; empty if nothing is missing."""
        missing = self.state.missing
        if not missing:
            return ""
        sentence = ngettext(
            "Not searched, because its words are not in the index yet: {names}.",
            "Not searched, because their words are not in the index yet: {names}.",
            len(missing),
        ).format(names=_names(missing))
        return f"{sentence} {self.problem}".strip()


def state_of(project: Project, transcripts: Sequence[Transcript] | None = None) -> IndexState:
    """What can be searched now, without indexing anything."""
    found = project.transcripts.all() if transcripts is None else transcripts
    return project.words.state(found, _bases(project, found))


def bring_up_to_date(
    project: Project,
    transcripts: Sequence[Transcript] | None = None,
    *,
    told: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Indexed:
    """Index what is missing or out of date; each interview is kept as soon as it is done.

    `told` hears how many of how many were done; when `stopped` says so, the rest waits for the next
    run. If another program holds the file, what is there is searched and the rest waits too.
    """
    found = project.transcripts.all() if transcripts is None else transcripts
    bases = _bases(project, found)
    missing = state_of(project, found).missing
    problem = ""
    try:
        for n, transcript in enumerate(missing):
            if stopped():
                break
            if told:
                told(n, len(missing))
            if project.words.state([transcript], bases).missing:  # another program may have been first
                _index(project, transcript, bases[transcript.language])
        project.words.clean(found)
    except LockedError as error:
        problem = str(error)
    return Indexed(state_of(project, found), problem)


def _index(project: Project, transcript: Transcript, made_with: str) -> None:
    language, wanted = transcript.language, project.settings.pipeline(transcript.language)
    tags, used = None, rules_identity()
    if candidates(language, wanted):
        trained = pipeline(language, wanted)
        tags, used = trained.tags(transcript.text, transcript.turns), trained.identity
    words = list(word_rows(transcript.text, transcript.turns, language, tags))
    project.words.put(transcript, words, made_with, used)


def _bases(project: Project, transcripts: Sequence[Transcript]) -> dict[str, str]:
    languages = {transcript.language for transcript in transcripts}
    return {language: basis(language, project.settings.pipeline(language)) for language in languages}


def _names(transcripts: Sequence[Transcript], most: int = 5) -> str:
    names = [transcript.name for transcript in transcripts[:most]]
    more = len(transcripts) - len(names)
    return ", ".join([*names, _("and {n} more").format(n=more)] if more else names)


@dataclass(frozen=True, slots=True)
class FileSentences:
    """Sentences by their places in `text`. With speakers, that is the text a project keeps; else the file's own."""

    text: str
    spans: tuple[Span, ...]
    has_speakers: bool


def sentences_of(path: Path, language: str = "") -> FileSentences:
    """Find the sentences of a file of any kind that can be taken in. Raises `InputError` in words."""
    # brings the readers of files and the search for names, which no search needs
    from qualcode.tasks.transcripts.intake import Intake
    from qualcode.tasks.transcripts.names import plain_text_of

    try:
        intake = Intake(path)
    except InputError:
        text = (plain_text_of(path) if path.is_file() else None) or ""
        if not text.strip():
            raise
        return _found(text, [Span(0, len(text))], language or "nl", has_speakers=False)
    spoken = intake.spoken(language)
    if any(turn.speaker for turn in intake.turns) and not intake.unclear:
        return _found(intake.text, [turn.span for turn in intake.turns], spoken, has_speakers=True)
    text = plain_text_of(path) or intake.text
    return _found(text, [Span(0, len(text))], spoken, has_speakers=False)


def _found(text: str, stretches: Sequence[Span], language: str, *, has_speakers: bool) -> FileSentences:
    spans = sentences_within(text, stretches, language)
    return FileSentences(text, tuple(span for span in spans if span.of(text).strip()), has_speakers)
