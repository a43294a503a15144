"""Whose words a sentence is: a participant's, the authors', cited work's, or none of these.

Rules, in this order: what the document states; speech in a transcript; a block quotation that begins
or ends with an interviewee's code; declarations, contact lines, affiliations and the title; references to other work; a quoted clause with
a code; else the authors.
"""

from __future__ import annotations

import re

from assistant.records import Block, Document, Voice, each_speaker
from assistant.records.documents import BETWEEN_SPEAKERS
from assistant.words import stems

# "TM4", "NHS2": letters of a role and a number; not a hypothesis, a stage of school, a form or a list of diseases.
CODE_NAME = (
    r"(?:(?:P|I|IV|INT|FG|SW)\s?\d{1,3}|(?!RQ|WP|KS|ICD|DSM|FP|PM|CO|IR|EQ|KPI|COP|SDG|BOX|FIG|TAB|AIM|LOT|DOI|ISO|HB)[A-Z]{2,4}\d{1,2}|(?:Participant|Interviewee|Respondent|Informant|Interview|Focus group"
    r"|Practitioner|Social worker|Manager|Parent|Carer) [A-Z]?\d{1,3})\b"
)
# "(P4)", "(P3, P4)", "(P4, team manager)"; "(P1 to P21)" tells which codes there are, and is none.
CODED = re.compile(rf"\(\s*{CODE_NAME}(?:\s*(?:[,;&]|and\b)[^()]{{0,60}})?\s*\)")
CODE = re.compile(rf"\b{CODE_NAME}")
CODED_END = re.compile(rf"{CODED.pattern}[.\s]*$")
CODED_START = re.compile(
    rf"(?:{CODED.pattern}(?:\s*+[:–—-])?|{CODE_NAME}(?:, [^:\n]{{1,40}})?\s*+[:–—])\s++(?=\S)"
)
ENDED = re.compile(r"[.!?…][’”'\"]*$")
END_MARK = re.compile(r"[.!?…’”'\"]\s*$")
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us|[Yy]ou)\b")
QUOTE_MARKS = "‘“\"'"
# No paragraph of one interviewee's words is longer; what is longer is not searched for codes again and again.
MAX_QUOTATION = 5000
REFERENCE_NUMBERS = re.compile(r"\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]")
NAME = (
    r"(?!(?:(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October|Spring|Summer|Autumn"
    r"|Winter|Act|Bill|Regulations)\b)[A-Z][\w’'-]+"
)
AUTHOR_YEAR = re.compile(
    rf"\((?:see |e\.g\.,? )?{NAME}(?:(?:,|,? and|,? &) {NAME})*(?:,? et al\.?| and colleagues)?,? "
    r"(?:19|20)\d\d[a-z]?(?:[;,][^()]*)?\)"
    rf"|\b{NAME}(?:,? (?:and|&) {NAME}| et al\.?| and colleagues(?:’|')?)? \((?:19|20)\d\d[a-z]?\)"
)
# "Quarrow et al. found", "Quarrow and colleagues studied": others whose work is told without its year.
OTHERS = re.compile(rf"\b{NAME},? (?:et al\b|and (?:co-?workers|colleagues)\b)")
# Where somebody works: names alone, one of them an institution's.
AFFILIATION = re.compile(
    r"^\d?\s?(?=[^.]*\b(?:University|School|Institute|Department|Cent(?:re|er)|Faculty|College|Hospital)\b)"
    r"(?=[^,]+,)(?:(?:of|and|the|for|in|at|&|[A-Z][\w’'&.-]*+)[,;]?\s?)+$"
)
REPORTED = re.compile(
    r"\b(?:previous|earlier|prior|other|existing|published) (?:research|studies|work|literature|reviews?)\b"
    r"|\b(?:(?:reported in|according to) (?:the )?|in the )(?:\w+ )?literature\b|\bresearch (?:shows|has shown|suggests)\b",
    re.IGNORECASE,
)
OWN_WORK = re.compile(
    r"^(?:[A-Z][\w ]{2,30}: )?(?:This|The present|Our|In (?:this|our)) (?:\w+ ){0,3}(?:article|paper|study|review|report|chapter)\b"
)
# The authors' own reasoning and results; what "we know" is from elsewhere.
KNOWN = r"(?:\w+ )?(?:know|knew|learn(?:ed|t)?|see|saw|seen|understand)\b"
OWN_WORDS = re.compile(
    rf"\b[Ww]e\b(?! {KNOWN})|\b[Oo]ur (?:\w+ ){{0,2}}(?:analys[ei]s|approach|articles?|data|field ?notes|findings?"
    r"|informants|interviews|papers?|participants|results?|review|sample|stud(?:y|ies)|survey|work)\b"
    r"|^(?:The|These|Our) (?:\w+ )?(?:results|findings)(?: (?:of|from) (?:this|the present|our) \w+)? (?:also |thus )?(?:support"
    r"|confirm|contradict|corroborate|extend|echo|add to|agree|align|accord|differ|resonate|are (?:consistent|in line))\b"
)
# Somebody else who is said to speak, beside a quotation in what a speaker says.
SAYS = (
    r"(?:say|said|state|argue|claim|write|wrote|conclude|put|tell|told|ask|go|went|suggest|declare|warn|call)"
    r"(?:e?s|e?d)?"
)
QUOTES_ANOTHER = re.compile(
    rf"\b(?:[Hh]e|[Ss]he|[Tt]hey|who|(?!I\b)[A-Z][\w’'-]+) (?:\w+ )?{SAYS}\b|\bquot(?:e|es|ed|ing)\b"
    r"|\b(?:in the words of|according to)\b"
)
# An apostrophe within a word does not end a quotation, and none begins with it.
QUOTED_CLAUSE = re.compile(r"(?<!\w)[‘“\"'](?=\w)((?:[^‘’“”\"']|(?<=\w)[’'](?=\w))+)[’”\"'](?!\w)")
DECLARATION = re.compile(
    r"^(?:disclosures?|conflicts? of interest|competing interests|funding|declarations?.*|ethic\w*(?: \w+)?"
    r"|\d+(?:\.\d+)*\.? ethic\w*.*|acknowledge?ments?|data availability.*|open research|contact.*|downloads?"
    r"|authors? contributions?|publisher|keywords|item type.*|endnotes)$",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"\b(?:tel|e-?mail|fax|doi)\b\.?\s*:|\b(?:tel|www)\.|https?://\S++\s*$|\bcopyright (?:of\b|\d|\W?©)|©|\bORCID\b"
    r"|^this (?:work|research|study|project) (?:was|is|has been) (?:supported|funded|made possible) by"
    r"|all rights reserved|\bcookies?\b.{0,80}\b(?:accept|settings)|^(?:\S+ ){0,3}log ?in\b[^.]{0,30}\.?$",
    re.IGNORECASE,
)
# "Surname, A. B.": an entry of a list of references begins with one, or names several.
LISTED_NAME = re.compile(rf"{NAME}, (?:[A-Z]\.\s?){{1,3}}")
PUBLISHED = re.compile(r"\b(?:19|20)\d\d\b")
# From how many words on a title is told by most of them, and which share of them must stand in what repeats it.
LONG_TITLE, LEAST_OF_TITLE = 6, 0.7
# A sentence of a speaker that is as long a quotation is somebody else's words.
LONG_QUOTATION = 8
SECOND_HAND = re.compile(r"\bnews (?:article|item|summary|report)\b|\bsecondary\b|\bsummary of\b", re.I)
# News of a programme that it tells itself.
FIRST_HAND = re.compile(r"\bown\b", re.I)


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
    if _is_reference(words) or AFFILIATION.match(words) or _repeats_the_title(document, words):
        return Voice.OTHER
    if cites(words):
        return Voice.CITED
    if CODED.search(words) and _quotes_a_clause(words):
        return Voice.PARTICIPANT
    kind = document.source.kind or ""
    if SECOND_HAND.search(kind) and not FIRST_HAND.search(kind):
        return Voice.CITED
    return Voice.AUTHORS


