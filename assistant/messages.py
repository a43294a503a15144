"""The first lines of an answer: what it comes to, and what that rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.records import Citation, Claim, DocumentHead, Evidence, Stance, Status
from assistant.words import stems

# Names of conditions that the first lines of an answer give for each side.
THEMES = 3
# Characters of a statement that an answer opens with.
LEAD = 320
# Where a clause ends and the next begins.
CLAUSE_END = re.compile(r"[.,;:!?–—]\s+")
SIDES = (
    ("What helps here", Stance.ENABLER),
    ("What hinders", Stance.BARRIER),
    ("What cuts both ways", Stance.BOTH),
)
SIDE_STANCES = {stance for _, stance in SIDES}
RESTS_ON = "The evidence gives"
DIFFER = "The sources differ."
LINE = re.compile(
    rf"(?<=\.)(?<!{re.escape(DIFFER)}) (?={'|'.join([*(f'{words}: ' for words, _ in SIDES), f'{RESTS_ON} '])})"
)


def message_of(
    status: Status,
    claims: Sequence[Claim],
    evidence: Sequence[Evidence],
    question: str = "",
    *,
    is_of_fact: bool = False,
    is_sure: bool = True,
) -> str:
    """The answer in a few lines, above the claims: what answers best, in its own words; which conditions help and
    hinder, unless the question is one of fact; and what that rests on. What is long is cut to where it has most of
    the question's words. Where nothing is answered `is_sure` tells whether it certainly cannot be."""
    if status is Status.NOT_IN_EVIDENCE:
        told = "This is not in the evidence." if is_sure else "Nothing here surely answers this."
        nearest = "The nearest passages are listed as such." if evidence else "Nothing near it was found."
        return f"{told} {nearest}"
    differ = f"{DIFFER} " if status is Status.SOURCES_DIFFER else ""
    best = next((claim for claim in claims if claim.leads), None)
    if claims and (is_of_fact or claims[0].stance is Stance.NEITHER):
        told = _statement(best or claims[0], question)
        rests_on = f" In all {len(claims)} statements, from {_rests_on(claims, evidence)}."
        return f"{differ}{told}{rests_on if len(claims) > 1 else ''}"
    told = f"{_statement(best, question)} " if best else ""
    return f"{differ}{told}{_themes(claims)}{_counted(claims, evidence)}"


def _counted(claims: Sequence[Claim], evidence: Sequence[Evidence]) -> str:
    """How many claims stand on each side, and what they rest on."""
    sided = [claim for claim in claims if claim.stance in SIDE_STANCES]
    helps = sum(claim.stance is Stance.ENABLER for claim in claims)
    hinders = sum(claim.stance is Stance.BARRIER for claim in claims)
    both = sum(claim.stance is Stance.BOTH for claim in claims)
    parts = [
        f"{count} {name}"
        for count, name in (
            (helps, plural(helps, "thing that helps", "things that help")),
            (hinders, plural(hinders, "thing that hinders", "things that hinder")),
            (both, plural(both, "condition that cuts both ways", "conditions that cut both ways")),
        )
        if count
    ]
    return f"{RESTS_ON} {listed(parts)}, from {_rests_on(sided, evidence)}."


def lines_of(message: str) -> tuple[list[str], str]:
    """The first lines of an answer, each side on a line of its own; and what they rest on, which is told in smaller
    print, or "" where nothing else is told."""
    *lines, last = LINE.split(message)
    if lines and last.startswith(RESTS_ON):
        return lines, last
    return [*lines, last], ""


def _statement(claim: Claim, question: str) -> str:
    """What answers best, in its own words, and where it is from."""
    words = _cut(" ".join(claim.text.split()), question)
    quoted = any(claim.text == citation.quote for citation in claim.citations)
    return f"“{words}” — {claim.basis}." if quoted else words


def _cut(words: str, question: str) -> str:
    """As much of long words as an answer opens with: from the first clause on from which so much has most of the
    question's words."""
    if len(words) <= LEAD:
        return words
    asked = set(stems(question))
    starts = [0, *(match.end() for match in CLAUSE_END.finditer(words))]
    start = max(starts, key=lambda at: len(asked & set(stems(words[at : at + LEAD]))))
    shown = words[start:]
    if len(shown) > LEAD:
        shown = shown[:LEAD].rsplit(" ", 1)[0] + " …"
    return shown if start == 0 else f"… {shown}"


def _rests_on(claims: Iterable[Claim], evidence: Iterable[Evidence]) -> str:
    heads = {item.document.id: item.document for item in evidence}
    return counted_sources([citation for claim in claims for citation in claim.citations], heads)


def counted_sources(citations: Iterable[Citation], heads: Mapping[str, DocumentHead]) -> str:
    """How many studies, files of one counted once, are cited: "2 independent studies". They are called sources
    where one of them is a talk or an opinion, or its kind is not known."""
    groups: dict[str, bool] = {}
    for citation in citations:
        head = heads.get(citation.document)
        is_study = head is not None and head.is_study
        groups[citation.study_group] = groups.get(citation.study_group, False) or is_study
    number = len(groups)
    if all(groups.values()):
        return f"{number} {plural(number, 'study', 'independent studies')}"
    return f"{number} {plural(number, 'source', 'independent sources')}"


def _themes(claims: Sequence[Claim]) -> str:
    """The framework's names for what claims speak of: two sides at most, in the order of the claims, so that what
    was asked for comes first; what cuts both ways only beside fewer. Nothing of claims that speak of none."""
    names: dict[Stance, list[str]] = {}
    for claim in claims:
        if claim.parameter:
            names.setdefault(claim.stance, []).append(claim.parameter)
    words = {stance: opening for opening, stance in SIDES}
    sides = sorted((stance for stance in names if stance in words), key=lambda side: side is Stance.BOTH)
    return "".join(f"{words[side]}: {_named(names[side])}. " for side in sides[:2])


def _named(names: Sequence[str]) -> str:
    return "; ".join(name[:1].lower() + name[1:] for name in list(dict.fromkeys(names))[:THEMES])


def listed(parts: Sequence[str]) -> str:
    """Several parts as one enumeration; at least one."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def plural(count: int, one: str, many: str) -> str:
    """The word for one, or for many."""
    return one if count == 1 else many
