"""Names: find them in a file, replace them while files are taken in, look whether any slipped through."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.i18n import _, ngettext
from qualcode.model import Transcript
from qualcode.pseudonyms.deduce_layer import deduce_layer, is_installed
from qualcode.pseudonyms.detect import Layer, propose
from qualcode.pseudonyms.giving import Pseudonyms, number_of
from qualcode.pseudonyms.keyfile import key_path, read_key, write_key
from qualcode.pseudonyms.kinds import Kind, Tier, kind_called
from qualcode.pseudonyms.lists import plain
from qualcode.pseudonyms.proposal import Known, Proposal
from qualcode.pseudonyms.replacing import replace
from qualcode.pseudonyms.review import Review
from qualcode.sources import compose, read
from qualcode.sources.decode import decode
from qualcode.store.project import Project
from qualcode.store.pseudonyms import NameState, PseudonymStore
from qualcode.text.normal import normal

if TYPE_CHECKING:
    from qualcode.tasks.intake import Intake

_PLAIN_TEXT = (".txt", ".text", ".md", ".markdown")
# dates stay unless they follow a word about birth: without dates a case has no time line
SPARED = (Kind.DATE,)

Decide = Callable[[Review], None]


def text_of(path: Path) -> str:
    """The text of a file, as its positions are counted: a text file whole, any other as it would be stored."""
    if path.suffix.lower() in _PLAIN_TEXT:
        try:
            return normal(decode(path.read_bytes())[0])
        except OSError as error:
            raise InputError(
                _("{path} cannot be read: {detail}.").format(path=path, detail=error.strerror)
            ) from error
    return compose(read(path))[0]


def find_in_file(
    path: Path,
    participants: Sequence[Known] = (),
    language: str = "nl",
    more_layers: Sequence[Layer] = (),
) -> tuple[str, list[Proposal]]:
    """The text of a file and what in it may be a name. Nothing is stored."""
    text = text_of(path)
    return text, propose(text, participants=participants, language=language, more_layers=more_layers)


def second_opinion() -> Layer:
    """deduce as a further layer; raises `InputError` if it is not installed."""
    if not is_installed():
        raise InputError(_("deduce is not installed. Install qualcode with its names: qualcode[names]."))
    return deduce_layer()


def replace_all(review: Review) -> None:
    """Decide without looking: names that are sure or likely, and people of whom one would have a look.

    Dates are replaced only behind a word about birth.
    """
    for group in review.in_text_order():
        worth_it = group.tier is not Tier.LOOK or group.kind.is_person
        if worth_it and (group.kind not in SPARED or group.tier is Tier.SURE):
            review.accept(group.key)


def replace_in_file(
    path: Path,
    decide: Decide = replace_all,
    *,
    participants: Sequence[Known] = (),
    invented: bool = False,
    language: str = "nl",
) -> tuple[str, Review]:
    """The text of a file with pseudonyms, and the review with what was decided."""
    text = text_of(path)
    supply = Pseudonyms(invented=invented, language=language)
    review = Review(text, participants=participants, pseudonyms=supply, language=language)
    decide(review)
    return replace(text, (), review.decisions())[0], review


def read_participants(path: Path) -> list[Known]:
    """A list of participants: a line each, `name; kind; other names`.

    Kind is a word such as leerling, ouder, leraar, hulpverlener, school, plaats; it may be left out,
    and so may the other names (split by commas). Raises `InputError` that names the bad lines.
    """
    try:
        lines = normal(decode(path.read_bytes())[0]).split("\n")
    except OSError as error:
        raise InputError(
            _("{path} cannot be read: {detail}.").format(path=path, detail=error.strerror)
        ) from error
    found, problems = [], []
    for number, line in enumerate(lines, 1):
        fields = [field.strip() for field in line.split(";")]
        if not fields[0] or line.startswith("#"):
            continue
        kind = kind_called(fields[1]) if len(fields) > 1 and fields[1] else Kind.PERSON
        if kind is None:
            problems.append(
                _(
                    "line {n}: “{word}” is no kind of participant (leerling, ouder, leraar, hulpverlener …)"
                ).format(n=number, word=fields[1])
            )
            continue
        others = [name.strip() for field in fields[2:] for name in field.split(",") if name.strip()]
        found.append(Known((fields[0], *others), kind))
    if problems:
        raise InputError(_("{path} has lines that cannot be used:").format(path=path.name), problems)
    return found


class NamePass:
    """Replaces names in the files of one import, the same name everywhere by the same pseudonym.

    `decide` is called with the `Review` of each file. With a `passphrase` the key file beside the
    project is opened (or made), so that names of earlier imports keep their pseudonyms; without one
    the names are forgotten when the pass is over.
    """

    def __init__(
        self,
        project: Project,
        decide: Decide = replace_all,
        *,
        participants: Sequence[Known] = (),
        passphrase: str | None = None,
        invented: bool = False,
        state: NameState = NameState.REPLACED,
    ) -> None:
        self._project = project
        self._store = PseudonymStore(project)
        self._decide = decide
        self._participants = list(participants)
        self._passphrase = passphrase
        self._state = state
        self._key = key_path(project.path)
        self._known: list[Known] = []
        if passphrase is not None and self._key.exists():
            self._known = read_key(self._key, passphrase, project.id)
        self._pseudonyms = Pseudonyms(
            [*(one.pseudonym for one in self._store.all()), *(one.pseudonym for one in self._known)],
            invented=invented,
        )
        for transcript in project.transcripts.all():
            self._pseudonyms.take_from(transcript.text)
        self._refused: list[str] = []

    def treat(self, intake: Intake, language: str) -> Review:
        """Replace the names in a file that was read, in its text, labels, title and source."""
        self._pseudonyms.language = language
        labels = dict.fromkeys(turn.speaker for turn in intake.turns if turn.speaker)
        review = Review(
            intake.text,
            known=self._known,
            participants=self._participants,
            refused=[*self._store.not_names(), *self._refused],
            outside=[*labels, *words_in_file_name(intake.path)],
            pseudonyms=self._pseudonyms,
            language=language,
        )
        self._decide(review)
        decisions = review.decisions()
        intake.text, intake.turns = replace(intake.text, intake.turns, decisions)
        intake.title, intake.source = (decisions.in_words(words) for words in (intake.title, intake.source))
        intake.guessed_case = decisions.in_words(intake.guessed_case or "")
        self._learn(review.known())
        self._refused += review.always_refused()
        return review

    def record(self, transcript: Transcript) -> None:
        """Note the pseudonyms in use (never the names) and that this transcript was treated."""
        self._store.add((one.pseudonym, one.kind.value, number_of(one.pseudonym)) for one in self._known)
        if self._refused:
            self._store.refuse(self._refused)
        self._store.set_state(transcript, self._state)

    def close(self) -> None:
        """Write the key file, if there is a passphrase, and leave nothing behind in the project file."""
        if self._passphrase is not None and self._known:
            write_key(self._key, self._known, self._passphrase, self._project.id)
        self._store.sweep()

    def _learn(self, found: Iterable[Known]) -> None:
        """Add names to those that are known; further forms of a known person join it."""
        known = {one.pseudonym: one for one in self._known}
        for one in found:
            before = known.get(one.pseudonym)
            names = (*before.names, *one.names) if before else one.names
            kind = before.kind if before else one.kind
            known[one.pseudonym] = Known(tuple(dict.fromkeys(names)), kind, one.pseudonym)
        self._known = list(known.values())


def words_in_file_name(path: Path) -> list[str]:
    """The name of a file as words, for names hide in it: "interview-Emma_de_Vries"."""
    words = path.stem.replace("_", " ").replace("-", " ").replace(".", " ")
    return [words] if words.strip() else []


@dataclass(frozen=True, slots=True)
class Left:
    """Names probably left in a file that is taken in as it is."""

    likely: int
    look: int

    def warning(self, path: Path) -> str:
        """What to tell the person who takes it in; empty if there is nothing to tell."""
        if not self.likely:
            return ""
        return ngettext(
            "{n} name was probably left in. Look with: qualcode names find {file}. To take it out: "
            "qualcode names forget, and import again with --names replace (or review).",
            "{n} names were probably left in. Look with: qualcode names find {file}. To take them out: "
            "qualcode names forget, and import again with --names replace (or review).",
            self.likely,
        ).format(n=self.likely, file=path.name)


def names_left(project: Project, intake: Intake, language: str) -> Left:
    """How many different names probably stand in a file."""
    refused = PseudonymStore(project).not_names()
    labels = dict.fromkeys(turn.speaker for turn in intake.turns if turn.speaker)
    review = Review(intake.text, refused=refused, outside=[*labels], language=language)
    groups = [group for group in review.groups if group.kind not in SPARED or group.tier is Tier.SURE]
    likely = sum(1 for group in groups if group.tier is not Tier.LOOK)
    return Left(likely, len(groups) - likely)


def note_left(project: Project, transcript: Transcript, left: Left) -> None:
    """Remember whether names were left in a transcript."""
    state = NameState.OPEN if left.likely else NameState.CLEAR
    PseudonymStore(project).set_state(transcript, state)


@dataclass(frozen=True, slots=True)
class Slip:
    """A possible name in what a project holds. `where` says what holds it; positions count in its text."""

    where: str
    transcript: str
    text: str
    proposal: Proposal


def scan(
    project: Project, participants: Sequence[Known] = (), more_layers: Sequence[Layer] = ()
) -> list[Slip]:
    """Look through all that is stored: texts, speakers, titles, sources, cases, memos, code names."""
    store = PseudonymStore(project)
    allowed = {plain(word) for word in store.not_names()}
    allowed |= {plain(part) for one in store.all() for part in (one.pseudonym, *one.pseudonym.split())}
    slips: list[Slip] = []
    for where, transcript, text, language, short in _held(project):
        before = "x " if short else ""  # a label alone is no sentence: a capital tells
        for found in propose(
            before + text, participants=participants, language=language, more_layers=more_layers
        ):
            proposal = changed(found, start=found.start - len(before), end=found.end - len(before))
            if _is_allowed(proposal.text, allowed) or (short and proposal.kind is Kind.UNKNOWN):
                continue
            slips.append(Slip(where, transcript, text, proposal))
    return slips


def _is_allowed(words: str, allowed: Collection[str]) -> bool:
    """Whether a proposal is made of pseudonyms and words that are no names."""
    return plain(words) in allowed or all(plain(word) in allowed for word in words.split())


def _held(project: Project) -> Iterable[tuple[str, str, str, str, bool]]:
    for transcript in project.transcripts.all():
        name, language = transcript.name, transcript.language
        yield _("text"), name, transcript.text, language, False
        for label in dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker):
            yield _("speaker"), name, label, language, True
        yield _("title"), name, words_in_file_name(Path(name + ".x"))[0], language, True
        if Path(transcript.source).stem != name and transcript.source:
            yield _("source"), name, " ".join(words_in_file_name(Path(transcript.source))), language, True
    for case in project.cases.all():
        yield _("case"), "", case.label, "nl", True
        for value in case.attributes.values():
            yield _("case"), "", value, "nl", True
    for memo in project.memos.all():
        yield _("memo"), "", memo.text, "nl", False


def open_names(project: Project) -> list[Transcript]:
    """The transcripts in which names were found and left: nothing of these should leave unasked."""
    states = PseudonymStore(project).states()
    return [one for one in project.transcripts.all() if states.get(one.id) is NameState.OPEN]


def mark_reviewed(project: Project, transcript: Transcript) -> None:
    """Say that a person read a transcript and that no name is left in it."""
    PseudonymStore(project).set_state(transcript, NameState.REVIEWED)


def key_of(project: Project, passphrase: str) -> list[Known]:
    """What the key file beside the project holds; raises `KeyFileError`."""
    return read_key(key_path(project.path), passphrase, project.id)