def codes_in(document: Document, block: Block, words: str) -> str | None:
    """The interviewees' codes that a sentence carries, in order ("P3, P4"); None without one.

    In a block quotation the code at its end or start holds for every sentence of it.
    """
    codes = _codes(words)
    if not codes and is_block_quotation(document, block):
        block_words = document.text[block.start : block.end]
        start = CODED_START.match(block_words)
        codes = _codes(block_words) or CODE.findall(start.group() if start else "")
    return BETWEEN_SPEAKERS.join(dict.fromkeys(codes)) or None


def is_block_quotation(document: Document, block: Block) -> bool:
    """A paragraph that is one interviewee's words: it begins or ends with a code and does not quote
    within a sentence of the authors'."""
    if block.end - block.start > MAX_QUOTATION:
        return False
    words = document.text[block.start : block.end]
    start, end = CODED_START.match(words), CODED_END.search(words)
    if not (start or end) or REFERENCE_NUMBERS.search(words) or len(CODED.findall(words)) > 1:
        return False
    return start is not None or (end is not None and _is_quotation(words[: end.start()].rstrip()))


def cites(words: str) -> bool:
    """Whether a sentence of the authors refers to other works, by a mark or in words."""
    if REFERENCE_NUMBERS.search(words) or AUTHOR_YEAR.search(words):
        return True
    is_own = OWN_WORK.match(words) or tells_of_own_work(words)
    return bool(REPORTED.search(words) or OTHERS.search(words)) and not is_own


