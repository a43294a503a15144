from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from assistant.index.files import find_files, item_of, lies_under
from tests.indexing import ingest, write_reports


def test_in_a_folder_only_files_of_known_formats_are_taken(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "files", [1])
    write_reports(folder / "deep" / "deeper", [2])
    for name in ("picture.png", "README.md", "notes.MD", ".hidden.txt", "archive.tar"):
        (folder / name).write_text("Words.")
    write_reports(folder / ".git", [3])
    elsewhere = write_reports(tmp_path / "elsewhere", [4])
    (folder / "link.txt").symlink_to(elsewhere / "report-004.txt")
    (folder / "linked").symlink_to(elsewhere)
    (folder / "nowhere.txt").symlink_to(tmp_path / "nothing")

    items, problems = find_files([folder])

    assert [item.key for item in items] == [
        str(folder / "deep" / "deeper" / "report-002.txt"),
        str(folder / "report-001.txt"),
    ]
    assert problems == {}


def test_a_file_that_is_named_is_tried_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "minutes.2024").write_text("The team met and adapted the pilot with families.\n")
    (tmp_path / ".hidden").write_text("The council protected staff time after a year.\n")

    items, _ = find_files([tmp_path / "minutes.2024", tmp_path / ".hidden"])
    made = ingest(tmp_path / "index", tmp_path / "minutes.2024", tmp_path / ".hidden")

    assert sorted(made.added) == sorted(item.key for item in items)
    assert len(items) == 2


def test_a_file_named_twice_is_one_and_order_does_not_matter(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "files", range(3))
    named = [folder / "report-002.txt", folder, folder / "report-000.txt"]

    assert find_files(named) == find_files([folder]) == find_files(named[::-1])


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "files", [1])

    items, problems = find_files([tmp_path / "gone", folder])

    assert problems == {str(tmp_path / "gone"): "no such file or folder"}
    assert len(items) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are known to Linux alone")
def test_a_file_whose_name_is_no_text_is_refused_and_stops_nobody(tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "files", [1])
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("The team met.\n")

    items, problems = find_files([folder])

    assert [item.path.name for item in items] == ["report-001.txt"]
    assert list(problems.values()) == ["its name is not valid text; rename the file"]
    assert next(iter(problems)).encode()


def test_a_folder_is_not_taken_for_another_whose_name_begins_alike() -> None:
    assert lies_under("/data/papers/a.txt", "/data/papers")
    assert lies_under("/data/papers", "/data/papers")
    assert lies_under("/data/a.txt", "/")
    assert not lies_under("/data/papers-old/a.txt", "/data/papers")
    assert lies_under("corpus:note.md", "corpus:")
    assert not lies_under("/corpus:/note.md", "corpus:")


def test_a_bundled_note_is_found_by_its_name() -> None:
    assert item_of("corpus:a.md").path.parts[-2:] == ("notes", "a.md")
    assert item_of("/data/a.md").path == Path("/data/a.md")
