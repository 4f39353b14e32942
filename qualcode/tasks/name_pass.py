"""Replace names while files are taken in, before anything is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from qualcode.i18n import LANGUAGES
from qualcode.model import Transcript
from qualcode.pseudonyms.giving import Pseudonyms, number_of
from qualcode.pseudonyms.keyfile import key_path, read_key, write_key
from qualcode.pseudonyms.proposal import Known
from qualcode.pseudonyms.replacing import replace
from qualcode.pseudonyms.review import Review
from qualcode.store.project import Project
from qualcode.store.pseudonyms import NameState, PseudonymStore
from qualcode.tasks.names import Decide, pipeline_layers, replace_all, words_in_file_name

if TYPE_CHECKING:
    from qualcode.tasks.intake import Intake


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
        self._layers = {language: pipeline_layers(project, language) for language in LANGUAGES}

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
            more_layers=self._layers[language],
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
