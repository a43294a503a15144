"""Words for people who were interviewed, and for what somebody may ask after in a person."""

from __future__ import annotations

import difflib
import re

from assistant.words import content_words


def any_of(*patterns: str) -> re.Pattern[str]:
    """A pattern that finds what any of these finds, in capitals or not."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


NUMBER = (
    r"(?:\d{1,2}|(?:twenty|thirty)[ -]?(?:one|two|three|four|five|six|seven|eight|nine)?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
)
CODED = ("participant", "interviewee", "informant", "respondent")
NUMBERED = re.compile(
    rf"\b(?P<noun>[a-z]{{7,}})\s+(?=(?:no\.? ?|number )?{NUMBER}\b)(?!one (?:of|who|that)\b)", re.IGNORECASE
)
# Words of the language that are as near to those as a slip of the typist.
OTHER_WORDS = frozenset(
    f"{stem}{ending}"
    for stem, endings in (
        ("interview", ("s", "ed", "er", "ers", "ees", "ing")),
        ("participa", ("te", "ted", "tes", "ting", "tion", "nts")),
        ("respond", ("ed", "ing", "ents")),
        ("inform", ("al", "ed", "ation", "ants")),
        ("important", ("", "ly")),
    )
    for ending in endings
)
AS_NEAR_AS = 0.85

SAYING = (
    r"(?:said|says?|saying|spoke|speaks?|talk(?:s|ed)?|told|tells?|complain(?:s|ed)?|mention(?:s|ed)?|argue[sd]?|claim(?:s|ed)?|thinks?"
    r"|thought|believe[sd]?|describe[sd]?|calls?|called|warn(?:s|ed)?|remark(?:s|ed)?|note[sd]|raise[sd]?|explain(?:s|ed)?|insist(?:s|ed)?"
    r"|critici[sz]e[sd]?|praise[sd]?|blame[sd]?|worrie[sd]|admit(?:s|ted)?|pointed|points|felt|feels|wants?|wanted|made|gave|compare[sd]?)\b"
)
ROLE = (
    r"(?:directors?|managers?|leaders?|politicians?|academics?|researchers?|practitioners?|civil servants?|inspectors?|commissioners?"
    r"|policy ?-?makers?|chief executives?|councillors?|ministers?|social workers?|professors?|officers?|consultants?|nurses?|teachers?"
    r"|doctors?|lawyers?|judges?|clinicians?|psychologists?|therapists?|trustees?|m[ae]n|wom[ae]n|males?|females?|mps?)"
)
ATTRIBUTE = (
    r"(?:jobs?|job titles?|titles?|occupations?|employers?|professions?|salary|careers?|genders?|sex|ages?|ethnicity|nationality|religion"
    r"|backgrounds?|biograph\w*|cv|portraits?|personalit\w+|seniority|ranks?|initials|surnames?|first names?|workplaces?|whereabouts"
    r"|line of work)"
)
BODY = (
    r"(?:councils?|local authorit\w+|authorit(?:y|ies)|organi[sz]ations?|charit(?:y|ies)|universit(?:y|ies)|agenc(?:y|ies)|services?|regions?"
    r"|cit(?:y|ies)|count(?:y|ies)|countr(?:y|ies)|employers?|sectors?|departments?|bod(?:y|ies)|teams?|compan(?:y|ies)|nations?)"
)
SINGULAR_PERSON = r"(?:person|man|woman|lady|gentleman|one|someone|somebody|whoever|voice|speaker)"
PEOPLE = any_of(
    r"\b(?:interviewees?|informants?|participants?|respondents?|anonymous (?:people|sources?|speakers?)|p[ -]?codes?|codes)\b",
    r"\bpeople (?:who were )?(?:interviewed|quoted|behind)\b|\b(?:quoted|interviewed) people\b",
    rf"\b(?:people|{SINGULAR_PERSON}) (?:behind|quoted|(?:who|that) {SAYING})",
)
# One of those who were interviewed, or some picked out of them.
ONE_PERSON = any_of(
    r"\b(?:the|this|that|which|what|an|one|every|each) (?:interviewee|informant|participant|respondent)\b",
    rf"\b{SINGULAR_PERSON} (?:behind|quoted|(?:who|that) {SAYING})|\bwhoever {SAYING}",
    r"\b(?:who|which|any|some|one|none) (?:among|of) (?:the |these |those )?"
    r"(?:interviewees|informants|codes|people (?:who were )?(?:interviewed|quoted)|quoted people|interviewed people)\b",
    r"\bwhich (?:codes|interviewees|informants)\b",
    r"\bwhose (?:words?|remarks?|quot\w+|comments?|lines?|voices?)\b",
)
# What was said, up to the end of the clause: its subject is no matter of the person.
WHAT_WAS_SAID = re.compile(
    rf"(?<!^)(?<![.,;:?!] )(?<!please )(?<!you )(?<!to )\b(?:{SAYING}|quoted (?:on|about|as|in))(?:(?!\b(?:his|her|their|own)\b)[^.,;:?!–—]|,(?=\d))*?(?=[.,;:?!–—]|\s-\s|$|\b(?:his|her|their|own)\b)",
    re.IGNORECASE,
)
ASKS_AFTER = any_of(
    rf"\b{ATTRIBUTE}\b|\b(?:his|her|their|whose|what|which) (?:current |former |old )?(?:post|position|role|experience|training|expertise)\b",
    rf"\b(?:which|what) (?:kind of |sort of |type of )?{BODY}\b|\bwhere (?:do|does|did|is|was|are|were)\b.{{0,60}}\b(?:work\w*|based|live\w*|from)\b",
    r"\bwork(?:s|ed|ing)? (?:for|at|in)\b|\bc[ao]me(?:s)? from\b|\bbased (?:in|at)\b|\bfor a living\b|\bhow (?:old|senior|junior)\b|\bin post\b",
    rf"\b(?:is|was|are|were|be|been|currently|now|formerly|once)(?:n['’]t)? (?:(?:he|she|they|it|that|this|an?|any|all|currently|now|former(?:ly)?"
    rf"|ex|probably|actually|really|also|still|not|mostly|likely)\W+)*{ROLE}\b|\bsounds? (?:like|as if)\b|\b{ROLE}['’]s?\?",
    r"\bha[ds]\b.{0,12}\blived experience\b|\bhave lived experience\b",
)
ASKS_AFTER_IN_ANY_CLAUSE = any_of(
    rf"\b(?:tell (?:me|us) (?:more |something |anything |all |everything )?about|describe|portray|learn about|(?:know|more) about) (?:the|this|that) (?:{SINGULAR_PERSON}|interviewee|informant)\b",
    rf"\b(?:the )?same (?:person |man |woman |one )?as (?:the |that )?(?:{SINGULAR_PERSON}|interviewee|informant)\b",
    r"^\W*where (?:do|does|did|is|was)\b.*\b(?:work|employed|based|live)\W*$",
    rf"^\W*(?:is|was|are|were)\b.*\b(?:an? |the |in )(?:\w+ ){{0,2}}{ROLE}\W*$",
    r"\bwork(?:s|ed)? (?:for|at) (?:(?:the|an?) )?(?:(?-i:[A-Z])|councils?\b|charit|local\b|government\b|departments?\b|universit|ministr)",
)
# Said of a quotation: where whoever said it must come from.
PLACES_A_QUOTATION = any_of(
    r"\b(?:quot(?:e|ation)|remark|comment|words|line)\b.*\b(?:must|has to|surely|probably|bound to)\b.{0,20}\b(?:c[ao]me|be|is|are) from\b"
)
# Somebody named, or somebody of a named body, and whether they were interviewed.
NAMED = r"(?-i:(?:(?:Professor|Prof|Dr|Sir|Dame|Lord|Lady|Baroness|Mrs?|Ms)\.? )?[A-Z][\w’'-]+ [A-Z][\w’'-]+|(?:Professor|Prof|Dr|Sir|Dame|Lord|Lady|Baroness|Mrs?|Ms)\.? [A-Z][\w’'-]+)"
OF_A_BODY = r"(?:some|any)(?:body|one) (?:from|of|at|in) (?:the )?(?-i:[A-Z])[^?.!]{1,40}?"
WAS_INTERVIEWED = (
    r"(?:(?:take|took|taken) part in (?:the |an? |this |that |your )?(?:\w+ )?(?:interviews?|study|research)|(?:be |been |also )*interviewed|g[ai]ven? (?:an |the )?interviews?"
    r"|(?:an? |one of |among |amongst |in )(?:\w+ ){0,2}(?:interviewees?|informants?|interviews|people (?:interviewed|quoted)|21|twenty-one))"
)
GUESSES_A_NAME = any_of(
    rf"\b(?:did|was|were|is|has|have|does)(?:n['’]t)? (?:{NAMED}|{OF_A_BODY}) (?:also |ever )?{WAS_INTERVIEWED}",
    rf"\bwhich (?:of (?:the|these|those) )?(?:{'|'.join(CODED)}|code|one)s? (?:is|was|are|were) {NAMED}",
    rf"{NAMED} (?:was|is|were|must have been|has been) (?:also |surely |probably )?{WAS_INTERVIEWED}",
    # Each part where it stands first, and nowhere else is looked: a long question takes no longer than it is.
    rf"^(?>.*?\b(?:overlap|in common|the same people|also|both)\b)(?>.*?\b(?:acknowledg\w+|people thanked|thanked|panel|podcast|event)\b).*?(?:{PEOPLE.pattern})",
    rf"^(?>.*?\b(?:acknowledg\w+|people thanked|thanked)\b)(?>.*?\b(?:overlap|in common|the same people|also|both|among)\b).*?(?:{PEOPLE.pattern})",
)
FILLER = re.compile(
    r"\b(?:ok(?:ay)?|fine|just|tell|give|say|please|sure|then|still|only|maybe|perhaps|at least|part|local|senior|former|ex|so|and|or|which|what)\b",
    re.IGNORECASE,
)
ALONE = re.compile(
    rf"\b(?:{ATTRIBUTE}|(?!\w+s\b){ROLE}|(?!\w+s\b){BODY}|local government|central government|part of the country|male|female|based|live|senior)\b",
    re.IGNORECASE,
)


def as_typed_right(question: str) -> str:
    """The question with slips put right in the noun before a number: "partcipant 10"."""

    def put_right(match: re.Match[str]) -> str:
        noun = match["noun"].casefold()
        near = [] if noun in OTHER_WORDS else difflib.get_close_matches(noun, CODED, 1, AS_NEAR_AS)
        return match[0].replace(match["noun"], near[0]) if near else match[0]

    return NUMBERED.sub(put_right, question)


def asks_after_somebody(question: str) -> bool:
    """Whether a question asks for more of somebody who was interviewed than what they said, or whether somebody
    named was interviewed."""
    if GUESSES_A_NAME.search(question) or PLACES_A_QUOTATION.search(question):
        return True
    if not ONE_PERSON.search(question):
        return False
    return bool(
        ASKS_AFTER.search(WHAT_WAS_SAID.sub(" ", question)) or ASKS_AFTER_IN_ANY_CLAUSE.search(question)
    )


def names_an_attribute_alone(question: str) -> bool:
    """Whether a question names something to be known of one person, and no other subject."""
    return bool(ALONE.search(question)) and not content_words(FILLER.sub(" ", ALONE.sub(" ", question)))
