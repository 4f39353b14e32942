"""The tables of a project file, and SQLite as we use it.

Whoever only wants words about a project (help, errors) does not load this, for sqlite-utils takes its time.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec
from pathlib import Path


def _import_sqlite_utils_lightly() -> None:
    """Load sqlite-utils without numpy and pandas, and the reading of dates only once it is wanted.

    It loads the former, if they are installed, only to know their types, and dateutil for a recipe.
    We use none of them, and every start would wait for them.
    """
    _load_when_used("dateutil.parser")
    hidden = [name for name in ("numpy", "pandas") if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # the documented way to say "not importable"
    try:
        import_module("sqlite_utils")
    finally:
        for name in hidden:
            del sys.modules[name]


def _load_when_used(name: str) -> None:
    """Put a module in place that is loaded when something in it is asked for."""
    spec = None if name in sys.modules else find_spec(name)
    if spec is not None and spec.loader is not None:
        spec.loader = LazyLoader(spec.loader)
        sys.modules[name] = module = module_from_spec(spec)
        spec.loader.exec_module(module)
        package, _dot, last = name.rpartition(".")
        setattr(sys.modules[package], last, module)


_import_sqlite_utils_lightly()
from sqlite_utils import Database, Migrations  # noqa: E402

_WAIT_FOR_LOCK_S = 3.0

# The tables, as migrations that are applied once, in order.
TABLES = {
    # Everything a pair needs to read, mark, code and compare.
    "0001_project": """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE journal (
  id TEXT PRIMARY KEY, tick INTEGER NOT NULL, at TEXT NOT NULL, coder_id TEXT, action TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '', undoes TEXT, changes TEXT NOT NULL);
CREATE INDEX journal_tick ON journal (tick, id);
CREATE INDEX journal_undoes ON journal (undoes);
CREATE TABLE journal_rows (
  tbl TEXT NOT NULL, row_id TEXT NOT NULL, entry_id TEXT NOT NULL REFERENCES journal (id),
  PRIMARY KEY (tbl, row_id, entry_id)) WITHOUT ROWID;
