"""What a pair does together: comparing, walking through the differences, rounds; rows for the registry of actions."""

from __future__ import annotations

from qualcode.i18n import N_

COMPARING = N_("Comparing")
AGREEMENT = N_("Agreement, closely")
WALKING = N_("The walk through the differences")

EVERYWHERE_ROWS = (
    ("step.pair", "at,f5", N_("together"), N_("Rounds, sharing, PINs and settings: what you do as a pair")),
)

COMPARE_ROWS = (
    ("compare.next", "f8,n", N_("next difference"), N_("Go to the next difference"), "step(1)"),
    ("compare.previous", "shift+f8,p,N", N_("before"), N_("Go to the difference before"), "step(-1)"),
    ("compare.walk", "w", N_("walk"), N_("Walk through the differences and settle them together")),
    ("compare.filter", "c,slash", N_("one code"), N_("Look at one code only, or at all again")),
    (
        "compare.next_transcript",
        "right_curly_bracket",
        N_("next transcript"),
        N_("Show the next transcript that both have done"),
        "turn_over(1)",
    ),
    (
        "compare.previous_transcript",
        "left_curly_bracket",
        N_("transcript before"),
        N_("Show the transcript before"),
        "turn_over(-1)",
    ),
    ("compare.choose", "t", N_("transcripts"), N_("Choose a transcript")),
    ("compare.whose", "v", N_("whose"), N_("Choose which two to compare")),
    ("compare.more", "m,f7", N_("all figures"), N_("Show all figures of agreement, sliced as you like")),
    ("compare.interviewer", "i", N_("interviewer"), N_("Count the interviewer's words, or leave them out")),
    ("compare.numbers", "f6,less_than_sign", N_("numbers"), N_("Show or hide the table of agreement")),
    ("compare.up", "up,k", N_("up"), N_("Scroll both texts one line up"), "scroll(-1)"),
    ("compare.down", "down,j", N_("down"), N_("Scroll both texts one line down"), "scroll(1)"),
    ("compare.page_up", "pageup,b", N_("page up"), N_("Scroll both texts one page up"), "scroll(0, -1)"),
    (
        "compare.page_down",
        "pagedown,space",
        N_("page down"),
        N_("Scroll both texts one page down"),
        "scroll(0, 1)",
    ),
    ("compare.top", "home,g", N_("start"), N_("Scroll both texts to the start"), "scroll(0, -10000)"),
    ("compare.bottom", "end,G", N_("end"), N_("Scroll both texts to the end"), "scroll(0, 10000)"),
)

AGREEMENT_ROWS = (
    ("agreement.kind", "d", N_("other"), N_("Choose what to look at: codes, groups, interviews, rounds …")),
    ("agreement.more", "m", N_("more figures"), N_("Show more figures, or fewer")),
    ("agreement.interviewer", "i", N_("interviewer"), N_("Count the interviewer's words, or leave them out")),
    ("agreement.back", "escape,q", N_("back"), N_("Go back to the texts"), "back"),
)

WALK_ROWS = (
    ("walk.a", "a", N_("as left"), N_("Settle it as the left one of the two read it"), "settle('a')"),
    ("walk.b", "b", N_("as right"), N_("Settle it as the right one of the two read it"), "settle('b')"),
    ("walk.both", "o", N_("both"), N_("Settle it: both readings stand"), "settle('both')"),
    ("walk.neither", "n", N_("neither"), N_("Settle it: neither stands"), "settle('neither')"),
    ("walk.edges", "e", N_("new edges"), N_("Settle it with other edges")),
    ("walk.new_code", "c", N_("new code"), N_("Settle it with another code")),
    ("walk.differ", "d", N_("differ"), N_("Agree to differ: two readings stay"), "settle('differ')"),
    ("walk.later", "l", N_("later"), N_("Put it off until later"), "settle('later')"),
    ("walk.group", "asterisk", N_("whole group"), N_("Let the next outcome settle its whole group")),
    ("walk.reason", "w", N_("my reason"), N_("Write in a line why I read it so")),
    ("walk.other_reason", "W", N_("other's reason"), N_("Let the other one write theirs here")),
    ("walk.reopen", "R", N_("reopen"), N_("Take a decision up again")),
    ("walk.agreed", "equals_sign", N_("agreed ones"), N_("Put what you both agree on in the shared layer")),
    ("walk.codebook", "f", N_("sharpen code"), N_("Change what the codebook says of this code")),
    ("walk.older", "F", N_("older codings"), N_("List codings made under the older words of these codes")),
    ("walk.down", "J", N_("card down"), N_("Scroll the card down"), "scroll_card(1)"),
    ("walk.up", "K", N_("card up"), N_("Scroll the card up"), "scroll_card(-1)"),
    ("walk.order", "s", N_("order"), N_("Sort by codes that meet, effect, size or place")),
    ("walk.settled", "v", N_("settled ones"), N_("Show what was settled too, or only what is open")),
    ("walk.open", "t", N_("to the text"), N_("Go to the passage in its interview")),
    ("walk.back", "escape,q", N_("back"), N_("Go back to the texts; the walk can go on later"), "back"),
)
