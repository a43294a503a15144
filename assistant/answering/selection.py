"""Which sentences of the evidence answer the question best."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.context import asked_context, tells_of_elsewhere
from assistant.answering.shapes import Shape, counts, enumerates, names, shape_of
from assistant.answering.side_asked import QUOTED
from assistant.encoding import Signal, Vectors
from assistant.figures import gives
from assistant.records import Evidence, Kind, Place, Sentence, Voice
from assistant.sentences import is_whole
from assistant.words import stems

# How the parts of a sentence's relevance weigh, each within 0..1: evals/decisions/choosing.md.
WEIGHTS = {"meaning": 0.23, "words": 0.09, "passage": 0.23, "tokens": 0.45}
# What the reader's word weighs beside them: evals/decisions/choosing.md.
READER = 0.4
MIN_WORDS = 5
# What a sentence gains that gives an amount of the kind that the question asks for; once more if it is of what is
# to be counted.
FIGURE_BONUS = 0.12
# What a sentence gains that names several things when a list is asked for.
LIST_BONUS = 0.1
# What a sentence gains that names both of what the question compares.
BOTH_BONUS = 0.08
# What a sentence gains that is of the kind that was asked for.
KIND_BONUS = 0.06
# What a sentence loses that is of another place, field or time than the question names: evals/decisions/choosing.md.
ELSEWHERE_LOSS = 0.1
# What somebody's own words gain when these are asked for.
WORDS_BONUS = 0.15
ASKS_FOR_WORDS = re.compile(
    r"\b(?:quot(?:e|es|ation|ations)|line|lines|words|wording|remark|remarks|said|say|says)\b.{0,300}\b(?:interviewees?|informants?|participants?"
    r"|respondents?|practitioners?|someone|somebody|a worker|a manager|P\d+)\b"
    r"|\b(?:interviewees?|informants?|participants?|respondents?|P\d+)\b.{0,300}\b(?:quot\w+|line|words|said|say|says|wanted|told)\b"
    r"|\bwho (?:said|says|told|called|used the (?:picture|phrase|words))\b|\bwho said it\b"
    r"|\b(?:which|what) (?:interviewee|informant|participant|respondent|speaker)s?\b",
    re.IGNORECASE,
)
# Words letter for letter are somebody's, unless a text's are asked for. Nothing else is taken then, and a gain for
# them would only bring in what is far off.
VERBATIM = re.compile(
    r"\b(?:(?:exact|very|actual) (?:words|wording)|(?:their|his|her) own words|word for word|verbatim)\b"
    r"(?!,? (?:of|in|from) (?:(?:the|an?|its|their|this|that) )?(?:[\w’'-]+ ){0,2}?(?:acts?|bills?|laws?|statutes?|regulations?|rules?|guidance|guidelines?"
    r"|polic(?:y|ies)|standards?|contracts?|definitions?|terms?|reports?|papers?|articles?|books?|chapters?|stud(?:y|ies)|reviews?|documents?|titles?|questions?)\b)",
    re.IGNORECASE,
)
FROM_A_PERSON = re.compile(
    r"\b(?:lines?|quot(?:e|es|ation|ations)|words|remarks?)\b.{0,40}\b(?:from|by|of)\b.{0,20}\b(?:interviewee|informant|participant|respondent)",
    re.IGNORECASE,
)
ASKS_A_DEFINITION = re.compile(
    r"^\W*(?:what (?:is|are) (?:an? |the )?(?:[\w’'-]+ ?){1,4}\W*$|define\b|definition of)|\bwhat (?:does|do|did) .{1,60}\bmean\b"
    r"|\bwhat is meant by\b|\bmeaning of\b|\bwhat(?:’|')?s (?:an? |the )?(?:[\w’'-]+ ?){1,4}\W*$",
    re.IGNORECASE,
)
ASKS_A_METHOD = re.compile(
    r"\b(?:method(?:s|ology)?|sample[ds]?|databases?|how (?:was|were|did) .{3,80}\b(?:carried out|done|conducted|analysed|analyzed|measured"
    r"|selected|chosen|picked|assigned|gathered|collected|built|recruited|find out|get its|interviewed|studied)|how did (?:the|they) .{1,40}\bstudy)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be chosen. Its relevance lies in 0..1, a little above if it is of the kind that was
    asked for."""

    evidence: Evidence
    sentence: Sentence
    position: int
    vector: Vectors
    relevance: float
    coverage: float
    cosine: float

    @property
    def place(self) -> Place:
        """Where the sentence stands."""
        return self.evidence.passage.id, self.position


