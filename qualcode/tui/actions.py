"""The one registry of what a person can do in the terminal program.

Bindings, the palette, the help, the footer hints and the page of keys in the docs
are all made from it. An action is named by its id ("code.pick"); where it applies is
the part before the dot: `app` everywhere, `step` on every step, else one screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from textual.binding import Binding, BindingType
from textual.keys import format_key

from qualcode.i18n import N_, _, speaking
from qualcode.tui.checklist import actions as checklist
from qualcode.tui.coding import actions as coding
from qualcode.tui.coding.actions import DIGITS
from qualcode.tui.comparing import actions as comparing
from qualcode.tui.project import actions as start
from qualcode.tui.ranking import actions as ranking
from qualcode.tui.reader.bindings import READER_BINDINGS
from qualcode.tui.searching import actions as searching
from qualcode.tui.themes import actions as themes
from qualcode.tui.transcripts import actions as transcripts


@dataclass(frozen=True, slots=True)
class Action:
    """One action: its id, its keys, the call that does it, and words for it.

    `call` is "edge('end', 'left')" for the method `action_edge` of the screen or widget where it applies, or
    "changes.split" for the method `split` of the part `changes` of a step (see `StepScreen.PARTS`).
    `hint` is one or two words for the footer; `does` a short sentence for help and palette.
    A `counted` action has the nine digits as its fixed keys, each handed over as its argument.
    """

    id: str
    keys: str
    call: str
    hint: str
    does: str
    group: str

    @property
    def part(self) -> str:
        """The part of a step that does it, or "" if the screen or widget itself does."""
        part, dot, _call = self.call.partition("(")[0].partition(".")
        return part if dot else ""

    def run(self, *arguments: str) -> str:
        """What Textual is to run on the screen or widget where it applies."""
        if self.part:
            return f"do({', '.join([repr(self.id), *arguments])})"
        return f"{self.call}({', '.join(arguments)})" if arguments else self.call

    @property
    def counted(self) -> bool:
        """Whether its keys are the digits, told apart by the number."""
        return self.keys == DIGITS

    @property
    def where(self) -> str:
        """Where it applies: "app", "step" or the name of a screen or widget."""
        return self.id.partition(".")[0]


EVERYWHERE = N_("Everywhere")
READING = N_("Reading and marking")
EXPORTING = N_("Export")

# the actions of the reader that have a place in the footer, and the one or two words they have there
_READER_HINTS = {
    "reader.sentence": N_("mark sentence"),
    "reader.turn": N_("mark turn"),
    "reader.mark_mode": N_("mark by moving"),
    "reader.widen": N_("more"),
    "reader.narrow": N_("less"),
    "reader.start_word_left": N_("word more in front"),
    "reader.end_word_right": N_("word more"),
    "reader.end_word_left": N_("word less"),
    "reader.next": N_("next"),
    "reader.previous": N_("before"),
    "reader.next_uncoded": N_("next uncoded"),
    "reader.clear": N_("nothing"),
}


def _of_the_reader() -> tuple[Action, ...]:
    return tuple(
        Action(
            binding.id or "",
            binding.key,
            binding.action,
            _READER_HINTS.get(binding.id or "", binding.description),
            binding.description,
            READING,
        )
        for binding in READER_BINDINGS
        if isinstance(binding, Binding)
    )


Row = tuple[str, str, str, str] | tuple[str, str, str, str, str]


def _group(heading: str, *rows: Row, part: str = "") -> Iterator[Action]:
    """Actions under a heading: id, keys, hint, words and, where it is not the tail of the id, the call.

    With `part` that part of a step does them.
    """
    for action_id, keys, hint, does, *call in rows:
        tail = call[0] if call else action_id.partition(".")[2]
        yield Action(action_id, keys, f"{part}.{tail}" if part else tail, hint, does, heading)


_OURS: tuple[Action, ...] = (
    *_group(
        EVERYWHERE,
        ("app.help", "f1,question_mark", N_("help"), N_("Show the keys that work here"), "keys_help"),
        (
            "app.palette",
            "ctrl+p,f2,colon",
            N_("all acts"),
            N_("Search everything you can do"),
            "command_palette",
        ),
        ("app.jump", "ctrl+o", N_("jump"), N_("Jump to a pane or a step by one letter")),
        ("app.language", "f4", N_("Nederlands"), N_("Switch between Dutch and English"), "switch_language"),
        ("app.theme", "f10", N_("colours"), N_("Switch dark, light, high contrast"), "switch_theme"),
        ("app.search", "ctrl+f", N_("search"), N_("Search all interviews, in all forms of a word")),
        ("app.start", "ctrl+g", N_("start"), N_("Go to the start: other projects"), "go_to_start"),
        ("app.quit", "ctrl+q", N_("quit"), N_("Quit (everything is saved already)")),
    ),
    *_group(
        EVERYWHERE,
        ("step.undo", "u,ctrl+z", N_("undo"), N_("Undo your last act")),
        ("step.redo", "ctrl+r,ctrl+y", N_("redo"), N_("Do again what you undid")),
        ("step.coder", "f9", N_("coder"), N_("Say who is coding")),
        ("step.next", "ctrl+pagedown", N_("next step"), N_("Go to the next step")),
        ("step.previous", "ctrl+pageup", N_("step back"), N_("Go to the step before")),
        *comparing.EVERYWHERE_ROWS,
        *coding.EVERYWHERE_ROWS,
        part="project",
    ),
    *_group(start.STARTING, *start.START_ROWS),
    *_group(
        transcripts.TRANSCRIPTS,
        *transcripts.TABLE_ROWS,
        *coding.INTERVIEW_ROWS,
        *transcripts.TRANSCRIPT_ROWS,
    ),
    *_group(transcripts.NAMES, *transcripts.NAME_ROWS),
    *_group(transcripts.FORMS, *transcripts.PART_ROWS, *transcripts.CASE_ROWS),
    *_group(comparing.COMPARING, *comparing.COMPARE_ROWS),
    *_group(comparing.AGREEMENT, *comparing.AGREEMENT_ROWS),
    *_group(comparing.WALKING, *comparing.WALK_ROWS),
    *_group(themes.THEMES, *themes.THEME_ROWS),
    *_group(themes.MATRICES, *themes.MATRIX_ROWS),
    *_group(ranking.RANKING, *ranking.RANK_ROWS),
    *_group(checklist.RATING, *checklist.CHECKLIST_ROWS),
    *_group(
        EXPORTING,
        ("export.save", "s,ctrl+s", N_("save"), N_("Save the document as chosen")),
        ("export.stop", "escape", N_("stop"), N_("Stop writing the document")),
        ("export.preview", "v", N_("preview"), N_("Look at the document before saving it")),
        ("export.copy", "y", N_("copy the path"), N_("Copy where the document was saved"), "copy_path"),
    ),
    *_group(coding.CODING, *coding.CODINGS_ROWS, part="codings"),
    *_group(coding.CODING, *coding.CHANGES_ROWS, part="changes"),
    *_group(coding.FINDING, *coding.PLACES_ROWS, part="places"),
    *_group(coding.FINDING, *coding.LIKENESS_ROWS, part="likeness"),
    *_group(coding.FINDING, *coding.MORE_PLACES_ROWS, part="places"),
    *_group(searching.SEARCHING, *searching.SEARCH_ROWS),
    *_group(coding.SHOWING, *coding.SHOWN_ROWS, part="shown"),
    *_group(coding.BOOK, *coding.BOOK_ROWS, part="codebook"),
)
ACTIONS: tuple[Action, ...] = (*_of_the_reader(), *_OURS)


def actions_of(where: str) -> list[Action]:
    """The actions that apply at one place, in the order of the registry."""
    return [action for action in ACTIONS if action.where == where]


def action(action_id: str) -> Action:
    """One action by its id; `KeyError` if there is none."""
    return _BY_ID[action_id]


_BY_ID = {each.id: each for each in ACTIONS}


def bindings(*places: str, on: str = "") -> list[BindingType]:
    """The Textual bindings of some places, for the `BINDINGS` of a screen or widget.

    A widget whose actions are done by its screen says so by `on="screen."`.
    """
    made: list[BindingType] = []
    for place in places:
        for each in actions_of(place):
            if each.counted:
                made += [Binding(key, each.run(key), show=False) for key in each.keys.split(",")]
            else:
                made.append(Binding(each.keys, on + each.run(), each.does, show=False, id=each.id))
    return made


def unseen(keys: Mapping[str, str]) -> list[BindingType]:
    """Keys of a list or a window with the actions they do; the window says them in its own line of help."""
    return [Binding(key, action, show=False) for key, action in keys.items()]


def key_words(keys: str) -> str:
    """Keys as people read them: "ctrl+p, f2"."""
    return ", ".join(one_key(key) for key in keys.split(","))


def one_key(key: str) -> str:
    """One key as people read it: `?` for "question_mark"."""
    *modifiers, last = key.strip().split("+")
    return "+".join([*modifiers, _KEY_WORDS.get(last) or format_key(last)])


_KEY_WORDS = {"pagedown": "PgDn", "pageup": "PgUp", "delete": "Del", "escape": "Esc", "enter": "Enter"}


def grouped(actions: Iterable[Action]) -> dict[str, list[Action]]:
    """Actions by the heading they stand under, in the order in which headings first occur."""
    groups: dict[str, list[Action]] = {}
    for each in actions:
        groups.setdefault(each.group, []).append(each)
    return groups


def keys_page(language: str) -> str:
    """The page of keys for the docs, in Markdown, in that language."""
    with speaking(language):
        lines = [f"# {_('Keys')}", "", _("Change a key in keys.toml by its id.")]
        for heading, group in grouped(ACTIONS).items():
            lines += [
                "",
                f"## {_(heading)}",
                "",
                f"| {_('key')} | {_('what it does')} | id |",
                "|---|---|---|",
            ]
            lines += [f"| {_keys_in_table(each)} | {_(each.does)} | `{each.id}` |" for each in group]
        return "\n".join(lines) + "\n"


def _keys_in_table(wanted: Action) -> str:
    if wanted.counted:
        first, *_rest, last = wanted.keys.split(",")
        return f"`{first}`–`{last}`"
    return ", ".join(f"`{one_key(key)}`" for key in wanted.keys.split(",")).replace("|", "\\|")
