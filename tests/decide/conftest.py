"""Two readings of one interview, with every kind of difference in them."""

from __future__ import annotations

import pytest

from qualcode.model import Coder
from qualcode.store.project import Project
from qualcode.tasks.comparing.agenda import Agenda, agenda
from qualcode.tasks.comparing.comparison import compare

# the interview of `project`: "Hoe ging het?\nGoed hoor. [lacht] We belden elke week, juf en ik.\n…"
READINGS = {
    "anna": [("tijd", 14, 24), ("tijd", 33, 52), ("meta", 54, 64), ("tijd", 65, 75)],
    "bram": [("tijd", 14, 24), ("tijd", 33, 44), ("tijd", 54, 64), ("meta", 76, 93)],
}


@pytest.fixture
def people(project: Project) -> tuple[Coder, Coder]:
    """Anna, who is at work, and bram."""
    return project.coders.get("anna"), project.coders.get("bram")


@pytest.fixture
def coded(project: Project, people: tuple[Coder, Coder]) -> Project:
    """The project with both readings, marked done: agreed, edges, other code, only A and only B."""
    project.settings.set("interviewer", True)
    for coder in people:
        project.coder = coder
        for code, start, end in READINGS[coder.name]:
            project.codings.add(project.transcripts.all()[0], start, end, project.codebook.get(code), coder)
        project.progress.mark(project.transcripts.all()[0], coder)
    project.coder = people[0]
    return project


@pytest.fixture
def walk(coded: Project, people: tuple[Coder, Coder]) -> Agenda:
    """The agenda of the two."""
    return agenda(coded, compare(coded, *people))
