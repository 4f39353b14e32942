"""REFI-QDA projects: round trips with ourselves, valid by the schema, and everything that other programs do."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.exchange.bundle import Bundle, TravellingText, TravellingTheme
from qualcode.exchange.refi.read import read_qdpx
from qualcode.exchange.refi.write import write_qdpx
from qualcode.model import USUAL_ROLES, Case, Codebook, Coder, CoderKind, Memo, Transcript, Turn
from qualcode.store.project import Project, open_project
from qualcode.tasks.project.exchange import bundle_of, export_project, import_project
from qualcode.text.normal import normal
from tests.verbs import ok, refused, run

from .books import codebooks
from .interviews import codings_of, interviews

REFI = Path(__file__).parents[3] / "shared" / "refi"
needs_schema = pytest.mark.skipif(
    not (REFI / "Project.xsd").exists(), reason="the schema of REFI-QDA is not on this machine"
)
_words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=12
).map(lambda text: normal(text).strip())
words = _words.filter(bool)
NO_XML = re.compile("[\ufffe\uffff]")  # signs that XML cannot hold


def all_words(book: Codebook) -> str:
    """Everything a codebook says, as it is."""
    return json.dumps(astuple(book), ensure_ascii=False)


def valid(path: Path) -> None:
    """Fails if the project in the file is not valid by the schema, or has notes that QualCoder does not read."""
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(str(REFI / "Project.xsd")))
    with zipfile.ZipFile(path) as archive:
        project = etree.fromstring(archive.read("project.qde"))
    schema.assertValid(project)
    notes = [element for element in project.iter() if str(element.tag).endswith("}Note")]
    assert all(note.get("creationDateTime") for note in notes)
    assert len({note.get("name") for note in notes}) == len(notes)  # else QualCoder stops


def uid(kind: str, n: int) -> str:
    """An id as projects have them, the same for the same kind and number."""
    return f"0190{n:04d}-0000-7000-8000-{sum(map(ord, kind)):012d}"


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    """Any small project in our own nouns."""
    book = draw(codebooks("boek").filter(lambda book: not NO_XML.search(all_words(book))))
    coders = [Coder(uid("coder", n), f"coder {n}", draw(st.sampled_from(list(CoderKind)))) for n in range(2)]
    cases = [Case(uid("case", n), f"0{n}", draw(st.dictionaries(words, words, max_size=2))) for n in range(2)]
    texts, codings, memos = [], [], []
    ids = tuple(code.id for code in book.codes)
    for n in range(draw(st.integers(0, 2))):
        found = draw(interviews())
        case = draw(st.sampled_from(["", "00", "01"]))
        role = draw(st.sampled_from([None, *USUAL_ROLES])) if case else None
        turns = tuple(_timed(turn, draw(st.sampled_from([None, 0, 61_000]))) for turn in found.turns)
        source = draw(st.just("") | words)
        texts.append(
            TravellingText(uid("text", n), f"gesprek {n}", found.text, turns, case, role, "nl", source)
        )
        if ids:
            for coding in draw(codings_of(found, ids)):
                its = uid(f"coding{coding.id}", n)
                by = draw(st.sampled_from(coders)).id
                codings.append(replace(coding, id=its, transcript_id=uid("text", n), coder_id=by))
    targets = [("project", ""), ("case", cases[0].id), *(("code", code) for code in ids)]
    targets += [("transcript", text.id) for text in texts] + [("coding", coding.id) for coding in codings]
    for n, target in enumerate(draw(st.lists(st.sampled_from(targets), max_size=5))):
        by = draw(st.sampled_from([None, coders[0].id]))
        memos.append(Memo(uid("memo", n), *target, draw(words), by, "2026-01-02T03:04:05.000Z"))
    themes = (
        [TravellingTheme(uid("theme", 1), draw(words), draw(st.just("") | words), ids[:2])] if ids else []
    )
    done = [(text.id, coders[0].id) for text in texts[:1]]
    return Bundle("Een studie", "", coders, book, cases, texts, codings, memos, themes, done)


def _timed(turn: Turn, time: int | None) -> Turn:
    return replace(turn, time_start=time)


def unordered(bundle: Bundle) -> dict[str, Any]:
    """What a bundle holds, without the order of what has none."""
    return {
        "coders": bundle.coders,
        "codebook": bundle.codebook,
        "cases": bundle.cases,
        "texts": bundle.texts,
        "codings": sorted(bundle.codings, key=lambda c: c.id),
        "memos": sorted(bundle.memos, key=lambda m: m.id),
        "themes": [replace(theme, title=" ".join(theme.title.split())) for theme in bundle.themes],
        "done": bundle.done,
    }


@given(bundles())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_round_trip_with_ourselves_loses_nothing(tmp_path: Path, bundle: Bundle) -> None:
    path = tmp_path / "x.qdpx"
    write_qdpx(bundle, path)
    back = read_qdpx(path)
    assert unordered(back) == unordered(bundle)
    assert back.lost.lines() == []


@needs_schema
@given(bundles())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_project_is_valid_by_the_schema(tmp_path: Path, bundle: Bundle) -> None:
    write_qdpx(bundle, tmp_path / "x.qdpx", language="en", crlf=True)
    valid(tmp_path / "x.qdpx")


@pytest.fixture
def study(project: Project) -> Project:
    """The project of the tests with codings, memos on everything, a case with attributes, a theme, a done mark."""
    transcript, case = project.transcripts.all()[0], project.cases.all()[0]
    tijd, meta = project.codebook.get("tijd"), project.codebook.get("meta")
    bram = project.coders.get("bram")
    first = project.codings.add(transcript, 14, 24, tijd)
    project.codings.add(transcript, 0, 30, meta, bram)
    for kind, target in (
        ("coding", first.id),
        ("case", case.id),
        ("transcript", transcript.id),
        ("code", meta.id),
        ("project", project.id),
    ):
        project.memos.add(kind, target, f"Over {kind}: twee\nregels.")
    project.cases.set_attributes(case, {"groep": "6", "leeftijd": "9"})
    project.themes.add("Tijd en meer", [tijd.id, meta.id])
    project.progress.mark(transcript, bram)
    return project


def test_a_project_goes_out_and_comes_back_whole(study: Project, tmp_path: Path) -> None:
    path = tmp_path / "out.qdpx"
    bundle = export_project(study, path)
    assert list(bundle.lost.counts) == ["acts in the journal (who did what, when)"]
    import_project(tmp_path / "new.qualcode", read_qdpx(path))
    with open_project(tmp_path / "new.qualcode") as back:
        assert described(bundle_of(back)) == described(bundle_of(study))
        assert back.settings.get("title") == "A study"
        assert [str(theme.title) for theme in back.themes.all()] == [
            str(theme.title) for theme in study.themes.all()
        ]


def described(bundle: Bundle) -> dict[str, Any]:
    """What a project holds, by names instead of ids."""
    coders = {coder.id: coder.name for coder in bundle.coders}
    texts = {text.id: text.name for text in bundle.texts}
    codes = {code.id: code.slug for code in bundle.codes}
    codings = {
        c.id: (texts[c.transcript_id], c.start, c.end, codes[c.code_id], coders[c.coder_id])
        for c in bundle.codings
    }
    names = {**texts, **codes, **codings, **{case.id: case.label for case in bundle.cases}, "": "project"}
    return {
        "coders": [(coder.name, coder.kind) for coder in bundle.coders],
        "codes": [
            replace(code, id="", position=n, parent_id=codes.get(code.parent_id or ""))
            for n, code in enumerate(bundle.codes)
        ],
        "cases": [(case.label, dict(case.attributes)) for case in bundle.cases],
        "texts": [replace(text, id="") for text in bundle.texts],
        "codings": sorted(codings.values()),
        "memos": sorted(
            (m.target_kind, str(names[m.target_id]), m.text, coders.get(m.coder_id or ""))
            for m in bundle.memos
        ),
        "themes": [
            (theme.title, theme.text, [codes[code] for code in theme.codes]) for theme in bundle.themes
        ],
        "done": [(texts[where], coders[who]) for where, who in bundle.done],
    }


def test_taking_the_same_file_in_twice_changes_nothing(study: Project, tmp_path: Path) -> None:
    export_project(study, tmp_path / "out.qdpx")
    path, before = study.path, described(bundle_of(study))
    study.close()
    found = ok("project", "import", path, tmp_path / "out.qdpx")
    assert set(found["taken"].values()) == {0}
    with open_project(path) as again:
        assert described(bundle_of(again)) == before


def test_without_our_note_labels_and_times_are_found_again(study: Project, tmp_path: Path) -> None:
    path = tmp_path / "out.qdpx"
    export_project(study, path)
    stripped = repacked(path, drop=lambda name, data: b'{"qualcode"' in data)
    taken = import_project(tmp_path / "new.qualcode", read_qdpx(stripped))
    assert taken.counts["codings"] == 2
    with open_project(tmp_path / "new.qualcode") as back:
        one, other = back.transcripts.all()[0], study.transcripts.all()[0]
        assert (one.text, one.turns) == (other.text, other.turns)
        assert [c.span for c in back.codings.all()] == [c.span for c in study.codings.all()]


def repacked(
    path: Path, drop: Any = lambda _name, _data: False, change: Any = lambda _name, data: data
) -> Path:
    """The archive with members left out or changed."""
    out = path.with_name("repacked.qdpx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if not drop(name, data):
                new.writestr(name, change(name, data))
    return out


@given(interviews(), st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_positions_are_code_points_and_end_exclusive(
    tmp_path: Path, transcript: Transcript, data: Any
) -> None:
    from lxml import etree

    text = TravellingText(uid("text", 1), "x", transcript.text, transcript.turns)
    codings = data.draw(codings_of(transcript, ("c1",)))
    book = replace(Bundle("").codebook)
    write_qdpx(Bundle("x", "", [], book, [], [text], codings), tmp_path / "x.qdpx")
    with zipfile.ZipFile(tmp_path / "x.qdpx") as archive:
        raw = archive.read(f"sources/{text.id}.txt")
        root = etree.fromstring(archive.read("project.qde"))
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    for selection in root.iter("{*}PlainTextSelection"):
        found = raw.decode()[int(selection.get("startPosition")) : int(selection.get("endPosition"))]
        name = selection.get("name")
        assert " ".join(found.split()).startswith(name.removesuffix("…"))


# what other programs write

HEAD = '<Project xmlns="urn:QDA-XML:project:1.0" name="Elders" origin="{origin}">'


def g(n: int) -> str:
    return f"00000000-0000-0000-0000-0000000000{n:02d}"


def source(
    selections: str, more: str = "", name: str = "Gesprek", n: int = 50, path: str | None = None
) -> str:
    where = path if path is not None else f"internal://{g(n)}.txt"
    return f'<TextSource guid="{g(n)}" name="{name}" plainTextPath="{where}">{selections}{more}</TextSource>'


def selection(start: int, end: int, inner: str = "", name: str = "", n: int = 60, more: str = "") -> str:
    return (
        f'<PlainTextSelection guid="{g(n)}" name="{name}" startPosition="{start}" endPosition="{end}" {more}>'
        f"{inner}</PlainTextSelection>"
    )


def coding(code: int, n: int = 70, more: str = "", inner: str = "") -> str:
    return f'<Coding guid="{g(n)}" {more}><CodeRef targetGUID="{g(code)}"/>{inner}</Coding>'


def foreign(
    tmp_path: Path,
    inner: str,
    texts: dict[int, bytes] | None = None,
    origin: str = "Iets",
    qde: str = "project.qde",
    folder: str = "sources/",
) -> Bundle:
    """A project as another program might write it."""
    path = tmp_path / "foreign.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(qde, HEAD.format(origin=origin) + inner + "</Project>")
        for n, content in (texts or {50: b"I: Hoe gaat het?\nR: Te langzaam, vond ik.\n"}).items():
            archive.writestr(f"{folder}{g(n)}.txt", content)
    return read_qdpx(path)


CODEBOOK = (
    f'<CodeBook><Codes><Code guid="{{{g(1)}}}" name="Tijd" isCodable="true" color="#f00">'
    f'<Code guid="{g(2).upper()}" name="Haast" isCodable="true"/></Code>'
    f'<Code guid="{g(3)}" name="Haast" isCodable="false"/></Codes></CodeBook>'
)
USERS = f'<Users><User guid="{g(11)}" name="Anna"/><User guid="{g(12)}" name="anna"/><User guid="{g(13)}"/></Users>'


def placed(bundle: Bundle) -> list[tuple[str, str, str]]:
    """Words, code and coder of each coding."""
    texts = {text.id: text.text for text in bundle.texts}
    codes = {code.id: code.slug for code in bundle.codes}
    coders = {coder.id: coder.name for coder in bundle.coders}
    return [(c.span.of(texts[c.transcript_id]), codes[c.code_id], coders[c.coder_id]) for c in bundle.codings]


def test_ids_in_braces_and_capitals_and_names_that_come_twice(tmp_path: Path) -> None:
    chosen = selection(
        20, 31, coding(1, 70, f'creatingUser="{g(11)}"') + coding(2, 71, f'creatingUser="{g(12)}"')
    )
    bundle = foreign(tmp_path, USERS + CODEBOOK + f"<Sources>{source(chosen)}</Sources>")
    assert placed(bundle) == [("Te langzaam", "tijd", "Anna"), ("Te langzaam", "haast", "anna-2")]
    assert [(code.slug, code.colour, str(code.name)) for code in bundle.codes] == [
        ("tijd", "#FF0000", "Tijd"),
        ("haast", "", "Haast"),
        ("haast-2", "", "Haast"),
    ]
    assert [coder.name for coder in bundle.coders] == ["Anna", "anna-2", "coder"]


def test_who_made_a_coding_is_looked_for_and_else_unknown(tmp_path: Path) -> None:
    chosen = selection(20, 31, coding(1), more=f'modifyingUser="{g(11)}"') + selection(
        0, 2, coding(1, 72), n=61
    )
    bundle = foreign(tmp_path, USERS + CODEBOOK + f"<Sources>{source(chosen)}</Sources>")
    assert [coder for _words, _code, coder in placed(bundle)] == ["Anna", "unknown"]


@pytest.mark.parametrize(
    ("raw", "start"),
    [
        ("\ufeffEen 😀.\nTwee drie.", 7),  # nothing but the signs counts
        ("\ufeffEen 😀.\nTwee drie.", 8),  # the mark at the start counts, or a line end as two, or an emoji
        ("\ufeffEen 😀.\r\nTwee drie.", 7),  # a line end counts as one
        ("\ufeffEen 😀.\r\nTwee drie.", 9),  # a line end as two, and one thing more
        ("\ufeffEen 😀.\r\nTwee drie.", 10),  # all of it
    ],
)
def test_the_way_of_counting_is_found_out(tmp_path: Path, raw: str, start: int) -> None:
    chosen = selection(start, start + 4, coding(1), name="Twee")
    bundle = foreign(tmp_path, CODEBOOK + f"<Sources>{source(chosen)}</Sources>", {50: raw.encode()})
    assert [words for words, _code, _coder in placed(bundle)] == ["Twee"]
    assert bundle.fit.startswith("1 of 1 quoted passages")


def test_comments_in_all_the_forms_that_programs_use(tmp_path: Path) -> None:
    notes = "".join(
        f'<Note guid="{g(n)}" name="n{n}" creatingUser="{g(11)}"><PlainTextContent>{text}</PlainTextContent></Note>'
        for n, text in ((80, "op de codering"), (81, "door een link"), (82, "los"), (83, "op de code"))
    )
    chosen = (
        selection(20, 31, f"<Description>op de passage</Description>{coding(1, inner=note_ref(80))}")
        + selection(33, 37, "<Description>zonder code</Description>", n=61)
        + selection(0, 2, coding(1, 73), n=62)
    )
    inner = (
        USERS
        + CODEBOOK.replace('color="#f00">', f'color="#f00">{note_ref(83)}')
        + f"<Sources>{source(chosen, note_ref(80))}</Sources><Notes>{notes}</Notes>"
        + f'<Links><Link guid="{g(90)}" originGUID="{g(81)}" targetGUID="{g(62)}"/>'
        + f'<Link guid="{g(91)}" name="zomaar" originGUID="{g(1)}" targetGUID="{g(2)}"/></Links>'
        + "<Description>Over het geheel</Description>"
    )
    bundle = foreign(tmp_path, inner)
    told = sorted((memo.target_kind, memo.text) for memo in bundle.memos)
    assert told == [
        ("code", "op de code"),
        ("coding", "door een link"),
        ("coding", "op de codering"),
        ("coding", "op de passage"),
        ("project", "Over het geheel"),
        ("project", "los"),
        ("transcript", "op de codering"),
        ("transcript", "“vond”: zonder code"),
    ]
    assert bundle.lost.lines() == ["links: 1", "    zomaar"]


def note_ref(n: int) -> str:
    return f'<NoteRef targetGUID="{g(n)}"/>'


def test_cases_variables_and_codes_that_stand_for_cases(tmp_path: Path) -> None:
    inner = (
        CODEBOOK.replace("</Codes>", f'<Code guid="{g(40)}" name="Kind 4" isCodable="true"/></Codes>')
        + f'<Variables><Variable guid="{g(30)}" name="groep" typeOfVariable="Integer"/></Variables>'
        + f'<Cases><Case guid="{g(40)}" name="Kind 4"><VariableValue><VariableRef targetGUID="{g(30)}"/>'
        + f'<IntegerValue>6</IntegerValue></VariableValue></Case><Case guid="{g(41)}"><SourceRef targetGUID="{g(51)}"/>'
        + "</Case></Cases><Sources>"
        + source(selection(0, 5, coding(40)))
        + source("", name="Tweede", n=51)
        + "</Sources>"
    )
    bundle = foreign(tmp_path, inner, {50: b"Een tekst", 51: b"Nog een"})
    assert [(case.label, dict(case.attributes)) for case in bundle.cases] == [
        ("Kind 4", {"groep": "6"}),
        ("Tweede", {}),
    ]
    assert [(text.name, text.case) for text in bundle.texts] == [("Gesprek", "Kind 4"), ("Tweede", "Tweede")]
    assert "kind-4" not in [code.slug for code in bundle.codes]


def test_odd_names_folders_and_inline_texts_are_read(tmp_path: Path) -> None:
    inline = f'<TextSource guid="{g(52)}" name="Binnen"><PlainTextContent>Een tekst</PlainTextContent></TextSource>'
    inner = (
        CODEBOOK + f"<Sources>{source('')}{source('', n=51, path=g(51).upper() + '.TXT')}{inline}</Sources>"
    )
    bundle = foreign(tmp_path, inner, {50: b"a b", 51: b"c d"}, qde="Proef.qde", folder="Sources/")
    assert [text.text for text in bundle.texts] == ["a b", "c d", "Een tekst"]


def test_recordings_pdfs_and_pictures(tmp_path: Path) -> None:
    audio = (
        f'<AudioSource guid="{g(53)}" name="Opname"><Transcript guid="{g(54)}" name="Uitgetypt">'
        "<PlainTextContent>Een twee drie</PlainTextContent>"
        f'<SyncPoint guid="{g(55)}" timeStamp="1000" position="4"/>'
        f'<SyncPoint guid="{g(56)}" timeStamp="2000" position="8"/>'
        f'<TranscriptSelection guid="{g(57)}" fromSyncPoint="{g(55)}" toSyncPoint="{g(56)}">'
        f"{coding(1)}</TranscriptSelection></Transcript>"
        f'<AudioSelection guid="{g(58)}" begin="0" end="5"/></AudioSource>'
    )
    pdf = (
        f'<PDFSource guid="{g(20)}" name="Krant"><PDFSelection guid="{g(21)}" page="0" '
        f'firstX="0" firstY="0" secondX="1" secondY="1"/><Representation guid="{g(22)}">'
        f"<PlainTextContent>De krant</PlainTextContent>"
        f"{selection(3, 8, coding(1, 74))}</Representation></PDFSource>"
    )
    inner = CODEBOOK + f'<Sources>{audio}{pdf}<PictureSource guid="{g(23)}" name="Foto"/></Sources>'
    bundle = foreign(tmp_path, inner)
    assert [(words, code) for words, code, _coder in placed(bundle)] == [("twee", "tijd"), ("krant", "tijd")]
    assert bundle.texts[0].times == ((4, 1000), (8, 2000))
    assert set(bundle.lost.counts) == {
        "marked stretches of sound or film",
        "marked places on pages of a PDF",
        "pictures",
    }


def test_what_is_wrong_is_listed_and_the_rest_is_taken(tmp_path: Path) -> None:
    chosen = (
        selection(20, 31, coding(1) + coding(1, 71) + coding(9, 72))
        + selection(20, 9999, coding(1, 73), n=61)
        + selection(31, 20, coding(1, 74), n=62)
        + selection(5, 5, coding(1, 75), n=63)
        + selection(3, 6, coding(1, 70), n=64, name="Iets anders")
    )
    twice = source("", name="Dubbel")
    lost = source("", name="Weg", n=59, path="absolute:///C:/geheim/weg.txt")
    clash = CODEBOOK.replace(g(3), g(1))
    bundle = foreign(tmp_path, clash + f"<Sources>{source(chosen)}{twice}{lost}</Sources>")
    assert [words for words, _code, _coder in placed(bundle)] == ["Te langzaam", "Hoe"]
    assert len({c.id for c in bundle.codings}) == 2
    assert dict(bundle.lost.counts) == {
        "codes with the id of another code (nothing refers to them)": 1,
        "files that are not in the archive": 1,
        "codings that stand there twice (taken once)": 1,
        "codings with a code that is not in the file": 1,
        "passages outside their text": 2,
        "codings on a point without words": 1,
        "passages whose quoted words differ from the text (taken in by their positions)": 1,
        "texts with the id of another text": 1,
    }
    assert "    Gesprek 20–9999" in bundle.lost.lines()


def test_a_foreign_project_becomes_a_project_with_turns(tmp_path: Path) -> None:
    chosen = selection(17, 31, coding(1), name="R: Te langzaam")
    foreign(tmp_path, CODEBOOK + f"<Sources>{source(chosen)}</Sources>")
    shown = run("project", "import", tmp_path / "n.qualcode", tmp_path / "foreign.qdpx", "--dry-run").stdout
    assert "Elders (Iets): 1 interviews, 3 codes, 1 codings by unknown" in shown
    assert not (tmp_path / "n.qualcode").exists()
    done = ok("project", "import", tmp_path / "n.qualcode", tmp_path / "foreign.qdpx")
    assert done["taken"] == {"coders": 1, "codes": 3, "texts": 1, "codings": 1, "memos": 0}
    with open_project(tmp_path / "n.qualcode") as project:
        transcript = project.transcripts.all()[0]
        assert transcript.text.rstrip() == "Hoe gaat het?\nTe langzaam, vond ik."
        assert [(t.speaker, t.interviewer, t.span.of(transcript.text)) for t in transcript.turns] == [
            ("I", True, "Hoe gaat het?"),
            ("R", False, "Te langzaam, vond ik."),
        ]
        assert [c.span.of(transcript.text) for c in project.codings.all()] == ["Te langzaam"]
        assert ok("check", project.path)["sound"]


def bomb(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


NESTED = b'<Project name="x"><CodeBook><Codes>' + b'<Code guid="a" name="b">' * 20_000


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"a.txt": b"x"}, "no .qde"),
        ({"project.qde": b"<Project name='x'/>", "other.qde": b"<Project/>"}, "more than one project"),
        ({"project.qde": b"<Project name='x'/>", "sources/../../x.txt": b"x"}, "dangerous name"),
        ({"project.qde": b"<Project name='x'/>", "/etc/x.txt": b"x"}, "dangerous name"),
        ({"project.qde": b"<Project name='x'/>", "C:/x.txt": b"x"}, "dangerous name"),
        ({"project.qde": b"<!DOCTYPE x [<!ENTITY a 'b'>]><Project name='&a;'/>"}, "XML entities"),
        ({"project.qde": b"<Project name='x'>" + b" " * 60_000_000 + b"</Project>"}, "far more"),
        ({"project.qde": NESTED}, "cannot be read"),
        ({"project.qde": b"<Project"}, "cannot be read"),
        ({"project.qde": b"<Other/>"}, "no REFI-QDA project"),
    ],
)
def test_hostile_and_broken_archives_are_refused(
    tmp_path: Path, members: dict[str, bytes], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        read_qdpx(bomb(tmp_path / "x.qdpx", members))
    assert said in refused("project", "import", tmp_path / "new.qualcode", tmp_path / "x.qdpx")
    assert not (tmp_path / "new.qualcode").exists()


def test_a_link_in_the_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", "<Project name='x'/>")
        link = zipfile.ZipInfo("sources/a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(InputError, match="dangerous"):
        read_qdpx(path)


def test_a_truncated_archive_is_refused(study: Project, tmp_path: Path) -> None:
    export_project(study, tmp_path / "x.qdpx")
    data = (tmp_path / "x.qdpx").read_bytes()
    (tmp_path / "x.qdpx").write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match="damaged"):
        read_qdpx(tmp_path / "x.qdpx")


def test_a_note_of_ours_that_was_tampered_with_is_only_a_memo(study: Project, tmp_path: Path) -> None:
    export_project(study, tmp_path / "out.qdpx")
    spoiled = repacked(
        tmp_path / "out.qdpx", change=lambda _name, data: data.replace(b'"turns":[[0,13', b'"turns":[[-5,13')
    )
    bundle = read_qdpx(spoiled)
    assert all(not text.turns for text in bundle.texts)
    assert any(memo.text.startswith('{"qualcode"') for memo in bundle.memos)


@needs_schema
@pytest.mark.parametrize(
    "name", ["qualcoder-master-export-lf", "qualcoder-master-export-crlf", "qc-1.7.8-export"]
)
def test_files_of_other_programs_quote_what_we_read(name: str) -> None:
    bundle = read_qdpx(REFI / "samples" / f"{name}.qdpx")
    assert len(bundle.codings) == 3
    if "qualcoder" in name:
        assert {words for words, _code, _coder in placed(bundle)} == {"één kind", "Prima", "Dat was fijn"}
        assert bundle.fit.startswith("3 of 3")


@needs_schema
def test_a_real_project_is_valid_by_the_schema(study: Project, tmp_path: Path) -> None:
    export_project(study, tmp_path / "out.qdpx")
    valid(tmp_path / "out.qdpx")


def test_codings_of_one_coder_alone(study: Project, tmp_path: Path) -> None:
    path = study.path
    study.close()
    found = ok("export", "project", path, "-o", tmp_path / "out.qdpx", "--coder", "bram", "--maxqda")
    assert (found["codings"], found["memos"]) == (1, 0)
    with zipfile.ZipFile(tmp_path / "out.qdpx") as archive:
        texts = [archive.read(name) for name in archive.namelist() if name.endswith(".txt")]
    assert any(b"\r\n" in text for text in texts)
    assert len(read_qdpx(tmp_path / "out.qdpx").codings) == 1


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.doc").write_text("x")
    assert "Known endings are .qdpx" in refused("project", "import", tmp_path / "n", tmp_path / "x.doc")
    assert "There is no file" in refused("project", "import", tmp_path / "n", tmp_path / "y.qdpx")
