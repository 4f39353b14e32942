"""A project as it travels: what files of REFI-QDA, QualCoder and Taguette hold, in our own nouns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from qualcode.exchange.codebooks.draft import in_one_language, lasting_id, with_marks
from qualcode.i18n import _
from qualcode.model import Case, Code, Codebook, Coder, Coding, Memo, Role, Turn
from qualcode.text.code_marks import colour_fault, free_slug
from qualcode.text.normal import normal, one_line
from qualcode.text.spans import Span


@dataclass(frozen=True, slots=True)
class TravellingText:
    """An interview on its way. `turns` are empty if nobody told them; `case` is a case's label.

    `times` are moments of the recording (milliseconds) at places in the text, as far as there are turns to find.
    """

    id: str
    name: str
    text: str
    turns: tuple[Turn, ...] = ()
    case: str = ""
    informant: Role | None = None
    language: str = "nl"
    source: str = ""
    times: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TravellingTheme:
    """A theme: its title, what is said of it, and the ids of its codes."""

    id: str
    title: str
    text: str = ""
    codes: tuple[str, ...] = ()


@dataclass(slots=True)
class Notices:
    """What to tell people about a file: kinds of things that were left out, counted, and single things.

    `listed` holds at most `most` lines per kind, so that a broken file does not fill the screen.
    """

    most: int = 20
    counts: Counter[str] = field(default_factory=Counter)
    listed: dict[str, list[str]] = field(default_factory=dict)

    def count(self, kind: str, n: int = 1, what: str = "") -> None:
        """Note `n` things of a kind (a phrase in the language in use); `what` names one of them."""
        if not n:
            return
        self.counts[kind] += n
        lines = self.listed.setdefault(kind, [])
        if what and len(lines) < self.most:
            lines.append(what)

    def lines(self) -> list[str]:
        """One line per kind, with its examples under it."""
        lines = []
        for kind, n in self.counts.items():
            lines.append(_("{what}: {n}").format(what=kind, n=n))
            lines += [f"    {line}" for line in self.listed[kind]]
            if self.listed[kind] and n > len(self.listed[kind]):
                lines.append("    …")
        return lines


@dataclass(slots=True)
class Bundle:
    """Everything that travels. Codings and memos go by the ids of the other parts.

    `fit` says in words how positions were understood; `lost` what the file has and we cannot
    keep, or we have and the file cannot; `done` are pairs of text id and coder id.
    """

    title: str
    origin: str = ""
    coders: list[Coder] = field(default_factory=list)
    codebook: Codebook = field(default_factory=lambda: Codebook(""))
    cases: list[Case] = field(default_factory=list)
    texts: list[TravellingText] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    themes: list[TravellingTheme] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)
    fit: str = ""
    lost: Notices = field(default_factory=Notices)

    @property
    def codes(self) -> tuple[Code, ...]:
        """The codes of the codebook."""
        return self.codebook.codes


def unique_names(things: Iterable[tuple[str, str]], fallback: str) -> Mapping[str, str]:
    """For each (id, name) a name that no other has, regardless of capitals; without a name `fallback`."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for thing, name in things:
        bare = " ".join(name.split()) or fallback
        free, n = bare, 1
        while free.casefold() in taken:
            n += 1
            free = f"{bare}-{n}"
        taken.add(free.casefold())
        found[thing] = free
    return found


def moment_of(text: str | None) -> str:
    """A moment of the file in our form (UTC, milliseconds); "" if it is none."""
    try:
        moment = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return ""
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class BundleMaker:
    """Puts a bundle together from the tables of another program: ids that last, codings that fit."""

    def __init__(self, title: str, origin: str, language: str) -> None:
        title = one_line(title)
        self.bundle = Bundle(title, origin, codebook=Codebook(title))
        self.lost = self.bundle.lost
        self._language = language
        self._coders: dict[str, Coder] = {}
        self._codes: list[Code] = []
        self._slugs: set[str] = set()
        self._seen: set[tuple[str, int, int, str, str]] = set()

    def id(self, kind: str, its: object) -> str:
        """The id of a thing of the other program, the same whenever the file is read."""
        return lasting_id(kind, f"{self.bundle.origin}/{self.bundle.title}", str(its))

    def coder(self, name: str) -> str:
        """The id of the coder of that name."""
        name = " ".join(name.split()) or _("unknown")
        if name.casefold() not in self._coders:
            coder = Coder(self.id("coder", name.casefold()), name)
            self._coders[name.casefold()] = coder
            self.bundle.coders.append(coder)
        return self._coders[name.casefold()].id

    def code(self, code_id: str, name: str, parent: str | None, words: str, colour: str = "") -> None:
        """Add a code; `words` become its definition."""
        name = " ".join(normal(name).split()) or _("code without a name")
        slug = free_slug(name, self._slugs)
        self._slugs.add(slug)
        self._codes.append(
            Code(
                code_id,
                slug,
                in_one_language(name, self._language),
                in_one_language(normal(words).strip(), self._language),
                colour="" if colour_fault(colour) else colour.upper(),
                parent_id=parent,
                position=len(self._codes),
            )
        )

    def finish_codes(self) -> set[str]:
        """Give every code its marks, those under a code that is not there stand at the top; returns their ids."""
        ids = {code.id for code in self._codes}
        rooted = [code if code.parent_id in ids else replace(code, parent_id=None) for code in self._codes]
        codes = with_marks(rooted)
        self.bundle.codebook = Codebook(self.bundle.title, codes=codes)
        return ids

    def coding(self, its: object, place: tuple[str, Span], code: str, coder: str, at: str) -> str | None:
        """Add a coding at a place (text id, stretch of it); `None` (noted) if it is empty or there already."""
        text, span = place
        key = (text, span.start, span.end, code, coder)
        if span.length == 0:
            self.lost.count(_("codings on a point without words"))
            return None
        if key in self._seen:
            self.lost.count(_("codings that stand there twice (taken once)"))
            return None
        self._seen.add(key)
        made = Coding(self.id("coding", its), text, *span, code, coder, moment_of(at))
        self.bundle.codings.append(made)
        return made.id

    def memo(self, kind: str, target: str, text: str, coder: str | None = None, at: str = "") -> None:
        """Add a memo, unless it holds no words."""
        text = normal(text).strip()
        if text:
            its = self.id("memo", len(self.bundle.memos))
            self.bundle.memos.append(Memo(its, kind, target, text, coder, moment_of(at)))

    def left_out(self, kind: str, things: Iterable[object]) -> None:
        """Note how many things of a kind were left out."""
        self.lost.count(kind, len(list(things)))
