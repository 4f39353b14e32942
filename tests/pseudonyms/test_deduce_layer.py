"""deduce as a further layer: in a private folder, without a word on stdout."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from qualcode.pseudonyms.detect import propose
from qualcode.pseudonyms.lists import name_lists
from qualcode.pseudonyms.opinions import deduce_layer, is_installed

pytestmark = pytest.mark.skipif(not is_installed(), reason="deduce is an optional extra")
PROGRAM = """
import sys
from pathlib import Path
from qualcode.pseudonyms.opinions import deduce_layer
layer = deduce_layer(Path(sys.argv[1]))
found = list(layer("Toen zei juf Marieke dat Jan de Vries in Zeist woont."))
assert sorted(one.text for one in found) == ["Jan de Vries", "Marieke", "Zeist"], found
"""


def test_it_starts_quietly_and_keeps_its_cache_to_itself(tmp_path: Path) -> None:
    folder = tmp_path / "deduce"
    run = subprocess.run([sys.executable, "-c", PROGRAM, str(folder)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout == ""
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (folder / "src" / "locations" / "lst_street" / "items.txt").read_text() == ""


def test_its_reasons_stand_beside_ours(tmp_path: Path) -> None:
    (found,) = propose("Toen zei juf Marieke niets.", more_layers=[deduce_layer(tmp_path / "deduce")])
    assert [str(reason) for reason in found.reasons[:1]] == ["stands behind “juf”"]
    assert "deduce takes it for personal data" in map(str, found.reasons)


def test_its_lists_are_read_without_starting_it() -> None:
    program = (
        "import sys; from qualcode.pseudonyms.lists import name_lists; "
        "print(name_lists().source, 'deduce' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "deduce False\n"
    assert len(name_lists().first) > 10_000
