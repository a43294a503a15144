"""How far two readings of the same sentences agree, label by label.

Stands beside the scores of the classifier: nobody can agree with a reader more than the reader does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evals.marks import MarkedSentence, MarkError, Marks
from evals.measures.whole_set import accuracy, kappa, parts_of
from evals.runs import Measured

# Told wherever the agreement is shown.
WHO_MARKED = (
    "Both readings are by one language model with a codebook, not by people: they tell how steadily the codebook is "
    "followed, and two people would agree less."
)
NONE = "none"
LABELS: dict[str, Callable[[Marks], str]] = {
    "stance": lambda marks: marks.stance.value,
    "voice": lambda marks: marks.voice.value,
    "cluster": lambda marks: marks.cluster or NONE,
    "speaker": lambda marks: marks.speaker or NONE,
    "conditional": lambda marks: str(marks.is_conditional),
    "hard": lambda marks: str(marks.is_hard),
}


def agreement(first: Mapping[str, Marks], second: Mapping[str, Marks]) -> list[Measured]:
    """For each label the share marked equally and Cohen's kappa, over the sentences of the second reading.

    Raises MarkError for a sentence that the first reading does not have.
    """
    unknown = sorted(second.keys() - first.keys())
    if unknown:
        raise MarkError(f"marked the second time alone: {', '.join(unknown[:5])}")
    measures = []
    for name, value in LABELS.items():
        pairs = {item: (value(first[item]), value(marks)) for item, marks in second.items()}
        measures.append(Measured(f"{name}, share equal", {i: accuracy([pair]) for i, pair in pairs.items()}))
        measures.append(Measured(f"{name}, kappa", parts_of(pairs, kappa)))
    return measures


def marks_of(sentences: list[MarkedSentence]) -> dict[str, Marks]:
    """Id → labels."""
    return {sentence.id: sentence.marks for sentence in sentences}
