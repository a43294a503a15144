"""Whether a pronoun of a question points beyond it, or stands for what the question names, or for nothing."""

from __future__ import annotations

import re

from assistant.subjects import APPARATUS, AUXILIARY, INTERROGATIVE, PREPOSITION, asks, subject_words
from assistant.words import STOP_WORDS

FRONTED = re.compile(
    r"^\W*(?:in|at|by|for|on|after|before|since|during|with|without|within|across|under)\s[^,?]+,",
    re.IGNORECASE,
)
SUBORDINATE = r"(?:if|when|whenever|while|after|before|because|since|although|though|unless|until|once|that|who|which|whom|whose|where|so|as|how|what|why|whether|than)"
BOUNDARY = re.compile(
    rf"\b{SUBORDINATE}\b|[,;:.]|\b(?:and|or|but)\b(?=(?:\s[\w’'-]+){{0,2}}\s$)", re.IGNORECASE
)
VERB_FOLLOWS = frozenset({"that", "who", "to", "i", "we", "you", "they", "he", "she", "it"})
PLURALS = frozenset({"people", "staff", "children", "men", "women", "police"})
PERSONAL = re.compile(
    r"\b(?:(?P<one>it|he|she|him)|(?P<many>they|them)|(?P<own>its|theirs?|his|hers?))\b", re.IGNORECASE
)
JUDGED = (
    r"possible|true|hard|harder|difficult|easy|easier|important|necessary|essential|better|best|worth|useful|likely|clear|known|safe"
    r"|fair|right|wrong|common|normal|good|bad|wise|usual|enough|realistic|sensible"
)
BETWEEN = rf"(?:(?:{AUXILIARY}|ever|really|usually|often|still|also|always|so|too|very|more|most|not)\s)*"
# "How long does it take to …", "Is it true that …", "Is it money that …": "it" stands for nothing.
EXPLETIVE = re.compile(
    rf"it(?:[’']s)?\s{BETWEEN}(?:(?:takes?|took|taken|matters?|seems?|appears?|make sense|pays?)\b[^?]*\b(?:to|that|whether|for|{INTERROGATIVE})\s"
    rf"|(?:{JUDGED})\b[^?]*\b(?:to\s[\w’'-]+\s\w|that\s|whether\s|for\s))"
    r"|(?<=is )it\s(?!(?:in|for|at|on|with|by|about|only|just)\b)[\w’' -]{2,40}\s(?:that|who)\s",
    re.IGNORECASE,
)
DEICTIC = re.compile(
    r"\b(?:this|these)\b(?!\s(?:year|month|week|day|days|time|country|field|evidence|sources|documents|literature|papers|collection|library)\b)"
    r"|\bthose\b(?!\s(?:who|whose|that|which|with|without|in|of|for|from|on|at|\w+ing|\w+ed)\b)"
    rf"|\b{AUXILIARY} such\b"
    r"|\b(?:do|does|did|done|doing|think|say|said|why|if) so\b|\bsuch\b(?!\s(?:as|that|an?)\b)|\binstead\b(?! of)"
    r"|\b(?:what|who|where|when|how|why|which|anything|something|anyone|nothing) (?:else|more)\b|\bmore (?:about|on)\b"
    r"|\bas well\b(?! as)|\btoo\W*$|\b(?:the )?(?:former|latter)\W*$|\bsame question\b"
    rf"|\bthe (?:first|second|third|last|other|others)(?: one)?(?=\W*$|\s(?:{AUXILIARY}|and|in|for)\b|\s(?:{APPARATUS})\b)",
    re.IGNORECASE,
)
SAME = re.compile(r"\bthe same\b(?!\s(?:time|place)\b)(?![^?]*\bas\b)", re.IGNORECASE)
THERE = re.compile(rf"(?<!\w)(?P<be>{AUXILIARY}\s)?there\b(?!\s(?:{AUXILIARY}|seems?|exists?)\b|[’']s)", re.I)
ONE = re.compile(
    r"(?:(?<![\w’'])(?P<before>[\w’']+)[\s,]*)?(?<![\w-])one(?P<many>s)?\b(?!-)\s*(?P<after>[\w’']*)",
    re.IGNORECASE,
)
GENERIC_BEFORE = re.compile(
    rf"(?:{AUXILIARY}|no|any|every|some|if|when|as|that|before|once|how)", re.IGNORECASE
)
THAT = re.compile(
    r"(?:(?<![\w’'])(?P<before>[\w’']+)(?![’'])(?P<gap>\W*+))?\bthat\b(?P<rest>[^,;:.?!]*)", re.IGNORECASE
)
# What takes a clause with "that", and what "that" refers to within the question.
TAKES_CLAUSE = re.compile(
    r"(?:evidence|proof|true|signs?|facts?|claims?|ideas?|views?|says?|said|thinks?|thought|believe[sd]?|feels?|felt|knows?|knew|known|shows?"
    r"|shown|showed|finds?|found|suggests?|suggested|argues?|argued|means?|sure|likely|clear|possible|reports?|reported|agree|agreed|so|such"
    r"|now|given|provided|except|all|anything|something|everything|nothing|those|ones?|people|us|me)",
    re.IGNORECASE,
)
STARTS_PHRASE = re.compile(
    rf"(?:{AUXILIARY}|{INTERROGATIVE}|{PREPOSITION}|of|to|about|like|than|and|or|but|if|because|not|against|)",
    re.IGNORECASE,
)


