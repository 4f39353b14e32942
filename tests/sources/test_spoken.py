"""What speech recognition and transcription programs write: cues, JSON and HTML."""

from __future__ import annotations

import json
from typing import Any

import pytest

from qualcode.errors import InputError

from .making import docx, draft, p, said, times

VTT = "WEBVTT Titel\nKind: captions\n\nNOTE van het programma\nnog een regel\n\n"


def test_teams_cues_of_one_speaker_become_one_turn() -> None:
    content = VTT + (
        "a1/12-0\n00:00:01.000 --> 00:00:02.500\n<v Anna Jansen>Hoe gaat</v>\n\n"
        "a1/12-1\n00:00:02.500 --> 00:00:04.000\n<v Anna Jansen>het?\n\n"
        "00:05.000 --> 00:06.000 align:start\n<v Kees>Goed &amp; <i>wel</i> [lacht]</v><v Anna Jansen>Fijn.\n"
    )
    assert said(content, "x.vtt") == [
        ("Anna Jansen", "Hoe gaat het?"),
        ("Kees", "Goed & wel [lacht]"),
        ("Anna Jansen", "Fijn."),
    ]
    assert times(content, "x.vtt") == [
        ("Anna Jansen", 1000, 4000),
        ("Kees", 5000, 6000),
        ("Anna Jansen", 5000, 6000),
    ]


def test_zoom_writes_names_in_the_words_and_forgets_some() -> None:
    spoken = ["Anna: Hoe?", "en hoe nog meer?", "Kees: Zo.", "Anna: Ja?", "Kees: Ja."]
    cues = (
        f"{n}\n00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{words}\n\n" for n, words in enumerate(spoken, start=1)
    )
    content = "WEBVTT\n\n" + "".join(cues)
    assert said(content, "x.vtt") == [
        ("Anna", "Hoe? en hoe nog meer?"),
        ("Kees", "Zo."),
        ("Anna", "Ja?"),
        ("Kees", "Ja."),
    ]


SRT = "1\n00:00:01,000 --> 00:00:02,000\nDit is een zin die\n\n2\n00:00:02,000 --> 00:00:03,000\nhier eindigt.\n\n"


def test_cues_without_speakers_end_with_a_sentence() -> None:
    content = SRT + "3\n00:00:05,000 --> 00:00:06,000\nNa een stilte.\n"
    assert said(content, "x.srt") == [("", "Dit is een zin die hier eindigt."), ("", "Na een stilte.")]
    assert times(content, "x.srt") == [("", 1000, 3000), ("", 5000, 6000)]
    assert any("does not say who speaks" in warning for warning in draft(content, "x.srt").warnings)


def test_an_arrow_in_the_words_is_no_time() -> None:
    assert said(SRT.replace("Dit is", "Hij --> zij, dit is"), "x.srt")[0][1].startswith("Hij --> zij")


def test_lines_without_a_cue_are_reported() -> None:
    found = draft(VTT + "zomaar een regel\n\n00:01.000 --> 00:02.000\n<v A>Ja.\n", "x.vtt")
    assert found.unplaced == ("zomaar een regel",)


