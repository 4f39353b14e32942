"""Lay the pages of a document beside each other: contact_sheet.py SHEET.png PAGE.png…"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

_COLUMNS, _GAP, _GROUND = 6, 8, "#666666"


def contact_sheet(pages: list[Path], sheet: Path) -> None:
    """Pages in rows of six, in their order."""
    pictures = [Image.open(page) for page in pages]
    width, height = (max(picture.size[side] for picture in pictures) + _GAP for side in (0, 1))
    rows = -(-len(pictures) // _COLUMNS)
    whole = Image.new("RGB", (_COLUMNS * width + _GAP, rows * height + _GAP), _GROUND)
    for n, picture in enumerate(pictures):
        row, column = divmod(n, _COLUMNS)
        whole.paste(picture, (_GAP + column * width, _GAP + row * height))
    whole.save(sheet)
    print(f"{sheet}: {len(pictures)} pages")


if __name__ == "__main__":
    contact_sheet([Path(page) for page in sys.argv[2:]], Path(sys.argv[1]))
