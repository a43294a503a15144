from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import DocumentRefused
from assistant.records import Sensitivity, Voice
from tests.reading import read_all, read_one, words_of


def vtt(*cues: tuple[str, str], head: str = "WEBVTT") -> str:
    """Captions of (start as mm:ss, words), each five seconds long."""
    blocks = [f"00:{start}.000 --> 00:{start}.900\n{words}" for start, words in cues]
    return "\n\n".join([head, *blocks]) + "\n"


def test_voice_tags_make_turns_and_a_sentence_over_two_captions_is_one(tmp_path: Path) -> None:
    text = vtt(
        ("00:03", "<v Anna Example>So we tried the new form,</v>"),
        ("00:07", "<v Anna Example>and it &amp; the training helped.</v>"),
        ("01:20", "<v.loud Ben Sample>Who <i>paid</i> for it?</v>"),
        ("01:25", "<v Anna Example>The council.</v>"),
    )

    document = read_one(tmp_path, "a.vtt", text)

    assert words_of(document) == [
        "So we tried the new form, and it & the training helped.", "Who paid for it?", "The council.",
    ]  # fmt: skip
    assert [block.speaker for block in document.blocks] == ["Anna Example", "Ben Sample", "Anna Example"]
    assert [block.time for block in document.blocks] == ["00:00:03", "00:01:20", "00:01:25"]
    assert document.text.startswith("Anna Example: So we tried")
    assert document.is_transcript


