"""`Assistant.ask`: the steps from question to Answer, in order, and no algorithm of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant import __version__
from assistant.answering import selection
from assistant.answering.chat_models import ChatModel, open_chat_model
from assistant.answering.context import countries_unmet
from assistant.answering.drafting import SELECTED, Draft, Drafter
from assistant.answering.intent import Intent, intent_of
from assistant.answering.nearest import with_nearest
from assistant.answering.presumed import with_amount_told
from assistant.answering.rewording import reword, rewording_digest
from assistant.answering.sender import Sender
from assistant.answering.unnamed import untold
from assistant.confidentiality import MESSAGES, decline, is_only_orders, without_declined, without_orders
from assistant.confidentiality.addresses import runs_elsewhere
from assistant.confidentiality.judging import Judge
from assistant.confidentiality.ledger import Ledger
from assistant.confidentiality.limits import IndexLimits
from assistant.conversation import may_be_answered, standalone
from assistant.counted import count_answer
from assistant.encoding import Encoder
from assistant.encoding.configured import open_encoder
from assistant.encoding.cross_encoder import open_cross_encoder
from assistant.errors import MayNotLeave
from assistant.framework import Framework, load_framework
from assistant.framework_lists import framework_answer
from assistant.index import Generation, Index
from assistant.messages import message_of
from assistant.mistyped import mended
from assistant.premises import Answerer, Sought
from assistant.questions import checked_question
from assistant.reader import Reader, TrainedReader
from assistant.records import Answer, Claim, Filter, Place, Status, Turn
from assistant.records.sending import Sending
from assistant.reranking import RankedSearch, ReaderReranker, Reranker
from assistant.retrieval import Found, Retriever
from assistant.settings import Settings
from assistant.shorthand import spelt_out
from assistant.verification import Signals, answerability, is_surely_silent, rounded, verify
from assistant.verification.reading import ReaderScorer
from assistant.weighing import Weighed, Weigher, signals_of

# How many passages are read for an answer: evals/decisions/depth.md.
EVIDENCE = 24
# How likely the evidence must hold an answer: evals/decisions/abstention.md.
ANSWERABLE_AT = 0.3


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
        cross_encoder: Reranker | None = None,
        record: Callable[[Sending], None] | None = None,
    ) -> None:
        """Without a `reader`, rules alone decline, choose and check; a `cross_encoder` has the last word
        on the order of passages. `record` is given what a chat model is sent, before it is, instead of the
        ledger beside the index, and may stop it by raising ChatModelFailed."""
        self.index = index
        self.retriever = Retriever(index, encoder)
        self._framework = framework
        self._weigher = Weigher(self.retriever, framework)
        self._reader = reader
        self._judge = Judge(encoder, reader) if reader else None
        reranker = ReaderReranker(reader) if reader else None
        self._search = RankedSearch(self.retriever, reranker, cross_encoder)
        self._cross_encoder = cross_encoder
        scorer = ReaderScorer(reader) if reader else None
        self._drafter = Drafter(framework, lambda claim: verify(claim, scorer))
        record = record or Ledger.beside(index.layout.root).record
        self._sender = Sender(chat_model, IndexLimits(index.live), record) if chat_model else None

    @property
    def remote_model(self) -> str:
        """The chat model, if what it is sent leaves the machine; else empty."""
        return self._sender.name if self._sender and self._sender.is_remote else ""

    def recording(self, record: Callable[[Sending], None]) -> Assistant:
        """The same assistant, with what a chat model is sent given to `record`."""
        other = copy(self)
        other._sender = self._sender and self._sender.recording(record)
        return other

    def ask(
        self,
        question: str,
        previous: Sequence[Turn] = (),
        within: Filter | None = None,
        *,
        restated: bool = False,
    ) -> Answer:
        """The answer to a question, from what the filter takes if there is one.

        One that the person has restated in full is read as it stands. Raises BadInput, IndexMissing,
        IndexMismatch or IndexDamaged.
        """
        *_, last = self.stream(question, previous, within, restated=restated)
        assert isinstance(last, Answer)
        return last

    def stream(
        self,
        question: str,
        previous: Sequence[Turn] = (),
        within: Filter | None = None,
        *,
        restated: bool = False,
    ) -> Iterator[Progress | Claim | Answer]:
        """Steps as they begin, claims once they are checked, and at the end the answer. Raises what `ask` raises."""
        question = checked_question(question)
        generation, heard = self.index.live(), without_declined(previous)
        own = spelt_out(without_orders(question))
        own = own if restated else mended(own, generation.catalogue)
        alone = plain = own if restated else standalone(own, heard)
        withheld = ""
        refusal = self._refusal(question, plain, previous)
        if refusal is None and plain != own:
            alone, withheld = self._reworded(own, plain, heard)
            refusal = self._refusal(question, alone, previous)
        if refusal is not None:
            yield refusal
            return
        yield Progress("Searching the evidence")
        direct = self._direct(alone, generation, within)
        if direct is not None:
            made = {**self._provenance(generation), **direct.provenance}
            yield _told_of(replace(direct, question=question, provenance=made), within)
            return
        found, chances = self._search.read(alone, EVIDENCE, generation, within)
        yield Progress("Choosing sentences")
        candidates = self._candidates(alone, found, chances, generation)
        if within is not None:
            # A passage that fits may hold sentences that do not.
            candidates = [one for one in candidates if within.takes_sentence(one.sentence)]
        signals = signals_of(alone, candidates, chances, generation, self._search.beside_others(alone))
        draft = Draft()
        if answerability(signals) >= ANSWERABLE_AT and may_be_answered(plain, found.evidence, chances):
            yield Progress("Checking each claim against its sources")
            # Words that may not leave with an earlier question do not leave with what it led to.
            sender, draft.notice = None if withheld else self._sender, withheld
            yield from self._drafter.draft(alone, candidates, generation.heads, draft, sender)
            yield Progress("Looking for what speaks against it")
        claims, dropped = draft.parted()
        weighed = self._weigher.weigh(alone, claims, candidates, generation, within)
        answer = self._answer(question, alone, draft, weighed, dropped, found, generation, signals)
        answer = with_nearest(answer, candidates, generation.heads)
        yield _told_of(with_amount_told(answer, candidates, generation.heads), within)

    def _reworded(self, question: str, alone: str, previous: Sequence[Turn]) -> tuple[str, str]:
        """A follow-up as a chat model words it in full where there is one and it keeps to what was asked; and why it
        may not be asked, if so."""
        if self._sender is None:
            return alone, ""
        try:
            return reword(self._sender, question, previous) or alone, ""
        except MayNotLeave as error:
            return alone, f"{error} {SELECTED}"

    def _direct(self, alone: str, generation: Generation, within: Filter | None) -> Answer | None:
        """The answer to a question that asks for a count, or a list out of the framework, or is about the words of
        somebody; None for any other."""

        def search(words: str, where: Filter) -> Sought:
            found, chances = self._search.read(words, EVIDENCE, generation, where)
            every = self._candidates(words, found, chances, generation)
            candidates = [one for one in every if where.takes_sentence(one.sentence)]
            return Sought(found.evidence, candidates, chances or {}, found.vector)

        return (
            count_answer(alone, generation, self._framework, within)
            or framework_answer(alone, generation, self._framework, within)
            or Answerer(generation, self._framework, search, within or Filter()).answer(alone)
        )

    def _refusal(self, question: str, alone: str, previous: Sequence[Turn]) -> Answer | None:
        """The answer to a question that is declined, or None."""
        declined = decline(question, previous, self._judge) or decline(alone, (), self._judge)
        if declined is None and is_only_orders(question):
            message = MESSAGES["instructions"]
        elif declined is not None:
            message = declined.message
        else:
            return None
        return Answer(question, question, Status.DECLINED, message, provenance=self._provenance(None))

    def search(self, question: str, limit: int, within: Filter | None = None) -> Found:
        """The `limit` best passages for a question, of those that the filter takes if there is one.
        Raises what `ask` raises."""
        return self._search.ranked(spelt_out(checked_question(question)), limit, self.index.live(), within)[0]

    @staticmethod
    def _candidates(
        question: str, found: Found, chances: dict[Place, float] | None, generation: Generation
    ) -> list[selection.Candidate]:
        return selection.candidates(
            question,
            found.evidence,
            found.vector,
            found.sentence_vectors,
            found.matches,
            generation.catalogue.words.frequency,
            generation.passages,
            chances,
        )

    def _answer(
        self,
        question: str,
        alone: str,
        draft: Draft,
        weighed: Weighed,
        dropped: tuple[Claim, ...],
        found: Found,
        generation: Generation,
        signals: Signals,
    ) -> Answer:
        intent, catalogue = intent_of(alone), generation.catalogue
        is_of_fact = intent in (Intent.FACT, Intent.YES_OR_NO)
        is_sure = bool(draft.author) or is_surely_silent(signals)
        message = message_of(
            weighed.status, weighed.claims, found.evidence, alone, is_of_fact=is_of_fact, is_sure=is_sure
        )
        unnamed = untold(alone, weighed.claims, catalogue, generation.passages)
        unmet = countries_unmet(alone, weighed.claims, found.evidence)
        return Answer(
            question=question,
            standalone_question=alone,
            status=weighed.status,
            message=" ".join(part for part in (draft.notice, unmet, message, unnamed) if part),
            claims=weighed.claims,
            dropped=dropped,
            evidence=found.evidence,
            against=weighed.against,
            tried=weighed.tried,
            provenance={
                **self._provenance(generation),
                "written_by": draft.author or "selection",
                "intent": intent.value,
                "signals": {**rounded(signals), "answerability": round(answerability(signals), 4)},
            },
        )

    def _provenance(self, generation: Generation | None) -> dict[str, Any]:
        made: dict[str, Any] = {"program": __version__}
        if generation is not None:
            made["index"] = generation.digest
            made["fingerprint"] = generation.fingerprint
        if self._reader is not None:
            made["reader"] = self._reader.fingerprint
        if self._cross_encoder is not None:
            made["reranker"] = self._cross_encoder.fingerprint
        if self._sender is not None:
            made["model"] = self._sender.name
            made["prompts"] = {**self._sender.prompt_digests, **rewording_digest()}
        return made


def open_assistant(
    settings: Settings,
    *,
    for_one_question: bool = False,
    record: Callable[[Sending], None] | None = None,
) -> Assistant:
    """An Assistant as the settings say; models are loaded when first needed."""
    encoder = open_encoder(settings.encoder)
    framework = load_framework(settings.framework)
    chat_model = None
    if settings.model:
        chat_model = open_chat_model(settings, is_remote=runs_elsewhere(settings))
    index = Index(Path(settings.index), encoder.fingerprint, is_exact=for_one_question)
    cross_encoder = open_cross_encoder(settings.reranker)
    return Assistant(index, encoder, framework, chat_model, TrainedReader(), cross_encoder, record)


def _told_of(answer: Answer, within: Filter | None) -> Answer:
    """The answer with the filter that it was found within, if there is one."""
    stated = {} if within is None else {"filter": within.stated()}
    return replace(answer, provenance={**answer.provenance, **stated})
