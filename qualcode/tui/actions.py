"""The one registry of what a person can do in the terminal program.

Bindings, the palette, the help, the footer hints and the page of keys in the docs
are all made from it. An action is named by its id ("code.pick"); where it applies is
the part before the dot: `app` everywhere, `step` on every step, else one screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType
from textual.keys import format_key

from qualcode.i18n import N_, _, speaking
from qualcode.tui.widgets.reader.bindings import READER_BINDINGS


@dataclass(frozen=True, slots=True)
class Action:
    """One act: its id, its keys, the method `action_<call>` that does it, and words for it.

    `hint` is one or two words for the footer; `does` a short sentence for help and palette.
    A `counted` action has fixed keys, each handed over as its argument.
    """

    id: str
    keys: str
    call: str
    hint: str
    does: str
    group: str
    counted: bool = False

    @property
    def where(self) -> str:
        """Where it applies: "app", "step" or the name of a screen or widget."""
        return self.id.partition(".")[0]


EVERYWHERE = N_("Everywhere")
STARTING = N_("At the start")
READING = N_("Reading and marking")
CODING = N_("Coding")
FINDING = N_("Finding")
SHOWING = N_("What is shown")
COMPARING = N_("Comparing")
TRANSCRIPTS = N_("Transcripts")
EXPORTING = N_("Export")

# the acts of the reader that have a place in the footer, and the one or two words they have there
_READER_HINTS = {
    "reader.sentence": N_("mark sentence"),
    "reader.turn": N_("mark turn"),
    "reader.mark_mode": N_("mark by moving"),
    "reader.widen": N_("more"),
    "reader.narrow": N_("less"),
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


_OURS: tuple[Action, ...] = (
    Action(
        "app.help",
        "f1,question_mark",
        "keys_help",
        N_("help"),
        N_("Show the keys that work here"),
        EVERYWHERE,
    ),
    Action(
        "app.palette",
        "ctrl+p,f2,colon",
        "command_palette",
        N_("all acts"),
        N_("Search everything you can do"),
        EVERYWHERE,
    ),
    Action(
        "app.jump", "ctrl+o", "jump", N_("jump"), N_("Jump to a pane or a step by one letter"), EVERYWHERE
    ),
    Action(
        "app.language",
        "f4",
        "switch_language",
        N_("Nederlands"),
        N_("Switch between Dutch and English"),
        EVERYWHERE,
    ),
    Action(
        "app.theme", "f10", "switch_theme", N_("colours"), N_("Switch dark, light, high contrast"), EVERYWHERE
    ),
    Action(
        "app.start", "ctrl+g", "go_to_start", N_("start"), N_("Go to the start: other projects"), EVERYWHERE
    ),
    Action("app.quit", "ctrl+q", "quit", N_("quit"), N_("Quit (everything is saved already)"), EVERYWHERE),
    Action("start.new", "n", "new", N_("new"), N_("Begin a new project"), STARTING),
    Action("start.open", "o", "open", N_("open"), N_("Open a project file"), STARTING),
    Action("start.demo", "d", "demo", N_("demo"), N_("Look at the demo"), STARTING),
    Action(
        "start.recent",
        "1,2,3,4,5,6,7,8,9",
        "recent",
        N_("open"),
        N_("Open the project of that number"),
        STARTING,
        True,
    ),
    Action(
        "transcripts.add", "a,insert", "add", N_("take in"), N_("Take interviews in from files"), TRANSCRIPTS
    ),
    Action(
        "transcripts.describe",
        "e",
        "describe",
        N_("describe"),
        N_("Change name, case or informant"),
        TRANSCRIPTS,
    ),
    Action("transcripts.memo", "m", "memo", N_("memo"), N_("Write a memo on the transcript"), TRANSCRIPTS),
    Action(
        "transcripts.done",
        "d",
        "done",
        N_("done"),
        N_("Say that you have finished it, or not yet"),
        TRANSCRIPTS,
    ),
    Action(
        "transcripts.remove",
        "x,delete",
        "remove",
        N_("take out"),
        N_("Take out a transcript without codings"),
        TRANSCRIPTS,
    ),
    Action("compare.next", "f8,n", "next", N_("next difference"), N_("Go to the next difference"), COMPARING),
    Action(
        "compare.previous",
        "shift+f8,p,N",
        "previous",
        N_("before"),
        N_("Go to the difference before"),
        COMPARING,
    ),
    Action(
        "compare.filter",
        "c,slash",
        "filter",
        N_("one code"),
        N_("Look at one code only, or at all again"),
        COMPARING,
    ),
    Action(
        "compare.next_transcript",
        "right_curly_bracket,right_square_bracket",
        "next_transcript",
        N_("next transcript"),
        N_("Show the next transcript that both have done"),
        COMPARING,
    ),
    Action(
        "compare.previous_transcript",
        "left_curly_bracket,left_square_bracket",
        "previous_transcript",
        N_("transcript before"),
        N_("Show the transcript before"),
        COMPARING,
    ),
    Action("compare.choose", "t", "choose", N_("transcripts"), N_("Choose a transcript"), COMPARING),
    Action(
        "compare.numbers",
        "f6,less_than_sign",
        "numbers",
        N_("numbers"),
        N_("Show or hide the table of agreement"),
        COMPARING,
    ),
    Action("compare.up", "up,k", "scroll(-1)", N_("up"), N_("Scroll both texts one line up"), COMPARING),
    Action(
        "compare.down", "down,j", "scroll(1)", N_("down"), N_("Scroll both texts one line down"), COMPARING
    ),
    Action(
        "compare.page_up",
        "pageup,b",
        "page(-1)",
        N_("page up"),
        N_("Scroll both texts one page up"),
        COMPARING,
    ),
    Action(
        "compare.page_down",
        "pagedown,space",
        "page(1)",
        N_("page down"),
        N_("Scroll both texts one page down"),
        COMPARING,
    ),
    Action(
        "compare.top", "home,g", "page(-10000)", N_("start"), N_("Scroll both texts to the start"), COMPARING
    ),
    Action(
        "compare.bottom", "end,G", "page(10000)", N_("end"), N_("Scroll both texts to the end"), COMPARING
    ),
    Action("export.save", "s,ctrl+s", "save", N_("save"), N_("Save the document as chosen"), EXPORTING),
    Action(
        "export.copy",
        "y",
        "copy_path",
        N_("copy the path"),
        N_("Copy where the document was saved"),
        EXPORTING,
    ),
    Action("step.undo", "u,ctrl+z", "undo", N_("undo"), N_("Undo your last act"), EVERYWHERE),
    Action("step.redo", "ctrl+r,ctrl+y", "redo", N_("redo"), N_("Do again what you undid"), EVERYWHERE),
    Action("step.coder", "f9", "switch_coder", N_("coder"), N_("Say who is coding"), EVERYWHERE),
    Action("step.next", "ctrl+pagedown", "next_step", N_("next step"), N_("Go to the next step"), EVERYWHERE),
    Action(
        "step.previous",
        "ctrl+pageup",
        "previous_step",
        N_("step back"),
        N_("Go to the step before"),
        EVERYWHERE,
    ),
    Action(
        "code.slot",
        "1,2,3,4,5,6,7,8,9",
        "slot",
        N_("code"),
        N_("Code with the code of that number"),
        CODING,
        True,
    ),
    Action(
        "code.letters",
        "semicolon",
        "letters",
        N_("by letters"),
        N_("Code with the two letters of a code"),
        CODING,
    ),
    Action("code.pick", "c", "pick", N_("find a code"), N_("Code with a code that you look up"), CODING),
    Action("code.repeat", "full_stop", "repeat", N_("same code"), N_("Code with the code used last"), CODING),
    Action(
        "code.repeat_next",
        "comma",
        "repeat_next",
        N_("code & next"),
        N_("Code with the code used last and mark the next uncoded sentence"),
        CODING,
    ),
    Action("code.remove", "x,delete", "remove", N_("remove"), N_("Remove the coding at the cursor"), CODING),
    Action(
        "code.edges", "e", "edges", N_("new edges"), N_("Give the coding the edges of what is marked"), CODING
    ),
    Action(
        "code.recode",
        "r",
        "recode",
        N_("other code"),
        N_("Give the coding at the cursor another code"),
        CODING,
    ),
    Action(
        "code.memo", "m", "memo", N_("memo"), N_("Write a memo on the coding, else on the transcript"), CODING
    ),
    Action(
        "code.done",
        "d",
        "done",
        N_("done"),
        N_("Say that you have finished this transcript, or not yet"),
        CODING,
    ),
    Action(
        "code.next",
        "right_square_bracket",
        "next_coding",
        N_("next coding"),
        N_("Go to the next coding"),
        FINDING,
    ),
    Action(
        "code.previous",
        "left_square_bracket",
        "previous_coding",
        N_("coding before"),
        N_("Go to the coding before"),
        FINDING,
    ),
    Action(
        "code.next_transcript",
        "right_curly_bracket",
        "next_transcript",
        N_("next transcript"),
        N_("Open the next transcript"),
        FINDING,
    ),
    Action(
        "code.previous_transcript",
        "left_curly_bracket",
        "previous_transcript",
        N_("transcript before"),
        N_("Open the transcript before"),
        FINDING,
    ),
    Action("code.find", "slash,ctrl+f", "find", N_("find"), N_("Find words in this transcript"), FINDING),
    Action(
        "code.clear_hits", "escape", "clear_hits", N_("hits away"), N_("Show the hits no longer"), FINDING
    ),
    Action(
        "code.left",
        "f6,less_than_sign",
        "fold_left",
        N_("transcripts"),
        N_("Show or hide the transcripts"),
        SHOWING,
    ),
    Action(
        "code.right",
        "f7,greater_than_sign",
        "fold_right",
        N_("codebook"),
        N_("Show or hide the codebook"),
        SHOWING,
    ),
    Action("code.focus", "f3", "focus_mode", N_("text only"), N_("Text only: hide everything else"), SHOWING),
)

ACTIONS: tuple[Action, ...] = (*_of_the_reader(), *_OURS)


def actions_of(where: str) -> list[Action]:
    """The actions that apply at one place, in the order of the registry."""
    return [action for action in ACTIONS if action.where == where]


def action(action_id: str) -> Action:
    """One action by its id; `KeyError` if there is none."""
    return _BY_ID[action_id]


_BY_ID = {act.id: act for act in ACTIONS}


def bindings(*places: str) -> list[BindingType]:
    """The Textual bindings of some places, for the `BINDINGS` of a screen or widget."""
    made: list[BindingType] = []
    for place in places:
        for act in actions_of(place):
            if act.counted:
                made += [Binding(key, f"{act.call}({key})", show=False) for key in act.keys.split(",")]
            else:
                made.append(Binding(act.keys, act.call, act.does, show=False, id=act.id))
    return made


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
    for act in actions:
        groups.setdefault(act.group, []).append(act)
    return groups


def keys_page(language: str) -> str:
    """The page of keys for the docs, in Markdown, in that language."""
    with speaking(language):
        lines = [f"# {_('Keys')}", "", _("Change a key in keys.toml by its id.")]
        for heading, acts in grouped(ACTIONS).items():
            lines += [
                "",
                f"## {_(heading)}",
                "",
                f"| {_('key')} | {_('what it does')} | id |",
                "|---|---|---|",
            ]
            lines += [f"| {_keys_in_table(act)} | {_(act.does)} | `{act.id}` |" for act in acts]
        return "\n".join(lines) + "\n"


def _keys_in_table(act: Action) -> str:
    if act.counted:
        first, *_rest, last = act.keys.split(",")
        return f"`{first}`–`{last}`"
    return ", ".join(f"`{one_key(key)}`" for key in act.keys.split(",")).replace("|", "\\|")
