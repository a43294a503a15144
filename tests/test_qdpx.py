from __future__ import annotations

import hashlib
from pathlib import Path
from uuid import UUID

import pyrefiqda.models as refi
import pytest
from pyrefiqda.reficodebook import RefiCodebook
from pyrefiqda.refiproject import RefiProject

from assistant.errors import DocumentRefused
from assistant.reading import read
from assistant.records import Document, Sensitivity
from tests.packages import QDA, qdpx
from tests.reading import read_all, read_one, words_of

TALK = "INT: What helped?\n\nP4: Our 😀 manager listened.\n\nINT: And then?\n\nP4: We tried it.\n"
TRUST = f'<Code guid="{UUID(int=1)}" name="Trust" isCodable="true"/>'


def guid(number: int) -> str:
    return str(UUID(int=number))


def selection(start: int, end: int, code: int = 1) -> str:
    return (
        f'<PlainTextSelection guid="{guid(90)}" startPosition="{start}" endPosition="{end}">'
        f'<Coding guid="{guid(91)}"><CodeRef targetGUID="{guid(code)}"/></Coding></PlainTextSelection>'
    )


def source(name: str, path: str, inner: str = "", tag: str = "TextSource") -> str:
    return f'<{tag} guid="{guid(50)}" name="{name}" plainTextPath="{path}">{inner}</{tag}>'


def coded(document: Document) -> list[tuple[str, str]]:
    return [(coding.code, document.text[coding.start : coding.end]) for coding in document.codings]


def coding_of(code: int, number: int) -> refi.CodingType:
    return refi.CodingType(guid=guid(number), code_ref=refi.CodeRefType(target_guid=guid(code)))


def test_a_project_of_an_independent_writer_is_read(tmp_path: Path) -> None:
    words = "We tried it."
    start = TALK.index(words)
    nested = refi.ProjectCodeType(guid=guid(2), name="Trying", is_codable=True)
    parent = refi.ProjectCodeType(guid=guid(1), name="Innovation", is_codable=False, code=[nested])
    selected = refi.PlainTextSelectionType(
        guid=guid(3), start_position=start, end_position=start + len(words), coding=[coding_of(2, 4)]
    )
    text = refi.TextSourceType(
        guid=guid(5),
        name="Interview 4",
        plain_text_path=f"internal://{guid(5)}.txt",
        plain_text_selection=[selected],
    )
    inline = refi.TextSourceType(guid=guid(6), name="Field note", plain_text_content="People met weekly.")
    memo = refi.TextSourceType(
        guid=guid(7), name="On trust", plain_text_content="I think trust matters here."
    )
    empty = refi.TextSourceType(guid=guid(8), name="Nothing yet")
    project = refi.Project(
        name="p",
        code_book=refi.ProjectCodeBookType(codes=refi.ProjectCodesType(code=[parent])),
        sources=refi.SourcesType(text_source=[text, inline]),
        notes=refi.NotesType(note=[memo, empty]),
    )
    media = tmp_path / "media"
    media.mkdir()
    (media / f"{guid(5)}.txt").write_bytes(TALK.encode())
    RefiProject.save(project, tmp_path / "p.qdpx", media)

    interview, field_note, on_trust = read(tmp_path / "p.qdpx")

    assert coded(interview) == [("Trying", words)]
    assert [block.speaker for block in interview.blocks] == ["INT", "P4", "INT", "P4"]
    assert interview.id == hashlib.sha256(TALK.encode()).hexdigest()
    assert (interview.name, interview.source.title) == ("p.qdpx: Interview 4", "Interview 4")
    assert words_of(field_note) == ["People met weekly."]
    assert (on_trust.source.kind, on_trust.source.title) == ("memo", "On trust")
    assert {d.sensitivity for d in (interview, field_note, on_trust)} == {Sensitivity.RESTRICTED}


