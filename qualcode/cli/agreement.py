"""`qualcode agreement`: how much two coders (or more) agree, code by code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from qualcode.agreement.result import Agreement, CodeAgreement, CodeState, through_rounds
from qualcode.cli.verbs import Told, as_option, table, verb
from qualcode.errors import InputError
from qualcode.i18n import _, percent
from qualcode.model import Role, wide
from qualcode.reports.wording import sentences, summary, tables
from qualcode.tasks.comparing.agreement import (
    By,
    Several,
    Unit,
    agree,
    agree_all,
    agree_by,
    confused,
    more_of,
    options_of,
)
from qualcode.tasks.comparing.comparison import Comparison, compare, two_coders
from qualcode.tasks.comparing.rounds import through_project

if TYPE_CHECKING:
    from qualcode.store.project import Project

_WIDTH = 48


class _Asked(NamedTuple):
    """What the words and options ask for."""

    a: str | None
    b: str | None
    everything: bool
    no_trim: bool
    interviewer: bool | None
    unit: Unit
    by: By | None
    slug: str | None
    more: bool
    rounds: bool
    several: str | None


@verb(
    "agreement",
    _(
        "Say how much coders A and B agree in PROJECT, code by code, in the interviews that both have marked done."
    ),
)
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option("--all", "everything", is_flag=True, help=_("Count all interviews, done or not."))
@click.option("--no-trim", is_flag=True, help=_("Count white space at the edges of codings as well."))
@click.option(
    "--interviewer/--no-interviewer",
    default=None,
    help=_("With or without the interviewer's words; else as the project's settings say."),
)
@click.option(
    "--unit",
    type=click.Choice(["character", "sentence", "turn"]),
    default="character",
    show_default=True,
    help=_("What is counted."),
)
@click.option(
    "--by",
    type=click.Choice(["group", "document", "case", "role"]),
    help=_("Also per top code with all under it, per interview, case or role."),
)
@click.option("--code", "slug", metavar=_("CODE"), help=_("Look at one code closely."))
@click.option("--more", is_flag=True, help=_("Show more measures."))
@click.option("--rounds", is_flag=True, help=_("Per round: before talking, and after it."))
@click.option(
    "--coders",
    "several",
    metavar=_("NAMES"),
    help=_("More than two coders: their names with commas, or “all”."),
)
@as_option
def agreement(project: Project, **options: Any) -> Told:
    """Tell the agreement per code, with the reasons where it is undefined."""
    asked = _Asked(**options)
    if asked.several is not None:
        return _of_several(project, asked.several, asked.everything)
    if asked.rounds:
        return _through_rounds(project, asked)
    comparison = compare(
        project,
        *two_coders(project, asked.a, asked.b),
        everything=asked.everything,
        trimmed=False if asked.no_trim else None,
        interviewer=asked.interviewer,
        by_sentence=asked.unit == "sentence",
    )
    measured = options_of(project, comparison.codes, unit=asked.unit)
    wanted = project.codebook.get(asked.slug).id if asked.slug else None
    found = agree(comparison, measured)
    parts = agree_by(comparison, asked.by, measured) if asked.by else {}
    data = _named(comparison, found.to_dict())
    names = _code_names(comparison)
    if wanted:
        data["codes"] = [code for code in data["codes"] if code["code"] == asked.slug]
        lines = _one_code(found, found.of(wanted), names, asked.more)
        return Told(data, lines + _closely(comparison, data, asked, found, wanted))
    lines = _code_table(found, names, asked.more) + _closely(comparison, data, asked, found)
    if asked.by:
        data[f"by_{asked.by}"] = _parts(comparison, parts)
        lines += _slices(comparison, asked.by, parts, found)
    return Told(data, lines)


def _closely(
    comparison: Comparison, data: dict[str, Any], asked: _Asked, found: Agreement, code: str | None = None
) -> list[str]:
    """With `--more`: edges, unitizing and gamma, of one code or of all, and which codes are taken for each other."""
    if not (asked.more and found.coefficients and found.documents):
        return []
    values = more_of(comparison, code)
    data["more"] = {name: value.value for name, value in values.items()}
    lines = ["", *(f"{line.name}: {line.value}  {line.says}" for line in summary.lines_of_values(values))]
    if code is not None:
        return lines
    pairs, slugs = confused(comparison), {each.id: each.slug for each in comparison.codes}
    data["confusion"] = [{**each.to_dict(), "codes": [slugs[one] for one in each.codes]} for each in pairs]
    return [*lines, "", *summary.confused_lines(pairs, _code_names(comparison))]


def _of_several(project: Project, several: str, everything: bool) -> Told:
    names = [name.strip() for name in several.split(",") if name.strip()]
    coders = None if several.strip() in ("all", "alle") else [project.coders.get(name) for name in names]
    if coders is not None and len({coder.id for coder in coders}) < len(coders):
        raise InputError(_("Name each coder once."))
    found = agree_all(project, coders, everything=everything)
    return Told(found.to_dict(), _several_lines(found))


def _through_rounds(project: Project, asked: _Asked) -> Told:
    found, compared = through_project(project, *two_coders(project, asked.a, asked.b))
    data = {"rounds": [_named(compared, one.to_dict()) for one in found]}
    return Told(data, _rounds_table(found, _code_names(compared)))


def _code_names(comparison: Comparison) -> dict[str, str]:
    return {code.id: str(code.name) or code.slug for code in comparison.codes}


def _slices(comparison: Comparison, by: By, parts: dict[str, Agreement], whole: Agreement) -> list[str]:
    """The table of the parts of a whole: groups of codes, transcripts, cases or roles."""
    if by == "group":
        return _group_table(parts, whole, _code_names(comparison))
    heading = {"document": _("transcript"), "case": _("case"), "role": _("informant")}[by]
    return _slice_table({_label(comparison, by, key): part for key, part in parts.items()}, heading)


def _label(comparison: Comparison, by: By, key: str) -> str:
    """What a slice is called for people."""
    roles = {role: role.label for t in comparison.transcripts for role in map(wide, t.roles) if role}
    return roles.get(Role(key), key) if by == "role" else _name_of(comparison, key)


def _name_of(comparison: Comparison, key: str) -> str:
    """The name of a transcript given by its id; a case or role stays as it is."""
    return next((t.name for t in comparison.transcripts if t.id == key), key)


def _parts(comparison: Comparison, parts: dict[str, Agreement]) -> dict[str, Any]:
    slug = {code.id: code.slug for code in comparison.codes}
    return {
        slug.get(key, _name_of(comparison, key)): _named(comparison, part.to_dict())
        for key, part in parts.items()
    }


def _named(comparison: Comparison, data: dict[str, Any]) -> dict[str, Any]:
    """The record with codes and transcripts by name instead of id."""
    slug = {code.id: code.slug for code in comparison.codes}
    names = {t.id: t.name for t in (*comparison.transcripts, *comparison.left_out)}
    for code in data["codes"]:
        code["code"] = slug[code["code"]]
    for group in data["overall"]["groups"]:
        group["group"] = slug.get(group["group"], group["group"])
        group["codes"] = [slug[code] for code in group["codes"]]
    for key in ("transcripts", "left_out"):
        data[key] = [names[transcript] for transcript in data[key]]
    return data


def _code_table(found: Agreement, names: Mapping[str, str], more: bool) -> list[str]:
    """One line per code that was used, then all codes together, then those nobody used."""
    if not found.documents:
        return [sentences.provenance(found), "", _nothing()]
    used = [code for code in found.codes if code.state is not CodeState.UNUSED]
    unused = [names[code.code] for code in found.codes if code.state is CodeState.UNUSED]
    rows = (
        _rows(used, names, found.coders, more) if found.coefficients else _counts(used, names, found.coders)
    )
    lines = [sentences.provenance(found), "", *table(rows), ""]
    every = [*summary.lines_of_all(found), *(summary.more_of_all(found) if more else [])]
    lines += [
        f"{line.name}: {line.value}" + (f"  {line.says}" if more or line.value == "–" else "")
        for line in every
    ]
    if not found.coefficients:
        lines.append(_off())
    if unused:
        lines.append(_("Not used by either: {codes}").format(codes=", ".join(unused)))
    return lines


def _nothing() -> str:
    return _(
        "There is no interview that both have marked done, so there is nothing to compare yet. Use --all for all."
    )


def _off() -> str:
    return _("Coefficients are switched off for this project (qualcode settings PROJECT coefficients on).")


def _rows(
    used: Sequence[CodeAgreement], names: Mapping[str, str], coders: tuple[str, str], more: bool
) -> list[list[str]]:
    measures = ["kappa", "f1", *(summary.MORE if more else ())]
    head = [_("code"), _("shared text"), _("alpha"), _("95 %"), *map(sentences.short_name, measures)]
    rows = [[*head, _("what it says")]]
    for code in used:
        judged = code.state is CodeState.COMPARED
        spread = sentences.interval_text(code.interval) if judged else "–"
        alpha, kappa = (sentences.judged_text(code, name) for name in ("alpha", "kappa"))
        numbers = [kappa, *(sentences.value_text(code[name]) for name in measures[1:])]
        shared, says = percent(code["shared"].value), sentences.verdict(code, coders)
        rows.append([names[code.code], shared, alpha, spread, *numbers, says])
    return rows


def _counts(
    used: Sequence[CodeAgreement], names: Mapping[str, str], coders: tuple[str, str]
) -> list[list[str]]:
    rows = [[_("code"), _("both"), *(_("only {coder}").format(coder=coder) for coder in coders)]]
    for code in used:
        counts = code.counts
        rows.append([names[code.code], *map(str, (counts.both, counts.only_a, counts.only_b))])
    return rows


def _slice_table(parts: Mapping[str, Agreement], heading: str) -> list[str]:
    """One line per transcript, case or role, over all codes."""
    rows = [[heading, _("transcripts"), _("shared text"), sentences.measure_name("pooled_kappa"), "F1"]]
    for name, part in parts.items():
        values = _overall(part) if part.coefficients else ["–", "–", "–"]
        rows.append([name or "–", str(len(part.documents)), *values])
    if all(not part.coefficients for part in parts.values()):
        rows = [row[:2] for row in rows]
    return ["", *table(rows)]


def _overall(part: Agreement) -> list[str]:
    """Shared text, kappa and F1 of all codes together."""
    whole = part.overall
    return [percent(whole.shared.value), *map(sentences.value_text, (whole.pooled_kappa, whole.f1))]


def _group_table(parts: Mapping[str, Agreement], whole: Agreement, names: Mapping[str, str]) -> list[str]:
    """One line per top code with all that lies under it: as one code, and where against what."""
    used = {key: part.codes[0] for key, part in parts.items() if part.codes[0].state is not CodeState.UNUSED}
    if not whole.coefficients:
        return ["", *table(_counts(list(used.values()), names, whole.coders))]
    groups = {group.group: group for group in whole.overall.groups}
    head = [_("group"), _("shared text"), _("alpha"), _("95 %"), sentences.measure_name("what")]
    rows = [[*head, _("what it says")]]
    for key, code in used.items():
        _name, shared, alpha, spread, *_rest, says = _rows([code], names, whole.coders, more=False)[1]
        what = summary.lines_of_group(groups[key])[1].value if key in groups else "–"
        rows.append([names[key], shared, alpha, spread, what, says])
    return ["", *table(rows)]


def _one_code(found: Agreement, code: CodeAgreement, names: Mapping[str, str], more: bool) -> list[str]:
    """Everything about one code: bars, figures with what they say, and a dot per transcript."""
    name = names[code.code]
    head, *rest = sentences.code_lines(name, code, found.coders)
    lines = [head, sentences.provenance(found), ""]
    if code.counts.coded:
        counts = code.counts
        parts = (counts.both, counts.only_a, counts.only_b)
        lines += [summary.bar_text(parts, _WIDTH), sentences.counted(code, found.coders)]
    if any(summary.codings_parts(code)):
        lines += [summary.bar_text(summary.codings_parts(code), _WIDTH), _("the same, in codings")]
    lines.append("")
    every = [*summary.lines_of_code(name, code, found.coders), *(summary.more_of_code(code) if more else [])]
    if not every:
        return [*lines, *(rest if not code.counts.coded else []), _off()]
    lines += [f"{line.name}: {line.value}  {line.says}".rstrip() for line in every]
    if code.dots:
        values = [value.value for _document, value in code.dots if value.value is not None]
        alpha = code["alpha"].value
        lines += ["", summary.dots(values, _WIDTH), summary.span(alpha, code.interval, _WIDTH)]
        lines += [summary.axis(_WIDTH), _("dots: alpha per transcript; line: 95 % interval")]
    return lines + [
        said for said in (summary.chance_below(code), sentences.convention(code)) if more and said
    ]


def _rounds_table(found: Sequence[Agreement], names: Mapping[str, str]) -> list[str]:
    """Every code through the rounds, one block per series, each under its own heading."""
    if not all(one.coefficients for one in found):
        return [*map(sentences.provenance, found), _off()]
    blocks: list[str] = [sentences.provenance(found[0])] if len(found) == 1 else []
    lines = through_rounds(found)
    for series in dict.fromkeys(line.series for line in lines):
        of_series = [one for one in found if one.series is series]
        rows = [[_("code"), *tables.round_heads(of_series)]]
        for line in lines:
            if line.series is series and any(point.shared.value is not None for point in line.points):
                rows.append([names[line.code], *tables.round_cells(line, of_series)])
        blocks += ["", series.label, *table(rows)]
        kappas = [summary.pooled_line(one) for one in of_series]
        blocks += [f"{sentences.measure_name('pooled_kappa')}: {' · '.join(kappas)}"]
    return [
        *blocks,
        "",
        _("Per round: alpha, and between brackets its 95 % interval; the change is paired by interview."),
    ]


def _several_lines(found: Several) -> list[str]:
    """Alpha of all coders together per code, then every pair."""
    head = _("{names}: {n} transcripts that all have finished, {k} left out").format(
        names=", ".join(coder.name for coder in found.coders), n=len(found.transcripts), k=len(found.left_out)
    )
    pairs = [
        [_("two of them"), _("transcripts"), _("shared text"), sentences.measure_name("pooled_kappa"), "F1"]
    ]
    for pair in found.pairs:
        pairs.append([" – ".join(pair.coders), str(len(pair.documents)), *_overall(pair)])
    if not all(pair.coefficients for pair in found.pairs):
        return [head, "", *table([row[:2] for row in pairs]), "", _off()]
    rows = [[_("code"), _("alpha of all"), _("95 %"), _("what it says")]]
    for code in found.codes:
        if code.used:
            says = sentences.verdict_of(code.alpha, code.interval, len(found.transcripts))
            spread = sentences.interval_text(code.interval)
            rows.append(
                [str(code.code.name) or code.code.slug, sentences.value_text(code.alpha), spread, says]
            )
    matrix = [_("Pooled kappa, two by two:"), *table(summary.pair_matrix(found.pairs))]
    return [head, "", *table(rows), "", *table(pairs), "", *matrix]
