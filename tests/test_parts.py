"""Parts that a header or sources.toml names as stricter, and what they close of an index."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import DocumentRefused
from assistant.framework import load_framework
from assistant.passages import cut
from assistant.reading import read
from assistant.records import (
    Block,
    Document,
    Page,
    Part,
    Sensitivity,
    Source,
    part_of,
    stricter,
)
from tests.builders import write_files
from tests.fakes import FakeEncoder
from tests.indexing import open_index
from tests.tiers import ingest, tiers

PUBLIC, TEAM, RESTRICTED = Sensitivity
PAPER = (
    "# Harbour circles\n\nMeals were shared in every harbour of the county.\n\n"
    "## 4.2 What families said\n\nTransport was never there for us when we needed it.\n\n"
    "## Costs\n\nThe fund paid for two years. “We were told to say nothing about the money at all” (P13). "
    "It then ended without a word.\n"
)


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("speaker P4", "speaker", "P4"),
        ("Speaker  Katharine  Xample", "speaker", "Katharine Xample"),
        ("section What families said", "section", "What families said"),
        ("page 12", "page", "12"),
        ("pages 12-14", "page", "12-14"),
        ("pages xii", "page", "xii"),
    ],
)
def test_parts_are_named_by_speaker_section_or_page(words: str, kind: str, name: str) -> None:
    assert part_of(words, TEAM) == Part(TEAM, kind, name)


@pytest.mark.parametrize("words", ["P4", "speaker", "chapter 3", "pages 14-12", ""])
def test_what_names_no_part_is_told_with_what_to_write(words: str) -> None:
    with pytest.raises(ValueError, match="write: speaker P4, section TITLE, page 12 or pages 12-14"):
        part_of(words, TEAM)


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("speaker p4", True),
        ("speaker P", False),
        ("section what Families said", True),
        ("section 4.2 What families said", True),
        ("section families", False),
        ("page 13", True),
        ("pages 12-13", True),
        ("pages 1-12", False),
    ],
)
def test_a_part_holds_what_it_names(words: str, holds: bool) -> None:
    part = part_of(words, RESTRICTED)

    assert part.holds(["P3", "P4"], ("Findings", "4.2 What families said"), {"13", "iv"}) is holds


def test_a_sentence_that_crosses_into_a_closed_page_is_closed() -> None:
    text = "This stands above. This begins here and ends on the next page. This stands below."
    at = text.index("ends")
    document = Document(
        "1", "a.pdf", Source("T", restricted_parts=("page 2",)), text, (Block(0, len(text)),), (Page(0, 1, "1"), Page(at, 2, "2"))
    )  # fmt: skip

    passages = cut(document, FakeEncoder(), load_framework())

    assert [(p.text.split(".")[0], p.sensitivity) for p in passages] == [
        ("This stands above", PUBLIC),
        ("This begins here and ends on the next page", RESTRICTED),
    ]


TIERS = st.sampled_from(Sensitivity)


@given(own=TIERS, blocks=st.lists(st.tuples(TIERS, st.sampled_from(["P1", "P2"])), min_size=1), named=TIERS)
def test_every_passage_has_the_strictest_tier_of_what_it_holds(
    own: Sensitivity, blocks: list[tuple[Sensitivity, str]], named: Sensitivity
) -> None:
    words = [f"Said number {number}." for number in range(len(blocks))]
    text = "\n\n".join(words)
    starts = [text.index(one) for one in words]
    field = {"restricted_parts": ("speaker P2",)} if named is RESTRICTED else {"team_parts": ("speaker P2",)}
    source = Source("T", **(field if named is not PUBLIC else {}))  # type: ignore[arg-type]
    made = tuple(
        Block(start, start + len(one), speaker=speaker, sensitivity=tier)
        for start, one, (tier, speaker) in zip(starts, words, blocks, strict=True)
    )
    document = Document("1", "a", source, text, made, sensitivity=own, is_transcript=True)

    found = cut(document, FakeEncoder(), load_framework())

    assert Counter(one for passage in found for one in passage.text.split("\n\n")) == Counter(words)
    for passage in found:
        for block in (b for b in made if passage.start <= b.start < passage.end):
            expected = stricter(own, block.sensitivity or own, named if block.speaker == "P2" else own)
            assert passage.sensitivity is expected


def test_a_header_names_parts_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    header = "Title: T\nTeam parts: speaker P4; section Costs\n----------\n\nSome words stand here. They are few.\n"
    path = tmp_path / "a.txt"
    path.write_text(header, encoding="utf-8")
    assert read(path)[0].source.team_parts == ("speaker P4", "section Costs")

    path.write_text(header.replace("section Costs", "Costs"), encoding="utf-8")
    with pytest.raises(DocumentRefused, match=r"team parts 'Costs' names no part.*write: speaker P4"):
        read(path)


# In the index


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "files", {"harbour.md": PAPER})


def test_sources_toml_closes_parts_and_opens_them_again(tmp_path: Path, folder: Path) -> None:
    root = tmp_path / "index"
    ingest(root, folder)
    assert set(tiers(root).values()) == {PUBLIC}
    table = (
        '["harbour.md"]\nrestricted_parts = ["section What families said"]\nteam_parts = ["speaker P13"]\n'
    )
    write_files(folder, {"sources.toml": table})

    made = ingest(root, folder)

    assert (made.generation is not None, made.warnings) == (True, {})
    assert tiers(root) == {"Meals": PUBLIC, "Transport": RESTRICTED, "The": PUBLIC, "“We": TEAM, "It": PUBLIC}
    (head,) = open_index(root).live().heads.values()
    assert head.sensitivity is PUBLIC
    assert head.tiers == ((PUBLIC, 3), (RESTRICTED, 1), (TEAM, 1))
    assert dict(head.source.origins)["restricted_parts"] == "sources.toml"
    write_files(folder, {"sources.toml": '["harbour.md"]\ncountry = ["Nowhere"]\n'})
    ingest(root, folder)
    assert set(tiers(root).values()) == {PUBLIC}


def test_parts_that_several_places_name_are_all_closed(tmp_path: Path, folder: Path) -> None:
    write_files(folder, {"harbour.md": f'---\nrestricted_parts: ["section Costs"]\n---\n{PAPER}'})
    write_files(
        folder,
        {
            "sources.toml": '["harbour.md"]\nrestricted_parts = ["section What families said"]\n\n'
            '["*.md"]\nrestricted_parts = ["section Meals"]\n'
        },
    )

    ingest(tmp_path / "index", folder)

    (head,) = open_index(tmp_path / "index").live().heads.values()
    assert sorted(head.source.restricted_parts) == [
        "section Costs",
        "section Meals",
        "section What families said",
    ]
    assert [tier for tier in tiers(tmp_path / "index").values() if tier is PUBLIC] == [PUBLIC]


@pytest.mark.parametrize("stage", ["first", "later"])
def test_a_part_that_is_nowhere_is_told(tmp_path: Path, folder: Path, stage: str) -> None:
    root = tmp_path / "index"
    if stage == "later":
        ingest(root, folder)
    write_files(
        folder, {"sources.toml": '["harbour.md"]\nrestricted_parts = ["speaker P31", "section Costs"]\n'}
    )

    made = ingest(root, folder)

    told = "parts that are named as stricter and hold nothing: speaker P31"
    assert made.warnings == {str(folder / "harbour.md"): (told,)}


def test_a_table_with_a_part_that_cannot_be_read_closes_its_files(tmp_path: Path, folder: Path) -> None:
    write_files(folder, {"sources.toml": '["harbour.md"]\nrestricted_parts = ["P13"]\n'})

    made = ingest(tmp_path / "index", folder)

    assert "names no part" in made.refused[str(folder / "sources.toml")]
    assert set(tiers(tmp_path / "index").values()) == {RESTRICTED}


@pytest.mark.parametrize(
    ("header", "table", "tier"),
    [
        ("team", "public", TEAM),
        ("public", "team", TEAM),
        ("restricted", "team", RESTRICTED),
        ("public", "public", PUBLIC),
    ],
)
def test_of_header_and_table_the_stricter_holds(
    tmp_path: Path, folder: Path, header: str, table: str, tier: Sensitivity
) -> None:
    write_files(folder, {"harbour.md": f"---\nsensitivity: {header}\n---\n{PAPER}"})
    write_files(folder, {"sources.toml": f'["harbour.md"]\nsensitivity = "{table}"\n'})

    ingest(tmp_path / "index", folder)

    assert set(tiers(tmp_path / "index").values()) == {tier}


def test_a_table_opens_no_folder(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "team", {"harbour.md": PAPER})
    write_files(folder, {"sources.toml": '["harbour.md"]\nsensitivity = "public"\n'})

    ingest(tmp_path / "index", folder)

    assert set(tiers(tmp_path / "index").values()) == {TEAM}
