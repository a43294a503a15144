"""What a sentence says about innovation, by cue words with negation.

The cues are the field's own (enabler, barrier and their synonyms) and plain verbs and states. A cue
under a negation counts for the other side where that is what the codebook says ("lack of", "do not
facilitate"), and for neither where a barrier is denied ("has not stifled").
"""

from __future__ import annotations

import re

from assistant.records import Labels, Stance

HELPS = re.compile(
    r"\b(?:enabl\w+|facilitat(?:e|es|ed|ing|ors?)|help(?:s|ed|ful|ing)?|support(?:s|ed|ive)|(?:can|could|may|to|will|would) support|foster\w*|promot\w+"
    r"|encourag\w+|stimulat\w+|energis\w+|drive[rs]?s?|underpin\w*|strengthen\w*|improv(?:e|es|ed|ing)"
    r"|essential|vital|crucial|critical (?:to|for)|key (?:to|factor|ingredient)|important (?:to|for|that|in)"
    r"|needs? (?:to|a|an)\b|need(?:ed)? to|requires?|required|must|necessary|prerequisite"
    r"|conducive|lever\w*|success factors?|more (?:likely|readily|willing)|easier|allow(?:s|ed|ing)"
    r"|depends on|best facilitated|makes? (?:it )?possible|builds? commitment|matters)\b",
    re.IGNORECASE,
)
HINDERS = re.compile(
    r"\b(?:barriers?|hinder\w*|hindrance|imped\w+|inhibit\w*|obstruct\w*|obstacles?|constrain\w*"
    r"|challeng(?:e|es|ing)|prevent(?:s|ed|ing)?|undermin\w+|stifl\w+|stagnat\w+|founder\w*|fail(?:s|ed|ure|ures)?"
    r"|struggl\w+|resist(?:ance|ant|ed|s)?|lack(?:s|ed|ing)?|shortages?|insufficient|inadequate|insecur\w+"
    r"|difficult(?:y|ies)?|hard to|problems?|too (?:busy|few|much|many|short|little|complex)|risk[- ]avers\w+"
    r"|fatigue|cynic\w+|blame|fear\w*|bureaucra\w+|turnover|churn|overwhelm\w+|overworked|slow(?:s|ed)?|stall(?:s|ed|ing)?|h[eo]ld(?:s|ing)? back|in the way of"
    r"|erode\w*|saps?|siloe?d?s?|conflict\w*|clash\w*|dissonance\w*|short-term\w*|misalign\w*|poorly|limited"
    r"|less (?:likely|open|able)|reluctan\w+|vulnerable to|under-?resourced|time-poor|fire-?fight\w*|friction)\b",
    re.IGNORECASE,
)
NEGATED_HELP = re.compile(
    r"\b(?:not|n[’']t|never|no|without|lack of|lacks?|hardly|little|fails? to|cannot|nobody|absence of)\b"
    # "Not money but trust helped" and "not only helps" deny nothing.
    r"(?:\W+(?!but\b|only\b|just\b)\w+){0,4}?\W+"
    r"(?:enabl\w+|facilitat\w+|help\w*|support\w*|encourag\w+|allow\w*|foster\w*)",
    re.IGNORECASE,
)
DENIED_BARRIER = re.compile(
    r"\b(?:not|n[’']t|never|no)\b(?:\W+\w+){0,3}?\W+(?:barriers?|hinder\w*|stifl\w+|imped\w+|inhibit\w*|prevent\w*)",
    re.IGNORECASE,
)
NO_EFFECT = re.compile(
    r"\b(?:no (?:significant )?(?:difference|effect|association)|not (?:found to|enough|sufficient)|does not offer"
    r"|not associated)\b",
    re.IGNORECASE,
)
OVERCOMES = re.compile(
    r"\b(?:overc[ao]m\w+|address\w*|mitigat\w+|reduc\w+|counter\w*|tackl\w+|remov\w+|manag(?:e|es|ing))\b"
    r"(?:\W+\w+){0,4}?\W+(?:barriers?|obstacles?|challenges?|resistance|problems?|turnover|risks?|fear)",
    re.IGNORECASE,
)
TOPIC_ONLY = re.compile(
    r"\b(?:(?:this|the|our) (?:(?:systematic|narrative|literature|scoping|rapid) ){0,2}(?:article|paper|study|review|research|project|report|chapter|aim|aims|purpose)\b"
    r"|we (?:aimed|searched|conducted|interviewed|reviewed|examined|explored|sought|coded|undertook)"
    r"|was selected|were (?:interviewed|screened|included|coded|identified through|searched)|aim(?:ed|s)? (?:to|of)"
    r"|barriers (?:and|or) (?:enablers|facilitators)|(?:enablers|facilitators) (?:and|or) barriers"
    r"|factors (?:that|which) (?:\w+ ){0,3}(?:support|affect|influence))\b",
    re.IGNORECASE,
)
FINDING = re.compile(
    r"\b(?:found|finds|show(?:s|ed)|suggest(?:s|ed)|demonstrate[sd]|reveal(?:s|ed)|indicate[sd]|conclude[sd]) that\b",
    re.IGNORECASE,
)
# "Only if X", "not unless X": X is what is needed.
NEEDED_CONDITION = re.compile(
    r"\b(?:unless|only (?:if|when|where)|provided that|as long as)\b", re.IGNORECASE
)
# "To prevent X, Y must be there", "Y is needed to avoid X": the obstacle is what the needed thing is to meet.
AIM = (
    r"(?:(?:in order |so as )?to|to help(?: to)?) (?:prevent|avoid|avert|overcome|reduce|stop|minimi[sz]e|counter|mitigate|tackle)\b"
    r"|for (?:preventing|avoiding|averting|overcoming|reducing|stopping|minimi[sz]ing|countering|mitigating|tackling)\b"
)
IS_NEEDED = r"(?:needed|required|necessary|essential|vital|crucial)"
NEED = rf"(?:{IS_NEEDED}|needs?|must|ha(?:s|ve) to|should|ought to|requires?)"
NEEDED_AGAINST = re.compile(
    rf"(?:^|[;:] |\b(?:and|but|so) )(?:{AIM})[^.;:]*?, [^.;:]*?\b{NEED}\b"
    # "It needs to avoid X" is no more than "it avoids X".
    rf"|\b(?:{IS_NEEDED}|{NEED} (?!to\b)[^,.;:]{{2,60}}?) (?:{AIM})",
    re.IGNORECASE,
)
TURNS = re.compile(r"\b(?:but|however|although|whereas|yet|or else)\b", re.IGNORECASE)
# "Without X, …" and "if X is not there, …": the needed thing is missing.
MISSING = re.compile(
    r"(?:^|[,;] )(?:(?:and|but|yet) )?(?:without\b[^,.;]{3,90},|if\b[^,.;]{3,60}?(?:\b(?:not|no|never)\b|n[’']t\b)[^,.;]{0,60},)",
    re.IGNORECASE,
)
LACK_OF_EVIDENCE = re.compile(
    r"\b(?:lack|absence|paucity|dearth|shortage|limited|insufficient|little|scarce)\b(?:\W+\w+){0,4}?"
    r"\W+(?:evidence(?!-)|research|studies|literature)\b",
    re.IGNORECASE,
)
CONTRAST = re.compile(
    r"\b(?:but|however|although|while|whereas|yet|or else|rather than)\b|;"
    r"|\band (?:also )?(?:hinders?|imped(?:es?)|inhibits?|undermines?|slows?|helps?|enables?|facilitates?|supports?)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?:unless|only if|only when|only where|if|when|where|provided that|as long as)\b[^,.;:]{8,90}",
    re.IGNORECASE,
)