def test_a_codebook_alone_is_refused_as_one(tmp_path: Path) -> None:
    code = refi.CodebookCodeType(guid=guid(1), name="Trust", is_codable=True)
    book = refi.CodeBook(codes=refi.CodebookCodesType(code=[code]))
    RefiCodebook.save(book, tmp_path / "codes.qdc")

    with pytest.raises(DocumentRefused, match="a codebook: it holds codes and no documents") as refusal:
        read(tmp_path / "codes.qdc")
    assert ".qdpx" in refusal.value.advice


WINDOWS = "\ufeff" + TALK.replace("\n", "\r\n")


@pytest.mark.parametrize(("origin", "counted"), [("NVivo", WINDOWS[1:]), ("ATLAS.ti Windows", TALK)])
def test_positions_hold_however_a_program_counts_line_ends(tmp_path: Path, origin: str, counted: str) -> None:
    words = "We tried it."
    start = counted.index(words)
    inner = selection(start, start + len(words))
    data = qdpx(source("I", "internal://a.txt", inner), codes=TRUST, origin=origin, **{"a.txt": WINDOWS})

    document = read_one(tmp_path, "p.qdpx", data)

    assert document.text == TALK
    assert coded(document) == [("Trust", words)]


def test_positions_hold_where_invisible_characters_are_left_out(tmp_path: Path) -> None:
    text = "We\u200b tri\u202eed it. It\U000e0041 helped.\n"
    inner = selection(text.index("It"), text.index(".\n") + 1)

    document = read_one(
        tmp_path, "p.qdpx", qdpx(source("I", "internal://a.txt", inner), codes=TRUST, **{"a.txt": text})
    )

    assert document.text == "We tried it. It helped.\n"
    assert coded(document) == [("Trust", "It helped.")]
    assert document.warnings


def test_a_whole_source_can_be_coded_and_codes_nest(tmp_path: Path) -> None:
    codes = f'<Code guid="{{{guid(7).upper()}}}" name="Top">{TRUST}</Code>'
    inner = "".join(
        f'<Coding guid="{guid(9)}"><CodeRef targetGUID="{guid(n)}"/></Coding>' for n in (7, 1, 99)
    )
    data = qdpx(source("I", "internal://a.txt", inner), codes=codes, **{"a.txt": " We tried it. \n"})

    assert coded(read_one(tmp_path, "p.qdpx", data)) == [("Top", "We tried it."), ("Trust", "We tried it.")]


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 3), (3, 3), (0, 999_999), (10**20, 10**20 + 1)])
def test_codings_that_lie_outside_the_text_are_left_out_and_counted(
    tmp_path: Path, start: int, end: int
) -> None:
    inner = selection(start, end) + selection(0, 8)
    data = qdpx(source("I", "internal://a.txt", inner), codes=TRUST, **{"a.txt": "We tried it.\n"})

    document = read_one(tmp_path, "p.qdpx", data)

    assert coded(document) == [("Trust", "We tried")]
    assert document.warnings == ("1 codings of I lie outside its text and were left out",)


def test_pdf_and_recordings_are_read_from_their_plain_text(tmp_path: Path) -> None:
    pdf = f'<PDFSource guid="{guid(1)}" name="A paper" path="internal://a.pdf">' + source(
        "r", "internal://a.txt", selection(0, 5), tag="Representation"
    )
    points = "".join(
        f'<SyncPoint guid="{guid(n)}" timeStamp="{stamp}" position="{position}"/>'
        for n, stamp, position in ((60, 1_000, 0), (61, 75_500, TALK.index("INT: And")))
    )
    picked = (
        f'<TranscriptSelection guid="{guid(62)}" fromSyncPoint="{guid(60)}" toSyncPoint="{guid(61)}">'
        f'<Coding guid="{guid(63)}"><CodeRef targetGUID="{guid(1)}"/></Coding></TranscriptSelection>'
    )
    audio = f'<AudioSource guid="{guid(2)}" name="A recording" path="internal://a.mp3">' + source(
        "t", "internal://b.txt", points + picked, tag="Transcript"
    )
    parts = {"a.txt": "Trust helps teams to try.\n", "b.txt": TALK, "a.pdf": b"%PDF-", "a.mp3": b"\0"}
    data = qdpx(f"{pdf}</PDFSource>{audio}</AudioSource>", codes=TRUST, **parts)

    paper, recording = read_all(tmp_path, "p.qdpx", data)

    assert (paper.source.title, coded(paper)) == ("A paper", [("Trust", "Trust")])
    assert [block.time for block in recording.blocks] == ["00:00:01", "00:00:01", "00:01:15", "00:01:15"]
    assert coded(recording) == [("Trust", TALK[: TALK.index("\n\nINT: And")])]
    assert recording.is_transcript
    assert not paper.is_transcript


