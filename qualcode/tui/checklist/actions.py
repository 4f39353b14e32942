"""What can be done on the step Checklist: rows for the table of actions."""

from __future__ import annotations

from qualcode.i18n import N_

RATING = N_("Checklist")

CHECKLIST_ROWS = (
    ("checklist.good", "g,plus", N_("good"), N_("Rate the case good on this line"), "rate('good')"),
    ("checklist.poor", "p,minus", N_("poor"), N_("Rate the case poor on this line"), "rate('poor')"),
    ("checklist.mixed", "m", N_("mixed"), N_("Rate the case mixed on this line"), "rate('mixed')"),
    ("checklist.silent", "n", N_("not spoken of"), N_("Say that it is not spoken of"), "rate('silent')"),
    ("checklist.clear", "x,delete", N_("take back"), N_("Take your rating back"), "rate('')"),
    (
        "checklist.evidence",
        "e,enter",
        N_("evidence"),
        N_("Look at the fragments, and name those that show it"),
    ),
    ("checklist.note", "w", N_("note"), N_("Write a note with your rating")),
    ("checklist.file", "o", N_("other list"), N_("Take in a checklist from a file")),
)
