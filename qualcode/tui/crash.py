"""When the program itself fails: a word for the person, a report for who repairs it.

The report holds no variables, because those would hold what people said in interviews.
"""

from __future__ import annotations

import platform
import traceback
from pathlib import Path

from qualcode import __version__
from qualcode.i18n import _
from qualcode.model import now

FILE = "last-error.txt"


def keep_report(error: BaseException, folder: Path) -> Path | None:
    """Write down where in the program it went wrong; returns the file, or `None` if it cannot be written."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    about = f"qualcode {__version__} · Python {platform.python_version()} · {platform.system()} · {now()}"
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{about}\n\n{frames}{type(error).__name__}\n", encoding="utf-8")
    except OSError:
        return None
    return path


def words_for(report: Path | None) -> str:
    """What is said when the program has to stop."""
    sentence = _(
        "qualcode had to stop because of a fault of its own. Everything you did is saved; start it again."
    )
    if report is None:
        return sentence
    return f"{sentence}\n" + _(
        "Where it went wrong stands in {path}; it holds nothing of your interviews."
    ).format(path=report)
