"""A file of any kind becomes turns and text.

`read(path)` gives a `Draft`, `compose(draft)` its stored text and turns; one file per kind of file.
Nothing here knows the project file or the screen; heavy libraries load inside their reader.
"""

from qualcode.sources.draft import Draft, DraftTurn, compose
from qualcode.sources.registry import guess_from_name, read

__all__ = ["Draft", "DraftTurn", "compose", "guess_from_name", "read"]
