"""Projects of QualCoder and Taguette, made here with the tables that these programs have."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.exchange.bundle import Bundle
from qualcode.exchange.programs import HtmlText, read_qualcoder, read_taguette
from qualcode.store.project import open_project

from .verbs import ok, refused, run

QUALCODER = """
CREATE TABLE project (databaseversion text, date text, memo text, about text, codername text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
  date text, av_text_id integer, risid integer, unique(name));
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
  color text, unique(name));
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer,
  pos1 integer, owner text, date text, memo text, avid integer, important integer,
  unique(cid, fid, pos0, pos1, owner));
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text,
  date text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text);
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer,
  owner text, date text, memo text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text,
  owner text);
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text);
CREATE TABLE code_av (avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer);
CREATE TABLE code_image (imid integer primary key, id integer);
"""
TEXT = "I: Hoe gaat het? 😀\nR: Prima, één kind erbij.\nI: Fijn.\n"
WHEN = "2026-05-03 12:00:00"


def table(db: sqlite3.Connection, name: str, *rows: dict[str, Any]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        db.execute(f"INSERT INTO {name} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def place(words: str, utf16: bool = False) -> dict[str, Any]:
    start = TEXT.index(words)
    shift = utf16 and start > TEXT.index("😀")
    return {"pos0": start + shift, "pos1": start + len(words) + shift, "seltext": words}


def qualcoder(folder: Path, utf16: bool = False, **more: list[dict[str, Any]]) -> Path:
    """A project folder as QualCoder keeps it."""
    path = folder / "studie.qda"
    path.mkdir()
    db = sqlite3.connect(path / "data.qda")
    db.executescript(QUALCODER)
    by = {"owner": "Anna", "date": WHEN}
    table(db, "project", {"memo": "Over de studie"})
    table(db, "source", {"id": 1, "name": "gesprek 1", "fulltext": TEXT, "memo": "Op school", **by})
    table(db, "source", {"id": 2, "name": "film.mp4", "fulltext": None, **by})
    table(db, "code_cat", {"catid": 1, "name": "Gezin", "memo": "", "supercatid": None})
    table(db, "code_cat", {"catid": 2, "name": "Kinderen", "memo": "wie er zijn", "supercatid": 1})
    table(db, "code_name", {"cid": 1, "name": "kind", "memo": "een kind", "catid": 2, "color": "#e65100"})
    table(db, "code_name", {"cid": 2, "name": "stemming", "memo": None, "catid": None, "color": "rood"})
    table(
        db,
        "code_text",
        {"cid": 1, "fid": 1, **place("één kind", utf16), "memo": "mooi", **by},
        {"cid": 2, "fid": 1, **place("Prima", utf16), "memo": None, "owner": "Bert", "date": WHEN},
        {"cid": 9, "fid": 1, **place("Fijn", utf16), "memo": "", **by},
        {"cid": 1, "fid": 1, "pos0": 4, "pos1": 9999, "seltext": "?", "memo": "", **by},
    )
    table(
        db,
        "annotation",
        {
            "fid": 1,
            **{k: v for k, v in place("Fijn", utf16).items() if k != "seltext"},
            "memo": "let op",
            **by,
        },
    )
    table(db, "cases", {"caseid": 5, "name": "Kind 4", "memo": "", **by})
    table(db, "case_text", {"caseid": 5, "fid": 1, "pos0": 0, "pos1": 5, "memo": ""})
    table(db, "attribute", {"name": "groep", "attr_type": "case", "value": "6", "id": 5})
    table(db, "attribute", {"name": "soort", "attr_type": "file", "value": "x", "id": 1})
    table(db, "journal", {"name": "Dag 1", "jentry": "Begonnen.", **by})
    table(db, "code_av", {"id": 2})
    for name, rows in more.items():
        table(db, name, *rows)
    db.commit()
    db.close()
    return path


def placed(bundle: Bundle) -> list[tuple[str, str, str]]:
    """Words, code and coder of each coding."""
    texts = {text.id: text.text for text in bundle.texts}
    codes = {code.id: code.slug for code in bundle.codes}
    coders = {coder.id: coder.name for coder in bundle.coders}
    return [(c.span.of(texts[c.transcript_id]), codes[c.code_id], coders[c.coder_id]) for c in bundle.codings]


@pytest.mark.parametrize("utf16", [False, True])
def test_a_qualcoder_project(tmp_path: Path, utf16: bool) -> None:
    bundle = read_qualcoder(qualcoder(tmp_path, utf16))
    assert placed(bundle) == [("één kind", "kind", "Anna"), ("Prima", "stemming", "Bert")]
    slugs = {code.id: code.slug for code in bundle.codes}
    assert [(c.slug, slugs.get(c.parent_id or ""), c.definition.nl, c.colour) for c in bundle.codes] == [
        ("gezin", None, "", bundle.codes[0].colour),
        ("kinderen", "gezin", "wie er zijn", bundle.codes[1].colour),
        ("kind", "kinderen", "een kind", "#E65100"),
        ("stemming", None, "", bundle.codes[3].colour),
    ]
    assert [(m.target_kind, m.text) for m in bundle.memos] == [
        ("transcript", "Op school"),
        ("coding", "mooi"),
        ("transcript", "“Fijn”: let op"),
        ("project", "Dag 1\nBegonnen."),
        ("project", "Over de studie"),
    ]
    assert [(case.label, dict(case.attributes)) for case in bundle.cases] == [("Kind 4", {"groep": "6"})]
    assert [(text.name, text.case) for text in bundle.texts] == [("gesprek 1", "Kind 4")]
    assert dict(bundle.lost.counts) == {
        "attributes of files": 1,
        "files without text (pictures, sound)": 1,
        "codings with a code that is not in the file": 1,
        "passages outside their text": 1,
        "marked stretches of sound or film": 1,
    }
    assert bundle.fit.startswith("3 of 4 quoted passages")


def test_a_qualcoder_project_becomes_ours(tmp_path: Path) -> None:
    path = qualcoder(tmp_path)
    assert "QualCoder" in run("project", "import", tmp_path / "n.qualcode", path, "--dry-run").stdout
    done = ok("project", "import", tmp_path / "n.qualcode", path)
    assert done["taken"] == {"coders": 2, "codes": 4, "texts": 1, "codings": 2, "memos": 5}
    with open_project(tmp_path / "n.qualcode") as project:
        transcript = project.transcripts.all()[0]
        words = [(c.span.of(transcript.text), c.created_at) for c in project.codings.all()]
        assert [word for word, _at in words] == ["Prima", "één kind"]
        assert words[0][1] == "2026-05-03T12:00:00.000Z"
        assert [turn.speaker for turn in transcript.turns] == ["I", "R", "I"]
        letters = [code.mnemonic for code in project.codebook.all()]
        assert all(letters)
        assert len(set(letters)) == 4
    assert ok("check", tmp_path / "n.qualcode")["sound"]


TAGUETTE = """
CREATE TABLE projects (id INTEGER PRIMARY KEY, name VARCHAR(50), description TEXT, created DATETIME);
CREATE TABLE documents (id INTEGER PRIMARY KEY, name VARCHAR(200), description TEXT, filename VARCHAR(200),
  created DATETIME, project_id INTEGER, text_direction VARCHAR(13), contents TEXT);
