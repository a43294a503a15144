from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.citing import basis_of, cite, gaps_of
from assistant.records import DocumentHead, Extent, Sensitivity, Source, Voice
from tests.builders import citation, evidence, head, passage, said

SENTENCE = st.text(alphabet="abc é漢😀.\n", min_size=1, max_size=30)


@given(st.lists(SENTENCE, min_size=1, max_size=6), st.integers(0, 500), st.data())
def test_a_quotation_is_the_passage_s_text_at_its_offsets(
    sentences: list[str], start: int, data: st.DataObject
) -> None:
    made = passage("doc", *sentences, start=start)
    document = "x" * start + made.text
    last = data.draw(st.integers(0, len(sentences) - 1))
    first = data.draw(st.integers(0, last))

    made_of = cite(evidence(made), first, last)

    assert made_of.quote == document[made_of.start : made_of.end]
    assert made_of.quote == " ".join(sentences[first : last + 1])
    assert made.start <= made_of.start < made_of.end <= made.end


def test_the_voice_of_a_quotation_is_its_last_sentence_s() -> None:
    made = passage(
        "doc", "Teams were asked.", said("They never asked us.", voice=Voice.PARTICIPANT, speaker="P2")
    )

    both = cite(evidence(made), 0, 1)

    assert (both.voice, both.speaker) == (Voice.PARTICIPANT, "P2")
    assert cite(evidence(made), 0, 0).voice is Voice.AUTHORS


def basis(head_of: DocumentHead, voice: Voice = Voice.AUTHORS, speaker: str | None = None) -> str:
    return basis_of([citation("q", voice=voice, speaker=speaker)], {"doc": head_of}, None)


@pytest.mark.parametrize(
    ("voice", "speaker", "words"),
    [
        (Voice.PARTICIPANT, "P13", "one interviewee (P13)"),
        (Voice.PARTICIPANT, "P13, P14", "interviewees (P13, P14)"),
        (Voice.PARTICIPANT, "TM4, Parent 2", "interviewees (TM4, Parent 2)"),
        (Voice.PARTICIPANT, "Ada Rowan", "quoted: Ada Rowan"),
        (Voice.PARTICIPANT, "Rowan, Elm and Field consultancy", "quoted: Rowan, Elm and Field consultancy"),
        (Voice.PARTICIPANT, None, "somebody who is quoted"),
        (Voice.CITED, None, "work that the authors cite"),
        (Voice.AUTHORS, None, "the authors of one source"),
    ],
)
def test_the_basis_says_whose_words_they_are(voice: Voice, speaker: str | None, words: str) -> None:
    assert basis(head(), voice, speaker) == words


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("trial", "one trial"),
        ("review and interviews", "a review of studies"),
        ("opinion", "opinion"),
        ("opening of a journal editorial, cut short", "opinion"),
        ("programme account", "the programme's own account"),
        ("news item by the programme's own consultants", "the programme's own account"),
        ("news", "news report"),
        ("news summary of a review", "news report"),
        ("start of a speech by a director", "one speaker (Rowan, Ada)"),
        ("randomised trial", "one trial"),
        ("trial protocol", "the authors of one source"),
        ("peer reviewed article", "the authors of one source"),
        ("studio portrait", "the authors of one source"),
    ],
)
def test_the_basis_says_what_kind_of_source_it_is(kind: str, words: str) -> None:
    assert basis(head(kind=kind, authors=("Rowan, Ada",))) == words


INTERVIEWS = head(kind="interview study")
BOTH = "literature and interviews"
CODED = "one of them called it ‘a storm that never once let up’ (P13)"


def worded(words: str, of: DocumentHead, voice: Voice, speaker: str | None = None) -> str:
    return basis_of([citation(words, voice=voice, speaker=speaker)], {"doc": of}, None)


def test_somebody_without_a_code_is_an_interviewee_where_there_were_interviews() -> None:
    for made in (INTERVIEWS, head(method="two focus groups"), head(title="Nurses: a qualitative account")):
        assert worded("We were tired.", made, Voice.PARTICIPANT) == "one interviewee"
    assert worded("We were tired.", INTERVIEWS, Voice.PARTICIPANT, "Ada Rowan") == "quoted: Ada Rowan"


