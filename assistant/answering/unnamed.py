"""What a question asks about and no sentence of the answer has: a date or an amount that it asks for beside another
thing, the word on which it turns, or the definition of a term.
It is said, since what is quoted may be on something else, or only use the term."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.answering.parts import part_untold
from assistant.answering.selection import word_weights
from assistant.index.catalogue import Catalogue
from assistant.places import PLACE
from assistant.questions import TAKEN_OVER
from assistant.records import Claim, Kind, Passage
from assistant.spellings import held, terms_of
from assistant.subjects import subject_words
from assistant.words import stem, stems

# Which share of the weight of a question's words one word must have for the question to turn on it:
# evals/decisions/abstention.md.
TURNS_ON = 0.3
# In how many passages of a thousand it may stand: evals/decisions/abstention.md.
RARE = 20
# A question that asks what a term means and no more; what it means to or for somebody is no definition.
TERM = r"(?:the |an? )?(?:(?:term|word|concept|notion|idea|phrase)s?(?: of)? )?([\w’'“”\"‘ -]{2,60}?)"
IN_SOURCES = r"(?: (?:here|in (?:the|these|this|your) [\w ]{1,30}))?"
ASKS_ONLY_A_DEFINITION = re.compile(
    rf"^\W*(?:what is meant by {TERM}|what (?:does|do) {TERM} mean|(?:please )?define {TERM}|how (?:is|are) {TERM} defined"
    rf"|(?:what is |what’s |what's |give )?(?:the |an? )?(?:definition|meaning) of {TERM}){IN_SOURCES}\W*$",
    re.IGNORECASE,
)
# A longer phrase is no term.
MOST_WORDS = 4
# What leads from a term to what it means, and from that to the term.
LEADS_ON = re.compile(
    r"[”’\"']*(?:\s+[\w’-]+)?(?:\s*[:(=–—]|,?\s+(?:\w+ly\s+)?(?:is|are)\s+(?:\w+ly\s+)?(?:the|an?|about|when|where|how|what|any|to|not)\b)"
    r"|[^.;]{0,40}?\b(?:means?|meaning|meant|refers?|denotes?|describes?|involves?|consists?|comprises?|defin\w+|understood)\b",
    re.IGNORECASE,
)
LEADS_TO = re.compile(
    r"\b(?:call(?:s|ed)?|known as|term(?:s|ed)?|named?|means?|meant|defin\w+|understood)\b[^.;]{0,30}$",
    re.IGNORECASE,
)


def untold(question: str, claims: Sequence[Claim], catalogue: Catalogue, passages: int) -> str:
    """The line that is said, if any: of a part of the question first, then of the word."""
    return (
        part_untold(TAKEN_OVER.sub("", question), claims)
        or word_unnamed(question, claims, catalogue.words.frequency, passages)
        or term_undefined(question, claims, catalogue.passages)
    )


def word_unnamed(
    question: str, claims: Sequence[Claim], frequency: Callable[[str], int], passages: int
) -> str:
    """A line that tells of the rarest word of a question that no sentence quoted has, nor what stands above it; empty
    if there is none."""
    things = subject_words(PLACE.sub(" ", question))
    weights = word_weights(" ".join(things), frequency, passages)
    if not claims or not weights:
        return ""
    rarest = max(weights, key=lambda word: (weights[word], word))
    if weights[rarest] < TURNS_ON * sum(weights.values()) or 1000 * frequency(rarest) > RARE * passages:
        return ""
    part = next((word for word in things if stem(word) == rarest), rarest)
    quoted = " ".join(f"{c.quote} {c.section or ''} {c.title}" for claim in claims for c in claim.citations)
    if rarest in stems(quoted) or held(terms_of(part), quoted):
        return ""
    written = re.search(rf"(?:[\w’']+-)*{re.escape(part)}(?:-[\w’']+)*", question, re.IGNORECASE)
    return f"No sentence quoted here has the word “{written[0] if written else part}”."


def term_undefined(
    question: str, claims: Sequence[Claim], passages_of: Callable[[Sequence[str]], Mapping[str, Passage]]
) -> str:
    """A line that tells that no sentence quoted defines the term that a question asks to define; empty if one is a
    definition that names a part of it, or has what leads to one beside it."""
    term = term_asked(question)
    if not claims or not term:
        return ""
    citations = [citation for claim in claims for citation in claim.citations]
    passages = passages_of([citation.passage for citation in citations])
    defines = {
        (passage.document, sentence.start)
        for passage in passages.values()
        for sentence in passage.sentences
        if sentence.kind is Kind.DEFINITION
    }
    words = _spelt(term)
    for citation in citations:
        places = [start for document, start in defines if document == citation.document]
        is_definition = any(citation.start <= start < citation.end for start in places)
        if _may_define(citation.quote, words, is_definition=is_definition):
            return ""
    return f"No definition of “{term}” is quoted here."


def term_asked(question: str) -> str:
    """The term that a question asks to define, as it is written there; empty if it asks for none."""
    asked = ASKS_ONLY_A_DEFINITION.match(question)
    term = next(filter(None, asked.groups()), "").strip(" “”\"‘’'") if asked else ""
    return term if len(term.split()) <= MOST_WORDS and subject_words(term) else ""


def _may_define(quote: str, words: set[str], *, is_definition: bool) -> bool:
    """Whether a quotation names a part of the term, and is a definition or has what leads to one beside it."""
    parts = [match for match in re.finditer(r"[\w’'-]+", quote) if words & _spelt(match[0])]
    return any(
        is_definition or LEADS_ON.match(quote[match.end() :]) or LEADS_TO.search(quote[: match.start()])
        for match in parts
    )


def _spelt(words: str) -> set[str]:
    """Stems of words, with a hyphen and in one."""
    return {*stems(words), *stems(words.replace("-", ""))}
