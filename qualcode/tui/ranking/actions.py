"""What can be done on the step Rank: rows for the table of actions."""

from __future__ import annotations

from qualcode.i18n import N_

RANKING = N_("Ranking")

RANK_ROWS = (
    ("rank.new", "a,insert", N_("new"), N_("Begin a ranking")),
    ("rank.choose", "r", N_("ranking"), N_("Choose a ranking")),
    ("rank.up", "K,shift+up", N_("up"), N_("Move the interview up"), "move(-1)"),
    ("rank.down", "J,shift+down", N_("down"), N_("Move the interview down"), "move(1)"),
    ("rank.tie", "equals_sign,t", N_("tie"), N_("Tie it with the one above, or no longer")),
    (
        "rank.ask",
        "w",
        N_("which went better?"),
        N_("Answer which of two went better, until there is an order"),
    ),
    ("rank.restart", "W", N_("anew"), N_("Begin the questions anew")),
    ("rank.settle", "s", N_("settle"), N_("Settle the shared order, with the reason")),
    ("rank.contrast", "c", N_("contrast"), N_("Show what goes with the best and the poorest")),
    ("rank.open", "enter", N_("to the text"), N_("Go to the interview")),
    ("rank.remove", "x,delete", N_("take out"), N_("Take the ranking away")),
)
