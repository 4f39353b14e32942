"""Text files: labels, times, paragraphs and encodings."""

from __future__ import annotations

import pytest

from qualcode.errors import InputError

from .making import draft, said, times


@pytest.mark.parametrize(
    "text",
    [
        "I: Hoe gaat het?\nR: Goed.",
        "I:\nHoe gaat het?\n\nR:\nGoed.",
        "I\tHoe gaat het?\nR\tGoed.\nI:\nR:",
        "I : Hoe gaat het?\r\n\r\nR : Goed.",
        "**I:** Hoe gaat het?\n\n**R**: Goed.",
        "1. I: Hoe gaat het?\n2. R: Goed.",
        "\ufeffI: Hoe gaat het?\rR: Goed.",
        "[00:00:01] I: Hoe gaat het?\n[00:00:03] R: Goed.",
        "I: [00:00:01] Hoe gaat het?\nR: [00:00:03] Goed.",
        "00:00:01\nI: Hoe gaat het?\n\n00:00:03\nR: Goed.",
        "I: Hoe gaat het? #00:00:02-1#\nR: Goed. #00:00:04-0#",
    ],
)
def test_one_conversation_in_many_layouts(text: str) -> None:
    assert said(text) == [("I", "Hoe gaat het?"), ("R", "Goed.")]


@pytest.mark.parametrize(
    "label", ["Ouder", "Leraar", "moeder", "[leraar-1]", "P02", "Speaker 1", "SPEAKER_00", "Juf Anna", "IB'er",
              "Moeder van Emma", "Vader/moeder", "Anna de Wit", "Leraar (groep 6)", "Hulpverlener-2", "Care worker"]
)  # fmt: skip
def test_labels(label: str) -> None:
    text = f"{label}: Een.\nI: Twee?\n{label}: Drie."
    assert said(text) == [(label, "Een."), ("I", "Twee?"), (label, "Drie.")]


@pytest.mark.parametrize(
    "line",
    ["Nota bene: dit telt.", "Let op: stil.", "Ik dacht: nou ja.", "Bijvoorbeeld: rekenen.", "Toen zei ze: ja.",
     "Dus: ja.", "https://school.example/x", "10:30 kwam hij.", "De tijd was 10:30", "[lacht] hard",
     "Er was iets (10:30) met hem."]
)  # fmt: skip
def test_words_before_a_colon_are_no_speaker(line: str) -> None:
    assert said(f"I: Hoe?\nR: Zo.\n{line}\n{line}\nI: Ja?") == [
        ("I", "Hoe?"),
        ("R", f"Zo.\n{line}\n{line}"),
        ("I", "Ja?"),
    ]


def test_a_name_that_speaks_once_is_reported() -> None:
    found = draft("I: Hoe?\nR: Zo.\nEn zo.\nNou ja.\nKarin: Dag.\nI: Ja?\nR: Ja.")
    assert [turn.speaker for turn in found.turns] == ["I", "R", "I", "R"]
    assert any("Karin" in warning for warning in found.warnings)
    assert [(doubt.label, doubt.times, doubt.words) for doubt in found.doubts] == [("Karin", 1, "Dag.")]
    assert said("I: Hoe?\nR: Zo.\nEn zo.\nKarin: Dag.\nI: Ja?\nR: Ja.")[2] == ("Karin", "Dag.")
    assert said("Karin: hoi\nPeter: hallo") == [("Karin", "hoi"), ("Peter", "hallo")]


def test_words_above_the_first_speaker_are_kept() -> None:
    head = "Interview casus 4\nDatum: 3 mei\nInterviewer: onderzoeker\nInformant: moeder"
    text = f"{head}\n\nInterviewer: Hoe?\nMoeder: Zo.\nInterviewer: Ja?"
    assert said(text)[0] == ("", head)
    assert [speaker for speaker, _words in said(text)[1:]] == ["Interviewer", "Moeder", "Interviewer"]
    assert any("above the first speaker" in warning for warning in draft(text).warnings)


