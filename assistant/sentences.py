"""Prose → sentence spans, by offset into the same text."""

from __future__ import annotations

import re

import sentencex

from assistant.notation import PRINTED_CODE

# A source's code or reference numbers: what stands after a full stop and belongs to what is before it.
SPEAKER = rf"(?:{PRINTED_CODE}|[A-Z][a-z]{{2,15}} (?:[a-z]{{2,15}} )?[A-Z]?\d{{1,3}})"
MARK = rf"(?:\(\s*{SPEAKER}[^()]{{0,40}}\)|\[[\d,;\s–-]{{1,60}}\])"
TRAILER = re.compile(rf"(?:{MARK}|[\d,\s]{{1,6}}|[)\]’”'\".]++)[.\s]*")
# A sentence that opens so points at something before it that a reader would not see.
POINTS_BACK = re.compile(
    r"^\W*(?:this|that|these|those|it|its|they|their|them|he|she|his|her|such|here|there (?:they|he|she|it)|however|but"
    r"|and|so|also|moreover|furthermore|then|thus|therefore|hence|or|nor|similarly|likewise|instead|both|neither|the (?:latter|former))\b",
    re.IGNORECASE,
)
# Of those, what only goes on ("However, leaders …") is whole without what is before; so is an "it" that stands
# for nothing ("It takes time to …").
GOES_ON = re.compile(
    r"^\W*+(?:(?:however|but|and|so|also|moreover|furthermore|then|thus|therefore|hence|or|nor|similarly|likewise|instead|here"
    r"|well|yes|yeah|no(?=,)|as a (?:result|consequence))\b(?:,\s*+|\s++))++",
    re.IGNORECASE,
)
# Words that lead in ("For some, this …", "Unfortunately, it …", "I think they …"), and what points back behind them.
LEADS_IN = re.compile(
    r"^\W*+(?:(?:\w+ly|further|again|now|still|yet|perhaps|often|of course),\s+"
    r"|(?:at|by|for|from|in|on|over|under|with|without) (?:\w[\w’'-]* ){0,1}\w[\w’'-]*,\s+(?=this|these|it\b)"
    r"|(?:i|we|you)(?:[’']m| am| are|[’']re)? (?:sure|think|thought|know|guess|mean|suppose|believe|hope),?\s+)",
    re.IGNORECASE,
)
POINTS_BACK_BEHIND = re.compile(
    r"(?:this|these|it|they|he|she|that(?=[’']s\b| (?:is|was|has|had|will|would|can|could|may|might|does|did|means|meant)\b))\b",
    re.IGNORECASE,
)
# What points back from behind the first word ("In such an environment …", "As this is …", "Some of them …").
POINTS_BACK_WITHIN = re.compile(
    r"^\W*+(?:(?:(?:(?:as part|because|due|in addition|in light|in spite|instead|rather|regardless|thanks|apart|based|building)\s+)?+"
    r"(?:about|above|across|after|against|along|alongside|among|around|at|before|behind|below|beneath|beside|besides|between|beyond|by"
    r"|despite|during|following|for|from|given|in|into|like|near|of|on|over|per|regarding|since|than|through|throughout|to|toward"
    r"|towards|under|unlike|until|upon|using|via|with|within|without)\s+)?"
    r"(?:(?:all|any|both|each|either|few|half|many|most|much|neither|none|one|part|several|some)(?: of)?\s+)?"
    r"(?:this|these|those|such(?! as\b)|them|him|it|that(?=[,.]| (?:case|context|end|level|light|moment|point|reason|regard|respect|sense"
    r"|stage|time|way)\b| to\b))"
    r"|(?:as|because|if|since|unless|until|when|where|whereas|while|although|though|once|after|before) (?:this|these|such)"
    r"|which)\b",
    re.IGNORECASE,
)
STANDS_FOR_NOTHING = re.compile(
    r"^\W*(?:(?-i:IT)\b|it (?:is|was|has been|can be|may be|takes|took|seems|seemed|appears|appeared|matters|helps|becomes)\b"
    r"(?=[^.;]{0,60}?\b(?:that|to|when|if|whether|how)\b)|both (?!of (?:them|these|those)\b)[^.;,]{1,40} and\b"
    r"|it[’']s (?:(?:very|really|also|so|too|not|quite|absolutely|often) )*(?!just|back|about|like|\w+(?:ing|ed)\b)\w+"
    r" (?:for (?:\w+ ){1,4})?(?:that|to|when|if|whether|how)\b"
    r"|it (?:could|might|must|should|will|would)(?: (?:also|well|even|still|often|perhaps|therefore))* be"
    r" (?:(?:very|really|also|so|too|not|quite|more|most) )*(?:\w+ that|(?!just|back|about|like|\w+(?:ing|ed)\b)\w+(?: here)?"
    r" (?:for (?:\w+ ){1,4})?(?:to|when|if|whether|how))\b"
    r"|(?:that|those) (?:who|which)\b|(?:this|the present|these) (?:paper|article|study|review|report|chapter|thesis|evaluation)s?\b"
    # Behind a word of place: what the text itself is, the time when it was said, and whom "those" names itself.
    r"|(?:\w+ ){1,3}(?:this|these) (?:paper|article|study|review|report|chapter|thesis|evaluation|section|book|episode|podcast|talk"
    r"|presentation|morning|afternoon|week|month|year|decade|century)s?\b"
    r"|(?:\w+ ){1,3}those (?:who|whom|whose|which|that|with|without|in|of|from|at|\w+ing|\w+ed)\b)",
    re.IGNORECASE,
)
LEADING_MARK = re.compile(rf"{MARK}[.,;]?(?=\s+[A-Z‘“\"'])")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of `text`, without surrounding white space, in order.

    A participant code or reference number after a full stop stays with the sentence before it, unless
    the text itself begins with one: then they stand before what they belong to.
    """
    spans: list[tuple[int, int]] = []
    marks_lead = LEADING_MARK.match(text) is not None
    for boundary in sentencex.get_sentence_boundaries("en", text):
        start, end = boundary["start_index"], boundary["end_index"]
        if spans and not marks_lead and (mark := LEADING_MARK.match(text, start, end)):
            start = mark.end()
            spans[-1] = (spans[-1][0], start)
        words = text[start:end]
        if not words.strip():
            continue
        begin = start + len(words) - len(words.lstrip())
        finish = begin + len(words.strip())
        if spans and TRAILER.fullmatch(text, begin, finish):
            spans[-1] = (spans[-1][0], finish)
        else:
            spans.append((begin, finish))
    return spans


def needs_what_is_before(words: str) -> bool:
    """Whether a sentence points at something before it without which it says nothing ("This helped")."""
    rest = GOES_ON.sub("", words, count=1)
    if STANDS_FOR_NOTHING.match(rest):
        return False
    if points_back(rest) or POINTS_BACK_WITHIN.match(rest):
        return True
    led = LEADS_IN.match(rest)
    behind = rest[led.end() :] if led else ""
    return bool(POINTS_BACK_BEHIND.match(behind)) and not STANDS_FOR_NOTHING.match(behind)


def points_back(words: str) -> bool:
    """Whether a sentence points at a sentence before it, which a reader would not see."""
    return bool(POINTS_BACK.match(words))


# What ends a statement; a code, reference or mark may stand after it.
ENDED = re.compile(r"[.!?…](?:\([^()]{1,60}\)|\d|[\W_])*+$")
# How much of a sentence's end is looked at for it.
END = 100
# A sentence that ends so is cut off, or leads to what is not quoted with it.
CUT_OFF = re.compile(
    r"(?:[,:–—-]|\b(?:a|an|the|and|or|but|so|nor|of|to|in|on|at|by|for|from|with|into|as|than|that|which|who|whose|because|if|when|while"
    r"|are|is|was|were|be))[\W_]*$",
    re.IGNORECASE,
)
# A clause that hangs on another has no verb to give it.
HANGS = re.compile(r"\b(?:which|that|who|whom|whose|where|when|what|how|why|whether|if)\b", re.IGNORECASE)
# The forms of a verb that are known without a dictionary, and one that governs a question ("looks at whether …").
GOVERNS = re.compile(r"\ws (?:at |on )?(?:whether|how|why)\b")
HAS_A_VERB = re.compile(
    r"\b(?:am|is|are|was|were|has|have|had|do|does|did|can|could|may|might|must|shall|should|will|would|cannot)\b|n[’']t\b"
    r"|\b(?:i|we|you|he|she|it|they|there|here)[’'](?:m|s|re|ve|d|ll)\b",
    re.IGNORECASE,
)
# Cells of a table's row that say something: at least so many beside its number.
CELLS = 2


def is_whole(words: str, is_spoken: bool = False) -> bool:
    """Whether words state something: a sentence with its end, a clause without, or a row of a table with cells
    that go together. A heading, an item of a list, what is cut off and what leads to a quotation do not. What is
    spoken may do without a verb."""
    if "|" in words:
        return sum(any(map(str.isalpha, cell)) for cell in words.split("|")) >= CELLS
    if words.rstrip("\"'’”*_) ").endswith(":"):
        return False
    if ENDED.search(words[-END:]):
        return True
    if CUT_OFF.search(words[-END:]):
        return False
    main = HANGS.split(words, maxsplit=1)[0]
    return is_spoken or bool(HAS_A_VERB.search(main) or GOVERNS.search(words))
