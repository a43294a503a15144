"""Sentences that say themselves that accounts differ: one party disputes what another holds, or finds it overstated.

One such sentence on what was asked tells of both accounts, whatever the labels of other sentences say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.answering.disagreement import asked_words, is_on, may_differ
from assistant.answering.extractive import stands_alone
from assistant.answering.selection import Candidate
from assistant.words import stems

# What is disputed: somebody's words or findings.
ACCOUNT = (
    r"(?:articles?|papers?|chapters?|reports?|reviews?|synthes[ie]s|stud(?:y|ies)|evaluations?|findings?|conclusions?|critics?"
    r"|criticisms?|beliefs?|views?|claims?|assumptions?|notions?|theor(?:y|ies|ists?)|arguments?|wisdom)"
)
REJECTS = (
    r"(?:disput(?:es?|ed)|den(?:y|ies|ied)|refut(?:es?|ed)|reject(?:s|ed)?|contest(?:s|ed)?|contradict(?:s|ed)?"
    r"|rebut(?:s|ted)?)"
)
OBJECTS = (
    rf"(?:{REJECTS}|challenged|criticis(?:es?|ed)|criticiz(?:es?|ed)|objected|complained|disagree(?:s|d)?|countered|doubted"
    r"|answered)"
)
DISPUTES = re.compile(
    "|".join(
        (
            rf"\b{OBJECTS}(?:\W+\w+){{0,5}}?\W+{ACCOUNT}\b",
            rf"\b{ACCOUNT}\b[^.;]{{0,200}}\b{REJECTS}\b",
            rf"\bagainst the (?:\w+ )?{ACCOUNT}\b",
            r"\b(?:critics|critical voices|opponents|sceptics|skeptics)\b",
            # Somebody makes more or less of it than there is.
            r"\b(?:over-?|under-?)(?:emphasi[sz]|stat|estimat|rat)(?:e|es|ed|ing)\b|\bexaggerat\w+|\bmak(?:es?|ing) too much of\b",
            # "Less clear than many think", "as efficient as was hoped", "common belief".
            r"\b(?:than|as) (?:(?:many|most|some|often|commonly|widely|people|is|was|were|once|had been) ){1,3}"
            r"(?:think|thought|believed?|assumed?|claim(?:ed)?|supposed?|hoped|expected)\b",
            r"\b(?:contrary to|conventional wisdom|common belief|commonly believed|popular belief)\b",
            r"(?:\bnot|n[’']t|\bnever|\bcannot) (?:accept(?:s|ed)?|agreed?|convinced|persuaded|(?:think|thought|believed?)"
            r"(?: in \d{4})? that)\b",
            # Within its clause "in fact" corrects; at the head of one it only goes on.
            r"\b(?:is|are|was|were|has|have|had|do|does|did) in (?:fact|reality|truth)\b",
            r"\b(?:at odds with|inconsistent with|conflict(?:s|ed|ing)? with|conflicting|discrepanc(?:y|ies)"
            r"|(?:do|does|did) not (?:add up|agree|match|tally))\b",
            r"\b(?:controversial|contested|contentious|no consensus|double-edged"
            r"|mixed (?:success|results|evidence|findings|picture|views|opinions))\b",
        )
    ),
    re.IGNORECASE,
)
# How many of the best sentences are looked through: evals/decisions/disagreement.md.
BEST = 10
# One this much less relevant than the best tells of another dispute: evals/decisions/disagreement.md.
WITHIN = 0.8
# How much of the question's words it has, by weight: evals/decisions/disagreement.md.
SHARE = 0.3


def dispute_in(
    question: str, candidates: Sequence[Candidate], weights: Mapping[str, float]
) -> Candidate | None:
    """The best of the sentences that were read which says that accounts differ on what is asked, if one does.
    `candidates` stand in the order of their relevance."""
    if not candidates or not may_differ(question):
        return None
    least = WITHIN * candidates[0].relevance
    asked = asked_words(question, weights)
    return next(
        (
            one
            for one in candidates[:BEST]
            if one.relevance >= least
            and DISPUTES.search(one.sentence.text)
            and is_on(asked, set(stems(one.sentence.text)), SHARE)
            and stands_alone(one)
        ),
        None,
    )
