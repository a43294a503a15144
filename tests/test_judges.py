"""Other judges of support: a model of inference, a chat model; never without their agreement with people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.records import Answer, Claim, Status
from assistant.settings import Settings
from assistant.verification.scorer import Verdict
from evals.__main__ import main
from evals.cases import Case
from evals.claims import CONTRADICT, NEITHER, SUPPORT, Pair
from evals.judges import CannotJudge, ChatJudge, NliJudge, agreement_with_people, label_of, open_judge
from evals.measures.precision import citation_precision
from evals.run import Result
from evals.suites.answers import precision_by
from tests.builders import citation, claim
from tests.fakes import QueuedChatModel

QUOTE = "Coaching kept the rota going."
QUOTED = claim(QUOTE, [citation(QUOTE)])
REWORDED = claim(
    "The rota lasted thanks to coaching.", [citation(QUOTE), citation("Soup is served.", start=90)]
)


class Knowing:
    """A scorer that takes what speaks of a word to bear anything out, and records what it was asked."""

    def __init__(self, word: str) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self._word = word

    def score(self, claim: str, quotes: Sequence[str]) -> Verdict:
        self.asked.append((claim, tuple(quotes)))
        return Verdict(0.9, 0.0) if self._word in " ".join(quotes) else Verdict(0.1, 0.8)


def answer(*claims: Claim) -> Answer:
    return Answer("q", "q", Status.ANSWERED, "", claims)


# Citation precision


def test_each_citation_must_bear_its_claim_out_alone() -> None:
    scorer = Knowing("rota")

    assert citation_precision(answer(REWORDED), scorer) == 0.5
    assert scorer.asked == [(REWORDED.text, (QUOTE,)), (REWORDED.text, ("Soup is served.",))]


def test_a_quotation_bears_itself_out_and_no_citation_is_not_judged() -> None:
    scorer = Knowing("nothing")

    assert citation_precision(answer(QUOTED, QUOTED), scorer) == 1
    assert citation_precision(answer(claim("Bare.")), scorer) is None
    assert scorer.asked == []


def test_a_system_that_shuffles_its_citations_is_found_out() -> None:
    soup = claim("There is soup.", [citation("Soup is served.", start=90)])
    rota = claim("The rota lasted.", [citation(QUOTE)])

    class Both:
        def score(self, claim: str, quotes: Sequence[str]) -> Verdict:
            fits = ("soup" in claim) == ("Soup" in quotes[0])
            return Verdict(float(fits), 0.0)

    shuffled = [
        claim(soup.text, rota.citations),
        claim(rota.text, soup.citations),
    ]

    assert citation_precision(answer(soup, rota), Both()) == 1
    assert citation_precision(answer(*shuffled), Both()) == 0


# A chat model


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("SUPPORTS", SUPPORT),
        (" supports.\n", SUPPORT),
        ("**CONTRADICTS**", CONTRADICT),
        ("NEITHER", NEITHER),
        ("I would rather not say that it supports this.", NEITHER),
        ("", NEITHER),
    ],
)
def test_a_chat_model_is_asked_for_one_word(said: str, label: str) -> None:
    model = QueuedChatModel(said)

    assert label_of(ChatJudge(model).score("The rota lasted.", [QUOTE, "It lasted."])) == label
    assert f"Claim: The rota lasted.\n\nSentences:\n- {QUOTE}\n- It lasted." in model.prompts[0]


def test_without_sentences_nothing_is_asked() -> None:
    assert ChatJudge(QueuedChatModel()).score("The rota lasted.", []) == Verdict(0.0, 0.0)


def test_a_chat_model_elsewhere_is_sent_no_quotation() -> None:
    with pytest.raises(CannotJudge, match="runs elsewhere"):
        ChatJudge(QueuedChatModel("SUPPORTS", is_remote=True))


# A model of inference


def inference_model(folder: Path, labels: Sequence[str]) -> Path:
    """A tiny model that has learnt nothing, in the form of a cross-encoder, with a vocabulary of its own."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted({*QUOTE.lower().split(), "soup", "."})]
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, num_labels=len(labels), id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
    )  # fmt: skip
    model = BertForSequenceClassification(config)
    # So that the classes differ, whatever was drawn.
    model.classifier.bias.data[:] = model.classifier.bias.data.new_tensor([4.0, -4.0, 0.0][: len(labels)])
    model.classifier.weight.data[:] = 0
    model.save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.mark.parametrize(
    ("labels", "label"),
    [
        (("entailment", "contradiction", "neutral"), SUPPORT),
        (("contradiction", "entailment", "neutral"), CONTRADICT),
        (("neutral", "entailment", "contradiction"), NEITHER),
        (("SUPPORTS", "REFUTES", "not enough info"), SUPPORT),
    ],
)
def test_classes_of_a_model_of_inference_are_known_by_name(
    tmp_path: Path, labels: tuple[str, ...], label: str
) -> None:
    judge = NliJudge(inference_model(tmp_path / "nli", labels))
    verdict = judge.score("The rota lasted.", [QUOTE])

    assert label_of(verdict) == label
    assert 0 <= verdict.support + verdict.contradict <= 1
    assert judge.score("The rota lasted.", []) == Verdict(0.0, 0.0)


