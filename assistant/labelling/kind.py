"""What kind of sentence it is: a definition, a method, a number, a finding, or none of these.

Rules, in this order, since a sentence can be several: how a study was made often holds numbers, and a
question for a number finds it by its figures too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.labelling.stance import FINDING
from assistant.records import Kind, Stance, Voice

DEFINES = re.compile(
    r"\b(?:(?:is|are|was|were|be) (?:defined|understood|conceived) (?:as|by|here|to be)|defin(?:es?|ed|ition of)"
    r"|(?:by|the term|the word) [^.;]{2,60}\bmean(?:s|t)?\b|mean(?:s|t) (?:that |by )?(?:the|an?)\b"
    r"|(?:the term [\w ’-]{1,40}|which|it) refers? to|stands? for|counts? as (?:an? )?(?:innovation|improvement)|as opposed to"
    r"|is (?:the|an?) (?:[\w-]+ ){0,2}(?:process|ability|capacity|practice|set|way|meeting|approach|programme|scheme|form|term|kind)"
    r" (?:of|to|for|that|which|in which|where)|is made up of"
    r"|(?:framework|model|method|theory|cluster|concept|CFIR|NASSS|PARIHS)\b[^.,;:]{0,40}\b(?:has|sets out|names|sorts|comprises|looks at)\b)",
    re.IGNORECASE,
)
METHOD = re.compile(
    r"\b(?:(?:was|were|been|is|are) (?:\w+ )?(?:interviewed|randomised|randomized|recruited|surveyed|coded|screened|analysed|analyzed"
    r"|sampled|approached|transcribed|followed(?: up| for)|allocated|assigned|searched|excluded|included in the (?:study|review)"
    r"|studied|collected|chosen on purpose|selected|conducted|carried out)"
    r"|(?:randomised|interviewed|surveyed|followed|recruited|analysed|studied) (?:an? \w+ )?(?:\d|two|three|four|five|six|seven|eight|nine|ten|twelve)"
    r"|(?:study|review|project|trial|evaluation|authors) (?:of \d{4} )?(?:asked|looked for|looked at|studied|searched|left out) |we (?:interviewed|searched|conducted|reviewed|coded|surveyed|recruited|analysed|analyzed|used|undertook)"
    r"|(?:semi-structured|structured|in-depth) interviews?|focus groups? (?:of|with|at)|(?:framework|thematic|survival|regression|content)"
    r" analys[ie]s|random(?:ised|ized) (?:controlled trial|by)"
    r"|databases?|search terms?|inclusion criteria|response rate|ethical approval|ethics committee|sample of|survey of|case stud(?:y|ies) of"
    r"|(?:review|study|evaluation|analysis|research|framework) (?:\w+ )?(?:drew|draws|rests|was based|is based|was built|covered|used) (?:on|upon|from)?)",
    re.IGNORECASE,
)
OF_METHOD = re.compile(
    r"\bmethod(?:s|ology)?\b|\bdata collection\b|\bresearch design\b|\bsampl(?:e|ing)\b", re.I
)
# A figure that counts or measures: no year, section or code, and no reference.
COUNTS = re.compile(
    r"(?<![\w.,(§£$€-])(?!(?:19|20)\d\d(?:s|\b))\d[\d,]*(?:\.\d+)?(?:\s?%| per ?cent\b|\s+[a-z]{3,})|[£$€]\s?\d"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|half"
    r"|a (?:third|quarter|fifth)) (?:of (?:the |all )?)?(?:\w+ )?(?:percent|per cent|years?|months?|weeks?|councils?|authorities|families|children|studies"
    r"|people|staff|teams?|sites?|interviewees?|informants?|providers?|projects?|articles?|groups?|times|points?|pounds?)\b",
    re.IGNORECASE,
)


def kind_of(words: str, section: Sequence[str], stance: Stance, voice: Voice) -> Kind:
    """The kind of one sentence, by its words, the headings above it, and what it is labelled with."""
    if voice is Voice.OTHER or words.rstrip().endswith("?"):
        return Kind.STATEMENT
    if DEFINES.search(words):
        return Kind.DEFINITION
    # What helps or hinders is a finding, however it was found.
    if stance is Stance.NEITHER and _tells_of_method(words, section, voice):
        return Kind.METHOD
    if COUNTS.search(words):
        return Kind.NUMBER
    if stance is not Stance.NEITHER or FINDING.search(words):
        return Kind.FINDING
    return Kind.STATEMENT


def _tells_of_method(words: str, section: Sequence[str], voice: Voice) -> bool:
    return bool(METHOD.search(words)) or (
        voice is not Voice.PARTICIPANT and any(map(OF_METHOD.search, section))
    )
