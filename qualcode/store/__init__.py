"""The project file: schema, journal, and one room per noun. All SQL stands here.

Every act is one transaction and one line in the journal; `Project` is the way in.
"""

import sys
from importlib import import_module


def _import_sqlite_utils_lightly() -> None:
    """Load sqlite-utils without numpy and pandas.

    It loads both, if they are installed, only to know their types; we store none of them,
    and every start would wait for them.
    """
    hidden = [name for name in ("numpy", "pandas") if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # the documented way to say "not importable"
    try:
        import_module("sqlite_utils")
    finally:
        for name in hidden:
            del sys.modules[name]


_import_sqlite_utils_lightly()
