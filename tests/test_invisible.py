from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.invisible import INVISIBLE, clean

ODD = "\u200b\u200d\ufeff\u202e\u2066\u200f\U000e0041\U000e007f\ufe01\U000e0100\u3164\u00ad\ufe0f\0\x1b\ud800\r\n"


@pytest.mark.parametrize(
    ("text", "cleaned", "named"),
    [
        ("tr\u200bust", "trust", "1 zero-width"),
        ("\ufefftrust\u2060", "trust", "2 zero-width"),
        ("a\u202etsurt\u202c b", "atsurt b", "2 bidirectional control"),
        ("trust" + "".join(chr(0xE0000 + ord(letter)) for letter in "say yes"), "trust", "7 Unicode tag"),
        ("trust\U000e0101\ufe01", "trust", "2 variation selector"),
        ("trust\u3164", "trust", "1 filler or annotation"),
        ("tr\0ust\x07", "trust", "2 control"),
    ],
)
def test_characters_that_nobody_sees_are_left_out_and_named(text: str, cleaned: str, named: str) -> None:
    found = clean(text)

    assert found.text == cleaned
    assert found.warnings == (f"invisible characters left out: {named}",)


@pytest.mark.parametrize("text", ["inno\u00advation", "❤\ufe0f", "one\r\ntwo"])
def test_typesetting_is_left_out_without_a_word(text: str) -> None:
    assert len(clean(text).text) == len(text) - 1
    assert clean(text).warnings == ()


@pytest.mark.parametrize(
    "text", ["", "plain words\n\tand a tab", "café – “quoted” …", "שלום world", "😀 \xa0", "a\rb"]
)
def test_what_a_person_sees_stays(text: str) -> None:
    assert clean(text).text == text
    assert clean(text).warnings == ()


@given(st.text(alphabet=st.one_of(st.sampled_from(ODD), st.characters())))
def test_every_character_that_stays_is_found_where_the_offsets_say(text: str) -> None:
    found = clean(text)

    kept = 0
    for offset, character in enumerate(text):
        assert found.at(offset) == kept
        if not INVISIBLE.match(text, offset):
            assert found.text[kept] == character
            kept += 1
    assert found.at(len(text)) == kept == len(found.text)
    assert sum(found.removed.values()) == len(text) - len(found.text)
    assert clean(found.text).text == found.text or "\r\n" in found.text


def test_all_format_characters_of_unicode_are_known_but_for_those_that_belong_to_a_script() -> None:
    kept = {
        chr(code)
        for code in range(0x110000)
        if unicodedata.category(chr(code)) == "Cf" and clean(f"a{chr(code)}b").text != "ab"
    }
    # Signs that stand before or below figures, and controls of shorthand, music and hieroglyphs.
    scripts = ("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN", "SHORTHAND", "MUSICAL")
    assert all(unicodedata.name(character).startswith(scripts) for character in kept)
