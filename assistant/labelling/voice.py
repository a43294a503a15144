"""Whose words a sentence is: a participant's, the authors', cited work's, or none of these.

Rules, in this order: what the document states; speech in a transcript; a block quotation that ends in
an interviewee's code; declarations and contact lines; references to other work; a quoted clause with
a code; else the authors.
"""

from __future__ import annotations

import re

from assistant.records import Block, Document, Voice

CODE = re.compile(r"\(\s*(P\d{1,3}|(?:Participant|Interviewee|Respondent|Informant) [A-Z]?\d{1,3})\s*\)")
BLOCK_QUOTE_END = re.compile(CODE.pattern + r"[.\s]*$")
REFERENCE_NUMBERS = re.compile(r"\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]")
AUTHOR_YEAR = re.compile(
    r"\((?:see |e\.g\.,? )?[A-Z][\w’'-]+(?:,? (?:and|&) [A-Z][\w’'-]+| et al\.?| and colleagues)?,? "
    r"(?:19|20)\d\d[a-z]?(?:[;,][^()]*)?\)"
    r"|\b[A-Z][\w’'-]+(?:,? (?:and|&) [A-Z][\w’'-]+| et al\.?| and colleagues(?:’|')?)? \((?:19|20)\d\d[a-z]?\)"
)
REPORTED = re.compile(
    r"\b(?:previous|earlier|prior|other|existing|published) (?:research|studies|work|literature|reviews?)\b"
    r"|\b(?:reported in|according to|in) the (?:\w+ )?literature\b|\b[Rr]esearch (?:shows|has shown|suggests)\b"
)
QUOTED_CLAUSE = re.compile(r"[‘“\"']([^‘’“”\"]{20,})[’”\"']")
DECLARATION = re.compile(
    r"^(?:disclosures?|conflicts? of interest|competing interests|funding|declarations?.*|ethic\w*(?: \w+)?"
    r"|\d+(?:\.\d+)*\.? ethic\w*.*|acknowledge?ments?|data availability.*|open research|contact.*|downloads?"
    r"|authors? contributions?|publisher|keywords|item type.*|endnotes)$",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"\b(?:tel|email|e-mail|fax|www\.|doi)\b\s*[:.]|https?://\S+\s*$|\bcopyright\b|©|\bORCID\b"
    r"|^this (?:work|research|study|project) (?:was|is|has been) (?:supported|funded|made possible) by"
    r"|all rights reserved|cookies?\b.*\b(?:accept|settings)|\blog ?in\b",
    re.IGNORECASE,
)
SECOND_HAND = re.compile(r"\bnews (?:article|item|summary|report)\b|\bsecondary\b|\bsummary of\b", re.I)


def voice_of(document: Document, block: Block, words: str) -> Voice:
    """The voice of one sentence `words` of `block`."""
    if block.voice is not None:
        return block.voice
    if document.is_transcript:
        return Voice.PARTICIPANT if block.speaker or not _names_speakers(document) else Voice.OTHER
    if is_block_quotation(document, block):
        return Voice.PARTICIPANT
    if any(DECLARATION.match(title) for title in block.section) or CONTACT.search(words):
        return Voice.OTHER
    if REFERENCE_NUMBERS.search(words) or AUTHOR_YEAR.search(words) or REPORTED.search(words):
        return Voice.CITED
    if CODE.search(words) and _quotes_a_clause(words):
        return Voice.PARTICIPANT
    if SECOND_HAND.search(document.source.kind or ""):
        return Voice.CITED
    return Voice.AUTHORS


def codes_in(document: Document, block: Block, words: str) -> str | None:
    """The interviewees' codes that a sentence carries, in order ("P3, P4"); None without one.

    In a block quotation the code at its end holds for every sentence of it.
    """
    codes = CODE.findall(words)
    if not codes and is_block_quotation(document, block):
        codes = CODE.findall(document.text[block.start : block.end])[-1:]
    return ", ".join(dict.fromkeys(codes)) or None


def is_block_quotation(document: Document, block: Block) -> bool:
    """A paragraph that is one interviewee's words: it ends in a code and does not quote within a
    sentence of the authors'."""
    words = document.text[block.start : block.end]
    if not BLOCK_QUOTE_END.search(words):
        return False
    if REFERENCE_NUMBERS.search(words) or len(CODE.findall(words)) > 1:
        return False
    body = BLOCK_QUOTE_END.sub("", words).rstrip()
    quoted_tail = re.search(r"[:,]\s*[‘“\"'][^‘“\"]*[’”\"']\s*$", body)
    return quoted_tail is None or body[:1] in "‘“\"'"


def _quotes_a_clause(words: str) -> bool:
    return any(len(match.split()) >= 6 for match in QUOTED_CLAUSE.findall(words))


def _names_speakers(document: Document) -> bool:
    return any(block.speaker for block in document.blocks)