def tells_of_own_work(words: str) -> bool:
    """Whether the authors say what they did, found or hold, though they may name works beside it."""
    return OWN_WORDS.search(QUOTED_CLAUSE.sub(" ", words)) is not None


def are_codes(speaker: str | None) -> bool:
    """Whether a speaker, or each of several, is an interviewee's code and no name."""
    return bool(speaker) and all(map(CODE.fullmatch, each_speaker(speaker)))


def quotes_interviewees(words: str) -> bool:
    """Whether the authors quote coded interviewees within a sentence of their own, which goes on to the code."""
    if not (CODED.search(words) and QUOTED_CLAUSE.search(words)) or CODED_START.match(words):
        return False
    end = CODED_END.search(words)
    body = words[: end.start()].rstrip() if end and len(CODED.findall(words)) == 1 else ""
    return not body.startswith(tuple(QUOTE_MARKS)) and not ENDED.search(body)


def quotes_another(words: str) -> bool:
    """Whether a speaker gives somebody else's words: all of a sentence is a quotation, or one stands beside who is
    said to speak."""
    body = words.strip()
    opened = re.match(rf"[{QUOTE_MARKS}](?=\w)(?:[^‘’“”\"']|(?<=\w)[’'](?=\w))+", body)
    if opened and len(opened.group().split()) >= LONG_QUOTATION:
        return True
    return _quotes_a_clause(words) and bool(QUOTES_ANOTHER.search(QUOTED_CLAUSE.sub(" ", words)))


def _is_quotation(body: str) -> bool:
    """Whether what stands before a code at the end of a paragraph is a quotation as a whole."""
    if body[:1] in QUOTE_MARKS:
        return True
    if re.search(r"[:,]\s*[‘“\"'][^‘“\"]*[’”\"']$", body):
        return False
    # "… had no time (P3)." is told by the authors, unless somebody speaks of himself.
    return bool(END_MARK.search(body) or FIRST_PERSON.search(body))


def _codes(words: str) -> list[str]:
    return [code for coded in CODED.findall(words) for code in CODE.findall(coded)]


def _is_reference(words: str) -> bool:
    """Whether a sentence is an entry of a list of references that stands without a heading."""
    listed = LISTED_NAME.match(words) or len(LISTED_NAME.findall(words)) > 1
    return bool(listed and PUBLISHED.search(words))


def _repeats_the_title(document: Document, words: str) -> bool:
    """Whether a sentence is the document's title once more; a long one may stand behind a word that announces it.
    What ends as a sentence does was taken for a title where there is none, and may be evidence."""
    named = (document.source.title or "").rstrip()
    if END_MARK.search(named):
        return False
    title, said = set(stems(named)), set(stems(words))
    spared = 1 if len(title) >= LONG_TITLE else 0
    return len(title & said) >= max(LEAST_OF_TITLE * len(title), 3) and len(said - title) <= spared


def _quotes_a_clause(words: str) -> bool:
    return any(len(match.split()) >= 6 for match in QUOTED_CLAUSE.findall(words))


def _names_speakers(document: Document) -> bool:
    return any(block.speaker for block in document.blocks)
