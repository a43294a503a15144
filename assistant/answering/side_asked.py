"""Which sides a question asks for: what helps, what hinders. A word for a side counts as the main verb or the noun of
what is asked: "What stops pilots?", "the barriers to uptake". In "What does failure demand mean?" or "how do you
find out whether it works?" it asks for no side."""

from __future__ import annotations

import re

from assistant.questions import TAKEN_OVER

QUOTED = re.compile(r"“[^”]{1,300}”|\"[^\"]{1,300}\"|(?<!\w)[‘'][^‘’'?]{1,60}[’'](?!\w)")
SENTENCE = re.compile(r"[^.?!]+[.?!]*")

# What may stand between a question word and its verb.
BETWEEN = (
    r"(?: (?:else|really|most|often|also|then|so|might|may|could|can|would|will|has|have|had|(?:it )?(?:is|was) (?:it )?that|tends? to"
    r"|seems? to|(?:is |are )?(?:more |most )?likely to|\w+ly|in [^?,.]{1,30}?)){0,4}"
)
# A phrase before its verb: words that neither ask nor deny, nor open another clause, nor are verbs beside another.
NEVER = r"(?:not|never|seldom|rarely|hardly)"
AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|may|might|should|must)"
NOT_INSIDE = (
    r"(?!(?:what|which|who|whom|whose|how|why|when|where|whether|if|that|because|since|and|or|but|to|\w+n[’']t"
    rf"|{NEVER}|{AUXILIARY})\b)"
)
PHRASE = rf"(?: {NOT_INSIDE}[\w’'-]+)"
SUBJECT = (
    rf"(?:\bwhat|\bwho|\banything(?: that)?|\bthe things that|\b(?:which|what){PHRASE}{{1,3}}(?: that)?)"
)
BE = r"(?:[’']s|(?<=what)s|(?<=who)s| is| are| was| were)"
GOOD = r"(?:(?<!less )(?:work|last|stick|happen|succeed|possible|easier|easy|safer|safe|better|good|feel|want)|less (?:hard|difficult|tricky|tough|awkward|risky|\w+ing))"
BAD = r"(?:(?<!less )(?:hard|harder|difficult|tricky|tough|impossible|slow|slower|fail|worse|awkward|risky|unsafe))"
ENABLES = (
    r"(?:help(?:s|ed)?|enabl(?:es?|ed)|facilitat(?:es?|ed)|support(?:s|ed)?|dr(?:ives?|ove)|promot(?:es?|ed)|foster(?:s|ed)?"
    r"|encourag(?:es?|ed)|eas(?:es?|ed)|let(?:s)?|allow(?:s|ed)?|sustain(?:s|ed)?|strengthen(?:s|ed)?|improv(?:es?|ed)|w(?:ins?|on)\b.{0,40}\bover"
    rf"|keeps?(?! [^?]{{1,40}} from \w+ing)|ma(?:kes?|de)(?: for\b|{PHRASE}{{0,8}}? {GOOD})|g(?:ets?|ot) [^?]{{1,30}} (?:on board|going|to|into|moving))"
)
THRIVES = r"(?:work(?:s|ed)?|succe(?:eds?|eded)|surviv(?:es?|ed)|last(?:s|ed)?|st(?:icks?|uck)|thriv(?:es?|ed)|t(?:akes?|ook) root)"
ENABLING = r"(?:help|enabl|facilitat|support|driv|promot|foster|encourag|work|keep|sustain|mak)ing\b"
STOPS = (
    r"(?:stop(?:s|ped)?|hinder(?:s|ed)?|imped(?:es?|ed)|inhibit(?:s|ed)?|hamper(?:s|ed)?|obstruct(?:s|ed)?|block(?:s|ed)?|prevent(?:s|ed)?"
    r"|stifl(?:es?|ed)|undermin(?:es?|ed)|slow(?:s|ed)?|kill(?:s|ed)?|threaten(?:s|ed)?|deter(?:s|red)?|discourag(?:es?|ed)|thwart(?:s|ed)?"
    r"|derail(?:s|ed)?|delay(?:s|ed)?|frustrat(?:es?|ed)|constrain(?:s|ed)?|(?:gets?|got|stands?|stood) in the way|h(?:olds?|eld)(?: [\w’'-]+){0,7} back"
    r"|trip(?:s|ped)?(?: [\w’'-]+){0,4} up|puts?(?: [\w’'-]+){1,5} off|keeps? [^?]{1,40} from \w+ing"
    rf"|ma(?:kes?|de){PHRASE}{{0,8}}? {BAD})"
)
STOPPING = (
    r"(?:stopp|hinder|imped|inhibit|hamper|obstruct|block|prevent|stifl|undermin|slow|kill|threaten|hold|gett|stand)ing\b"
    r"(?! (?:on|up|it together)\b)"
)
FAILS = (
    r"(?:fail(?:s|ed)?|stall(?:s|ed)?|struggl(?:es?|ed)|founder(?:s|ed)?|flop(?:s|ped)?|fizzl(?:es?|ed)|collaps(?:es?|ed)|died?|dies"
    r"|resist(?:s|ed)?|(?:goes|go|went|gone) wrong|(?:comes?|came) (?:to nothing|unstuck)|f(?:alls?|ell|allen) (?:flat|apart|through|short)"
    r"|h(?:olds?|eld) back|br(?:eaks?|oke) down|dig(?:s)? (?:in )?(?:their |its )?heels(?: in)?|dug (?:in )?(?:their |its )?heels(?: in)?)"
)
# What may follow the noun that is asked for; before another noun it belongs to that: "failure demand".
BOUNDARY = (
    r"(?=\W*$|\s*[,:;.?!)]|\s(?:to|of|in|for|with|on|at|by|from|when|as|that|which|who|and|or|do|does|did|is|are|was|were|has|have|can|could"
    r"|will|would|might|may|there|they|we|you|people|facing|come|came|arise|arose)\b)"
)
HEAD = (
    rf"(?:\b(?:what|which){BE}?|\bany|\b(?:list|name|about)|^\W*(?:and|but|so)?)(?: the| its| their| any| some)?"
    rf"(?: (?!an?\b){NOT_INSIDE}[\w’'-]+){{0,2}}? ?\b"
)
ENABLERS = r"\b(?:enablers?|facilitators?|success factors?)\b"
BARRIERS = (
    r"\b(?:barriers?|obstacles?|hindrances?|impediments?|pitfalls?|drawbacks?|downsides?|stumbling blocks?)\b"
)
OF_GOOD = r"(?:conditions|drivers|support|help)"
OF_BAD = r"(?:problems?|challenges?|difficult(?:y|ies)|risks?|threats?|dangers?|snags?|failures?)"
# Whoever asks how they stop a thing asks what helps against it.
SOMEBODY = r"(?: (?:i|we|you|they|one|people|anyone|(?:the )?(?-i:[A-Z])[\w’'-]+))"
AGAINST = r"(?:stop|prevent|avoid|overcome|get (?:round|around|past|over)|deal with|tackle)"

