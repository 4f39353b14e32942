"""Two laptops with the same project."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from qualcode.store.project import Project, open_project


@pytest.fixture
def laptops(project: Project, tmp_path: Path) -> Iterator[tuple[Project, Project]]:
    """The project on anna's laptop and on bram's."""
    with ExitStack() as stack:
        found = []
        for name in ("anna", "bram"):
            path = tmp_path / f"{name}.qualcode"
            path.write_bytes(project.path.read_bytes())
            found.append(stack.enter_context(open_project(path, name)))
        yield found[0], found[1]
