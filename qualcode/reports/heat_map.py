"""A matrix of counts as a picture: the darker, the more; every count is written in its cell."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

DPI = 200
_CELL_IN, _LABEL_IN, _TOP_IN, _ROW_IN = 0.36, 3.1, 1.0, 0.185
_WIDEST_IN, _TALLEST_IN = 9.8, 40.0
_MANY = 45  # more columns than this: the counts would not be readable


def heat_map(rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> bytes:
    """A PNG; `counts[row][column]`. One scale from white to dark, so that grey print tells the same."""
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.figure import Figure  # the figure alone: no window system is touched

    width = min(_WIDEST_IN, _LABEL_IN + (2 if len(columns) < 10 else 1) * _CELL_IN * max(4, len(columns)))
    height = min(_TALLEST_IN, _TOP_IN + _ROW_IN * max(3, len(rows)))
    figure = Figure(figsize=(width, height), dpi=DPI, layout="constrained")
    axis = figure.subplots()
    highest = max((count for row in counts for count in row), default=0)
    scale = LinearSegmentedColormap.from_list("ink", ["#FFFFFF", "#9DB8CC", "#1B4F72"])
    axis.imshow([list(row) for row in counts], cmap=scale, vmin=0, vmax=max(1, highest), aspect="auto")
    axis.set_xticks(
        range(len(columns)), [_short(name, 22) for name in columns], rotation=45, ha="left", fontsize=7
    )
    axis.set_yticks(range(len(rows)), [_short(name, 48) for name in rows], fontsize=7)
    axis.xaxis.tick_top()
    axis.tick_params(length=0)
    axis.spines[:].set_visible(False)
    if len(columns) <= _MANY:
        for y, row in enumerate(counts):
            for x, count in enumerate(row):
                if count:
                    ink = "white" if count > 0.72 * highest else "black"
                    axis.text(x, y, str(count), ha="center", va="center", fontsize=7, color=ink)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _short(words: str, most: int) -> str:
    # a dollar sign would begin a formula
    return (words if len(words) <= most else words[: most - 1] + "…").replace("$", r"\$")
