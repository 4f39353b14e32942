"""What somebody marked in a Word document, as codings of theirs.

A plan is worked out first, and shown as a report; only then is it taken in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.exchange.codings import CodeMentions
from qualcode.exchange.word_colours import colour_key, colour_words
from qualcode.exchange.word_marks import Comment, Highlight, MarkedText, read_marks
from qualcode.i18n import _
from qualcode.text.graphemes import whole_clusters
from qualcode.text.spans import Span, trim
from qualcode.text.word_alignment import WordAlignment
from qualcode.text.words import short

if TYPE_CHECKING:
    from qualcode.model import Code, Coder, Coding, Transcript
    from qualcode.store.project import Project

_RUN = 3
_ENOUGH = 0.2  # of the runs of words of the interview must stand in the text
_WORD = re.compile(r"\w+")


def transcript_like(transcripts: Sequence[Transcript], text: str, where: str) -> Transcript:
    """The transcript with whose words `text` agrees; `InputError` if none or several do."""
    runs = _runs(text)
    shares = []
    for transcript in transcripts:
        own = _runs(transcript.text)
        shares.append((len(own & runs) / max(len(own), 1), transcript))
    shares.sort(key=lambda pair: -pair[0])
    if not shares or shares[0][0] < _ENOUGH:
        raise InputError(
            _(
                "{file} agrees with no interview of this project. Say which one it is: --transcript NAME."
            ).format(file=where)
        )
    if len(shares) > 1 and shares[1][0] > 0.8 * shares[0][0]:
        raise InputError(
            _(
                "{file} agrees as well with {one} as with {other}. Say which one it is: --transcript NAME."
            ).format(file=where, one=shares[0][1].name, other=shares[1][1].name)
        )
    return shares[0][1]


def speaker_labels(text: str, transcript: Transcript) -> list[Span]:
    """Where the speakers of the transcript stand before a line of `text` ("I:", "Leraar 1:")."""
    return labels_at_lines(text, {turn.speaker for turn in transcript.turns if turn.speaker})


def labels_at_lines(text: str, labels: Iterable[str]) -> list[Span]:
    """Where one of these labels with a colon or a tab stands at the beginning of a line."""
    known = sorted(map(re.escape, labels), key=len, reverse=True)
    if not known:
        return []
    pattern = re.compile(rf"^[ \t]*(?:{'|'.join(known)})[ \t]*[:\t]", re.MULTILINE | re.IGNORECASE)
    return [Span(*match.span()) for match in pattern.finditer(text)]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    size = min(_RUN, len(words)) or 1
    return {tuple(words[n : n + size]) for n in range(len(words) - size + 1)}


@dataclass(frozen=True, slots=True)
class Planned:
    """A coding that a mark stands for. `remark` says what is worth a look before it is taken in."""

    span: Span
    code: Code
    memo: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class WordPlan:
    """What taking a document in would do, and what could not be understood.

    `new` become codings; `memos` are known codings with another memo; `same` are there already;
    `unclear` are marks that mean nothing to us or have no place, in words; `others` belong to
    other coders; `gone` are codings of this coder that the document does not have.
    """

    transcript: Transcript
    coder: Coder
    new: tuple[Planned, ...]
    memos: tuple[tuple[Coding, str], ...]
    same: tuple[Coding, ...]
    unclear: tuple[str, ...]
    others: tuple[str, ...]
    gone: tuple[Coding, ...]
    notices: tuple[str, ...]


def plan_word(
    project: Project,
    path: Path,
    coder: Coder,
    *,
    transcript: Transcript | None = None,
    legend: Mapping[str, str] | None = None,
    authors: Sequence[str] = (),
) -> WordPlan:
    """Read a document and work out what it would add; nothing is changed yet.

    `legend` says which code a colour, or a word of somebody's own, stands for; `authors`
    limits the comments to those of these people. Raises `InputError` for a file that is no
    Word document or of which it is unclear which interview it is.
    """
    marked = read_marks(path)
    if not marked.text.strip():
        raise InputError(_("{file} holds no words.").format(file=path.name))
    found = transcript or transcript_like(project.transcripts.all(), marked.text, path.name)
    return _Planner(project, marked, found, coder, legend or {}, authors).plan()


class _Planner:
    """Goes through the marks of one document."""

    def __init__(
        self,
        project: Project,
        marked: MarkedText,
        transcript: Transcript,
        coder: Coder,
        legend: Mapping[str, str],
        authors: Sequence[str],
    ) -> None:
        self._marked, self._transcript, self._coder = marked, transcript, coder
        self._authors = {author.casefold() for author in authors}
        codes = sorted(project.codebook.all(retired=True), key=lambda code: code.retired)
        self._words = CodeMentions(codes, numbers=marked.numbers, more=legend)
        self._colours = self._legend(legend)
        labels = speaker_labels(marked.text, transcript)
        self._alignment = WordAlignment(marked.text, transcript.text, labels)
        project.rounds.refuse_look(project.coder, [coder], [transcript])
        everyone = project.codings.all(transcript=transcript)
        self._mine = {(c.span, c.code_id): c for c in everyone if c.coder_id == coder.id}
        self._everyones = {(c.span, c.code_id, c.coder_id) for c in everyone}
        self._people = {person.name.casefold(): person for person in project.coders.all()}
        self._stored = _memos(project, self._mine.values())
        self._new: dict[tuple[Span, str], Planned] = {}
        self._same: dict[str, Coding] = {}
        self._memos: dict[str, tuple[Coding, str]] = {}
        self._unclear: list[str] = []
        self._others: list[str] = []
        self._by_comment: dict[str, list[Span]] = {}
        self._beside: list[tuple[Span, Comment, str]] = []

    def plan(self) -> WordPlan:
        """The marks as codings, and the rest in words."""
        self._refuse_strangers()
        self._take_comments()
        self._take_highlights()
        self._unclear += [f"{self._comment_words(comment)}: {why}" for _span, comment, why in self._beside]
        return WordPlan(
            self._transcript,
            self._coder,
            tuple(sorted(self._new.values(), key=lambda planned: planned.span)),
            tuple(self._memos.values()),
            tuple(self._same.values()),
            tuple(self._unclear),
            tuple(self._others),
            tuple(coding for coding in self._mine.values() if coding.id not in self._same),
            self._marked.notices,
        )

    def _legend(self, legend: Mapping[str, str]) -> dict[str, Code]:
        """The code of each colour: as the caller says, else as the document says."""
        given = {key: name for word, name in legend.items() if (key := colour_key(word))}
        colours: dict[str, Code] = {}
        for colour, name in {**self._marked.legend, **given}.items():
            code = self._words.code(name)
            if code is not None:
                colours[colour] = code
            elif colour in given:
                raise InputError(
                    _("The legend says {colour} = {name}, but no code is called “{name}”.").format(
                        colour=colour_words(colour), name=name
                    )
                )
        return colours

    def _refuse_strangers(self) -> None:
        """Raise `InputError` if comments of several people nobody here knows would all become those of one."""
        written = Counter(comment.author for comment in self._marked.comments if comment.author)
        strangers = [author for author in written if author.casefold() not in self._people]
        if len(strangers) > 1 and not self._authors:
            counted = ", ".join(f"{author} {written[author]}" for author in sorted(strangers))
            raise InputError(
                _(
                    "Comments of several people stand in it, and nobody here is called like them: {people}. Say "
                    "whose are those of {coder}: --author NAME."
                ).format(people=counted, coder=self._coder.name)
            )

    def _take_comments(self) -> None:
        known = {comment.id for comment in self._marked.comments}
        answers: dict[str, list[Comment]] = {}
        for comment in self._marked.comments:
            if comment.answers in known:
                answers.setdefault(comment.answers, []).append(comment)
        for comment in self._marked.comments:
            if self._authors and comment.author.casefold() not in self._authors:
                self._others.append(self._comment_words(comment))
            elif comment.answers not in known:
                self._take_comment(comment, answers.get(comment.id, []))

    def _take_comment(self, comment: Comment, answers: list[Comment]) -> None:
        said = self._words.understand(comment.text)
        span, remark = self._place(comment.span)
        if span is None:
            self._unclear.append(f"{self._comment_words(comment)}: {remark}")
            return
        if said.problem:
            self._beside.append((span, comment, said.problem))
            return
        codes, memos = list(said.codes), [said.memo]
        for answer in answers:
            more = self._words.understand(answer.text)
            codes += more.codes
            memos.append(f"{answer.author}: {answer.text}".strip(": ") if more.problem else more.memo)
        memo = "\n".join(filter(None, memos))
        for code in dict.fromkeys(codes):
            self._by_comment.setdefault(code.id, []).append(span)
            if not self._is_theirs(comment, span, code):
                self._add(span, code, memo, remark)

    def _is_theirs(self, comment: Comment, span: Span, code: Code) -> bool:
        """Whether the comment is the coding of another coder of this project, which stays theirs."""
        author = self._people.get(comment.author.casefold())
        if author is None or author.id == self._coder.id or self._authors:
            return False
        if (span, code.id, author.id) not in self._everyones:
            words = _("is by {author}; --author takes it in").format(author=author.name)
            self._others.append(f"{self._comment_words(comment)}: {words}")
        return True

    def _place(self, span: Span | None) -> tuple[Span | None, str]:
        """Where a stretch of the document stands in the interview, and what to say about it."""
        if span is None:
            return None, _("it hangs on no words of the document")
        if span.length == 0:
            return None, _("it stands at a point, or its words were deleted; select the words it is about")
        placed = self._alignment.place(span)
        if placed.span is None or placed.span.length == 0:
            return None, _("its words are not in the interview ({n} of {all} words found)").format(
                n=placed.matched, all=placed.words
            )
        whole = Span(*whole_clusters(self._transcript.text, *placed.span))
        remark = (
            ""
            if placed.exact
            else _("the words were changed; placed by {n} of {all} words").format(
                n=placed.matched, all=placed.words
            )
        )
        return whole, remark

    def _add(self, span: Span, code: Code, memo: str, remark: str) -> None:
        trimmed = trim(self._transcript.text, span)
        for place in (span, trimmed):
            known = self._mine.get((place, code.id))
            if known is not None:
                self._known(known, memo)
                return
        place = trimmed if trimmed.length else span
        if code.retired:
            words = _("the code “{code}” is retired").format(code=code.slug)
            self._unclear.append(f"“{short(place.of(self._transcript.text))}”: {words}")
            return
        twin = self._new.get((place, code.id))
        if twin is not None:
            memo = "\n".join(dict.fromkeys(part for part in (twin.memo, memo) if part))
            remark = _("stands there twice, taken once")
        self._new[place, code.id] = Planned(place, code, memo, remark)

    def _known(self, coding: Coding, memo: str) -> None:
        self._same[coding.id] = coding
        if memo and memo.split() != self._stored.get(coding.id, "").split():
            self._memos[coding.id] = (coding, memo)

    def _take_highlights(self) -> None:
        for highlight in self._marked.highlights:
            span, remark = self._place(highlight.span)
            code = self._colours.get(highlight.colour)
            if code is None:
                self._colour_without_code(highlight, span)
            elif span is None:
                self._unclear.append(f"{self._highlight_words(highlight)}: {remark}")
            else:
                place = trim(self._transcript.text, span)
                if not any(_holds(other, place) for other in self._by_comment.get(code.id, ())):
                    self._add(place, code, self._memo_beside(place), remark)

    def _colour_without_code(self, highlight: Highlight, span: Span | None) -> None:
        covered = [other for spans in self._by_comment.values() for other in spans]
        if span is not None and any(_holds(other, trim(self._transcript.text, span)) for other in covered):
            return
        problem = _("{colour} has no code in the legend (--legend {colour}=CODE)").format(
            colour=colour_words(highlight.colour)
        )
        self._unclear.append(f"{self._highlight_words(highlight)}: {problem}")

    def _memo_beside(self, place: Span) -> str:
        """What comments that name no code say about highlighted words: a memo."""
        beside = [entry for entry in self._beside if entry[0].overlaps(place)]
        self._beside = [entry for entry in self._beside if entry not in beside]
        return "\n".join(comment.text for _span, comment, _problem in beside)

    def _comment_words(self, comment: Comment) -> str:
        words = comment.span.of(self._marked.text) if comment.span else ""
        return _("comment “{text}” by {author} on “{words}”").format(
            text=short(comment.text), author=comment.author or _("nobody"), words=short(words)
        )

    def _highlight_words(self, highlight: Highlight) -> str:
        return _("{colour} on “{words}”").format(
            colour=colour_words(highlight.colour), words=short(highlight.span.of(self._marked.text))
        )


def _memos(project: Project, codings: Iterable[Coding]) -> dict[str, str]:
    """The memos on each of these codings, joined, by its id."""
    wanted = {coding.id for coding in codings}
    found: dict[str, list[str]] = {}
    for memo in project.memos.all():
        if memo.target_kind == "coding" and memo.target_id in wanted:
            found.setdefault(memo.target_id, []).append(memo.text)
    return {coding_id: "\n".join(texts) for coding_id, texts in found.items()}


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def take_word(
    project: Project, plan: WordPlan, *, replace: bool = False, away: int | None = None
) -> list[Coding]:
    """Take a plan in as one act; with `replace`, codings that the document does not have go away.

    Where more than half of them would, how many (`away`) has to be said; else `InputError`, and nothing is taken in.
    """
    if replace and len(plan.gone) > len(plan.same) and away != len(plan.gone):
        raise InputError(
            _(
                "{gone} of the {all} codings of {coder} in {name} are not in the document and would go. Look at them "
                "with --dry-run; if that is meant, say how many: --away {gone}"
            ).format(
                gone=len(plan.gone),
                all=len(plan.gone) + len(plan.same),
                coder=plan.coder.name,
                name=plan.transcript.name,
            )
        )
    with project.transaction("codings.import"):
        if replace:
            for coding in plan.gone:
                project.codings.remove(coding)
        made = project.codings.add_all(
            (plan.transcript, planned.span.start, planned.span.end, planned.code, plan.coder)
            for planned in plan.new
        )
        for planned, coding in zip(plan.new, made, strict=True):
            if planned.memo:
                project.memos.add("coding", coding.id, planned.memo, plan.coder)
        for coding, memo in plan.memos:
            for old in project.memos.of("coding", coding.id):
                project.memos.remove(old)
            if memo:
                project.memos.add("coding", coding.id, memo, plan.coder)
    return made


def plan_in_words(plan: WordPlan, codes: Iterable[Code]) -> list[str]:
    """The report, line by line: what is new, what is there already, what needs a look."""
    names = {code.id: str(code.name) for code in codes}
    text = plan.transcript.text
    lines = [_("Interview: {name}. Coder: {coder}.").format(name=plan.transcript.name, coder=plan.coder.name)]
    for planned in plan.new:
        remark = f" ({planned.remark})" if planned.remark else ""
        memo = f" ! {short(planned.memo)}" if planned.memo else ""
        lines.append(f"+ {planned.code.name}: “{short(planned.span.of(text))}”{memo}{remark}")
    for coding, memo in plan.memos:
        lines.append(f"! {names[coding.code_id]}: “{short(coding.span.of(text))}” ! {short(memo)}")
    lines += [f"? {words}" for words in plan.unclear]
    lines += [f"· {_('not taken')}: {words}" for words in plan.others]
    for coding in plan.gone:
        gone = _("not in the document")
        lines.append(f"- {names[coding.code_id]}: “{short(coding.span.of(text))}” ({gone})")
    lines += plan.notices
    lines.append(
        _(
            "{new} new, {memos} memos changed, {same} there already, {unclear} to look at, {gone} not in the document."
        ).format(
            new=len(plan.new),
            memos=len(plan.memos),
            same=len(plan.same),
            unclear=len(plan.unclear),
            gone=len(plan.gone),
        )
    )
    return lines
