from __future__ import annotations

import json
import random
from collections import Counter

import numpy as np
import pytest

from evals.training.balanced import Asked, Library, balance, opening
from evals.training.lessons import Lessons, asked
from evals.training.made_up import UNSEEN, load_documents
from evals.training.own_texts import TEXTS, findings

TEXT = ["Nine left.", "Coaches came weekly.", "It rained.", "The grant ended."]
LIBRARY = Library(
    [
        Asked("How many people left?", "a", (0,)),
        Asked("How many came back?", "a", ()),
        Asked("How many were asked?", "a", ()),
        Asked("What did coaches do?", "a", (1,)),
        Asked("Which town was it?", "b", ()),
    ],
    {"a": TEXT, "b": ["The town had no bus.", "Nobody came."]},
)
NEAR = [[1, 2], [0, 1], [0, 3], [0], [0, 1]]


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("How many people left?", "how many"),
        ("how much, in all?", "how much"),
        ("Which town was it?", "which"),
        ("In what way?", "in what"),
        ("", ""),
        ("how", "how"),
    ],
)
def test_a_question_is_told_by_how_it_opens(question: str, form: str) -> None:
    assert opening(question) == form


def test_right_and_wrong_are_as_many_among_questions_that_open_alike() -> None:
    counts = Counter(
        (opening(example.first), example.target)
        for example in balance(LIBRARY, NEAR, random.Random(1))  # noqa: S311
    )

    assert counts == {("how many", 1): 3, ("how many", 0): 3, ("what did", 1): 1, ("what did", 0): 1}


def test_only_what_answers_a_question_stands_beside_it_as_right() -> None:
    for seed in range(20):
        for example in balance(LIBRARY, NEAR, random.Random(seed)):  # noqa: S311
            answers = {"How many people left?": TEXT[0], "What did coaches do?": TEXT[1]}.get(example.first)
            assert (example.second == answers) == bool(example.target)


def test_twins_are_answered_by_words_of_their_text() -> None:
    texts = {name: finding.text for name, finding in findings().items()}
    texts |= {one.written["id"]: " ".join(one.written["paragraphs"]) for one in load_documents()}
    twins = [json.loads(line) for line in (TEXTS / "twins.jsonl").read_text(encoding="utf-8").splitlines()]

    assert len(twins) > 1000
    assert [twin for twin in twins if twin["answer"] not in texts[twin["of"]]] == []


def test_questions_that_measure_are_not_learnt_from() -> None:
    kept_back = {
        one["question"] for made_up in load_documents(UNSEEN) for one in made_up.written["questions"]
    }

    assert kept_back
    assert not kept_back.intersection(asked())


def test_a_teachers_cosines_are_passed_on_and_not_its_vectors() -> None:
    ours = (np.eye(2, 3, dtype=np.float32), np.eye(1, 3, dtype=np.float32))
    theirs = (np.eye(2, 5, dtype=np.float32), np.eye(1, 5, dtype=np.float32))
    lessons = Lessons(["one", "two"], np.eye(2, 5, dtype=np.float32), ours, theirs)

    sentences, passages = lessons.found([1])

    assert sentences.tolist() == [[0.0, 1.0]]
    assert passages.tolist() == [[0.0]]
