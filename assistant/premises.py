"""Questions that put words into somebody's mouth ("What did P13 mean when …?"): do the words stand there?

Recognised by their form. The claim is searched for without the name. Where what that person or study says comes
near to it, the question is answered as any other; where it does not, the answer says so, with what others say that
does and with what is nearest in the person's own words. It never says that something was not said: only that it
does not stand here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.citing import quoting
from assistant.answering.selection import Candidate, is_eligible
from assistant.encoding import Vectors
from assistant.index import Generation
from assistant.records import Answer, DocumentHead, Evidence, Sentence, Stance, Status
from assistant.words import stems

INTENT = "attribution"
CODE = r"[A-Z]{1,3}\d{1,3}"
NAME = r"[A-Z][\w’'-]+(?: (?:and |& )?[A-Z][\w’'-]+){0,3}(?: (?:et al\.?|and (?:colleagues|others)))?"
STUDY = r"(?: (?i:paper|study|trial|review|report|team|authors|evaluation|project|article|programme))*"
WHO = rf"(?P<who>{CODE}|(?:(?i:the) )?{NAME}{STUDY})"
SAID = (
    r"(?i:said|says|say|claimed|claims|claim|found|finds|find|showed|shows|show|proved|proves|prove|argued|argues|argue|wrote|writes"
    r"|write|concluded|concludes|conclude|thinks|think|thought|believes|believe|believed|warned|warns|warn|held|holds|stated|states"
    r"|reported|reports|report|went on about|complained|complains)"
)
CLAIM = r"(?:(?i:that) )?(?P<claim>[^?]+?)"
END = r"\W*$"
TAG = r",? (?i:(?:did|does|do|is|was|were|has|have|had)(?:n[’']t)? (?:he|she|they|it|that)(?: not)?|right|correct|no|is that (?:right|so|true))"
FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?i:what (?:did|does|could|might)) {WHO} (?i:mean|have in mind) (?i:when (?:he|she|they) {SAID}|by saying|in saying) {CLAIM}{END}",
        rf"(?i:was it|is it) {WHO} (?i:who|that) {SAID} {CLAIM}{END}",
        rf"(?i:why|when|where) (?i:did|does|would) {WHO} {SAID} {CLAIM}{END}",
        rf"^\W*(?i:did|does|has) {WHO} (?i:really )?{SAID} {CLAIM}{END}",
        rf"^\W*(?:(?i:so|and|but),? )?{WHO} (?i:really )?{SAID} {CLAIM}{TAG}{END}",
    )
)
NOT_A_NAME = re.compile(
    r"^(?:The|A|An|It|I|We|You|They|He|She|What|Which|Who|That|This|How|Why|Did|Does|So)$"
)
# What is said of somebody's words that come as near as this to the nearest of all is not doubted, nor what has so
# much of the claim, or is so likely to answer it.
AS_NEAR = 0.85
BEARS = 0.6
READS_AS_ANSWER = 0.5
# Somebody else's words are shown as what the question may mean if they have at least this much of the claim.
MEANT = 0.33
NEAREST = 2


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a question says that somebody said."""

    who: str
    claim: str

    @property
    def is_code(self) -> bool:
        """Whether it is an interviewee's code."""
        return re.fullmatch(CODE, self.who) is not None


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search for the claim alone gave."""

    evidence: tuple[Evidence, ...]
    candidates: Sequence[Candidate]
    chances: Mapping[tuple[str, int], float]
    vector: Vectors


def attribution_in(question: str) -> Attribution | None:
    """What a stand-alone question puts into somebody's mouth; None if it does not."""
    for form in FORMS:
        match = form.search(question)
        if match and not NOT_A_NAME.match(match["who"]) and len(stems(match["claim"])) >= 2:
            return Attribution(match["who"], match["claim"].strip(" ,.\"“”'‘’"))
    return None


def own_sentences(attribution: Attribution, generation: Generation) -> list[tuple[Evidence, int]]:
    """Where the person or study speaks: evidence and position of each sentence; empty if nobody of that name is
    known."""
    is_own = _test(attribution)
    speakers = generation.catalogue.speakers()
    found = []
    for head in generation.heads.values():
        if not is_own(head, None) and not any(map(_as_word(attribution), speakers.get(head.id, ()))):
            continue
        for passage in generation.catalogue.passages_of(head.id):
            found += [
                (Evidence(1, passage, head, {}, "words"), position)
                for position, sentence in enumerate(passage.sentences)
                if is_eligible(sentence) and is_own(head, sentence)
            ]
    return found


