"""Every published worked example in reach gives its published value.

The figures stand in data/published.json with their sources: `expected` as printed, with
its tolerance; `exact` the same to all digits, worked out in exact fractions.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qualcode.agreement import Counts, reliability, table_coefficients, unitizing
from qualcode.agreement.alignment import Weights, disorder, dissimilarity_of_place
from qualcode.agreement.alpha import DISTANCES, alpha, jaccard_distance, masi_distance, masi_dkpro_distance
from qualcode.agreement.coefficients import coefficient
from qualcode.agreement.matching import match
from qualcode.reports.wording.sentences import band, cumulative
from qualcode.text.spans import Span

EXAMPLES = json.loads((Path(__file__).parent / "data" / "published.json").read_text("utf-8"))
Found = dict[str, float | None]

NAMES = {
    "percent_agreement": "percent",
    "cohen_kappa": "kappa",
    "scott_pi": "pi",
    "krippendorff_alpha_nominal": "alpha",
    "brennan_prediger": "brennan_prediger",
    "gwet_ac1": "ac1",
}


def of_table(example: dict[str, Any]) -> Found:
    found = table_coefficients(example["input"]["table"]).to_dict()
    return {name: found[ours] for name, ours in NAMES.items()}


def of_items(example: dict[str, Any]) -> Found:
    found = reliability(list(example["input"].values())).to_dict()
    return {name: found[ours] for name, ours in NAMES.items()} | {
        "Do": found["observed"],
        "De": found["expected"],
    }


def of_character_counts(example: dict[str, Any]) -> Found:
    given = example["input"]
    only_a = given.get("a_only", given.get("one_only"))
    counts = Counts(given["both"], only_a, given.get("b_only", 0), given["neither"])
    names = {
        "percent_agreement": "percent",
        "cohen_kappa": "kappa",
        "char_dice": "dice",
        "char_jaccard": "shared",
    }
    return {name: coefficient(ours, counts).value for name, ours in names.items()}


def of_sets(example: dict[str, Any]) -> Found:
    distance = {
        "dkpro_sets_masi": "masi-dkpro",
        "dkpro_sets_passonneau2004": "passonneau2004",
        "sets_jaccard": "jaccard",
    }[example["name"]]
    units = [(tuple(frozenset(codes) for codes in unit), 1) for unit in example["input"]]
    found = alpha(units, DISTANCES[distance])
    return {"alpha": found.alpha.value, "Do": found.observed.value, "De": found.expected.value}


def of_distances(example: dict[str, Any]) -> Found:
    ours = {"jaccard": jaccard_distance, "masi": masi_distance, "dkpro_masi": masi_dkpro_distance}
    return {
        f"{name}_{i}": distance(frozenset(x), frozenset(y))
        for name, distance in ours.items()
        for i, (x, y) in enumerate(example["input"]["pairs"])
    }


def units_of(example: dict[str, Any]) -> tuple[int, dict[str, list[tuple[int, int, str]]]]:
    begin = example["input"]["begin"]
    coders = example["input"]["coders"]
    return example["input"]["length"], {
        coder: [(start - begin, end - begin, value) for start, end, value in units]
        for coder, units in coders.items()
    }


def of_units(example: dict[str, Any]) -> Found:
    length, units = units_of(example)
    found = unitizing(length, units)
    values: Found = {
        "u_alpha": found.u.value,
        "bar_u_alpha": found.bar_u.value,
        "cu_alpha": found.cu.alpha.value,
        "cu_coverage": found.cu.coverage.value,
        "coverage_5": found.k["5"].coverage.value,
    }
    return values | {f"k_{value}": covered.alpha.value for value, covered in found.k.items()}


def of_alignment(example: dict[str, Any]) -> Found:
    given = example["input"]
    a, b = ([(s, e, v) for s, e, v in units] for units in given["coders"].values())
    weights = Weights(given["params"]["alpha"], given["params"]["beta"], given["params"]["deltaEmpty"])
    return {"best_alignment_disorder": disorder(a, b, weights)}


def of_span_pairs(example: dict[str, Any]) -> Found:
    return {
        f"d_{i}": dissimilarity_of_place((*a, "x"), (*b, "x")) for i, (a, b) in enumerate(example["input"])
    }


def of_tags(example: dict[str, Any]) -> Found:
    exact = codings = 0
    for true, predicted in zip(example["input"]["true"], example["input"]["pred"], strict=True):
        spans = [spans_of_tags(true), spans_of_tags(predicted)]
        for code in spans[0] | spans[1]:
            found = match(spans[0].get(code, []), spans[1].get(code, []))
            exact += found.exact
            codings += found.codings_a + found.codings_b
    return {"span_f1_exact": 2 * exact / codings}


def spans_of_tags(tags: list[str]) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = {}
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            spans.setdefault(tag[2:], []).append(Span(i, i + 1))
        elif tag.startswith("I-"):
            spans[tag[2:]][-1] = Span(spans[tag[2:]][-1].start, i + 1)
    return spans


def of_benchmark(example: dict[str, Any]) -> Found:
    found = cumulative(example["input"]["coefficient"], example["input"]["se"])
    return {f"cum_{name.replace(' ', '_')}": p for name, p in found.items()}


SOLVERS: dict[str, Callable[[dict[str, Any]], Found]] = {
    "contingency": of_table,
    "items": of_items,
    "char_counts": of_character_counts,
    "set_items": of_sets,
    "distance_table": of_distances,
    "spans": of_units,
    "gamma_spans": of_alignment,
    "span_pairs": of_span_pairs,
    "bio": of_tags,
    "benchmark": of_benchmark,
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_the_published_value_comes_out(example: dict[str, Any]) -> None:
    found = SOLVERS[example["kind"]](example)
    for name, value in example["expected"].items():
        if name == "qualcoder_value":  # a tool that computes something else: see the next test
            continue
        tolerance = example["tolerance"]
        within = tolerance[name] if isinstance(tolerance, dict) else tolerance
        assert found[name] == (value if value is None else pytest.approx(value, abs=within)), name
    for name, value in example["exact"].items():
        assert found[name] == (value if value is None else pytest.approx(value, abs=1e-6, rel=1e-6)), name


def test_every_published_example_is_there() -> None:
    assert len(EXAMPLES) == 33
    assert {example["kind"] for example in EXAMPLES} == set(SOLVERS)


def test_the_kappa_of_another_tool_is_not_cohens() -> None:
    """QualCoder leaves uncoded text out and multiplies where the definition adds."""
    example = next(e for e in EXAMPLES if e["name"] == "qualcoder_kappa_is_not_cohen")
    counts = Counts(50, 75, 75, 800)
    yes, universe = 125 * 125, 200
    no = (universe - 125) ** 2
    chance = yes / universe**2 * no / universe**2
    theirs = (50 / universe - chance) / (1 - chance)
    assert theirs == pytest.approx(example["expected"]["qualcoder_value"], abs=1e-4)
    assert coefficient("kappa", counts).value == pytest.approx(0.3143, abs=1e-4)


def test_the_benchmark_takes_the_error_into_account() -> None:
    assert band(0.67, 0.15) == "moderate"
    assert band(0.67, 0.0) == "substantial"
