"""Drafted claims → what the answer says of them: what speaks against them, and where sources differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.against import CLAIMS, PASSAGES, SHOWN, may_be_opposed, opposites, query_against
from assistant.answering.citing import quoting
from assistant.answering.context import with_context
from assistant.answering.disagreement import with_accounts
from assistant.answering.disputes import dispute_in
from assistant.answering.extractive import opening
from assistant.answering.selection import Candidate, word_weights
from assistant.framework import Framework
from assistant.index import Generation
from assistant.records import Account, Claim, Filter, Place, Status
from assistant.retrieval import Retriever
from assistant.verification import Signals


@dataclass(frozen=True, slots=True)
class Weighed:
    """Claims, the status that they come to, and what points the other way. `tried` counts
    the claims for which that was searched."""

    claims: tuple[Claim, ...]
    status: Status
    against: tuple[Claim, ...] = ()
    tried: int = 0


class Weigher:
    """Weighs the claims of an answer."""

    def __init__(self, retriever: Retriever, framework: Framework) -> None:
        self._retriever = retriever
        self._framework = framework

    def weigh(
        self,
        question: str,
        claims: Sequence[Claim],
        candidates: Sequence[Candidate],
        generation: Generation,
        within: Filter | None = None,
    ) -> Weighed:
        """What checked claims of an answer to a stand-alone question come to. Of the sentences that were read,
        `candidates`, one that says that accounts differ stands beside the first claim, and against it where nothing else
        differs."""
        if not claims:
            return Weighed((), Status.NOT_IN_EVIDENCE)
        tried = claims[:CLAIMS] if may_be_opposed(question) else ()
        found = self._against(question, tried, generation, within) if tried else []
        weights = word_weights(question, generation.catalogue.words.frequency, generation.passages)
        dispute = dispute_in(question, candidates, weights)
        shown = with_accounts(question, claims, weights)
        if dispute is not None:
            shown = _with_dispute(dispute, shown, question, generation)
        do_differ = any(claim.account for claim in shown)
        return Weighed(
            shown,
            Status.SOURCES_DIFFER if do_differ else Status.ANSWERED,
            with_context(question, found, generation.heads),
            len(tried),
        )

    def _against(
        self, question: str, claims: Sequence[Claim], generation: Generation, within: Filter | None
    ) -> list[Claim]:
        """The best of what a second search finds against each of these claims."""
        found = self._retriever.search(query_against(question, claims), PASSAGES, generation, within)
        against: dict[tuple[str, int], Claim] = {}
        for claim in claims:
            words = f"{question} {claim.text}"
            weights = word_weights(words, generation.catalogue.words.frequency, generation.passages)
            for one in opposites(
                question,
                claim,
                found.evidence,
                found.sentence_vectors,
                found.vector,
                weights,
                self._framework,
            )[:1]:
                if within is None or within.takes_sentence(one.sentence):
                    made = quoting(one.evidence, one.position, generation.heads, opening(one))
                    against.setdefault((made.citations[0].document, made.citations[0].start), made)
        return list(against.values())[:SHOWN]


def _with_dispute(
    dispute: Candidate, claims: Sequence[Claim], question: str, generation: Generation
) -> tuple[Claim, ...]:
    """The claims, with a sentence after the first unless one of them quotes it. Unless two differ already it stands
    against the first; where that is from the same study it gives both accounts itself."""
    sentence, document = dispute.sentence, dispute.evidence.document.id
    shown = list(claims)
    places = (at for at, one in enumerate(shown) if one.quotes(document, sentence.start, sentence.end))
    place = next(places, None)
    if place is None:
        made = quoting(dispute.evidence, dispute.position, generation.heads, opening(dispute))
        shown[1:1] = with_context(question, [made], generation.heads)
        place = 1
    if not any(claim.account for claim in shown):
        if shown[0].study_groups & shown[place].study_groups:
            shown[place] = replace(shown[place], account=Account.BOTH)
        else:
            shown[0] = replace(shown[0], account=Account.ONE)
            shown[place] = replace(shown[place], account=Account.OTHER)
    return tuple(shown)


def signals_of(
    question: str,
    candidates: Sequence[Candidate],
    chances: Mapping[Place, float] | None,
    generation: Generation,
    beside_others: float,
) -> Signals:
    """What the decision to answer rests on."""
    frequency = generation.catalogue.words.frequency
    weights = word_weights(question, frequency, generation.passages)
    known = sum(weight for word, weight in weights.items() if frequency(word))
    return Signals(
        cosine=max((c.cosine for c in candidates), default=0.0),
        coverage=max((c.coverage for c in candidates), default=0.0),
        known=known / sum(weights.values()) if weights else 0.0,
        read=_best(chances) if chances is not None else None,
        beside_others=beside_others,
    )


def _best(chances: Mapping[Place, float]) -> tuple[float, float]:
    """The highest chance, and the mean of the three highest."""
    highest = sorted(chances.values(), reverse=True)[:3]
    return (highest[0], sum(highest) / len(highest)) if highest else (0.0, 0.0)
