"""The agreement per code as a picture: what is shared, and how sure alpha is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from qualcode.agreement.intervals import RELIABLE, TENTATIVE, Interval
from qualcode.agreement.result import Agreement, CodeAgreement, State
from qualcode.i18n import _

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# dark, light and middle, so that they stay apart in grey and to colour-blind people; hatching helps too
_SHARED, _ONLY_A, _ONLY_B = "#1B4F72", "#F0B27A", "#AED6F1"
_DPI = 200


def agreement_chart(found: Agreement, names: Mapping[str, str]) -> bytes:
    """A PNG with one line per code that was used: bars of text, and alpha with its interval.

    Left: of the text either coded, the share that both, only A and only B did. Right: alpha
    per transcript as small dots, over all transcripts as a large one, and the interval.
    """
    from matplotlib.figure import Figure  # the figure alone: no window system is touched

    codes = [code for code in found.codes if code.state is not State.UNUSED]
    height = 1.3 + 0.28 * max(1, len(codes))
    figure = Figure(figsize=(9.6, height), dpi=_DPI, layout="constrained")
    bars, dots = figure.subplots(1, 2, sharey=True, width_ratios=(1, 1))
    rows = range(len(codes), 0, -1)
    _draw_bars(bars, rows, codes, found.coders)
    _draw_dots(dots, rows, codes)
    bars.set_yticks(list(rows), [names.get(code.code, code.code) for code in codes], fontsize=8)
    for axis in (bars, dots):
        axis.tick_params(axis="x", labelsize=8)
        axis.spines[["top", "right"]].set_visible(False)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


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
    for row, code in zip(rows, codes, strict=True):
        small = [value.value for _document, value in code.dots if value.value is not None]
        axis.plot(small, [row] * len(small), "o", color="#7F8C8D", markersize=2.5, alpha=0.7)
        if isinstance(code.interval, Interval):
            axis.plot([code.interval.low, code.interval.high], [row, row], "-", color="black", linewidth=1.6)
        alpha = code.values["alpha"].value
        if alpha is not None:
            axis.plot([alpha], [row], "D", color="black", markersize=4.5)
    for line in (TENTATIVE, RELIABLE):
        axis.axvline(line, color="#7F8C8D", linestyle="--", linewidth=0.8)
    axis.set_xlim(-0.25, 1.02)
    axis.set_xlabel(_("Krippendorff's alpha (dots: per transcript; line: 95 % interval)"), fontsize=8)
