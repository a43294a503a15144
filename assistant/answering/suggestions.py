"""Questions to offer: from the framework, and from what an answer spoke of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.framework import Framework
from assistant.records import Claim, Stance

OPENING = (
    "What helps a new practice model survive the end of its grant?",
    "Why do staff resist new ways of working?",
    "What do the sources say about adapting a licensed programme?",
    "How many families took part in the family group conference trial?",
    "What gets in the way when agencies try to work together?",
    "Does competition help or hinder innovation?",
)


def suggestions(framework: Framework, claims: Sequence[Claim] = ()) -> Iterator[str]:
    """Questions in the order in which to offer them; whoever offers one makes sure that it has an answer."""
    if not claims:
        yield from OPENING
        return
    named = list(dict.fromkeys(claim.parameter for claim in claims if claim.parameter))
    for name in named:
        stances = {claim.stance for claim in claims if claim.parameter == name}
        if Stance.BARRIER not in stances:
            yield f"What hinders innovation through {_in_a_sentence(name)}?"
        if Stance.ENABLER not in stances:
            yield f"What helps with {_in_a_sentence(name)}?"
    clusters = {claim.cluster for claim in claims}
    for cluster in framework.clusters:
        for parameter in cluster.parameters:
            if cluster.name in clusters and parameter.name not in named:
                yield f"What do the sources say about {_in_a_sentence(parameter.name)}?"


def _in_a_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]
