"""What a question leaves for those after it: its subject, as a whole noun phrase or clause, and the names in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.followups import OPENER
from assistant.notation import CODE
from assistant.places import INSIDE, NAMED, NAMES
from assistant.pronouns import BETWEEN, EXPLETIVE, JUDGED, SUBORDINATE
from assistant.subjects import AUXILIARY, PREPOSITION, asks, subject_words, things
from assistant.words import STOP_WORDS, content_words

# What stands before the subject of a question: "What do the sources say helps …".
BEFORE_SUBJECT = re.compile(
    rf"^\W*(?:{OPENER})*(?:(?:how\s(?!(?:and|or|to)\b)[\w-]+\s(?={AUXILIARY}\b)|what|who|where|when|how|which|why|is|are|was|were|do|does"
    r"|did|can|could|should|will|would|has|have|there|any|many|much|often|well|the (?:sources|evidence|studies|literature)|say|says|said"
    r"|tell|tells|me|us|about|of|to|on|we|know|known|you|help(?:s|ed)?|hinder(?:s|ed)?|stop(?:s|ped)?|g[eo]ts? in the way of"
    r"|support(?:s|ed)?|enable[sd]?|(?:the )?(?:main )?(?:barriers?|enablers?"
    r"|obstacles?|challenges?|drivers?|facilitators?)(?: (?:to|of|for))?)\b\W*)+",
    re.IGNORECASE,
)
# "Who funded the pilot", "Who was missing from it", "What happened to it": what asks is the subject itself.
IS_SUBJECT = re.compile(
    rf"^\W*(?:who\s(?!(?:{AUXILIARY}|says?|said|tells?|told|knows?|knew|about)\b)|who\s{AUXILIARY}\s(?:not\s)?[\w-]+\s(?:{PREPOSITION}|of|to)\b"
    r"|what\s(?!(?:help|hinder|stop|support|enabl)ed\b)\w+ed\b)",
    re.IGNORECASE,
)
# "Which databases did the review search": "databases the review search".
ASKED_OF = re.compile(
    r"^\W*(?:what|which|how (?:many|much))\s(?P<thing>(?!(?:do|does|did)\b)(?:[\w’'-]+\s){1,4}?)(?:do|does|did)\s(?=\w)",
    re.IGNORECASE,
)
EMPTY_IT = re.compile(
    rf"^it\s{BETWEEN}(?:(?:takes?|took|taken|matters?|seems?|appears?|makes? sense|pays?|{JUDGED})\s(?:(?:to|that|whether|for)\s)?)?",
    re.IGNORECASE,
)
# "Was it tested with nurses": "it was tested with nurses".
TURNED = re.compile(
    rf"\b(?P<be>(?!(?:do|does|did)\b){AUXILIARY})\s(?P<who>it|they|he|she)\s(?P<said>.+)", re.IGNORECASE
)
# "Was it expensive": what is said of the subject before, and no subject.
PREDICATE = re.compile(
    rf"^\W*{AUXILIARY}\s(?:it|they|he|she|this|that|these|those)\s(?:(?:{AUXILIARY}|not|very|too|so|more|less|really|still|ever)\s)*[\w-]+\W*$",
    re.IGNORECASE,
)
# "How does coproduction work": the verb at the end is of the question, not of its subject.
ASKED_BY_VERB = re.compile(
    rf"^\W*(?:(?:how|what|why|when|where)\s)?(?:do|does|did)\b(?:(?!\b{SUBORDINATE}\b).)*?(?P<verb>\s[\w’'-]+)$",
    re.IGNORECASE,
)
ENDS_OPEN = re.compile(rf"\s(?:{PREPOSITION}|of|about|into|onto)$", re.IGNORECASE)
NAMED_CODE = re.compile(rf"\b{CODE}\b")
RUN = re.compile(rf"\b{NAMES}")
STARTS = re.compile(r"(?:^|[.?!:;(])\W*$")
MAX_CARRIED = 20


def subject_of(question: str) -> str:
    """A question without what asks in it; all of it where nothing would be left."""
    if IS_SUBJECT.match(question):
        return question
    asked = ASKED_OF.sub(r"\g<thing>", question, count=1)
    opening = BEFORE_SUBJECT.match(asked)
    rest = asked[opening.end() :].strip() if opening else asked.strip()
    verb = ASKED_BY_VERB.match(question)
    if verb and rest.endswith(verb["verb"]) and not subject_words(verb["verb"]):
        rest = rest.removesuffix(verb["verb"])
    rest = _with_its_subject(question, ENDS_OPEN.sub("", rest))
    return rest if content_words(rest) else question


def names_a_subject(question: str) -> bool:
    """Whether a question names a thing, and does more than say something of what "it" stands for."""
    return bool(things(question)) and PREDICATE.match(question) is None


def with_names(carried: str, question: str, asked: Sequence[str]) -> str:
    """What a follow-up takes over, with the first names of each kind in the questions before it; those
    of a kind that the follow-up has itself are left out."""
    own, there = _names(question), _names(carried)
    for kind in ("code", "name", "place"):
        if kind in own:
            carried = carried.replace(f", {there.get(kind)}", "")
        if kind in own or kind in there:
            continue
        latest = next((names[kind] for text in asked if kind in (names := _names(text))), "")
        if latest and not any(name in carried for name in latest.split(" and ")):
            carried = _put(carried, latest, is_last=kind == "place")
    return carried


def cut(words: str) -> str:
    """So much of a text as is carried, without brackets."""
    return " ".join(words.replace("(", " ").replace(")", " ").split()[:MAX_CARRIED])


def _with_its_subject(question: str, rest: str) -> str:
    """What is left of a question that begins with a pronoun: without an "it" that stands for nothing, else
    with the auxiliary behind its subject."""
    start = question.find(rest)
    if EXPLETIVE.match(question, start):
        return EMPTY_IT.sub("", rest)
    turned = TURNED.search(question)
    if turned and turned.start("who") == start:
        return f"{turned['who']} {turned['be'].lower()} {rest.removeprefix(turned['who']).strip()}"
    return rest


def _names(text: str) -> dict[str, str]:
    """The names in a text by their kind: a place with its preposition, participants' codes, and any other."""
    place = NAMED.search(text)
    codes = list(dict.fromkeys(NAMED_CODE.findall(text)))
    names = [] if text.isupper() else list(dict.fromkeys(_runs(NAMED_CODE.sub(" ", NAMED.sub(" ", text)))))
    found = {
        "place": place[0] if place else "",
        "code": " and ".join(codes),
        "name": " and ".join(names),
    }
    return {kind: cut(words) for kind, words in found.items() if words}


def _runs(text: str) -> Iterator[str]:
    """Capitalised words that stand together, but for those that only begin a sentence."""
    for match in RUN.finditer(text):
        words = match[0].split()
        opens = asks(words[0]) or words[0].lower() in STOP_WORDS
        is_first = STARTS.search(text, 0, match.start()) is not None
        if opens:
            words = words[1:]
        elif is_first and len(words) == 1 and not (words[0].isupper() and len(words[0]) > 1):
            continue
        if content_words(" ".join(words)):
            yield " ".join(words)


def _put(carried: str, names: str, *, is_last: bool) -> str:
    """Names behind the subject, and before a place that stands behind it."""
    place = None if is_last else re.search(rf",\s{INSIDE}[^,;]+$", carried, re.IGNORECASE)
    end = place.start() if place else len(carried)
    return f"{carried[:end]}, {names}{carried[end:]}"
