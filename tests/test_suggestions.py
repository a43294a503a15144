from __future__ import annotations

import itertools
from dataclasses import replace

from assistant.answering.suggestions import OPENING, suggestions
from assistant.framework import load_framework
from assistant.records import Stance
from tests.builders import citation, claim

FRAMEWORK = load_framework()
PARAMETER = next(FRAMEWORK.parameters())


def about(stance: Stance) -> list[str]:
    spoken = claim("Words.", [citation("Words.")], stance, parameter=PARAMETER.name)
    return list(suggestions(FRAMEWORK, [spoken]))


def test_without_an_answer_the_opening_questions_are_offered() -> None:
    assert tuple(suggestions(FRAMEWORK)) == OPENING


def test_the_side_that_an_answer_did_not_tell_is_offered() -> None:
    name = PARAMETER.name[:1].lower() + PARAMETER.name[1:]

    assert about(Stance.ENABLER) == [f"What hinders innovation through {name}?"]
    assert about(Stance.BARRIER) == [f"What helps with {name}?"]


def test_neighbours_of_what_was_spoken_of_are_offered_and_not_itself() -> None:
    cluster = next(cluster for cluster in FRAMEWORK.clusters if len(cluster.parameters) > 1)
    spoken = claim("Words.", [citation("Words.")], parameter=cluster.parameters[0].name)
    placed = replace(spoken, cluster=cluster.name)

    offered = list(itertools.islice(suggestions(FRAMEWORK, [placed]), 20))

    neighbour = cluster.parameters[1].name
    assert f"What do the sources say about {neighbour[:1].lower()}{neighbour[1:]}?" in offered
    assert len(offered) == len(set(offered))


def test_an_answer_without_a_place_in_the_framework_offers_nothing() -> None:
    assert list(suggestions(FRAMEWORK, [claim("Words.", [citation("Words.")])])) == []