def stance_of(words: str) -> Labels:
    """Stance of one sentence, with the condition that it states."""
    if words.rstrip().endswith("?"):
        return Labels()
    helps, hinders = _sides(words)
    if (NEEDED_CONDITION.search(words) and not helps) or is_needed_against(words):
        helps, hinders = True, False
    contrasts = helps and hinders and CONTRAST.search(words)
    if TOPIC_ONLY.search(words) and not contrasts and not FINDING.search(words):
        return Labels()
    if helps and hinders:
        stance = Stance.BOTH if CONTRAST.search(words) else _later_side(words)
    elif helps or hinders:
        stance = Stance.ENABLER if helps else Stance.BARRIER
    else:
        return Labels()
    condition = CONDITION.search(words)
    return Labels(stance=stance, condition=condition.group().strip() if condition else None)


def is_needed_against(words: str) -> bool:
    """Whether a sentence says that something is needed to meet an obstacle, and sets nothing against that."""
    return NEEDED_AGAINST.search(words) is not None and not (
        TURNS.search(words) or NEGATED_HELP.search(words)
    )


def _sides(words: str) -> tuple[bool, bool]:
    """Whether the sentence says that something helps, and that something hinders."""
    if NO_EFFECT.search(words):
        return False, False
    told = LACK_OF_EVIDENCE.sub(" ", words)
    denied = DENIED_BARRIER.sub(" ", OVERCOMES.sub(" ", told))
    hinders = bool(HINDERS.search(denied) or NEGATED_HELP.search(told) or MISSING.search(words))
    if not hinders and told != words:
        return False, False
    helps = bool(HELPS.search(NEGATED_HELP.sub(" ", told)) or OVERCOMES.search(told))
    return helps, hinders


def _later_side(words: str) -> Stance:
    """Without a contrast word the cue nearer the start governs: "lack of support hinders"."""
    first_help, first_hinder = HELPS.search(words), HINDERS.search(words)
    if first_hinder and (not first_help or first_hinder.start() <= first_help.start()):
        return Stance.BARRIER
    return Stance.BARRIER if NEGATED_HELP.search(words) else Stance.ENABLER
