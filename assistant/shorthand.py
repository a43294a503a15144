"""Words as they are typed in haste → as texts spell them: "ppl", "govt", "whats stopping", "cant".

Sources are edited, and models learnt from edited text. Only what is no word by itself is spelt out, so that nothing a
person says is taken for something else; mistyped words are another matter (`mistyped`).
"""

from __future__ import annotations

import re

_VERBS = (
    "ai", "are", "could", "did", "do", "does", "had", "has", "have", "is", "must", "need", "should", "was", "were", "would",
)  # fmt: skip
_JOINED = {f"{verb}nt": f"{verb}n’t" for verb in _VERBS} | {"cant": "can’t"}
_WITH_BE = {f"{word}s": f"{word}’s" for word in ("what", "who", "where", "how", "why", "that", "there")}
_OF_PEOPLE = {f"{word}s": f"{word}’s" for word in ("children", "women")}
_OTHERS = {
    "ive": "I’ve", "weve": "we’ve", "youve": "you’ve", "theyve": "they’ve", "youre": "you’re", "theyre": "they’re",
    "ppl": "people", "pls": "please", "plz": "please", "thx": "thanks", "u": "you", "ur": "your", "bc": "because",
    "coz": "because", "cuz": "because", "tho": "though", "thru": "through", "btw": "by the way", "abt": "about",
    "govt": "government", "mgmt": "management", "mgr": "manager", "mgrs": "managers", "orgs": "organisations",
    "dept": "department", "depts": "departments", "yrs": "years", "hrs": "hours", "w/o": "without", "w/": "with",
    "b4": "before", "diff": "different", "gonna": "going to", "wanna": "want to", "gotta": "got to", "wot": "what",
}  # fmt: skip
SPELT_OUT = _JOINED | _WITH_BE | _OF_PEOPLE | _OTHERS
# In capitals it may be a name ("BC", "UR"); within other signs it is part of one.
SHORT = re.compile(
    rf"(?<![\w'’./-])(?:{'|'.join(sorted(map(re.escape, SPELT_OUT), key=len, reverse=True))})(?![\w'’/-]|\.\w)",
    re.IGNORECASE,
)


def spelt_out(question: str) -> str:
    """The question with its short forms in full."""
    return SHORT.sub(lambda match: _full(match.group()), question)


def _full(short: str) -> str:
    if len(short) > 1 and short.isupper():
        return short
    full = SPELT_OUT[short.lower()]
    return full[0].upper() + full[1:] if short[0].isupper() else full
