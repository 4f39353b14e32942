"""What can go wrong, said so that a person can act on it.

Every error that reaches a user is a `QualcodeError`: its message says in one or
two sentences, in the user's language, what is wrong, where, and what to do now.
The doors (command line, terminal, library) print the message and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence


class QualcodeError(Exception):
    """Base of all errors meant for people; `str(error)` is the whole message."""


class ProjectError(QualcodeError):
    """The project file cannot be opened, read or written."""


class DamagedError(ProjectError):
    """What the file holds is no sound project (any more): another copy is needed."""


class LockedError(ProjectError):
    """Another program holds the project file."""


class NotFoundError(QualcodeError):
    """Something named by the user is not in the project."""


class InputError(QualcodeError):
    """A file or value given by the user cannot be taken as it is.

    `problems` lists the bad places one by one (for instance the rows of a table,
    each with its line number); the message holds them too.
    """

    def __init__(self, message: str, problems: Sequence[str] = ()) -> None:
        super().__init__("\n".join([message, *problems]))
        self.problems = tuple(problems)


class StoppedError(QualcodeError):
    """The user stopped something that took long; nothing of it was kept."""


class SealedError(QualcodeError):
    """The act would look into, or change, a round that is sealed or frozen."""


class KeyElsewhereError(SealedError):
    """Somebody works with a key of another machine, and has none on this one."""


class NewKeyError(QualcodeError):
    """What comes in is signed with a key that nobody here has confirmed yet: whose, which, and as it is shown."""

    def __init__(self, message: str, name: str, key_id: str, shown: str) -> None:
        super().__init__(message)
        self.name = name
        self.key_id = key_id
        self.shown = shown


class ConflictError(QualcodeError):
    """The act no longer fits what the project holds now (an undo, a merge)."""
