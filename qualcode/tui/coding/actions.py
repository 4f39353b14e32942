"""What one can do with codings, codes and notes on the coding screen: rows for the registry of actions."""

from __future__ import annotations

from qualcode.i18n import N_

BOOK = N_("The codebook (in its pane)")

EVERYWHERE_ROWS = (
    ("step.memos", "M", N_("memos"), N_("Read, search and write memos")),
    ("step.journal", "U", N_("logbook"), N_("See who did what, and undo or redo from there")),
    ("step.tour", "ctrl+t", N_("tour"), N_("Walk through the first steps (about two minutes)")),
)

INTERVIEW_ROWS = (("transcripts.speakers", "s", N_("speakers"), N_("Say who the speakers are")),)

CODING_ROWS = (
    (
        "code.take_up",
        "enter",
        N_("hold / let go"),
        N_("Hold the coding at the cursor: the edge keys then move its edges"),
    ),
    (
        "code.copy_to",
        "R",
        N_("one more code"),
        N_("Give the words of the coding at the cursor another code as well"),
    ),
    ("code.split", "vertical_line", N_("cut in two"), N_("Cut the coding in two at the cursor")),
    ("code.in_vivo", "C", N_("new code"), N_("Make a code of the marked words, and code them with it")),
    ("code.example", "E", N_("example"), N_("Make the coding at the cursor the example of its code")),
    ("code.correct", "ctrl+e", N_("correct"), N_("Correct the words of this turn; codings move along")),
)

FINDING_ROWS = (
    (
        "code.next_same",
        "right_parenthesis",
        N_("next of this code"),
        N_("Go to the next coding with the same code, in any interview"),
    ),
    (
        "code.previous_same",
        "left_parenthesis",
        N_("before, of this code"),
        N_("Go to the coding before with the same code, in any interview"),
    ),
    ("code.bookmark", "asterisk", N_("bookmark"), N_("Put a bookmark here, or take it away")),
    ("code.bookmarks", "apostrophe", N_("bookmarks"), N_("Go to a bookmark")),
)

SHOWING_ROWS = (
    ("code.only", "f", N_("this code only"), N_("Show only the codings of this code, or all again")),
    ("code.hide", "F", N_("hide code"), N_("Hide the codings of a code, or show them again")),
    ("code.others", "O", N_("both readers"), N_("Show the codings of others too, where nothing is sealed")),
)

BOOK_ROWS = (
    ("codebook.new", "n", N_("new code"), N_("Make a code beside this one"), "book_new"),
    ("codebook.under", "N", N_("sub-code"), N_("Make a code under this one"), "book_under"),
    ("codebook.edit", "e", N_("edit"), N_("Change name, letters, colour and texts of this code"), "book_edit"),
    ("codebook.colour", "o", N_("colour"), N_("Give this code another colour"), "book_colour"),
    ("codebook.up", "shift+up,K", N_("up"), N_("Move this code up"), "book_move(-1)"),
    ("codebook.down", "shift+down,J", N_("down"), N_("Move this code down"), "book_move(1)"),
    ("codebook.nest", "shift+right,L", N_("nest"), N_("Put this code under the one above it"), "book_nest"),
    ("codebook.unnest", "shift+left,H", N_("take out"), N_("Take this code out from under another"), "book_unnest"),
    ("codebook.put", "p", N_("put under"), N_("Put this code under another one (or drag it)"), "book_put"),
    ("codebook.merge", "ampersand", N_("merge"), N_("Merge this code into another one"), "book_merge"),
    ("codebook.split", "vertical_line", N_("split"), N_("Give some of its codings to a new sub-code"), "book_split"),
    ("codebook.retire", "x,delete", N_("retire"), N_("Take this code out of use, or into use again"), "book_retire"),
    ("codebook.retired", "X", N_("retired ones"), N_("Show or hide codes that are out of use"), "book_retired"),
    ("codebook.memo", "m", N_("memo"), N_("Write a memo on this code"), "book_memo"),
    ("codebook.versions", "v", N_("versions"), N_("Read the versions of this code, with dates"), "book_versions"),
    ("codebook.counts", "t", N_("counts"), N_("Count the codings of this code, by coder and by case"), "book_counts"),
    (
        "codebook.next",
        "right_square_bracket,right_parenthesis",
        N_("next coding"),
        N_("Go to the next coding with this code"),
        "book_walk(1)",
    ),
    (
        "codebook.previous",
        "left_square_bracket,left_parenthesis",
        N_("coding before"),
        N_("Go to the coding before with this code"),
        "book_walk(-1)",
    ),
)  # fmt: skip
