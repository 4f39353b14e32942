"""What the pair chose for the whole project: a few named values."""

from __future__ import annotations

import json
from typing import Any

from qualcode.store.file import rows
from qualcode.store.records.base import Records

DEFAULTS: dict[str, Any] = {
    "title": "",
    "codebook": {},  # name, title, description and source of the codebook in use
    "checklist": {},  # the same of the checklist, and its dimensions
    "headings": {},  # of columns of the table of respondents, where they are the project's own: column → heading
    "coefficients": True,  # off: compare without agreement figures (reflexive analysis)
    "trim": True,  # white space at the edges of codings does not count in agreement
    "interviewer": True,  # the interviewer's turns count in agreement
    "sample": {},  # which transcripts were drawn to be coded twice, and how
    "speakers": [],  # which label is whom, per pattern of file names
    "iou_agreed": 0.9,  # same code and at least this overlap: the same coding
    "edge_characters": 0,  # the same code with both edges at most this far apart: the same coding
    "own_reasons": True,  # each writes a line on a difference before seeing the other's
    "searches": {},  # questions that were kept: name → question
    "stop_words": {},  # lists of one's own: language → words
    "pipeline": {},  # the language pipeline preferred: language → package or folder
    "suggest": True,  # codes whose examples share words come first when a code is looked up
    "suggest_sealed": False,  # the same in a round that is sealed
}


class Settings(Records):
    """Named values with defaults; each change is an act."""

    def get(self, name: str) -> Any:
        """The value of a setting, or its default."""
        row = rows.read(self._file.db, "settings", name)
        return json.loads(row["value"]) if row else DEFAULTS[name]

    def pipeline(self, language: str) -> str | None:
        """The pipeline that the project prefers for a language, if it names one."""
        return self.get("pipeline").get(language) or None

    def set(self, name: str, value: Any) -> None:
        """Give a setting a value."""
        if name not in DEFAULTS:
            raise ValueError(f"no such setting: {name}")
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        with self._file.transaction("settings.set") as transaction:
            if rows.read(self._file.db, "settings", name) is None:
                transaction.insert("settings", {"id": name, "value": text})
            else:
                transaction.update("settings", name, value=text)
