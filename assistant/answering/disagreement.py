"""Where the sources of an answer differ: on a direction, or on a figure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import combinations

from assistant.answering.against import DENIES
from assistant.answering.intent import is_yes_or_no
from assistant.numerals import with_figures
from assistant.records import Account, Claim, Stance
from assistant.words import stems

ASKS_A_FIGURE = re.compile(
    r"\bhow (?:many|much|often|large|long)\b|\bwhat (?:share|percentage|number|proportion)\b", re.I
)
ASKS_A_DIRECTION = re.compile(
    r"^\W*(?:is|are|does|do|did|can|could|will|would|has|have|should)\b|\b(?:good or bad|help or h\w+|agree|disagree|differ"
    r"|contradict|for and against|both sides|evidence on)\b",
    re.IGNORECASE,
)
# A question that says itself that there are two accounts.
TELLS_OF_TWO = re.compile(
    r"\b(?:opposite things?|yes and (?:no|one)|(?:both|either) yes|says? yes\b.*\bno\b|or not\b|or the (?:worst|opposite|other way)"
    r"|conflicting|contradict\w*|good or bad|disagree\w*|differ|who is right|for and against|both sides|or (?:is|was) (?:it|that))\b",
    re.IGNORECASE,
)
# A sentence that sets what one text says against what another does.
TEXT = (
    r"(?:article|paper|chapter|report|review|synthesis|abstract|study|evaluation|edition|version|book|page|newsletter|account"
    r"|count|figure|summary|survey|trial)s?"
)
REPORTS_ANOTHER = re.compile(
    rf"\b{TEXT}\b.{{0,400}}\b(?:whereas|while|where (?:the|an?)|but|however|yet)\b.{{0,400}}\b{TEXT}\b"
    rf"|\b{TEXT}\b[^.;]{{0,400}}\bwhich the {TEXT}\b[^.;]{{0,400}}\bno longer\b",
    re.IGNORECASE | re.DOTALL,
)
# How many claims of an answer are what it answers with, rather than what stands beside.
FIRST = 2
# How much of a question's words two claims must share, where it tells of two accounts:
# evals/decisions/disagreement.md.
MIN_SHARE = 0.15
FIGURE = re.compile(r"\b(\d[\d,]{0,15}(?:\.\d{1,15})?)\s*(?:%|percent\w*|per cent)?\s+([a-z]{4,})")
# A sentence that ends in a question mark.
ASKING = re.compile(r"(?<![^.?!])[^.?!]+\?")
# "Was it the model?": what it asks about stands in the sentence before.
ASKS_OF_IT = re.compile(
    r"^\W*(?:(?:so|and|but|or) )?\w+(?:n[’']t)? (?:it|that|this|they|these|those)\b", re.IGNORECASE
)
# Words of a question that a claim must have, to speak of what it asks: evals/decisions/disagreement.md.
MIN_ASKED = 2
# Two claims that differ on that have so much of its words, by weight, too: evals/decisions/disagreement.md.
ASKED_SHARE = 0.5
# Claims that differ in their sides have so much of the shorter one's words in common: evals/decisions/disagreement.md.
IN_COMMON = 0.25
SIDES = frozenset({Stance.ENABLER, Stance.BARRIER})
# Where nothing is known nothing is denied: "little evidence on …"; "little evidence that …" denies.
UNKNOWN = re.compile(
    r"\b(?:no|little|lack of|absence of|limited|insufficient|scarce)(?:\W+\w+){0,4}?\W+(?:evidence(?!-)|research|studies|literature)\b"
    r"(?!(?: either)? that\b)",
    re.IGNORECASE,
)


def with_accounts(
    question: str, claims: Sequence[Claim], weights: Mapping[str, float] | None = None
) -> tuple[Claim, ...]:
    """The claims, of which the first two from different studies that answer the question in different ways give
    one account and the other; else one from a source that answers it and tells that accounts differ gives both.

    They must speak of the same thing: words of the question that both have. Different things set
    side by side are no disagreement. `weights` tells how much the question's words tell, by stem; all are
    alike without it.
    """
    accounts = _accounts(question, claims, weights)
    return tuple(replace(claim, account=accounts.get(at)) for at, claim in enumerate(claims))


def _accounts(
    question: str, claims: Sequence[Claim], weights: Mapping[str, float] | None
) -> dict[int, Account]:
    """Position of a claim → the account that it gives, of those that give one."""
    asks_figure = bool(ASKS_A_FIGURE.search(question))
    asks_direction = is_yes_or_no(question) or bool(ASKS_A_DIRECTION.search(question))
    tells_of_two = bool(TELLS_OF_TWO.search(question))
    weighed = asked_words(question, weights)
    for (first, one), (second, other) in combinations(enumerate(claims), 2):
        if (
            (tells_of_two and _sides_differ(weighed, one, other))
            or (asks_figure and _figures_differ(weighed, one, other))
            or (asks_direction and _directions_differ(weighed, one, other))
        ):
            return {first: Account.ONE, second: Account.OTHER}
    if asks_figure or asks_direction:
        telling = [at for at, claim in enumerate(claims[:FIRST]) if _reports_another(question, claim)]
        return dict.fromkeys(telling[:1], Account.BOTH)
    return {}


def may_differ(question: str) -> bool:
    """Whether two accounts may answer a question otherwise: it asks for a direction or a figure, or tells of two."""
    forms = (ASKS_A_FIGURE, ASKS_A_DIRECTION, TELLS_OF_TWO)
    return is_yes_or_no(question) or any(form.search(question) for form in forms)


def asked_words(question: str, weights: Mapping[str, float] | None = None) -> Mapping[str, float]:
    """The weights of the words that ask for yes or no: what a person tells beside is not asked, unless the question
    goes back to it."""
    weights = weights or dict.fromkeys(stems(question), 1.0)
    asking = [sentence for sentence in ASKING.findall(question) if is_yes_or_no(sentence)]
    if any(ASKS_OF_IT.search(sentence) for sentence in asking):
        return weights
    words = {word for sentence in asking for word in stems(sentence)}
    return {word: weight for word, weight in weights.items() if word in words} or weights


def is_on(weights: Mapping[str, float], words: Set[str], share: float = ASKED_SHARE) -> bool:
    """Whether words, as stems, speak of what was asked: they have enough of the question's."""
    found = weights.keys() & words
    told = sum(weights[word] for word in found)
    return len(found) >= MIN_ASKED and told >= share * sum(weights.values())


