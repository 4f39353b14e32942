"""Names: find and replace them in a file, look whether any were left in a project, remember who looked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.files.text import bytes_of, decode
from qualcode.i18n import LANGUAGES, _, ngettext
from qualcode.language.pipeline import OWN, candidates, pipeline
from qualcode.model import ColumnKind
from qualcode.pseudonyms.detect import Layer, cast_layer, forms, has_first_name, is_surname_of, propose
from qualcode.pseudonyms.giving import Pseudonyms, replace
from qualcode.pseudonyms.keyfile import key_path, read_key
from qualcode.pseudonyms.lists import name_lists, plain
from qualcode.pseudonyms.opinions import deduce_layer, entity_layer, is_installed
from qualcode.pseudonyms.page import NamePage, is_mostly_bare
from qualcode.pseudonyms.proposals import KnownName, NameKind, Proposal, Tier, kind_called
from qualcode.pseudonyms.review import NameChoice, NameGroup, Review
from qualcode.sources import compose, read
from qualcode.store.file.forgetting import written
from qualcode.store.records.pseudonyms import NameState
from qualcode.text.normal import normal

if TYPE_CHECKING:
    from qualcode.model import Transcript, Turn
    from qualcode.store.project import Project

_PLAIN_TEXT = (".txt", ".text", ".md", ".markdown")
# dates stay unless they follow a word about birth: without dates a case has no time line
SPARED = (NameKind.DATE,)

Decide = Callable[[Review], None]


def text_of(path: Path) -> str:
    """The text of a file, as its positions are counted: a text file whole, any other as it would be stored."""
    plain = plain_text_of(path)
    return compose(read(path))[0] if plain is None else plain


def plain_text_of(path: Path) -> str | None:
    """The whole text of a plain text file; `None` for a file of another kind."""
    return _content(path) if path.suffix.lower() in _PLAIN_TEXT else None


def _content(path: Path) -> str:
    return normal(decode(bytes_of(path))[0])


def find_in_file(
    path: Path,
    participants: Sequence[KnownName] = (),
    language: str = "nl",
    more_layers: Sequence[Layer] = (),
) -> tuple[str, list[Proposal]]:
    """The text of a file and what in it may be a name. Nothing is stored."""
    text = text_of(path)
    layers = [*pipeline_layers(None, language), *more_layers]
    return text, propose(text, participants=participants, language=language, more_layers=layers)


def pipeline_layers(project: Project | None, language: str) -> list[Layer]:
    """The entities of a trained pipeline, where one is installed or the project names one; else nothing."""
    preferred = project.settings.pipeline(language) if project else None
    if not set(candidates(language, preferred)) - set(OWN.values()):  # ours knows no names
        return []
    trained = pipeline(language, preferred)
    return [entity_layer(trained.entities)] if trained.has_entities else []


def pseudonyms_for(
    project: Project, language: str = "nl", *, taken: Iterable[str] = (), invented: bool = False
) -> Pseudonyms:
    """Pseudonyms that nobody in the project has, nor anybody in `taken`."""
    known = (one.pseudonym for one in project.names.all())
    supply = Pseudonyms([*known, *taken], invented=invented, language=language)
    for transcript in project.transcripts.all():
        supply.take_from(transcript.text)
    return supply


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


def worth_asking(group: NameGroup) -> bool:
    """Whether a name is sure or likely enough that somebody has to decide on it."""
    return group.tier is not Tier.LOOK and (group.kind not in SPARED or group.tier is Tier.SURE)


def state_after(review: Review, decided: NameState) -> NameState:
    """What becomes of a text's names by a review; `decided` is what it is when nothing was left undecided."""
    if any(worth_asking(group) for group in review.undecided):
        return NameState.OPEN
    if decided is not NameState.REPLACED or any(one.choice is NameChoice.REPLACE for one in review.groups):
        return decided
    return _unseen_state(review)


def _unseen_state(review: Review) -> NameState:
    """What the names of a text are while nobody has looked at them: everything that is not sure counts."""
    if any(worth_asking(group) and group.tier is not Tier.LOWER for group in review.undecided):
        return NameState.OPEN
    doubtful = any(group.kind not in SPARED for group in review.undecided)
    return NameState.PROBABLE if doubtful or review.lacks_capitals else NameState.CLEAR


def replace_in_file(
    path: Path,
    decide: Decide = replace_all,
    *,
    participants: Sequence[KnownName] = (),
    invented: bool = False,
    language: str = "nl",
) -> tuple[str, Review]:
    """The text of a file with pseudonyms, and the review with what was decided."""
    text = text_of(path)
    supply = Pseudonyms(invented=invented, language=language)
    layers = pipeline_layers(None, language)
    review = Review(text, participants=participants, pseudonyms=supply, language=language, more_layers=layers)
    decide(review)
    return replace(text, (), review.decisions())[0], review


