"""Which questions are declined, by fixed rules that look at the question before anything is searched.

Interviewees were promised that they cannot be recognised. Rules cannot list every way to ask who
somebody is, so they work the other way round: a question that names an interviewee's code is answered
only if it asks what was said, and only if nothing in it asks about the person. Where it asks for neither in
words that the rules know, a judge may say that it is harmless.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.confidentiality.persons import (
    CODED,
    NUMBER,
    PEOPLE,
    ROLE,
    SAYING,
    WHAT_WAS_SAID,
    any_of,
    as_typed_right,
    asks_after_somebody,
)

CODE = any_of(
    r"\bP\s?-?\d{1,2}\b",
    rf"\b(?:{'|'.join(CODED)})\s+(?:no\.? ?|number )?{NUMBER}\b",
)
# Asking what was said, and by which code: what a quotation is for.
ASKS_WORDS = any_of(
    r"\b(?:said|says?|saying|quot\w+|words?|told|tells?|talk(?:s|ed|ing)? (?:about|of)|mention\w*|argu\w+|views?|think|thought|remark\w*"
    r"|claim\w*|point(?:s|ed)? (?:out|about|on)|describ(?:e|es|ed) (?!P\b|P\d)|comment\w*|line|extract|passage|call(?:s|ed)? (?:it|this|for)"
    r"|w[ae]nt on about|go(?:es)? on about|(?:was|is) it P\s?\d+ (?:who|that)|rais(?:e|ed|es)|br(?:ing|ings|ought) up|complain\w*|attribut\w+|cod(?:e|ed) as|state[sd]?|statements?|mean[st]?"
    r"|(?:dis)?agree\w*|contradict\w*|verbatim|wording|themes?|anything (?:from|by))\b",
    r"\bP\s?\d{1,2},? (?:on|about|regarding) (?!(?:linkedin|facebook|the (?:staff|board|team|payroll|panel|list))\b)\w",
)
# Asking about the person. Each is a sign on its own once a code or "the interviewees" is named.
ASKS_PERSON = any_of(
    r"\bwho(?:['’]?s| is| was| are| were|m)?\s+(?:really |actually |exactly )?(?:P\s?\d|th(?:is|at|e|ese|ose)|he|she|they|behind|it)\b",
    r"\b(?:real |actual |full |first |last |sur)?names?\b(?! (?:the|three|two|a|some|one)\b)(?<!instead of names)(?<!rather than names)(?<!and not names)",
    r"\bidentit\w+|\bidentif\w+|\bunmask|\bde-?anonymi|\bre-?identif|\breveal\b|\bexpose\b",
    r"\b(?:jobs?|job titles?|occupations?|employ(?:er|ers|ed)|professions?|salary|careers?|gender|sex|age|ethnicity|nationality|religion"
    r"|background|biograph\w*|cv|profiles?|portrait|persona|pen picture|character|personality|seniority|rank)\b",
    r"\bfor a living\b|\bwork(?:s|ed|ing)? (?:for|at|in|with)\b|\bbased (?:in|at)\b|\bwhere (?:do|does|did|is|was)\b(?!.{0,25}\b(?:say|said|mention\w*|quoted|talk|speak|complain|argue|claim)\b)",
    r"\b(?:which|what) (?:council|local authorit\w+|authority|organi[sz]ation|charity|university|agency|service|region|city|county|country"
    r"|employer|sector|department|body|role|post|position|job|kind of (?:person|job|role))\b",
    r"\bat (?:which|what) \w+\b|\bhow (?:old|senior|long has)\b|\bin post\b",
    r"\bsame (?:person|man|woman|one)\b|\bis (?:that|this|it) (?:him|her|them)\b|\bone and the same\b",
    r"\bsounds? (?:like|as if)\b|\breminds? me\b|\bmust be\b|\bcould (?:it|that|this|he|she|P\s?\d+) be\b",
    r"\bguess\w*\b|\bhint\b|\bprobab\w+\b|\blikel(?:y|iest|ihood)\b|\bconfirm\b|\byes or no\b|\bwarm(?:er)?\b|\bdeduce\b|\binfer\b|\bwork out\b",
    r"\bmatch(?:es|ed|ing)?\b|\blink(?:s|ed|ing)?\b|\bcross-?refer\w*|\bcorrespond\w*|\bbelong(?:s|ing)? to\b|\bmap(?:ped|s)? (?:to|onto)\b|\bdecode\b",
    r"\bi(?:['’]m| am|) P\s?\d|\bi (?:actually )?took part\b|\bintroduce\b|\bmeet\b|\bcontact\b|\bphone\b|\be-?mail\b",
    r"\b(?:is|was|are|were) P\s?\d+ (?:an?|the|from|in|at|one of|really|actually|male|female|senior)\b",
    r"\bP\s?\d+ (?:is|was|must|might|may|could|works?|worked)\b(?! (?:say|said|quot|right|argu|claim))",
    r"\b(?:everything|all)\b[^.?!]{0,40}\bP\s?\d",
    rf"\b{ROLE} or (?:an? )?{ROLE}\b",
    r"\b(?:describe|characteri[sz]e|sketch|summari[sz]e|tell me about|know about|got on|have on|details (?:of|on|about))\b.{0,25}\b(?:P\s?\d|him|her|them|me)\b",
)
# Asking about the person, unless it is what he or she spoke about.
ASKS_PERSON_OR_THEME = any_of(r"\b(?:experiences?|training|trained|expertise|qualifications?|qualified)\b")
GROUP_BY_POST = any_of(
    r"\b(?:which|what) (?:of the |of these )?(?:p[ -]?)?codes?\b.{0,60}\b(?:are|is|belong|stand|work|come|were|third|directors?|manag|polic|academ|leaders?)\b",
    r"\b(?:codes?|interviewees?|informants?|participants?|respondents?)\b.{0,60}\b(?:categor\w+|table|by (?:job|role|sector|post|employer))\b",
    r"\b(?:list|show|send|give|tell|provide|share|export|publish)\b.{0,40}\b(?:real |actual )?(?:names?|identities|contact details)\b",
    r"\b(?:real |actual )names?\b",
    r"\blist\b.{0,12}\b(?:the |all )?(?:interviewees|informants|participants|respondents)\b(?!.{0,60}\b(?:said|views?|mention)\b)",
)
TRANSCRIPTS = any_of(
    r"\b(?:dump|output|print|send|give|show|paste|release|share|export|read out|hand over|let me (?:see|have))\b.{0,50}\b(?:interview )?transcripts?\b",
    r"\b(?:full|whole|complete|raw|entire|original) (?:interview )?transcripts?\b",
)
THIRD_PERSONS = any_of(
    r"\b(?:what(?:['’]?s| is| was)|tell me|give me)\b.{0,30}\b(?:mum|mother|dad|father|child|boy|girl|baby|parent|family|young person|son|daughter)\b"
    r".{0,30}\b(?:called|name[ds]?)\b",
    r"\bnames? of (?:the |that |this )?(?:mum|mother|dad|father|child|children|boy|girl|baby|parents?|family|young person|son|daughter)\b",
    r"\bwho (?:is|was|were) (?:the |that )?(?:child|baby|boy|girl|mother|mum|father|dad|parents?|family)\b",
)
CASE_SIGNS = any_of(
    r"\bbruis\w+|\binjur\w+|\bneglect(?:ed|ing)\b|\busing again\b|\brelaps\w+|\bmoved back in\b|\bstrategy (?:meeting|discussion)\b|\bs(?:ection)? ?47\b",
    r"\bcare order\b|\bemergency protection\b|\bplacement order\b|\bremov(?:e|ing|al)\b|\btake (?:the|this|her|his|their) (?:child|baby|kids?)\b",
    r"\bdisclos(?:ed|ure)\b.{0,30}\babuse\b|\b(?:last night|tonight|this morning|yesterday|right now)\b|\bdue (?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    r"\b(?:my|our) (?:case|client|service user|caseload)\b|\ba (?:case|family|child|girl|boy|mum|mother|client) (?:i|we)(?:['’]ve| have|['’]m| am| work)\b",
    r"\b(?:this|that) (?:family|child|baby|mother|mum|girl|boy)\b",
)
CASE_PEOPLE = any_of(
    r"\b(?:mum|mother|dad|father|baby|babies|child(?:ren)?|kids?|little one|family|families|teen\w*|girl|boy|partner|gran\w*|client|case)\b"
)
ASKS_ADVICE = any_of(
    r"\b(?:should|shall|must|ought|do|can|could) (?:i|we|she|he|they)\b|\bwhat (?:do|would|should) (?:i|we|you)\b|\bis it (?:ok|safe|time)\b|\bneed to\b|\badvise\b|\badvice\b"
    r"|\b(?:draft|write|prepare)\b.{0,30}\b(?:chronolog\w+|recommendations?|report|assessment|statement|plan)\b"
)
PRODUCTS = any_of(
    r"\b(?:software|vendors?|suppliers?|products?|apps?|platforms?|consultanc\w+|consultants?|crm|packages?|laptops?|phones?|alarms?|licen[cs]es?|teams|yammer|slack|zoom"
    r"|sharepoint|case management systems?|(?:it|records?) systems?|providers?|brands?|devices?|sensors?)\b"
)
QUOTATION = any_of(
    r"\b(?:find|give|show|get|need|want|looking for|is there|have you|got)\b.{0,30}\b(?:quot(?:e|es|ation|ations)|line|passage|extract)\b"
    r".{0,20}\b(?:about|on|of|where|that|saying)\b"
)
WHICH_SAID = any_of(
    rf"\bwhich (?:of (?:the|these|those) )?(?:{'|'.join(CODED)})s? (?:\w+ly )?(?:{SAYING}|puts? (?:it|that|this)\b)"
)
WHO = any_of(
    r"\b(?:who|whose|whom|person|people behind|he|she|him|his|her|which (?:council|authority|agency))\b"
)
ASKS_CHOICE = any_of(
    r"\b(?:should|shall|would) (?:we|i|our \w+|you)\b.{0,40}\b(?:buy|purchase|procure|choose|use|hire|get|pick|switch|go (?:for|with)|recommend|sign|appoint)\b",
    r"\brecommend (?:me|us|a|an|the|some|one|any)\b|\b(?:just )?pick (?:one|for us|a)\b|\bcheapest\b|\bbest (?:value|price|buy|deal)\b|\b(?:which|what)(?:['’]s| is)? (?:the )?best\b.{0,30}\bfor (?:us|our|my)\b",
    # Somebody's own act, or no one's: what others buy is a question of fact.
    r"(?:^\W*|\b(?:we|(?-i:us)|i|our|my)\b.{0,60}\b|\b(?:which|best|better|worth|cheaper|safer|right) (?:\w+ ){0,3}to )(?:buy|purchase|procure|switch to|shortlist)\b.{0,30}\?",
)
# What sources say of the law, or what the fear of it does, not what it allows somebody.
LAW_IN_GENERAL = any_of(
    r"\b(?:do|does|did|what) (?:the |these |those |your |any )?(?:sources?|stud(?:y|ies)|evidence|literature|papers?|research\w*|authors?|reports?|evaluations?|interviewees?|informants?)"
    r"(?: \w+)? (?:say|says|find|finds|found|show|shows|tell|tells|suggest|suggests|report|reports|conclude|concludes)\b",
    r"\b(?:in|from|according to) (?:the |these |those |your )?(?:sources|stud(?:y|ies)|evidence|literature|papers|research|reports|evaluations|interviews)\b",
    r"^\W*(?:how|what|why)\b[^.?!]*\bfears? of\b",
    r"\bfears? of\b[^.?!]{0,80}\b(?:barriers?|obstacles?|hind(?:er|ers|ered|rance)|slow\w*|stop\w*|prevent\w*|deter\w*|discourag\w*|inhibit\w*|stifl\w*)\b",
)
OWN = any_of(r"\b(?:i|we|us|our|ours|my|mine)\b")
LEGAL = any_of(
    r"\b(?:is|are|would|was|were|will)\b.{0,80}\b(?:legal|lawful|illegal|unlawful|against the law)\b(?! (?:dut|condition|barrier|framework|requirement|constraint|context|advice))",
    r"\blegal advice\b|\b(?:sue|sued|suing)\b|\b(?:(?:take|taken) (?:us|me|the council|our \w+)|(?:we|i|council) (?:\w+ ){0,2}(?:end up|lose|win))\b.{0,20}\b(?:to|in) (?:court|tribunal)\b|\bliab(?:le|ility)\b.{0,30}\?|\bprosecut\w+\b|\bjudicial review\b"
    r"|\bbreak(?:ing)? the law\b|\bbreach of (?:contract|gdpr|data protection)\b|\bwould (?:it|this|that) stand up in court\b",
)
INSTRUCTIONS = any_of(
    r"\b(?:your|the|system|hidden|initial|secret|developer)\s+(?:\w+\s+){0,2}(?:prompts?|instructions|configuration|config|guardrails|system message)\b",
    r"\b(?:print|repeat|output|show|reveal|read out|tell me|give me|write down|summari[sz]e)\b.{0,30}\b(?:everything|text|lines?|words|all) (?:above|before|so far)\b",
    r"\byour (?:own )?(?:rules|guidelines|restrictions|settings)\b",
    r"\b(?:debug|maintenance|developer|admin|god|dan|sudo|unrestricted) mode\b|\bi am your (?:developer|creator|admin\w*|owner|maker)\b|\bapi keys?\b|\bpasswords?\b.{0,20}\b(?:you|hold|stored)\b|\bkeys (?:that )?you hold\b",
    r"\b(?:were|are|have|had)(?: you| been){1,2} (?:told|instructed|trained|programmed|set up|made) (?:to|before|not|about|how|on)\b|\byou (?:were|are|have been) (?:told|instructed|programmed|set up)\b"
    r"|\bmakes? you (?:refuse|decline)\b",
    r"\b(?:complete|continue|finish) (?:this|the|that|my) (?:sentence|text|line|paragraph)\b.*\byou(?:r)?\b",
)


def _asks_for_people(question: str) -> bool:
    return any(
        pattern.search(question) is not None for pattern in (TRANSCRIPTS, THIRD_PERSONS, GROUP_BY_POST)
    )


def _identity(question: str) -> bool:
    if _asks_for_people(question):
        return True
    if CODE.search(question):
        return _asks_for_the_person(question) or not ASKS_WORDS.search(question)
    return bool(PEOPLE.search(question) and _asks_who(question)) or asks_after_somebody(question)


def _asks_for_the_person(question: str) -> bool:
    beside = WHAT_WAS_SAID.sub(" ", question)
    return bool(ASKS_PERSON.search(question) or ASKS_PERSON_OR_THEME.search(beside)) or asks_after_somebody(
        question
    )


def is_in_doubt(question: str) -> bool:
    """Whether a question is declined only because it names a code and asks for nothing that the rules know."""
    read = as_typed_right(question)
    return kind_of_decline(question) == "identity" and not (
        read != question
        or _asks_for_people(question)
        or _asks_for_the_person(question)
        or (PEOPLE.search(question) and _asks_who(question))
    )


def asks_for_a_quotation(question: str) -> bool:
    """Whether a question asks for a quotation on a subject and speaks of nobody who was interviewed."""
    return QUOTATION.search(question) is not None and not (
        CODE.search(question) or PEOPLE.search(question) or WHO.search(question)
    )


def asks_which_said(question: str) -> bool:
    """Whether a question asks which interviewee said something, and nothing before or after that."""
    return WHICH_SAID.search(question) is not None and "?" not in question.rstrip("? ")


def _asks_who(question: str) -> bool:
    """Whether a question about "the interviewees" asks who they are; their number and the way in which
    they were found are method, and are answered."""
    return bool(
        re.search(
            r"\bwho(?:['’]?s| is| was| are| were)?\s+(?:really |actually |exactly )?(?:the |that |this |these |behind|those )"
            r"|\b(?:real |actual )?names?\b(?<!instead of names)(?<!rather than names)(?<!and not names)|\bidentit\w+|\bidentif(?:y|ies)\b|\breveal\b|\bunmask|\bde-?anonymi|\bguess\b",
            question,
            re.IGNORECASE,
        )
    )


def _live_case(question: str) -> bool:
    return bool(CASE_SIGNS.search(question) and CASE_PEOPLE.search(question) and ASKS_ADVICE.search(question))


def _product(question: str) -> bool:
    return bool(PRODUCTS.search(question) and ASKS_CHOICE.search(question))


def _legal(question: str) -> bool:
    in_general = LAW_IN_GENERAL.search(question) and not OWN.search(question)
    return bool(LEGAL.search(question)) and not in_general


RULES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("identity", _identity),
    ("live case", _live_case),
    ("product", _product),
    ("legal", _legal),
    ("instructions", lambda question: bool(INSTRUCTIONS.search(question))),
)


def kind_of_decline(question: str) -> str | None:
    """The kind of question that is declined, or None."""
    read = as_typed_right(question)
    return next((kind for kind, applies in RULES if applies(read)), None)
