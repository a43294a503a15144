"""`Assistant.ask`: the steps from question to Answer, in order, and no algorithm of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import __version__
from assistant.answering import extractive, generative, selection
from assistant.answering.disagreement import sources_differ
from assistant.answering.generative import ChatModel
from assistant.answering.intent import Intent, intent_of
from assistant.confidentiality import MESSAGES, decline, is_only_orders, is_remote, may_leave, without_orders
from assistant.conversation import standalone
from assistant.encoding import Encoder
from assistant.encoding.minilm import MiniLM
from assistant.errors import BadInput, ChatModelFailed
from assistant.framework import Framework, load_framework
from assistant.index import Generation, Index
from assistant.records import Answer, Claim, Status, Support, Turn
from assistant.rendering import message_of
from assistant.retrieval import Found, Retriever
from assistant.settings import Settings
from assistant.verification import Signals, answerability, verify

EVIDENCE = 24
ANSWERABLE_AT = 0.5
# A sentence must be at least this relevant to stand in an answer.
FLOOR = 0.3
MAX_QUESTION = 4000

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Progress:
    """A step that has begun, for a person who waits."""

    step: str


class Assistant:
    """Answers questions from an index. Safe to share by threads."""

    def __init__(
        self, index: Index, encoder: Encoder, framework: Framework, chat_model: ChatModel | None = None
    ) -> None:
        self.index = index
        self.retriever = Retriever(index, encoder)
        self._framework = framework
        self._chat_model = chat_model

    def ask(self, question: str, previous: Sequence[Turn] = ()) -> Answer:
        """The answer to a question. Raises BadInput, IndexMissing, IndexMismatch or IndexDamaged."""
        answer = None
        for event in self.stream(question, previous):
            if isinstance(event, Answer):
                answer = event
        assert answer is not None
        return answer

    def stream(self, question: str, previous: Sequence[Turn] = ()) -> Iterator[Progress | Answer]:
        """The steps as they begin, then the answer."""
        question = _checked(question)
        refused = decline(question, previous)
        if refused or is_only_orders(question):
            message = refused.message if refused else MESSAGES["instructions"]
            yield Answer(question, question, Status.DECLINED, message, provenance=self._provenance(None))
            return
        alone = standalone(without_orders(question), previous)
        if refused := decline(alone):
            yield Answer(question, alone, Status.DECLINED, refused.message, provenance=self._provenance(None))
            return
        yield Progress("Searching the evidence")
        generation = self.index.live()
        found = self.retriever.search(alone, EVIDENCE)
        yield Progress("Choosing sentences")
        candidates = self._candidates(alone, found, generation)
        signals = self._signals(alone, candidates, generation)
        drafted: list[Claim] = []
        notice = ""
        if answerability(signals) >= ANSWERABLE_AT:
            if self._chat_model is not None:
                yield Progress(f"Asking {self._chat_model.name}")
            drafted, notice = self._draft(alone, found, candidates, generation)
        yield Progress("Checking each claim against its sources")
        checked = [verify(claim) for claim in drafted]
        yield self._answer(question, alone, checked, found, generation, notice, signals)

    def _candidates(self, question: str, found: Found, generation: Generation) -> list[selection.Candidate]:
        return selection.candidates(
            question,
            found.evidence,
            found.vector,
            found.sentence_vectors,
            generation.catalogue.document_frequency,
            generation.passages,
        )

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

    def _draft(
        self,
        question: str,
        found: Found,
        candidates: Sequence[selection.Candidate],
        generation: Generation,
    ) -> tuple[list[Claim], str]:
        """Draft claims, and a notice if the chat model could not be used."""
        intent = intent_of(question)
        if self._chat_model is not None:
            try:
                shown = self._shown_to(self._chat_model, candidates)
                drafted = generative.draft(
                    self._chat_model, question, shown, generation.heads, self._framework
                )
                return drafted, ""
            except ChatModelFailed as error:
                notice = f"{error} The answer below is selected from the sources without it."
                return self._select(intent, candidates, generation), notice
        return self._select(intent, candidates, generation), ""

    @staticmethod
    def _shown_to(model: ChatModel, candidates: Sequence[selection.Candidate]) -> list[selection.Candidate]:
        """The sentences that a model may see: a remote one gets public documents only."""
        if not model.is_remote:
            return list(candidates)
        allowed = {item.passage.id for item in may_leave([c.evidence for c in candidates])}
        return [c for c in candidates if c.evidence.passage.id in allowed]

    def _select(
        self, intent: Intent, candidates: Sequence[selection.Candidate], generation: Generation
    ) -> list[Claim]:
        return extractive.draft(intent, candidates, generation.heads, self._framework, FLOOR)

    def _answer(
        self,
        question: str,
        alone: str,
        checked: Sequence[Claim],
        found: Found,
        generation: Generation,
        notice: str,
        signals: Signals,
    ) -> Answer:
        claims = tuple(claim for claim in checked if claim.support is not Support.UNSUPPORTED)
        dropped = tuple(claim for claim in checked if claim.support is Support.UNSUPPORTED)
        status = Status.ANSWERED
        if not any(claim.support is Support.SUPPORTED for claim in claims):
            # What is only partly supported does not make an answer by itself.
            dropped, claims, status = dropped + claims, (), Status.NOT_IN_EVIDENCE
        elif sources_differ(alone, claims):
            status = Status.SOURCES_DIFFER
        return Answer(
            question=question,
            standalone_question=alone,
            status=status,
            message=" ".join(part for part in (notice, message_of(status, claims, found.evidence)) if part),
            claims=claims,
            dropped=dropped,
            evidence=found.evidence,
            provenance={
                **self._provenance(generation),
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
    return Assistant(Index(Path(settings.index), encoder.fingerprint), encoder, framework, chat_model)


def _checked(question: str) -> str:
    words = " ".join(question.split())
    if not words:
        raise BadInput("The question is empty. Ask, for example: What helps a new model last?")
    if len(words) > MAX_QUESTION:
        raise BadInput(
            f"The question has {len(words):,} characters; at most {MAX_QUESTION:,} are read. Shorten it."
        )
    return words
