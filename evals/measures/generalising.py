"""Over-generalisation: one participant's words told as a general finding.

Models that put research into other words tend to say more than it says (Peters and Chin-Yee 2025, Royal
Society Open Science 12: 241776); here the worst form of it: "studies show" or "practitioners find" for a
single interviewee.
"""

from __future__ import annotations

import re

from assistant.notation import CODE
from assistant.records import Answer, Claim, Voice

GENERAL = re.compile(
    r"\b(?:stud(?:y|ies)|research|evidence|literature|evaluations?|reviews?|sources)\b"
    r"|\b(?:most|all|many|every|always|generally|usually|typically|widely|commonly|often|everyone|everybody)\b"
    r"|\b(?:interviewees|participants|informants|respondents|practitioners|managers|leaders|workers|staff|teams"
    r"|organisations|organizations|services|councils|authorities|agencies|people|families)\b",
    re.IGNORECASE,
)
# Words that leave the claim with the one who said it.
ATTRIBUTED = re.compile(
    r"\b(?:an?|one|this|the) (?:\w+ ){0,2}?(?:interviewee|participant|informant|respondent|speaker|practitioner|manager"
    rf"|leader|worker|director|person)\b|\b{CODE}\b|\baccording to\b|\b(?:says|said|told|thinks|felt|recalls)\b",
    re.IGNORECASE,
)


def over_generalised(answer: Answer) -> float | None:
    """Share of claims in their own words, resting on one participant, that are told as general. Lower is better.

    A general word that the quotation itself has is the participant's own. None if no such claim is made;
    claims that quote their source are not judged.
    """
    made = [claim for claim in answer.claims if _is_reworded(claim) and _rests_on_one(claim)]
    if not made:
        return None
    return sum(_is_general(claim) for claim in made) / len(made)


def _is_reworded(claim: Claim) -> bool:
    return bool(claim.citations) and all(claim.text != citation.quote for citation in claim.citations)


def _rests_on_one(claim: Claim) -> bool:
    speakers = {(citation.study_group, citation.speaker) for citation in claim.citations}
    return len(speakers) == 1 and all(citation.voice is Voice.PARTICIPANT for citation in claim.citations)


def _is_general(claim: Claim) -> bool:
    if ATTRIBUTED.search(claim.text):
        return False
    quotes = " ".join(citation.quote for citation in claim.citations).lower()
    return any(match.group().lower() not in quotes for match in GENERAL.finditer(claim.text))
