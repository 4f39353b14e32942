"""What can be done on the step Themes, its matrices and voices: rows for the table of actions."""

from __future__ import annotations

from qualcode.i18n import N_

THEMES = N_("Themes")
MATRICES = N_("Matrices and voices")

THEME_ROWS = (
    ("themes.open", "enter", N_("to the text"), N_("Go to the fragment in its interview")),
    ("themes.star", "s", N_("choose"), N_("Choose the quote (star), or no longer"), "mark('star')"),
    (
        "themes.negative",
        "n",
        N_("speaks against"),
        N_("Say that it speaks against the theme, or not"),
        "mark('negative')",
    ),
    ("themes.shorten", "e", N_("shorten"), N_("Leave words out of the quote, with […]")),
    ("themes.up", "K,shift+up", N_("up"), N_("Move the fragment, or the theme, up"), "move(-1)"),
    ("themes.down", "J,shift+down", N_("down"), N_("Move the fragment, or the theme, down"), "move(1)"),
    ("themes.move", "m", N_("to theme"), N_("Move the fragment to another theme"), "move_to"),
    ("themes.group", "b", N_("sub-group"), N_("Put the fragment in a sub-group")),
    ("themes.text", "w", N_("text"), N_("Write the text of the theme"), "write('text')"),
    ("themes.refer", "y", N_("refer"), N_("Copy a reference to the quote, for the text of a theme")),
    ("themes.title", "r", N_("title"), N_("Give the theme another title"), "write('title')"),
    ("themes.codes", "c", N_("codes"), N_("Choose the codes of the theme")),
    ("themes.add", "a,insert", N_("new"), N_("Add a theme")),
    ("themes.remove", "x,delete", N_("take out"), N_("Take the theme away; its codings stay")),
    ("themes.whose", "v", N_("whose"), N_("Choose whose codings count")),
    ("themes.matrix", "f6,f", N_("matrix"), N_("Count codings in two directions"), "lay_out('matrix')"),
    (
        "themes.voices",
        "f7,i",
        N_("informants"),
        N_("Lay the informants of one case side by side"),
        "lay_out('voices')",
    ),
)
MATRIX_ROWS = (
    ("matrix.open", "enter", N_("passages"), N_("Show the passages behind the count")),
    ("matrix.kind", "d", N_("other"), N_("Choose what is counted against what")),
    ("matrix.whose", "v", N_("whose"), N_("Choose whose codings count")),
    ("matrix.back", "escape,q", N_("back"), N_("Go back to the themes"), "back"),
    ("voices.open", "enter", N_("to the text"), N_("Go to the first fragment in its interview")),
    ("voices.next", "right_square_bracket", N_("next case"), N_("Show the next case"), "case(1)"),
    ("voices.previous", "left_square_bracket", N_("case before"), N_("Show the case before"), "case(-1)"),
    ("voices.back", "escape,q", N_("back"), N_("Go back to the themes"), "back"),
)