CREATE TABLE commands (id INTEGER PRIMARY KEY, date DATETIME, user_login VARCHAR(30), project_id INTEGER,
  document_id INTEGER, payload TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id INTEGER, path VARCHAR(200), description TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER, end_offset INTEGER,
  snippet TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER, PRIMARY KEY (highlight_id, tag_id));
"""
HTML = "<p>Interviewer: Hoe gaat het? 😀</p><p>Anna: Prima, <b>één</b> kind &amp; een hond.</p>\n<p>Anna: Einde.</p>"
NODES = "Interviewer: Hoe gaat het? 😀Anna: Prima, één kind & een hond.\nAnna: Einde."


def bytes_of(words: str) -> dict[str, int]:
    start = len(NODES[: NODES.index(words)].encode())
    return {"start_offset": start, "end_offset": start + len(words.encode())}


def taguette(path: Path) -> Path:
    """A database as Taguette keeps it, with two projects."""
    db = sqlite3.connect(path)
    db.executescript(TAGUETTE)
    table(db, "projects", {"id": 1, "name": "Studie", "description": "Over"}, {"id": 2, "name": "Anders"})
    table(
        db,
        "documents",
        {
            "id": 1,
            "name": "gesprek",
            "description": "d",
            "filename": "g.docx",
            "project_id": 1,
            "contents": HTML,
        },
        {
            "id": 2,
            "name": "ander",
            "description": "",
            "filename": "",
            "project_id": 2,
            "contents": "<p>x</p>",
        },
    )
    table(
        db,
        "tags",
        {"id": 1, "project_id": 1, "path": "gezin.kind", "description": "een kind"},
        {"id": 2, "project_id": 1, "path": "stemming", "description": ""},
        {"id": 3, "project_id": 2, "path": "x", "description": ""},
    )
    table(
        db,
        "highlights",
        {"id": 1, "document_id": 1, **bytes_of("één kind")},
        {"id": 2, "document_id": 1, **bytes_of("😀Anna: Prima")},
        {"id": 3, "document_id": 1, "start_offset": 5, "end_offset": 9999},
        {"id": 4, "document_id": 2, "start_offset": 0, "end_offset": 1},
    )
    table(
        db,
        "highlight_tags",
        {"highlight_id": 1, "tag_id": 1},
        {"highlight_id": 1, "tag_id": 2},
        {"highlight_id": 2, "tag_id": 2},
        {"highlight_id": 3, "tag_id": 2},
        {"highlight_id": 4, "tag_id": 3},
    )
    made = json.dumps({"type": "highlight_add", "highlight_id": 1, "tags": [1]})
    table(
        db,
        "commands",
        {"date": WHEN, "user_login": "anna", "project_id": 1, "document_id": 1, "payload": made},
        {"date": WHEN, "user_login": "anna", "project_id": 1, "document_id": 1, "payload": "{broken"},
    )
    db.commit()
    db.close()
    return path


def test_a_taguette_project(tmp_path: Path) -> None:
    bundle = read_taguette(taguette(tmp_path / "t.sqlite3"), title="Studie")
    assert bytes_of("één kind") == {"start_offset": 44, "end_offset": 54}  # bytes: two more than signs
    assert placed(bundle) == [
        ("één kind", "kind", "anna"),
        ("één kind", "stemming", "anna"),
        ("😀\nAnna: Prima", "stemming", "unknown"),
    ]
    slugs = {code.id: code.slug for code in bundle.codes}
    assert [(code.slug, slugs.get(code.parent_id or ""), code.definition.nl) for code in bundle.codes] == [
        ("gezin", None, ""),
        ("kind", "gezin", "een kind"),
        ("stemming", None, ""),
    ]
    assert bundle.texts[0].text.split("\n")[:2] == [
        "Interviewer: Hoe gaat het? 😀",
        "Anna: Prima, één kind & een hond.",
    ]
    assert [(m.target_kind, m.text) for m in bundle.memos] == [("project", "Over"), ("transcript", "d")]
    assert dict(bundle.lost.counts) == {"passages outside their text": 1}


def test_a_file_with_several_projects_asks_which(tmp_path: Path) -> None:
    path = taguette(tmp_path / "t.sqlite3")
    assert "Studie, Anders" in refused("project", "import", tmp_path / "n", path)
    done = ok("project", "import", tmp_path / "n.qualcode", path, "--title", "Studie")
    assert done["taken"]["codings"] == 3
    assert ok("transcripts", "show", tmp_path / "n.qualcode", "gesprek")["turns"][1]["speaker"] == "Anna"


@given(st.lists(st.text(st.sampled_from("aé😀 \n"), max_size=5), min_size=1, max_size=5), st.data())
def test_bytes_of_html_stand_for_the_same_words(parts: list[str], data: st.DataObject) -> None:
    html = HtmlText("".join(f"<p>{part}</p>" for part in parts))
    assert html.nodes == "".join(parts)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(html.nodes))] * 2)))
    places = [len(html.nodes[:n].encode()) for n in (start, end)]
    span = html.span(*places)
    assert span is not None
    assert span.of(html.text).replace("\n", "") == html.nodes[start:end].replace("\n", "")


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"not a database at all"])
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    for name, read in (("x.qda", read_qualcoder), ("x.sqlite3", read_taguette)):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match=r"project"):
            read(tmp_path / name)
    (tmp_path / "leeg.qda").mkdir()
    with pytest.raises(InputError, match=r"no data\.qda"):
        read_qualcoder(tmp_path / "leeg.qda")


def test_the_file_of_the_other_program_is_not_changed(tmp_path: Path) -> None:
    path = qualcoder(tmp_path)
    before = (path / "data.qda").read_bytes()
    read_qualcoder(path)
    assert (path / "data.qda").read_bytes() == before
    assert [file.name for file in path.iterdir()] == ["data.qda"]
