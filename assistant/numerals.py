"""The numbers that a text gives, as figures or in words, written alike."""

from __future__ import annotations

import re

# A figure, with its percent sign, and not the digits of a code such as P13.
NUMBER = re.compile(r"(?<!\w)\d+(?:[.,]\d+)*%?")
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
NUMBER_WORDS = {
    **TENS, **UNITS, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "hundred": 100, "thousand": 1000,
}  # fmt: skip
COMPOUND = re.compile(rf"\b({'|'.join(TENS)})[- ]({'|'.join(UNITS)})\b")
# "A third of teams", "two-thirds"; not "the third sector".
PART = re.compile(
    r"\b(?P<count>an?|one|two|three|four)[ -](?P<part>third|quarter|fifth|tenth)s?\b(?! (?:sector|party|year|time))"
)
MULTIPLE = re.compile(
    r"\b(?:twice|thrice|half|halv\w+|doubl\w+|trebl\w+|tripl\w+|dozens?|hundreds|thousands|millions)\b"
)
SAME = {"halv": "half", "doub": "twice", "treb": "thrice", "trip": "thrice", "doze": "dozen"}


def numbers_in(text: str) -> list[str]:
    """Figures, number words and fractions of a text, written alike; "one" is left out, it seldom counts."""
    plain = with_figures(text)
    is_one_a_figure = "1" in NUMBER.findall(text)
    found = [number for number in NUMBER.findall(PART.sub(" ", plain)) if number != "1" or is_one_a_figure]
    found += [f"{match['count']}/{match['part']}" for match in PART.finditer(plain)]
    return found + [SAME.get(word[:4], word) for word in MULTIPLE.findall(plain)]


def with_figures(text: str) -> str:
    """Lower case, with number words as figures."""
    plain = COMPOUND.sub(lambda match: str(TENS[match[1]] + UNITS[match[2]]), text.lower())
    plain = re.sub(r"(?<=\d) ?(?:per cent|percent)\b", "%", plain)
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", plain)
    plain = PART.sub(
        lambda match: f"{'one' if match['count'] in ('a', 'an') else match['count']}-{match['part']}", plain
    )
    return re.sub(
        r"[a-z]+(?!-?(?:third|quarter|fifth|tenth))",
        lambda match: str(NUMBER_WORDS[match[0]]) if match[0] in NUMBER_WORDS else match[0],
        plain,
    )
