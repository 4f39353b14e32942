"""What can be done with interviews, names, forms and cases: rows for the table of actions."""

from __future__ import annotations

from qualcode.i18n import N_

TRANSCRIPTS = N_("Transcripts")
NAMES = N_("Deciding on names")
FORMS = N_("Forms and cases")

TABLE_ROWS = (
    ("transcripts.add", "a,insert", N_("take in"), N_("Take interviews in from files")),
    ("transcripts.describe", "e", N_("describe"), N_("Change name, case or informant")),
    ("transcripts.memo", "m", N_("memo"), N_("Write a memo on the transcript")),
    ("transcripts.done", "d", N_("done"), N_("Say that you have finished it, or not yet")),
    ("transcripts.remove", "x,delete", N_("take out"), N_("Take out a transcript without codings")),
)
TRANSCRIPT_ROWS = (
    ("transcripts.names", "n", N_("names"), N_("Look for names that slipped through")),
    ("transcripts.parts", "f", N_("questions"), N_("Lay the answers to one question side by side")),
    ("transcripts.cases", "c", N_("cases"), N_("Show the table of cases and informants")),
)
NAME_ROWS = (
    ("names.accept", "r,enter", N_("replace"), N_("Replace the name")),
    ("names.refuse", "x,delete", N_("leave"), N_("Leave the name as it is, in this text")),
    (
        "names.never",
        "v",
        N_("never a name"),
        N_("Leave the word as it is, now and in later files"),
        "refuse(True)",
    ),
    ("names.kind", "t", N_("kind"), N_("Say whose or what name it is")),
    ("names.pseudonym", "p", N_("pseudonym"), N_("Give it a pseudonym of your own choice")),
    ("names.same", "m", N_("same person"), N_("Say that it is the same person as another name")),
    ("names.separate", "s", N_("another person"), N_("Say that it is not the person of the fuller name")),
    ("names.sure", "a", N_("all that are sure"), N_("Replace all names that are sure")),
    ("names.all", "A", N_("all likely"), N_("Replace all names that are sure or likely, and all people")),
    ("names.reopen", "u", N_("undecided"), N_("Take back what you decided about the name")),
    ("names.ready", "ctrl+s,f", N_("ready"), N_("Ready: go on with what was decided")),
    ("names.stop", "escape,q", N_("stop"), N_("Stop deciding on names")),
)
PART_ROWS = (
    ("parts.next", "right_square_bracket", N_("next"), N_("Show the next question"), "question(1)"),
    ("parts.previous", "left_square_bracket", N_("before"), N_("Show the question before"), "question(-1)"),
    ("parts.open", "enter", N_("to the text"), N_("Go to the answer in its interview")),
    ("parts.coded", "o", N_("coded only"), N_("Show only answers with a coding, or all")),
    ("parts.back", "escape,q", N_("back"), N_("Go back to the transcripts"), "back"),
)
CASE_ROWS = (
    ("cases.change", "e,enter", N_("change"), N_("Change what is known of the case")),
    ("cases.add", "a,insert", N_("new"), N_("Add a case")),
    ("cases.column", "w", N_("new column"), N_("Add a column of your own")),
    ("cases.file", "o", N_("from a table"), N_("Take in a table of cases (.csv, .xlsx)")),
    ("cases.back", "escape,q", N_("back"), N_("Go back to the transcripts"), "back"),
)
