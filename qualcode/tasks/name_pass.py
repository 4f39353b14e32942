"""Replace names while files are taken in, before anything is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from qualcode.i18n import LANGUAGES
from qualcode.model import Transcript
from qualcode.pseudonyms.giving import Pseudonyms, number_of
from qualcode.pseudonyms.keyfile import check_passphrase, key_path, read_key, write_key
from qualcode.pseudonyms.kinds import Tier
from qualcode.pseudonyms.proposal import Known
from qualcode.pseudonyms.replacing import replace
from qualcode.pseudonyms.review import Choice, Review
from qualcode.store.project import Project
from qualcode.store.pseudonyms import NameState, PseudonymStore
from qualcode.tasks.names import Decide, pipeline_layers, replace_all, state_after, words_in_file_name

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
        if passphrase is not None:
            check_passphrase(passphrase)  # now, not when everything has been decided
            self._known = read_key(self._key, passphrase, project.id) if self._key.exists() else []
        self._pseudonyms = Pseudonyms(
            [*(one.pseudonym for one in self._store.all()), *(one.pseudonym for one in self._known)],
            invented=invented,
        )
        for transcript in project.transcripts.all():
            self._pseudonyms.take_from(transcript.text)
        self._refused: list[str] = []
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
        for group in review.in_text_order():
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
        intake.name_state = state_after(review, self._state)
        self._learn(review.known())
        self._refused += review.always_refused()
        self._kept |= {group.key for group in review.groups if group.choice is Choice.KEEP}

    def record(self, transcript: Transcript, state: NameState) -> None:
        """Note the pseudonyms in use (never the names) and what became of the names in this transcript."""
        self._store.add((one.pseudonym, one.kind.value, number_of(one.pseudonym)) for one in self._known)
        if self._refused:
            self._store.refuse(self._refused)
        self._store.set_state(transcript, state)

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