def test_crosstalk_is_kept_in_the_order_of_the_file() -> None:
    content = "WEBVTT\n\n00:05.000 --> 00:09.000\n<v A>Lang verhaal.\n\n00:04.000 --> 00:06.000\n<v B>Ja.\n"
    assert said(content, "x.vtt") == [("A", "Lang verhaal."), ("B", "Ja.")]
    assert any("go back" in warning for warning in draft(content, "x.vtt").warnings)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("WEBVTT\n\n00:00:05.000 -->\n<v A>Ja.\n", r"line 3: 00:00:05.000 -->"),
        ("WEBVTT\n\n00:00:05.000 --> 00:00:04.000\n<v A>Ja.\n", "line 3"),
        (
            "WEBVTT\n\n00:01:05.000 --> 00:01:06.000\n<v A>Ja.\n\n00:00:01.000 --> 00:00:02.000\n<v B>Nee.\n",
            "out of order",
        ),
        ("WEBVTT\n\nNOTE niets\n", "no words"),
        ("zomaar tekst", "content is text"),
    ],
)
def test_refused_cues(content: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        draft(content, "x.vtt")


def test_cues_in_a_text_file_are_recognised() -> None:
    found = draft(SRT)
    assert found.turns[0].time_start == 1000
    assert any("read as SubRip" in warning for warning in found.warnings)


def read(content: Any, name: str = "x.json") -> list[tuple[str, str]]:
    return said(json.dumps(content), name)


def test_amberscript() -> None:
    def segment(who: str, *words: tuple[float, float, str]) -> dict[str, Any]:
        spoken = [{"start": start, "end": end, "text": text, "conf": 1.0} for start, end, text in words]
        return {"speaker": who, "words": spoken}

    content = {
        "id": "x", "startTimeOffset": 10.0, "highlights": [],
        "speakers": [{"spkid": "spk1", "name": "Interviewer"}, {"spkid": "spk2", "name": "Speaker 2"}],
        "segments": [
            segment("spk1", (0.45, 1.08, "Hoe"), (1.1, 1.5, "gaat")), segment("spk1", (1.5, 2.0, "het?")),
            segment("spk2", (2.5, 3.0, "Goed.")),
        ],
    }  # fmt: skip
    assert read(content) == [("Interviewer", "Hoe gaat het?"), ("Speaker 2", "Goed.")]
    assert times(json.dumps(content), "x.json") == [
        ("Interviewer", 10450, 12000),
        ("Speaker 2", 12500, 13000),
    ]


def test_whisper_and_its_family() -> None:
    segments = [
        {"id": 0, "start": 0.0, "end": 1.5, "text": " Hoe gaat"},
        {"id": 1, "start": 1.5, "end": 2, "text": " het?"},
    ]
    assert read({"text": "", "segments": segments, "language": "nl"}) == [("", "Hoe gaat het?")]
    assert draft(json.dumps({"text": "", "segments": segments, "language": "nl"}), "x.json").language == "nl"
    with_speakers = [
        {**segment, "speaker": f"SPEAKER_0{n}", "words": []} for n, segment in enumerate(segments)
    ]
    assert read({"segments": with_speakers}) == [("SPEAKER_00", "Hoe gaat"), ("SPEAKER_01", "het?")]
    chunks = [{"timestamp": [0, 3.16], "text": " Hoe"}, {"timestamp": [3.16, None], "text": " dan?"}]
    assert read(chunks) == read({"text": "", "chunks": chunks}) == [("", "Hoe dan?")]
    pieces = [{"offsets": {"from": 0, "to": 3160}, "text": " Hoe dan?"}]
    assert times(json.dumps({"transcription": pieces}), "x.json") == [("", 0, 3160)]


def test_otranscribe() -> None:
    stamp = '<span class="timestamp" contenteditable="false" data-timestamp="{}">00:12</span>'
    html = f"<p>{stamp.format('12.3')}&nbsp;I: Hoe &lt;gaat&gt; het?<br></p>"
    html += f"<p>{stamp.format('0:20')} R: Goed.<script>x</script></p>"
    content = {"text": html, "media": "x.mp3", "media-time": 12.3}
    assert read(content, "x.otr") == [("I", "Hoe <gaat> het?"), ("R", "Goed.")]
    assert times(json.dumps(content), "x.otr") == [("I", 12300, None), ("R", 20000, None)]


NOSCRIBE = """<!DOCTYPE html><html><head><meta name="audio_source" content="x.mp3"><style>p {}</style></head><body>
<p>Getranscribeerd door een programma</p>
<p><a name="ts_12140_22800_S01">S01: <span style="color: #78909C">[00:00:12]</span> Hoe gaat het?</a>
<a name="ts_22800_24360_S01"> (..) Vertel.</a><a name="ts_23000_23500_//S02"> //S02: hm//</a></p>
<p><a name="ts_24360_30000_S02">Moeder: Goed.</a></p></body></html>"""


def test_noscribe() -> None:
    assert said(NOSCRIBE, "x.html") == [
        ("S01", "Hoe gaat het? (..) Vertel. //S02: hm//"),
        ("Moeder", "Goed."),
    ]
    assert times(NOSCRIBE, "x.html") == [("S01", 12140, 24360), ("Moeder", 24360, 30000)]
    assert draft(NOSCRIBE, "x.html").unplaced == ("Getranscribeerd door een programma",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"cells": []}, "not a transcript of Amberscript"),
        ({"segments": [1]}, "not a transcript of Amberscript"),
        ({"segments": [{"start": 0, "end": 1}]}, "not a transcript of Amberscript"),
        ({"segments": [{"start": -1, "end": 1, "text": "a"}]}, "time in this file"),
        ({"segments": [{"start": True, "end": 1, "text": "a"}]}, "time in this file"),
        ({"segments": [{"start": float("nan"), "end": 1, "text": "a"}]}, "time in this file"),
        ({"segments": []}, "no words"),
        ({"segments": [{"start": 0, "end": 1, "text": "a \ud800 b"}]}, "halves of characters"),
        ({"segments": [{"start": 0, "end": 1, "text": "a \0 b"}]}, "null characters"),
        (
            {"segments": [{"start": 9, "end": 10, "text": "a"}, {"start": 1, "end": 2, "text": "b"}]},
            "out of order",
        ),
        ([[]], "not a transcript of Amberscript"),
    ],
)
def test_refused_json(content: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(content)


@pytest.mark.parametrize("content", [b'{"segments": [', b"[" * 100_000, b'{"a": ' + b"9" * 10_000 + b"}"])
def test_damaged_json(content: bytes) -> None:
    with pytest.raises(InputError, match=r"damaged|not a transcript"):
        draft(content, "x.json")


def test_another_web_page_is_refused() -> None:
    with pytest.raises(InputError, match="noScribe"):
        draft("<html><body><p>I: Hoe?</p></body></html>", "x.html")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.tsv", "start\tend\ttext\n0\t1500\tI: Hoe gaat het?\n1500\t2000\tKim: Goed, hoor.\n"),
        ("x.csv", 'start,end,text\r\n0,1500," I: Hoe gaat het?"\r\n1500,2000," Kim: Goed, hoor."\r\n'),
        ("x.csv", 'start,end,speaker,text\n0,1500,I,"Hoe gaat het?"\n1500,2000,Kim,"Goed, hoor."\n'),
    ],
)
def test_the_tables_of_whisper(name: str, content: str) -> None:
    assert said(content, name) == [("I", "Hoe gaat het?"), ("Kim", "Goed, hoor.")]
    assert times(content, name) == [("I", 0, 1500), ("Kim", 1500, 2000)]


