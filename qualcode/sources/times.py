"""Times in a transcript: `[00:01:02]`, `#00:01:02-3#`, `0:04`, `00:00:05.500 --> 00:00:10.000`."""

from __future__ import annotations

import math
import re

FULL = r"\d{1,3}:\d{1,2}:\d{1,2}(?:[.,-]\d{1,3})?"
SHORT = r"\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
STAMP = rf"(?:{FULL}|{SHORT})"
# a time between marks of its own; round brackets may hold a time of day, so there only with hours
MARKED = rf"(?:\[\s?{STAMP}\s?\]|\{{\s?{STAMP}\s?\}}|<{STAMP}>|#{STAMP}#|\(\s?{FULL}\s?\))"
ARROW = re.compile(rf"({STAMP})\s*-->\s*({STAMP})")
_PARTS = re.compile(r"(?:(\d+):)?(\d+):(\d+)(?:[.,-](\d+))?")
_LONGEST = 100 * 60 * 60 * 1000  # no recording is longer than a hundred hours


def milliseconds(stamp: str) -> int | None:
    """The time in `stamp` (with or without its marks) in milliseconds; `None` if it is no time."""
    found = _PARTS.fullmatch(stamp.strip("[]{}()<># \t"))
    if not found:
        return None
    hours, minutes, seconds = (int(group or 0) for group in found.groups()[:3])
    if seconds > 59 or (found[1] and minutes > 59):
        return None
    fraction = found[4] or ""
    return (hours * 3600 + minutes * 60 + seconds) * 1000 + int((fraction + "000")[:3])


def from_seconds(value: object) -> int | None:
    """A number of seconds as milliseconds; `None` if `value` is no such number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not math.isfinite(value) or not 0 <= value * 1000 <= _LONGEST:
        return None
    return round(value * 1000)


def clock(time: int) -> str:
    """Milliseconds as people read them: `00:01:02`."""
    seconds = time // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
