"""What holds for the readers of every format together."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import DocumentRefused
from assistant.index.files import find_files
from assistant.reading import BUILT_IN, read, readers, suffixes
from assistant.reading.invisible import INVISIBLE
from assistant.records import BlockKind, Document, Sensitivity
from tests.packages import docx, epub, odt, qdpx, w_p, zipped

Paragraphs = list[str]


def escaped(words: str) -> str:
    """Words as XML can hold them: most control characters cannot stand in it at all."""
    kept = "".join(c for c in words if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#13;")


def as_csv(paragraphs: Paragraphs) -> str:
    return "text,speaker\n" + "".join('"{}",P4\n'.format(p.replace('"', '""')) for p in paragraphs)


def as_vtt(paragraphs: Paragraphs) -> str:
    cues = (f"00:{n:02d}.000 --> 00:{n:02d}.900\n<v P{n % 3}>{escaped(p)}" for n, p in enumerate(paragraphs))
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def as_rtf(paragraphs: Paragraphs) -> str:
    units = ("".join(f"\\u{u - 65536 if u > 32767 else u}?" for u in utf16(p)) for p in paragraphs)
    return r"{\rtf1\ansi " + r"\par ".join(units) + "}"


def utf16(words: str) -> list[int]:
    data = words.encode("utf-16-le", "surrogatepass")
    return [int.from_bytes(data[place : place + 2], "little") for place in range(0, len(data), 2)]


def html_of(paragraphs: Paragraphs) -> str:
    return "".join(f"<h2>Part {n}</h2><p>{escaped(p)}</p>" for n, p in enumerate(paragraphs))


FORMATS: dict[str, Callable[[Paragraphs], bytes | str]] = {
    ".docx": lambda ps: docx("".join(w_p(f"<w:r><w:t>{escaped(p)}</w:t></w:r>") for p in ps)),
    ".odt": lambda ps: odt("".join(f"<text:p>{escaped(p)}</text:p>" for p in ps)),
    ".html": lambda ps: f"<!DOCTYPE html><html><body>{html_of(ps)}</body></html>",
    ".epub": lambda ps: epub({"a.xhtml": html_of(ps)}),
    ".rtf": as_rtf,
    ".vtt": as_vtt,
    ".srt": lambda ps: "\n\n".join(f"{n}\n00:00:{n:02d},000 --> 00:00:{n:02d},900\n{p}" for n, p in enumerate(ps, 1)),
    ".csv": as_csv,
    ".qdpx": lambda ps: qdpx('<TextSource name="I" plainTextPath="internal://a.txt"/>', **{"a.txt": "\n\n".join(ps)}),
}  # fmt: skip
WORDS = ["Trust helped people to try new ways.", "Results", "P4: It took a year, or two.", "INT: And then?"]
ODD = "\u200b\u202e\U000e0041\ufe01\u00ad\0\x85\u2028\xa0\t\r\n|<>&{}\\\"':;-– 10😀éשא"


def made(folder: Path, suffix: str, paragraphs: Paragraphs, name: str = "") -> Path:
    data = FORMATS[suffix](paragraphs)
    path = folder / (name or f"file{suffix}")
    path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    return path


def check(document: Document) -> None:
    """What every document must keep to, whatever it was read from."""
    end = 0
    for block in document.blocks:
        words = document.text[block.start : block.end]
        assert end <= block.start < block.end <= len(document.text)
        assert words == words.strip()
        assert block.kind in BlockKind
        end = block.end
    starts = [page.start for page in document.pages]
    assert starts == sorted(starts)
    for coding in document.codings:
        assert 0 <= coding.start < coding.end <= len(document.text)
    assert not INVISIBLE.search(document.text)
    assert "\r" not in document.text
    assert len(document.id) == 64
    assert "\n" not in document.source.title
    document.text.encode()


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    paragraphs=st.lists(st.text(st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8"))), max_size=6)
)
def test_blocks_lie_in_order_in_the_text_without_white_space_round_them(
    suffix: str, tmp_path: Path, paragraphs: Paragraphs
) -> None:
    try:
        documents = read(made(tmp_path, suffix, [*WORDS, *paragraphs]))
    except DocumentRefused as refusal:
        assert refusal.reason
    else:
        for document in documents:
            check(document)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_words_of_every_format_are_all_there(suffix: str, tmp_path: Path) -> None:
    (document,) = read(made(tmp_path, suffix, WORDS))

    check(document)
    body = " ".join(document.text[block.start : block.end] for block in document.blocks)
    assert "Trust helped people to try new ways." in body
    assert "It took a year, or two." in body


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "name", ["file.txt", "file", "file.md", "file.pdf", "FILE.X", "a\nb 😀.dat", "%2e%2e"]
)
def test_a_file_under_another_name_is_read_by_its_content(suffix: str, name: str, tmp_path: Path) -> None:
    (document,) = read(made(tmp_path, suffix, WORDS, name))
    (right,) = read(made(tmp_path, suffix, WORDS))

    assert document.text == right.text
    assert document.blocks == right.blocks
    assert document.id == right.id


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_bytes_give_the_same_document(suffix: str, tmp_path: Path) -> None:
    path = made(tmp_path, suffix, WORDS)

    assert read(path) == read(path)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_stricter_folder_holds_for_every_format(suffix: str, tmp_path: Path) -> None:
    folder = tmp_path / "Restricted"
    folder.mkdir()

    assert read(made(folder, suffix, WORDS[:2]))[0].sensitivity is Sensitivity.RESTRICTED


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_file_that_is_cut_off_is_read_or_refused(suffix: str, share: float, tmp_path: Path) -> None:
    path = made(tmp_path, suffix, WORDS)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])

    try:
        documents = read(path)
    except DocumentRefused as refusal:
        assert refusal.reason
    else:
        for document in documents:
            check(document)


PACKAGES = {
    ".docx": (docx(w_p("words")), "word/document.xml"),
    ".odt": (odt("<text:p>words</text:p>"), "content.xml"),
    ".epub": (epub({"a.xhtml": "<p>words</p>"}), "OEBPS/book.opf"),
    ".qdpx": (qdpx(""), "project.qde"),
}
LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize("suffix", PACKAGES)
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (LAUGHS, "declares XML entities"),
        (OUTSIDE, "declares XML entities"),
        (" " * 20_000_000, "more than 100 times its size"),
        ("<a>" * 400 + "</a>" * 400, "not XML that can be read"),
        ("no XML", "not XML that can be read"),
        ("", "not XML that can be read"),
    ],
)
def test_hostile_parts_are_refused_in_every_package(
    suffix: str, content: str, why: str, tmp_path: Path
) -> None:
    data, part = PACKAGES[suffix]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    path = tmp_path / f"a{suffix}"
    path.write_bytes(zipped({**parts, part: content}))

    with pytest.raises(DocumentRefused, match=why) as refusal:
        read(path)
    assert refusal.value.advice


@pytest.mark.parametrize("suffix", PACKAGES)
def test_names_that_lead_out_of_a_package_are_refused(suffix: str, tmp_path: Path) -> None:
    data, _ = PACKAGES[suffix]
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("../../outside.txt", "x")
    path = tmp_path / f"a{suffix}"
    path.write_bytes(buffer.getvalue())

    with pytest.raises(DocumentRefused, match="leads out of the archive"):
        read(path)
    assert not (tmp_path.parent / "outside.txt").exists()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "not a format that is read"),
        (b"PK\x03\x04 and then nothing that could be one", "a damaged archive"),
        (bytes(range(256)) * 20, "not a format that is read"),
    ],
)
def test_what_no_reader_knows_is_refused_with_what_is_known(data: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(data)

    with pytest.raises(DocumentRefused, match=why) as refusal:
        read(path)
    assert refusal.value.advice


def test_a_folder_is_searched_for_every_suffix_of_every_reader(tmp_path: Path) -> None:
    for suffix in suffixes():
        (tmp_path / f"file{suffix.upper()}").write_text("words")
    (tmp_path / "file.exe").write_text("words")

    items, _ = find_files([tmp_path])

    assert {item.path.suffix.lower() for item in items} == set(suffixes())
    assert set(FORMATS) <= set(suffixes())
    assert {suffix for reader in BUILT_IN for suffix in reader.suffixes} == set(suffixes())


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Path]:
    """A package on the path that adds a reader through its entry point, as an installed one does."""
    folder = tmp_path / "installed"
    metadata = folder / "shouting-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: shouting\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[assistant.readers]\nshouting = shouting:READER\n")
    (folder / "shouting.py").write_text(
        dedent(
            """
            from assistant.reading.reader import Reader
            from assistant.records import Block, Document, Source

            def recognises(path, data):
                return data.startswith(b"SHOUT")

            def read(path, data, options):
                text = data.decode().removeprefix("SHOUT ").strip()
                return (Document("0" * 64, path.name, Source(title="A shout"), text, (Block(0, len(text)),)),)

            READER = Reader("shouting", (".shout",), recognises, read)
            """
        )
    )
    sys.path.insert(0, str(folder))
    readers.cache_clear()
    yield folder
    sys.path.remove(str(folder))
    sys.modules.pop("shouting", None)
    readers.cache_clear()


def test_an_installed_package_adds_a_reader_that_is_asked_first(installed: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("SHOUT trust helps")

    (document,) = read(path)

    assert (document.source.title, document.text) == ("A shout", "trust helps")
    assert ".shout" in suffixes()
    (tmp_path / "b.shout").write_text("SHOUT again")
    assert tmp_path / "b.shout" in {item.path for item in find_files([tmp_path])[0]}


def test_the_folder_of_a_file_holds_for_added_readers_too(installed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "team"
    folder.mkdir()
    (folder / "a.shout").write_text("SHOUT trust helps")

    assert read(folder / "a.shout")[0].sensitivity is Sensitivity.TEAM