def test_a_broken_table_of_whisper_is_refused() -> None:
    for line in ("0\tx\tja", "0\tja", "-5\t3\tja"):
        with pytest.raises(InputError, match="Line 2"):
            draft(f"start\tend\ttext\n{line}\n", "x.tsv")
    with pytest.raises(InputError, match="qualcode survey import"):
        draft("casus;groep\n1;5\n", "x.csv")


def test_lines_of_a_meeting_program_are_left_out_and_told() -> None:
    service = "Anna Jansen heeft de transcriptie gestart"
    content = f"{service}\n\nI: Hoe?\n\nR: Ik stopped transcription, zei ze.\n\nKim | HU joined the meeting\n\nI: Ja."
    assert said(content) == [("I", "Hoe?"), ("R", "Ik stopped transcription, zei ze."), ("I", "Ja.")]
    assert draft(content).unplaced == (service, "Kim | HU joined the meeting")


SONIX = """Karin de Wit: [00:00:02] Mag het opgenomen worden?

Team mem. 1: [00:00:09] Dat mag.

Karin de Wit: [00:02:31] Fijn.

(Transcribed by Sonix.ai - Remove this message by upgrading your account today!)
"""


def test_sonix() -> None:
    assert times(SONIX) == [
        ("Karin de Wit", 2000, None),
        ("Team mem. 1", 9000, None),
        ("Karin de Wit", 151_000, None),
    ]
    assert "Sonix" not in "".join(words for _speaker, words in said(SONIX))
    assert draft(SONIX).unplaced == (
        "(Transcribed by Sonix.ai - Remove this message by upgrading your account today!)",
    )


def test_sonix_in_word_says_what_it_is() -> None:
    head = (
        "school.mp3: Audio automatically transcribed by Sonix",
        "school.mp3: this mp3 audio file was automatically transcribed by Sonix with the best. It may be wrong.",
    )
    content = docx("".join(map(p, (*head, "Speaker1: [00:00:02] Hoe?", "Speaker2: [00:00:09] Zo."))))
    assert said(content, "x.docx") == [("Speaker1", "Hoe?"), ("Speaker2", "Zo.")]
    assert draft(content, "x.docx").unplaced == head


@pytest.mark.parametrize(
    "shape",
    [
        "{who} [{time}] {words}",
        "{who} [{time}]\n{words}",
        "[{time}] {who}: {words}",
        "{who} ({time})\n{words}",
        "{who} \t{time}\n{words}",
    ],
)
@pytest.mark.parametrize("second", ["Speaker 2", "Moeder", "Jansen, A. | HU"])
def test_labels_and_times_as_trint_and_others_write_them(shape: str, second: str) -> None:
    spoken = [
        ("Karin de Wit", "00:05", "Hoe ging het op school?"),
        (second, "00:09", "Goed hoor."),
        ("Karin de Wit", "00:12", "Mooi."),
        (second, "00:14", "Ja, echt."),
        (second, "00:20", "En thuis."),
    ]
    text = "\n\n".join(shape.format(who=who, time=time, words=words) for who, time, words in spoken)
    assert said(text) == [(who, words) for who, _time, words in spoken]
    assert [start for _who, start, _end in times(text)] == [5000, 9000, 12_000, 14_000, 20_000]


def test_a_time_in_a_sentence_makes_no_speaker() -> None:
    text = "I: Hoe ging het?\n\nR: Goed.\n\nKarin [00:01:05] zei dat ook.\n\nI: Echt?\n\nR: Ja."
    assert said(text)[1] == ("R", "Goed.\nKarin zei dat ook.")