def test_a_folder_that_is_no_such_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotJudge, match="no model of inference lies there"):
        NliJudge(tmp_path)
    with pytest.raises(CannotJudge, match="do not tell what supports"):
        NliJudge(inference_model(tmp_path / "nli", ("good", "bad", "ugly")))


@pytest.mark.parametrize(
    ("name", "message"), [("nobody", "a judge is nli:FOLDER or chat"), ("chat", "no chat")]
)
def test_a_judge_that_is_not_there_is_told(name: str, message: str) -> None:
    with pytest.raises(CannotJudge, match=message):
        open_judge(name, Settings())


# Agreement with people

PAIRS = [
    Pair("a", "The rota lasted.", ("The rota lasted for years.",), SUPPORT),
    Pair("b", "The rota ended.", ("The soup was good.",), CONTRADICT),
    Pair("c", "There was bread.", ("The rota was paid.",), NEITHER),
    Pair("d", "Nobody marked this.", ("The rota.",), None),
]


def test_agreement_is_the_share_that_people_and_judge_judge_alike() -> None:
    made = {one.name: one for one in agreement_with_people("nli", Knowing("rota"), {"own": PAIRS})}

    assert made["nli as people, own"].scores == {"a": 1.0, "b": 1.0, "c": 0.0}
    assert 0 < made["nli as people, own, kappa"].estimate().mean < 1


def test_a_judge_that_says_yes_to_everything_agrees_by_chance_alone() -> None:
    made = {one.name: one for one in agreement_with_people("yes", Knowing(""), {"own": PAIRS})}

    assert made["yes as people, own, kappa"].estimate().mean == pytest.approx(0)


def test_a_judge_without_people_s_marks_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CannotJudge, match="not shown without its agreement with people"):
        agreement_with_people("nli", Knowing("rota"), {"own": PAIRS[3:]})
    assert main(["answers", "--judge", "nli:anywhere"]) == 2
    assert "name claims that they have marked" in capsys.readouterr().err

    marks = tmp_path / "marks.jsonl"
    marks.write_text(json.dumps({"id": "a", "claim": "x", "evidence": ["y"], "label": "supports"}))
    assert main(["answers", "--judge", "nli:anywhere", "--marks", str(marks)]) == 2
    assert "no model of inference lies there" in capsys.readouterr().err


def test_another_judge_s_precision_is_told_by_its_name() -> None:
    results = [
        Result(Case(name, "t", "researcher", "q", "answer", ()), made)
        for name, made in (("quoted", answer(QUOTED)), ("reworded", answer(REWORDED)), ("silent", answer()))
    ]

    made = precision_by("nli:here", Knowing("rota"), results)

    assert made.name == "citation bears its claim out, by nli:here"
    assert made.scores == {"quoted": 1.0, "reworded": 0.5}
