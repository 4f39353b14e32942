"""Surveys, and who filled them in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from qualcode.errors import InputError, NotFoundError
from qualcode.i18n import _
from qualcode.model import ColumnKind, Respondent, Survey, SurveyColumn, SurveyScale, new_id
from qualcode.store.file.rows import Row
from qualcode.store.records.base import Records
from qualcode.store.records.cases import natural_key
from qualcode.text.normal import one_line


class Surveys(Records):
    """Surveys by name, respondents by survey."""

    def all(self) -> list[Survey]:
        """All surveys, in the natural order of their names."""
        found = self._file.select("SELECT id, name, columns, scales FROM surveys")
        return sorted(map(_survey, found), key=lambda survey: natural_key(survey.name))

    def get(self, name: str) -> Survey:
        """The survey with that name or id; raises `NotFoundError`."""
        surveys = self.all()
        for survey in surveys:
            if name == survey.id or name.casefold() == survey.name.casefold():
                return survey
        known = ", ".join(survey.name for survey in surveys) or _("none yet")
        raise NotFoundError(
            _("There is no survey “{name}” in this project (there is: {known}).").format(
                name=name, known=known
            )
        )

    def check_new(self, name: str) -> None:
        """Raise `InputError` if no survey can have this name."""
        if not one_line(name):
            raise InputError(_("A survey needs a name."))
        if any(survey.name.casefold() == one_line(name).casefold() for survey in self.all()):
            raise InputError(
                _("There is a survey “{name}” already. Give the new one another name (--name).").format(
                    name=one_line(name)
                )
            )

    def add(self, name: str, columns: Iterable[SurveyColumn], scales: Iterable[SurveyScale] = ()) -> Survey:
        """A new survey with these questions."""
        self.check_new(name)
        survey = Survey(new_id(), one_line(name), tuple(columns), tuple(scales))
        with self._file.transaction("survey.add") as transaction:
            row = {"id": survey.id, "name": survey.name, "columns": _columns_json(survey.columns)}
            transaction.insert("surveys", {**row, "scales": _scales_json(survey.scales)})
        return survey

    def set_scales(self, survey: Survey, scales: Iterable[SurveyScale]) -> Survey:
        """Say which questions are one measure."""
        changed = replace(survey, scales=tuple(scales))
        with self._file.transaction("survey.scales") as transaction:
            transaction.update("surveys", survey.id, scales=_scales_json(changed.scales))
        return changed

    def add_respondent(
        self,
        survey: Survey,
        label: str,
        answers: Mapping[str, str],
        *,
        case_id: str | None = None,
        transcript_id: str | None = None,
    ) -> Respondent:
        """Somebody who filled in a survey; `answers` by the letter of their column."""
        found = Respondent(new_id(), survey.id, label, dict(answers), case_id, transcript_id)
        with self._file.transaction("survey.respondent") as transaction:
            transaction.insert(
                "respondents",
                {
                    "id": found.id,
                    "survey_id": survey.id,
                    "label": label,
                    "answers": json.dumps(found.answers, ensure_ascii=False),
                    "case_id": case_id,
                },
            )
            if transcript_id is not None:
                row = {"id": new_id(), "respondent_id": found.id, "transcript_id": transcript_id}
                transaction.insert("respondent_interviews", row)
        return found

    def respondents(self, survey: Survey | None = None) -> list[Respondent]:
        """Who filled in a survey, or any, in the order in which they came."""
        where, values = ("WHERE r.survey_id = ?", [survey.id]) if survey else ("", [])
        said = (
            "SELECT r.*, i.transcript_id FROM respondents r "
            f"LEFT JOIN respondent_interviews i ON i.respondent_id = r.id {where} GROUP BY r.id ORDER BY r.id"
        )
        return [
            Respondent(
                row["id"],
                row["survey_id"],
                row["label"],
                json.loads(row["answers"]),
                row["case_id"],
                row["transcript_id"],
            )
            for row in self._file.select(said, values)
        ]


def _survey(row: Row) -> Survey:
    columns = tuple(
        SurveyColumn(letter, name, words, ColumnKind(kind), tuple(choices))
        for letter, name, words, kind, choices in json.loads(row["columns"])
    )
    scales = tuple(
        SurveyScale(name, tuple(items), frozenset(turned), low, high)
        for name, items, turned, low, high in json.loads(row["scales"])
    )
    return Survey(row["id"], row["name"], columns, scales)


def _columns_json(columns: Sequence[SurveyColumn]) -> str:
    rows = [[one.letter, one.name, one.words, one.kind.value, list(one.choices)] for one in columns]
    return json.dumps(rows, ensure_ascii=False)


def _scales_json(scales: Sequence[SurveyScale]) -> str:
    rows = [[one.name, list(one.items), sorted(one.reversed), one.low, one.high] for one in scales]
    return json.dumps(rows, ensure_ascii=False)
