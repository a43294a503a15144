"""An amount that a question takes for granted, and the sources put otherwise: "Why did each family get £2,000?".

It is told only where a sentence that speaks of the same subject gives another amount of the same kind, and none gives
that one. The sentence is shown with the answer, or among what is nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.citing import quoting
from assistant.answering.extractive import opening, stands_alone
from assistant.answering.intent import is_yes_or_no
from assistant.answering.nearest import SHOWN
from assistant.answering.selection import Candidate
from assistant.answering.side_asked import QUOTED
from assistant.messages import listed
from assistant.numerals import with_figures
from assistant.records import Answer, DocumentHead, Stance
from assistant.subjects import NAMES_SOMEBODY, subject_words
from assistant.words import stem, stems

# A sum of money, and a share: what is written, by sign or word, and times what.
SUM = re.compile(
    r"(?P<sign>[£€$])\s?(?P<number>\d[\d,]*(?:\.\d+)?)(?:\s?(?P<times>k|m|bn|thousand|million|billion)\b)?|"
    r"\b(?P<figure>\d[\d,]*(?:\.\d+)?)(?:\s(?P<multiple>thousand|million|billion))?\s(?P<coin>pounds|euros|dollars)\b",
    re.IGNORECASE,
)
SHARE = re.compile(r"(?<![\d.,])(?P<number>\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent\b)", re.IGNORECASE)
TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
SIGNS = {"pounds": "£", "euros": "€", "dollars": "$"}
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
# What opens a question whose rest is taken for granted, or a clause that is.
TAKES_FOR_GRANTED = re.compile(
    r"^\W*(?:(?:and|but|so)\W+)?(?:(?:why|how|when|where|what)\b[^,?]*?\b(?:did|does|do|is|are|was|were|has|have|had)(?:n[’']t)?\b"
    r"|what (?:happened|became)\b|(?:given|considering|seeing)(?: that)?\b|since\b|now that\b|as\b)",
    re.IGNORECASE,
)
# What is only supposed, is asked after or is the asker's own is not: "if …", "how much", "would £50 do?", "our £50".
NOT_GRANTED = re.compile(
    r"\b(?:if|whether|how (?:much|many)|would|could|should|might|(?-i:may)|can|suppose|imagine|i|we|my|our|(?-i:us)|me|you|your)\b",
    re.IGNORECASE,
)
# A bound, a range or a rough figure is met by many amounts.
ROUGH_BEFORE = re.compile(
    r"\b(?:over|under|above|below|than|least|most|up to|within|about|around|roughly|nearly|almost|some|between)\W*$",
    re.IGNORECASE,
)
ROUGH_AFTER = re.compile(r"\s?(?:[+–-]|(?:to|or|and)\b)", re.IGNORECASE)
# How much of a question's subject a sentence must speak of with what stands above it, and by itself: chosen, not
# measured.
OF_SUBJECT, ITSELF = 0.7, 0.5

Amounts = dict[tuple[str, float], str]


def with_amount_told(
    answer: Answer, candidates: Sequence[Candidate], heads: dict[str, DocumentHead]
) -> Answer:
    """The answer, with a line on an amount that its question takes for granted and what is found gives otherwise, and
    with the sentence that does. `candidates` come best first."""
    presumed = presumed_amounts(answer.standalone_question)
    if not presumed:
        return answer
    ((kind, _), written), *_ = presumed.items()
    subject = SHARE.sub(" ", SUM.sub(" ", answer.standalone_question))
    of_it = [one for one in candidates if _speaks_of(subject, one) and _of_kind(kind, one)]
    if not of_it or any(_of_kind(kind, one).keys() & presumed.keys() for one in candidates):
        return answer
    best = next(filter(stands_alone, of_it), of_it[0])
    given = listed(list(dict.fromkeys(_of_kind(kind, best).values())))
    shown = quoting(best.evidence, best.position, heads, opening(best))
    [cited] = shown.citations
    place = cited.document, cited.start, cited.end
    told = replace(
        answer, message=f"“{written}” is not what is quoted here: that gives {given}. {answer.message}"
    )
    if answer.claims:
        is_quoted = any(claim.quotes(*place) for claim in answer.claims)
        return told if is_quoted else replace(told, claims=(*answer.claims, shown))
    others = [claim for claim in answer.nearest if not claim.quotes(*place)]
    return replace(told, nearest=(replace(shown, stance=Stance.NEITHER), *others)[:SHOWN])


def _of_kind(kind: str, candidate: Candidate) -> Amounts:
    found = amounts_in(candidate.sentence.text)
    return {amount: written for amount, written in found.items() if amount[0] == kind}


def _speaks_of(subject: str, candidate: Candidate) -> bool:
    """Whether a sentence speaks of a subject: of most of its words with what stands above it, and by itself of half of
    those that are no names."""
    names = set(stems(" ".join(NAMES_SOMEBODY.findall(subject))))
    words = {stem(word) for word in subject_words(subject)}
    item = candidate.evidence
    own = set(stems(candidate.sentence.text))
    around = {
        *own,
        *stems(" ".join((*item.passage.section, item.passage.context, item.document.source.title))),
    }
    things = words - names or words
    return (
        bool(words)
        and len(words & around) >= OF_SUBJECT * len(words)
        and len(things & own) >= ITSELF * len(things)
    )


def presumed_amounts(question: str) -> Amounts:
    """The one amount that a stand-alone question takes for granted, as it is written; empty where it is none or
    several."""
    parts = list(_granted(QUOTED.sub(" ", question)))
    [every, exact] = [amounts_in(" ".join(parts), is_exact=only_exact) for only_exact in (False, True)]
    return exact if len(every) == 1 else {}


def _granted(question: str) -> Iterator[str]:
    """The parts of a question that it takes for granted: one that asks why or how, the clause that opens with "given
    that", a sentence that asks nothing."""
    for sentence in SENTENCE_END.split(question):
        opens = TAKES_FOR_GRANTED.match(sentence)
        part = sentence.partition(",")[0] if opens and is_yes_or_no(sentence) else sentence
        if (opens or not sentence.rstrip().endswith("?")) and not NOT_GRANTED.search(part):
            yield part


def amounts_in(text: str, *, is_exact: bool = False) -> Amounts:
    """Sums of money and shares of a text, by kind and value, as they are written; `is_exact` leaves out bounds and
    rough figures."""
    found: Amounts = {}
    plain = text if is_exact else with_figures(text)
    for match in (*SUM.finditer(text), *SHARE.finditer(plain)):
        is_rough = ROUGH_BEFORE.search(match.string[: match.start()]) or ROUGH_AFTER.match(
            match.string[match.end() :]
        )
        if not (is_exact and is_rough):
            found.setdefault(_amount(match), match[0].strip())
    return found


def _amount(match: re.Match[str]) -> tuple[str, float]:
    """The kind and value of what `SUM` or `SHARE` found."""
    if match.re is SHARE:
        return "%", float(match["number"])
    times = TIMES.get((match["times"] or match["multiple"] or "").lower(), 1.0)
    value = float((match["number"] or match["figure"]).replace(",", "")) * times
    return match["sign"] or SIGNS[match["coin"].lower()], value
