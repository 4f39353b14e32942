"""Libraries that many verbs mention and few need: loaded when something in them is first asked for."""

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType


def load_when_used(name: str) -> ModuleType:
    """The module called `name`; if it is not in memory yet, it is loaded when something in it is asked for."""
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name=name)
    spec.loader = LazyLoader(spec.loader)
    sys.modules[name] = module = module_from_spec(spec)
    spec.loader.exec_module(module)
    package, _dot, last = name.rpartition(".")
    if package:
        setattr(sys.modules[package], last, module)
    return module
