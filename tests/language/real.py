"""The word index as a project file holds it, with documents named by the test."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from qualcode.language.index import word_rows
from qualcode.model import Transcript, Turn
from qualcode.store.index.words import StoredIndex
from qualcode.store.project import Project, create_project
from qualcode.text.normal import text_hash


class RealIndex(StoredIndex):
    """An index in a new project file, into which one puts texts under names of one's own."""

    def __init__(self) -> None:
        folder = tempfile.mkdtemp()
        self._project = create_project(Path(folder) / "index")
        weakref.finalize(self, _put_away, self._project, folder)
        super().__init__(self._rows, {})

    def _rows(self, sql: str, parameters: Iterable[Any]) -> list[tuple[Any, ...]]:
        return list(self._project.db.execute(sql, list(parameters)).fetchall())

    def add(
        self,
        document: str,
        text: str,
        turns: Sequence[Turn] = (),
        language: str = "nl",
        tags: Mapping[int, str] | None = None,
    ) -> None:
        """Take in a document."""
        hashed = text_hash(text)
        db = self._project.db
        with db.atomic():
            db.execute("INSERT OR IGNORE INTO texts (hash, text) VALUES (?, ?)", [hashed, text])
            db.execute(
                "INSERT INTO transcripts (id, name, text_hash, language, source) VALUES (?, ?, ?, ?, '')",
                [document, document, hashed, language],
            )
        transcript = Transcript(document, document, text, hashed, tuple(turns), language=language)
        self._project.words.put(transcript, list(word_rows(text, turns, language, tags)), "rules", "")
        found = dict(self._rows("SELECT document, transcript_id FROM word_texts", []))
        super().__init__(self._rows, found)


def _put_away(project: Project, folder: str) -> None:
    project.close()
    shutil.rmtree(folder)
