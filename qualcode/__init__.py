"""qualcode: a qualitative coding workbench for interview transcripts.

    import qualcode
    with qualcode.open("study.qualcode", coder="marit") as project:
        transcript = project.transcripts.get("casus-04-leraar")
        project.codings.add(transcript, 120, 164, project.codebook.get("tijd"))

docs/python.md tells the whole story. Everything is loaded when it is first used; importing qualcode is light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from qualcode.errors import QualcodeError
    from qualcode.store.project import Project
    from qualcode.store.project import create_project as create
    from qualcode.store.project import open_project as open
    from qualcode.tasks.comparing.agreement import measure
    from qualcode.tasks.transcripts.intake import take_in

__all__ = ["Project", "QualcodeError", "__version__", "create", "measure", "open", "take_in"]

_ROOMS = {
    "open": ("qualcode.store.project", "open_project"),
    "create": ("qualcode.store.project", "create_project"),
    "take_in": ("qualcode.tasks.transcripts.intake", "take_in"),
    "measure": ("qualcode.tasks.comparing.agreement", "measure"),
    "Project": ("qualcode.store.project", "Project"),
    "QualcodeError": ("qualcode.errors", "QualcodeError"),
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'qualcode' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _ROOMS[name]
    return getattr(import_module(module), attribute)
