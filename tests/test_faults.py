"""What goes wrong around an ingest: each time a clear message, a sound index, and nothing lost."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.commands.ingest import print_report
from assistant.errors import DocumentRefused, IndexError_
from assistant.index.files import find_files
from assistant.index.generations import Layout
from assistant.index.sync import Report
from assistant.reading import read
from assistant.reading.isolation import Limits, Workers, read_isolated
from tests.builders import write_files
from tests.indexing import ingest, names, open_index, proof_of, ranked, report, take_out, write_reports
from tests.pdfs import PdfFile, lines
from tests.test_passages import check_places

ODD_NAME = "line one\nline two 🎈 “quoted” \u202egnp.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "files", range(4))


def mounted(*options: str | Path) -> bool:
    """Whether the system lets a test mount so."""
    return subprocess.run(["mount", *map(str, options)], capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 MB, in memory."""
    at = tmp_path / "disk"
    at.mkdir()
    if not mounted("-t", "tmpfs", "-o", "size=200000k", "none", at):
        pytest.skip("this system does not let the tests make a small disk")
    yield at
    subprocess.run(["umount", "-l", at], check=True)


@pytest.fixture
def read_only(disk: Path, tmp_path: Path) -> Iterator[Path]:
    """The same disk at another place, where nothing can be written."""
    at = tmp_path / "read-only"
    at.mkdir()
    assert mounted("--bind", disk, at)
    assert mounted("-o", "remount,bind,ro", at)
    yield at
    subprocess.run(["umount", "-l", at], check=True)


@pytest.mark.parametrize(
    ("kilobytes", "said"),
    [(300, "could not be written: .*make room"), (20_000, r"needs about \d+ MB of free disk")],
)
def test_a_full_disk_is_told_and_what_was_there_is_still_there(
    disk: Path, folder: Path, kilobytes: int, said: str
) -> None:
    root = disk / "index"
    ingest(root, folder)
    before, name = ranked(open_index(root)), open_index(root).live().name
    write_reports(folder, range(4, 30), paragraphs=40)
    full = disk / "full"
    with full.open("wb") as file:
        free = shutil.disk_usage(disk).free
        file.write(bytes(free - kilobytes * 1000))

    with pytest.raises(IndexError_, match=said):
        ingest(root, folder)

    assert (ranked(open_index(root)), open_index(root).live().name) == (before, name)
    full.unlink()
    made = ingest(root, folder)
    assert len(made.added) == 26
    assert len(names(open_index(root))) == 30
    assert [path.name for path in (root / "generations").iterdir()] == [open_index(root).live().name]


def test_a_read_only_disk_is_told_and_can_be_asked(disk: Path, read_only: Path, folder: Path) -> None:
    ingest(disk / "index", folder)
    before = ranked(open_index(disk / "index"))
    write_reports(folder, [9])

    with pytest.raises(IndexError_, match=r"could not be written: .*[Rr]ead-only"):
        ingest(read_only / "index", folder)

    assert ranked(open_index(read_only / "index")) == before
    assert ingest(disk / "index", folder).added == [str(folder / "report-009.txt")]


WRITER = """
import itertools, os, sys
for number in itertools.count():
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write(f"A report that never stays as it was\\n\\nIt is written for time {number} now.\\n")
    os.replace(sys.argv[2], sys.argv[1])
"""


def test_a_file_that_changes_while_it_is_read_is_refused_and_what_was_held_is_kept(
    tmp_path: Path, folder: Path
) -> None:
    root = tmp_path / "index"
    ingest(root, folder)
    path = folder / "report-001.txt"
    part = tmp_path / "part"
    # A process of its own: a thread of this one may not get its turn in time.
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(part)]) as writer:
        try:
            while "never stays" not in path.read_text(encoding="utf-8"):
                time.sleep(0.01)
            made = ingest(root, folder)
        finally:
            writer.kill()

    assert made.refused == {
        str(path): "it changed while it was read; try again; what was read of it before is kept"
    }
    assert names(open_index(root)) == [f"report-00{number}.txt" for number in range(4)]
    assert ingest(root, folder).changed == [str(path)]


def test_a_name_with_a_line_end_and_an_emoji_is_taken_found_and_withdrawn(tmp_path: Path) -> None:
    root = tmp_path / "index"
    folder = write_files(
        tmp_path / "files", {ODD_NAME: "Talk\n\nP4: Zebrafinches kept the harbour circle awake.\n"}
    )

    made = ingest(root, folder)

    assert made.added == [str(folder / ODD_NAME)]
    assert names(open_index(root)) == [ODD_NAME]
    write_reports(folder, [1])
    ingest(root, folder)
    outcome = take_out(root, ODD_NAME)
    assert names(open_index(root)) == ["report-001.txt"]
    assert proof_of(root, outcome).found == []
    assert ingest(root, folder).withdrawn == [str(folder / ODD_NAME)]


