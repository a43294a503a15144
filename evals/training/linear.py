"""The linear classifiers: stance and cluster of a sentence, and whether a question is to be declined.

Logistic regression over the packaged encoder's vectors of our own texts. In use a sentence's vector is
taken out of its passage and carries what stands around it; these texts stand alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.confidentiality.judging import question_vectors
from assistant.encoding import Encoder, Vectors
from assistant.encoding.linear import LinearClassifier
from assistant.reader.heads import CLASSES, Head
from evals.training.examples import Example
from evals.training.own_texts import load_own

# Inverse strength of regularisation.
STRENGTH = {Head.STANCE: 3.0, Head.CLUSTER: 1.0, Head.DECLINE: 5.0}
SEED = 20261122


def fit_linear(head: Head, encoder: Encoder) -> LinearClassifier:
    """The classifier of one head. Same texts, same encoder: same weights."""
    from sklearn.linear_model import LogisticRegression

    examples = [example for example in load_own(SEED).examples if example.head is head]
    if head is Head.DECLINE:
        examples += _plain_questions()
    vectors = vectors_of(head, encoder, examples)
    fitted = LogisticRegression(C=STRENGTH[head], max_iter=3000).fit(
        vectors, [CLASSES[head][example.target] for example in examples]
    )
    return LinearClassifier(
        tuple(str(name) for name in fitted.classes_),
        fitted.coef_.astype(np.float32),
        fitted.intercept_.astype(np.float32),
        encoder.fingerprint,
    )


def vectors_of(head: Head, encoder: Encoder, examples: Sequence[Example]) -> Vectors:
    """What a head's classifier looks at: sentences as ingest encodes them; a question as searches do, with
    the one before it."""
    if head is Head.DECLINE:
        return np.stack([question_vectors(encoder, example.first, example.second) for example in examples])
    texts = [(example.first, [(0, len(example.first))]) for example in examples]
    return np.concatenate([made.sentences for made in encoder.encode_passages(texts)])


def _plain_questions() -> Sequence[Example]:
    """The questions about findings: all of them are to be answered."""
    asked = [example.first for example in load_own(SEED).examples if example.head is Head.RELEVANCE]
    return [Example(Head.DECLINE, question, "", 0) for question in dict.fromkeys(asked)]
