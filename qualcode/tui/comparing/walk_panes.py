"""The two panes of the walk: the agenda, and the card of one difference with both readings in their context."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qualcode.agreement.agenda import Effect
from qualcode.i18n import N_, _, date, ngettext
from qualcode.model import Code, Coder, Coding, Transcript
from qualcode.store.records.decisions import Decision
from qualcode.store.records.reflections import OwnReason
from qualcode.tasks.comparing.agenda import AgendaItem
from qualcode.text.spans import Span
from qualcode.text.words import cut
from qualcode.tui.common.codes import code_ink, code_words
from qualcode.tui.common.lists import QuietList
from qualcode.tui.common.words import put, styled
from qualcode.tui.comparing.differences import SIGNS, signed
from qualcode.tui.comparing.walk import Walk, grouped

CONTEXT = 220  # characters before and after, cut at a word; less on a small card
_NARROW, _LOW, _NARROW_CONTEXT = 70, 24, 70


class DifferenceCard(VerticalScroll):
    """Shows one item of the agenda."""

    DEFAULT_CSS = """
    DifferenceCard {
        padding: 0 1;
        scrollbar-size-vertical: 1;
        & Static { height: auto; }
        & .pair { height: auto; }
        & .side { width: 1fr; padding: 0 1 0 0; }
        & .rule { border-top: solid $line; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="card", can_focus=False)

    def compose(self) -> ComposeResult:
        """What it is, both passages, both lines, the definitions, the decision."""
        yield Static(id="what")
        with Horizontal(classes="pair"):
            yield Static(id="passage-a", classes="side")
            yield Static(id="passage-b", classes="side")
        yield Static(Content.styled(_("What did you see?"), "bold $here"), id="asked", classes="rule")
        with Horizontal(classes="pair"):
            yield Static(id="reason-a", classes="side")
            yield Static(id="reason-b", classes="side")
        yield Static(id="decision")
        yield Static(id="meanings", classes="rule")

    def tell(self, walk: Walk, item: AgendaItem, me: Coder | None, *, figures: bool) -> None:
        """Show an item of a walk to the person at work, with `figures` what settling it would do to alpha."""
        codes = {code.id: code for code in walk.agenda.comparison.codes}
        self._put("what", self._what(walk, item, walk.effects(item) if figures else []))
        reasons = walk.reasons(item)
        for side, coder, codings in zip("ab", walk.pair, (item.a, item.b), strict=True):
            self._put(f"passage-{side}", self._passage(coder, item, codings, codes))
            self._put(f"reason-{side}", _reason(coder, reasons.get(coder.id), mine=coder == me))
        decision = walk.agenda.decision_on(item)
        self._put("decision", _decision(decision, walk.pair) if decision else Content(""))
        meanings = [code_words(code, self) for code in walk.codes_of(item)]
        self._put("meanings", Content("\n\n").join(meanings))
        self.scroll_home(animate=False)

    def _put(self, place: str, words: Content) -> None:
        put(self, f"#{place}", words)

    def _what(self, walk: Walk, item: AgendaItem, effects: Sequence[Effect]) -> Content:
        kind = item.difference.kind
        turn = item.transcript.turn_at(item.span.start)
        names = tuple(coder.name for coder in walk.pair)
        where = _("{name}, turn {n}").format(name=item.transcript.name, n=turn.n if turn else "–")
        parts = [
            Content.styled(f"{SIGNS[kind]} {kind.named(names)}", "bold $here"),
            Content.styled(f"  {where}", "$ink-soft"),
        ]
        if item.difference.related:
            parts.append(
                Content.styled(f"  {_('one code lies under the other in the codebook')}", "$ink-soft")
            )
        for effect in effects:
            if effect.now.defined:
                mnemonic = next(c.mnemonic or c.slug for c in walk.codes_of(item) if c.id == effect.code)
                told = _("{code}: alpha {a} as {name_a} read it, {b} as {name_b} read it").format(
                    code=mnemonic,
                    a=signed(effect.change("a")),
                    name_a=names[0],
                    b=signed(effect.change("b")),
                    name_b=names[1],
                )
                parts.append(Content.styled(f"\n{told}", "$ink-soft"))
        return Content.assemble(*parts)

    def _passage(
        self, coder: Coder, item: AgendaItem, codings: Sequence[Coding], codes: dict[str, Code]
    ) -> Content:
        """The passage in its context, with what this coder marked in it."""
        heads = [Content.styled(f"\n{coder.name}", "bold")]
        for code_id in dict.fromkeys(coding.code_id for coding in codings):
            code = codes[code_id]
            heads += [
                Content.styled(f"  {code.mnemonic} ", code_ink(code, self)),
                Content.styled(str(code.name) or code.slug, "bold"),
            ]
        if not codings:
            heads.append(Content.styled(f"  {_('nothing here')}", "$ink-soft"))
        small = self.size.width < _NARROW or self.size.height < _LOW
        context = _NARROW_CONTEXT if small else CONTEXT
        window = around(item.transcript, item.span, context)
        pieces = [Content("\n"), *(_marked(item.transcript.text, window, [c.span for c in codings]))]
        return Content.assemble(*heads, *pieces)


def around(transcript: Transcript, span: Span, context: int = CONTEXT) -> Span:
    """The stretch to show: the passage with some context, cut where a word ends."""
    text = transcript.text
    start, end = max(span.start - context, 0), min(span.end + context, len(text))
    if start:
        start = next((n + 1 for n in range(start, span.start) if text[n].isspace()), span.start)
    if end < len(text):
        end = next((n for n in range(end, span.end, -1) if text[n].isspace()), span.end)
    return Span(start, end)


def _marked(text: str, window: Span, marks: Sequence[Span]) -> list[Content]:
    """The words of the window; what is marked stands out."""
    cuts = sorted(
        {window.start, window.end, *(min(max(p, window.start), window.end) for m in marks for p in m)}
    )
    pieces = []
    for start, end in pairwise(cuts):
        inside = any(mark.start <= start < mark.end for mark in marks)
        pieces.append(Content.styled(text[start:end], "underline on $mark" if inside else "$ink-soft"))
    before = "" if window.start == 0 else "… "
    after = "" if window.end == len(text) else " …"
    return [Content.styled(before, "$ink-soft"), *pieces, Content.styled(after, "$ink-soft")]


def _reason(coder: Coder, reason: OwnReason | None, *, mine: bool) -> Content:
    if reason is None:
        words = _("w: say it in a line, or leave it") if mine else _("has not written anything yet")
        return styled((f"{coder.name}: ", "$ink-soft"), (words, "$ink-soft"))
    if reason.text is None:
        words = _("has written a line; you will see it when you have written yours (w)")
        return styled((f"{coder.name}: ", "$ink-soft"), (words, "$here"))
    return styled((f"{coder.name}: ", "$ink-soft"), f"“{reason.text}”")


def _decision(decision: Decision, pair: tuple[Coder, Coder]) -> Content:
    names = {coder.id: coder.name for coder in pair}
    label = outcome_label(decision, names)
    parts = [Content.styled(f"╗ {_('Decided')}: {label}", "bold $success")]
    told = [part for part in (decision.reason.label, decision.text) if part]
    if told:
        parts.append(Content(f"  {' · '.join(told)}"))
    who = names.get(decision.coder_id, "")
    parts.append(Content.styled(f"  {who} {date(decision.at)}", "$ink-soft"))
    return Content.assemble(*parts)


def outcome_label(decision: Decision, names: dict[str, str]) -> str:
    """The outcome with the name of the coder whose reading stands."""
    whose = {"a": decision.coder_a, "b": decision.coder_b}.get(str(decision.outcome))
    if whose is None:
        return decision.outcome.label
    return _("as {name} read it").format(name=names.get(whose, whose))


_ORDER_WORDS = {
    "codes": N_("by the codes that meet most"),
    "effect": N_("by effect on alpha"),
    "size": N_("by the text read differently"),
    "place": N_("in the order of the texts"),
}
_WORDS_SHOWN = 40


class AgendaList(QuietList):
    """The differences of a walk, under the codes that meet where it is in that order."""

    def __init__(self) -> None:
        super().__init__(id="agenda")
        self._rows: list[AgendaItem | None] = []  # None: a heading

    def fill(self, walk: Walk) -> None:
        """Show the rows of a walk, the cursor on the one at hand; nobody is told."""
        self._rows = []
        options: list[Option] = []
        blocks = grouped(walk.rows) if walk.order == "codes" else [((), walk.rows)]
        for codes, items in blocks:
            if codes and items:
                options.append(Option(self._heading(walk, items), disabled=True))
                self._rows.append(None)
            options += [Option(_line(walk, item)) for item in items]
            self._rows += items
        keys = [item.key if item else "" for item in self._rows]
        self.set_options(options)
        if walk.at is not None and walk.at.key in keys:
            with self.prevent(OptionList.OptionHighlighted):
                self.highlighted = keys.index(walk.at.key)
            self.scroll_to_highlight()

    def item(self, row: int) -> AgendaItem | None:
        """The difference in a row; `None` for a heading."""
        return self._rows[row] if row < len(self._rows) else None

    def _heading(self, walk: Walk, items: list[AgendaItem]) -> Content:
        """The codes that meet, and how often: “Nt ↔ Rc 14×”."""
        parts: list[Content] = []
        for code in walk.codes_of(items[0]):
            parts += [
                Content.styled(" ↔ " if parts else "", "$ink-soft"),
                Content.styled(f"{code.mnemonic} ", code_ink(code, self)),
                Content.styled(str(code.name) or code.slug, "bold"),
            ]
        return styled(*parts, (f"  {len(items)}×", "bold $here"))


def _line(walk: Walk, item: AgendaItem) -> Content:
    words = " ".join(item.span.of(item.transcript.text).split())
    decision = walk.agenda.decision_on(item)
    sign = "╗" if decision and decision.settled else "…" if decision else SIGNS[item.difference.kind]
    return styled(
        (f" {sign} ", "bold $here"), (f"{item.transcript.name} ", "$ink-soft"), cut(words, _WORDS_SHOWN)
    )


def progress_words(walk: Walk, *, whole_group: bool, figures: bool) -> Content:
    """How far the pair is, and what the next outcome settles; with `figures` in which order, and what they agree on."""
    open_ = len(walk.agenda.open_items())
    done = len(walk.agenda.items) - open_
    to_go = ngettext("{n} difference to go", "{n} differences to go", open_).format(n=open_)
    parts = [
        Content.styled(to_go, "bold"),
        Content.styled(f"  {_('{n} settled').format(n=done)}", "$ink-soft"),
    ]
    if figures:
        parts.append(Content.styled(f" · {_(_ORDER_WORDS[walk.order])}", "$ink-soft"))
    if figures and (waiting := walk.agreed_waiting()):
        words = ngettext("+ keeps {n} agreed passage", "+ keeps {n} agreed passages", waiting)
        parts.append(Content.styled(f" · {words.format(n=waiting)}", "$ink-soft"))
    if whole_group and walk.at is not None:
        words = _("The next outcome settles all {n} of this group.")
        told = words.format(n=len(walk.group_of(walk.at)))
        parts.append(Content.styled(f"  {told}", "bold $here"))
    return Content.assemble(*parts)


def balance_words(walk: Walk, *, figures: bool) -> Content:
    """With `figures` whose reading prevailed so far; the question to ask where it is nearly always the same one's."""
    balance = walk.balance()
    a, b = walk.pair
    counted = " · ".join(
        f"{words} {n}"
        for words, n in (
            (_("as {name} read it").format(name=a.name), balance.a),
            (_("as {name} read it").format(name=b.name), balance.b),
            (_("both"), balance.both),
            (_("neither"), balance.neither),
            (_("new"), balance.new),
            (_("differ"), balance.differ),
            (_("later"), balance.later),
        )
        if n
    )
    question = balance.question(a, b)
    lines = [Content.styled(counted, "$ink-soft")] if counted and figures else []
    if question:
        lines.append(Content.styled(question, "$here"))
    return Content("\n").join(lines)