def points_beyond(question: str) -> bool:
    """Whether a pronoun of a question stands for something that the question does not name."""
    return (
        DEICTIC.search(question) is not None
        or any(_is_elsewhere(question, match) for match in PERSONAL.finditer(question))
        or any(_is_demonstrative(match) for match in THAT.finditer(question))
        or any(_is_pronoun(question, match) for match in ONE.finditer(question))
        or any(not match["be"] for match in THERE.finditer(question))
        or any(" and " not in question[: match.start()] for match in SAME.finditer(question))
    )


def _is_elsewhere(question: str, pronoun: re.Match[str]) -> bool:
    """Whether what a personal pronoun stands for is not named before it: in a clause before its own, or for what
    belongs to somebody in the same one."""
    if pronoun[0].isupper() and len(pronoun[0]) > 1 and not question.isupper():
        return False
    if pronoun["one"] and EXPLETIVE.match(question, pronoun.start()):
        return False
    before = FRONTED.sub("", question[: pronoun.start()])
    if pronoun["own"]:
        return not _nouns(before)
    boundaries = list(BOUNDARY.finditer(before))
    if not boundaries or not asks(question):
        return True
    nouns = _nouns(before[: boundaries[-1].start()])
    return not (nouns if pronoun["many"] else [word for word in nouns if not is_plural(word)])


def _nouns(text: str) -> list[str]:
    """Words that may be nouns with a subject: none that follows what only a verb can follow."""
    words = re.findall(r"[\w’']+", text)
    named = set(subject_words(text))
    return [
        word
        for before, word in zip(["", *words], words, strict=False)
        if word.lower() in named
        and before.lower() not in VERB_FOLLOWS
        and not (before.lower() in named and is_plural(before))
    ]


def is_plural(word: str) -> bool:
    """Whether a noun is one of several things, by its ending."""
    return word.lower() in PLURALS or (word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")))


def _is_demonstrative(match: re.Match[str]) -> bool:
    """Whether "that" points at something, and neither opens a clause nor stands for a noun before it."""
    before, after = match["before"] or "", match["rest"].split()
    if not after:
        return True
    first, second = after[0].lower(), after[1].lower() if len(after) > 1 else ""
    if TAKES_CLAUSE.fullmatch(before):
        return first in ("in", "for", "with", "about", "again")
    if STARTS_PHRASE.fullmatch(before) or (match["gap"] or "").strip():
        return True
    if re.fullmatch(APPARATUS, first):
        return True
    if first in STOP_WORDS or is_plural(before) or first.endswith(("s", "ed")):
        return False
    return not second or (second in STOP_WORDS and not re.fullmatch(AUXILIARY, second))


def _is_pronoun(question: str, match: re.Match[str]) -> bool:
    """Whether "one" stands for a thing, and is neither a number nor anybody."""
    before, after = match["before"] or "", match["after"].lower()
    if match["many"]:
        return not any(map(is_plural, _nouns(question[: match.start()])))
    if GENERIC_BEFORE.fullmatch(before) and before.lower() != "that":
        return False
    if before.lower().endswith("ing") or not after:
        return True
    return after in STOP_WORDS - {"of", "in", "or", "to", "and", "thing", "things"}
