"""Questions about what one person or study said, answered with their own words.

Where a question asks what they said of something, what comes near to it of theirs is shown, and nobody else's words.
Where it puts words into their mouth ("What did P13 mean when …?"), these are searched for without the name, and the
answer tells whether they stand there. It never says that something was not said: only that it does not stand here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.against import DENIES
from assistant.answering.attribution import Attribution, attribution_in, words_asked
from assistant.answering.citing import quoting
from assistant.answering.extractive import draft, opening
from assistant.answering.intent import Intent
from assistant.answering.own_words import OwnSentence, names_all, own_sentences, said_by
from assistant.answering.selection import Candidate
from assistant.encoding import Vectors
from assistant.framework import Framework
from assistant.index import Generation
from assistant.messages import listed, message_of
from assistant.records import Answer, Claim, Evidence, Filter, Place, Stance, Status
from assistant.verification import word_share
from assistant.verification.amounts import numbers_fault
from assistant.verification.faults import direction_fault, negation_fault
from assistant.verification.turned import turned_fault

INTENT = "attribution"
# The shares here are choices, not measured: most of the words, half of them, a third.
# A sentence speaks of what is asked after that has so much of its words, or is so likely to answer the question.
BEARS, READS_AS_ANSWER = 0.6, 0.5
# Somebody else is not taken to be meant where a sentence of theirs has so much of the claim.
HALF = 0.5
# Somebody else's words are shown as what the question may mean if they have at least this much of the claim.
MEANT = 0.33
# How many of somebody's sentences are shown as the nearest.
NEAREST = 2
LISTED = "The nearest passages are listed as such."
NO_WORDS = "No words {whose} stand in what is searched here."


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search gave for what is said to have been said, or for what is asked of."""

    evidence: tuple[Evidence, ...]
    candidates: Sequence[Candidate]
    chances: Mapping[Place, float]
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers from one state of the index, within a filter; `search` looks there, within another."""

    generation: Generation
    framework: Framework
    search: Callable[[str, Filter], Sought]
    within: Filter

    def answer(self, question: str) -> Answer | None:
        """The answer to a stand-alone question about somebody's words; None for any other, and for one about a name
        under which nothing is known though it may be stored under another."""
        asked = attribution_in(question) or words_asked(question)
        if asked is None:
            return None
        own = own_sentences(asked, self.generation, self.within)
        if not own and not asked.is_code and (asked.is_asserted or not asked.is_name):
            return None
        if not own:
            return self._of_nobody(question, asked)
        documents = tuple(dict.fromkeys(item.document.id for item, _ in own))
        found = self.search(question, replace(self.within, source=documents))
        places = {(item.passage.id, position) for item, position in own}
        near = [one for one in self._near(asked, found) if one.place in places]
        if asked.is_asserted:
            return self._held_against(question, asked, own, found, near)
        claims = self._drafted(near)
        # Only codes are several people for certain: a name may hold an "and".
        people = asked.people if asked.is_code else ()
        silent = [who for who in people if not said_by(who, self.generation, self.within)]
        told = [NO_WORDS.format(whose=f"of {listed(silent)}")] if 0 < len(silent) < len(asked.people) else []
        if claims:
            return _answer(question, [*told, _statement(claims, found.evidence)], claims, found.evidence)
        told.append(f"Nothing of {asked.who} on this stands in what is searched here. {LISTED}")
        nearest = [item for item, _ in self._nearest(own, found.vector)]
        return _answer(question, told, (), _joined(nearest, found.evidence), INTENT)

    def _of_nobody(self, question: str, asked: Attribution) -> Answer:
        """That nobody of this code or name speaks here; who does say what is asked after, or tells of the name."""
        if asked.is_asserted:
            return self._nothing_says(question, asked, (), self.search(asked.claim, self.within))
        found = self.search(question, self.within)
        naming = [one for one in self._near(asked, found) if names_all(asked.who, one.sentence.text)]
        claims = [] if asked.is_code else self._drafted(naming)
        whose = "under that code" if asked.is_code else f"of {asked.who}’s own"
        told = [
            NO_WORDS.format(whose=whose),
            "What names them below is told by others." if claims else LISTED,
        ]
        return _answer(question, told, claims, found.evidence, INTENT)

    def _held_against(
        self,
        question: str,
        said: Attribution,
        own: Sequence[OwnSentence],
        found: Sought,
        near: Sequence[Candidate],
    ) -> Answer:
        """Whether what they are said to have said stands there; if not, what comes nearest to it."""
        claims = self._drafted(near)
        if claims and any(self._bears(one, said.claim) for one in near):
            return _answer(question, [_statement(claims, found.evidence)], claims, found.evidence)
        elsewhere = self.search(said.claim, self.within)
        others = self._others(said, own, elsewhere)[:1]
        # What comes nearest of all is another’s, and nothing of theirs has half of the words.
        is_meant = (
            bool(others)
            and others[0] is elsewhere.candidates[0]
            and others[0].coverage >= MEANT
            and not any(_has_words_of(said.claim, one, HALF) for one in near)
        )
        if is_meant or not claims:
            return self._nothing_says(question, said, own, elsewhere)
        told = f"Nothing in {_words_of(said)} here says that in so many words; what speaks of it there stands below."
        return _answer(question, [told], claims, found.evidence, INTENT)

    def _nothing_says(
        self, question: str, said: Attribution, own: Sequence[OwnSentence], found: Sought
    ) -> Answer:
        """That nothing of theirs says it, with what others say that does, and the nearest of their words."""
        told = [
            f"Nothing in {_words_of(said)} here says that."
            if own
            else NO_WORDS.format(whose="under that code")
        ]
        meant = [one for one in self._others(said, own, found)[:1] if one.coverage >= MEANT]
        for one in meant:
            sentence, head = one.sentence, one.evidence.document
            whom = f"what {sentence.speaker} is quoted with" if sentence.speaker else f"“{head.source.title}”"
            told.append(f"It comes nearest to {whom}.")
        if own:
            told.append(
                f"The nearest that is found of {said.who} stands below; what is not stored here may say more."
            )
        shown = [(one.evidence, one.position) for one in meant] + self._nearest(own, found.vector)
        # What stands here is shown for who said it, whatever its side.
        claims = [
            replace(quoting(item, position, self.generation.heads), stance=Stance.NEITHER)
            for item, position in shown
        ]
        return _answer(question, told, claims, _joined(found.evidence, [item for item, _ in shown]), INTENT)

    @staticmethod
    def _near(asked: Attribution, found: Sought) -> list[Candidate]:
        """The candidates that speak of what is asked after: they have most of its words, or read as an answer."""
        return [
            one
            for one in found.candidates
            if _has_words_of(asked.claim, one) or found.chances.get(one.place, 0.0) >= READS_AS_ANSWER
        ]

    @staticmethod
    def _others(said: Attribution, own: Sequence[OwnSentence], found: Sought) -> list[Candidate]:
        """The candidates that are not theirs; beside a code, those of others with one, or a name."""
        places = {(item.passage.id, position) for item, position in own}
        return [
            one
            for one in found.candidates
            if one.place not in places and (one.sentence.speaker or not said.is_code)
        ]

    def _drafted(self, candidates: Sequence[Candidate]) -> list[Claim]:
        """Claims of these sentences; of those that point back too, with what they point to, if there are no others."""
        heads = self.generation.heads
        return draft(Intent.FACT, candidates, heads, self.framework) or [
            quoting(one.evidence, one.position, heads, opening(one)) for one in candidates[:NEAREST]
        ]

    def _bears(self, candidate: Candidate, claim: str) -> bool:
        """Whether a sentence says what is claimed: it has most of its words, and neither denies nor turns round
        what that asserts, nor the reverse."""
        words = candidate.sentence.text
        cited = replace(quoting(candidate.evidence, candidate.position, self.generation.heads), text=claim)
        return (
            _has_words_of(claim, candidate)
            and bool(DENIES.search(claim)) is bool(DENIES.search(words))
            and not numbers_fault(claim, words)
            and not direction_fault(cited, words)
            and not negation_fault(claim, [words])
            and not turned_fault(claim, [words])
        )

    def _nearest(self, own: Sequence[OwnSentence], vector: Vectors) -> list[OwnSentence]:
        """Those of the sentences that are nearest to what was searched for, by meaning."""
        identities = sorted({item.passage.id for item, _ in own})
        held = self.generation.catalogue.sentence_vectors(identities)
        vectors = {identity: held.of(n) for n, identity in enumerate(identities)}
        return sorted(
            own,
            key=lambda pair: (
                -round(float(vectors[pair[0].passage.id][pair[1]] @ vector), 6),
                pair[0].passage.id,
                pair[1],
            ),
        )[:NEAREST]


def _answer(
    question: str,
    told: Sequence[str],
    claims: Sequence[Claim],
    evidence: Sequence[Evidence],
    intent: str = Intent.FACT.value,
) -> Answer:
    return Answer(
        question=question,
        standalone_question=question,
        status=Status.ANSWERED if claims else Status.NOT_IN_EVIDENCE,
        message=" ".join(told),
        claims=tuple(claims),
        evidence=tuple(evidence),
        provenance={"intent": intent, "written_by": "selection"},
    )


def _statement(claims: Sequence[Claim], evidence: Sequence[Evidence]) -> str:
    return message_of(Status.ANSWERED, claims, evidence, is_of_fact=True)


def _joined(first: Sequence[Evidence], then: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Passages in this order, each once."""
    whole: dict[str, Evidence] = {}
    for item in (*first, *then):
        whole.setdefault(item.passage.id, item)
    return tuple(replace(item, rank=rank) for rank, item in enumerate(whole.values(), 1))


def _has_words_of(claim: str, candidate: Candidate, share: float = BEARS) -> bool:
    return word_share(claim, candidate.sentence.text) >= share


def _words_of(said: Attribution) -> str:
    return f"{said.who}’s words" if said.is_code else f"what is stored of {said.who}"