def candidates(
    question: str,
    evidence: Sequence[Evidence],
    vector: Vectors,
    sentence_vectors: Mapping[str, Vectors],
    matches: Mapping[str, Signal],
    frequency: Callable[[str], int],
    passages: int,
    chances: Mapping[Place, float] | None = None,
) -> list[Candidate]:
    """Sentences of the evidence by relevance, best first, ties by passage and place.

    `chances` tells how likely sentences that were read answer the question, by passage and position; one
    that was not read counts as if it did not. Without it no sentence was read.

    `matches` tells how well the question's tokens are matched by each sentence, by passage. `frequency` gives
    the number of passages that hold a word, out of `passages`: rare words of the question weigh more.
    """
    weights = word_weights(question, frequency, passages)
    asked_kind = kind_asked(question)
    gains_by_words = bool(ASKS_FOR_WORDS.search(question)) and not VERBATIM.search(question)
    shape = shape_of(question)
    context = asked_context(question, [item.document.source.title for item in evidence])
    best = max((item.scores["fused"] for item in evidence), default=1.0) or 1.0
    found = []
    for item in evidence:
        vectors = sentence_vectors[item.passage.id]
        for position, sentence in enumerate(item.passage.sentences):
            if not is_eligible(sentence, is_item=shape.is_list):
                continue
            cosine = float(vectors[position] @ vector)
            covered = coverage(weights, f"{sentence.text} {' '.join(item.passage.section)}")
            relevance = (
                WEIGHTS["meaning"] * max(cosine, 0.0)
                + WEIGHTS["words"] * covered
                + WEIGHTS["passage"] * item.scores["fused"] / best
                + WEIGHTS["tokens"] * max(float(matches[item.passage.id][position]), 0.0)
            )
            relevance += WORDS_BONUS * (gains_by_words and _holds_words(sentence))
            relevance += KIND_BONUS * (sentence.kind is asked_kind) + _gain(shape, sentence.text)
            if tells_of_elsewhere(context, item.document.source, sentence.text):
                relevance -= ELSEWHERE_LOSS
            if chances is not None:
                chance = chances.get((item.passage.id, position), 0.0)
                relevance = (1 - READER) * relevance + READER * chance
            found.append(Candidate(item, sentence, position, vectors[position], relevance, covered, cosine))
    if FROM_A_PERSON.search(question) or VERBATIM.search(question):
        # Who asks for an interviewee's words is not given the authors', where there are any.
        found = [one for one in found if _holds_words(one.sentence)] or found
    return sorted(found, key=lambda c: (-round(c.relevance, 6), c.place))


def asks_for_words(question: str) -> bool:
    """Whether a question asks for what somebody said in their own words, or for who said it."""
    return bool(ASKS_FOR_WORDS.search(question) or VERBATIM.search(question))


def _holds_words(sentence: Sentence) -> bool:
    """Whether a sentence is somebody's own words, or quotes a speaker whom it names."""
    is_quoting = sentence.speaker is not None and QUOTED.search(sentence.text) is not None
    return sentence.voice is Voice.PARTICIPANT or is_quoting


def _gain(shape: Shape, text: str) -> float:
    """What a sentence gains that has the shape of what is asked for."""
    gain = FIGURE_BONUS if shape.amount and gives(shape.amount, text) else 0.0
    if shape.counted and counts(shape.counted, text):
        gain += FIGURE_BONUS
    if shape.is_list and enumerates(text):
        gain += LIST_BONUS
    if shape.sides:
        words = frozenset(stems(text))
        gain += BOTH_BONUS if all(names(side, words) for side in shape.sides) else 0.0
    return gain


def kind_asked(question: str) -> Kind | None:
    """The kind of sentence that a question asks for, if it is a definition or a method."""
    if ASKS_A_DEFINITION.search(question):
        return Kind.DEFINITION
    return Kind.METHOD if ASKS_A_METHOD.search(question) else None


def is_eligible(sentence: Sentence, is_item: bool = False) -> bool:
    """Whether a sentence can be shown as evidence: a statement that stands for something. Where a list is asked
    for, an item of one (`is_item`) need be no statement."""
    words = sentence.text.split()
    return (
        len(words) >= MIN_WORDS
        and sentence.voice is not Voice.OTHER
        and not sentence.text.rstrip().endswith("?")
        and (is_item or is_whole(sentence.text, is_spoken=sentence.voice is Voice.PARTICIPANT))
    )


def word_weights(question: str, frequency: Callable[[str], int], passages: int) -> dict[str, float]:
    """Stem → inverse document frequency for the question's words."""
    return {word: math.log((passages + 1) / (frequency(word) + 0.5)) for word in stems(question)}


def coverage(weights: dict[str, float], text: str) -> float:
    """Share of the question's words, weighted, that stand in a text; 0..1."""
    total = sum(weights.values())
    if total <= 0:
        return 0.0
    present = set(stems(text))
    return sum(weight for word, weight in weights.items() if word in present) / total
