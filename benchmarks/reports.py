"""Speed of documents and matrices, beside the customary way where there is one.

    python benchmarks/reports.py

- A Word theme table of 500 and of 5,000 quotes (linear: ten times the quotes, at most twelve times the
  time), and the same table filled cell by cell through python-docx's `table.cell()`.
- 50,000 codings streamed to .xlsx: time, and the memory that it takes at most.
- Matrices of 60 codes × 500 transcripts from 100,000 codings.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from qualcode.analysis.matrices import co_occurrence, matrix
from qualcode.files.tables import Sheet
from qualcode.i18n import Bilingual
from qualcode.model import USUAL_ROLES, Code, Coder, Coding, Theme, Transcript, Turn
from qualcode.reports.content import Document
from qualcode.reports.documents.themes import theme_table
from qualcode.reports.material import DocumentOptions, Material, as_document
from qualcode.reports.writers.sheets import write_xlsx
from qualcode.reports.writers.word import write_word

FEW, MANY, CELLS = 500, 5_000, 400
ROWS = 50_000
WORDS = "Toen spraken we af dat ze elke dinsdag even kwam kijken, en dat gaf lucht in de klas. "


def study(quotes: int) -> Material:
    """A project with so many quotes, of 12 themes and 4 kinds of informants."""
    from qualcode.analysis.themes import arrange

    text = WORDS * 50
    size = len(WORDS)
    transcripts = [
        Transcript(
            str(n), f"t{n}", text, "", (Turn(1, 0, len(text), "R"),), f"{n // 4:02}", list(USUAL_ROLES)[n % 4]
        )
        for n in range(quotes // 50)
    ]
    codes = [Code(f"c{n}", f"c{n}", Bilingual(f"Thema {n}")) for n in range(12)]
    codings = [
        Coding(f"{t.id}-{n}", t.id, n * size, (n + 1) * size - 1, f"c{n % 12}", "a")
        for t in transcripts
        for n in range(50)
    ]
    themes = arrange([Theme(c.id, codes=(c.id,)) for c in codes], codes, codings, transcripts)
    return Material(
        "Study", (Coder("a", "anna"),), tuple(transcripts), tuple(codes), tuple(codings), tuple(themes)
    )


def theme_document(material: Material) -> Document:
    """The theme table with every quote on a line of its own, per case."""
    options = DocumentOptions(quotes=0, by="case")
    return as_document(theme_table(material, options), material, "nl")


def timed_word(quotes: int, folder: Path) -> float:
    """Seconds to make and write the table."""
    material = study(quotes)
    start = perf_counter()
    write_word(theme_document(material), folder / f"{quotes}.docx")
    return perf_counter() - start


def timed_rows(quotes: int, folder: Path, *, by_cell: bool) -> float:
    """Seconds for a table of one quote a row and three columns: in one go, or through `table.cell()`."""
    from qualcode.reports.content import TableBlock, cell

    rows = [(f"case {n}", f"“{WORDS.strip()}”", "anna") for n in range(quotes)]
    start = perf_counter()
    if by_cell:
        import docx

        word = docx.Document()
        made = word.add_table(rows=len(rows), cols=3)
        for n, row in enumerate(rows):
            for column, words in enumerate(row):
                made.cell(n, column).text = words
        word.save(str(folder / "cells.docx"))
    else:
        table = TableBlock(
            "t", (cell("a"), cell("b"), cell("c")), [tuple(map(cell, row)) for row in rows], (40, 80, 40)
        )
        write_word(Document("t", "", [table]), folder / "go.docx")
    return perf_counter() - start


def stream_sheet(path: Path) -> None:
    """Write the codings; run in a process of its own, whose memory is measured."""
    header = ("transcript", "start", "end", "code", "coder", "text", "memo")
    rows = ((f"t{n % 500}", n, n + 80, f"code-{n % 60}", "anna", WORDS, "") for n in range(ROWS))
    write_xlsx([Sheet("Codings", header, rows, ROWS)], path)


def timed_matrices() -> dict[str, float]:
    """Seconds per kind of matrix."""
    rng = random.Random(5)
    codes = [
        Code(f"c{n}", f"c{n}", Bilingual(f"c{n}"), parent_id=f"c{n - n % 6}" if n % 6 else None)
        for n in range(60)
    ]
    transcripts = [
        Transcript(f"t{n}", f"t{n}", "x" * 20_000, "", case=f"{n // 3}", informant=list(USUAL_ROLES)[n % 4])
        for n in range(500)
    ]
    codings = []
    for n in range(100_000):
        start = rng.randrange(19_000)
        codings.append(
            Coding(
                str(n),
                f"t{rng.randrange(500)}",
                start,
                start + rng.randrange(20, 400),
                f"c{rng.randrange(60)}",
                "a",
            )
        )
    found = {}
    for direction in ("transcript", "case", "role", "position"):
        start_time = perf_counter()
        made = matrix(codes, codings, transcripts, direction)
        found[direction] = perf_counter() - start_time
        assert sum(map(len, made.cells.values())) == len(codings)
    start_time = perf_counter()
    co_occurrence(codes, codings)
    found["together"] = perf_counter() - start_time
    return found


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        timed_word(50, folder)  # loads what is needed
        few, many = (min(timed_word(n, folder) for _n in range(3)) for n in (FEW, MANY))
        print(f"theme table: {FEW} quotes {few:.3f} s, {MANY} quotes {many:.3f} s: {many / few:.1f} times")
        go, cells = (timed_rows(CELLS, folder, by_cell=by_cell) for by_cell in (False, True))
        print(
            f"{CELLS} rows: in one go {go:.3f} s, through table.cell() {cells:.1f} s: {cells / go:.0f} times faster"
        )
        start = perf_counter()
        subprocess.run([sys.executable, __file__, "--sheet", str(folder / "c.xlsx")], check=True)
        print(f".xlsx of {ROWS} codings: {perf_counter() - start:.1f} s with starting up")
    for kind, seconds in timed_matrices().items():
        print(f"matrix by {kind}, 100,000 codings: {1000 * seconds:.0f} ms")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--sheet"]:
        stream_sheet(Path(sys.argv[2]))
        print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    else:
        main()
