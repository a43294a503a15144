"""The linear classifiers: stance and cluster of a sentence, whether it is somebody's talk, and whether a question
is to be declined.

Logistic regression over the packaged encoder's vectors of our own texts. In use a sentence's vector is
taken out of its passage and carries what stands around it, so each text is learnt alone and, twice, among
others: what the vector has of its neighbours then tells nothing. Talk is learnt in running passages.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.confidentiality.judging import question_vectors
from assistant.encoding import Encoder, Vectors
from assistant.encoding.linear import LinearClassifier
from assistant.labelling.spoken import SPOKEN_AT
from assistant.reader.heads import CLASSES, Head
from assistant.records import Voice
from evals.training.examples import Example
from evals.training.own_texts import load_own
from evals.training.written import Heard, joined, made_up_talk, written_talk

# Inverse strength of regularisation.
STRENGTH = {Head.STANCE: 1.0, Head.CLUSTER: 1.0, Head.DECLINE: 5.0}
VOICE = 2.0
SEED = 20261122
# How often a sentence is encoded among others, and how many stand together.
DRAWS = 2
TOGETHER = (2, 5)


def fit_linear(head: Head, encoder: Encoder) -> LinearClassifier:
    """The classifier of one head. Same texts, same encoder: same weights."""
    examples = [example for example in load_own(SEED).examples if example.head is head]
    if head is Head.DECLINE:
        examples += _plain_questions()
        vectors = np.stack([question_vectors(encoder, example.first, example.second) for example in examples])
    else:
        passages = list(_apart_and_among_others(examples))
        examples = [example for passage in passages for example in passage]
        vectors = _in_passages(encoder, passages)
    targets = [CLASSES[head][example.target] for example in examples]
    return _fitted(vectors, targets, STRENGTH[head], encoder)


def fit_voice(encoder: Encoder) -> tuple[LinearClassifier, str]:
    """What tells talk from all else where rules do not, and how well it does on the documents kept back."""
    heard = [*written_talk(encoder), *made_up_talk(encoder, unseen=False)]
    classifier = _fitted(np.stack([one.seen for one in heard]), [_name(one) for one in heard], VOICE, encoder)
    kept = list(made_up_talk(encoder, unseen=True))
    talk = classifier.classes.index(Voice.PARTICIPANT)
    found = classifier.probabilities(np.stack([one.seen for one in kept]))[:, talk] >= SPOKEN_AT
    truth = np.array([one.is_talk for one in kept])
    told = (
        f"kept back: {len(kept)} sentences, right {np.mean(found == truth):.3f} (all to the authors: "
        f"{np.mean(~truth):.3f}), of those taken for talk {np.mean(truth[found]):.3f} are, {np.mean(found[truth]):.3f} of "
        "the talk is found"
    )
    return classifier, told


def _fitted(vectors: Vectors, targets: Sequence[str], strength: float, encoder: Encoder) -> LinearClassifier:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=strength, max_iter=3000).fit(vectors, targets)
    weights, biases = fitted.coef_, fitted.intercept_
    if len(fitted.classes_) == 2:
        # One row tells of the second class; two of half the size give the same probabilities.
        weights, biases = (np.concatenate([-part / 2, part / 2]) for part in (weights, biases))
    return LinearClassifier(
        tuple(str(name) for name in fitted.classes_),
        weights.astype(np.float32),
        biases.astype(np.float32),
        encoder.fingerprint,
    )


def _name(heard: Heard) -> str:
    return Voice.PARTICIPANT if heard.is_talk else Voice.OTHER


def _apart_and_among_others(examples: Sequence[Example]) -> Iterator[list[Example]]:
    """Each example alone, and all of them a few times in passages drawn from them."""
    yield from ([example] for example in examples)
    for draw in range(DRAWS):
        yield from _drawn(examples, random.Random(SEED + draw))


def _in_passages(encoder: Encoder, passages: Sequence[Sequence[Example]]) -> Vectors:
    """The vectors of sentences as ingest makes them."""
    texts = [joined([example.first for example in passage]) for passage in passages]
    return np.concatenate([made.sentences for made in encoder.encode_passages(texts)])


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
