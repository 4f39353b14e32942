"""Two orders of the same interviews as a picture: a line from each one's place in one to that in the other."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

_DPI = 200


def slope_chart(names: tuple[str, str], places: tuple[Mapping[str, float], Mapping[str, float]]) -> bytes:
    """A PNG; `places` are label → place, 1 at the top. Lines that rise or fall more are drawn heavier."""
    from matplotlib.figure import Figure  # the figure alone: no window system is touched

    left, right = places
    common = [label for label in left if label in right]
    figure = Figure(figsize=(6.4, 1.1 + 0.26 * max(3, len(common))), dpi=_DPI, layout="constrained")
    axis = figure.subplots()
    far = max((abs(left[label] - right[label]) for label in common), default=0) or 1
    for label in common:
        moved = abs(left[label] - right[label])
        style = "-" if moved > far / 2 else "--" if moved else ":"
        axis.plot(
            [0, 1],
            [left[label], right[label]],
            style,
            color="black" if moved > far / 2 else "#5D6D7E",
            linewidth=0.8 + 1.4 * moved / far,
            marker="o",
            markersize=3,
        )
    for side, x, align in ((left, -0.03, "right"), (right, 1.03, "left")):
        for place, labels in _by_place(side, common).items():
            axis.text(x, place, labels, ha=align, va="center", fontsize=7)
    for name, x in zip(names, (0, 1), strict=True):
        axis.text(x, 0.2, _plain(name), ha="center", va="bottom", fontsize=8, fontweight="bold")
    axis.set_xlim(-0.9, 1.9)
    axis.set_ylim(max([*left.values(), *right.values()], default=1) + 0.6, -0.4)
    axis.set_axis_off()
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _by_place(places: Mapping[str, float], common: list[str]) -> dict[float, str]:
    """What to write at each place: those that tie share a line."""
    found: dict[float, list[str]] = {}
    for label in common:
        found.setdefault(places[label], []).append(_plain(label))
    return {place: ", ".join(labels) for place, labels in found.items()}


def _plain(words: str) -> str:
    # a dollar sign would begin a formula
    return words.replace("$", r"\$")
