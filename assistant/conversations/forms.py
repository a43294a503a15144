"""Answer ⇄ the form in which it is kept: places of quotations and hashes of their words, not the words.

A claim that is its quotation is kept as "the words of citation n". What a chat model worded is kept as it
worded it, since nothing else could tell it again; it goes when anything that it cites is withdrawn.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assistant.conversations.store import Saved
from assistant.errors import ConversationsUnusable
from assistant.index import Generation
from assistant.index.hashing import exact_hash
from assistant.messages import message_of
from assistant.records import Answer, Citation, Claim, DocumentHead, Evidence, Status

if TYPE_CHECKING:
    from pydantic import TypeAdapter

# What stands in place of a question that was declined: it may hold a guess at who somebody is.
WORDS_NOT_KEPT = "(a question that was declined; its words are not kept)"
# What an answer says when none of the words that it quoted stands in the index any more.
WORDS_GONE = "What this answer quoted is no longer in the evidence."
NEAREST = 8
# Fields of an answer that hold claims, and those with what is only near; what was kept before there was one lacks it.
TOLD = ("claims", "dropped", "against")
CLAIMS = (*TOLD, "nearest")
# Intents of questions that are answered by sides.
SIDED = frozenset({"helps", "hinders", "both"})
# So many characters of a quotation in the first lines are a quotation.
QUOTED = 40


@dataclasses.dataclass(frozen=True, slots=True)
class Opened:
    """A saved answer with its words cut out of the index again. `lost` counts claims whose words no longer
    stand where they stood, `forgotten` those that rested on what was withdrawn since."""

    answer: Answer
    lost: int
    forgotten: int

    def what_is_missing(self) -> list[str]:
        """Sentences on claims that are not shown any more."""
        told = []
        if self.lost:
            told.append(
                f"{_counted(self.lost)} cannot be shown: the index no longer holds the words as they stood."
            )
        if self.forgotten:
            told.append(f"{_counted(self.forgotten)} rested on what has been withdrawn since.")
        return told


def saved_form(answer: Answer) -> dict[str, Any]:
    """What is kept of an answer."""
    return {
        "message": _message_form(answer),
        **{name: [_claim_form(claim) for claim in getattr(answer, name)] for name in CLAIMS},
        "tried": answer.tried,
        "evidence": [
            {
                "passage": item.passage.id,
                "document": item.document.id,
                "rank": item.rank,
                "found_by": item.found_by,
                "scores": item.scores,
            }
            for item in answer.evidence[:NEAREST]
        ],
        # What was counted is told in the names of documents.
        "provenance": {name: value for name, value in answer.provenance.items() if name != "counted"},
        "forgotten": 0,
    }


def opened(saved: Saved, live: Generation) -> Opened:
    """The answer that was kept, in the words of the live index. Raises ConversationsUnusable if it is none."""
    try:
        return _opened(saved, saved.form, live)
    except (LookupError, ValueError, TypeError) as error:
        raise ConversationsUnusable(
            f"What is kept of “{saved.question}” cannot be read ({type(error).__name__}); another version of the program kept "
            f"it. Delete it: assistant conversations purge {saved.conversation}"
        ) from error


def _opened(saved: Saved, form: Mapping[str, Any], live: Generation) -> Opened:
    lost = 0
    parts: dict[str, list[Claim]] = {name: [] for name in CLAIMS}
    for name, claims in parts.items():
        for kept in form.get(name, ()):
            claim = _claim(kept, live)
            if claim is not None:
                claims.append(claim)
            elif name == "claims":
                lost += 1
    evidence = _evidence(form, live)
    answer = Answer(
        question=saved.question,
        standalone_question=saved.standalone,
        status=Status(saved.status),
        message=_message(saved, form, parts["claims"], evidence),
        claims=tuple(parts["claims"]),
        dropped=tuple(parts["dropped"]),
        against=tuple(parts["against"]),
        tried=form["tried"],
        nearest=tuple(parts["nearest"]),
        evidence=evidence,
        provenance=dict(form["provenance"]),
    )
    return Opened(answer, lost, int(form["forgotten"]))


def _message(
    saved: Saved, form: Mapping[str, Any], claims: Sequence[Claim], evidence: Sequence[Evidence]
) -> str:
    """The first lines as they were kept, or made again: none are kept that open with a statement."""
    if form["message"] is not None:
        return str(form["message"])
    if not claims:
        return WORDS_GONE
    is_of_fact = form["provenance"].get("intent") not in SIDED
    status = Status(saved.status)
    return message_of(status, claims, evidence, is_of_fact=is_of_fact, question=saved.standalone)


def holdings_of(live: Generation) -> dict[str, list[str]]:
    """What an index holds, by document id: hashes of where it is from and of what is known of it."""
    return {
        head.id: [exact_hash(f"{head.path}\0{head.name}")[:16], _state(head)] for head in live.heads.values()
    }


def stands_in(citation: Mapping[str, Any], text: str | None) -> bool:
    """Whether the words of a kept citation stand in a text where they stood."""
    return text is not None and exact_hash(text[citation["start"] : citation["end"]]) == citation["words"]


def _message_form(answer: Answer) -> str | None:
    """The first lines; None where they quote, from wherever in a quotation: they are made again from the claims."""
    said = " ".join(answer.message.split())
    quotes = [
        " ".join(c.quote.split()) for claim in (*answer.claims, *answer.dropped) for c in claim.citations
    ]
    is_quoted = any(
        quote[start : start + QUOTED] in said
        for quote in quotes
        for start in (0, *range(QUOTED, len(quote) - QUOTED, QUOTED))
    )
    return None if is_quoted else answer.message


def _claim_form(claim: Claim) -> dict[str, Any]:
    quotes = [citation.quote for citation in claim.citations]
    form: dict[str, Any] = dataclasses.asdict(claim)
    if claim.text in quotes:
        form["text"] = quotes.index(claim.text)
    for citation in form["citations"]:
        citation["words"] = exact_hash(citation.pop("quote"))
    return form


def _claim(form: Mapping[str, Any], live: Generation) -> Claim | None:
    """The claim with the quotations that still stand; None if its own words do not."""
    quotes = [_quote(citation, live) for citation in form["citations"]]
    text = form["text"] if isinstance(form["text"], str) else quotes[form["text"]]
    citations = [
        _citations().validate_python({**citation, "quote": quote})
        for citation, quote in zip(form["citations"], quotes, strict=True)
        if quote is not None
    ]
    if text is None or not citations:
        return None
    return _claims().validate_python({**form, "text": text, "citations": citations})


def _quote(citation: Mapping[str, Any], live: Generation) -> str | None:
    if citation["document"] not in live.heads:
        return None
    text = live.catalogue.text(citation["document"])
    return text[citation["start"] : citation["end"]] if stands_in(citation, text) else None


def _evidence(form: Mapping[str, Any], live: Generation) -> tuple[Evidence, ...]:
    kept = form["evidence"]
    passages = live.catalogue.passages([item["passage"] for item in kept])
    return tuple(
        Evidence(
            rank=item["rank"],
            passage=passages[item["passage"]],
            document=live.heads[item["document"]],
            scores=item["scores"],
            found_by=item["found_by"],
        )
        for item in kept
        if item["passage"] in passages and item["document"] in live.heads
    )


def _counted(claims: int) -> str:
    return "One claim" if claims == 1 else f"{claims} claims"


def _state(head: DocumentHead) -> str:
    return exact_hash(repr((head.characters, head.passages, head.sensitivity, head.source)))[:16]


@functools.cache
def _claims() -> TypeAdapter[Claim]:
    from pydantic import TypeAdapter

    return TypeAdapter(Claim)


@functools.cache
def _citations() -> TypeAdapter[Citation]:
    from pydantic import TypeAdapter

    return TypeAdapter(Citation)
