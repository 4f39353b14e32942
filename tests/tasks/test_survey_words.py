"""Whatever stands in a table of answers: every open answer arrives whole, below its question, with who gave it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.files.tables import bare
from qualcode.model import ColumnKind
from qualcode.sources.draft import words_of
from qualcode.tasks.transcripts.survey_plan import ColumnSaid, SurveyPlan, says_something
from qualcode.tasks.transcripts.surveys import intakes_of

_signs = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"))
_answers = st.text(st.one_of(_signs, st.sampled_from(list(';,"\n\t| =-–.'))), max_size=30)
_tables = st.lists(st.tuples(_answers, _answers), min_size=1, max_size=8)


@given(_tables, st.sampled_from(",;\t"))
@settings(max_examples=150, deadline=None)
def test_every_open_answer_arrives(rows: list[tuple[str, str]], separator: str) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(["nr", "Wat hielp?", "Wat niet?"])
    writer.writerows([n, *answers] for n, answers in enumerate(rows, 1))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "meting.csv"
        path.write_text(stream.getvalue(), encoding="utf-8", newline="")
        plan = SurveyPlan(path)
        plan.say([ColumnSaid("B", ColumnKind.OPEN), ColumnSaid("C", ColumnKind.OPEN)])
        found = {
            plan.labels[n]: [text[turn.start : turn.end] for turn in turns if not turn.interviewer]
            for intake in intakes_of(plan)
            for n, text, turns in intake.parted()
        }
    expected = {}
    for n, answers in enumerate(rows, 1):
        said = [words_of(answer) for answer in map(bare, answers) if says_something(answer)]
        if said:
            expected[str(n)] = said
    assert found == expected
