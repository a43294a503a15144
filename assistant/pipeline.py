"""`Assistant.ask`: the steps from question to Answer, in order, and no algorithm of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant import __version__
from assistant.answering import extractive, generative, selection
from assistant.answering.disagreement import sources_differ
from assistant.answering.generative import ChatModel
from assistant.answering.intent import intent_of
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
ANSWERABLE_AT = 0.25
# A sentence must be at least this relevant to stand in an answer.
FLOOR = 0.3
MAX_QUESTION = 4000
SELECTED = "The answer below is selected from the sources without it."
NOTHING_MAY_LEAVE = (
    "What answers this stands in documents that may not leave this machine, so {model} was not asked. "
    + SELECTED
)
SOME_MAY_NOT_LEAVE = (
    "{count} of the sentences found stand in documents that may not leave this machine; {model} was not shown "
    "them."
)
NOTHING_BORNE_OUT = "Nothing that {model} wrote is borne out by its sources. " + SELECTED


@dataclass(frozen=True, slots=True)
class Progress:
    """A step that has begun, for a person who waits."""

    step: str


@dataclass
class Draft:
    """The claims of one answer as they are checked, and what is to be said of the chat model's part."""

    checked: list[Claim] = field(default_factory=list)
    set_aside: list[Claim] = field(default_factory=list)
    notice: str = ""
    # Who chose and worded the claims: the chat model's name, or nobody but the program.
    author: str = ""

    @property
    def is_borne_out(self) -> bool:
        """Whether any claim is supported."""
        return any(claim.support is Support.SUPPORTED for claim in self.checked)


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
            yield from self._checked(alone, candidates, generation, draft)
        yield self._answer(question, alone, draft, found, generation, signals)

    def _refusal(self, question: str, alone: str, previous: Sequence[Turn]) -> Answer | None:
        """The answer to a question that is declined, or None."""
        declined = decline(question, previous) or decline(alone)
        if declined is None and is_only_orders(question):
            message = MESSAGES["instructions"]
        elif declined is not None:
            message = declined.message
        else:
            return None
        return Answer(question, question, Status.DECLINED, message, provenance=self._provenance(None))

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

    def _checked(
        self, question: str, candidates: Sequence[selection.Candidate], generation: Generation, draft: Draft
    ) -> Iterator[Claim]:
        """Claims that are supported, each as soon as it is checked: the chat model's if there is one and
        any of them is borne out, else selected sentences."""
        drafts: list[Iterator[Claim]] = [
            extractive.draft(intent_of(question), candidates, generation.heads, self._framework, FLOOR)
        ]
        if self._chat_model is not None:
            drafts.insert(0, self._worded(self._chat_model, question, candidates, generation, draft))
        for drafted in drafts:
            for claim in drafted:
                checked = verify(claim)
                draft.checked.append(checked)
                if checked.support is Support.SUPPORTED:
                    yield checked
            if draft.is_borne_out or draft.author:
                return

    def _worded(
        self,
        model: ChatModel,
        question: str,
        candidates: Sequence[selection.Candidate],
        generation: Generation,
        draft: Draft,
    ) -> Iterator[Claim]:
        """Claims that the chat model words. If it fails, what it had said so far is dropped: an answer has
        one author. One that finds nothing in the evidence is believed."""
        shown = self._shown_to(model, candidates)
        if not shown:
            draft.notice = NOTHING_MAY_LEAVE.format(model=model.name)
            return
        if len(shown) < len(candidates):
            draft.notice = SOME_MAY_NOT_LEAVE.format(count=len(candidates) - len(shown), model=model.name)
        draft.author = model.name
        try:
            yield from generative.draft(model, question, shown, generation.heads, self._framework)
        except ChatModelFailed as error:
            draft.checked.clear()
            draft.author, draft.notice = "", f"{error} {SELECTED}"
        else:
            if draft.checked and not draft.is_borne_out:
                draft.set_aside, draft.checked = draft.checked, []
                draft.author = ""
                draft.notice = f"{draft.notice} {NOTHING_BORNE_OUT.format(model=model.name)}".strip()

    @staticmethod
    def _shown_to(model: ChatModel, candidates: Sequence[selection.Candidate]) -> list[selection.Candidate]:
        """The sentences that a model may see: a remote one gets public documents only."""
        if not model.is_remote:
            return list(candidates)
        allowed = {item.passage.id for item in may_leave([c.evidence for c in candidates])}
        return [c for c in candidates if c.evidence.passage.id in allowed]

    def _answer(
        self,
        question: str,
        alone: str,
        draft: Draft,
        found: Found,
        generation: Generation,
        signals: Signals,
    ) -> Answer:
        claims = tuple(claim for claim in draft.checked if claim.support is not Support.UNSUPPORTED)
        dropped = tuple(claim for claim in draft.checked if claim.support is Support.UNSUPPORTED) + tuple(
            draft.set_aside
        )
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
