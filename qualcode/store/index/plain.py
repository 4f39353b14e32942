"""Plain search through all interviews and memos, with snippets (SQLite FTS5).

Interviews are kept turn by turn. The index follows the word index; memos are looked over at
every search, because there are few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.store.file.files import plain_errors
from qualcode.store.records.base import Records
from qualcode.store.records.unsealed import every_memo
from qualcode.text.normal import normal, text_hash
from qualcode.text.spans import Span

if TYPE_CHECKING:
    from qualcode.model import Transcript

# signs that no text holds (Unicode noncharacters): around what was found, in what SQLite gives back
_BEGIN, _END = "\ufdd0", "\ufdd1"
_SNIPPET_WORDS = 16
_PART = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class PlainHit:
    """A turn or a memo that holds the words. `parts` are pieces of a snippet, each with whether it was found.

    `kind` is "transcript" or "memo"; `place` is where the first of the words stands in its text.
    """

    kind: str
    target_id: str
    place: Span
    parts: tuple[tuple[str, bool], ...]


class Plain(Records):
    """The index of plain text."""

    def put(self, transcript: Transcript) -> None:
        """Keep an interview in place of what was there (inside the transaction of the caller)."""
        spans = [turn.span for turn in transcript.turns] or [Span(0, len(transcript.text))]
        self._put("transcript", transcript.id, transcript.text_hash, transcript.text, spans)

    def drop_others(self, ids: str) -> None:
        """Drop interviews that are not in a JSON list of ids (inside the transaction of the caller)."""
        self._file.db.execute(
            "DELETE FROM plain_texts WHERE kind = 'transcript' "
            "AND target_id NOT IN (SELECT value FROM json_each(?))",
            [ids],
        )

    def forget_memos(self) -> None:
        """Leave no word of any memo in the index; the next search takes them up again (in the caller's transaction)."""
        self._file.db.execute("DELETE FROM plain_texts WHERE kind = 'memo'")
        self._file.db.execute("INSERT INTO plain_words (plain_words) VALUES ('rebuild')")

    def refresh_memos(self) -> None:
        """Take up memos that were written or changed, as they are now."""
        kept = {
            (row["target_id"], row["text_hash"])
            for row in self._file.select("SELECT target_id, text_hash FROM plain_texts WHERE kind = 'memo'")
        }
        memos = {(memo.id, text_hash(memo.text)): memo for memo in every_memo(self._file)}
        if kept == set(memos):
            return
        with plain_errors(self._file.path), self._file.db.atomic():
            for target_id, _hash in kept - set(memos):
                self._drop(target_id)
            for (memo_id, hash_), memo in memos.items():
                if (memo_id, hash_) not in kept:
                    self._put("memo", memo_id, hash_, memo.text, [Span(0, len(memo.text))])

    def search(self, typed: str, *, most: int = 200) -> list[PlainHit]:
        """Turns and memos with all the words (and "exact phrases") typed, the best first.

        The last word may be a beginning. Accents and capitals do not matter.
        """
        rows = self._file.select(
            "SELECT t.kind, t.target_id, p.start, highlight(plain_words, 0, ?1, ?2) AS whole, "
            "snippet(plain_words, 0, ?1, ?2, '…', ?3) AS snippet FROM plain_words "
            "JOIN plain_places p ON p.place = plain_words.rowid JOIN plain_texts t ON t.plain = p.plain "
            "WHERE plain_words MATCH ?4 ORDER BY bm25(plain_words), p.place LIMIT ?5",
            [_BEGIN, _END, _SNIPPET_WORDS, _match(typed), most],
        )
        return [
            _hit(row["kind"], row["target_id"], row["start"], row["whole"], row["snippet"]) for row in rows
        ]

    def _put(self, kind: str, target_id: str, hash_: str, text: str, spans: Iterable[Span]) -> None:
        db = self._file.db
        self._drop(target_id)
        plain = db.execute(
            "INSERT INTO plain_texts (kind, target_id, text_hash) VALUES (?, ?, ?) RETURNING plain",
            [kind, target_id, hash_],
        ).fetchone()[0]
        first = db.execute("SELECT coalesce(max(place), 0) + 1 FROM plain_places").fetchone()[0]
        numbered = list(enumerate(spans, first))
        db.conn.executemany(
            "INSERT INTO plain_places (place, plain, start) VALUES (?, ?, ?)",
            [(place, plain, span.start) for place, span in numbered],
        )
        db.conn.executemany(
            "INSERT INTO plain_words (rowid, text) VALUES (?, ?)",
            [(place, span.of(text)) for place, span in numbered],
        )

    def _drop(self, target_id: str) -> None:
        self._file.db.execute("DELETE FROM plain_texts WHERE target_id = ?", [target_id])


def _match(typed: str) -> str:
    """What a person typed, as FTS5 reads it: every word in quotes, so that no sign has a meaning."""
    typed = normal(typed).encode("utf-8", "replace").decode().replace("\0", " ")
    typed = typed.replace("“", '"').replace("”", '"')
    if typed.count('"') % 2:
        raise InputError(
            _('A quotation mark is missing: write "before and after" the words that belong together.')
        )
    found = list(_PART.finditer(typed))
    wanted = [match[1] if match[1] is not None else match[2] for match in found]
    if not any(any(letter.isalnum() for letter in word) for word in wanted):
        raise InputError(_("Type a word to search for."))
    terms = [f'"{word}"' for word in wanted if any(letter.isalnum() for letter in word)]
    last_is_word = found[-1][2] is not None and any(letter.isalnum() for letter in found[-1][2])
    return " ".join(terms) + ("*" if last_is_word else "")


def _hit(kind: str, target_id: str, start: int, whole: str, snippet: str) -> PlainHit:
    begin = whole.find(_BEGIN)
    end = whole.find(_END) - len(_BEGIN)
    return PlainHit(kind, target_id, Span(start + begin, start + end), tuple(_parts(snippet)))


def _parts(snippet: str) -> Iterable[tuple[str, bool]]:
    for n, piece in enumerate(re.split(f"[{_BEGIN}{_END}]", snippet)):
        if piece:
            yield piece, bool(n % 2)
