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
        (Voice.PARTICIPANT, None, "one interviewee"),
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
        ("programme account", "the programme's own account"),
        ("news", "news report"),
    ],
)
def test_the_basis_says_what_kind_of_source_it_is(kind: str, words: str) -> None:
    assert basis(head(kind=kind)) == words


def test_a_speaker_in_a_recording_is_no_interviewee() -> None:
    talk = DocumentHead("doc", "doc.txt", "", Source("Talk"), Sensitivity.PUBLIC, is_transcript=True)

    assert basis(talk, Voice.PARTICIPANT, "ANN") == "one speaker (ANN)"
    assert basis(talk, Voice.PARTICIPANT) == "a speaker"


def test_the_basis_tells_year_place_sector_and_how_much_was_read() -> None:
    made = head(
        year=2020,
        country=("Norway", "Sweden", "Iceland"),
        sector=("health",),
        read=Extent.ABSTRACT,
        is_note=True,
    )

    assert basis(made) == (
        "the authors of one source, 2020, Norway and Sweden, health, abstract only, from our note on it"
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


def test_what_a_note_says_a_finding_rests_on_is_told() -> None:
    assert "resting on interviews, as the authors report" in basis_of(
        [citation("q")], {"doc": head()}, "interviews"
    )


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
