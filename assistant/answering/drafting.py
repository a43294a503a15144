"""Candidates → checked claims: a chat model's if there is one and any of them is borne out by what it
cites, else selected sentences. An answer has one author, and says who."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.answering import extractive, generative
from assistant.answering.context import with_context
from assistant.answering.intent import intent_of
from assistant.answering.selection import Candidate
from assistant.answering.sender import Sender
from assistant.answering.shapes import shape_of
from assistant.answering.sides import sided
from assistant.errors import ChatModelFailed
from assistant.framework import Framework
from assistant.records import Claim, DocumentHead, Support

SELECTED = "The answer below is selected from the sources without it."
NOTHING_MAY_LEAVE = (
    "What answers this stands in documents that may not leave this machine, so {model} was not asked. "
    + SELECTED
)
SOME_MAY_NOT_LEAVE = (
    "{count} of the sentences found stand in documents that may not leave this machine; {model} was not shown "
    "them."
)
NOTHING_IN_THE_REST = "It found nothing in the others. " + SELECTED
NOTHING_BORNE_OUT = "Nothing that {model} wrote is borne out by its sources. " + SELECTED


@dataclass
class Draft:
    """The claims of one answer as they are checked, and what is to be said of the chat model's part.

    `author` is the chat model that chose and worded them, or empty. `set_aside` are a chat model's claims of
    which none was borne out.
    """

    checked: list[Claim] = field(default_factory=list)
    set_aside: list[Claim] = field(default_factory=list)
    notice: str = ""
    author: str = ""

    @property
    def is_borne_out(self) -> bool:
        """Whether any claim is supported."""
        return any(claim.support is Support.SUPPORTED for claim in self.checked)

    def parted(self) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
        """The claims of the answer, and those that are dropped from it.

        What is only partly supported does not make an answer by itself.
        """
        if not self.is_borne_out:
            return (), (*self.checked, *self.set_aside)
        kept = tuple(claim for claim in self.checked if claim.support is not Support.UNSUPPORTED)
        dropped = tuple(claim for claim in self.checked if claim.support is Support.UNSUPPORTED)
        return kept, (*dropped, *self.set_aside)


class Drafter:
    """Drafts answers. `check` gives a claim with its verdict."""

    def __init__(self, framework: Framework, check: Callable[[Claim], Claim]) -> None:
        self._framework = framework
        self._check = check

    def draft(
        self,
        question: str,
        candidates: Sequence[Candidate],
        heads: dict[str, DocumentHead],
        into: Draft,
        sender: Sender | None = None,
    ) -> Iterator[Claim]:
        """Supported claims, each as soon as it is checked; of a chat model's if there is a `sender` to it. All of
        them, with the rest, are put into `into`."""
        drafts: list[Iterable[Claim]] = [
            extractive.draft(
                intent_of(question), candidates, heads, self._framework, shape=shape_of(question)
            )
        ]
        if sender is not None:
            drafts.insert(0, self._worded(sender, question, candidates, heads, into))
        for drafted in drafts:
            for claim in drafted:
                # Said at once: a claim that is shown while others are checked stays as it was shown.
                [checked] = with_context(question, [sided(question, self._check(claim))], heads)
                into.checked.append(checked)
                if checked.support is Support.SUPPORTED:
                    yield checked
            # A model that finds nothing in the evidence is believed.
            if into.is_borne_out or into.author:
                return

    def _bears_out(self, claim: Claim) -> bool:
        return self._check(claim).support is not Support.UNSUPPORTED

    def _worded(
        self,
        sender: Sender,
        question: str,
        candidates: Sequence[Candidate],
        heads: dict[str, DocumentHead],
        into: Draft,
    ) -> Iterator[Claim]:
        """Claims that the chat model words. If it fails, what it had said so far is dropped."""
        shown = [candidate for candidate in candidates if sender.may_be_shown(candidate.evidence)]
        if not shown:
            into.notice = NOTHING_MAY_LEAVE.format(model=sender.name)
            return
        if len(shown) < len(candidates):
            into.notice = SOME_MAY_NOT_LEAVE.format(count=len(candidates) - len(shown), model=sender.name)
        into.author = sender.name
        try:
            yield from generative.draft(sender, question, shown, heads, self._framework, self._bears_out)
        except ChatModelFailed as error:
            into.checked.clear()
            into.author, into.notice = "", f"{error} {SELECTED}"
        else:
            if not into.checked and len(shown) < len(candidates):
                # What it was not shown may answer.
                into.author, into.notice = "", f"{into.notice} {NOTHING_IN_THE_REST}"
            if into.checked and not into.is_borne_out:
                into.set_aside, into.checked = into.checked, []
                into.author = ""
                into.notice = f"{into.notice} {NOTHING_BORNE_OUT.format(model=sender.name)}".strip()
