"""The keys of the reader. Left to the screen: f q z, the capitals not named here, signs, digits, F-keys."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from qualcode.i18n import N_

_KEYS: tuple[tuple[str, str, str, str], ...] = (
    ("left", "left,h", "move('left')", N_("Go one character back")),
    ("right", "right,l", "move('right')", N_("Go one character on")),
    ("up", "up,k", "move('up')", N_("Go one line up")),
    ("down", "down,j", "move('down')", N_("Go one line down")),
    ("word_left", "b,ctrl+left", "move('word_left')", N_("Go one word back")),
    ("word_right", "w,ctrl+right", "move('word_right')", N_("Go one word on")),
    ("line_start", "home,0", "move('line_start')", N_("Go to the start of the line")),
    ("line_end", "end,dollar_sign", "move('line_end')", N_("Go to the end of the line")),
    ("page_up", "pageup", "move('page_up')", N_("Go one page up")),
    ("page_down", "pagedown", "move('page_down')", N_("Go one page down")),
    ("top", "g,ctrl+home", "move('top')", N_("Go to the start of the transcript")),
    ("bottom", "G,ctrl+end", "move('bottom')", N_("Go to the end of the transcript")),
    ("turn_up", "ctrl+up", "move('turn_up')", N_("Go to the turn before")),
    ("turn_down", "ctrl+down", "move('turn_down')", N_("Go to the next turn")),
    ("sentence", "s", "select_unit('sentence')", N_("Mark the sentence; again: the next one too")),
    ("turn", "t", "select_unit('turn')", N_("Mark the turn; again: the next one too")),
    ("widen", "plus,equals_sign", "mark('more')", N_("Mark more: word, clause, sentence, turn")),
    ("narrow", "minus", "mark('less')", N_("Mark less: turn, sentence, clause, word")),
    ("mark_mode", "v", "mark('by moving')", N_("Begin or end marking with the movement keys")),
    ("swap", "o", "mark('from the other end')", N_("Go to the other end of what is marked")),
    ("clear", "escape", "clear", N_("Mark nothing")),
    ("extend_left", "shift+left,H", "extend('left')", N_("Move the edge at the cursor one character back")),
    ("extend_right", "shift+right,L", "extend('right')", N_("Move the edge at the cursor one character on")),
    ("extend_up", "shift+up,K", "extend('up')", N_("Move the edge at the cursor one line up")),
    ("extend_down", "shift+down,J", "extend('down')", N_("Move the edge at the cursor one line down")),
    (
        "extend_word_left",
        "ctrl+shift+left,B",
        "extend('word_left')",
        N_("Move the edge at the cursor one word back"),
    ),
    (
        "extend_word_right",
        "ctrl+shift+right,W",
        "extend('word_right')",
        N_("Move the edge at the cursor one word on"),
    ),
    ("extend_line_start", "shift+home", "extend('line_start')", N_("Mark to the start of the line")),
    ("extend_line_end", "shift+end", "extend('line_end')", N_("Mark to the end of the line")),
    ("extend_page_up", "shift+pageup", "extend('page_up')", N_("Mark one page up")),
    ("extend_page_down", "shift+pagedown", "extend('page_down')", N_("Mark one page down")),
    ("start_word_left", "i", "edge('start', 'word_left')", N_("Take in one word more at the start")),
    ("start_word_right", "I", "edge('start', 'word_right')", N_("Leave out one word at the start")),
    ("end_word_right", "a", "edge('end', 'word_right')", N_("Take in one word more at the end")),
    ("end_word_left", "A", "edge('end', 'word_left')", N_("Leave out one word at the end")),
    ("start_left", "alt+left", "edge('start', 'left')", N_("Take in one character more at the start")),
    ("start_right", "alt+right", "edge('start', 'right')", N_("Leave out one character at the start")),
    ("end_left", "alt+shift+left", "edge('end', 'left')", N_("Leave out one character at the end")),
    ("end_right", "alt+shift+right", "edge('end', 'right')", N_("Take in one character more at the end")),
    ("next", "n", "jump('next')", N_("Go to the next coding, or the next hit of a search")),
    ("previous", "p", "jump('previous')", N_("Go to the coding before, or the hit before")),
    ("next_uncoded", "N", "jump('next_uncoded')", N_("Mark the next sentence without a code")),
    ("previous_uncoded", "P", "jump('previous_uncoded')", N_("Mark the sentence without a code before this")),
)

READER_BINDINGS: list[BindingType] = [
    Binding(keys, action, description, show=False, id=f"reader.{name}")
    for name, keys, action, description in _KEYS
]
