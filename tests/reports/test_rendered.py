"""Documents as LibreOffice lays them on pages, where it is there: how many, none half empty, no heading left alone."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdf import PageObject, PdfReader

from qualcode.i18n import set_language
from qualcode.reports.material import DocumentOptions
from qualcode.store.project import Project
from qualcode.tasks.exporting.documents import Request
from qualcode.tasks.exporting.write import export
from qualcode.tasks.project.beginning import make_demo
from tests.reports.opening import words_of

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
# kind → pages at most
MOST = {
    "article": 8,
    "board": 6,
    "differences-form": 2,
    "respondents": 1,
    "checklist-form": 3,
    "everything": 39,
}
_FOOT, _EMPTY = 0.07, 0.5  # shares of the height of a page


@dataclass
class Page:
    """What stands on a page: lines and pictures with how high they stand, from the bottom, as shares of its height."""

    words: str
    lines: list[tuple[float, str]] = field(default_factory=list)
    pictures: list[float] = field(default_factory=list)

    @property
    def lowest(self) -> float:
        """How high its lowest line or picture stands."""
        return min([height for height, _line in self.lines] + self.pictures, default=1.0)

    @property
    def last_line(self) -> str:
        """Its lowest line."""
        return min(self.lines, default=(1.0, ""))[1]


def page_of(page: PageObject) -> Page:
    """The lines and pictures of a page of a PDF, without its foot."""
    height = float(page.mediabox.height)
    found = Page("")

    def text(words: str, cm: list[float], tm: list[float], _font: Any, _size: float) -> None:
        place = (tm[4] * cm[1] + tm[5] * cm[3] + cm[5]) / height
        if words.strip() and place > _FOOT:
            found.lines.append((place, words.strip()))

    def operand(operator: bytes, _operands: Any, cm: list[float], _tm: list[float]) -> None:
        if operator == b"Do":
            found.pictures.append(cm[5] / height)

    found.words = page.extract_text(visitor_text=text, visitor_operand_before=operand)
    return found


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """The documents of the demo in both languages, each as Word file beside its PDF."""
    folder = tmp_path_factory.mktemp("rendered")
    set_language("nl")
    with make_demo(tmp_path_factory.mktemp("demo")) as project:
        files = {
            (kind, language): write(project, kind, language, folder)
            for kind in MOST
            for language in ("nl", "en")
        }
    home = f"-env:UserInstallation=file://{folder / 'office'}"
    command = [OFFICE or "", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files.values())], check=True, capture_output=True)
    return files


def write(project: Project, kind: str, language: str, folder: Path) -> Path:
    request = Request(DocumentOptions(language=language))
    return export(project, kind, folder / f"{kind}-{language}.docx", request).path


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", list(MOST))
def test_a_document_lies_well_on_its_pages(
    rendered: dict[tuple[str, str], Path], kind: str, language: str
) -> None:
    path = rendered[kind, language]
    word = docx.Document(str(path))
    pages = [page_of(page) for page in PdfReader(path.with_suffix(".pdf")).pages]
    assert len(pages) <= MOST[kind]
    headings = [p.text for p in word.paragraphs if (p.style.name or "").startswith("Heading")]
    for n, (page, following) in enumerate(pairwise(pages), 1):
        listed = any(line in ("Inhoud", "Contents") for _height, line in page.lines)
        assert listed or page.last_line not in headings, (n, page.last_line)
        # a picture that does not fit any more may leave room
        assert page.lowest < _EMPTY or following.pictures, (n, page.lowest)
    shown = " ".join(" ".join(page.words for page in pages).split())
    for table in word.tables:
        for label in words_of(table)[0]:
            assert all(part in shown for part in label.replace("-", "- ").split()), label