def test_authors_who_refer_to_works_and_quote_an_interviewee_rest_on_both() -> None:
    both = "the authors, from literature and interviews (P13)"

    assert worded(f"Change is wearing [4, 9]: {CODED}.", head(), Voice.CITED, "P13") == both
    assert worded("Change is wearing [4] for many (P13).", INTERVIEWS, Voice.CITED, "P13") == both
    grants = "They had two grants (EIP1) [4]."
    assert worded(grants, head(), Voice.CITED, "EIP1") == "work that the authors cite"


def test_authors_who_quote_interviewees_within_their_own_words_are_told_as_authors() -> None:
    quoting = f"Trust grows slowly, and {CODED}."
    two = "Staff were ‘worn out by it all’ (P3) and ‘just trying to do a day job’ (P4)."

    assert worded(quoting, INTERVIEWS, Voice.PARTICIPANT, "P13") == "the authors, quoting P13"
    assert worded(two, INTERVIEWS, Voice.PARTICIPANT, "P3, P4") == "the authors, quoting P3 and P4"
    for block in ("So I said, ‘this will not do’. (P13)", "‘We had no time to think’ (P13).", "Nobody had."):
        assert worded(block, INTERVIEWS, Voice.PARTICIPANT, "P13") == "one interviewee (P13)"


@pytest.mark.parametrize(
    "words",
    [
        "Taken together with our findings, trust comes first [102].",
        "One issue that we argue is missed is risk (Rowan 1998).",
        "The results support previous studies of brokers.",
        "Following Rowan et al. (2015) we divided the themes.",
    ],
)
def test_what_authors_found_or_hold_is_theirs_though_they_name_works(words: str) -> None:
    assert worded(words, head(), Voice.CITED) == "the authors, with works that they cite"


@pytest.mark.parametrize(
    "words",
    [
        "As we know from earlier research, trust comes first [3].",
        "Carers told her, ‘we have our work to do’ [3].",
        "The results of Rowan et al. (2015) differ by town.",
    ],
)
def test_what_others_found_stays_theirs(words: str) -> None:
    assert worded(words, head(), Voice.CITED) == "work that the authors cite"


def test_what_is_retold_throughout_cites_a_work_only_where_it_names_one() -> None:
    news = head(kind="news")

    assert worded("Children went home sooner.", news, Voice.CITED) == "news report"
    assert worded("Previous studies found no change.", news, Voice.CITED) == "work that the authors cite"


SPEECH = head(kind="talk")


@pytest.mark.parametrize(
    "words",
    [
        "‘We think that inspection drives improvement and that targets do.’",
        "So, to quote Ada Rowan, ‘we think that inspection drives improvement’.",
        "‘There is’, she states, ‘a trade in telling us what to do’.",
        "And so they said, “you will never guess who came along”.",
    ],
)
def test_a_speaker_who_gives_another_s_words_is_said_to_quote(words: str) -> None:
    assert worded(words, SPEECH, Voice.PARTICIPANT, "Tom Elm") == "one speaker (Tom Elm), quoting somebody"
    assert worded(words, SPEECH, Voice.PARTICIPANT) == "a speaker, quoting somebody"


@pytest.mark.parametrize(
    "words",
    [
        "‘Getting It Right’ is a pathway for children and for their families.",
        "I said, ‘we will not do that again in this town’.",
        "She said that it was over.",
        "We don’t have the staff that they’d want us to have for it.",
    ],
)
def test_a_speaker_s_own_words_are_no_quotation(words: str) -> None:
    assert worded(words, SPEECH, Voice.PARTICIPANT, "Tom Elm") == "one speaker (Tom Elm)"


def test_a_speaker_in_a_recording_is_no_interviewee() -> None:
    talk = DocumentHead("doc", "doc.txt", "", Source("Talk"), Sensitivity.PUBLIC, is_transcript=True)

    assert basis(talk, Voice.PARTICIPANT, "ANN") == "one speaker (ANN)"
    assert basis(talk, Voice.PARTICIPANT) == "a speaker"
    assert basis(talk, Voice.PARTICIPANT, "audience member, not named").startswith("one speaker (audience")
    assert basis(talk, Voice.PARTICIPANT, "P4") == "one interviewee (P4)"


