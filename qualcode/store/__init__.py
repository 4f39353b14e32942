"""The project file: schema, journal, and one room per noun. All SQL stands here.

Every act is one transaction and one line in the journal; `Project` is the way in.
"""

import sys
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec


def _import_sqlite_utils_lightly() -> None:
    """Load sqlite-utils without numpy and pandas, and the reading of dates only once it is wanted.

    It loads the former, if they are installed, only to know their types, and dateutil for a recipe.
    We use none of them, and every start would wait for them.
    """
    _load_when_used("dateutil.parser")
    hidden = [name for name in ("numpy", "pandas") if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # the documented way to say "not importable"
    try:
        import_module("sqlite_utils")
    finally:
        for name in hidden:
            del sys.modules[name]


def _load_when_used(name: str) -> None:
    """Put a module in place that is loaded when something in it is asked for."""
    spec = None if name in sys.modules else find_spec(name)
    if spec is not None and spec.loader is not None:
        spec.loader = LazyLoader(spec.loader)
        sys.modules[name] = module = module_from_spec(spec)
        spec.loader.exec_module(module)
        package, _dot, last = name.rpartition(".")
        setattr(sys.modules[package], last, module)


_import_sqlite_utils_lightly()
