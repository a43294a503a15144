"""A result in plain form: what was asked, found, chosen and cited, and in which step it was lost.

Words of documents are named by key and kept apart, so that what is saved quotes no document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from assistant.records import Citation, Claim, Passage
from assistant.rendering import reference
from evals.cases import Case, Gold
from evals.library import Library
from evals.lost import is_covered, step_of
from evals.measures.anchoring import cited
from evals.run import Result
from evals.runs import Stretch

SHOWN = 10


def tell(result: Result, library: Library) -> dict[str, Any]:
    """The item of one result; JSON as it stands, the same for the same result."""
    case, answer = result.case, result.answer
    step = step_of(case, answer, library)
    return {
        "id": case.id,
        "case": digest_of(case, library),
        "type": case.type,
        "persona": case.persona,
        "question": case.question,
        "previous": [f"{turn.role}: {turn.content}" for turn in case.previous],
        "expected": case.expected,
        "status": answer.status.value,
        "step": step.value if step else "",
        "gold": [_tell_gold(gold, result, library) for gold in case.gold],
        "key_facts": list(case.key_facts),
        "must_not": [*case.must_not, *case.must_not_words],
        "found": [item.passage.id for item in answer.evidence[:SHOWN]],
        "chosen": [_tell_claim(claim) for claim in (*answer.claims, *answer.dropped)],
    }


def digest_of(case: Case, library: Library) -> str:
    """Twelve hex digits of what a case asks and expects; the places of its gold may move."""
    golds = [library.documents[g.document].text[g.start : g.end] for g in case.gold]
    turns = [part for turn in case.previous for part in (turn.role, turn.content)]
    asked = "\0".join([case.question, case.expected, *turns, *golds])
    return hashlib.sha256(asked.encode()).hexdigest()[:12]


def stretches_of(results: Sequence[Result], library: Library) -> dict[str, Stretch]:
    """The words that the items of these results name: gold, passages found, quotations."""
    shown: dict[str, Stretch] = {}
    for result in results:
        for item in result.answer.evidence[:SHOWN]:
            shown[item.passage.id] = Stretch(_where(item.passage, library), item.passage.text)
        for claim in (*result.answer.claims, *result.answer.dropped):
            for citation in claim.citations:
                shown[_key(citation)] = Stretch(reference(citation), citation.quote)
    for gold in (gold for result in results for gold in result.case.gold):
        words = library.documents[gold.document].text[gold.start : gold.end]
        # A citation of the same words says more of where they stand.
        shown.setdefault(_key(gold), Stretch(library.heads[gold.document].name, words))
    return shown


def _tell_gold(gold: Gold, result: Result, library: Library) -> dict[str, Any]:
    return {
        "stretch": _key(gold),
        "file": library.heads[gold.document].name,
        "in the index": is_covered(gold, library.passages_of(gold.document)),
        "rank": _rank(gold, [item.passage for item in result.answer.evidence]),
        "cited": is_covered(gold, cited(result.answer.claims)),
    }


def _rank(gold: Gold, passages: Sequence[Passage]) -> int | None:
    """How many of the first passages are needed for a gold stretch to be found."""
    ranks: Iterable[int] = range(1, len(passages) + 1)
    return next((rank for rank in ranks if is_covered(gold, passages[:rank])), None)


def _tell_claim(claim: Claim) -> dict[str, Any]:
    quotes = [citation.quote for citation in claim.citations]
    return {
        # A claim that quotes is named by its citation; words of its own are the model's, and are told.
        "words": "" if claim.text in quotes else claim.text,
        "stance": claim.stance.value,
        "support": claim.support.value,
        "reason": claim.reason,
        "basis": claim.basis,
        "cited": [_key(citation) for citation in claim.citations],
    }


def _key(place: Gold | Citation) -> str:
    return f"{place.document[:12]}:{place.start}-{place.end}"


def _where(passage: Passage, library: Library) -> str:
    parts = [library.heads[passage.document].name, " > ".join(passage.section)]
    parts += [f"p. {passage.page}" if passage.page else "", passage.speaker or ""]
    return ", ".join(part for part in parts if part)
