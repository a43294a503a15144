"""`Assistant.ask`: the steps from question to Answer, in order, and no algorithm of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import __version__
from assistant.answering import generative, selection
from assistant.answering.disagreement import sources_differ
from assistant.answering.drafting import Draft, Drafter
from assistant.answering.generative import ChatModel
from assistant.answering.intent import intent_of
from assistant.answering.judging import judge
from assistant.confidentiality import MESSAGES, decline, is_only_orders, is_remote, may_leave, without_orders
from assistant.conversation import standalone
from assistant.encoding import Encoder
from assistant.encoding.minilm import MiniLM
from assistant.errors import BadInput
from assistant.framework import Framework, load_framework
from assistant.index import Generation, Index
from assistant.reader import Reader, TrainedReader
from assistant.reader.trained import MODEL
from assistant.records import Answer, Claim, Status, Turn
from assistant.rendering import message_of
from assistant.retrieval import Found, Retriever
from assistant.settings import Settings
from assistant.verification import Signals, answerability, verify
from assistant.verification.reading import ReaderScorer

# How many passages are read for an answer: evals/decisions/depth.md.
EVIDENCE = 24
# How likely an answer must be, by the search alone: evals/decisions/abstention.md.
ANSWERABLE_AT = 0.25
MAX_QUESTION = 4000


@dataclass(frozen=True, slots=True)
class Progress:
    """A step that has begun, for a person who waits."""

    step: str


class Assistant:
    """Answers questions from an index. Safe to share by threads."""

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        framework: Framework,
        chat_model: ChatModel | None = None,
        reader: Reader | None = None,
    ) -> None:
        """Without a `reader`, rules alone decline, choose and check."""
        self.index = index
        self.retriever = Retriever(index, encoder)
        self._chat_model = chat_model
        self._reader = reader
        scorer = ReaderScorer(reader) if reader else None
        self._drafter = Drafter(framework, lambda claim: verify(claim, scorer), chat_model, _may_be_shown)

    def ask(self, question: str, previous: Sequence[Turn] = ()) -> Answer:
        """The answer to a question. Raises BadInput, IndexMissing, IndexMismatch or IndexDamaged."""
        *_, last = self.stream(question, previous)
        assert isinstance(last, Answer)
        return last

    def stream(self, question: str, previous: Sequence[Turn] = ()) -> Iterator[Progress | Claim | Answer]:
        """Steps as they begin, claims as soon as they are checked, and at the end the answer."""
        question = checked_question(question)
        alone = standalone(without_orders(question), previous)
        refusal = self._refusal(question, alone, previous)
        if refusal is not None:
            yield refusal
            return
        yield Progress("Searching the evidence")
        generation = self.index.live()
        found = self.retriever.search(alone, EVIDENCE, generation)
        yield Progress("Choosing sentences")
        candidates = self._candidates(alone, found, generation)
        signals = self._signals(alone, candidates, generation)
        draft = Draft()
        if answerability(signals) >= ANSWERABLE_AT:
            yield Progress("Checking each claim against its sources")
            yield from self._drafter.draft(alone, candidates, generation.heads, draft)
        yield self._answer(question, alone, draft, found, generation, signals)

    def _refusal(self, question: str, alone: str, previous: Sequence[Turn]) -> Answer | None:
        """The answer to a question that is declined, or None."""
        declined = decline(question, previous, self._reader) or decline(alone)
        if declined is None and is_only_orders(question):
            message = MESSAGES["instructions"]
        elif declined is not None:
            message = declined.message
        else:
            return None
        return Answer(question, question, Status.DECLINED, message, provenance=self._provenance(None))

    def _candidates(self, question: str, found: Found, generation: Generation) -> list[selection.Candidate]:
        candidates = selection.candidates(
            question,
            found.evidence,
            found.vector,
            found.sentence_vectors,
            generation.catalogue.document_frequency,
            generation.passages,
        )
        return judge(question, candidates, self._reader) if self._reader else candidates

    def _signals(
        self, question: str, candidates: Sequence[selection.Candidate], generation: Generation
    ) -> Signals:
        weights = selection.word_weights(
            question, generation.catalogue.document_frequency, generation.passages
        )
        known = sum(
            weight for word, weight in weights.items() if generation.catalogue.document_frequency(word)
        )
        return Signals(
            cosine=max((c.cosine for c in candidates), default=0.0),
            coverage=max((c.coverage for c in candidates), default=0.0),
            known=known / sum(weights.values()) if weights else 0.0,
        )

    def _answer(
        self,
        question: str,
        alone: str,
        draft: Draft,
        found: Found,
        generation: Generation,
        signals: Signals,
    ) -> Answer:
        claims, dropped = draft.parted()
        status = Status.ANSWERED if claims else Status.NOT_IN_EVIDENCE
        if claims and sources_differ(alone, claims):
            status = Status.SOURCES_DIFFER
        return Answer(
            question=question,
            standalone_question=alone,
            status=status,
            message=" ".join(
                part for part in (draft.notice, message_of(status, claims, found.evidence)) if part
            ),
            claims=claims,
            dropped=dropped,
            evidence=found.evidence,
            provenance={
                **self._provenance(generation),
                "written_by": draft.author or "selection",
                "intent": intent_of(alone).value,
                "signals": {
                    "cosine": round(signals.cosine, 4),
                    "coverage": round(signals.coverage, 4),
                    "known": round(signals.known, 4),
                    "answerability": round(answerability(signals), 4),
                },
            },
        )

    def _provenance(self, generation: Generation | None) -> dict[str, Any]:
        made: dict[str, Any] = {"program": __version__}
        if generation is not None:
            made["index"] = generation.digest
            made["fingerprint"] = generation.fingerprint
        if self._reader is not None:
            made["reader"] = self._reader.fingerprint
        if self._chat_model is not None:
            made["model"] = self._chat_model.name
            made["prompts"] = self._chat_model.prompt_digests
        return made


def open_assistant(settings: Settings) -> Assistant:
    """An Assistant as the settings say; models are loaded when first needed."""
    encoder = MiniLM(settings.cache)
    framework = load_framework(settings.framework)
    chat_model = None
    if settings.model:
        remote = is_remote(settings.model, settings.model_url)
        chat_model = generative.open_chat_model(settings, is_remote=remote)
    index = Index(Path(settings.index), encoder.fingerprint)
    reader = TrainedReader() if MODEL.exists() else None
    return Assistant(index, encoder, framework, chat_model, reader)


def _may_be_shown(model: ChatModel, candidate: selection.Candidate) -> bool:
    """Whether a model may see a sentence: one that runs elsewhere gets public documents only."""
    return not model.is_remote or bool(may_leave([candidate.evidence]))


def checked_question(question: str) -> str:
    """A question in one line. Raises BadInput if it is empty or too long."""
    # Half of a surrogate pair, as from a broken terminal or file, is no text that can be read or printed.
    words = " ".join(question.encode(errors="replace").decode().split())
    if not words:
        raise BadInput("The question is empty. Ask, for example: What helps a new model last?")
    if len(words) > MAX_QUESTION:
        raise BadInput(
            f"The question has {len(words):,} characters; at most {MAX_QUESTION:,} are read. Shorten it."
        )
    return words
