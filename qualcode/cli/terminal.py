"""Where words leave for the terminal: everything that a verb, click or Python itself prints goes through here."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from qualcode.text.visible import visible

_CLEAR_LINE = "\r\x1b[K"


class Guarded(io.TextIOBase):
    """A stream whose hidden signs are shown, and on which what its encoding lacks is escaped instead of failing.

    It has no `buffer`: click would write past it to that.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Print `text`."""
        shown = visible(text).encode(self.encoding, "backslashreplace").decode(self.encoding)
        self._stream.write(shown)
        return len(text)

    def flush(self) -> None:
        self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()

    def writable(self) -> bool:
        return True

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._stream.encoding or "utf-8"

    @property
    def errors(self) -> str:  # type: ignore[override]
        return "backslashreplace"

    def put_over(self, words: str) -> None:
        """Put words in the place of the line that stands there."""
        self._stream.write(_CLEAR_LINE)
        self.write(words)
        self.flush()


@contextmanager
def guarded_streams() -> Iterator[None]:
    """Guard what is printed, as long as the program runs."""
    streams = {name: getattr(sys, name) for name in ("stdout", "stderr")}
    guards = {name: Guarded(stream) for name, stream in streams.items() if stream is not None}
    for name, guard in guards.items():
        setattr(sys, name, guard)
    try:
        yield
    finally:
        for name, guard in guards.items():
            if getattr(sys, name) is guard:  # click puts another there when nobody reads on
                setattr(sys, name, streams[name])


def tell_progress(words: str, *, done: bool) -> None:
    """Say how far it is, over what was said before, if somebody looks."""
    if isinstance(sys.stderr, Guarded) and sys.stderr.isatty():
        sys.stderr.put_over(words + "\n" * done)
