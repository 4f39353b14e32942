"""One comparison that several tests look at."""

from __future__ import annotations

import pytest

from qualcode.agreement import Agreement, compare

from .making import CODES, study


@pytest.fixture(scope="module")
def found() -> Agreement:
    return compare(study(), ("Anna", "Bram"), [*CODES, "goal"])