def test_the_basis_tells_year_place_sector_and_how_much_was_read() -> None:
    made = head(
        year=2020,
        country=("Norway", "Sweden", "Iceland"),
        sector=("health",),
        read=Extent.ABSTRACT,
        is_note=True,
    )

    assert basis(made) == (
        "the authors of one source, 2020, Norway and Sweden, health, abstract only, as told in our note"
    )
    assert basis(head(read=Extent.PART)).endswith("read in part")


def test_files_of_one_study_count_once() -> None:
    one, other = citation("q", "a", study_group="s"), citation("q", "b", study_group="s")
    third = citation("q", "c")
    heads = {name: head(name, kind="study") for name in "abc"}

    assert basis_of([one, other], heads, None) == "the authors of one source"
    assert basis_of([one, other, third], heads, "interviews") == "2 independent studies"
    heads["c"] = head("c", kind="talk")
    assert basis_of([one, other, third], heads, "interviews") == "2 independent sources"


@pytest.mark.parametrize(
    ("kind", "voice", "speaker", "stated", "words"),
    [
        ("study", Voice.AUTHORS, None, "interviews", "the authors of one source, from interviews"),
        ("news", Voice.AUTHORS, None, "survey and case files", "news report, from a survey and case files"),
        ("trial", Voice.AUTHORS, None, "trial", "one trial"),
        ("trial", Voice.AUTHORS, None, "interviews and survey", "one trial, from interviews and a survey"),
        ("review", Voice.AUTHORS, None, "literature", "a review of studies"),
        ("review", Voice.AUTHORS, None, "case studies", "a review of studies, from case studies"),
        ("review", Voice.AUTHORS, None, "interviews mostly", "the authors, from interviews mostly"),
        ("study", Voice.CITED, None, "literature", "work that the authors cite"),
        ("study", Voice.CITED, None, BOTH, f"the authors, from {BOTH}"),
        ("interviews", Voice.CITED, "P9", BOTH, f"the authors, from {BOTH} (P9)"),
        ("study", Voice.PARTICIPANT, "P9", "interviews", "one interviewee (P9)"),
        ("study", Voice.PARTICIPANT, "P9", "observation", "one interviewee (P9), from observation"),
    ],
)
def test_what_a_note_says_a_finding_rests_on_is_told_once(
    kind: str, voice: Voice, speaker: str | None, stated: str, words: str
) -> None:
    made = citation("Teams kept it.", voice=voice, speaker=speaker)

    assert basis_of([made], {"doc": head(kind=kind)}, stated) == words


def test_the_section_is_the_note_s_own_or_the_innermost_heading() -> None:
    made = passage("doc", "Teams kept it for years.")
    with_heading = replace(made, section=("Results", "Teams"))

    assert cite(evidence(made), 0, 0).section is None
    assert cite(evidence(with_heading), 0, 0).section == "Teams"


TORN = "section “4.3. Capabilities” opens in mid-sentence"
BROKEN_OFF = "the text ends in mid-sentence"
UNLISTED = "works are cited by numbers and the list of references is missing"


def test_a_claim_names_the_holes_that_touch_it_its_section_s_first() -> None:
    holes = {"doc": head(gaps=(BROKEN_OFF, TORN, UNLISTED))}
    own = replace(citation("Teams were torn."), section="4.3. Capabilities")

    assert gaps_of([own], holes) == (TORN, BROKEN_OFF)
    assert gaps_of([replace(own, section="2. Methods")], holes) == (BROKEN_OFF,)
    assert gaps_of([replace(own, voice=Voice.CITED)], holes) == (TORN, BROKEN_OFF, UNLISTED)


def test_holes_of_several_sources_are_named_once() -> None:
    heads = {name: head(name, gaps=(BROKEN_OFF,)) for name in ("a", "b")}

    assert gaps_of([citation("One.", "a"), citation("Two.", "b")], heads) == (BROKEN_OFF,)


def test_a_note_on_an_abstract_says_so_in_its_basis_alone() -> None:
    note = head(is_note=True, read=Extent.ABSTRACT, gaps=("only the abstract was read",))
    whole = head(is_note=True, read=Extent.FULL, gaps=("table 2 was not legible",))

    assert gaps_of([citation("One.")], {"doc": note}) == ()
    assert gaps_of([citation("One.")], {"doc": whole}) == ("table 2 was not legible",)
