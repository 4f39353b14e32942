"""Whose words they are: in every kind of file, whatever a label looks like and however seldom it comes."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.sources.lines import key_of
from qualcode.sources.registry import read_bytes

from .making import docx, odt, p, pdf, rtf, table

LABELS = [
    "I", "Moeder", "Anna", "Anna de Wit", "Jansen, Anna", "Anna Jansen | HU", "van der Berg, J.", "+31 6 12345678",
    "iPhone van Anna", "a.jansen@school.example", "MOEDER VAN SEM", "Leraar A", "[leraar-1]", "Spreker 2", "P02",
    "anna jansen", "Zoë Günes-Öztürk", "Juf Els (groep 5)", "Dr. J. de Vries", "Vader/moeder",
]  # fmt: skip
Said = Sequence[tuple[str, str]]
WORDS = [
    "We zijn in de herfst begonnen met een vast moment op vrijdag.", "Dat vond ik prettig, want het gaf rust.",
    "Hij liep weg en kwam pas na de pauze terug.", "Daar hebben we het lang over gehad.", "En wat deed jij toen?",
    "Ik heb de lijst ingevuld en meegegeven.", "Kun je daar iets meer over vertellen?", "Het ging met kleine stappen.",
    "Op maandag was het lastig, op dinsdag minder.", "Zo is het eigenlijk gebleven.",
]  # fmt: skip


def clock(n: int) -> str:
    return f"00:{n // 60:02}:{n % 60:02}"


def vtt(turns: Said) -> bytes:
    cues = (
        f"{clock(n)}.000 --> {clock(n + 1)}.000\n<v {html.escape(who)}>{words}</v>\n"
        for n, (who, words) in enumerate(turns)
    )
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def vtt_written(turns: Said) -> bytes:
    cues = (
        f"{clock(n)}.000 --> {clock(n + 1)}.000\n{who}: {words}\n" for n, (who, words) in enumerate(turns)
    )
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def srt(turns: Said) -> bytes:
    cues = (
        f"{n + 1}\n{clock(n)},000 --> {clock(n + 1)},000\n{who}: {words}\n"
        for n, (who, words) in enumerate(turns)
    )
    return "\n".join(cues).encode()


def lines(turns: Said) -> bytes:
    return "\n".join(f"{who}: {words}" for who, words in turns).encode()


def paragraphs(turns: Said) -> bytes:
    return "\n\n".join(f"{who}: {words}\nEn dat was het voor nu." for who, words in turns).encode()


def several_paragraphs(turns: Said) -> bytes:
    return "\n\n".join(f"{who}: {words}\n\nEn dat was het voor nu." for who, words in turns).encode()


def alone(turns: Said) -> bytes:
    return "\n\n".join(f"{who}\n{words}" for who, words in turns).encode()


def tabs(turns: Said) -> bytes:
    return "\n".join(f"{who}\t{words}" for who, words in turns).encode()


def otter(turns: Said) -> bytes:
    return "\n\n".join(f"{who}  {n}:04\n{words}" for n, (who, words) in enumerate(turns)).encode()


def amberscript_text(turns: Said) -> bytes:
    return "\n\n".join(f"[{clock(n)}] {who}: {words}" for n, (who, words) in enumerate(turns)).encode()


def word(turns: Said) -> bytes:
    return docx("".join(p(html.escape(f"{who}: {words}")) for who, words in turns))


def word_alone(turns: Said) -> bytes:
    return docx("".join(p(html.escape(who)) + p(words) for who, words in turns))


def teams_word(turns: Said) -> bytes:
    return docx(
        "".join(
            f'<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{html.escape(who)}</w:t></w:r><w:r>'
            f'<w:t xml:space="preserve">   {n}:04</w:t></w:r><w:r><w:br/><w:t>{words}</w:t></w:r></w:p>'
            for n, (who, words) in enumerate(turns)
        )
    )


def word_table(turns: Said) -> bytes:
    return docx(table(*((html.escape(who), words) for who, words in turns)))


def open_document(turns: Said) -> bytes:
    return odt("".join(f"<text:p>{html.escape(who)}: {words}</text:p>" for who, words in turns))


def rich_text(turns: Said) -> bytes:
    def escaped(words: str) -> str:
        return "".join(c if ord(c) < 128 else rf"\u{ord(c)}?" for c in words.replace("\\", "\\\\"))

    return rtf("".join(rf"{escaped(who)}: {words}\par " for who, words in turns))


def portable(turns: Said) -> bytes:
    return pdf([f"{who}: {words}" for who, words in turns])


def whisperx(turns: Said) -> bytes:
    segments = [
        {"start": n, "end": n + 1, "text": words, "speaker": who} for n, (who, words) in enumerate(turns)
    ]
    return json.dumps({"segments": segments, "language": "nl"}).encode()


def amberscript(turns: Said) -> bytes:
    names = list(dict.fromkeys(who for who, _words in turns))
    segments = [
        {"speaker": f"spk{names.index(who)}", "words": [{"start": n, "end": n + 1, "text": words}]}
        for n, (who, words) in enumerate(turns)
    ]
    speakers = [{"spkid": f"spk{n}", "name": name} for n, name in enumerate(names)]
    return json.dumps({"speakers": speakers, "segments": segments}).encode()


def noscribe(turns: Said) -> bytes:
    body = "".join(
        f'<p><a name="ts_{n * 1000}_{n * 1000 + 900}_S00">{html.escape(who)}: {words}</a></p>'
        for n, (who, words) in enumerate(turns)
    )
    return f"<!DOCTYPE html><html><body>{body}</body></html>".encode()


FORMATS: dict[str, tuple[str, Callable[[Said], bytes]]] = {
    make.__name__: (ending, make)
    for ending, make in [
        ("vtt", vtt), ("vtt", vtt_written), ("srt", srt), ("txt", lines), ("txt", paragraphs), ("txt", alone),
        ("txt", several_paragraphs), ("txt", tabs), ("txt", otter), ("txt", amberscript_text), ("docx", word),
        ("docx", word_alone), ("docx", teams_word), ("docx", word_table), ("odt", open_document), ("rtf", rich_text),
        ("pdf", portable), ("json", whisperx), ("json", amberscript), ("html", noscribe),
    ]
}  # fmt: skip


def wrong(name: str, turns: Said) -> dict[str, set[str]]:
    """Who got words of somebody else, or lost words, when all that is asked was answered."""
    ending, make = FORMATS[name]
    data, people = make(turns), {key_of(who) for who, _words in turns}
    said: dict[str, bool] = {}
    while True:
        found = read_bytes(data, f"gesprek.{ending}", said)
        asked = {key_of(doubt.label) for doubt in found.doubts}
        if not asked:
            break
        assert asked.isdisjoint(said)
        said |= {label: label in people for label in asked}
    under: dict[str, set[str]] = {}
    for who, words in turns:
        holders = {turn.speaker for turn in found.turns if words in " ".join(turn.text.split())}
        under.setdefault(key_of(who), set()).update(map(key_of, holders or {"(lost)"}))
    return {who: holders for who, holders in under.items() if holders != {who}}


def asked(name: str, turns: Said) -> int:
    """How many labels are asked about."""
    ending, make = FORMATS[name]
    return len(read_bytes(make(turns), f"gesprek.{ending}").doubts)


def conversation(*who: str) -> list[tuple[str, str]]:
    """They speak in turn, nobody twice the same."""
    return [(one, f"{WORDS[n % len(WORDS)]} Keer {n}.") for n, one in enumerate(who)]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("label", LABELS)
def test_who_answers_keeps_what_they_said(name: str, label: str) -> None:
    other = "Interviewer" if label == "I" else "I"
    turns = conversation(*[other, label] * 4)
    assert wrong(name, turns) == {}
    assert asked(name, turns) == 0


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("label", LABELS)
def test_who_speaks_once_keeps_it_or_is_asked_about(name: str, label: str) -> None:
    others = ["Interviewer" if label == "I" else "I", "Vader" if label != "Vader/moeder" else "R"]
    assert wrong(name, conversation(*others * 2, label, *others * 2)) == {}


@pytest.mark.parametrize("name", FORMATS)
def test_a_focus_group_of_twelve(name: str) -> None:
    people = [f"Leraar {letter}" for letter in "ABCDEFGHIJKL"]
    assert wrong(name, conversation(*(who for person in people for who in ("Gespreksleider", person)))) == {}


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(FORMATS)),
    st.lists(st.sampled_from(LABELS), min_size=2, max_size=6, unique_by=key_of),
    st.data(),
)
def test_all_words_arrive_under_whom_they_stood_or_are_asked_about(
    name: str, people: list[str], data: st.DataObject
) -> None:
    order = [*people, people[0], *data.draw(st.lists(st.sampled_from(people), min_size=2, max_size=12))]
    order = [who for n, who in enumerate(order) if n == 0 or who != order[n - 1]]
    assert wrong(name, conversation(*order)) == {}


def test_a_label_of_three_hundred_characters_is_one() -> None:
    label = "Anna " * 59 + "Anna"
    assert len(label) > 290
    for name in ("vtt", "vtt_written", "whisperx", "lines"):
        assert wrong(name, conversation(*["I", label] * 3)) == {}
