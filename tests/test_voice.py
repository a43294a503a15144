from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.framework import load_framework
from assistant.passages import cut
from assistant.reading import read
from assistant.records import Document, Sentence, Voice
from tests.generated import Words, document_of

LEAD = "Fourteen leaders of small teams told how new practice lasted.\n\nFindings\n\n"


def sentences_of(document: Document) -> list[Sentence]:
    passages = cut(document, Words(256), load_framework())
    return [sentence for passage in passages for sentence in passage.sentences]


def told(paragraph: str) -> list[tuple[Voice, str | None]]:
    """Voice and speaker of each sentence of a paragraph of a paper's findings."""
    sentences = sentences_of(document_of(LEAD + paragraph + "\n\nThe next paragraph says something else."))
    return [(sentence.voice, sentence.speaker) for sentence in sentences[1:-1]]


def test_words_without_a_sign_of_anything_else_are_the_authors() -> None:
    assert told("Trust grew slowly. It was lost in a week.") == [(Voice.AUTHORS, None)] * 2


@pytest.mark.parametrize(
    "quotation",
    [
        "We had no time to think. (P4)",
        "“We had no time to think.” (P4)",
        "‘We had no time to think’ (P4).",
        "We had no time to think (P4).",
        "So I said, ‘this will not do’. (P4)",
        "(P4) We had no time to think.",
        "(P4): “We had no time to think.”",
        "P4: We had no time to think.",
        "P4 – “We had no time to think.”",
        "P4, team manager: We had no time to think.",
        "We had no time to think. (P4, team manager)",
    ],
)
def test_a_paragraph_that_is_one_interviewees_words_is_the_interviewees(quotation: str) -> None:
    assert told(quotation) == [(Voice.PARTICIPANT, "P4")]


def test_the_code_of_a_block_quotation_holds_for_each_of_its_sentences() -> None:
    at_the_end = "We had no time. Nobody had. So it all fell apart. (P11)"
    at_the_start = "P11: We had no time. Nobody had. So it all fell apart."

    assert told(at_the_end) == told(at_the_start) == [(Voice.PARTICIPANT, "P11")] * 3


@pytest.mark.parametrize(
    "code", ["Participant 4", "Interviewee B2", "FG2", "INT 7", "Social worker 3", "TM4", "NHS2"]
)
def test_codes_have_several_forms(code: str) -> None:
    assert told(f"We had no time to think. ({code})") == [(Voice.PARTICIPANT, code)]


@pytest.mark.parametrize(
    "words",
    ["RQ1: The teams were asked what helped them.", "KS2: pupils aged seven to eleven.", "The code (ICD10)."],
)
def test_letters_with_a_number_are_not_always_an_interviewees_code(words: str) -> None:
    assert told(words) == [(Voice.AUTHORS, None)]


@pytest.mark.parametrize(
    ("sentence", "voice", "speaker"),
    [
        ("One of them held that ‘nobody ever asked us what we thought of it’ (P7).", Voice.PARTICIPANT, "P7"),
        ("As one put it, ‘it’s not that we weren’t willing to do our part’ (P7).", Voice.PARTICIPANT, "P7"),
        ("“Nobody ever asked us what we thought,” one of them (P7) recalled.", Voice.PARTICIPANT, "P7"),
        ("Teams were ‘worn out’ (P3) and ‘fed up’ (P4) by the third plan.", Voice.AUTHORS, "P3, P4"),
        ("Two of them were worn out by the third plan (P3, P4).", Voice.AUTHORS, "P3, P4"),
        ("Most were worn out by the third plan (P3; P4 and P9).", Voice.AUTHORS, "P3, P4, P9"),
        ("They didn't have a room of their own and it wasn't easy for the teams (P9), they said.", Voice.AUTHORS, "P9"),
        ("Each of them was given a code (P1–P14).", Voice.AUTHORS, None),
        ("Each of them was given a code (P1 to P14).", Voice.AUTHORS, None),
        ("The difference was not by chance (p < 0.05).", Voice.AUTHORS, None),
    ],
)  # fmt: skip
def test_a_quoted_clause_with_a_code_is_the_participants_and_a_fragment_is_not(
    sentence: str, voice: Voice, speaker: str | None
) -> None:
    assert told(f"{sentence} So it went.")[0] == (voice, speaker)


