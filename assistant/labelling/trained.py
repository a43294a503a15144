"""Stance and cluster of sentences by a classifier over their vectors, which ingest makes anyway.

The rules keep a vote: they see words such as "unless" that a vector blurs. What a document states itself
(a note's labels, a table's columns) is not touched.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.encoding import PassageVectors, Vectors
from assistant.encoding.linear import LinearClassifier, load_linear
from assistant.framework import Framework
from assistant.labelling.stance import is_needed_against
from assistant.records import Labels, Passage, Sentence, Stance, Voice

MODEL = Path(__file__).with_name("model")
# What the rules' vote weighs beside the probabilities; evals/decisions/labels.md tells how it was chosen.
RULES = 0.3
NONE = "none"


def relabel(
    passages: Sequence[Passage], vectors: Sequence[PassageVectors], framework: Framework, fingerprint: str
) -> tuple[Passage, ...]:
    """Passages with the classifier's labels on sentences that were labelled by rules.

    `fingerprint` is the encoder's: under another one the rules' labels stay.
    """
    stances, clusters = _load("stance"), _load("cluster")
    if not stances.fits(fingerprint):
        return tuple(passages)
    return tuple(
        replace(
            passage,
            sentences=tuple(
                _relabelled(
                    sentence,
                    _stance(stances, vector, sentence),
                    vector,
                    clusters,
                    framework,
                )
                for sentence, vector in zip(passage.sentences, made.sentences, strict=True)
            ),
        )
        for passage, made in zip(passages, vectors, strict=True)
    )


def _relabelled(
    sentence: Sentence,
    stance: str,
    vector: Vectors,
    clusters: LinearClassifier,
    framework: Framework,
) -> Sentence:
    labels = sentence.labels
    is_open = labels.origin == "rules" and sentence.voice is not Voice.OTHER
    if not is_open or sentence.text.rstrip().endswith("?"):
        return sentence
    if stance == Stance.NEITHER:
        return replace(sentence, labels=Labels(origin="classifier"))
    cluster, parameter = _place(sentence, vector, clusters, framework)
    return replace(
        sentence, labels=Labels(Stance(stance), labels.condition, cluster, parameter, origin="classifier")
    )


def _place(
    sentence: Sentence, vector: Vectors, clusters: LinearClassifier, framework: Framework
) -> tuple[str | None, str | None]:
    """Cluster and parameter of a sentence. Another framework's own words place it."""
    if not {entry.id for entry in framework.clusters}.issuperset(set(clusters.classes) - {NONE}):
        found = framework.best_parameter(sentence.text)
        return (found.cluster, found.id) if found else (None, None)
    cluster = _voted(clusters, vector, sentence.labels.cluster or NONE)
    if cluster == NONE:
        return None, None
    found = framework.best_parameter(sentence.text, cluster)
    return cluster, found.id if found else None


def _stance(classifier: LinearClassifier, vector: Vectors, sentence: Sentence) -> str:
    """The stance of a sentence: the vote, or the rules' where a vector takes the obstacle for what is said of it."""
    by_rules = sentence.labels.stance.value
    return by_rules if is_needed_against(sentence.text) else _voted(classifier, vector, by_rules)


def _voted(classifier: LinearClassifier, vector: Vectors, by_rules: str) -> str:
    chances = dict(zip(classifier.classes, classifier.probabilities(vector[None])[0], strict=True))
    chances[by_rules] = chances.get(by_rules, 0.0) + RULES
    return max(chances, key=lambda name: chances[name])


@functools.lru_cache
def _load(name: str) -> LinearClassifier:
    return load_linear(MODEL / f"{name}.npz")
