"""What a question says of place, field and year, held against where a claim's sources come from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.notation import YEAR
from assistant.places import CALLED, COUNTRY_PLACE, with_article
from assistant.records import Claim, DocumentHead, Evidence, Source
from assistant.records.countries import KINGDOM, PARTS_OF_THE_KINGDOM

EVERYWHERE = "international"
ANY_SECTOR = "public services"
# A question's words for a sector, as sources name them.
SECTORS = {
    "children's social care": r"child(?:ren)?[’']?s? (?:social (?:care|work|services)|services|welfare|protection|care)"
    r"|kids[’']? (?:services|social care)|child welfare|child protection|looked[- ]after children|foster(?:ing| care)",
    "adult social care": r"adults?[’']? (?:social )?(?:care|services)|home ?care|care homes?|older people",
    "health": r"nhs|health ?care|hospitals?|primary care|general practice|nursing",
}
SECTOR_WORDS = {name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for name, words in SECTORS.items()}
COUNTRY_ASKED = re.compile(
    rf"\b(?:in|across|within|throughout|inside)\s(?P<name>{COUNTRY_PLACE})", re.IGNORECASE
)
SINCE = re.compile(rf"\b(?:since|after|from) ({YEAR})\b", re.IGNORECASE)
BEFORE = re.compile(rf"\b(?:before|until|up to) ({YEAR})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """What a question is about: countries, sectors, and the first and last year; empty for what it does not
    say."""

    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None

    def in_words(self) -> str:
        """As in: children's social care in England since 2015."""
        years = f"since {self.first}" if self.first else f"before {self.last}" if self.last else ""
        place = f"in {' and '.join(map(with_article, self.countries))}" if self.countries else ""
        return " ".join(part for part in (" and ".join(self.sectors), place, years) if part)


def asked_context(question: str, titles: Sequence[str] = ()) -> Context:
    """The context that a question names. What stands there as a part of a title of a source is a name, and says
    nothing of the context."""
    told = question
    for title in titles:
        # Most titles stand in no question, and a pattern for each of thousands takes its time.
        if title.casefold() in told.casefold():
            told = re.sub(re.escape(title), " ", told, flags=re.IGNORECASE)
    since, before = SINCE.search(told), BEFORE.search(told)
    return Context(
        tuple(name for name, words in CALLED.items() if words.search(told)),
        tuple(name for name, words in SECTOR_WORDS.items() if words.search(told)),
        int(since[1]) if since else None,
        int(before[1]) if before else None,
    )


def with_context(
    question: str, claims: Sequence[Claim], heads: Mapping[str, DocumentHead]
) -> tuple[Claim, ...]:
    """Claims that say in their basis where all of their sources come from elsewhere than what was asked about.

    A source that does not say where it comes from is not held against it.
    """
    asked = asked_context(question, [head.source.title for head in heads.values()])
    words = asked.in_words()
    if not words:
        return tuple(claims)
    return tuple(
        replace(claim, basis=f"{claim.basis} — you asked about {words}")
        if claim.citations and all(_is_elsewhere(asked, heads[c.document].source) for c in claim.citations)
        else claim
        for claim in claims
    )


def countries_unmet(question: str, claims: Sequence[Claim], evidence: Sequence[Evidence]) -> str:
    """A line that names countries which a question asks about and no claim of its answer is known to be of; empty
    where there are none."""
    passages = {item.passage.id: item for item in evidence}
    cited = [passages[c.passage] for claim in claims for c in claim.citations if c.passage in passages]
    unmet = [
        match["name"]
        for match in COUNTRY_ASKED.finditer(question)
        # "Turkey farms" and "guinea pigs" are of no country.
        if (question.islower() or match["name"].removeprefix("the ")[0].isupper())
        and not any(_is_of(match["name"], item) for item in cited)
    ]
    if not unmet or not cited:
        return ""
    return (
        f"You asked about {' and '.join(unmet)}: nothing quoted here is known to be from there or about it."
    )


def _is_of(name: str, item: Evidence) -> bool:
    """Whether a passage or what is known of its document names a country, or one that the country is a part of."""
    source = item.document.source
    text = " ".join((item.passage.said, item.passage.context, source.title, *source.country))
    plain = name.removeprefix("the ")
    letters = re.NOFLAG if plain.isupper() else re.IGNORECASE
    is_named = re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", text, letters) is not None
    return is_named or speaks_of_countries(name, text, source)


def speaks_of_countries(phrase: str, text: str, source: Source) -> bool:
    """Whether a text, or what is known of its source, is of a country that a phrase names."""
    asked = asked_context(phrase).countries
    # A source that does not say where it comes from, or is of everywhere, is of no country that it can be told of.
    is_known = bool(source.country) and EVERYWHERE not in source.country
    if asked and is_known and _is_there(asked, source.country):
        return True
    parts = (*asked, *PARTS_OF_THE_KINGDOM) if KINGDOM in asked else asked
    return any(CALLED[name].search(text) for name in parts)


def tells_of_elsewhere(asked: Context, source: Source, words: str) -> bool:
    """Whether words of a source that is of another place, field or time than what is asked about do not name these
    themselves."""
    places = tuple(name for name in asked.countries if CALLED[name].search(words))
    fields = tuple(name for name in asked.sectors if SECTOR_WORDS[name].search(words))
    told = replace(source, country=source.country + places, sector=source.sector + fields)
    return _is_elsewhere(asked, told)


def _is_elsewhere(asked: Context, source: Source) -> bool:
    return (
        not _is_there(asked.countries, source.country)
        or bool(asked.sectors and source.sector and not {*asked.sectors, ANY_SECTOR} & set(source.sector))
        or bool(source.year and asked.first and source.year < asked.first)
        or bool(source.year and asked.last and source.year >= asked.last)
    )


def _is_there(asked: Sequence[str], countries: Sequence[str]) -> bool:
    """Whether a source's countries have one that was asked about, or are not known or everywhere."""
    if not asked or not countries or EVERYWHERE in countries:
        return True
    parts = set(asked) | ({KINGDOM} if set(asked) & set(PARTS_OF_THE_KINGDOM) else set())
    if KINGDOM in asked:
        parts |= set(PARTS_OF_THE_KINGDOM)
    return bool(parts & set(countries))
