"""One comparison that several tests look at."""

from __future__ import annotations

import pytest
from hypothesis import settings

from qualcode.agreement import Agreement, compare

from .making import CODES, study

# a busy machine is no reason to fail
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="module")
def found() -> Agreement:
    return compare(study(), ("Anna", "Bram"), [*CODES, "goal"])
