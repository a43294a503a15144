"""What a question speaks of: the things that it names, apart from words that have no subject of their own."""

from __future__ import annotations

import re

from assistant.places import PLACE
from assistant.words import content_words

AUXILIARY = r"(?:is|are|was|were|be|been|am|do|does|did|can|could|should|will|would|may|might|must|shall|has|have|had)(?:n[’']t)?"
PREPOSITION = (
    r"in|for|among|amongst|within|at|outside|inside|under|during|since|before|after|without|across|throughout|with|by|between|from|on"
    r"|beyond|despite|until|through|over|near"
)
INTERROGATIVE = r"(?:what|who|whom|whose|where|when|how|which|why)"
# What a whole question or request opens with, after a phrase of place or time at most.
CLAUSE = re.compile(
    rf"^\W*(?:(?:in|at|by|for|on|after|before|since|during|with|without|within|across|under)\s[^,?]+,\s*)?"
    rf"(?:{INTERROGATIVE}(?:[’']?s)?|{AUXILIARY}|if|define|list|name|find|explain|summari[sz]e|describe|show|tell|give|compare|outline"
    r"|i|we|i[’']d|i[’']m|we[’'](?:re|ve|d)|please)\b",
    re.IGNORECASE,
)
# Sources, and who speaks in them: a question that names nothing else asks about the answer before.
APPARATUS = (
    r"evidence|stud(?:y|ies)|source|document|paper|article|report|literature|research|review|trial|evaluation|interview|survey|sample"
    r"|participant|interviewee|respondent|informant|author|researcher|writer|speaker|expert|practitioner|people|finding|result|figure"
    r"|number|statistic|percentage|quote|quotation|line|passage|example|instance|detail|case|claim|statement|view|opinion|reference"
    r"|citation|word|list|summary|question|answer|point|part|bit|agree|disagree|conflict|contradict|differ|say|saying|said|conclude|conclusion"
    r"|suggest|argue|mention|think|thought|believe|feel|felt|know|knew|known|show|shown|found|strong|stronger|weak|weaker|recent|old|new|good"
    r"|robust|reliable|convincing|certain|sure|solid|clear|consistent|credible|trustworthy|typical|date|dated|measure|evaluate"
)
RELATIONS = (
    r"help|helpful|hinder|work|barrier|enabler|obstacle|problem|challenge|driver|facilitator|difference|different|reason|cause|effect"
    r"|outcome|consequence|impact|role|solution|solve|overcome|overcame|recommend|recommendation|recommended|advice|lesson|learnt|implication"
    r"|benefit|risk|advantage|disadvantage|drawback|strength|weakness|mean|meant|matter|happen|cost|main|get|got|getting|way|stop|stopped"
    r"|stopping|need|use|used|useful|affect|involve|apply|applies|applied|hold|true|same|similar|successful|effective|important|relevant|common"
    r"|possible|improve|make|made|take|took|taken|go|goes|going|gone|want|like|look|done|start|begin|began|end|compare|explain|summari[sz]e"
    r"|describe|outline|define|name|kind|sort|type|thing|someone|anyone|everyone|somebody|anybody|everybody|nobody"
)
MANNER = (
    r"really|actually|exactly|truly|short|brief|briefly|general|generally|practice|theory|else|still|yet|ever|already|enough|well|anyway"
    r"|far|long|longer|often|much|many|more|most|least|less|best|better|worst|worse|first|second|third|last|next|former|latter|other"
    r"|one|ones|two|three|today|later|earlier|always|usually|mainly|mostly|especially|particularly|plain|plainer|simple|simpler|elsewhere|everywhere|somewhere|anywhere|abroad"
    r"|according|across|along|among|amongst|around|without|within|outside|inside|beyond|throughout|against|since|upon|towards?|despite"
    r"|near|like|also|even|maybe|perhaps|ok|okay|right|thanks?|yes|instead|however|though|although|unless|whether|cannot|may|might|must|shall"
    r"|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|can't|couldn't|won't|wouldn't|shouldn't|hasn't|haven't|hadn't|i'd|i'm|it's|that's|there's"
    r"|what's|who's|we've|we're"
)
ENDING = r"(?:s|es|d|ed|ing)?"
OF_SOURCES = re.compile(rf"(?:(?:{APPARATUS}){ENDING}|{MANNER})", re.IGNORECASE)
OF_NO_SUBJECT = re.compile(rf"(?:(?:{APPARATUS}|{RELATIONS}){ENDING}|{MANNER})", re.IGNORECASE)
# "A quote from a director", "studies by economists": who speaks, not what of.
VOICED = re.compile(
    r"\b(?P<what>research|work|papers?|sources?|articles?|reports?|quotes?|quotations?|lines?|examples?|evidence|stud(?:y|ies)|views?|opinions?|statements?|passages?) (?:from|by)\s"
    r"(?:(?!on\b|about\b|of\b|for\b|that\b)[\w’'-]+\s?)+",
    re.IGNORECASE,
)
WHO_DOES = re.compile(rf"\bwho\s(?:(?:{AUXILIARY})\s)?[\w’'-]+", re.IGNORECASE)
WHAT_TO_DO = re.compile(
    r"\bwhat (?:can|could|should|must|might|do|did) (?:[\w’'-]+\s){1,4}do\W*$", re.IGNORECASE
)
# Saying, thinking and agreeing need a subject; left out at the end, it is the one before.
SAYS_OF_NOTHING = re.compile(
    rf"^\W*(?:what|which|{AUXILIARY})\b[^,]*\b(?:say|says|said|think|thinks|thought|feel|felt|believe|believed|suggest|suggested|recommend"
    r"|recommended|conclude|concluded|find|found|agree|agreed|disagree|disagreed|differ|differed)\W*$",
    re.IGNORECASE,
)
NAMES_SOMEBODY = re.compile(r"(?<=\s)[A-Z][\w’'-]+")


def asks(question: str) -> bool:
    """Whether a question is a whole sentence and no mere phrase; its opener is left out."""
    return CLAUSE.match(question) is not None


def things(question: str) -> list[str]:
    """Content words that name a thing, and neither a source, who speaks there, a place nor the actor of what is asked."""
    if WHAT_TO_DO.search(question):
        question = WHAT_TO_DO.sub(" ", question)
    elif SAYS_OF_NOTHING.match(question) and not NAMES_SOMEBODY.search(question):
        return []
    plain = WHO_DOES.sub(" ", VOICED.sub(r"\g<what> ", question))
    if asks(plain):
        plain = PLACE.sub(" ", plain)
    return subject_words(plain)


def subject_words(text: str) -> list[str]:
    """Content words of a text but those that have no subject of their own."""
    return [word for word in content_words(text) if not OF_NO_SUBJECT.fullmatch(word)]


def weighty(phrase: str) -> list[str]:
    """Content words of a phrase but those that speak of sources alone."""
    return [word for word in content_words(phrase) if not OF_SOURCES.fullmatch(word)]


def is_of_sources(question: str) -> bool:
    """Whether a question speaks of nothing but sources and who speaks in them."""
    return not weighty(question)
