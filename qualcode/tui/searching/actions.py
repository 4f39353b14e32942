"""What can be done with what a search found: rows for the table of actions."""

from __future__ import annotations

from qualcode.i18n import N_

SEARCHING = N_("Searching all interviews")

SEARCH_ROWS = (
    ("search.go", "enter", N_("go there"), N_("Go to the place in its interview")),
    ("search.tick", "space", N_("tick"), N_("Tick this hit, or not, and go to the next")),
    ("search.tick_all", "a", N_("tick all"), N_("Tick all hits, or none")),
    ("search.code", "c", N_("code ticked"), N_("Give the sentences of the ticked hits a code")),
    ("search.code_words", "w", N_("code words"), N_("Give just the words of the ticked hits a code")),
    ("search.sort", "s", N_("sort"), N_("Sort by place, by the words left or right, or by form")),
    ("search.forms", "f", N_("forms"), N_("Go to the forms found: take some out")),
    ("search.question", "slash", N_("question"), N_("Go to the line to type in")),
    ("search.plain", "f6", N_("text, memos"), N_("Search bare text and memos, or words in all forms")),
    ("search.save", "ctrl+s", N_("keep"), N_("Keep the question under a name")),
    ("search.saved", "f7", N_("kept"), N_("Ask a question that was kept")),
    ("search.close", "escape,q", N_("back"), N_("Go back to where you were")),
)