def test_two_voices_in_one_caption_are_two_turns(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.vtt", vtt(("00:03", "<v Anna>Did it help?</v> <v Ben>Yes, a lot.</v>")))

    assert [(b.speaker, document.text[b.start : b.end]) for b in document.blocks] == [
        ("Anna", "Did it help?"), ("Ben", "Yes, a lot."),
    ]  # fmt: skip


def test_names_before_a_colon_make_turns(tmp_path: Path) -> None:
    text = vtt(
        ("00:03", "Anna Example: So we tried the new form,"),
        ("00:07", "and there was one thing: it helped."),
        ("00:12", "Ben Sample (he/him): Who paid?"),
        ("00:14", "Anna Example: The council."),
        ("00:16", "Ben Sample (he/him): I see."),
        ("00:18", "Cara Once: May I add something?"),
    )

    document = read_one(tmp_path, "a.vtt", text)

    assert [block.speaker for block in document.blocks] == [
        "Anna Example", "Ben Sample (he/him)", "Anna Example", "Ben Sample (he/him)", "Cara Once",
    ]  # fmt: skip
    assert words_of(document)[0] == "So we tried the new form, and there was one thing: it helped."


def test_a_colon_in_speech_makes_no_speaker(tmp_path: Path) -> None:
    text = vtt(("00:03", "We learned one thing: trust helps."), ("00:07", "And another: time helps too."))

    document = read_one(tmp_path, "a.vtt", text)

    assert [block.speaker for block in document.blocks] == [None]
    assert words_of(document) == ["We learned one thing: trust helps. And another: time helps too."]


def test_a_change_of_speaker_without_a_name_starts_a_turn_of_nobody(tmp_path: Path) -> None:
    text = vtt(("00:03", "Anna: It helped."), ("00:05", "Anna: A lot."), ("00:08", ">> Who says so?"))

    assert [b.speaker for b in read_one(tmp_path, "a.vtt", text).blocks] == ["Anna", None]


def test_captions_that_roll_up_are_read_once(tmp_path: Path) -> None:
    first, second, third = "So we tried the new form", "and it helped us all", "to work better together."
    text = vtt(
        ("00:03", first), ("00:05", f"{first}\n{second}"), ("00:06", second), ("00:07", f"{second}\n{third}")
    )  # fmt: skip

    assert words_of(read_one(tmp_path, "a.vtt", text)) == [f"{first} {second} {third}"]


def test_a_long_turn_becomes_paragraphs_with_their_own_times(tmp_path: Path) -> None:
    sentence = "In week {} we tried the new form and it helped us better."
    cues = [(f"{n // 60:02d}:{n % 60:02d}", f"<v Anna>{sentence.format(n)}</v>") for n in range(0, 240, 10)]

    document = read_one(tmp_path, "a.vtt", vtt(*cues))

    assert {block.speaker for block in document.blocks} == {"Anna"}
    assert [block.time for block in document.blocks] == ["00:00:00", "00:01:10", "00:02:20", "00:03:30"]
    assert document.text.count("Anna:") == 1
    assert all(words.endswith("better.") for words in words_of(document))


def test_speech_without_full_stops_is_parted_too(tmp_path: Path) -> None:
    cues = [
        (f"{n // 60:02d}:{n % 60:02d}", f"and then we tried it {n} times and went on") for n in range(120)
    ]

    document = read_one(tmp_path, "a.vtt", vtt(*cues))

    assert max(len(words.split()) for words in words_of(document)) <= 210


def test_an_interviewers_words_are_no_participants(tmp_path: Path) -> None:
    text = vtt(("00:01", "<v Interviewer>Money is the barrier.</v>"), ("00:04", "<v P4>It is not.</v>"))

    assert [block.voice for block in read_one(tmp_path, "a.vtt", text).blocks] == [Voice.OTHER, None]


def test_srt_is_read_as_captions_whatever_its_name(tmp_path: Path) -> None:
    text = (
        "1\r\n00:00:03,000 --> 00:00:05,000\r\n<b>P4:</b> We tried it,\r\n\r\n"
        "2\r\n01:00:05,500 --> 01:00:07,000\r\nP4: twice.\r\n\r\n"
        "3\r\n01:00:08,000 --> 01:00:09,000\r\nQ: Why?\r\n\r\n4\r\n01:00:10,000 --> 01:00:11,000\r\nQ: Tell me.\r\n"
    )

    document = read_one(tmp_path, "a.txt", text)

    assert words_of(document) == ["We tried it, twice.", "Why? Tell me."]
    assert [block.time for block in document.blocks] == ["00:00:03", "01:00:08"]


def test_comments_styles_and_numbers_of_captions_are_no_speech(tmp_path: Path) -> None:
    text = (
        "\ufeffWEBVTT\n\nNOTE made by a program\n\nSTYLE\n::cue { color: red }\n\n"
        "12-0\n00:03.000 --> 00:05.000 align:start\n<c.yellow>We</c> <00:04.000>tried it.\n"
    )

    assert read_one(tmp_path, "a.vtt", text).text == "We tried it."


def test_the_head_tells_the_title_the_link_and_so_that_it_is_public(tmp_path: Path) -> None:
    head = "WEBVTT - A talk on trust\nKind: captions\nLanguage: en\n\nNOTE\nSource: https://example.org/talk\nYear: 2021"

    document = read_one(tmp_path, "a.vtt", vtt(("00:01", "Trust helps."), head=head))

    assert document.source.title == "A talk on trust"
    assert (document.source.year, document.source.url) == (2021, "https://example.org/talk")
    assert document.source.kind == "transcript"
    assert document.sensitivity is Sensitivity.PUBLIC


@pytest.mark.parametrize(
    ("head", "tier"),
    [("WEBVTT", Sensitivity.RESTRICTED), ("WEBVTT\n\nNOTE Sensitivity: team", Sensitivity.TEAM)],
)
def test_captions_are_restricted_unless_they_state_otherwise(
    tmp_path: Path, head: str, tier: Sensitivity
) -> None:
    document = read_one(tmp_path, "the interview.vtt", vtt(("00:01", "Trust helps."), head=head))

    assert document.sensitivity is tier
    assert document.source.title == "the interview"


def test_captions_whose_times_cannot_be_read_are_counted(tmp_path: Path) -> None:
    text = vtt(("00:01", "Trust helps.")) + "\nx:y --> z\nlost words\n"

    document = read_one(tmp_path, "a.vtt", text)

    assert document.text == "Trust helps."
    assert document.warnings == ("1 captions with times that cannot be read were left out",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_are_known(tmp_path: Path, encoding: str) -> None:
    data = vtt(("00:01", "<v Zoë>It’s a café.</v>")).encode(encoding)

    assert words_of(read_one(tmp_path, "a.vtt", data)) == ["It’s a café."]


@pytest.mark.parametrize("text", ["WEBVTT\n", "WEBVTT\n\nNOTE only this\n", vtt(("00:01", "<i></i>"))])
def test_captions_without_words_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(DocumentRefused, match="no readable text"):
        read_all(tmp_path, "a.vtt", text)


@pytest.mark.parametrize(
    "odd", ["<v" + ".a" * 50_000, "<a" * 50_000, "<v " * 50_000, "Anna " * 50_000, ":" * 50_000]
)
def test_captions_with_unclosed_marks_end_soon(tmp_path: Path, odd: str) -> None:
    assert "It helped." in read_one(tmp_path, "a.vtt", vtt(("00:01", f"It helped. {odd}"))).text