def read_participants(path: Path) -> list[KnownName]:
    """The participants listed in a file (`participants_in`)."""
    return participants_in(_content(path), path.name)


def participants_in(text: str, source: str = "") -> list[KnownName]:
    """A list of participants: a line each, `name; kind; other names`.

    NameKind is a word such as leerling, ouder, leraar, hulpverlener, school, plaats; it may be left out,
    and so may the other names (split by commas). Raises `InputError` that names the bad lines; `source`
    says where they stand.
    """
    found, problems = [], []
    for number, line in enumerate(normal(text).split("\n"), 1):
        fields = [field.strip() for field in line.split(";")]
        if not fields[0] or line.startswith("#"):
            continue
        kind = kind_called(fields[1]) if len(fields) > 1 and fields[1] else NameKind.PERSON
        if kind is None:
            problems.append(
                _(
                    "line {n}: “{word}” is no kind of participant (leerling, ouder, leraar, hulpverlener …)"
                ).format(n=number, word=fields[1])
            )
            continue
        others = [name.strip() for field in fields[2:] for name in field.split(",") if name.strip()]
        found.append(KnownName((fields[0], *others), kind))
    if problems:
        where = source or _("The list of participants")
        raise InputError(_("{path} has lines that cannot be used:").format(path=where), problems)
    return found


def words_in_file_name(path: Path) -> list[str]:
    """The name of a file as words, for names hide in it: "interview-Emma_de_Vries"."""
    words = path.stem.replace("_", " ").replace("-", " ").replace(".", " ")
    return [words] if words.strip() else []


def left_in_words(count: int, path: Path) -> str:
    """What to tell the person who takes in a file with so many names."""
    return ngettext(
        "{n} name was probably left in. Look with: qualcode names find {file}. To take it out: "
        "qualcode names forget, and import again with --names replace (or review).",
        "{n} names were probably left in. Look with: qualcode names find {file}. To take them out: "
        "qualcode names forget, and import again with --names replace (or review).",
        count,
    ).format(n=count, file=path.name)


def probable_in_words(path: Path) -> str:
    """What to tell the person who takes in a file in which nothing is sure to be a name, and something may be."""
    return _(
        "Names may stand in {file} in words no rule can be sure of. Look with: qualcode names scan; then names done."
    ).format(file=path.name)


def note_left(project: Project, transcript: Transcript) -> int:
    """Remember whether names were left in a transcript; returns how many different ones there probably are."""
    review = _looked(project, transcript.text, transcript.turns, transcript.language)
    project.names.set_state(transcript, _unseen_state(review))
    return sum(worth_asking(group) for group in review.groups)


def state_of_text(project: Project, text: str, language: str) -> NameState:
    """What the names of a text are before anybody looked at them."""
    return _unseen_state(_looked(project, text, (), language))


@dataclass(frozen=True, slots=True)
class Slip:
    """A possible name in what a project holds. `where` says what holds it; positions count in its text."""

    where: str
    transcript: str
    text: str
    proposal: Proposal


def scan(
    project: Project,
    participants: Sequence[KnownName] = (),
    more_layers: Sequence[Layer] = (),
    *,
    texts: bool = True,
) -> list[Slip]:
    """Look through all that is stored: texts, speakers, titles, cases, memos, decisions, themes …

    Without `texts` the words of the interviews themselves are passed over.
    """
    store = project.names
    allowed = {plain(word) for word in store.not_names()}
    allowed |= {plain(part) for one in store.all() for part in (one.pseudonym, *one.pseudonym.split())}
    slips: list[Slip] = []
    trained = {language: pipeline_layers(project, language) for language in LANGUAGES}
    for where, transcript, text, language, short in _held(project, texts):
        before = "x " if short else ""  # a label alone is no sentence: a capital tells
        for found in propose(
            before + text,
            participants=participants,
            language=language,
            more_layers=[*trained[language], *more_layers],
        ):
            proposal = changed(found, start=found.start - len(before), end=found.end - len(before))
            if _is_allowed(proposal.text, allowed) or (short and proposal.kind is NameKind.UNKNOWN):
                continue
            slips.append(Slip(where, transcript, text, proposal))
    return slips


def _is_allowed(words: str, allowed: Collection[str]) -> bool:
    """Whether a proposal is made of pseudonyms and words that are no names."""
    return plain(words) in allowed or all(plain(word) in allowed for word in words.split())


