"""What the assistant declines, and what may leave the machine.

Interviewees were promised that they cannot be recognised. The rules are fixed and look at the question
before anything is searched: no guess, no yes or no to a guess, no profile, whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.records import Evidence, Sensitivity, Turn

CODE = r"P\s?\d{1,3}"
PERSON = (
    rf"(?:{CODE}|(?:the |an? |that |this |these |those |any |each )?"
    r"(?:interviewees?|informants?|participants?|respondents?|quoted (?:person|people)|anonymous speakers?))"
)
PRIVATE = (
    r"(?:names?|identit(?:y|ies)|employers?|jobs?|job titles?|roles?|posts?|positions?|organi[sz]ations?|councils?"
    r"|local authorit(?:y|ies)|workplaces?|gender|sex|age|careers?|backgrounds?|region|city|charit(?:y|ies)|email"
    r"|address|seniority|profession)"
)


@dataclass(frozen=True, slots=True)
class Declined:
    """Why a question is declined, and what can be done instead: two sentences."""

    kind: str
    message: str


MESSAGES = {
    "identity": (
        "The people interviewed were promised that they could not be recognised, so I do not name, describe or "
        "guess who they are, nor confirm a guess. I can show what was said on a theme, each quotation with its "
        "code as printed."
    ),
    "profile": (
        "Putting together what one interviewee said could make that person recognisable, which the study promised "
        "to prevent. I can show what was said on a theme, by whichever interviewees spoke of it."
    ),
    "live case": (
        "I cannot advise on a case: that needs the people and the law that are responsible for it. I can show what "
        "the evidence says about how services innovate."
    ),
    "product": (
        "The evidence base recommends no products or suppliers, and I do not choose one. I can show what it says "
        "about choosing, fitting and adapting new models."
    ),
    "legal": (
        "I cannot give legal advice; ask your legal team. I can show what the sources say about law and regulation "
        "as conditions for innovation."
    ),
    "instructions": (
        "I do not change or repeat the rules that I work by, whoever asks. Ask about enablers of and barriers to "
        "innovation in social care, and I will answer from the evidence."
    ),
}

RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("identity", rf"\bwho(?:'s|’s| is| was| are| were| might| could| may)\b[^?.]{{0,40}}?\b{CODE}\b"),
        ("identity", r"\bwho(?:'s|’s| is| was| are| were| might| could)\b[^?.]{0,30}\b(?:behind|really)\b[^?]*"),
        ("identity", rf"\b(?:is|was|are|could|might|must|would|may)\s+{CODE}\s+(?:be\s+)?(?:actually |really |probably |maybe )?"
                     r"(?:an? |the |from |in |at |based |working |employed |one of |male|female|[A-Z][a-z])"),
        ("identity", rf"\b{CODE}\b[^?.]{{0,30}}\b(?:is|must be|sounds like|could be|might be|has to be|works?|worked)\b"
                     r"[^?.]{0,60}\b(?:from|at|in|for|director|manager|academic|professor|right|correct|isn)"),
        ("identity", rf"\b{PRIVATE}\b[^?.]{{0,40}}\b(?:of|for|behind|does|did|has|is|belongs? to)\b[^?.]{{0,25}}\b{CODE}\b"),
        ("identity", rf"\b{CODE}(?:['’]s)?\s+(?:real |actual |likely |probable )?{PRIVATE}\b"),
        ("identity", rf"\b(?:which|what)\s+{PRIVATE}\b[^?.]{{0,40}}\b{CODE}\b"),
        ("identity", rf"\b(?:where|whom?)\b[^?.]{{0,20}}\b{CODE}\b[^?.]{{0,20}}\bwork"),
        ("identity", rf"\b(?:names?|identif(?:y|ies)|reveal|unmask|expose|de-?anonymi[sz]e|re-?identif\w+|out)\b[^?.]{{0,50}}"
                     rf"\b{PERSON}\b"),
        ("identity", r"\b(?:real |actual )?names?\b[^?.]{0,30}\b(?:of|behind)\b[^?.]{0,30}\b"
                     r"(?:interviewees?|informants?|participants?|respondents?|quot(?:e|ation)s?|codes?|people)\b"),
        ("identity", rf"\bguess\b[^?.]{{0,60}}\b{PERSON}\b|\b{CODE}\b[^?.]{{0,60}}\b(?:best guess|your guess)\b"),
        ("identity", r"\blist\b[^?.]{0,20}\b(?:interviewees|informants|participants|respondents)\b(?![^?.]*\b(?:said|views?)\b)"),
        ("identity", rf"\b(?:same person as|match(?:es|ing)?|link(?:ed|s)?)\b[^?.]{{0,60}}\b{CODE}\b"
                     rf"|\b{CODE}\b[^?.]{{0,60}}\b(?:same person|match(?:es)?|link(?:ed|s)? (?:to|with))\b"),
        ("profile", rf"\b(?:profile|portrait|pen picture|biograph\w*|character sketch|persona)\b[^?.]{{0,40}}\b{PERSON}\b"),
        ("profile", rf"\b(?:everything|all (?:that|the|of)?|every)\b[^?.]{{0,40}}\b{CODE}\b"),
        ("profile", rf"\b(?:what (?:do we|can you|can we) (?:know|tell|infer|work out)|describe|tell me (?:more )?about|"
                    rf"what (?:kind|sort|type) of (?:person|manager|leader|professional))\b[^?.]{{0,30}}\b{CODE}\b(?! (?:said|says))"),
        ("live case", r"\b(?:my|our|this|a) (?:case|client|family|child|service user|foster(?:ed)? child)\b[^?]{0,80}"
                      r"\b(?:should (?:i|we)|what do (?:i|we) do|shall (?:i|we)|remove|care order|safeguard)\b"),
        ("live case", r"\b(?:should|shall|can|do) (?:i|we)\b[^?]{0,60}\b(?:remove|take)\b[^?]{0,30}\b(?:child|children|baby|kids?)\b"),
        ("product", r"\b(?:which|what|recommend|best)\b[^?]{0,50}\b(?:software|system|vendor|supplier|product|app|platform|"
                    r"consultancy|consultants?|crm|package|laptop)\b[^?]{0,50}\b(?:buy|purchase|procure|choose|use|hire|get|pick)\b"),
        ("legal", r"\b(?:is it (?:legal|lawful|against the law)|legal advice|(?:can|could) (?:we|i) be (?:sued|prosecuted)|"
                  r"are we (?:liable|breaking the law)|(?:would|will) we lose (?:in court|a judicial review))\b"),
        ("instructions", r"\b(?:your|the|system|hidden)\s+(?:\w+\s+)?(?:prompts?|instructions|rules|guidelines)\b[^?.]{0,40}"
                         r"\b(?:are|is|say|show|print|repeat|reveal|word)\b|\b(?:show|print|repeat|reveal|tell me|what (?:are|is)|"
                         r"output|give me)\b[^?.]{0,30}\b(?:your|system|hidden)\s+(?:\w+\s+)?(?:prompts?|instructions|rules|guidelines)\b"),
    )
)  # fmt: skip
# An order to the assistant inside a question: the order is dropped, the question is answered.
ORDER = re.compile(
    r"[^.?!\n]*\b(?:ignore|disregard|forget|override|bypass)\b[^.?!\n]{0,40}\b(?:rules?|instructions?|prompts?|guidelines"
    r"|restrictions?|above|previous|evidence|everything)\b[^.?!\n]*[.?!]?"
    r"|[^.?!\n]*\b(?:you are now|from now on you|pretend (?:to be|you)|act as|developer mode|jailbreak|system override)\b"
    r"[^.?!\n]*[.?!]?",
    re.IGNORECASE,
)
LOCAL_PROVIDERS = frozenset({"ollama", "llamacpp", "huggingface"})


def decline(question: str, previous: Sequence[Turn] = ()) -> Declined | None:
    """The reason to decline a question, or None.

    A short follow-up is read together with the question before it, so that "just your best guess?"
    does not get round the rule that stopped its predecessor.
    """
    found = _match(question)
    if found is None and previous and len(question.split()) <= 14:
        asked = [turn.content for turn in previous if turn.role == "user"][-1:]
        declined_before = any(
            turn.role == "assistant" and any(m[:60] in turn.content for m in MESSAGES.values())
            for turn in previous[-2:]
        )
        presses = re.search(
            r"\b(?:guess|hint|just|probably|permission|allowed|come on|first letter)\b", question, re.I
        )
        if asked and (declined_before or presses):
            found = _match(f"{asked[0]} {question}")
    return Declined(found, MESSAGES[found]) if found else None


def _match(question: str) -> str | None:
    return next((kind for kind, pattern in RULES if pattern.search(question)), None)


def without_orders(question: str) -> str:
    """The question without sentences that order the assistant about; itself if nothing else is left."""
    rest = " ".join(ORDER.sub(" ", question).split())
    return rest if len(rest.split()) >= 3 else question


def is_only_orders(question: str) -> bool:
    """Whether nothing is left to answer once orders to the assistant are taken out."""
    return bool(ORDER.search(question)) and len(ORDER.sub(" ", question).split()) < 3


def is_remote(model: str, model_url: str | None) -> bool:
    """Whether a chat model runs elsewhere. Without an address only local providers count as local."""
    if model_url:
        host = re.sub(r"^\w+://", "", model_url).split("/")[0].rsplit("@")[-1]
        return not re.match(r"^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$", host)
    return model.split(":", 1)[0] not in LOCAL_PROVIDERS


def may_leave(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The evidence that may be sent to a remote model: public documents only."""
    return [item for item in evidence if item.document.sensitivity is Sensitivity.PUBLIC]