HELPS = re.compile(
    rf"{SUBJECT}(?:[’']s)?{BETWEEN} (?:{ENABLES}|{THRIVES})\b|{SUBJECT}{BE} (?:really |actually )?{ENABLING}|{SUBJECT}{BE} good (?:about|for)\b"
    rf"|\bwhat(?: else)? (?:do|does|did|will|would) (?:it take|[^?,]{{1,60}}? (?:need|require|depend on))\b|\bon what (?:do|does|did)\b[^?,]{{1,80}}? depend\b"
    rf"|\bhow (?:best )?(?:do|does|did|can|could|should|would|might|to){PHRASE}{{0,5}}? {ENABLES}\b"
    rf"|\bhow (?:best )?(?:(?:do|did|can|could|should|would|might){SOMEBODY}|to) {AGAINST}\b"
    rf"|\bwhy {AUXILIARY}{PHRASE}{{1,6}}? {THRIVES}\b|{ENABLERS}|{HEAD}{OF_GOOD}{BOUNDARY}",
    re.IGNORECASE,
)
HINDERS = re.compile(
    rf"{SUBJECT}(?:[’']s)?{BETWEEN} (?:{STOPS}|{FAILS})\b|{SUBJECT}{BE} (?:really |actually )?{STOPPING}"
    rf"|\bwhat{BE} (?:so )?(?:wrong|bad|{BAD}) (?:about|with|in|for|to)\b|\bwhat (?:{AUXILIARY}n[’']?t|{AUXILIARY} not|never) (?:{ENABLES}|{THRIVES})\b"
    rf"|\bhow {AUXILIARY}(?!{SOMEBODY} {AGAINST}){PHRASE}{{1,9}}? {STOPS}\b|\b(?:where|how) (?:do|does|did|can){PHRASE}{{1,6}}? {FAILS}\b"
    rf"|\bwhy (?:{AUXILIARY}{PHRASE}{{1,10}}? (?:{STOPS}|{FAILS}|{BAD}|stuck|a (?:\w+ )?(?:problem|challenge|headache))\b"
    rf"|{AUXILIARY}\b[^?]{{0,80}}? (?:{NEVER}|(?:comes?|came) to nothing)\b|\w+n[’']t\b|(?:ca|do|does|did|wo|is|are|has|have|would|could)nt\b|cannot\b)"
    rf"|\bwhat (?:do|does|did){PHRASE}{{1,10}}? (?:struggle with|lack|fear|find {BAD})\b|{BARRIERS}|{HEAD}{OF_BAD}{BOUNDARY}",
    re.IGNORECASE,
)


def sides_asked(question: str) -> tuple[bool, bool]:
    """Whether a question asks for what helps, and whether for what hinders."""
    parts = asking(question)
    helps, hinders = (any(form.search(part) for part in parts) for form in (HELPS, HINDERS))
    return helps, hinders


def asking(question: str) -> list[str]:
    """The sentences of a question that ask, without what stands in quotation marks; all of them if no mark tells."""
    plain = QUOTED.sub(" ", question)
    over = TAKEN_OVER.search(plain)
    # Every word of a sentence stands after a space, the first as well.
    sentences = SENTENCE.findall(f" {TAKEN_OVER.sub('', plain)}")
    asks = [sentence for sentence in sentences if sentence.rstrip().endswith("?")] or sentences
    # What a follow-up takes over asks as well.
    return [*asks, *f" {over['subject']}".split(";")] if over else asks
