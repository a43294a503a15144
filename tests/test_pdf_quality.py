"""Words of a language are told from what remains when decoding failed; what can be mended is."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from assistant.reading.pdf import pdfium_engine
from assistant.reading.pdf.alignment import align
from assistant.reading.pdf.ligatures import lost_ligatures, with_ligatures
from assistant.reading.pdf.pdfium_engine import read_glyphs
from assistant.reading.pdf.quality import assess, is_better, without_glyph_names
from tests import pdfs
from tests.reading import read_one

ENGLISH = (
    "Teams that were given time to try a new practice kept it for longer than teams that were told to use "
    "it. Leaders said that trust grew where mistakes could be talked about without blame."
)
LANGUAGES = {
    "English": ENGLISH,
    "German": "Alle Beschäftigten sagten, dass sie mehr Zeit brauchen, um eine neue Art der Arbeit zu lernen.",
    "Welsh": "Mae pob un o'r gweithwyr yn dweud bod angen mwy o amser i ddysgu ffordd newydd o weithio gyda phlant.",
    "Irish": "Dúirt na hoibrithe go léir go dteastaíonn níos mó ama uathu chun bealach nua oibre a fhoghlaim.",
    "Vietnamese": "Tất cả nhân viên đều nói rằng họ cần thêm thời gian để học cách làm việc mới với gia đình.",
    "Polish": "Wszyscy pracownicy mówili, że potrzebują więcej czasu, aby nauczyć się nowego sposobu pracy.",
    "Croatian": "Svi radnici su rekli da im treba više vremena kako bi naučili novi način rada s obiteljima.",
    "Russian": "Все сотрудники сказали, что им нужно больше времени, чтобы научиться новому способу работы.",
    "Greek": "Όλοι οι εργαζόμενοι είπαν ότι χρειάζονται περισσότερο χρόνο για να μάθουν τον νέο τρόπο.",
    "Arabic": "قال جميع العاملين إنهم يحتاجون إلى مزيد من الوقت لتعلم طريقة جديدة للعمل مع العائلات.",
    "names": "Elsbeth Quarrow, Tobias Venn, Marit Oldenholt, Jonas Pirkan, Aoife Brannagh, Wojciech Zdrojewski",
    "formulas": "Let S be the set of all x in R with f(x) > 0. Then λ = ∑ s∈S ζ(s) n, and g(x) = a + b holds.",
}
FEW = str.maketrans("aeost", "eoast")


def caesar(words: str, by: int) -> str:
    return "".join(chr((ord(m) - 97 + by) % 26 + 97) if m.isalpha() else m for m in words.lower())


GARBAGE = {
    "letters moved along the alphabet": caesar(ENGLISH, 7),
    "letters moved by three codes": "".join(chr(ord(mark) + 3) for mark in ENGLISH),
    "accented letters for plain ones": "".join(chr(ord(m) + 128) if m.isalpha() else m for m in ENGLISH),
    "a few letters taken for others": ENGLISH.translate(FEW),
    "Cyrillic letters for Latin ones": "".join(chr(ord(m) + 1000) if m.isalpha() else m for m in ENGLISH),
    "letters of many scripts": "".join(
        chr(ord(mark) + 500 * (place % 4)) if mark.isalpha() else mark for place, mark in enumerate(ENGLISH)
    ),
    "signs for letters": "".join(chr(33 + ord(m) % 15) if m.isalpha() else m for m in ENGLISH),
    "a hole in every other word": ENGLISH.replace("e", "\ufffd"),
    "names of glyphs": " ".join(f"/g{ord(mark):03d}" for mark in ENGLISH),
    "numbers of glyphs": "".join(f"(cid:{ord(mark)})" for mark in ENGLISH),
}


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_words_of_a_language_are_no_garbage(words: str) -> None:
    assert not assess(words).is_garbage


@pytest.mark.parametrize("words", GARBAGE.values(), ids=GARBAGE)
def test_what_is_spelt_in_no_language_is_garbage(words: str) -> None:
    assert assess(words).is_garbage


@pytest.mark.parametrize(
    "wrong",
    [
        ENGLISH.replace(" ", ""),
        "".join(mark * 2 for mark in ENGLISH),
        ENGLISH.translate(FEW),
        " ".join(ENGLISH.replace(" ", "")),
        "",
    ],
    ids=["no spaces", "each letter twice", "letters taken for others", "letters apart", "nothing"],
)
def test_a_reading_that_looks_wrong_is_worse_than_one_that_does_not(wrong: str) -> None:
    assert assess(wrong).looks_wrong
    assert not assess(ENGLISH).looks_wrong
    assert is_better(assess(ENGLISH), assess(wrong))
    assert not is_better(assess(wrong), assess(ENGLISH))


def test_the_name_of_a_glyph_is_a_bullet_at_the_head_of_a_line_and_nothing_else() -> None:
    words = (
        "/SM590000 First of all, trust\nCopyright /C223 2014, see a/b and /etc or km/H2 for more (cid:12)ve"
    )

    assert (
        without_glyph_names(words)
        == "• First of all, trust\nCopyright  2014, see a/b and /etc or km/H2 for more \ufffdve"
    )


LOST = [
    'The sta# found it di!cult to de"ne the bene"ts in the "rst year.',
    'They identi"ed a signi"cant e#ect in the "eld, and said "it was time".',
]


def test_ligatures_that_were_taken_for_other_marks_are_letters_again() -> None:
    lost = lost_ligatures(LOST)

    assert [with_ligatures(line, lost) for line in LOST] == [
        "The staff found it difficult to define the benefits in the first year.",
        'They identified a significant effect in the field, and said "it was time".',
    ]


@pytest.mark.parametrize(
    "line",
    ['She said "yes" to R&D at 9@ten and C#sharp.', "Trust! Time! 50% more than a*b.", "“Quoted” words."],
)
def test_marks_of_their_own_are_left_alone(line: str) -> None:
    lost = lost_ligatures([line])

    assert with_ligatures(line, lost) == line


def test_a_space_that_only_one_engine_sees_within_a_word_is_taken_out() -> None:
    data = pdfs.PdfFile().add(pdfs.lines(["Whatsoever helps the collaboration of teams"])).data()
    words = PdfReader(io.BytesIO(data)).pages[0].extract_text()
    loose = words.replace("Whatsoever", "What soever").replace("collaboration of", "collabo ration of")
    with pdfium_engine.opened(data, None) as file:
        page = file[0]
        textpage = page.get_textpage()
        raws, shared = align(loose, read_glyphs(page, textpage))
        textpage.close()
        page.close()

    assert [raw.text for raw in raws] == ["Whatsoever helps the collaboration of teams"]
    assert all(len(raw.text) == len(raw.boxes) == len(raw.sizes) == len(raw.bold) for raw in raws)
    assert shared == 1.0


def test_lines_in_a_font_that_cannot_be_decoded_are_left_out_of_a_page(tmp_path: Path) -> None:
    readable = [
        "Leaders said that trust grew where mistakes could be talked about.",
        "Money alone did little.",
    ]
    garbled = [
        caesar(line, 7)
        for line in (
            "Teams that were given time to try a new practice",
            "kept it for much longer than teams that were told to",
        )
    ]

    document = read_one(
        tmp_path, "a.pdf", pdfs.PdfFile().add(pdfs.lines([*readable, *garbled, *readable])).data()
    )

    assert not any(line in document.text for line in garbled)
    assert document.text.count("Money alone did little.") == 2
    assert "page 1: lines that cannot be decoded were left out" in document.warnings
    assert "lines of page 1 cannot be decoded" in document.source.gaps


def test_a_page_that_cannot_be_decoded_is_left_out_of_a_file(tmp_path: Path) -> None:
    file = pdfs.PdfFile()
    for words in (ENGLISH, caesar(ENGLISH, 7), ENGLISH.replace("Teams", "Groups")):
        file.add(pdfs.lines([words[:90], words[90:]]))

    document = read_one(tmp_path, "a.pdf", file.data())

    assert "page 2: the text cannot be decoded and was left out" in document.warnings
    assert "the text of page 2 cannot be decoded" in document.source.gaps
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert "Groups that were given time" in document.text


def test_a_text_in_another_language_is_read_and_told_of(tmp_path: Path) -> None:
    lines = [LANGUAGES["German"][:60], LANGUAGES["German"][60:]] * 3

    document = read_one(tmp_path, "a.pdf", pdfs.PdfFile().add(pdfs.lines(lines)).data())

    assert "the text seems to be German; searching works for English" in document.warnings
