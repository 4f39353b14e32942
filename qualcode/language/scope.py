"""Where to look: decides the conditions of a question for a place that was found."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from qualcode.errors import NotFoundError
from qualcode.i18n import _
from qualcode.language.query import Filter, Query
from qualcode.language.search import Hit
from qualcode.model import Code, Coding, Role, Transcript
from qualcode.text.spans import Span, union


class Scope:
    """The transcripts, codes and codings that conditions speak of.

    Give it only the codings the person may see: in a sealed round, one's own.
    """

    def __init__(
        self, transcripts: Iterable[Transcript], codes: Iterable[Code] = (), codings: Iterable[Coding] = ()
    ) -> None:
        self._transcripts = {transcript.id: transcript for transcript in transcripts}
        self._speakers = {
            transcript.id: {turn.n: turn.speaker.casefold() for turn in transcript.turns}
            for transcript in self._transcripts.values()
        }
        self._codes = list(codes)
        stretches: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
        for coding in codings:
            stretches[coding.transcript_id, coding.code_id].append(coding.span)
            stretches[coding.transcript_id, ""].append(coding.span)
        self._coded = {key: union(spans) for key, spans in stretches.items()}

    def check(self, query: Query) -> None:
        """`NotFoundError`, with the nearest name, when a condition names what does not exist."""
        for filter_ in query.filters:
            known = self._known(filter_.kind)
            if known is not None and filter_.value.casefold() not in known:
                raise NotFoundError(_unknown(filter_, known))

    def admits(self, filter_: Filter, hit: Hit) -> bool:
        """Whether the place meets the condition. A code stands for the codes below it as well."""
        transcript = self._transcripts.get(hit.document)
        if transcript is None:
            return False
        wanted = filter_.value.casefold()
        if filter_.kind == "case":
            return transcript.case.casefold() == wanted
        if filter_.kind == "informant":
            return transcript.informant is not None and wanted in _role_words(transcript.informant)
        if filter_.kind == "speaker":
            return self._speakers[hit.document].get(hit.turn) == wanted
        if filter_.kind == "uncoded":
            return not self._touches(hit, "")
        return any(self._touches(hit, code_id) for code_id in self._with_children(wanted))

    def _touches(self, hit: Hit, code_id: str) -> bool:
        spans = self._coded.get((hit.document, code_id), [])
        at = bisect_right(spans, Span(hit.end, 0)) - 1
        return at >= 0 and spans[at].overlaps(Span(hit.start, hit.end))

    def _with_children(self, wanted: str) -> set[str]:
        found = {code.id for code in self._codes if wanted in _code_words(code)}
        below = found
        while below:
            below = {code.id for code in self._codes if code.parent_id in below} - found
            found |= below
        return found

    def _known(self, kind: str) -> set[str] | None:
        if kind == "case":
            return {transcript.case.casefold() for transcript in self._transcripts.values()}
        if kind == "informant":
            return {word for role in Role for word in _role_words(role)}
        if kind == "speaker":
            return {speaker for speakers in self._speakers.values() for speaker in speakers.values()}
        if kind == "code":
            return {word for code in self._codes for word in _code_words(code)}
        return None


def _role_words(role: Role) -> set[str]:
    return {role.value, role.label.casefold(), role.name.lower().replace("_", " ")}


def _code_words(code: Code) -> set[str]:
    return {name.casefold() for name in (code.slug, code.name.nl, code.name.en) if name}


def _unknown(filter_: Filter, known: Iterable[str]) -> str:
    near: Sequence[str] = get_close_matches(filter_.value.casefold(), sorted(known), 3, 0.5)
    if near:
        return _("There is no {kind} “{value}” in this project. Did you mean {near}?").format(
            kind=_kind_word(filter_.kind), value=filter_.value, near=", ".join(near)
        )
    return _("There is no {kind} “{value}” in this project.").format(
        kind=_kind_word(filter_.kind), value=filter_.value
    )


def _kind_word(kind: str) -> str:
    words = {"case": _("case"), "informant": _("informant"), "speaker": _("speaker"), "code": _("code")}
    return words[kind]
