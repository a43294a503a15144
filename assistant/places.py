"""Names of countries and parts of the world, as a question names a place."""

from __future__ import annotations

import re

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
    "|uzbekistan|vanuatu|venezuela|vietnam|yemen|zambia|zimbabwe|england|scotland|wales|britain|great britain|united kingdom|uk|u\\.k\\."
    "|united states(?: of america)?|usa|u\\.s\\.a?\\.?|(?-i:US)|america|europe|european union|(?-i:EU)|africa|asia|oceania|scandinavia"
    "|latin america|north america|south america|middle east"
)
COUNTRY = rf"(?:the\s)?(?:{COUNTRIES})(?![\w-])"
NAME = r"(?-i:[A-Z][\w’'-]*)"
# "in Scotland", "across wales and england", "within the Faroe Islands"; a name of another kind is one word.
COUNTRY_PLACE = rf"{COUNTRY}(?:(?:,\s|\s)(?:and\s|or\s)?{COUNTRY})*"
INSIDE = r"\b(?:in|across|within|throughout|outside|inside|beyond)\s"
PLACE = re.compile(
    rf"{INSIDE}(?P<name>{COUNTRY_PLACE}|(?:the\s)?(?-i:[A-Z][a-z’'-]+)(?!\s(?:of\s)?(?-i:[A-Z])|[\w’'-]))",
    re.IGNORECASE,
)
# The same, where the name may be of several words.
NAMED = re.compile(
    rf"{INSIDE}(?P<name>{COUNTRY_PLACE}|(?:the\s)?{NAME}(?:\s(?:(?:and|of)\s)?{NAME})*)", re.IGNORECASE
)
# All of a question but its opener: "Scotland?", "Wales as well".
BARE = re.compile(
    rf"\W*(?P<name>{COUNTRY_PLACE})(?:,?\s(?:as well|too|also|then|instead))*\W*", re.IGNORECASE
)
