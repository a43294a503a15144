"""What the reader says: its heads, and the classes of each in the order of its outputs."""

from __future__ import annotations

import enum

from assistant.records import Stance


class Head(enum.StrEnum):
    """A question that the reader answers about what it reads."""

    RELEVANCE = "relevance"  # (question, text): does the text answer the question?
    SUPPORT = "support"  # (quotation, claim): does it bear the claim out?
    STANCE = "stance"  # (sentence): what does it say about innovation?
    CLUSTER = "cluster"  # (sentence): of which condition does it speak?
    DECLINE = "decline"  # (question, the one before it): must it be declined?


CLASSES: dict[Head, tuple[str, ...]] = {
    Head.RELEVANCE: ("relevant",),
    Head.SUPPORT: ("supports", "contradicts", "neither"),
    Head.STANCE: tuple(Stance),
    Head.CLUSTER: (
        "mobilisers",
        "design-and-implementation",
        "operational-capability",
        "culture-and-climate",
        "macro-context",
        "none",
    ),
    Head.DECLINE: ("answer", "identity", "live case", "product", "legal", "instructions"),
}


def columns(head: Head) -> slice:
    """Where a head's outputs stand in a row of the model's."""
    start = 0
    for other, classes in CLASSES.items():
        if other is head:
            return slice(start, start + len(classes))
        start += len(classes)
    raise KeyError(head)


WIDTH = sum(len(classes) for classes in CLASSES.values())