def _reports_another(question: str, claim: Claim) -> bool:
    """Whether a claim on what was asked says itself that two texts tell it differently."""
    shared = set(stems(question)) & set(stems(claim.text))
    return len(shared) >= MIN_ASKED and bool(REPORTS_ANOTHER.search(claim.text))


def _sides_differ(weights: Mapping[str, float], one: Claim, other: Claim) -> bool:
    """Claims of different documents and sides that share enough of a question which says that there are two
    accounts."""
    if one.stance is other.stance or {c.document for c in one.citations} & {
        c.document for c in other.citations
    }:
        return False
    mine, theirs = set(stems(one.text)), set(stems(other.text))
    told = sum(weight for word, weight in weights.items() if word in mine & theirs)
    return _are_on_one_thing(mine, theirs) and told >= MIN_SHARE * sum(weights.values()) > 0


def _directions_differ(weights: Mapping[str, float], one: Claim, other: Claim) -> bool:
    """Claims of different studies on what was asked, of which one says that it helps and the other that it
    hinders, or one either of these and the other that it does neither."""
    if one.study_groups & other.study_groups:
        return False
    mine, theirs = set(stems(one.text)), set(stems(other.text))
    if _are_opposed(one, other):
        return is_on(weights, mine & theirs) and _are_on_one_thing(mine, theirs)
    is_denied = _denies(one, other) or _denies(other, one)
    return is_denied and is_on(weights, mine) and is_on(weights, theirs)


def _are_on_one_thing(mine: Set[str], theirs: Set[str]) -> bool:
    """Whether two claims, as stems, have enough in common beside the question's words."""
    return len(mine & theirs) >= IN_COMMON * min(len(mine), len(theirs))


def _are_opposed(one: Claim, other: Claim) -> bool:
    """Whether claims are of opposite sides, and not of two conditions: help by money and hindrance by turnover
    may both hold."""
    conditions = {claim.parameter for claim in (one, other) if claim.parameter}
    return {one.stance, other.stance} == SIDES and len(conditions) <= 1


def _denies(one: Claim, other: Claim) -> bool:
    """Whether a claim that takes no side denies something, and the other takes one and denies nothing."""
    return (
        one.stance is Stance.NEITHER
        and other.stance in SIDES
        and bool(DENIES.search(UNKNOWN.sub(" ", one.text)))
        and not DENIES.search(other.text)
    )


def _figures_differ(weights: Mapping[str, float], one: Claim, other: Claim) -> bool:
    """The same thing, by the words of the question that both have, counted with different figures in different
    documents."""
    if {c.document for c in one.citations} & {c.document for c in other.citations}:
        return False
    if not is_on(weights, set(stems(one.text)) & set(stems(other.text))):
        return False
    mine, theirs = _figures(one.text, weights.keys()), _figures(other.text, weights.keys())
    return any(unit in theirs and values.isdisjoint(theirs[unit]) for unit, values in mine.items())


def _figures(text: str, asked: Set[str]) -> dict[str, set[str]]:
    """Unit → figures, for units that the question asks about; number words are figures too."""
    found: dict[str, set[str]] = {}
    for number, unit in FIGURE.findall(with_figures(text)):
        for word in stems(unit):
            if word in asked:
                found.setdefault(word, set()).add(number.replace(",", ""))
    return found