def premise_answer(question: str, generation: Generation, search: Callable[[str], Sought]) -> Answer | None:
    """What to say where a stand-alone question puts words into somebody's mouth that do not stand there; None
    where they may, and where nobody of that name is known."""
    attribution = attribution_in(question)
    own = own_sentences(attribution, generation) if attribution else []
    if attribution is None or not own:
        return None
    found = search(attribution.claim)
    places = {(item.passage.id, position) for item, position in own}
    best = max((one.relevance for one in found.candidates), default=0.0)
    if any(_bears(one, best, found.chances) for one in found.candidates if _place(one) in places):
        return None
    others = [
        one
        for one in found.candidates
        if _place(one) not in places and (one.sentence.speaker or not attribution.is_code)
    ]
    meant = [one for one in others[:1] if one.coverage >= MEANT]
    shown = [(one.evidence, one.position) for one in meant]
    shown += _nearest(own, found.vector, generation)
    # What stands here is shown for who said it, whatever its side.
    claims = [
        replace(quoting(item, position, generation.heads), stance=Stance.NEITHER) for item, position in shown
    ]
    return Answer(
        question=question,
        standalone_question=question,
        status=Status.ANSWERED,
        message=_message(attribution, meant),
        claims=tuple(claims),
        evidence=_with(found.evidence, [item for item, _ in shown]),
        provenance={"intent": INTENT, "written_by": "selection"},
    )


def _with(evidence: Sequence[Evidence], shown: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """What was found, and after it the passages that are shown though the search did not find them."""
    whole: dict[str, Evidence] = {}
    for item in (*evidence, *shown):
        whole.setdefault(item.passage.id, item)
    return tuple(replace(item, rank=rank) for rank, item in enumerate(whole.values(), 1))


def _bears(candidate: Candidate, best: float, chances: Mapping[tuple[str, int], float]) -> bool:
    return (
        candidate.relevance >= AS_NEAR * best
        or candidate.coverage >= BEARS
        or chances.get(_place(candidate), 0.0) >= READS_AS_ANSWER
    )


def _message(attribution: Attribution, meant: Sequence[Candidate]) -> str:
    whose = f"{attribution.who}’s words" if attribution.is_code else f"what is stored of {attribution.who}"
    told = f"Nothing in {whose} here says that."
    for candidate in meant:
        sentence, head = candidate.sentence, candidate.evidence.document
        whom = f"what {sentence.speaker} is quoted with" if sentence.speaker else f"“{head.source.title}”"
        told += f" It comes nearest to {whom}."
    return f"{told} The nearest that is found of {attribution.who} stands below; what is not stored here may say more."


def _test(attribution: Attribution) -> Callable[[DocumentHead, Sentence | None], bool]:
    """Whether a sentence is the person's or study's own; with None, whether the whole document may be."""
    is_meant = _as_word(attribution)
    names = _names(attribution)

    def is_own(head: DocumentHead, sentence: Sentence | None) -> bool:
        if not attribution.is_code:
            source = head.source
            about = " ".join([*source.authors, source.title, head.name, source.study_group or ""]).lower()
            if all(name.lower() in about for name in names):
                return True
        return sentence is not None and (
            any(map(is_meant, (sentence.speaker or "").split(", ")))
            or (
                not attribution.is_code
                and all(re.search(rf"\b{re.escape(name)}\b", sentence.text) for name in names)
            )
        )

    return is_own


def _as_word(attribution: Attribution) -> Callable[[str], bool]:
    """Whether a speaker is the one that is meant: of that code, or of that name."""
    if attribution.is_code:
        return lambda speaker: speaker == attribution.who
    names = _names(attribution)
    return lambda speaker: all(name in speaker for name in names)


def _names(attribution: Attribution) -> list[str]:
    """The names that were given, without what every study is called."""
    words = re.findall(r"[A-Z][\w’'-]+", attribution.who)
    return [re.sub(r"[’']s$", "", word) for word in words if word != "The"]


def _nearest(
    own: Sequence[tuple[Evidence, int]], vector: Vectors, generation: Generation
) -> Iterator[tuple[Evidence, int]]:
    """The person's sentences that are nearest to the claim by meaning."""
    identities = sorted({item.passage.id for item, _ in own})
    held = generation.catalogue.sentence_vectors(identities)
    vectors = {identity: held.of(n) for n, identity in enumerate(identities)}
    scored = sorted(
        own,
        key=lambda pair: (
            -round(float(vectors[pair[0].passage.id][pair[1]] @ vector), 6),
            pair[0].passage.id,
            pair[1],
        ),
    )
    yield from scored[:NEAREST]


def _place(candidate: Candidate) -> tuple[str, int]:
    return candidate.evidence.passage.id, candidate.position