def test_reference_numbers_win_over_a_quoted_clause() -> None:
    sentence = "They held that ‘nobody ever asked us what we thought of it’ (P7), as found before [12]."

    assert told(f"{sentence} So it went.")[0] == (Voice.CITED, "P7")


@pytest.mark.parametrize(
    "sentence",
    [
        "Trust takes years to grow [12].",
        "Trust takes years to grow [3, 4–9; 12].",
        "Trust takes years to grow (Lee, 2019).",
        "Trust takes years to grow (Lee & Doe 2019; Roe, 2020).",
        "Trust takes years to grow (Lee, Doe and Roe, 2019).",
        "Trust takes years to grow (see Lee et al., 2019).",
        "Lee and Doe (2019) say that trust takes years to grow.",
        "Lee et al. (2019a) say that trust takes years to grow.",
        "Earlier studies say that trust takes years to grow.",
        "According to the wider literature trust takes years to grow.",
    ],
)
def test_what_other_work_says_is_cited(sentence: str) -> None:
    assert told(sentence) == [(Voice.CITED, None)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The grant ended in its third year (March 2019).",
        "The rules changed with a new law, the Teams Act (2014).",
        "The teams [and their leaders] stayed for years.",
        "This review sums up what earlier studies say about trust.",
        "Half of them (52%) stayed for years.",
        "Staff had to log in to three systems before each visit, which took an hour.",
        "Staff were told of the plan by email.",
        "Rules on copyright kept the teams from sharing what they made.",
    ],
)
def test_dates_brackets_and_ordinary_words_are_no_references_and_no_furniture(sentence: str) -> None:
    assert told(sentence) == [(Voice.AUTHORS, None)]


@pytest.mark.parametrize(
    "heading",
    [
        "Funding",
        "Conflicts of interest",
        "Acknowledgements",
        "3.3. Ethical approval",
        "Data availability statement",
    ],
)
def test_declarations_are_nobodys_finding(heading: str) -> None:
    (*_, last) = sentences_of(document_of(f"{LEAD}It held well.\n\n{heading}\n\nA fund supports the teams."))

    assert last.voice is Voice.OTHER


@pytest.mark.parametrize(
    "line",
    [
        "Tel: 0100 000 000 or come by.",
        "E-mail: team@example.org.",
        "© 2020 The Teams.",
        "Copyright of the authors, all rights reserved.",
        "We use cookies and you can accept them or change your settings.",
        "Log in to read on.",
        "This work was supported by a fund.",
        "Read on at https://example.org/teams",
    ],
)
def test_contact_lines_and_page_furniture_are_nobodys_finding(line: str) -> None:
    assert {voice for voice, _ in told(line)} == {Voice.OTHER}


@pytest.mark.parametrize(
    "entry",
    [
        "Reed, T. ‘Keeping a practice going’, Working Papers in Care, 2014.",
        "Moss, K., Hill, A. and Ford, S. ‘Work and learning in clinics’, seminar, 5 February 2014.",
    ],
)
def test_an_entry_of_a_list_of_references_is_nobodys_finding(entry: str) -> None:
    assert told(entry)[0][0] is Voice.OTHER


def test_a_name_with_its_initial_alone_makes_no_reference() -> None:
    assert told("In 2014 Moss, K. led the team.")[0][0] is Voice.AUTHORS


def test_a_summary_of_another_study_is_cited() -> None:
    document = document_of("Title: Teams in the news\nKind: news summary\n-----\n\nTrust grew slowly.")

    assert [sentence.voice for sentence in sentences_of(document)] == [Voice.CITED]


def test_in_a_transcript_every_named_speaker_is_a_participant() -> None:
    document = document_of(
        "Kind: talk\nTitle: Teams\n-----\n\nOpening remarks.\n\nAda Made: It grew [1].\n\nSo it did."
    )

    assert [(s.text, s.voice, s.speaker) for s in sentences_of(document)] == [
        ("Opening remarks.", Voice.OTHER, None),
        ("It grew [1].", Voice.PARTICIPANT, "Ada Made"),
        ("So it did.", Voice.PARTICIPANT, "Ada Made"),
    ]