@pytest.mark.parametrize(
    "path",
    [
        "relative:///a.txt",
        "absolute:///etc/passwd",
        "file:///etc/passwd",
        "/etc/passwd",
        "internal://../project.qde",
        "internal://no.txt",
    ],
)
def test_sources_that_lie_elsewhere_are_named_and_never_opened(tmp_path: Path, path: str) -> None:
    data = qdpx(source("I", "internal://a.txt") + source("Other", path), **{"a.txt": "We tried it.\n"})

    document = read_one(tmp_path, "p.qdpx", data)

    assert document.text == "We tried it.\n"
    assert document.warnings[0].startswith("1 sources of the project were left out: Other (its text")


def test_a_source_that_cannot_be_read_does_not_cost_the_others(tmp_path: Path) -> None:
    sources = "".join(source(f"S{n}", f"internal://{n}.txt") for n in range(6))
    texts = {f"{n}.txt": b"\0\0" for n in range(5)} | {"5.txt": "We tried it."}

    document = read_one(tmp_path, "p.qdpx", qdpx(sources, **texts))

    assert document.source.title == "S5"
    assert "5 sources of the project were left out: S0" in document.warnings[0]
    assert document.warnings[0].endswith("…")


def test_the_same_text_twice_is_one_document_with_both_codings(tmp_path: Path) -> None:
    text = "We tried it. It helped.\n"
    sources = source("A", "internal://a.txt", selection(0, 12)) + source(
        "B", "internal://b.txt", selection(13, 23)
    )

    document = read_one(tmp_path, "p.qdpx", qdpx(sources, codes=TRUST, **{"a.txt": text, "b.txt": text}))

    assert coded(document) == [("Trust", "We tried it."), ("Trust", "It helped.")]


def test_a_source_that_names_where_it_is_published_is_public(tmp_path: Path) -> None:
    text = "Title: A talk\nSource: https://example.org/talk\n--------------------\n\nWe tried it.\n"
    data = qdpx(source("I", "internal://a.txt"), **{"a.txt": text})

    document = read_one(tmp_path, "p.qdpx", data)

    assert (document.sensitivity, document.source.title) == (Sensitivity.PUBLIC, "A talk")


def test_a_source_named_an_interview_is_talk_without_labels(tmp_path: Path) -> None:
    data = qdpx(source("Interview 3", "internal://a.txt"), **{"a.txt": "We tried it.\n"})

    assert read_one(tmp_path, "p.qdpx", data).is_transcript


def test_names_of_sources_are_single_lines(tmp_path: Path) -> None:
    data = qdpx(source("A&#10;name \u202e😀", "internal://a.txt"), **{"a.txt": "We tried it.\n"})

    assert read_one(tmp_path, "p.qdpx", data).name == "p.qdpx: A name 😀"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (qdpx(""), "a project without a text that can be read"),
        (qdpx(source("Only", "absolute:///a.txt")), "Only .its text lies outside"),
        (f'<?xml version="1.0"?><Project xmlns="{QDA}"/>', "inner file"),
        (f'<!DOCTYPE a [<!ENTITY x "y">]><CodeBook xmlns="{QDA}"/>', "declares XML entities"),
    ],
)
def test_projects_that_cannot_be_read_are_refused_with_advice(
    tmp_path: Path, data: bytes | str, why: str
) -> None:
    with pytest.raises(DocumentRefused, match=why) as refusal:
        read_all(tmp_path, "p.qdpx", data)
    assert refusal.value.advice
