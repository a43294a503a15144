"""Sentences labelled by the classifiers over their vectors: whose labels are replaced, and whose stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.encoding import PassageVectors, Vectors
from assistant.encoding.linear import load_linear
from assistant.framework import Framework, load_framework
from assistant.labelling import label_sentence
from assistant.labelling.trained import MODEL, relabel
from assistant.records import Block, BlockKind, Document, Labels, Passage, Sentence, Source, Stance, Voice
from tests.builders import passage, said

STANCES, CLUSTERS = (load_linear(MODEL / f"{name}.npz") for name in ("stance", "cluster"))
FINGERPRINT = STANCES.fingerprint
WORDS = "The new rota was tried in three homes by the sea."
OTHER = """
name = "Another"
[[cluster]]
id = "people"
name = "People"
[[cluster.parameter]]
id = "trust"
name = "Trust"
words = ["rota"]
"""


def vector(**wanted: dict[str, float]) -> Vectors:
    """A vector to which each classifier gives these chances; the other classes share the rest."""
    rows, scores = [], []
    for name, classifier in (("stance", STANCES), ("cluster", CLUSTERS)):
        given = wanted.get(name, {})
        rest = (1 - sum(given.values())) / (len(classifier.classes) - len(given))
        chances = np.array([given.get(one, rest) for one in classifier.classes])
        rows.append(classifier.weights)
        # Its scores add up to 0, and what is added to all of them changes no chance.
        score = np.log(chances) - classifier.biases
        scores.append(score - score.mean())
    solved = np.linalg.lstsq(np.concatenate(rows), np.concatenate(scores), rcond=None)[0]
    return np.asarray(solved, dtype=np.float32)


BARRIER = vector(stance={"barrier": 0.9}, cluster={"mobilisers": 0.9})
NEITHER = vector(stance={"neither": 0.9}, cluster={"mobilisers": 0.9})
ENABLER = vector(stance={"enabler": 0.9}, cluster={"mobilisers": 0.9})


def relabelled(
    sentence: Sentence | str,
    made: Vectors,
    framework: Framework | None = None,
    fingerprint: str = FINGERPRINT,
) -> Sentence:
    """The one sentence of a passage after it was labelled."""
    one = passage("doc", sentence)
    (done,) = relabel(
        [one], [PassageVectors(made, made[None], ())], framework or load_framework(), fingerprint
    )
    assert replace(done, sentences=one.sentences) == one
    return done.sentences[0]


def test_what_the_rules_said_is_replaced() -> None:
    done = relabelled(said(WORDS, Stance.ENABLER, cluster="macro-context"), BARRIER)

    assert done.labels.stance is Stance.BARRIER
    assert done.labels.cluster == "mobilisers"
    assert done.labels.origin == "classifier"
    assert done.text == WORDS


def test_a_sentence_of_no_stance_gets_no_place() -> None:
    done = relabelled(said(WORDS, Stance.ENABLER, cluster="macro-context"), NEITHER)

    assert done.labels == Labels(origin="classifier")


def test_a_condition_that_the_rules_saw_is_kept() -> None:
    done = relabelled(said(WORDS, Stance.BOTH, condition="unless"), BARRIER)

    assert done.labels.condition == "unless"


@pytest.mark.parametrize(
    ("stance", "said_by_rules", "decided"),
    [(0.5, "barrier", "barrier"), (0.9, "barrier", "enabler"), (0.5, "enabler", "enabler")],
)
def test_where_the_classifier_is_unsure_the_vote_of_the_rules_decides(
    stance: float, said_by_rules: str, decided: str
) -> None:
    unsure = vector(stance={"enabler": stance, "barrier": 0.95 - stance}, cluster={"none": 0.9})

    assert relabelled(said(WORDS, Stance(said_by_rules)), unsure).labels.stance.value == decided


def test_a_cluster_has_the_vote_of_the_rules_too() -> None:
    unsure = vector(stance={"barrier": 0.9}, cluster={"mobilisers": 0.5, "macro-context": 0.3})

    def placed(by_rules: str | None) -> str | None:
        sentence = said(WORDS, Stance.BARRIER)
        return relabelled(
            replace(sentence, labels=replace(sentence.labels, cluster=by_rules)), unsure
        ).labels.cluster

    assert [placed(one) for one in (None, "mobilisers", "macro-context")] == [
        "mobilisers",
        "mobilisers",
        "macro-context",
    ]


@pytest.mark.parametrize("origin", ["note", "table"])
def test_what_a_document_states_itself_is_not_touched(origin: str) -> None:
    stated = said(WORDS, Stance.ENABLER, cluster="macro-context", origin=origin)

    assert relabelled(stated, BARRIER).labels == stated.labels


@pytest.mark.parametrize(
    "sentence", [said("What was in the way of it?"), said("Page 3 of 12", voice=Voice.OTHER)]
)
def test_questions_and_furniture_are_not_touched(sentence: Sentence) -> None:
    assert relabelled(sentence, BARRIER).labels == sentence.labels


def test_under_another_encoder_the_rules_labels_stay() -> None:
    by_rules = said(WORDS, Stance.ENABLER, cluster="macro-context")

    done = relabelled(by_rules, BARRIER, fingerprint="fake:1")

    assert done.labels == by_rules.labels


def test_another_framework_places_sentences_by_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "framework.toml").write_text(OTHER, encoding="utf-8")
    other = load_framework(tmp_path / "framework.toml")

    placed = relabelled(WORDS, BARRIER, other)
    elsewhere = relabelled("The new list was tried in three homes.", BARRIER, other)

    assert (placed.labels.stance, placed.labels.cluster, placed.labels.parameter) == (
        Stance.BARRIER,
        "people",
        "trust",
    )
    assert (elsewhere.labels.cluster, elsewhere.labels.parameter) == (None, None)


@pytest.mark.parametrize(
    ("stance", "words", "placed"),
    [
        (
            Stance.BARRIER,
            "The rota got in the way.",
            ("people", "trust", "note; cluster, parameter by words"),
        ),
        (Stance.BARRIER, "The sea got in the way.", (None, None, "note")),
        (Stance.NEITHER, "The rota was of paper.", (None, None, "note")),
    ],
)
def test_a_notes_labels_are_placed_by_the_words_of_a_framework_without_their_condition(
    tmp_path: Path, stance: Stance, words: str, placed: tuple[str | None, str | None, str]
) -> None:
    (tmp_path / "framework.toml").write_text(OTHER, encoding="utf-8")
    given = Labels(stance, None, "culture-and-climate", "learning-and-evaluation", origin="note")
    note = Document(
        "id", "note.md", Source("A note"), words, (Block(0, len(words), BlockKind.ITEM, labels=given),)
    )

    labels = label_sentence(
        note, note.blocks[0], 0, len(words), load_framework(tmp_path / "framework.toml")
    ).labels

    assert (labels.cluster, labels.parameter, labels.origin) == placed
    assert labels.stance is stance


def test_every_passage_keeps_its_place_and_its_own_labels() -> None:
    passages = [passage(name, WORDS, WORDS) for name in ("one", "two")]
    vectors = [PassageVectors(made, np.stack([made, made]), ()) for made in (BARRIER, ENABLER)]

    done = relabel(passages, vectors, load_framework(), FINGERPRINT)

    assert [_stances(one) for one in done] == [["barrier"] * 2, ["enabler"] * 2]
    assert [one.id for one in done] == [one.id for one in passages]


def _stances(one: Passage) -> list[str]:
    return [sentence.labels.stance.value for sentence in one.sentences]
