"""What can be done on the start screen: rows for the table of actions."""

from __future__ import annotations

from qualcode.i18n import N_

STARTING = N_("At the start")

START_ROWS = (
    ("start.new", "n", N_("new"), N_("Begin a new project")),
    ("start.open", "o", N_("open"), N_("Open a project file")),
    ("start.demo", "d", N_("demo"), N_("Look at the demo")),
    ("start.recent", "1,2,3,4,5,6,7,8,9", N_("open"), N_("Open the project of that number")),
)
