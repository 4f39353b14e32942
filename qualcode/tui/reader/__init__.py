"""The reader: a transcript with its codings, painted by line (see `reader.py`).

Rooms: marks and margin (what is coded, in which lane), columns and painting (what a line looks like),
passages and selection (what a key selects), mouse, bindings, overview (where codings lie).
"""

from qualcode.tui.reader.marks import Mark
from qualcode.tui.reader.overview import Overview
from qualcode.tui.reader.reader import Reader

__all__ = ["Mark", "Overview", "Reader"]
