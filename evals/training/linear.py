"""The linear classifiers: stance and cluster of a sentence, and whether a question is to be declined.

Logistic regression over the packaged encoder's vectors of our own texts. In use a sentence's vector is
taken out of its passage and carries what stands around it, so each text is learnt alone and, twice, among
others: what the vector has of its neighbours then tells nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.confidentiality.judging import question_vectors
from assistant.encoding import Encoder, Vectors
from assistant.encoding.linear import LinearClassifier
from assistant.reader.heads import CLASSES, Head
from evals.training.examples import Example
from evals.training.own_texts import load_own

# Inverse strength of regularisation.
STRENGTH = {Head.STANCE: 1.0, Head.CLUSTER: 1.0, Head.DECLINE: 5.0}
SEED = 20261122
# How often a sentence is encoded among others, and how many stand together.
DRAWS = 2
TOGETHER = (2, 5)


def fit_linear(head: Head, encoder: Encoder) -> LinearClassifier:
    """The classifier of one head. Same texts, same encoder: same weights."""
    from sklearn.linear_model import LogisticRegression

    examples = [example for example in load_own(SEED).examples if example.head is head]
    if head is Head.DECLINE:
        examples += _plain_questions()
        vectors = np.stack([question_vectors(encoder, example.first, example.second) for example in examples])
    else:
        examples, vectors = _sentences(encoder, examples)
    fitted = LogisticRegression(C=STRENGTH[head], max_iter=3000).fit(
        vectors, [CLASSES[head][example.target] for example in examples]
    )
    return LinearClassifier(
        tuple(str(name) for name in fitted.classes_),
        fitted.coef_.astype(np.float32),
        fitted.intercept_.astype(np.float32),
        encoder.fingerprint,
    )


def _sentences(encoder: Encoder, examples: Sequence[Example]) -> tuple[list[Example], Vectors]:
    """Sentences with their vectors as ingest makes them: alone, and in passages drawn from all of them."""
    passages = [[example] for example in examples]
    for draw in range(DRAWS):
        passages += _drawn(examples, random.Random(SEED + draw))
    texts = []
    for passage in passages:
        ends = np.cumsum([len(example.first) + 1 for example in passage])
        spans = [
            (int(end) - len(example.first) - 1, int(end) - 1)
            for example, end in zip(passage, ends, strict=True)
        ]
        texts.append((" ".join(example.first for example in passage), spans))
    vectors = np.concatenate([made.sentences for made in encoder.encode_passages(texts)])
    return [example for passage in passages for example in passage], vectors


def _drawn(examples: Sequence[Example], generator: random.Random) -> Iterator[list[Example]]:
    """The examples in another order, a few together."""
    shuffled = list(examples)
    generator.shuffle(shuffled)
    while shuffled:
        size = generator.randint(*TOGETHER)
        yield shuffled[:size]
        shuffled = shuffled[size:]


def _plain_questions() -> Sequence[Example]:
    """The questions about findings: all of them are to be answered."""
    asked = [example.first for example in load_own(SEED).examples if example.head is Head.RELEVANCE]
    return [Example(Head.DECLINE, question, "", 0) for question in dict.fromkeys(asked)]
