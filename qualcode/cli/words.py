"""`qualcode words`: frequent and characteristic words, words near a word, who speaks how much."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from qualcode.cli.common import as_option, emit, json_option, project_argument, said_plainly, table
from qualcode.i18n import LANGUAGES, _, ngettext, number, percent
from qualcode.model import Role

if TYPE_CHECKING:
    from qualcode.store.project import Project


@click.command("words", help=_("Count the words of the interviews in PROJECT, without stop words."))
@project_argument
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
@click.option("--interviewer", is_flag=True, help=_("Count the interviewer's words as well."))
@click.option(
    "--most", type=click.IntRange(1), default=20, show_default=True, help=_("Show at most so many words.")
)
@click.option("--picture", type=click.Path(path_type=Path), help=_("Draw the words as a picture (.png)."))
@click.option(
    "--stop-words",
    type=click.Path(path_type=Path),
    help=_(
        "Keep the words of this file (one a line) as the stop words; an empty file: the usual ones again."
    ),
)
@click.option("--print-stop-words", is_flag=True, help=_("Show the stop words, to edit them."))
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="nl", help=_("The language of the stop words.")
)
@as_option
@json_option
@said_plainly
def command(
    project: Path,
    by: Literal["code", "role", "case"] | None,
    group: str,
    rare: bool,
    near: str | None,
    reach: int,
    speakers: bool,
    interviewer: bool,
    most: int,
    picture: Path | None,
    stop_words: Path | None,
    print_stop_words: bool,
    language: str,
    coder: str | None,
    as_json: bool,
) -> None:
    """Count words, as asked."""
    from qualcode.store.project import open_project

    with open_project(project, coder) as opened:
        if stop_words is not None:
            _keep_stop_words(opened, language, stop_words)
        if print_stop_words:
            _print_stop_words(opened, language, as_json)
        elif speakers:
            _speakers(opened, as_json)
        elif near is not None:
            _near(opened, near, reach, interviewer, most, as_json)
        elif by:
            _groups(opened, by, group, interviewer, rare, most, picture, as_json)
        else:
            _frequent(opened, interviewer, most, picture, as_json)


def _frequent(project: Project, interviewer: bool, most: int, picture: Path | None, as_json: bool) -> None:
    from qualcode.tasks.searching.words import frequent_words

    found = frequent_words(project, interviewer=interviewer, most=most)
    head = [_("word"), _("times"), _("per 1,000 words"), _("interviews")]
    rows = [[row.word, row.times, number(row.per_thousand, 1), row.documents] for row in found]
    data = {"words": [row._asdict() for row in found], "interviewer": interviewer}
    emit(
        as_json,
        data,
        [
            *table([head, *rows]),
            *_drawn(picture, {"": [(w.word, w.per_thousand) for w in found]}, _("per 1,000 words")),
        ],
    )


def _groups(
    project: Project,
    by: Literal["code", "role", "case"],
    only: str,
    interviewer: bool,
    rare: bool,
    most: int,
    picture: Path | None,
    as_json: bool,
) -> None:
    from qualcode.tasks.searching.words import words_per_group

    found = words_per_group(project, by, only=only, interviewer=interviewer, rarely_elsewhere=rare, most=most)
    lines: list[str] = []
    head = [
        _("word"),
        _("times"),
        _("elsewhere"),
        _("per 1,000 words"),
        _("elsewhere"),
        _("interviews"),
        _("score"),
    ]
    for group in found:
        words = ngettext("{n} word", "{n} words", group.total).format(n=group.total)
        documents = ngettext("{n} interview", "{n} interviews", group.documents).format(n=group.documents)
        lines += [f"{_title(by, group.name)} ({words}, {documents})"]
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
        "measure": "tf-idf" if rare else "log-likelihood",
        "interviewer": interviewer,
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
    bars = {_title(by, group.name): [(row.word, row.score) for row in group.words] for group in found}
    measure = _("stands out (tf-idf)") if rare else _("stands out (log-likelihood)")
    emit(as_json, data, [*lines[:-1], *_drawn(picture, bars, measure)])


def _near(project: Project, word: str, reach: int, interviewer: bool, most: int, as_json: bool) -> None:
    from qualcode.tasks.searching.words import words_near

    found = words_near(project, word, reach=reach, interviewer=interviewer, most=most)
    head = [_("word"), _("near"), _("in all"), _("by chance"), _("score")]
    rows = [
        [row.word, row.together, row.times, number(row.expected, 1), number(row.score, 1)] for row in found
    ]
    lines = (
        table([head, *rows])
        if rows
        else [_("No word stands near “{word}” more often than chance.").format(word=word)]
    )
    emit(as_json, {"word": word, "reach": reach, "words": [row._asdict() for row in found]}, lines)


def _speakers(project: Project, as_json: bool) -> None:
    from qualcode.tasks.searching.words import speaking

    data, lines = [], []
    head = [_("speaker"), _("turns"), _("words"), _("share"), _("words per turn")]
    for transcript, shares in speaking(project):
        data.append({"transcript": transcript.name, "speakers": [asdict(share) for share in shares]})
        rows = [
            [s.speaker or "–", s.turns, s.words, percent(s.share), number(s.words_per_turn, 1)]
            for s in shares
        ]
        lines += [transcript.name, *(f"  {line}" for line in table([head, *rows])), ""]
    emit(as_json, {"transcripts": data}, lines[:-1])


def _keep_stop_words(project: Project, language: str, path: Path) -> None:
    from qualcode.errors import InputError
    from qualcode.tasks.searching.words import keep_stop_list

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(_("{path} cannot be read as text (UTF-8).").format(path=path)) from error
    keep_stop_list(project, language, text)


def _print_stop_words(project: Project, language: str, as_json: bool) -> None:
    from qualcode.language.words import list_text, stop_words

    own = project.settings.get("stop_words").get(language)
    words = sorted(own if own is not None else stop_words(language))
    emit(
        as_json, {"language": language, "own": own is not None, "words": words}, list_text(words).splitlines()
    )


def _drawn(picture: Path | None, bars: dict[str, list[tuple[str, float]]], measure: str) -> list[str]:
    if picture is None:
        return []
    from qualcode.files.saving import save_bytes
    from qualcode.reports.charts import words_chart

    save_bytes(picture, words_chart(bars, measure))
    return [_("Saved: {path}").format(path=picture)]


def _title(by: str, name: str) -> str:
    return Role(name).label if by == "role" and name in set(Role) else name
