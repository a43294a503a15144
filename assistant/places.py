"""How countries and parts of the world are called: a place that a question names, and a country that words are of.

What sources state as their country is in `assistant.records.countries`.
"""

from __future__ import annotations

import re

from assistant.records.countries import KINGDOM

# Any country or part of the world, as it is named after "in".
COUNTRIES = (
    "afghanistan|albania|algeria|andorra|angola|argentina|armenia|australia|austria|azerbaijan|bahrain|bangladesh|barbados|belarus|belgium"
    "|belize|benin|bhutan|bolivia|bosnia|botswana|brazil|brunei|bulgaria|burkina faso|burundi|cambodia|cameroon|canada|cape verde|chad"
    "|chile|china|colombia|comoros|congo|costa rica|croatia|cuba|cyprus|czechia|czech republic|denmark|djibouti|dominica"
    "|dominican republic|ecuador|egypt|el salvador|eritrea|estonia|eswatini|ethiopia|faroe islands|fiji|finland|france|gabon|gambia|georgia"
    "|germany|ghana|greece|greenland|grenada|guatemala|guinea|guyana|haiti|honduras|hong kong|hungary|iceland|india|indonesia|iran|iraq"
    "|ireland|northern ireland|israel|italy|ivory coast|jamaica|japan|jordan|kazakhstan|kenya|kiribati|kosovo|kuwait|kyrgyzstan|laos|latvia"
    "|lebanon|lesotho|liberia|libya|liechtenstein|lithuania|luxembourg|madagascar|malawi|malaysia|maldives|mali|malta|mauritania|mauritius"
    "|mexico|moldova|monaco|mongolia|montenegro|morocco|mozambique|myanmar|namibia|nauru|nepal|netherlands|new zealand|nicaragua|niger"
    "|nigeria|north korea|north macedonia|norway|oman|pakistan|palau|palestine|panama|papua new guinea|paraguay|peru|philippines|poland"
    "|portugal|qatar|romania|russia|rwanda|samoa|san marino|saudi arabia|senegal|serbia|seychelles|sierra leone|singapore|slovakia"
    "|slovenia|somalia|south africa|south korea|korea|south sudan|spain|sri lanka|sudan|suriname|sweden|switzerland|syria|taiwan"
    "|tajikistan|tanzania|thailand|togo|tonga|trinidad|tunisia|turkey|türkiye|turkmenistan|tuvalu|uganda|ukraine|united arab emirates|uruguay"
    "|uzbekistan|vanuatu|venezuela|vietnam|yemen|zambia|zimbabwe|england|scotland|wales|britain|great britain|united kingdom|uk|u\\.k\\.?"
    "|united states(?: of america)?|usa|u\\.s(?:\\.a)?\\.?|(?-i:US)|america|europe|european union|(?-i:EU)|africa|asia|oceania|scandinavia"
    "|latin america|north america|south america|middle east"
)
COUNTRY = rf"(?:the\s)?(?:{COUNTRIES})(?![\w-])"
NAME = r"(?-i:[A-Z][\w’'-]*)"
NAMES = rf"{NAME}(?:\s(?:(?:and|of)\s)?{NAME})*"
# "in Scotland", "across wales and england", "within the Faroe Islands"; a name of another kind is one word.
COUNTRY_PLACE = rf"{COUNTRY}(?:(?:,\s|\s)(?:and\s|or\s)?{COUNTRY})*"
INSIDE = r"\b(?:in|across|within|throughout|outside|inside|beyond)\s"
PLACE = re.compile(
    rf"{INSIDE}(?P<name>{COUNTRY_PLACE}|(?:the\s)?(?-i:[A-Z][a-z’'-]+(?:\sand\s[A-Z][a-z’'-]+)?)(?!\s(?:of\s)?(?-i:[A-Z])|[\w’'-]))",
    re.IGNORECASE,
)
# The same, where the name may be of several words.
NAMED = re.compile(rf"{INSIDE}(?P<name>{COUNTRY_PLACE}|(?:the\s)?{NAMES})", re.IGNORECASE)
# All of a question but its opener: "Scotland?", "Wales as well".
BARE = re.compile(
    rf"\W*+(?P<name>{COUNTRY_PLACE})(?:,?\s(?:as well|too|also|then|instead))*\W*", re.IGNORECASE
)
# Countries that many sources are from, with what else tells of them: what they and their people are called.
CALLED = {
    country: re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE)
    for country, words in (
        ("England", r"england|english(?! language)"),
        ("Scotland", r"scotland|scottish|scots"),
        ("Wales", r"wales|welsh"),
        ("Northern Ireland", r"northern ireland"),
        ("Ireland", r"(?<!northern )ireland|irish"),
        (KINGDOM, r"united kingdom|uk|u\.k\.?|britain|british"),
        ("United States", r"united states|usa|u\.s(?:\.a)?\.?|(?-i:US)|america|american"),
        ("Sweden", r"sweden|swedish"),
        ("Denmark", r"denmark|danish"),
        ("Norway", r"norway|norwegian"),
        ("Netherlands", r"netherlands|dutch"),
        ("Australia", r"australia|australian"),
        ("Canada", r"canada|canadian"),
        ("Germany", r"germany|german"),
    )
}


def with_article(country: str) -> str:
    """A country's name as it stands in a sentence: the United Kingdom, Wales."""
    return f"the {country}" if country.startswith("United") or country == "Netherlands" else country
