"""The project file: schema, journal, and one room per noun. All SQL stands here.

Every act is one transaction and one line in the journal; `Project` is the way in.
"""

import sys
from importlib import import_module

from qualcode.lazily import load_when_used


def _import_sqlite_utils_lightly() -> None:
    """Load sqlite-utils without numpy and pandas, and the reading of dates only once it is wanted.

    It loads the former, if they are installed, only to know their types, and dateutil for a recipe.
    We use none of them, and every start would wait for them.
    """
    load_when_used("dateutil.parser")
    hidden = [name for name in ("numpy", "pandas") if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # the documented way to say "not importable"
    try:
        import_module("sqlite_utils")
    finally:
        for name in hidden:
            del sys.modules[name]


_import_sqlite_utils_lightly()
