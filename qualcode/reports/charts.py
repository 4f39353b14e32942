"""Pictures in documents: agreement per code, counts as a heat map, two orders, words as bars."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

from qualcode.i18n import _
from qualcode.text.words import cut

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from qualcode.agreement.result import Agreement, CodeAgreement

# dark, light and middle, so that they stay apart in grey and to colour-blind people; hatching helps too
_SHARED, _ONLY_A, _ONLY_B = "#1B4F72", "#F0B27A", "#AED6F1"
DPI = 200


def _figure(width_in: float, height_in: float) -> Figure:
    # matplotlib takes a second to load, and screens use the words of documents that have pictures;
    # the figure alone: no window system is touched
    from matplotlib.figure import Figure

    return Figure(figsize=(width_in, height_in), dpi=DPI, layout="constrained")


def _png(figure: Figure) -> bytes:
    picture = BytesIO()
    with catch_warnings():
        simplefilter("ignore", UserWarning)  # a sign that the font lacks stands there as a box
        figure.savefig(picture, format="png")
    return picture.getvalue()


def _plain(words: str) -> str:
    # a dollar sign would begin a formula
    return words.replace("$", r"\$")


def agreement_chart(found: Agreement, names: Mapping[str, str]) -> bytes:
    """A PNG with one line per code that was used: bars of text, and alpha with its interval.

    Left: of the text either coded, the share that both, only A and only B did. Right: alpha
    per transcript as small dots, over all transcripts as a large one, and the interval.
    """
    # brings all that is counted, and most pictures are of other things
    from qualcode.agreement.result import CodeState

    codes = [code for code in found.codes if code.state is not CodeState.UNUSED]
    height = 1.3 + 0.28 * max(1, len(codes))
    figure = _figure(9.6, height)
    bars, dots = figure.subplots(1, 2, sharey=True, width_ratios=(1, 1))
    rows = range(len(codes), 0, -1)
    _draw_bars(bars, rows, codes, found.coders)
    _draw_dots(dots, rows, codes)
    bars.set_yticks(list(rows), [names.get(code.code, code.code) for code in codes], fontsize=8)
    for axis in (bars, dots):
        axis.tick_params(axis="x", labelsize=8)
        axis.spines[["top", "right"]].set_visible(False)
    return _png(figure)


def _draw_bars(axis: Axes, rows: range, codes: Sequence[CodeAgreement], coders: tuple[str, str]) -> None:
    parts = (
        (_("both"), "both", _SHARED, ""),
        (_("only {coder}").format(coder=coders[0]), "only_a", _ONLY_A, "///"),
        (_("only {coder}").format(coder=coders[1]), "only_b", _ONLY_B, "..."),
    )
    left = [0.0] * len(codes)
    for label, name, colour, hatch in parts:
        widths = [100 * getattr(code.counts, name) / code.counts.coded for code in codes]
        axis.barh(
            rows, widths, left=left, height=0.7, color=colour, hatch=hatch, edgecolor="white", label=label
        )
        left = [a + b for a, b in zip(left, widths, strict=True)]
    axis.set_xlim(0, 100)
    axis.set_xlabel(_("% of the coded text"), fontsize=8)
    axis.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, fontsize=8, frameon=False)


def _draw_dots(axis: Axes, rows: range, codes: Sequence[CodeAgreement]) -> None:
    from qualcode.agreement.intervals import RELIABLE, TENTATIVE

    for row, code in zip(rows, codes, strict=True):
        small = [value.value for _document, value in code.dots if value.value is not None]
        axis.plot(small, [row] * len(small), "o", color="#7F8C8D", markersize=2.5, alpha=0.7)
        if code.interval.ends is not None:
            axis.plot(code.interval.ends, [row, row], "-", color="black", linewidth=1.6)
        alpha = code.values["alpha"].value
        if alpha is not None:
            axis.plot([alpha], [row], "D", color="black", markersize=4.5)
    for line in (TENTATIVE, RELIABLE):
        axis.axvline(line, color="#7F8C8D", linestyle="--", linewidth=0.8)
    axis.set_xlim(-0.25, 1.02)
    axis.set_xlabel(_("Krippendorff's alpha (dots: per transcript; line: 95 % interval)"), fontsize=8)


_CELL_IN, _LABEL_IN, _TOP_IN, _ROW_IN = 0.36, 3.1, 1.0, 0.185
_WIDEST_IN, _TALLEST_IN = 9.8, 40.0
MOST_COUNTED = 45  # more columns than this: the counts would not be readable


def heat_map(
    rows: Sequence[str],
    columns: Sequence[str],
    counts: Sequence[Sequence[float]],
    show: Callable[[float], str] = str,
) -> bytes:
    """A PNG; `counts[row][column]`, written as `show` says. One scale from white to dark, so that grey print tells
    the same.
    """
    from matplotlib.colors import LinearSegmentedColormap

    width = min(_WIDEST_IN, _LABEL_IN + (2 if len(columns) < 10 else 1) * _CELL_IN * max(4, len(columns)))
    height = min(_TALLEST_IN, _TOP_IN + _ROW_IN * max(3, len(rows)))
    figure = _figure(width, height)
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
    if len(columns) <= MOST_COUNTED:
        for y, row in enumerate(counts):
            for x, count in enumerate(row):
                if count:
                    ink = "white" if count > 0.72 * max(1, highest) else "black"
                    axis.text(x, y, show(count), ha="center", va="center", fontsize=7, color=ink)
    return _png(figure)


def _short(words: str, most: int) -> str:
    return _plain(cut(words, most))


def slope_chart(names: tuple[str, str], places: tuple[Mapping[str, float], Mapping[str, float]]) -> bytes:
    """A PNG; `places` are label → place, 1 at the top. Lines that rise or fall more are drawn heavier."""
    left, right = places
    common = [label for label in left if label in right]
    figure = _figure(6.4, 1.1 + 0.26 * max(3, len(common)))
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
    return _png(figure)


def _by_place(places: Mapping[str, float], common: list[str]) -> dict[float, str]:
    """What to write at each place: those that tie share a line."""
    found: dict[float, list[str]] = {}
    for label in common:
        found.setdefault(places[label], []).append(_plain(label))
    return {place: ", ".join(labels) for place, labels in found.items()}


_BAR = "#1B4F72"
_COLUMNS = 3
_MOST = 15


def words_chart(groups: Mapping[str, Sequence[tuple[str, float]]], measure: str) -> bytes:
    """A PNG with a small chart per group: words with their value, and below what is measured.

    Groups without words are left out.
    """
    shown = {name: list(words[:_MOST]) for name, words in groups.items() if words} or {"": [("–", 0.0)]}
    columns = min(_COLUMNS, len(shown))
    rows = -(-len(shown) // columns)
    longest = max(len(words) for words in shown.values())
    figure = _figure(3.4 * columns, rows * (0.7 + 0.2 * longest))
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
    return _png(figure)
