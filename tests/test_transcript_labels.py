from __future__ import annotations

import pytest

from assistant.reading.structure import blocks_of
from assistant.reading.transcript import clock, speakers_in, transcript_blocks, with_speakers
from assistant.records import Block, Voice

ASKED, SAID = "What helped you to try it?", "Our manager listened to us."


def turns(text: str) -> list[tuple[str | None, str | None, str]]:
    """(speaker, time, words) of each block of a text that does not say what it is."""
    speakers = speakers_in(text, 0, told=False)
    assert speakers
    return [(b.speaker, b.time, text[b.start : b.end]) for b in transcript_blocks(text, 0, speakers)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("INTERVIEWER", "P4"),
        ("Interviewer 1", "Participant 12"),
        ("Q", "A"),
        ("INT", "RES"),
        ("Anna Example", "Dr. Ben O’Sample"),
        ("Podcast host", "Commissioning lead"),
        ("Panel 1", "Head of service"),
        ("Interviewer", "Peer support worker 2"),
    ],
)
def test_labels_with_a_colon_are_speakers(first: str, second: str) -> None:
    text = f"{first}: {ASKED}\n\n{second}: {SAID}\n\n{first}: And then?\n\n{second}: We tried it.\n"

    assert [(speaker, words) for speaker, _, words in turns(text)] == [
        (first, ASKED), (second, SAID), (first, "And then?"), (second, "We tried it."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "[00:01:20] {name}: {words}",
        "00:01:20 {name}: {words}",
        "(1:20) {name}: {words}",
        "[00:01:20.5] - {name}: {words}",
        "{name} [00:01:20]: {words}",
        "{name} (1:20): {words}",
        "{name}: [00:01:20] {words}",
        "[00:01:20]\n\n{name}: {words}",
    ],
)
def test_the_time_beside_a_label_is_the_turns_time(line: str) -> None:
    text = "\n\n".join(
        line.format(name=name, words=words) for name, words in (("Anna", ASKED), ("P4", SAID)) * 2
    )

    assert turns(text) == [("Anna", "00:01:20", ASKED), ("P4", "00:01:20", SAID)] * 2


@pytest.mark.parametrize(
    "line", ["{name}:\n\n{words}", "{name}:\n{words}", "{name}  0:20\n{words}", "{name} 00:20\n\n{words}"]
)
def test_a_label_on_a_line_of_its_own_names_who_speaks_below(line: str) -> None:
    text = "\n\n".join(
        line.format(name=name, words=words) for name, words in (("INTERVIEWER", ASKED), ("P4", SAID)) * 2
    )

    assert [(speaker, words) for speaker, _, words in turns(text)] == [
        ("INTERVIEWER", ASKED),
        ("P4", SAID),
    ] * 2


def test_a_short_answer_is_neither_a_name_nor_lost() -> None:
    text = "INT: Mm hm\n\nKD: It helped us.\n\nINT: Okay\n\nKD: It did.\n\nINT: Yes\n"

    assert [(speaker, words) for speaker, _, words in turns(text)] == [
        ("INT", "Mm hm"), ("KD", "It helped us."), ("INT", "Okay"), ("KD", "It did."), ("INT", "Yes"),
    ]  # fmt: skip


def test_a_list_of_initials_names_the_speakers() -> None:
    text = "KD - Katharine Example\nBS: Ben Sample\n\nKD It helped us.\n\nBS What did?\n\nKD The form.\n"

    assert [speaker for speaker, _, _ in turns(text)] == [
        "Katharine Example",
        "Ben Sample",
        "Katharine Example",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Note: one thing.\n\nSource: another.\n\nNote: a third.\n\nSource: a fourth.\n",
        "Contents:\n\nThe first part.\n\nContents:\n\nThe second part.\n",
        "Table 1: Numbers.\n\nTable 2: More numbers.\n\nTable 1: The same.\n\nTable 2: Again.\n",
        "Youth service: opened.\n\nAdult service: closed.\n\nYouth service: kept.\n\nAdult service: cut.\n",
        "Barrier: no time.\n\nFacilitator: a manager.\n\nBarrier: no money.\n\nFacilitator: trust.\n",
        "Interviewer: What? We tried.\n\nInterviewer: And then? It held.\n\nInterviewer: Why? Trust.\n",
        "We learned: trust helps.\n\nWe saw one thing only.\n",
    ],
)
def test_lines_with_a_colon_that_are_no_talk_have_no_speakers(text: str) -> None:
    assert speakers_in(text, 0, told=False) == {}


@pytest.mark.parametrize(
    "name", ["INTERVIEWER", "Interviewer 2", "INT", "INT2", "Q", "I", "Moderator", "Facilitator"]
)
def test_what_an_interviewer_says_is_no_participants_voice(name: str) -> None:
    text = f"{name}: {ASKED}\n\nP4: {SAID}\n\n{name}: And then?\n\nP4: We tried it.\n"
    blocks = transcript_blocks(text, 0, speakers_in(text, 0, told=False))

    assert [block.voice for block in blocks] == [Voice.OTHER, None] * 2


def test_blocks_that_were_read_otherwise_are_cut_at_their_labels() -> None:
    text = f"P4: {SAID}\nIt took a year.\nINT: And then?"
    blocks = with_speakers(text, [Block(0, len(text))], {"P4": "P4", "INT": "INT"})

    assert [text[block.start : block.end] for block in blocks] == [f"{SAID}\nIt took a year.", "And then?"]


def test_a_paper_that_quotes_people_is_no_transcript() -> None:
    text = "Results\n\nStaff spoke of trust.\n\nP4: Our manager listened.\n\nThey also spoke of time.\n"

    assert speakers_in(text, 0, told=False) == {}
    assert len(blocks_of(text)) == 3


@pytest.mark.parametrize(
    ("stamp", "time"),
    [
        ("1:20", "00:01:20"),
        ("[00:01:20]", "00:01:20"),
        ("01:02:03.456", "01:02:03"),
        ("(75:00,1)", "01:15:00"),
    ],
)
def test_times_are_told_as_hours_minutes_and_seconds(stamp: str, time: str) -> None:
    assert clock(stamp) == time


def test_one_role_that_heads_most_paragraphs_makes_a_talk() -> None:
    text = "Lecturer: It took a year.\n\nLecturer: Then it held.\n\nLecturer: That is all.\n"

    assert {speaker for speaker, _, _ in turns(text)} == {"Lecturer"}
