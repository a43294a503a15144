"""A file that crashes, hangs or swells its reader costs itself alone, in a child process that is replaced."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from assistant.errors import DocumentRefused
from assistant.reading.isolation import Limits, Workers
from tests import pdfs

LIMITS = Limits(seconds=6.0, memory=300_000_000, files=3)


@pytest.fixture
def harmful(tmp_path: Path) -> Iterator[None]:
    """An installed reader that does what the file says: crash, hang, swell, fail, print or ask for time."""
    folder = tmp_path / "installed"
    metadata = folder / "harmful-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: harmful\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[assistant.readers]\nharmful = harmful:READER\n")
    (folder / "harmful.py").write_text(
        dedent(
            """
            import os, signal, time
            from assistant.reading.patience import ask_for_time
            from assistant.reading.reader import Reader
            from assistant.records import Block, Document, Source

            def recognises(path, data):
                return data.startswith(b"DO ")

            def read(path, data, options):
                deed = data.decode().split()[1]
                if deed == "crash":
                    os.kill(os.getpid(), signal.SIGSEGV)
                if deed == "leave":
                    os._exit(7)
                if deed == "hang":
                    time.sleep(60)
                if deed == "spin":
                    while True:
                        pass
                if deed == "swell":
                    bytearray(2_000_000_000)
                if deed == "fail":
                    raise AttributeError("no such thing")
                if deed == "patience":
                    ask_for_time.get()(14)
                    time.sleep(7)
                if deed == "print":
                    os.write(1, b"between the answers")
                return (Document(str(os.getpid()), path.name, Source(title="t"), deed, (Block(0, len(deed)),)),)

            READER = Reader("harmful", (".do",), recognises, read)
            """
        )
    )
    sys.path.insert(0, str(folder))
    yield
    sys.path.remove(str(folder))


def file_that(folder: Path, deed: str) -> Path:
    path = folder / f"{deed}.do"
    path.write_text(f"DO {deed}")
    return path


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        ("crash", "its reader crashed on it (SIGSEGV)"),
        ("leave", "its reader crashed on it (exit code 7)"),
        pytest.param("hang", "reading it takes more than 6 seconds", marks=pytest.mark.slow),
        pytest.param("spin", "reading it takes more than 6 seconds", marks=pytest.mark.slow),
        ("swell", "reading it takes more than 300 MB of memory"),
        ("fail", "its reader failed on it (AttributeError)"),
    ],
)
@pytest.mark.usefixtures("harmful")
def test_a_harmful_file_costs_itself_alone(deed: str, why: str, tmp_path: Path) -> None:
    harmful, harmless = file_that(tmp_path, deed), file_that(tmp_path, "nothing")

    with Workers(LIMITS) as workers:
        (before,) = workers.read(harmless)
        with pytest.raises(DocumentRefused) as refusal:
            workers.read(harmful)
        (after,) = workers.read(harmless)

    assert refusal.value.reason == why
    assert refusal.value.advice
    assert before.text == after.text == "nothing"


@pytest.mark.usefixtures("harmful")
def test_several_files_are_read_in_the_order_given_whatever_becomes_of_them(tmp_path: Path) -> None:
    deeds = ["nothing", "crash", "fail", "nothing", "leave", "print", "nothing"]
    paths = []
    for number, deed in enumerate(deeds):
        paths.append(tmp_path / f"{number}.do")
        paths[-1].write_text(f"DO {deed}")

    with Workers(LIMITS) as workers:
        outcomes = list(workers.read_all(paths, workers=2))

    assert [path for path, _ in outcomes] == paths
    assert [isinstance(outcome, DocumentRefused) for _, outcome in outcomes] == [
        deed in {"crash", "fail", "leave"} for deed in deeds
    ]


@pytest.mark.usefixtures("harmful")
def test_a_process_reads_its_share_of_files_and_is_replaced(tmp_path: Path) -> None:
    path = file_that(tmp_path, "nothing")

    with Workers(LIMITS) as workers:
        processes = [workers.read(path)[0].id for _ in range(5)]

    assert len(set(processes[:3])) == 1
    assert len(set(processes)) == 2


@pytest.mark.slow
@pytest.mark.usefixtures("harmful")
def test_a_reader_that_asks_for_more_time_has_it(tmp_path: Path) -> None:
    with Workers(LIMITS) as workers:
        (document,) = workers.read(file_that(tmp_path, "patience"))

    assert document.text == "patience"


def test_a_page_that_fills_its_memory_is_refused(tmp_path: Path) -> None:
    file = pdfs.PdfFile().add(b"0 0 m 1 1 l " * 3_000_000 + b" S")
    path = tmp_path / "a.pdf"
    path.write_bytes(file.data())

    with (
        Workers(Limits(seconds=8.0, memory=400_000_000)) as workers,
        pytest.raises(DocumentRefused) as refusal,
    ):
        workers.read(path)

    assert refusal.value.reason
    assert refusal.value.advice
