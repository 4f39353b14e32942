"""Take files in as transcripts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualcode.errors import InputError, QualcodeError
from qualcode.i18n import LANGUAGES, _, ngettext
from qualcode.model import Role, Transcript
from qualcode.sources import compose, guess_from_name, read
from qualcode.store.project import Project
from qualcode.tasks.names import NamePass, names_left, note_left

_PIECE, _PIECES = 40, 5  # so much is shown of what a reader could not place


class Intake:
    """A file read and ready to be stored: its text and turns, and what its reader had to say."""

    def __init__(self, path: Path, *, interviewers: Sequence[str] | None = None) -> None:
        draft = read(path)
        self.path = path
        self.title, self.source = path.stem, path.name
        try:
            self.text, self.turns = compose(draft, interviewers=interviewers)
        except InputError as error:
            raise InputError(f"{path.name}: {error}") from error
        self.warnings: list[str] = [*draft.warnings, *_unplaced_in_words(draft.unplaced)]
        self.language = draft.language
        self.guessed_case, self.guessed_informant = guess_from_name(path.name)

    def spoken(self, language: str = "") -> str:
        """The language of the interview: the one given, else what the file tells, else Dutch."""
        return language or (self.language if self.language in LANGUAGES else "nl")

    def store(
        self,
        project: Project,
        *,
        name: str = "",
        case: str = "",
        informant: Role | None = None,
        language: str = "",
    ) -> Transcript:
        """Store it; case and informant come from the file's name where they are not given."""
        return project.transcripts.add(
            name or self.title,
            self.text,
            self.turns,
            case=case or self.guessed_case or "",
            informant=informant or self.guessed_informant,
            language=self.spoken(language),
            source=self.source,
        )


def take_in(
    project: Project,
    paths: Sequence[Path],
    *,
    name: str = "",
    case: str = "",
    informant: Role | None = None,
    language: str = "",
    interviewers: Sequence[str] | None = None,
    names: NamePass | None = None,
    look_for_names: bool = False,
) -> list[tuple[Transcript, list[str]]]:
    """Store files as transcripts, all or none, as one act; each with its reader's warnings.

    With `names`, names are replaced before anything is stored; with `look_for_names` a warning
    says how many were probably left in.

    Raises `InputError` that names every file that cannot be taken in, and why.
    """
    if name and len(paths) > 1:
        raise InputError(_("A name can be given to one file at a time."))
    taken: list[tuple[Transcript, list[str]]] = []
    problems: list[str] = []
    try:
        with project.act("transcripts.import"):
            for path in paths:
                try:
                    intake = Intake(path, interviewers=interviewers)
                    if names:
                        names.treat(intake, intake.spoken(language))
                    left = names_left(project, intake, intake.spoken(language)) if look_for_names else None
                    transcript = intake.store(
                        project, name=name, case=case, informant=informant, language=language
                    )
                    if names:
                        names.record(transcript)
                    if left:
                        note_left(project, transcript, left)
                        intake.warnings += filter(None, [left.warning(path)])
                except QualcodeError as error:
                    problems.append(str(error))
                else:
                    taken.append((transcript, intake.warnings))
            if problems:
                raise _NoneTaken
    except _NoneTaken:
        raise InputError(*_in_words(problems, len(paths))) from None
    if names:
        names.close()
    return taken


class _NoneTaken(Exception):  # noqa: N818 - not an error: it turns the act back
    """Some file cannot be taken in, so nothing of this act is kept."""


def _unplaced_in_words(unplaced: Sequence[str]) -> list[str]:
    if not unplaced:
        return []
    sentence = ngettext(
        "{n} piece of the file is no speech and was left out: {pieces}",
        "{n} pieces of the file are no speech and were left out: {pieces}",
        len(unplaced),
    )
    pieces = "; ".join(f"“{piece[:_PIECE]}”" for piece in unplaced[:_PIECES])
    return [sentence.format(n=len(unplaced), pieces=pieces + (" …" if len(unplaced) > _PIECES else ""))]


def _in_words(problems: list[str], files: int) -> tuple[str, list[str]]:
    if files == 1:
        return problems[0], []
    head = ngettext(
        "Nothing was taken in, because of {n} file:",
        "Nothing was taken in, because of {n} files:",
        len(problems),
    )
    return head.format(n=len(problems)), problems
