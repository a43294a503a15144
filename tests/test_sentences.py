from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.sentences import is_whole, needs_what_is_before, sentence_spans
from tests.odd_texts import UNITS, odd_text


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def check_spans(text: str) -> None:
    """Sentences in order, apart, without white space round them, and nothing but it between them."""
    position = 0
    for start, end in sentence_spans(text):
        assert position <= start < end
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Staff left. Others came.", ["Staff left.", "Others came."]),
        ("Really?! Yes. Then it ended", ["Really?!", "Yes.", "Then it ended"]),
        ("Wrapped\nover lines. Next one.", ["Wrapped\nover lines.", "Next one."]),
        ("Ça va 😀. Die Übung gelang. Łódź was next.", ["Ça va 😀.", "Die Übung gelang.", "Łódź was next."]),
        ("She smiled 👩‍👩‍👧. He left.", ["She smiled 👩‍👩‍👧.", "He left."]),
        ("   padded.   ", ["padded."]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_a_text_is_cut_at_the_ends_of_its_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Lee met the team, e.g. on Mondays, i.e. early.",
        "As Lee et al. (2020) put it, trust comes first.",
        "See Fig. 2 and No. 5.",
        "It cost 1.5 million in 2.3 years.",
        "The U.K. is small.",
    ],
)
def test_an_abbreviation_or_number_does_not_end_a_sentence(sentence: str) -> None:
    assert sentences(f"{sentence} Then all went home.") == [sentence, "Then all went home."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We had no time. (P13)", ["We had no time. (P13)"]),
        ("We had no time. (P13) It ended there.", ["We had no time. (P13)", "It ended there."]),
        ("“It was hard.” (P13) Then it rained.", ["“It was hard.” (P13)", "Then it rained."]),
        ("It held. (P2, team manager) We left.", ["It held. (P2, team manager)", "We left."]),
        ("It held. (Social worker 2) We left.", ["It held. (Social worker 2)", "We left."]),
        ("Trust matters. [3, 4] Staff stay.", ["Trust matters. [3, 4]", "Staff stay."]),
        ("Trust matters. [3–5]", ["Trust matters. [3–5]"]),
        ("Trust matters [3, 4]. Staff stay.", ["Trust matters [3, 4].", "Staff stay."]),
        ("It was so.\n\n(P4)", ["It was so.\n\n(P4)"]),
        ("She left (P13). (P4) agreed.", ["She left (P13).", "(P4) agreed."]),
    ],
)
def test_a_code_or_number_after_a_full_stop_stays_with_the_sentence_before_it(
    text: str, expected: list[str]
) -> None:
    assert sentences(text) == expected


def test_codes_that_stand_before_their_sentences_stay_there() -> None:
    assert sentences("(P3) We tried. (P3) Then we stopped.") == ["(P3) We tried.", "(P3) Then we stopped."]


def test_a_sentence_in_quotation_marks_is_not_torn_from_its_frame() -> None:
    text = "“No way. Never again,” he said. She left."

    assert sentences(text) == ["“No way. Never again,” he said.", "She left."]


@given(
    st.one_of(
        st.text(max_size=300),
        st.text(alphabet="aA1 .!?,;\n\"'‘’“”()[]P😀…", max_size=200),
        st.lists(
            st.sampled_from([*UNITS, "(P13)", "[3, 4]", " Next ", "e.g. ", "\r\n", "\u2028"]), max_size=30
        ).map("".join),
    )
)
@example("(P1) [2] (P1)")
@settings(max_examples=300, deadline=None)
def test_sentences_are_in_order_and_leave_no_words_out(text: str) -> None:
    check_spans(text)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("end", ["", "\nx", " (P13)"])
def test_a_long_odd_text_is_cut_whole(unit: str, end: str) -> None:
    check_spans(odd_text(unit, end=end))


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        ("This helped all the teams.", True),
        ("However, this helped.", True),
        ("These findings show little.", True),
        ("They left.", True),
        ("It failed.", True),
        ("However, leaders paid.", False),
        ("It is important that leaders stay.", False),
        ("It takes time to trust.", False),
        ("Both leaders and staff agreed.", False),
        ("This paper examines trust.", False),
        ("Those who lead stay.", False),
        ("Leaders paid.", False),
        ("In such an environment, staff leave.", True),
        ("Within this policy context, staff leave.", True),
        ("Given this, staff leave.", True),
        ("Despite this being small, staff stayed.", True),
        ("For that to happen, leaders must pay.", True),
        ("Some of them paid.", True),
        ("As this is dear, councils wait.", True),
        ("Which came back to the leaders.", True),
        ("For some, this also saved money.", True),
        ("Unfortunately, they left.", True),
        ("I’m sure he upset a few people.", True),
        ("As a result, it failed.", True),
        ("And so it failed.", True),
        ("As a result, councils wait.", False),
        ("In this paper, we look at trust.", False),
        ("For those who lead, it is hard.", False),
        ("In contrast, those in small teams stayed.", False),
        ("I think that leaders matter.", False),
        ("It’s important to ask.", False),
        ("It might be useful here to ask.", False),
        ("It should also be noted that staff left.", False),
        ("It would be hard for small councils to pay.", False),
        ("It might be used to pay staff.", True),
        ("It would be paying for staff if asked.", True),
        ("IT procurement takes long.", False),
        ("Such as it is.", True),
        ("Given that leaders pay, staff stay.", False),
        ("Resistance to change, and failure to engage staff, hinder.", False),
        ("Staff, they said, left.", False),
    ],
)
def test_a_sentence_that_says_nothing_without_what_is_before_is_known(words: str, needs: bool) -> None:
    assert needs_what_is_before(words) is needs


@pytest.mark.parametrize(
    "words",
    [
        "Leaders paid.",
        "“Leaders paid.” (P13) [3, 4]",
        "“Leaders paid…” (Site D)*",
        "The toolkit is shared under an open licence",
        "Effectiveness research looks at whether a thing works",
        "We’ve come a long way",
        "Finance | Money for every stage | Nothing put aside | |",
        "Round 1 | 57 projects |",
    ],
)
def test_what_states_something_is_whole(words: str) -> None:
    assert is_whole(words)


@pytest.mark.parametrize(
    "words",
    [
        "Physicians asked for tools for the ‘marginal’ case:",
        "Studies agree on training, joint work, and",
        "Users are encouraged to go on facilitating the evolution of",
        "Strategic AI Platform - Contracts Finder",
        "Supporting solutions which will work in other places",
        "How councils are organised",
        "9. | Risk, failure and adverse consequences |",
        "",
    ],
)
def test_what_is_cut_off_or_states_nothing_is_not_whole(words: str) -> None:
    assert not is_whole(words)


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_odd_text_is_judged_soon(unit: str) -> None:
    words = odd_text(unit, end="x")

    assert is_whole(words) in (True, False)
    assert needs_what_is_before(words) in (True, False)