def _held(project: Project, texts: bool) -> Iterable[tuple[str, str, str, str, bool]]:
    for transcript in project.transcripts.all():
        name, language = transcript.name, transcript.language
        if texts:
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
    respondents = project.surveys.respondents()
    columns = [column for survey in project.surveys.all() for column in survey.columns]
    steps = {choice for column in columns if column.kind is ColumnKind.ORDERED for choice in column.choices}
    for value in dict.fromkeys(words for one in respondents for words in (one.label, *one.answers.values())):
        if value not in steps:  # "Mee eens" is no name
            yield _("survey"), "", value, "nl", True
    for memo in project.memos.all():
        yield _("memo"), "", memo.text, "nl", False
    for called, words in written(project):
        yield _(called), "", words, "nl", False


def name_states(project: Project, transcripts: Sequence[Transcript]) -> dict[str, NameState]:
    """What became of the names in each transcript, by its id; looked up in the text where nobody noted it.

    What was noted holds for the text that was looked at. Where a correction, here or on another laptop, brought
    names that were not in it, the interview is open again.
    """
    noted = project.names.noted()
    return {one.id: _state_now(project, one, *noted.get(one.id, (None, ""))) for one in transcripts}


def _state_now(project: Project, transcript: Transcript, state: NameState | None, seen: str) -> NameState:
    if state is not None and seen in ("", transcript.text_hash):
        # what an earlier version called clear without anybody looking
        return NameState.PROBABLE if state is NameState.CLEAR and is_mostly_bare(transcript.text) else state
    before = project.rounds.text_then(transcript.id, seen) if state is not None else None
    review = _looked(project, transcript.text, transcript.turns, transcript.language)
    if state is None or before is None:
        return _unseen_state(review)
    known = {group.key for group in _looked(project, before, (), transcript.language).groups}
    for group in review.groups:
        if group.key in known:
            review.refuse(group.key)
    return _unseen_state(review) if review.undecided else state


def _looked(project: Project, text: str, turns: Sequence[Turn], language: str) -> Review:
    """What may be a name in a text and the labels of its speakers."""
    labels = dict.fromkeys(turn.speaker for turn in turns if turn.speaker)
    return Review(text, refused=project.names.not_names(), outside=[*labels], language=language)


def mark_reviewed(project: Project, transcript: Transcript) -> None:
    """Say that a person read a transcript and that no name is left in it."""
    project.names.set_state(transcript, NameState.REVIEWED)


def key_of(project: Project, passphrase: str) -> list[KnownName]:
    """What the key file beside the project holds; raises `KeyFileError`."""
    return read_key(key_path(project.path), passphrase, project.id)


def cast_in(project: Project, case: str) -> Layer:
    """Finds those who have a pseudonym in a case, or in all, whose names the project knows as fingerprints."""
    members = [one for one in project.names.cast() if one.case in ("", case)]
    return cast_layer((NameKind(one.kind), one.pseudonym, one.name) for one in members)


def in_case(known: KnownName, case: str | None) -> KnownName:
    """A name that was replaced, with the case in which it means that person.

    A child, a parent and a first name are of their case; a teacher or care worker with a surname, a school and a
    place are the same everywhere.
    """
    everywhere = known.kind in (NameKind.TEACHER, NameKind.PROFESSIONAL) and any(
        " " in name and has_first_name(name) for name in known.names
    )
    anybody = known.kind.is_person or known.kind is NameKind.UNKNOWN
    return changed(known, case=case or "") if anybody and not everywhere else known


def tells(known: KnownName, form: str) -> bool:
    """Whether a form of a name tells who it is in another interview: "mevrouw de Vries" may be any of the family."""
    if known.kind is NameKind.TEACHER or not (known.kind.is_person or known.kind is NameKind.UNKNOWN):
        return True
    worker = known.kind is NameKind.PROFESSIONAL and any(map(has_first_name, known.names))
    return worker or (has_first_name(form) and not is_surname_of(plain(form), known.names))


def enlist(project: Project, known: Iterable[KnownName]) -> None:
    """Note in the project who goes by which pseudonym, the names as fingerprints."""
    page = NamePage("", name_lists())
    project.names.enlist(
        (
            one.pseudonym,
            one.kind.value,
            one.case,
            {
                form: page.is_word(form)
                for name in one.names
                for form in forms(name, one.kind)
                if tells(one, form)
            },
        )
        for one in known
        if one.kind not in _NOBODY
    )


_NOBODY = (NameKind.DATE, NameKind.PHONE, NameKind.EMAIL, NameKind.URL, NameKind.ID_NUMBER, NameKind.ADDRESS)