def test_a_talk_without_speakers_is_a_participants_throughout() -> None:
    document = document_of("Kind: talk\nTitle: Teams\n-----\n\nIt grew slowly. Then it ended.")

    assert [sentence.voice for sentence in sentences_of(document)] == [Voice.PARTICIPANT] * 2


def test_an_interviewer_by_role_makes_no_findings() -> None:
    document = document_of(
        "Interviewer: What helped?\n\nP4: Time.\n\nInterviewer: And then?\n\nP4: More time."
    )

    assert [(s.speaker, s.voice) for s in sentences_of(document)][:2] == [
        ("Interviewer", Voice.OTHER),
        ("P4", Voice.PARTICIPANT),
    ]


def test_what_the_document_states_wins_over_the_rules() -> None:
    document = document_of(LEAD + "We had no time to think. (P4)")
    stated = replace(document, blocks=tuple(replace(block, voice=Voice.CITED) for block in document.blocks))

    assert {sentence.voice for sentence in sentences_of(stated)} == {Voice.CITED}


def test_a_very_long_paragraph_is_no_block_quotation() -> None:
    paragraph = "It went on. " * 600 + "It ended there (P4)."

    assert {voice for voice, _ in told(paragraph)} == {Voice.AUTHORS}


def test_the_papers_block_quotations_carry_their_codes(documents: Path) -> None:
    (path,) = (documents / "seeds").glob("001_*.txt")
    sentences = sentences_of(read(path)[0])

    participants = [sentence for sentence in sentences if sentence.voice is Voice.PARTICIPANT]
    assert all(sentence.speaker for sentence in participants)
    codes = {code for s in sentences if s.speaker for code in s.speaker.split(", ")}
    assert len(codes) == 16
    assert codes <= {f"P{number}" for number in range(1, 22)}


@pytest.mark.parametrize(
    "words",
    [
        "Similarly, Quarrow and coworkers studied how new practice was left again.",
        "For example, Quarrow et al. counted sixty frameworks for such work.",
        "Trust is what Quarrow and colleagues call a habit of small promises.",
    ],
)
def test_others_whose_work_is_told_without_a_year_are_cited(words: str) -> None:
    assert told(words) == [(Voice.CITED, None)]


def test_managers_and_their_colleagues_are_not_cited() -> None:
    assert told("The manager and colleagues of hers met every week.") == [(Voice.AUTHORS, None)]


@pytest.mark.parametrize(
    ("words", "voice"),
    [
        ("Centre for Made Up Practice, Quarrow School of Care and Policy, Venntown, UK.", Voice.OTHER),
        ("2 Department of Care, University of Venntown, Venntown, UK.", Voice.OTHER),
        ("The School of Care, which was new, kept its practice for years.", Voice.AUTHORS),
        ("Quarrow School kept its practice.", Voice.AUTHORS),
    ],
)
def test_where_somebody_works_is_no_finding(words: str, voice: Voice) -> None:
    assert [found for found, _ in told(words)] == [voice]


@pytest.mark.parametrize(
    ("words", "voice"),
    [
        ("Small teams and what made their new practice last in three towns.", Voice.OTHER),
        ("Title: Small teams and what made their new practice last in three towns.", Voice.OTHER),
        ("Small teams in three towns.", Voice.AUTHORS),
        ("Small teams made their new practice last in three towns by meeting weekly.", Voice.AUTHORS),
    ],
)
def test_the_title_told_once_more_is_nobodys_finding(words: str, voice: Voice) -> None:
    document = document_of(LEAD + words + "\n\nThe next paragraph says something else.")
    titled = replace(
        document,
        source=replace(
            document.source, title="Small teams and what made their new practice last in three towns"
        ),
    )

    assert [one.voice for one in sentences_of(titled) if one.text == words] == [voice]


def test_a_sentence_that_was_taken_for_the_title_stays_evidence() -> None:
    words = "Small teams keep their practice alive."
    document = document_of(f"{LEAD}{words}\n\nIt held.")
    titled = replace(document, source=replace(document.source, title=words))

    assert sentences_of(titled)[1].voice is Voice.AUTHORS
