"""What click itself says, in the language of the user.

click asks gettext for its sentences; here it is led to our catalogue, and its sentences are
marked so that they stand in it.
"""

from __future__ import annotations

import gettext
import os

from qualcode.i18n import CATALOGUES, DOMAIN, N_, language

SENTENCES = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Option {name!r} does not take a value."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("default: {default}"),
    N_("Aborted!"),
    N_("Show the version and exit."),
    N_("Show this message and exit."),
)


def translate_click() -> None:
    """Let click speak the language in use."""
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language()
