"""How works, years and participants are written, as patterns that others are built from."""

from __future__ import annotations

import re

# A code that stands for a participant: P13, SW4.
CODE = r"[A-Z]{1,3}\d{1,3}"
# The same as documents print it: P 13 too.
PRINTED_CODE = r"[A-Z]{1,3}\s?\d{1,3}"
YEAR = r"(?:19|20)\d\d"
# Bibliographies hold older works too.
YEAR_OF_A_WORK = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
# A DOI may hold any mark; in running text it ends before what the text puts behind it.
DOI = re.compile(r"10\.\d{4,9}/\S+")
DOI_IN_TEXT = re.compile(r"\b10\.\d{4,9}/[^\s;,)\]]+")
