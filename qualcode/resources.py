"""Where the files that come with qualcode lie: codebooks and demo interviews.

In an installed copy they lie inside the package, in a checkout beside it.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder `name` ("codebooks" or "transcripts") that comes with qualcode."""
    packed = _PACKAGE / "material" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name
