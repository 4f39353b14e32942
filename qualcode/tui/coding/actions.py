"""What one can do on the coding screen: rows for the registry of actions, by the part that does them."""

from __future__ import annotations

from qualcode.i18n import N_

DIGITS = "1,2,3,4,5,6,7,8,9"

CODING = N_("Coding")
FINDING = N_("Finding")
SHOWING = N_("What is shown")
BOOK = N_("The codebook (in its pane)")

EVERYWHERE_ROWS = (
    ("step.memos", "M", N_("memos"), N_("Read, search and write memos")),
    ("step.journal", "U", N_("logbook"), N_("See who did what, and undo or redo from there")),
    ("step.tour", "ctrl+t", N_("tour"), N_("Walk through the first steps (about two minutes)")),
)

INTERVIEW_ROWS = (("transcripts.speakers", "s", N_("speakers"), N_("Say who the speakers are")),)

CODINGS_ROWS = (
    ("code.slot", DIGITS, N_("code"), N_("Code with the code of that number")),
    ("code.letters", "semicolon", N_("by letters"), N_("Code with the two letters of a code")),
    ("code.pick", "c", N_("find a code"), N_("Code with a code that you look up")),
    ("code.repeat", "full_stop", N_("same code"), N_("Code with the code used last")),
    (
        "code.repeat_next",
        "comma",
        N_("code & next"),
        N_("Code with the code used last and mark the next uncoded sentence"),
    ),
    ("code.remove", "x,delete", N_("remove"), N_("Remove the coding at the cursor")),
    ("code.edges", "e", N_("new edges"), N_("Give the coding the edges of what is marked")),
    ("code.recode", "r", N_("other code"), N_("Give the coding at the cursor another code")),
    ("code.memo", "m", N_("memo"), N_("Write a memo on the coding, else on the transcript")),
    ("code.copy", "y,ctrl+c", N_("copy"), N_("Copy the words that are marked")),
    ("code.done", "d", N_("done"), N_("Say that you have finished this transcript, or not yet")),
)

CHANGES_ROWS = (
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

PLACES_ROWS = (
    ("code.next", "right_square_bracket", N_("next coding"), N_("Go to the next coding"), "next_coding"),
    (
        "code.previous",
        "left_square_bracket",
        N_("coding before"),
        N_("Go to the coding before"),
        "previous_coding",
    ),
    ("code.next_transcript", "right_curly_bracket", N_("next transcript"), N_("Open the next transcript")),
    (
        "code.previous_transcript",
        "left_curly_bracket",
        N_("transcript before"),
        N_("Open the transcript before"),
    ),
    ("code.find", "slash", N_("find"), N_("Find words in this transcript")),
)

LIKENESS_ROWS = (
    ("code.similar", "S", N_("similar"), N_("List passages that use the same words")),
    (
        "code.suggest",
        "T",
        N_("likely codes"),
        N_("Put likely codes first when you look a code up, or no longer"),
    ),
)

MORE_PLACES_ROWS = (
    ("code.clear_hits", "escape", N_("hits away"), N_("Show the hits no longer")),
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

SHOWN_ROWS = (
    ("code.left", "f6,less_than_sign", N_("transcripts"), N_("Show or hide the transcripts"), "fold('left')"),
    ("code.right", "f7,greater_than_sign", N_("codebook"), N_("Show or hide the codebook"), "fold('right')"),
    ("code.focus", "f3", N_("text only"), N_("Text only: hide everything else"), "text_only"),
    ("code.only", "f", N_("this code only"), N_("Show only the codings of this code, or all again")),
    ("code.hide", "F", N_("hide code"), N_("Hide the codings of a code, or show them again")),
    ("code.others", "O", N_("both readers"), N_("Show the codings of others too, where nothing is sealed")),
)

BOOK_ROWS = (
    ("codebook.new", "n", N_("new code"), N_("Make a code beside this one")),
    ("codebook.under", "N", N_("sub-code"), N_("Make a code under this one")),
    ("codebook.edit", "e", N_("edit"), N_("Change name, letters, colour and texts of this code")),
    ("codebook.colour", "o", N_("colour"), N_("Give this code another colour")),
    ("codebook.up", "shift+up,K", N_("up"), N_("Move this code up"), "move(-1)"),
    ("codebook.down", "shift+down,J", N_("down"), N_("Move this code down"), "move(1)"),
    ("codebook.nest", "shift+right,L", N_("nest"), N_("Put this code under the one above it")),
    ("codebook.unnest", "shift+left,H", N_("take out"), N_("Take this code out from under another")),
    ("codebook.put", "p", N_("put under"), N_("Put this code under another one (or drag it)")),
    ("codebook.merge", "ampersand", N_("merge"), N_("Merge this code into another one")),
    ("codebook.split", "vertical_line", N_("split"), N_("Give some of its codings to a new sub-code")),
    ("codebook.retire", "x,delete", N_("retire"), N_("Take this code out of use, or into use again")),
    ("codebook.retired", "X", N_("retired ones"), N_("Show or hide codes that are out of use")),
    ("codebook.memo", "m", N_("memo"), N_("Write a memo on this code")),
    ("codebook.versions", "v", N_("versions"), N_("Read the versions of this code, with dates")),
    ("codebook.counts", "t", N_("counts"), N_("Count the codings of this code, by coder and by case")),
    (
        "codebook.next",
        "right_square_bracket,right_parenthesis",
        N_("next coding"),
        N_("Go to the next coding with this code"),
        "walk(1)",
    ),
    (
        "codebook.previous",
        "left_square_bracket,left_parenthesis",
        N_("coding before"),
        N_("Go to the coding before with this code"),
        "walk(-1)",
    ),
)
