"""Whether a question is to be declined, as trained models judge it: a linear classifier over the question's
vector and the reader, whose mistakes are not the same."""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.encoding import Encoder, Vectors
from assistant.encoding.linear import LinearClassifier, load_linear
from assistant.reader import CLASSES, Head, Reader

MODEL = Path(__file__).with_name("model") / "decline.npz"
# How likely they together must find it; evals/decisions/declines.md tells how it was chosen.
DECLINED_AT = 0.6
# The same where a question names an interviewee's code and the rules cannot tell what it asks for:
# evals/decisions/declines.md.
DOUBTED_AT = 0.4
ANSWER = "answer"
# No chance is taken for nothing or for everything.
LEAST = 1e-4


class Judge:
    """Judges questions. Without a reader the classifier judges alone."""

    def __init__(self, encoder: Encoder, reader: Reader | None) -> None:
        self._encoder = encoder
        self._reader = reader

    def kind(self, question: str, before: str) -> str | None:
        """The kind for which a question is to be declined, or None. `before` is the question before it.

        Raises ModelDamaged.
        """
        chances = self.chances(question, before)
        if chances is None or 1 - chances[ANSWER] < DECLINED_AT:
            return None
        return max((kind for kind in chances if kind != ANSWER), key=lambda kind: chances[kind])

    def clears(self, question: str, before: str) -> bool:
        """Whether a question on which the rules are in doubt is harmless. Raises ModelDamaged."""
        chances = self.chances(question, before)
        return chances is not None and 1 - chances[ANSWER] < DOUBTED_AT

    def chances(self, question: str, before: str) -> dict[str, float] | None:
        """Kind → probability; None if no model fits the encoder."""
        judged = []
        linear = _load()
        if linear.fits(self._encoder.fingerprint):
            [row] = linear.probabilities(question_vectors(self._encoder, question, before)[None])
            judged.append(dict(zip(linear.classes, row, strict=True)))
        if self._reader is not None:
            [row] = self._reader.read(Head.DECLINE, [(question, before)])
            judged.append(dict(zip(CLASSES[Head.DECLINE], row, strict=True)))
        return _together(judged) if judged else None


def question_vectors(encoder: Encoder, question: str, before: str) -> Vectors:
    """The vector of a question and that of the one before it (zeros without one), one after the other."""
    own = encoder.encode_query(question)
    return np.concatenate([own, encoder.encode_query(before) if before else np.zeros_like(own)])


def _together(judged: list[dict[str, float]]) -> dict[str, float]:
    """Mean log odds of answering; what is left is shared out as the judges do on average."""
    answer = np.array([one[ANSWER] for one in judged])
    odds: NDArray[np.float64] = np.clip(answer, LEAST, 1 - LEAST)
    chance = float(1 / (1 + np.exp(-np.mean(np.log(odds / (1 - odds))))))
    kinds = {kind: sum(one[kind] for one in judged) for kind in judged[0] if kind != ANSWER}
    total = sum(kinds.values()) or 1.0
    return {ANSWER: chance, **{kind: (1 - chance) * share / total for kind, share in kinds.items()}}


@functools.lru_cache
def _load() -> LinearClassifier:
    return load_linear(MODEL)
