"""`qualcode words`: frequent and characteristic words, words near a word, who speaks how much."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import click

from qualcode.cli.verbs import A_PATH, Told, as_option, saved, table, verb
from qualcode.errors import InputError
from qualcode.files.saving import save
from qualcode.i18n import LANGUAGES, _, ngettext, number, percent
from qualcode.language.words import list_text, stop_words
from qualcode.reports.charts import words_chart
from qualcode.tasks.searching.words import (
    frequent_words,
    keep_stop_list,
    speaking,
    terms,
    words_near,
    words_per_group,
)

if TYPE_CHECKING:
    from qualcode.store.project import Project


class _Asked(NamedTuple):
    """What the options ask for."""

    by: Literal["code", "role", "case"] | None
    group: str
    rare: bool
    near: str | None
    reach: int
    speakers: bool
    terms: bool
    interviewer: bool
    most: int
    picture: Path | None
    stop_words: Path | None
    print_stop_words: bool
    language: str


@verb("words", _("Count the words of the interviews in PROJECT, without stop words."))
@click.option(
    "--by",
    type=click.Choice(["code", "role", "case"]),
    help=_("The words that each code, informant or case uses more than the others."),
)
@click.option("--group", default="", metavar=_("NAME"), help=_("Only this code, informant or case."))
@click.option("--rare", is_flag=True, help=_("Put words first that few other groups use at all (tf-idf)."))
@click.option(
    "--near", metavar=_("WORD"), help=_("The words that stand near this word, in any of its forms.")
)
@click.option(
    "--reach", type=click.IntRange(1, 50), default=5, show_default=True, help=_("How many words are near.")
)
@click.option("--speakers", is_flag=True, help=_("Who speaks how much, interview by interview."))
@click.option("--terms", is_flag=True, help=_("Nouns and noun phrases that a codebook may want (Dutch)."))
@click.option("--interviewer", is_flag=True, help=_("Count the interviewer's words as well."))
@click.option(
    "--most", type=click.IntRange(1), default=20, show_default=True, help=_("Show at most so many words.")
)
@click.option("--picture", type=A_PATH, help=_("Draw the words as a picture (.png)."))
@click.option(
    "--stop-words",
    type=A_PATH,
    help=_(
        "Keep the words of this file (one a line) as the stop words; an empty file: the usual ones again."
    ),
)
@click.option("--print-stop-words", is_flag=True, help=_("Show the stop words, to edit them."))
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="nl", help=_("The language of the stop words.")
)
@as_option
def words(project: Project, **options: Any) -> Told:
    """Count words, as asked."""
    asked = _Asked(**options)
    if asked.stop_words is not None:
        _keep_stop_words(project, asked.language, asked.stop_words)
    if asked.print_stop_words:
        return _stop_words(project, asked.language)
    if asked.speakers:
        return _speakers(project)
    if asked.terms:
        return _terms(project, asked)
    if asked.near is not None:
        return _near(project, asked.near, asked)
    if asked.by:
        return _groups(project, asked.by, asked)
    return _frequent(project, asked)


def _frequent(project: Project, asked: _Asked) -> Told:
    found = frequent_words(project, interviewer=asked.interviewer, most=asked.most)
    head = [_("word"), _("times"), _("per 1,000 words"), _("interviews")]
    rows = [[row.word, row.times, number(row.per_thousand, 1), row.documents] for row in found]
    data = {"words": [row._asdict() for row in found], "interviewer": asked.interviewer}
    bars = {"": [(row.word, row.per_thousand) for row in found]}
    return Told(data, [*table([head, *rows]), *_drawn(asked.picture, bars, _("per 1,000 words"))])


def _terms(project: Project, asked: _Asked) -> Told:
    found = terms(project, interviewer=asked.interviewer, most=asked.most)
    rows = [[term.words, term.times, term.documents] for term in found]
    data = {"terms": [term._asdict() for term in found], "interviewer": asked.interviewer}
    if not found:
        return Told(
            data,
            [_("No noun was said twice, or no pipeline here knows the parts of speech of this language.")],
        )
    return Told(data, table([[_("term"), _("times"), _("interviews")], *rows]))


def _groups(project: Project, by: Literal["code", "role", "case"], asked: _Asked) -> Told:
    found = words_per_group(
        project,
        by,
        only=asked.group,
        interviewer=asked.interviewer,
        rarely_elsewhere=asked.rare,
        most=asked.most,
    )
    lines: list[str] = []
    head = [_("word"), _("times"), _("elsewhere"), _("per 1,000 words"), _("elsewhere"), _("interviews")]
    head.append(_("score"))
    for group in found:
        words = ngettext("{n} word", "{n} words", group.total).format(n=group.total)
        documents = ngettext("{n} interview", "{n} interviews", group.documents).format(n=group.documents)
        lines += [f"{_title(project, by, group.name)} ({words}, {documents})"]
        rows = [
            [
                row.word,
                row.times,
                row.elsewhere,
                number(row.per_thousand, 1),
                number(row.elsewhere_per_thousand, 1),
                row.documents,
                number(row.score, 1),
            ]
            for row in group.words
        ]
        lines += [f"  {line}" for line in table([head, *rows])] if rows else ["  " + _("no word stands out")]
        lines.append("")
    data = {
        "by": by,
        "measure": "tf-idf" if asked.rare else "log-likelihood",
        "interviewer": asked.interviewer,
        "groups": [
            {
                "name": group.name,
                "words_in_all": group.total,
                "documents": group.documents,
                "words": [row._asdict() for row in group.words],
            }
            for group in found
        ],
    }
    bars = {
        _title(project, by, group.name): [(row.word, row.score) for row in group.words] for group in found
    }
    measure = _("stands out (tf-idf)") if asked.rare else _("stands out (log-likelihood)")
    return Told(data, [*lines[:-1], *_drawn(asked.picture, bars, measure)])


def _near(project: Project, word: str, asked: _Asked) -> Told:
    found = words_near(project, word, reach=asked.reach, interviewer=asked.interviewer, most=asked.most)
    head = [_("word"), _("near"), _("in all"), _("by chance"), _("score")]
    rows = [
        [row.word, row.together, row.times, number(row.expected, 1), number(row.score, 1)] for row in found
    ]
    lines = (
        table([head, *rows])
        if rows
        else [_("No word stands near “{word}” more often than chance.").format(word=word)]
    )
    data = {"word": word, "reach": asked.reach, "words": [row._asdict() for row in found]}
    return Told(data, lines)


def _speakers(project: Project) -> Told:
    data, lines = [], []
    head = [_("speaker"), _("turns"), _("words"), _("share"), _("words per turn")]
    for transcript, shares in speaking(project):
        data.append({"transcript": transcript.name, "speakers": [asdict(share) for share in shares]})
        rows = [
            [s.speaker or "–", s.turns, s.words, percent(s.share), number(s.words_per_turn, 1)]
            for s in shares
        ]
        lines += [transcript.name, *(f"  {line}" for line in table([head, *rows])), ""]
    return Told({"transcripts": data}, lines[:-1])


def _keep_stop_words(project: Project, language: str, path: Path) -> None:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(_("{path} cannot be read as text (UTF-8).").format(path=path)) from error
    keep_stop_list(project, language, text)


def _stop_words(project: Project, language: str) -> Told:
    own = project.settings.get("stop_words").get(language)
    listed = sorted(own if own is not None else stop_words(language))
    data = {"language": language, "own": own is not None, "words": listed}
    return Told(data, list_text(listed).splitlines())


def _drawn(picture: Path | None, bars: dict[str, list[tuple[str, float]]], measure: str) -> list[str]:
    if picture is None:
        return []
    content = words_chart(bars, measure)

    def write(path: Path) -> None:
        path.write_bytes(content)

    save(picture, write)
    return [saved(picture)]


def _title(project: Project, by: str, name: str) -> str:
    return project.roles.named(name).label if by == "role" else name
