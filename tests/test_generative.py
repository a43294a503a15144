from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.generative import MAX_CHARACTERS, MAX_CLAIMS, MAX_LINE, SENTENCES, draft, parse
from assistant.answering.selection import Candidate
from assistant.errors import ChatModelFailed
from assistant.framework import load_framework
from assistant.records import Claim, Stance, Support, Voice
from tests.builders import candidate, evidence, head, passage, said, sender_to
from tests.fakes import QueuedChatModel

TEXTS = (
    said("Regular coaching helps teams keep the model.", Stance.ENABLER),
    said("Short grants stop teams from keeping it.", Stance.BARRIER, Voice.PARTICIPANT, "P4"),
    said("Twelve teams took part in the study {question}."),
)


def chosen() -> list[Candidate]:
    item = evidence(passage("doc", *TEXTS))
    return [candidate(item, position) for position in range(len(TEXTS))]


def claims_of(model: QueuedChatModel, candidates: list[Candidate] | None = None) -> list[Claim]:
    heads = {"doc": head("doc", year=2019)}
    shown = chosen() if candidates is None else candidates
    return list(draft(sender_to(model), "What helps?", shown, heads, load_framework(), lambda _: False))


class Endless(QueuedChatModel):
    """A chat model that never comes to an end; `taken` counts the parts that were read of it."""

    def __init__(self, *parts: str) -> None:
        super().__init__()
        self._parts = parts
        self.taken = 0

    def stream(self, prompt: str) -> Iterator[str]:
        self.prompts.append(prompt)
        for part in itertools.cycle(self._parts):
            self.taken += 1
            yield part


# Reading lines


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("+ Coaching helps teams [1]", (Stance.ENABLER, "Coaching helps teams", [1])),
        ("- Short grants stop teams [2, 3]", (Stance.BARRIER, "Short grants stop teams", [2, 3])),
        ("− Short grants stop teams [2][3].", (Stance.BARRIER, "Short grants stop teams", [2, 3])),
        ("= Twelve teams took part [3]", (Stance.NEITHER, "Twelve teams took part", [3])),
        ("1. Twelve teams took part [3] ", (Stance.NEITHER, "Twelve teams took part", [3])),
        ("* Twelve   teams\ttook part [3; 3]", (Stance.NEITHER, "Twelve teams took part", [3])),
        ("+ Coaching helps teams [1, 99]", (Stance.ENABLER, "Coaching helps teams", [1])),
        ("+ Coaching helps teams [1-3]", (Stance.ENABLER, "Coaching helps teams", [1, 2, 3])),
        ("+ Coaching helps teams [2–2000000]", (Stance.ENABLER, "Coaching helps teams", [2, 3])),
        ("+ Coaching helps teams [Sentences 1, 3]", (Stance.ENABLER, "Coaching helps teams", [1, 3])),
        ("**+ Coaching** helps teams [1]", (Stance.ENABLER, "Coaching helps teams", [1])),
    ],
)
def test_a_line_is_a_side_a_claim_and_numbers(line: str, expected: tuple[Stance, str, list[int]]) -> None:
    assert parse(line, 3) == [expected]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Here are the claims:",
        "+ Coaching helps teams",
        "+ Coaching helps teams [0]",
        "+ Coaching helps teams [4]",
        "+ Coaching helps teams [-1]",
        "+ Coaching helps teams [one]",
        "+ Coaching helps teams []",
        "+ [1]",
        "+ short [1]",
        "+ ![picture](http://example.org/x.png) helps teams [1]",
        "+ [link](http://example.org) helps teams [1]",
        "+ Coaching helps teams [" + "9" * 5000 + "]",
        "+ Coaching helps " + "very " * MAX_LINE + "much [1]",
        " " * 20_000 + "x",
        "[" * 20_000,
        "1." * 20_000,
    ],
)
def test_a_line_that_is_no_claim_with_a_number_that_exists_is_left_out(line: str) -> None:
    assert parse(line, 3) == []


@given(st.text(alphabet=st.sampled_from("+-=*1239[], .\nabc\t)"), max_size=400), st.integers(0, 5))
def test_numbers_that_are_read_exist_and_stand_once(text: str, count: int) -> None:
    for _, claim, numbers in parse(text, count):
        assert claim.strip() == claim
        assert numbers
        assert len(numbers) == len(set(numbers))
        assert all(1 <= number <= count for number in numbers)


# The prompt


def test_the_model_is_shown_numbered_sentences_with_who_says_them() -> None:
    model = QueuedChatModel("+ Coaching helps teams [1]")
    claims_of(model)

    prompt = model.prompts[0]
    assert "[1] (authors; 2019) «Regular coaching helps teams keep the model.»" in prompt
    assert "[2] (interviewee P4; 2019) «Short grants stop teams from keeping it.»" in prompt
    assert "Question: What helps?" in prompt


def test_a_sentence_that_looks_like_a_variable_stays_as_it_is() -> None:
    model = QueuedChatModel("+ Coaching helps teams [1]")
    claims_of(model)

    assert "«Twelve teams took part in the study {question}.»" in model.prompts[0]


def test_the_model_is_shown_a_limited_number_of_sentences() -> None:
    item = evidence(passage("doc", *[f"Team number {n} kept the reflective model." for n in range(40)]))
    model = QueuedChatModel("+ The reflective model was kept [31]", "NOT IN THE EVIDENCE")

    assert claims_of(model, [candidate(item, position) for position in range(40)]) == []
    assert f"[{SENTENCES}] (" in model.prompts[0]
    assert f"[{SENTENCES + 1}] (" not in model.prompts[0]


