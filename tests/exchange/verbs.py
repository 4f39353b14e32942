"""The command line as the tests of this folder use it."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner, Result

from qualcode.cli.group import qualcode


def run(*words: object, stdin: str | None = None) -> Result:
    """A verb with its words, as a person types it."""
    return CliRunner().invoke(qualcode, [str(word) for word in words], input=stdin)


def ok(*words: object, stdin: str | None = None) -> Any:
    """What a verb prints with `--json`."""
    result = run(*words, "--json", stdin=stdin)
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.stdout)


def refused(*words: object, stdin: str | None = None) -> str:
    """The message with which a verb is refused; nothing is printed as a result."""
    result = run(*words, stdin=stdin)
    assert result.exit_code == 1, (result.output, result.exception)
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.stdout == ""
    return result.stderr