def test_a_name_with_a_line_end_passes_for_no_line_of_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    print_report(Report(refused={ODD_NAME: "the file is empty"}, missing=["a\x1b[2Jb.txt"]))

    printed = capsys.readouterr().out
    assert "  refused line one\\nline two 🎈 “quoted” \\u202egnp.txt: the file is empty\n" in printed
    assert "a\\x1b[2Jb.txt" in printed
    assert printed.count("\n") == 3


def test_a_loop_of_links_and_links_out_of_a_folder_are_not_followed(tmp_path: Path, folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "again").symlink_to(folder)
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    write_reports(tmp_path / "outside", [7])
    (folder / "out").symlink_to(tmp_path / "outside")

    made = ingest(tmp_path / "index", folder)

    assert names(open_index(tmp_path / "index")) == [f"report-00{number}.txt" for number in range(4)]
    assert made.refused == {}


HEBREW = "הצוות נפגש בכל שבוע ולמד יחד."
MIXED = f"Weekly meetings\n\nThe team met weekly. {HEBREW} What they learnt was kept by all of them.\n"


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_text_from_right_to_left_keeps_its_places(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    words = MIXED if suffix != ".html" else f"<p>{MIXED}</p>"
    path.write_text(words.replace(HEBREW, f"\u202b{HEBREW}\u202c"), encoding="utf-8")

    (document,) = read(path)

    check_places(document, ())
    assert HEBREW in document.text
    root = tmp_path / "index"
    ingest(root, path)
    live = open_index(root).live()
    assert any(HEBREW in passage.text for passage in live.catalogue.passages_of(document.id))


@pytest.mark.parametrize(
    ("data", "is_read"),
    [
        ("\ufeffThe team met.\r\n\r\nIt was kept — by all.\r\n".encode(), True),
        ("The team met.\r\rIt was kept by all.\r".encode("utf-16"), True),
        (b"The team met, caf\xe9 by caf\xc3\xa9, and kept it.\n", True),
        (b"The team met.\0It was kept.\n", False),
    ],
)
def test_byte_order_marks_line_ends_mixed_encodings_and_nul_bytes_are_met_in_an_ingest(
    tmp_path: Path, folder: Path, data: bytes, is_read: bool
) -> None:
    (folder / "odd.txt").write_bytes(data)

    made = ingest(tmp_path / "index", folder)

    assert (str(folder / "odd.txt") in made.added) is is_read
    assert (str(folder / "odd.txt") in made.refused) is not is_read
    held = open_index(tmp_path / "index").live()
    for head in held.heads.values():
        text = held.catalogue.text(head.id)
        assert not set("\ufeff\r\0") & set(text)
        for passage in held.catalogue.passages_of(head.id):
            assert text[passage.start : passage.end] == passage.text


@pytest.mark.slow
def test_a_pdf_of_six_hundred_pages_is_read_whole_or_refused_in_time(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311 - a test text, no secret
    vocabulary = [word for number in range(30) for word in report(number).split()]
    made = PdfFile()
    for number in range(1, 601):
        words = [" ".join(chance.choices(vocabulary, k=11)) for _ in range(41)]
        words[20] += f" zebra{number:03d}"
        made.add(lines(words))
    (tmp_path / "long.pdf").write_bytes(made.data())

    try:
        (document,) = read_isolated(tmp_path / "long.pdf")
    except DocumentRefused as refusal:
        # On a slow or busy machine; with the time that it needs there it is read.
        assert refusal.reason == "reading it takes more than 28 seconds"
        with Workers(Limits(seconds=300)) as patient:
            (document,) = patient.read(tmp_path / "long.pdf")

    assert len(document.pages) == 600
    for number in (1, 300, 600):
        page = document.page_at(document.text.index(f"zebra{number:03d}"))
        assert page is not None
        assert page.number == number


@pytest.mark.slow
def test_five_thousand_small_files_are_taken_at_once_and_skipped_the_second_time(tmp_path: Path) -> None:
    count = 5000
    folder = tmp_path / "files"
    for number in range(count):
        write_files(
            folder / f"{number % 50:02d}",
            {f"{number}.txt": f"Note {number}\n\nLantern {number} was lit by the {number % 7} keepers.\n"},
        )
    root = tmp_path / "index"

    made = ingest(root, folder)

    assert (len(made.added), made.refused) == (count, {})
    assert open_index(root).live().passages >= count
    assert ingest(root, folder).generation is None
    assert len(find_files([folder])[0]) == count
    assert Layout(root).size() < 200_000_000


def test_a_file_without_words_is_named_among_others(tmp_path: Path, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b" \n ")

    made = ingest(tmp_path / "index", folder)

    assert made.refused == {str(folder / "empty.txt"): "the file is empty"}
    assert len(made.added) == 4
    with pytest.raises(DocumentRefused, match="the file is empty"):
        read(folder / "empty.txt")