def test_without_labels_every_paragraph_is_a_turn() -> None:
    found = draft("Eerste alinea\nmet twee regels.\n\nTweede alinea.\n")
    assert [(turn.speaker, turn.text) for turn in found.turns] == [
        ("", "Eerste alinea\nmet twee regels."),
        ("", "Tweede alinea."),
    ]
    assert any("No speakers" in warning for warning in found.warnings)
    assert len(draft("Een.\nTwee.\nDrie.").turns) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I: Wie? #00:00:05-2#\nB: Ik. #01:00:09-8#", [("I", None, 5200), ("B", 5200, 3609800)]),
        ("[00:15.50] I: Wie?\n{0:20} R: Ik.", [("I", 15500, None), ("R", 20000, None)]),
        (
            "Anna Jansen   0:04\nHoi.\nKees   1:02:03\nDag.",
            [("Anna Jansen", 4000, None), ("Kees", 3723000, None)],
        ),
        (
            "00:00:05 Speaker 1\nHoi.\n00:00:09 Speaker 2\nDag.",
            [("Speaker 1", 5000, None), ("Speaker 2", 9000, None)],
        ),
        (
            "Speaker 1 [00:00:05]\nHoi.\nSpeaker 2 [00:00:09]\nDag.",
            [("Speaker 1", 5000, None), ("Speaker 2", 9000, None)],
        ),
        (
            "Anna Jansen (00:04): Hoi.\nKees | HU [0:00:09]: Dag.",
            [("Anna Jansen", 4000, None), ("Kees | HU", 9000, None)],
        ),
        (
            "[00:00:05.10] - Spreker 1\nHoi.\n\n[00:00:09.00] - Spreker 2\nDag.",
            [("Spreker 1", 5100, None), ("Spreker 2", 9000, None)],
        ),
        (
            "0:0:5.100 --> 0:0:8.250\nAnna\nHoi.\n0:0:9.0 --> 0:0:10.0\nAnna\nDag.",
            [("Anna", 5100, 8250), ("Anna", 9000, 10000)],
        ),
    ],
)
def test_times_are_taken_beside_the_text(
    text: str, expected: list[tuple[str, int | None, int | None]]
) -> None:
    assert times(text) == expected
    assert not any(mark in words for _speaker, words in said(text) for mark in ("0:", "#", "-->"))


def test_times_inside_a_turn_are_left_out_and_counted() -> None:
    found = draft(
        "I: Hoe?\nR: Eerst dit [00:01:02] en dan dat. [lacht] (12:30) [onverstaanbaar 00:01:09] [99:99]"
    )
    assert found.turns[1].text == "Eerst dit en dan dat. [lacht] (12:30) [onverstaanbaar 00:01:09] [99:99]"
    assert any("1 time in the middle" in warning for warning in found.warnings)


def test_times_that_go_back_are_reported() -> None:
    assert any(
        "go back at 00:00:05" in text for text in draft("[00:01:00] I: Hoe?\n[00:00:05] R: Zo.").warnings
    )


def test_a_turn_without_words_is_reported() -> None:
    found = draft("I: Hoe?\nR:\nI: Hallo?\nR: Ja.")
    assert [turn.speaker for turn in found.turns] == ["I", "I", "R"]
    assert found.unplaced == ("R: (a turn without words)",)


def test_marks_of_the_typist_stay() -> None:
    words = "Nou (…) [lacht] xxx eh (..) [b]vet[/b] <3 {x} *nee* //ja// [/]"
    assert said(f"I: Hoe?\nR: {words}")[1] == ("R", words)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "I: Hoe is het met één kind – écht?\nR: Zo’n “coördinator”, hè…"
    assert said(text.encode(encoding)) == [("I", text[3:34]), ("R", text[38:])]


def test_other_encodings_are_guessed_with_a_warning() -> None:
    for encoding, words in [
        ("cp1250", "Tak, świetnie się czuje, choć początki były trudne."),
        ("cp1254", "Evet, öğretmeni çok iyi, şubat başında geldik."),
        ("mac_roman", "Eén coördinator, hè, zo’n “crèche”."),
        ("cp850", "Eén coördinator, hè."),
    ]:
        found = draft(f"I: Hoe?\nR: {words}".encode(encoding))
        assert found.turns[1].text == words
        assert any("check the accents" in warning for warning in found.warnings)


def test_accents_that_nobody_can_tell_are_refused() -> None:
    with pytest.raises(InputError, match="accents"):
        draft("I: Хочет?\nR: Хорошо, спасибо.".encode("koi8-r"))


def test_mixed_line_ends_and_right_to_left() -> None:
    found = draft("I: Hoe?\r\nR: مرحبا\rdag\nI: Ja?")
    assert [turn.text for turn in found.turns] == ["Hoe?", "مرحبا\ndag", "Ja?"]
    assert any("right to left" in warning for warning in found.warnings)


def test_a_paragraph_of_five_megabytes_is_one_turn() -> None:
    words = "nou ja dat is eh [lacht] best wel moeilijk (…) om te zeggen hoor " * 80_000
    found = draft(f"I: Hoe?\nR: {words}")
    assert len(found.turns) == 2
    assert any("line ends may have been lost" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "no words"),
        (bytes(range(256)) * 20, "not a text file"),
        (b"I: Hoe?\0\nR: Zo.", "not a text file"),
        (b"\xff\xfeI", "damaged"),
        (("één " * 30).encode() + b"\xff\xff" + b"ja", "damaged"),
        (b"a\n" * 400_000, "more than 300000 lines"),
    ],
)
def test_refused(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        draft(content)


def test_control_characters_are_left_out_with_a_warning() -> None:
    found = draft("I: Ho\x07e?\nR: Zo\x1f.")
    assert [turn.text for turn in found.turns] == ["Hoe?", "Zo."]
    assert any("2 control characters" in warning for warning in found.warnings)


def test_utf_8_with_halves_of_characters_is_refused_and_not_taken_for_another_encoding() -> None:
    data = "I: Hoe?\nR: Goed \ud800 zo.\n".encode("utf-8", "surrogatepass")
    with pytest.raises(InputError, match="halves of characters"):
        draft(data, "interview.txt")
