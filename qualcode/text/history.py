"""A text as its first wording and the corrections of it, made by several people, maybe apart.

Every character keeps its identity: it stood in the first text, or a correction put it there. A correction says in
positions of the text it was made on what it deletes and inserts; which characters it means does not change when
others correct something else. So corrections made apart come together edit by edit, and the result depends on the
set of corrections alone, not on the order in which they came. The idea is that of a replicated sequence
(Roh et al. 2011, Replicated abstract data types); that all corrections are placed in one order makes it simple.

Two edits that touch the same words without knowing of each other do not go together: the later one holds, and
the other is told as a `Clash`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from qualcode.text.revisions import Edit
from qualcode.text.spans import Span

Version = frozenset[str]
"""What a text is made of: the corrections (ids) that were known when it stood so."""
EditKey = tuple[str, int]
"""One edit: the correction, and its number in it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Edits in positions of the text that the corrections `parents`, and what these rest on, make of the first one.

    Nothing overrules a `firm` one: it hides a name.
    """

    id: str
    parents: tuple[str, ...]
    edits: tuple[Edit, ...]
    firm: bool = False


class Clash(NamedTuple):
    """Two edits made apart on the same words: `held` stands in the text, `other` does not."""

    held: EditKey
    other: EditKey


class Origin(NamedTuple):
    """Characters by where they came from: from `start` to `end` of what `edits` inserted; none: of the first text."""

    edits: tuple[EditKey, ...]
    start: int
    end: int


@dataclass(slots=True)
class _Piece:
    """Neighbouring characters that were put there, and deleted, together."""

    made: set[EditKey]
    """The edits that put it there: none for the first text, several if people made the same correction."""
    offset: int
    length: int
    gone: set[EditKey] = field(default_factory=set)
    """The edits that delete it."""


@dataclass(slots=True)
class _Region:
    """What an edit touches: the pieces it deletes, or the gap (before the piece `first`) where it inserts."""

    first: int
    last: int  # of a gap: the piece before it, so that `last < first`


class TextHistory:
    """All corrections of one text. `size` is the number of characters of the first text.

    `corrections` stand in an order in which none comes before what it rests on, the same everywhere.
    """

    def __init__(self, size: int, corrections: Iterable[Correction]) -> None:
        self._corrections: dict[str, Correction] = {}
        self._order: dict[str, int] = {}
        self._closures: dict[str, Version] = {}
        self._overruled_in: dict[Version, dict[EditKey, EditKey]] = {}
        self._layouts: dict[Version, _Layout] = {}
        self._inserted_after: dict[EditKey, set[EditKey]] = {}
        """What the character before a mere insertion was made by."""
        self._pieces = [_Piece(set(), 0, size)] if size else []
        for one in corrections:
            self._corrections[one.id] = one
            self._order[one.id] = len(self._order)
            self._place(one)
        self._layouts.clear()

    # versions

    def known_to(self, ids: Iterable[str]) -> Version:
        """These corrections with all that they rest on."""
        found: set[str] = set()
        for one in ids:
            found |= self._closure(one)
        return frozenset(found)

    @property
    def whole(self) -> Version:
        """All corrections together."""
        return frozenset(self._corrections)

    def _closure(self, one: str) -> Version:
        if one not in self._closures:
            self._closures[one] = self.known_to(self._corrections[one].parents) | {one}
        return self._closures[one]

    # placing edits among the pieces

    def _place(self, correction: Correction) -> None:
        before = self.known_to(correction.parents)
        behind = self._cut(before, {at for edit in correction.edits for at in (edit.start, edit.end)})
        for n in reversed(range(len(correction.edits))):  # from the end, so that the places before stay
            edit, key = correction.edits[n], (correction.id, n)
            first, after = behind[edit.start], behind[edit.end]
            deleted = [piece for piece in self._pieces[first:after] if self._is_seen(piece, before)]
            for piece in deleted:
                piece.gone.add(key)
            if not deleted and first:
                self._inserted_after[key] = self._pieces[first - 1].made
            if edit.text and not self._made_already(key, deleted, after, before):
                self._pieces.insert(after, _Piece({key}, 0, len(edit.text)))

    def _made_already(self, key: EditKey, deleted: list[_Piece], after: int, before: Version) -> bool:
        """Whether somebody else made the same correction of the same words; then it is theirs as well."""
        text = self._edit(key).text
        at = after
        while at < len(self._pieces) and not self._is_seen(self._pieces[at], before):
            lost_to_me = any(edit[0] in before for edit in self._pieces[at].gone)
            for other in () if lost_to_me else self._pieces[at].made - {key}:
                alike = self._edit(other).text == text and other[0] not in before
                if alike and self._deleted_by(other) == [id(piece) for piece in deleted]:
                    for piece in self._pieces:
                        if other in piece.made:
                            piece.made.add(key)
                    return True
            at += 1
        return False

    def _deleted_by(self, key: EditKey) -> list[int]:
        return [id(piece) for piece in self._pieces if key in piece.gone]

    def _edit(self, key: EditKey) -> Edit:
        return self._corrections[key[0]].edits[key[1]]

    def _cut(self, version: Version, positions: set[int]) -> dict[int, int]:
        """Where (as an index of pieces) positions of a version lie: directly behind the character before each.

        Pieces are cut in two where a position lies inside.
        """
        pieces: list[_Piece] = []
        behind = {0: 0}
        wanted = sorted(positions - {0}, reverse=True)
        end = 0
        for piece in self._pieces:
            pieces.append(piece)
            if not self._is_seen(piece, version):
                continue
            end += piece.length
            while wanted and wanted[-1] <= end:
                at = wanted.pop()
                if at < end:
                    left = piece.length - (end - at)
                    rest = _Piece(set(piece.made), piece.offset + left, end - at, set(piece.gone))
                    piece.length = left
                    pieces.append(rest)
                    behind[at] = len(pieces) - 1
                    piece = rest
                else:
                    behind[at] = len(pieces)
        if wanted:
            raise ValueError(f"a position of {wanted[-1]} characters lies outside the text")
        self._pieces = pieces
        return behind

    def _is_seen(self, piece: _Piece, version: Version) -> bool:
        """Whether a piece stands in a version of the text."""
        return (not piece.made or self._any_holds(piece.made, version)) and not self._any_holds(
            piece.gone, version
        )

    def _any_holds(self, edits: Collection[EditKey], version: Version) -> bool:
        overruled = self._overruled(version) if edits else {}
        return any(edit[0] in version and edit not in overruled for edit in edits)

    # edits made apart on the same words

    def clashes(self, version: Version) -> list[Clash]:
        """The edits that do not stand in a version because others touch the same words."""
        return [Clash(held, other) for other, held in sorted(self._overruled(version).items())]

    def _overruled(self, version: Version) -> dict[EditKey, EditKey]:
        """The edits that do not hold in a version, each with the one that does."""
        found = self._overruled_in.get(version)
        if found is None:
            found = self._weighed(version) if self._made_apart(version) else {}
            self._overruled_in[version] = found
        return found

    def _made_apart(self, version: Version) -> bool:
        """Whether any two corrections of a version did not know of each other."""
        known: set[str] = set()
        for one in sorted(version, key=self._order.__getitem__):
            if not known <= self._closure(one):
                return True
            known.add(one)
        return False

    def _weighed(self, version: Version) -> dict[EditKey, EditKey]:
        regions = self._regions(version)
        ranked = sorted(
            regions, key=lambda key: (self._corrections[key[0]].firm, self._order[key[0]], key[1])
        )
        lost: dict[EditKey, EditKey] = {}
        holding: list[EditKey] = []
        for key in reversed(ranked):
            winner = next((other for other in holding if self._clash(key, other, regions)), None)
            if winner is None:
                holding.append(key)
            else:
                lost[key] = winner
        self._take_along(regions, lost)
        return lost

    def _take_along(self, regions: Mapping[EditKey, _Region], lost: dict[EditKey, EditKey]) -> None:
        """What was done to words that do not stand does not stand either."""
        for key in sorted(regions, key=lambda key: (self._order[key[0]], key[1])):  # after what it rests on
            touched = [
                p.made for p in self._pieces[regions[key].first : regions[key].last + 1] if key in p.gone
            ]
            for made in touched or [self._inserted_after.get(key, set())]:
                makers = made & regions.keys()  # others, who are not in this version, may have made the same
                if key not in lost and makers and makers <= lost.keys():
                    lost[key] = lost[min(makers)]

    def _clash(self, one: EditKey, other: EditKey, regions: Mapping[EditKey, _Region]) -> bool:
        """Whether two edits, made apart, touch each other: no character that both knew stands between them."""
        if one[0] in self._closure(other[0]) or other[0] in self._closure(one[0]):
            return False
        if self._edit(one).text == self._edit(other).text:
            both_delete = not self._edit(one).text
            if both_delete or any({one, other} <= piece.made for piece in self._pieces):
                return False
        a, b = sorted((regions[one], regions[other]), key=lambda region: (region.first, region.last))
        if b.first <= a.last:
            return True
        known = self.known_to(self._corrections[one[0]].parents) & self.known_to(
            self._corrections[other[0]].parents
        )
        between = self._pieces[max(a.last + 1, a.first) : b.first]
        return not any(
            not piece.made or any(edit[0] in known for edit in piece.made)
            for piece in between
            if not any(edit[0] in known for edit in piece.gone)
        )

    def _regions(self, version: Version) -> dict[EditKey, _Region]:
        found: dict[EditKey, _Region] = {}
        for i, piece in enumerate(self._pieces):
            for key in piece.gone:
                if key[0] in version:
                    found.setdefault(key, _Region(i, i)).last = i
        for i, piece in enumerate(self._pieces):
            for key in piece.made:
                if key[0] in version and not self._edit(key).start < self._edit(key).end:
                    found.setdefault(key, _Region(i, i - 1))  # it only inserts
        return found

    def instead(self, clash: Clash, version: Version, first: str) -> Edit:
        """The edit that puts the words of the edit that does not hold in the place of those that do."""
        regions = self._regions(version)
        low = min(regions[key].first for key in clash)
        high = max(regions[key].last for key in clash)
        while high + 1 < len(self._pieces) and self._pieces[high + 1].made & set(clash):
            high += 1
        overruled = {**self._overruled(version), clash.held: clash.other}
        del overruled[clash.other]

        def holds(edits: Iterable[EditKey]) -> bool:
            return any(edit[0] in version and edit not in overruled for edit in edits)

        words = "".join(
            self._words(piece, first)
            for piece in self._pieces[low : high + 1]
            if (not piece.made or holds(piece.made)) and not holds(piece.gone)
        )
        layout = self.layout(version)
        return Edit(layout.starts[low], layout.ends[max(low, high)], words)

    # one version

    def layout(self, version: Version) -> _Layout:
        """The characters of a version in their order."""
        if version not in self._layouts:
            self._layouts[version] = _Layout(self, version)
        return self._layouts[version]

    def text(self, version: Version, first: str) -> str:
        """The text of a version, given the first one."""
        return "".join(self._words(piece, first) for piece in self._pieces if self._is_seen(piece, version))

    def _words(self, piece: _Piece, first: str) -> str:
        source = self._edit(min(piece.made)).text if piece.made else first
        return source[piece.offset : piece.offset + piece.length]

    def taken_back(self, correction: str, version: Version, first: str) -> list[Edit] | None:
        """The edits that take a correction back in a version of the text, given the first one.

        `None` if what it put there was changed since.
        """
        layout, found = self.layout(version), []
        for n in range(len(self._corrections[correction].edits)):
            key = (correction, n)
            if key in self._overruled(version):
                continue
            put = [i for i, piece in enumerate(self._pieces) if key in piece.made]
            took = [i for i, piece in enumerate(self._pieces) if key in piece.gone]
            whole = put and layout.ends[put[-1]] - layout.starts[put[0]] == len(self._edit(key).text)
            if (put and not (whole and all(layout.is_seen(i) for i in put))) or any(
                len(self._pieces[i].made) > 1 for i in put
            ):
                return None
            back = [i for i in took if not self._any_holds(self._pieces[i].gone - {key}, version)]
            at = layout.starts[put[0] if put else took[0]]
            words = "".join(self._words(self._pieces[i], first) for i in back)
            found.append(Edit(at, layout.ends[put[-1]] if put else at, words))
        return sorted(edit for edit in found if edit.text or edit.start < edit.end)

    def stretches(self, version: Version, start: int, end: int) -> list[Origin]:
        """Where the characters between two positions of a version came from."""
        layout, found = self.layout(version), []
        i = layout.at(start)[0] if start < end else len(self._pieces)
        while i < len(self._pieces) and layout.starts[i] < end:
            low, high = max(start, layout.starts[i]), min(end, layout.ends[i])
            if layout.is_seen(i) and low < high:
                found.append(self._stretch(self._pieces[i], low - layout.starts[i], high - layout.starts[i]))
            i += 1
        return found

    def unseen(self, version: Version) -> list[Origin]:
        """Where the characters came from that do not stand in a version."""
        layout = self.layout(version)
        return [
            self._stretch(piece, 0, piece.length)
            for i, piece in enumerate(self._pieces)
            if not layout.is_seen(i)
        ]

    def _stretch(self, piece: _Piece, start: int, end: int) -> Origin:
        return Origin(tuple(sorted(piece.made)), piece.offset + start, piece.offset + end)

    def shown(self, stretch: Origin, version: Version) -> list[Span]:
        """Where what is left of a stretch stands in a version."""
        layout, found = self.layout(version), []
        for i, piece in enumerate(self._pieces):
            low, high = max(stretch.start, piece.offset), min(stretch.end, piece.offset + piece.length)
            if (
                layout.is_seen(i)
                and low < high
                and (set(stretch.edits) & piece.made or not (stretch.edits or piece.made))
            ):
                at = layout.starts[i] - piece.offset
                found.append(Span(at + low, at + high))
        return found

    # from one version to another

    def carried(self, span: Span, old: Version, new: Version) -> Span | None:
        """Where a passage of one version stands in another: its characters, and what replaced those inside it.

        What was inserted at its very edges stays outside; a replacement over an edge comes inside, so that a
        word that was corrected stays coded. `None` if nothing of it is left.
        """
        source, target = self.layout(old), self.layout(new)
        start = self._start(*source.at(span.start), target)
        end = self._end(*source.at(span.end - 1), target)
        return Span(start, end) if start < end else None

    def position(self, position: int, old: Version, new: Version) -> int:
        """Where a character of one version stands in another, or what stands in its place."""
        return self._start(*self.layout(old).at(position), self.layout(new))

    def lines(self, spans: Sequence[Span], old: Version, new: Version) -> list[Span | None]:
        """Where stretches that make up a whole version, with line ends between them, stand in another.

        They make up that one again. `None`: nothing is left of it, or it runs on from the one before because the line
        end between them was deleted.
        """
        size = self.layout(new).size
        found: list[Span | None] = [None] * len(spans)
        start, first, last = 0, 0, -1
        for n, span in enumerate(spans):
            is_last = n + 1 == len(spans)
            between = range(span.end, spans[n + 1].start) if not is_last else range(0)
            ends = [self.position(at, old, new) for at in between if self.stands(at, old, new)]
            if not is_last and not ends:
                continue  # the next one runs on from this one
            end = size if is_last else ends[0]
            if start < end:
                found[first], last = Span(start, end), first
                start = ends[-1] + 1 if ends else end
            elif is_last and last >= 0:
                found[last] = Span(0 if (kept := found[last]) is None else kept.start, size)
            first = n + 1
        return found

    def stands(self, position: int, old: Version, new: Version) -> bool:
        """Whether a character of one version still stands in another."""
        return self.layout(new).is_seen(self.layout(old).at(position)[0])

    def _start(self, i: int, offset: int, target: _Layout) -> int:
        if target.is_seen(i):
            return target.starts[i] + offset
        instead = self._instead(i, target)
        return target.starts[instead[0]] if instead else target.starts[i]

    def _end(self, i: int, offset: int, target: _Layout) -> int:
        if target.is_seen(i):
            return target.starts[i] + offset + 1
        instead = self._instead(i, target)
        return target.ends[instead[-1]] if instead else target.starts[i]

    def _instead(self, i: int, target: _Layout) -> list[int]:
        """The pieces that stand for one that is not there: what its edit put in its place, or what did after that."""
        asked, seen = [i], set[int]()
        found: list[int] = []
        while asked:
            piece = self._pieces[asked.pop()]
            for edit in target.edits_over(piece):
                for other in target.inserted.get(edit, ()):
                    if other in seen:
                        continue
                    seen.add(other)
                    (found if target.is_seen(other) else asked).append(other)
        return sorted(found)


class _Layout:
    """Where every piece stands in one version. `starts` also tells where one that is not there would begin."""

    def __init__(self, history: TextHistory, version: Version) -> None:
        self._history = history
        self._version = version
        self._overruled = history._overruled(version)
        self._seen = [history._is_seen(piece, version) for piece in history._pieces]
        self.starts, self.ends, position = [], [], 0
        for piece, seen in zip(history._pieces, self._seen, strict=True):
            self.starts.append(position)
            position += piece.length if seen else 0
            self.ends.append(position)
        self.size = position

    @cached_property
    def inserted(self) -> Mapping[EditKey, list[int]]:
        """The pieces that each edit inserted."""
        found: dict[EditKey, list[int]] = {}
        for i, piece in enumerate(self._history._pieces):
            for edit in piece.made:
                found.setdefault(edit, []).append(i)
        return found

    def is_seen(self, i: int) -> bool:
        """Whether a piece stands in this version."""
        return self._seen[i]

    def at(self, position: int) -> tuple[int, int]:
        """The piece a character stands in, and how far in it."""
        if not 0 <= position < self.size:
            raise ValueError(f"position {position} lies outside a text of {self.size} characters")
        i = bisect_right(self.starts, position) - 1
        while not self._seen[i]:  # those that are not there share the start of the next one
            i -= 1
        return i, position - self.starts[i]

    def edits_over(self, piece: _Piece) -> Collection[EditKey]:
        """The edits because of which a piece does not stand in this version."""
        gone = [edit for edit in piece.gone if edit[0] in self._version and edit not in self._overruled]
        return gone or [self._overruled[edit] for edit in piece.made if edit in self._overruled]
