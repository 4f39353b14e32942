"""The reader: a transcript with its codings, painted by line.

The widget (`reader.py`) is composed of plain objects with one job each: `marks` (what is coded, in which lane),
`caret` (where one reads and what a key selects), `painting` (what a line looks like);
`overview` shows beside it where codings lie.
"""

from qualcode.tui.reader.marks import TextMark
from qualcode.tui.reader.overview import Overview
from qualcode.tui.reader.reader import Reader

__all__ = ["Overview", "Reader", "TextMark"]
