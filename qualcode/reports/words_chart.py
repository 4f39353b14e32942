"""Words as a picture: bars per group, the longest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

_BAR = "#1B4F72"
_DPI = 200
_COLUMNS = 3
_MOST = 15


def words_chart(groups: Mapping[str, Sequence[tuple[str, float]]], measure: str) -> bytes:
    """A PNG with a small chart per group: words with their value, and below what is measured.

    Groups without words are left out.
    """
    from matplotlib.figure import Figure  # the figure alone: no window system is touched

    shown = {name: list(words[:_MOST]) for name, words in groups.items() if words} or {"": [("–", 0.0)]}
    columns = min(_COLUMNS, len(shown))
    rows = -(-len(shown) // columns)
    longest = max(len(words) for words in shown.values())
    figure = Figure(figsize=(3.4 * columns, rows * (0.7 + 0.2 * longest)), dpi=_DPI, layout="constrained")
    axes = figure.subplots(rows, columns, squeeze=False).ravel()
    for axis in axes[len(shown) :]:
        axis.set_visible(False)
    for axis, (name, words) in zip(axes, shown.items(), strict=False):
        places = range(len(words), 0, -1)
        axis.barh(places, [value for _word, value in words], height=0.7, color=_BAR)
        # a word is shown as it is: a dollar sign begins no formula
        axis.set_yticks(list(places), [word for word, _value in words], fontsize=8, parse_math=False)
        axis.set_title(name, fontsize=9, parse_math=False)
        axis.set_ylim(0.4, longest + 0.6 if len(words) == longest else len(words) + 0.6)
        axis.tick_params(axis="x", labelsize=7)
        axis.spines[["top", "right"]].set_visible(False)
    figure.supxlabel(measure, fontsize=8)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()