# Claims


def test_a_claim_cites_the_sentences_at_its_numbers() -> None:
    (claim,) = claims_of(QueuedChatModel("= Both stand in the study [2, 1]"))

    assert [citation.quote for citation in claim.citations] == [TEXTS[1].text, TEXTS[0].text]
    assert claim.support is Support.UNSUPPORTED
    assert claim.reason == "not checked yet"
    assert claim.citations[0].speaker == "P4"


def test_a_sentence_that_is_copied_out_keeps_its_own_side() -> None:
    first, second = claims_of(
        QueuedChatModel(f"- {TEXTS[0].text} [1]\n+ Short grants stop teams from keeping it. [2]")
    )

    assert first.stance is Stance.ENABLER
    assert second.stance is Stance.BARRIER


def test_of_several_sentences_those_are_cited_that_bear_the_claim_out_alone() -> None:
    model = QueuedChatModel("= Both stand in the study [2, 1, 3]")
    heads, framework = {"doc": head("doc")}, load_framework()

    def rests_on_the_first(claim: Claim) -> bool:
        return claim.citations[0].quote == TEXTS[0].text

    (claim,) = draft(sender_to(model), "?", chosen(), heads, framework, rests_on_the_first)

    assert [citation.quote for citation in claim.citations] == [TEXTS[0].text]


def test_a_claim_from_sentences_that_take_no_side_takes_none() -> None:
    (claim,) = claims_of(QueuedChatModel("+ The study had twelve teams [3]"))

    assert claim.stance is Stance.NEITHER


def test_half_a_character_in_an_answer_harms_nothing() -> None:
    (claim,) = claims_of(QueuedChatModel("+ Coaching helps \ud800 teams [1]"))

    claim.text.encode("utf-8")


def test_a_line_that_only_begins_like_silence_is_no_silence() -> None:
    model = QueuedChatModel("Not in the evidence base is one cause alone.", "+ Coaching helps teams [1]")

    assert [claim.text for claim in claims_of(model)] == ["Coaching helps teams"]


def test_claims_come_as_soon_as_their_line_is_complete() -> None:
    model = Endless("+ Coaching helps", " teams keep it [1]\n", "- Short grants", " stop teams [2]\n")
    claims = draft(
        sender_to(model), "What helps?", chosen(), {"doc": head("doc")}, load_framework(), lambda _: True
    )

    assert next(claims).text == "Coaching helps teams keep it"
    assert model.taken == 2


def test_lines_between_claims_are_left_out() -> None:
    answer = (
        "Sure! Here is what I found:\n\n+ Coaching helps teams [1]\n\nHope this helps.\n- Grants end soon [2]"
    )

    assert [claim.text for claim in claims_of(QueuedChatModel(answer))] == [
        "Coaching helps teams",
        "Grants end soon",
    ]


@pytest.mark.parametrize(
    "answer", ["NOT IN THE EVIDENCE", "Not in the evidence.", "\n**NOT IN THE EVIDENCE**\n"]
)
def test_a_model_that_finds_nothing_is_believed_at_once(answer: str) -> None:
    model = QueuedChatModel(answer)

    assert claims_of(model) == []
    assert len(model.prompts) == 1


def test_an_answer_that_cannot_be_read_is_asked_for_once_more() -> None:
    model = QueuedChatModel("I would say coaching.", "+ Coaching helps teams [1]")

    assert [claim.text for claim in claims_of(model)] == ["Coaching helps teams"]
    first, second = model.prompts
    assert second.startswith(first)
    assert "no line of your answer could be used" in second.removeprefix(first)


@pytest.mark.parametrize("answer", ["", "   \n\n", "I cannot.", "+ Coaching helps teams [77]"])
def test_two_answers_that_cannot_be_read_are_a_failure(answer: str) -> None:
    model = QueuedChatModel(answer, answer, "+ Coaching helps teams [1]")

    with pytest.raises(ChatModelFailed, match="fake:queued gave an answer that could not be read"):
        claims_of(model)
    assert len(model.prompts) == 2


# A model that does not stop


def test_a_claim_that_is_said_again_counts_once() -> None:
    answer = "+ Coaching helps teams [1]\n+ coaching helps Teams [1]\n- Coaching helps teams [2]\n" * 5

    assert len(claims_of(QueuedChatModel(answer))) == 1


def test_a_model_that_repeats_itself_for_ever_is_left() -> None:
    model = Endless("+ Coaching helps teams [1]\n")

    assert len(claims_of(model)) == 1
    assert model.taken <= MAX_CHARACTERS


def test_a_model_that_always_finds_another_claim_is_left() -> None:
    lines = [f"+ Coaching helps teams for reason {n} [1]\n" for n in range(100)]
    model = Endless(*lines)

    assert len(claims_of(model)) == MAX_CLAIMS
    assert model.taken == MAX_CLAIMS


@pytest.mark.parametrize("part", ["word ", "\n", " " * 50, "[", "+ no number\n"])
def test_a_model_that_never_makes_a_claim_is_left(part: str) -> None:
    model = Endless(part)

    with pytest.raises(ChatModelFailed, match="could not be read"):
        claims_of(model)
    assert model.taken <= 2 * MAX_CHARACTERS


def test_what_a_model_repeats_of_its_own_prompt_is_no_claim() -> None:
    class Parrot(QueuedChatModel):
        def stream(self, prompt: str) -> Iterator[str]:
            yield from (f"= {line} [1]\n" for line in prompt.splitlines())
            yield "+ Coaching helps teams [1]\n"

    assert [claim.text for claim in claims_of(Parrot())] == ["Coaching helps teams"]