CREATE TABLE settings (id TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE texts (hash TEXT PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE coders (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, pin TEXT NOT NULL DEFAULT '');
CREATE TABLE cases (id TEXT PRIMARY KEY, label TEXT NOT NULL, attributes TEXT NOT NULL DEFAULT '{}');
CREATE TABLE informants (
  id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases (id), role TEXT NOT NULL,
  label TEXT NOT NULL DEFAULT '');
CREATE TABLE transcripts (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, text_hash TEXT NOT NULL REFERENCES texts (hash),
  case_id TEXT REFERENCES cases (id), informant_id TEXT REFERENCES informants (id),
  language TEXT NOT NULL DEFAULT 'nl', source TEXT NOT NULL DEFAULT '');
CREATE TABLE turns (
  transcript_id TEXT NOT NULL REFERENCES transcripts (id) ON DELETE CASCADE, n INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, speaker TEXT NOT NULL, interviewer INTEGER NOT NULL,
  time_start INTEGER, time_end INTEGER, part TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (transcript_id, n)) WITHOUT ROWID;
CREATE TABLE codes (
  id TEXT PRIMARY KEY, slug TEXT NOT NULL, parent_id TEXT REFERENCES codes (id),
  position INTEGER NOT NULL DEFAULT 0, name_nl TEXT NOT NULL DEFAULT '', name_en TEXT NOT NULL DEFAULT '',
  definition_nl TEXT NOT NULL DEFAULT '', definition_en TEXT NOT NULL DEFAULT '',
  use_nl TEXT NOT NULL DEFAULT '', use_en TEXT NOT NULL DEFAULT '', not_use_nl TEXT NOT NULL DEFAULT '',
  not_use_en TEXT NOT NULL DEFAULT '', example_nl TEXT NOT NULL DEFAULT '',
  example_en TEXT NOT NULL DEFAULT '', mnemonic TEXT NOT NULL DEFAULT '', colour TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '', retired INTEGER NOT NULL DEFAULT 0);
CREATE TABLE codings (
  id TEXT PRIMARY KEY, transcript_id TEXT NOT NULL REFERENCES transcripts (id), text_hash TEXT NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, code_id TEXT NOT NULL REFERENCES codes (id),
  coder_id TEXT NOT NULL REFERENCES coders (id), created_at TEXT NOT NULL, decision_id TEXT,
  CHECK (0 <= start AND start < end));
CREATE INDEX codings_transcript ON codings (transcript_id, start);
CREATE INDEX codings_code ON codings (code_id);
CREATE INDEX codings_coder ON codings (coder_id);
CREATE TABLE memos (
  id TEXT PRIMARY KEY, target_kind TEXT NOT NULL, target_id TEXT NOT NULL, text TEXT NOT NULL,
  coder_id TEXT REFERENCES coders (id), created_at TEXT NOT NULL);
CREATE INDEX memos_target ON memos (target_kind, target_id);
CREATE TABLE done (
  id TEXT PRIMARY KEY, transcript_id TEXT NOT NULL REFERENCES transcripts (id),
  coder_id TEXT NOT NULL REFERENCES coders (id), at TEXT NOT NULL);
CREATE TABLE checklist (
  id TEXT PRIMARY KEY, slug TEXT NOT NULL, dimension TEXT NOT NULL, position INTEGER NOT NULL DEFAULT 0,
  good_nl TEXT NOT NULL DEFAULT '', good_en TEXT NOT NULL DEFAULT '', poor_nl TEXT NOT NULL DEFAULT '',
  poor_en TEXT NOT NULL DEFAULT '', codes TEXT NOT NULL DEFAULT '[]')
""",
    # Rounds, seals and decisions; what merging knows about this copy of the file.
    "0002_rounds": """
CREATE TABLE rounds (
  id TEXT PRIMARY KEY, number INTEGER NOT NULL, name TEXT NOT NULL DEFAULT '', transcripts TEXT NOT NULL,
  coders TEXT NOT NULL, codebook TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'running',
  coder_id TEXT REFERENCES coders (id), started_at TEXT NOT NULL, closed_at TEXT NOT NULL DEFAULT '');
CREATE TABLE freezes (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id),
  transcript_id TEXT NOT NULL REFERENCES transcripts (id), text_hash TEXT NOT NULL, codebook TEXT NOT NULL,
  codings TEXT NOT NULL, at TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE openings (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id),
  transcript_id TEXT NOT NULL REFERENCES transcripts (id), coder_id TEXT NOT NULL REFERENCES coders (id),
  reason TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE decisions (
  id TEXT PRIMARY KEY, round_id TEXT REFERENCES rounds (id),
  transcript_id TEXT NOT NULL REFERENCES transcripts (id), kind TEXT NOT NULL,
  coder_a TEXT NOT NULL REFERENCES coders (id), coder_b TEXT NOT NULL REFERENCES coders (id),
  a TEXT NOT NULL, b TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT '', coder_id TEXT NOT NULL REFERENCES coders (id), at TEXT NOT NULL,
  reopened_at TEXT NOT NULL DEFAULT '');
CREATE INDEX decisions_transcript ON decisions (transcript_id);
CREATE TABLE rationales (
  id TEXT PRIMARY KEY, transcript_id TEXT NOT NULL REFERENCES transcripts (id), difference TEXT NOT NULL,
  coder_id TEXT NOT NULL REFERENCES coders (id), text TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX rationales_difference ON rationales (difference);
CREATE TABLE reflections (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id), question TEXT NOT NULL,
  coder_id TEXT NOT NULL REFERENCES coders (id), text TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE code_links (
  id TEXT PRIMARY KEY, code_id TEXT NOT NULL REFERENCES codes (id),
  decision_id TEXT NOT NULL REFERENCES decisions (id), coder_id TEXT REFERENCES coders (id),
  at TEXT NOT NULL);
CREATE TABLE reviews (
  id TEXT PRIMARY KEY, coding_id TEXT NOT NULL, coder_id TEXT NOT NULL REFERENCES coders (id),
  at TEXT NOT NULL);
CREATE TABLE settled (
  id TEXT PRIMARY KEY, choice TEXT NOT NULL, coder_id TEXT REFERENCES coders (id), at TEXT NOT NULL);
CREATE TABLE aliases (
  tbl TEXT NOT NULL, id TEXT NOT NULL, canonical TEXT NOT NULL, PRIMARY KEY (tbl, id)) WITHOUT ROWID;
CREATE TABLE contests (
  id TEXT PRIMARY KEY, tbl TEXT NOT NULL, row_id TEXT NOT NULL, field TEXT NOT NULL, entry_id TEXT NOT NULL,
  tick INTEGER NOT NULL, value TEXT, coder_id TEXT, other_value TEXT, other_coder_id TEXT);
CREATE TABLE merges (id TEXT PRIMARY KEY, at TEXT NOT NULL, source TEXT NOT NULL, entries INTEGER NOT NULL);
CREATE TABLE pins (coder_id TEXT PRIMARY KEY, salt BLOB NOT NULL, hash BLOB NOT NULL)
""",
    # Pseudonyms in use, words that are no names, and how far names were looked at.
    "0003_pseudonyms": """
CREATE TABLE pseudonyms (
  id TEXT PRIMARY KEY, pseudonym TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL DEFAULT 0);
CREATE TABLE not_names (id TEXT PRIMARY KEY, word TEXT NOT NULL);
CREATE TABLE name_states (
  id TEXT PRIMARY KEY, transcript_id TEXT NOT NULL REFERENCES transcripts (id), state TEXT NOT NULL,
  at TEXT NOT NULL);
CREATE INDEX name_states_transcript ON name_states (transcript_id)
""",
    # Themes arranged by hand, rankings, ratings of cases on the checklist.
    "0010_products": """
CREATE TABLE themes (
  id TEXT PRIMARY KEY, title TEXT NOT NULL DEFAULT '', text TEXT NOT NULL DEFAULT '',
  codes TEXT NOT NULL DEFAULT '[]', position INTEGER NOT NULL DEFAULT 0);
CREATE TABLE theme_quotes (
  id TEXT PRIMARY KEY, theme_id TEXT NOT NULL REFERENCES themes (id),
  transcript_id TEXT NOT NULL REFERENCES transcripts (id), text_hash TEXT NOT NULL, start INTEGER NOT NULL,
  end INTEGER NOT NULL, subgroup TEXT NOT NULL DEFAULT '', position INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0, negative INTEGER NOT NULL DEFAULT 0, short TEXT NOT NULL DEFAULT '',
  moved_from TEXT NOT NULL DEFAULT '', CHECK (0 <= start AND start < end));
CREATE INDEX theme_quotes_theme ON theme_quotes (theme_id);
CREATE TABLE rankings (id TEXT PRIMARY KEY, name TEXT NOT NULL, transcripts TEXT NOT NULL);
CREATE TABLE ranking_orders (
  id TEXT PRIMARY KEY, ranking_id TEXT NOT NULL REFERENCES rankings (id),
  coder_id TEXT NOT NULL REFERENCES coders (id), ranks TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '');
CREATE TABLE ranking_answers (
  id TEXT PRIMARY KEY, ranking_id TEXT NOT NULL REFERENCES rankings (id),
  coder_id TEXT NOT NULL REFERENCES coders (id), first TEXT NOT NULL REFERENCES transcripts (id),
  second TEXT NOT NULL REFERENCES transcripts (id), answer INTEGER NOT NULL);
CREATE TABLE ratings (
  id TEXT PRIMARY KEY, criterion_id TEXT NOT NULL REFERENCES checklist (id),
  case_id TEXT NOT NULL REFERENCES cases (id), coder_id TEXT NOT NULL REFERENCES coders (id),
  verdict TEXT NOT NULL, evidence TEXT NOT NULL DEFAULT '[]', note TEXT NOT NULL DEFAULT '');
CREATE INDEX ratings_case ON ratings (case_id)
""",
    # The index of words and plain text, and suggestions that were refused: all local to this copy.
    # A text that leaves the file takes its words with it, whoever removes it.
    "0020_words": """
CREATE TABLE word_texts (
  document INTEGER PRIMARY KEY, transcript_id TEXT NOT NULL UNIQUE, text_hash TEXT NOT NULL,
  shape TEXT NOT NULL, basis TEXT NOT NULL, pipeline TEXT NOT NULL, size INTEGER NOT NULL,
  turns BLOB NOT NULL, sentences BLOB NOT NULL, line BLOB NOT NULL);
CREATE TABLE word_forms (
  form INTEGER PRIMARY KEY, surface TEXT NOT NULL, lemma TEXT NOT NULL, language TEXT NOT NULL,
  folded TEXT NOT NULL, UNIQUE (surface, lemma, language));
CREATE INDEX word_forms_folded ON word_forms (folded);
CREATE TABLE word_keys (
  key TEXT NOT NULL, form INTEGER NOT NULL REFERENCES word_forms (form) ON DELETE CASCADE,
  PRIMARY KEY (key, form)) WITHOUT ROWID;
CREATE INDEX word_keys_form ON word_keys (form);
CREATE TABLE word_places (
  document INTEGER NOT NULL REFERENCES word_texts (document) ON DELETE CASCADE, form INTEGER NOT NULL,
  places BLOB NOT NULL, PRIMARY KEY (document, form)) WITHOUT ROWID;
CREATE INDEX word_places_form ON word_places (form);
CREATE TABLE plain_texts (
  plain INTEGER PRIMARY KEY, kind TEXT NOT NULL, target_id TEXT NOT NULL UNIQUE, text_hash TEXT NOT NULL);
CREATE TABLE plain_places (place INTEGER PRIMARY KEY, plain INTEGER NOT NULL, start INTEGER NOT NULL);
CREATE INDEX plain_places_plain ON plain_places (plain);
CREATE VIRTUAL TABLE plain_words USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE refusals (
  coder_id TEXT NOT NULL, code_id TEXT NOT NULL, transcript_id TEXT NOT NULL, text_hash TEXT NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  PRIMARY KEY (coder_id, code_id, transcript_id, text_hash, start, end)) WITHOUT ROWID;
CREATE TRIGGER words_leave_with_text AFTER DELETE ON texts BEGIN
  DELETE FROM word_texts WHERE text_hash = old.hash;
  DELETE FROM word_forms WHERE NOT EXISTS (SELECT 1 FROM word_places p WHERE p.form = word_forms.form);
  DELETE FROM plain_texts WHERE text_hash = old.hash;
  INSERT INTO plain_words (plain_words) VALUES ('rebuild');
END;
CREATE TRIGGER words_leave_with_memo AFTER DELETE ON memos BEGIN
  DELETE FROM plain_texts WHERE target_id = old.id;
END;
CREATE TRIGGER plain_words_leave AFTER DELETE ON plain_texts BEGIN
  DELETE FROM plain_words WHERE rowid IN (SELECT place FROM plain_places WHERE plain = old.plain);
  DELETE FROM plain_places WHERE plain = old.plain;
END
""",
    # Interviews that were forgotten on purpose, so that no other copy brings them back.
    "0030_forgotten": """
CREATE TABLE forgotten (id TEXT PRIMARY KEY, at TEXT NOT NULL)
""",
    # What was found of the names in an interview holds for the text that was looked at, and no other.
    "0031_names_per_text": """
ALTER TABLE name_states ADD COLUMN text_hash TEXT NOT NULL DEFAULT ''
""",
    # A text is its first wording and the corrections of it; `depth` orders them everywhere alike.
    "0032_text_history": """
CREATE TABLE revisions (
  id TEXT PRIMARY KEY, transcript_id TEXT NOT NULL, parents TEXT NOT NULL DEFAULT '[]', edits TEXT NOT NULL,
  before_hash TEXT NOT NULL DEFAULT '', text_hash TEXT NOT NULL, depth INTEGER NOT NULL,
  firm INTEGER NOT NULL DEFAULT 0);
CREATE INDEX revisions_transcript ON revisions (transcript_id);
CREATE TRIGGER words_leave_with_masked AFTER UPDATE ON texts BEGIN
  DELETE FROM word_texts WHERE text_hash = old.hash;
  DELETE FROM word_forms WHERE NOT EXISTS (SELECT 1 FROM word_places p WHERE p.form = word_forms.form);
  DELETE FROM plain_texts WHERE text_hash = old.hash;
  INSERT INTO plain_words (plain_words) VALUES ('rebuild');
END
""",
    # Names that were hidden, as fingerprints under a key of their own, with what stands for them.
    "0033_hidden_names": """
CREATE TABLE hidden_names (
  id TEXT PRIMARY KEY, salt TEXT NOT NULL, forms TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL)
""",
    # What need not be read or counted again: blocks of share files, and the state of the codings of an interview.
    "0034_known_already": """
CREATE INDEX journal_coder ON journal (coder_id);
CREATE TABLE taken_blocks (digest TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE state_parts (transcript_id TEXT PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID;
CREATE TRIGGER state_of_added AFTER INSERT ON codings BEGIN
  DELETE FROM state_parts WHERE transcript_id = new.transcript_id;
END;
CREATE TRIGGER state_of_changed AFTER UPDATE ON codings BEGIN
  DELETE FROM state_parts WHERE transcript_id IN (old.transcript_id, new.transcript_id);
END;
CREATE TRIGGER state_of_deleted AFTER DELETE ON codings BEGIN
  DELETE FROM state_parts WHERE transcript_id = old.transcript_id;
END
""",
    # Who signs with which key; what was fixed of sealed readings, and what was shown of them afterwards (until then the
    # salt stays in this copy). A signature of an entry is over its `parts` and `words`.
    "0035_signed": """
CREATE TABLE keys (
  id TEXT PRIMARY KEY, coder_id TEXT NOT NULL REFERENCES coders (id), public TEXT NOT NULL,
  machine TEXT NOT NULL, at TEXT NOT NULL, confirmed_by TEXT REFERENCES coders (id));
CREATE TABLE commitments (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id),
  transcript_id TEXT NOT NULL REFERENCES transcripts (id), coder_id TEXT NOT NULL REFERENCES coders (id),
  hash TEXT NOT NULL, at TEXT NOT NULL, key_id TEXT, signature TEXT NOT NULL DEFAULT '');
CREATE TABLE reveals (
  id TEXT PRIMARY KEY, transcript_id TEXT NOT NULL REFERENCES transcripts (id),
  coder_id TEXT NOT NULL REFERENCES coders (id), salt TEXT NOT NULL, reading TEXT NOT NULL, rests_on TEXT NOT NULL,
  at TEXT NOT NULL, key_id TEXT, signature TEXT NOT NULL DEFAULT '');
CREATE TABLE salts (commitment_id TEXT PRIMARY KEY, salt TEXT NOT NULL, reading TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE signatures (
  entry_id TEXT PRIMARY KEY, key_id TEXT NOT NULL, parts TEXT NOT NULL, words TEXT NOT NULL, salt TEXT NOT NULL,
  signature TEXT NOT NULL) WITHOUT ROWID;
ALTER TABLE rounds ADD COLUMN commits INTEGER NOT NULL DEFAULT 0
""",
    # Who goes by which pseudonym in which case ("": in all), the names as fingerprints under a key of their own.
    "0040_cast": """
CREATE TABLE cast_members (
  id TEXT PRIMARY KEY, pseudonym TEXT NOT NULL, kind TEXT NOT NULL, case_label TEXT NOT NULL, salt TEXT NOT NULL,
  forms TEXT NOT NULL)
""",
    # Roles of the project's own, and who speaks in a turn where it is not simply the interview's informant.
    "0050_roles": """
CREATE TABLE roles (
  id TEXT PRIMARY KEY, key TEXT NOT NULL, name_nl TEXT NOT NULL DEFAULT '', name_en TEXT NOT NULL DEFAULT '',
  under TEXT NOT NULL DEFAULT '');
ALTER TABLE turns ADD COLUMN role TEXT NOT NULL DEFAULT ''
""",
    # Surveys: their questions and scales, and who answered what (by the letter of the column); the
    # interview with their open answers can go without these.
    "0055_surveys": """
CREATE TABLE surveys (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, columns TEXT NOT NULL, scales TEXT NOT NULL DEFAULT '[]');
CREATE TABLE respondents (
  id TEXT PRIMARY KEY, survey_id TEXT NOT NULL REFERENCES surveys (id), label TEXT NOT NULL,
  answers TEXT NOT NULL DEFAULT '{}', case_id TEXT REFERENCES cases (id));
CREATE INDEX respondents_survey ON respondents (survey_id);
CREATE TABLE respondent_interviews (
  id TEXT PRIMARY KEY, respondent_id TEXT NOT NULL REFERENCES respondents (id),
  transcript_id TEXT NOT NULL REFERENCES transcripts (id));
CREATE INDEX respondent_interviews_respondent ON respondent_interviews (respondent_id);
CREATE INDEX respondent_interviews_transcript ON respondent_interviews (transcript_id);
CREATE INDEX transcripts_name ON transcripts (name);
CREATE INDEX transcripts_text ON transcripts (text_hash)
""",
    # For which side of a criterion a coding was named as evidence, where somebody said so: id → good or poor.
    "0065_sides": """
ALTER TABLE ratings ADD COLUMN sides TEXT NOT NULL DEFAULT '{}'
""",
    # The research question that a theme answers.
    "0066_questions": """
ALTER TABLE themes ADD COLUMN question TEXT NOT NULL DEFAULT ''
""",
    # A form is a word as written and read ("zorgen", noun), and a key of it is sure or not. The index is made anew.
    "0070_readings": """
ALTER TABLE word_forms RENAME COLUMN lemma TO reading;
ALTER TABLE word_keys ADD COLUMN sure INTEGER NOT NULL DEFAULT 1
""",
}
migrations = Migrations("qualcode")


def _making(statements: str) -> Callable[[Database], None]:
    def make(db: Database) -> None:
        for statement in re.split(r";\n(?=CREATE|ALTER)", statements.strip()):
            db.execute(statement)

    return make


for _name, _statements in TABLES.items():
    migrations(name=_name)(_making(_statements))


def connect(path: Path, *, read_only: bool = False) -> Database:
    """The file as a database, as we use it."""
    uri = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rw'}"
    connection = sqlite3.connect(uri, uri=True, timeout=_WAIT_FOR_LOCK_S, check_same_thread=False)
    return _as_used(connection)


def in_memory() -> Database:
    """An empty database that lies in no file."""
    return _as_used(sqlite3.connect(":memory:", check_same_thread=False))


def made_empty() -> Database:
    """A project with nothing in it, in memory: the tables as they must be."""
    db = in_memory()
    migrations.apply(db)
    return db


def _as_used(connection: sqlite3.Connection) -> Database:
    db = Database(connection)
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA secure_delete = ON")
    return db
