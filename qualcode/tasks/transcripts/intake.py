"""Take files in as transcripts: all at once, or step by step as a screen does.

Step by step: read them all (`read_files`), decide on the names in each (`NamesInTurn`), then store
(`store_files`). Both go through `Intake` and, for names, `NamePass`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import replace as replace_in
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from qualcode.errors import InputError, QualcodeError
from qualcode.i18n import LANGUAGES, _, ngettext
from qualcode.pseudonyms.giving import number_of, replace
from qualcode.pseudonyms.keyfile import check_passphrase, key_path, read_key, write_key
from qualcode.pseudonyms.proposals import KnownName, Tier
from qualcode.pseudonyms.review import NameChoice, Review
from qualcode.sources import Draft, compose, guess_from_name, read
from qualcode.sources.lines import key_of
from qualcode.sources.speakers import Said
from qualcode.store.file.backups import sweep
from qualcode.store.records.pseudonyms import NameState
from qualcode.tasks.transcripts.names import (
    Decide,
    cast_in,
    enlist,
    in_case,
    left_in_words,
    note_left,
    pipeline_layers,
    probable_in_words,
    pseudonyms_for,
    replace_all,
    state_after,
    words_in_file_name,
)
from qualcode.tasks.transcripts.speakers import (
    NOBODY,
    SpeakerRule,
    asked_by,
    asking,
    is_plain,
    not_clear,
    relabelled,
    remember,
    rows_of,
    rules_of,
    said_about,
    settled,
    unclear,
    with_roles,
    worth_keeping,
)
from qualcode.text.normal import one_line

if TYPE_CHECKING:
    from qualcode.model import Role, Transcript, Turn
    from qualcode.store.project import Project

Progress = Callable[[int, int, Path], bool]
Told = Callable[[int, int, str], bool]
"""Hears how many of how many are done, and what comes next; ends the work by answering `False`."""
Item = TypeVar("Item")
_PIECE, _PIECES = 40, 5  # so much is shown of what a reader could not place


class Intake:
    """A file read and ready to be stored: its text and turns, and what its reader had to say.

    `rules` are what the project knows of speakers, `said` is what was said about them for this file. `rows` is the
    table of its speakers, `unclear` why somebody has to look at it.
    """

    def __init__(
        self,
        path: Path,
        *,
        interviewers: Sequence[str] | None = None,
        rules: Sequence[SpeakerRule] = (),
        said: Sequence[SpeakerRule] = (),
    ) -> None:
        self.path = path
        self.title, self.source = one_line(path.stem), one_line(path.name)
        self.guessed_case, self._role = guess_from_name(path.name)
        self.name_state = NameState.OPEN  # until its names were looked at
        self._rules, self._interviewers = rules, interviewers
        self.say(said)

    def say(self, said: Sequence[SpeakerRule]) -> None:
        """Read the file with what was said about its speakers."""
        path, rules = self.path, [*said, *self._rules]
        self.said = list(said)
        draft = self._read(rules)
        labels = {turn.speaker for turn in draft.turns}
        self.rows = rows_of(draft, path.name, self._rules, said)
        if self._interviewers:
            self.rows = asked_by(self.rows, self._interviewers)
        self.unclear = unclear(draft, self.rows, said, path.name)
        asks = self._interviewers or asking(labels, path.name, rules)
        try:
            self.text, turns = compose(draft, interviewers=asks)
        except InputError as error:
            if labels != set(asks):
                raise InputError(f"{path.name}: {error}") from error
            self.text, turns = compose(
                draft, interviewers=()
            )  # only an interviewer speaks: it is asked about
        self.turns = relabelled(with_roles(turns), path.name, rules)
        self.language = draft.language
        self.guessed_informant = settled(self.turns, self._role)[1]
        self.warnings: list[str] = [
            *draft.warnings,
            *_unplaced_in_words(draft.unplaced),
            *self._about_speakers(),
        ]

    def know(self, said: Sequence[SpeakerRule]) -> None:
        """Go by what was said about the speakers of a file that is taken in with it."""
        self._rules = [*worth_keeping(said), *self._rules]
        self.say(self.said)

    def _read(self, rules: Sequence[SpeakerRule]) -> Draft:
        """The file, and again as long as the rules say something about labels that nothing proves."""
        told: Said = {key_of(rule.label): rule.role != NOBODY for rule in self.said}
        while True:
            draft = read(self.path, told)
            more = said_about((doubt.label for doubt in draft.doubts), self.path.name, rules)
            if not more:
                return draft
            told = {**told, **more}

    def _about_speakers(self) -> list[str]:
        """Who was taken for whom because somebody said so before, and whether nobody asks."""
        told = [(row.label, row.person or row.role) for row in self.rows if row.learnt and not row.doubtful]
        who = ", ".join(f"“{label}” = {called}" for label, called in told)
        warnings = [_("As was said before: {who}.").format(who=who)] if who else []
        if not (self.said or is_plain(self.rows)):  # nobody was asked: tell what was made of it
            speakers = (f"{row.label} ({row.turns})" for row in self.rows if row.label and not row.doubtful)
            warnings.append(_("These speak, so many times: {who}.").format(who=", ".join(speakers)))
        if sum(bool(row.label) for row in self.rows) > 1 and not any(turn.interviewer for turn in self.turns):
            warnings.append(
                _("Nobody was taken for the interviewer. Say who it is (key s, or qualcode speakers).")
            )
        return warnings

    def role_of(self, turn: Turn) -> Role | None:
        """Who says a turn, if it is an informant whose role is known."""
        return None if turn.interviewer else turn.role or self.guessed_informant

    @property
    def is_plain(self) -> bool:
        """Whether nobody needs to see who speaks: an interviewer and another, or only speakers said before."""
        return is_plain(self.rows) and not self.unclear

    def refuse_unclear(self) -> None:
        """Raise `InputError`, with the table of speakers, if it is not clear who speaks."""
        if self.unclear:
            raise not_clear(self.path.name, self.unclear, self.rows)

    def spoken(self, language: str = "") -> str:
        """The language of the interview: the one given, else what the file tells, else Dutch."""
        return language or (self.language if self.language in LANGUAGES else "nl")

    def store(
        self,
        project: Project,
        names: NamePass | None,
        *,
        name: str = "",
        case: str = "",
        informant: Role | None = None,
        language: str = "",
    ) -> tuple[Transcript, int]:
        """Store it, and note what became of the names in it; returns how many were probably left in.

        Case and informant come from the file's name where they are not given. With `names`, its names were
        decided on before (`NamePass.carry_out`).
        """
        self.refuse_unclear()
        spoken = self.spoken(language)
        remember(project, self.said)
        turns, informant = settled(self.turns, informant or self._role)
        transcript = project.transcripts.add(
            name or self.title,
            self.text,
            turns,
            case=case or self.guessed_case or "",
            informant=informant,
            language=spoken,
            source=self.source,
        )
        if names:
            names.record(transcript, self.name_state)
            return transcript, 0
        return transcript, note_left(project, transcript)


def take_in(
    project: Project,
    paths: Sequence[Path],
    *,
    name: str = "",
    case: str = "",
    informant: Role | None = None,
    language: str = "",
    interviewers: Sequence[str] | None = None,
    said: Sequence[SpeakerRule] = (),
    names: NamePass | None = None,
    look_for_names: bool = False,
    progress: Progress | None = None,
    skip_bad: bool = False,
) -> list[tuple[Transcript, list[str]]]:
    """Store files as transcripts, all or none, as one act; each with its reader's warnings.

    With `names`, names are replaced before anything is stored; without, it is noted whether there are
    any, and with `look_for_names` a warning says how many. `progress` is told each file before it is read,
    and ends the work by answering `False` (what is in by then stays). With `skip_bad` each file is an act of
    its own: the good ones are kept, whatever becomes of the others.

    Raises `InputError` that names every file that cannot be taken in, and why.
    """
    if name and len(paths) > 1:
        raise InputError(_("A name can be given to one file at a time."))
    rules = rules_of(project)
    taken: list[tuple[Transcript, list[str]]] = []

    def take(path: Path) -> None:
        intake = Intake(path, interviewers=interviewers, rules=rules, said=said)
        intake.refuse_unclear()
        intake.guessed_case = case or intake.guessed_case
        if names:
            names.treat(intake, intake.spoken(language))
        with project.transaction("transcripts.import"):
            transcript, left = intake.store(
                project, names, name=name, case=case, informant=informant, language=language
            )
        if left and look_for_names:
            intake.warnings.append(left_in_words(left, path))
        elif look_for_names and project.names.noted()[transcript.id][0] is NameState.PROBABLE:
            intake.warnings.append(probable_in_words(path))
        taken.append((transcript, intake.warnings))

    try:
        with nullcontext() if skip_bad else project.transaction("transcripts.import"):
            problems = _one_by_one(paths, progress, take)
            if problems and not skip_bad:
                raise _NoneTaken
    except _NoneTaken:
        raise InputError(*_in_words(problems, len(paths))) from None
    if names:
        names.close()
    if problems:
        raise SomeNotTaken(taken, problems)
    return taken


def _one_by_one(
    items: Sequence[Item], told: Callable[[int, int, Item], bool] | None, do: Callable[[Item], object]
) -> list[str]:
    """Do something with each item, whatever becomes of the others; returns why it could not be done with some.

    `told(done, all, item)` is called before each, and ends the work by answering `False`.
    """
    problems = []
    for n, item in enumerate(items):
        if told and not told(n, len(items), item):
            break
        try:
            do(item)
        except QualcodeError as error:
            problems.append(str(error))
    return problems


class SomeNotTaken(InputError):  # noqa: N818 - most were taken: it tells which were not
    """Some files could not be taken in; `taken` are the others."""

    def __init__(self, taken: list[tuple[Transcript, list[str]]], problems: list[str]) -> None:
        head = ngettext(
            "{n} file was not taken in (the others were):",
            "{n} files were not taken in (the others were):",
            len(problems),
        )
        super().__init__(head.format(n=len(problems)), problems)
        self.taken = taken


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


class NamePass:
    """Replaces names in the files of one import, the same name in a case by the same pseudonym.

    `decide` is called with the `Review` of each file. Who has a pseudonym is known again by fingerprints in the
    project. With a `passphrase` the names themselves are kept as well, in the key file beside the project; without
    one they are forgotten when the pass is over.
    """

    def __init__(
        self,
        project: Project,
        decide: Decide = replace_all,
        *,
        participants: Sequence[KnownName] = (),
        passphrase: str | None = None,
        invented: bool = False,
        state: NameState = NameState.REPLACED,
    ) -> None:
        self._project = project
        self._store = project.names
        self._decide = decide
        self._participants = list(participants)
        self._passphrase = passphrase
        self._state = state
        self._key = key_path(project.path)
        self._known: list[KnownName] = []
        if passphrase is not None:
            check_passphrase(passphrase)  # now, not when everything has been decided
            self._known = read_key(self._key, passphrase, project.id) if self._key.exists() else []
        taken = (one.pseudonym for one in self._known)
        self._pseudonyms = pseudonyms_for(project, taken=taken, invented=invented)
        self._refused: list[str] = []
        self._new: list[KnownName] = []  # whom the project does not know yet
        self._kept: set[str] = set()
        self._layers = {language: pipeline_layers(project, language) for language in LANGUAGES}

    def treat(self, intake: Intake, language: str) -> Review:
        """Replace the names in a file that was read, in its text, labels, title and source."""
        review = self.review(intake, language)
        self._decide(review)
        self.carry_out(intake, review)
        return review

    def review(self, intake: Intake, language: str) -> Review:
        """What may be a name in a file that was read. What was decided in this pass before is decided."""
        self._pseudonyms.language = language
        labels = dict.fromkeys(turn.speaker for turn in intake.turns if turn.speaker)
        case = self._pseudonyms.case = intake.guessed_case or ""
        review = Review(
            intake.text,
            known=[one for one in self._known if one.case in ("", case)],
            participants=self._participants,
            refused=[*self._store.not_names(), *self._refused],
            outside=[*labels, *words_in_file_name(intake.path)],
            pseudonyms=self._pseudonyms,
            language=language,
            more_layers=[*self._layers[language], cast_in(self._project, case)],
            speakers={turn.speaker: role for turn in intake.turns if (role := intake.role_of(turn))},
        )
        for group in sorted(review.in_text_order(), key=lambda group: -group.count if case else 0):
            if group.key in self._kept:
                review.refuse(group.key)
            elif group.pseudonym and group.tier is not Tier.LOOK:
                review.accept(group.key)
        return review

    def carry_out(self, intake: Intake, review: Review) -> None:
        """Put the pseudonyms that were decided on in the place of names."""
        decisions = review.decisions()
        intake.text, intake.turns = replace(intake.text, intake.turns, decisions)
        intake.title, intake.source = (decisions.in_words(words) for words in (intake.title, intake.source))
        intake.guessed_case = decisions.in_words(intake.guessed_case or "")
        intake.said = [replace_in(rule, person=decisions.in_words(rule.person)) for rule in intake.said]
        intake.name_state = state_after(review, self._state)
        self._learn(in_case(one, intake.guessed_case) for one in review.known())
        self._refused += review.always_refused()
        self._kept |= {group.key for group in review.groups if group.choice is NameChoice.KEEP}

    def record(self, transcript: Transcript, state: NameState) -> None:
        """Note the pseudonyms in use (never the names) and what became of the names in this transcript."""
        self._store.add((one.pseudonym, one.kind.value, number_of(one.pseudonym)) for one in self._known)
        enlist(self._project, self._new)
        self._new = []
        if self._refused:
            self._store.refuse(self._refused)
        self._store.set_state(transcript, state)

    def close(self) -> None:
        """Write the key file, if there is a passphrase, and leave nothing behind in the project file."""
        if self._passphrase is not None and self._known:
            write_key(self._key, self._known, self._passphrase, self._project.id)
        sweep(self._project.db, self._project.path)

    def _learn(self, found: Iterable[KnownName]) -> None:
        """Add names to those that are known; further forms of a known person join it."""
        known = {one.pseudonym: one for one in self._known}
        for one in found:
            before = known.get(one.pseudonym, one)
            names = dict.fromkeys((*before.names, *one.names))
            known[one.pseudonym] = replace_in(before, names=tuple(names))
            self._new.append(known[one.pseudonym])
        self._known = list(known.values())


def read_files(
    paths: Sequence[Path], rules: Sequence[SpeakerRule], told: Told
) -> tuple[list[Intake], list[str]]:
    """Read files without storing anything: what they hold, and why some cannot be read."""
    read: list[Intake] = []

    def take(path: Path) -> None:
        read.append(Intake(path, rules=rules))

    problems = _one_by_one(paths, lambda n, of, path: told(n, of, path.name), take)
    return read, problems


def refused(project: Project, intakes: Sequence[Intake]) -> list[str]:
    """Why some of what was read cannot be stored (the project holds its name or its text already).

    Asked before anybody decides on names: afterwards it would be a pity of the work.
    """
    return _one_by_one(intakes, None, lambda one: project.transcripts.check_new(one.title, one.text))


class NamesInTurn:
    """The names of files that were read, one file after another; `at` is the file at hand."""

    def __init__(self, names: NamePass, intakes: Sequence[Intake], decide: Decide | None = None) -> None:
        self._names = names
        self.intakes = list(intakes)
        self._decide = decide
        self.at = 0

    def until_asked(self, told: Told) -> Review | None:
        """Go on to the next file in which something is to be decided; `None` when all are through.

        With `decide` nothing is asked: it decides.
        """
        while self.at < len(self.intakes):
            intake = self.intakes[self.at]
            if not told(self.at, len(self.intakes), intake.source):
                return None
            review = self._names.review(intake, intake.spoken())
            if self._decide:
                self._decide(review)
            elif review.undecided:
                return review
            self.carry_out(review)
        return None

    def carry_out(self, review: Review) -> None:
        """Put pseudonyms in the place of names in the file at hand, and go on to the next."""
        self._names.carry_out(self.intakes[self.at], review)
        self.at += 1


def store_files(
    project: Project, intakes: Sequence[Intake], names: NamePass | None, told: Told
) -> tuple[list[tuple[Transcript, list[str]]], list[str]]:
    """Store what was read, as one act; the interviews with their readers' warnings, and why some were refused.

    Each is stored wholly or not at all; `told` ends the work by answering `False`, and what is in by then
    stays. With `names` their names were decided on (`NamePass.carry_out`); without, names are left in.
    """
    taken: list[tuple[Transcript, list[str]]] = []

    def take(intake: Intake) -> None:
        with project.transaction("transcripts.import"):
            transcript, _left = intake.store(project, names)
        taken.append((transcript, intake.warnings))

    with project.transaction("transcripts.import"):
        problems = _one_by_one(intakes, lambda n, of, intake: told(n, of, intake.title), take)
    if names:
        names.close()
    return taken, problems
