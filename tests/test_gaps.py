from __future__ import annotations

from pathlib import Path

import pytest

from assistant.reading import read
from assistant.reading.gaps import gaps_in
from assistant.records import Origin
from tests.reading import read_one

PROSE = "The valley council tried a new way of working, and most of its teams kept to it for three years."
SECTIONS = ("1. Introduction", "2. Methods", "3. Findings", "4. Discussion")


def paper(**changed: str) -> str:
    """A whole paper in four sections; `changed` gives other words for a section, by its last word."""
    lines = ["A study of pilots in the valley", "", PROSE, ""]
    for title in SECTIONS:
        lines += [title, "", changed.get(title.split()[1].lower(), PROSE), ""]
    return "\n".join(lines)


def gaps(folder: Path, text: str, name: str = "paper.txt") -> tuple[str, ...]:
    return read_one(folder, name, text).source.gaps


def test_a_whole_paper_has_no_gaps(tmp_path: Path) -> None:
    assert gaps(tmp_path, paper()) == ()


def test_a_section_that_opens_in_mid_sentence_is_named(tmp_path: Path) -> None:
    text = paper(findings="and so the teams gave it up, although nobody had asked them to do that.")

    document = read_one(tmp_path, "paper.txt", text)

    assert document.source.gaps == ("section “3. Findings” opens in mid-sentence",)
    assert dict(document.source.origins)["gaps"] == Origin.READING


def test_a_section_that_opens_with_an_interviewee_is_named_where_others_do_not(tmp_path: Path) -> None:
    quotation = "We had no time for it and nobody told us why, so we went on as before. (P4)"

    found = gaps(tmp_path, paper(findings=quotation))

    assert found == ("section “3. Findings” opens with a quotation; what leads up to it is missing",)


def test_quotations_at_the_head_of_sections_may_be_the_author_s_manner(tmp_path: Path) -> None:
    quotation = "We had no time for it and nobody told us why, so we went on as before. (P4)"

    assert gaps(tmp_path, paper(findings=quotation, methods=quotation, discussion=quotation)) == ()


@pytest.mark.parametrize(
    "words",
    [
        "iPads were handed out to every team in the first spring of the pilot.",
        "However, the teams kept to it.",
        "1) The teams kept to it.",
        "‘We kept to it’, said a manager who had seen four such pilots come and go (P4), and laughed.",
    ],
)
def test_other_openings_are_left_alone(tmp_path: Path, words: str) -> None:
    assert gaps(tmp_path, paper(findings=words)) == ()


def test_a_number_that_is_left_out_among_sections_is_named(tmp_path: Path) -> None:
    assert gaps(tmp_path, paper().replace("3. Findings\n\n" + PROSE, "")) == ("section 3 is missing",)
    below = "\n\n".join(f"4.{number}. Part of it\n\n{PROSE}" for number in (1, 2, 5, 6))
    assert gaps(tmp_path, paper(discussion=PROSE + "\n\n" + below)) == ("sections 4.3 and 4.4 are missing",)


def test_a_number_that_stands_before_other_words_is_not_missing(tmp_path: Path) -> None:
    text = paper().replace("3. Findings\n", "3. findings, and what the teams said of them to us.\n")

    assert gaps(tmp_path, text) == ()


def test_two_numbers_are_no_sequence(tmp_path: Path) -> None:
    text = f"Pilots\n\n{PROSE}\n\n1. Introduction\n\n{PROSE}\n\n4. Discussion\n\n{PROSE}\n"

    assert gaps(tmp_path, text) == ()


def test_tables_and_figures_without_caption_are_named(tmp_path: Path) -> None:
    words = "Table 1 and Figure 3 show the teams (see Table 2, Fig. 1). Table 2. is also below."

    assert gaps(tmp_path, paper(findings=words)) == (
        "tables 1 and 2 are mentioned and not in the text",
        "figures 1 and 3 are mentioned and not in the text",
    )


@pytest.mark.parametrize(
    "words",
    [
        "Table 1 shows the teams.\n\nTable 1: Teams by valley\n\nNorth | 3\nSouth | 4",
        "Figure 1 shows the teams.\n\nFigure 1 Teams by valley",
        "**Figure 1.** Teams by valley\n\nFigure 1 shows them.",
        "Table 1 shows the teams.\n\nValley | Teams\n---|---\nNorth | 3\nSouth | 4",
        "The teams were fewer than in Table 1 of the report by the council, and smaller.",
    ],
)
def test_exhibits_that_are_there_or_elsewhere_are_not_missed(tmp_path: Path, words: str) -> None:
    assert gaps(tmp_path, paper(findings=words)) == ()


def test_a_list_of_references_is_missed_where_works_are_cited_by_numbers(tmp_path: Path) -> None:
    cited = "Pilots end early [1, 2]. They need money [3–5], time [6] and trust [7, 8, 9]."
    entries = "\n".join(f"[{number}] Example, A. A title of nine letters. 2019." for number in range(1, 10))

    assert gaps(tmp_path, paper(findings=cited)) == (
        "works are cited by numbers and the list of references is missing",
    )
    assert gaps(tmp_path, paper(findings=cited) + f"\nReferences\n\n{entries}\n") == ()
    assert gaps(tmp_path, paper(findings=cited) + f"\n{entries}\n") == ()
    assert gaps(tmp_path, paper(findings="Pilots end early [1, 2].")) == ()


def test_a_text_that_breaks_off_is_named(tmp_path: Path) -> None:
    whole = PROSE.removesuffix(".")

    assert gaps(tmp_path, paper(discussion=f"{whole} and then")) == ("the text ends in mid-sentence",)
    assert gaps(tmp_path, paper(discussion=f"{whole}, write to teams@example.org")) == ()
    assert gaps(tmp_path, paper() + "\nWith thanks to all of them\n") == ()


def test_what_the_header_states_stays_and_comes_first(tmp_path: Path) -> None:
    text = "---\ntitle: Pilots\ngaps: [chapter 2 was not read]\n---\n\n" + paper(
        findings="and so on it went, from one spring to the next, until all of it ended."
    )

    document = read_one(tmp_path, "paper.md", text.replace("3. Findings", "## 3. Findings"))

    assert document.source.gaps == ("chapter 2 was not read", "section “3. Findings” opens in mid-sentence")
    assert dict(document.source.origins)["gaps"] == Origin.HEADER


def test_talk_is_not_searched_for_gaps(tmp_path: Path) -> None:
    turns = "".join(
        f"P4: and then we went on\n\nINTERVIEWER: see Table {number}\n\n" for number in range(1, 9)
    )

    assert gaps(tmp_path, turns, "interview.txt") == ()


def test_real_documents_raise_few_alarms(documents: Path) -> None:
    found = {
        file.name: gaps_in(document)
        for file in sorted(documents.rglob("*.txt"))
        for document in read(file)
        if not document.is_transcript
    }

    assert sum(map(bool, found.values())) <= 6
    (torn,) = (gaps for name, gaps in found.items() if name.startswith("001_"))
    assert [gap[:13] for gap in torn if "opens with" in gap] == ["section “4.3.", "section “4.5."]
