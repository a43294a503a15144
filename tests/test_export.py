from __future__ import annotations

import shutil
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from assistant.encoding.minilm import MiniLM
from assistant.errors import EncoderUnavailable
from tests.indexing import PROCESSES


@pytest.fixture
def own_cache(plain_encoder: MiniLM, cache: Path, tmp_path: Path) -> Path:
    """A cache with a copy of the export, to be damaged."""
    assert plain_encoder.has_export
    own = tmp_path / "cache"
    own.mkdir()
    for file in [*cache.glob("*.onnx"), *cache.glob("*.json")]:
        shutil.copy(file, own)
    return own


def flip_a_byte(export: Path) -> None:
    with export.open("r+b") as file:
        file.seek(export.stat().st_size // 2)
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ 0x10]))


def cut_in_half(export: Path) -> None:
    with export.open("r+b") as file:
        file.truncate(export.stat().st_size // 2)


def lose_the_record(export: Path) -> None:
    export.with_suffix(".json").unlink()


def spoil_the_record(export: Path) -> None:
    export.with_suffix(".json").write_text("{")


def test_an_export_is_used_without_making_it_again(own_cache: Path) -> None:
    export = next(own_cache.glob("*.onnx"))
    made = export.stat().st_mtime_ns

    assert MiniLM(own_cache, is_taught=False).has_export
    MiniLM(own_cache, is_taught=False).encode_query("trust")

    assert export.stat().st_mtime_ns == made


@pytest.mark.parametrize("harm", [flip_a_byte, cut_in_half, lose_the_record, spoil_the_record])
def test_a_damaged_export_is_removed_and_named_and_not_used(own_cache: Path, harm: object) -> None:
    export = next(own_cache.glob("*.onnx"))
    harm(export)
    encoder = MiniLM(own_cache, is_taught=False)

    with pytest.raises(EncoderUnavailable, match=r"\.onnx was damaged and has been removed. Ask again"):
        encoder.encode_query("trust")

    assert not export.exists()
    assert not encoder.has_export


def test_a_cache_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(EncoderUnavailable, match=r"cannot be written to .* ASSISTANT_CACHE"):
        MiniLM(tmp_path / "file" / "cache", is_taught=False).encode_query("trust")


def answer_one(cache: Path, answers: Connection) -> None:
    """For a process of its own: the vector of a question, the export being made if need be."""
    answers.send(MiniLM(cache, is_taught=False).encode_query("trust").tobytes())


@pytest.mark.slow
def test_an_export_that_was_interrupted_is_not_used_and_made_anew_by_one_of_two(
    plain_encoder: MiniLM, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    _, there = PROCESSES.Pipe()
    maker = PROCESSES.Process(target=answer_one, args=(cache, there))
    maker.start()
    while not list(cache.glob("*.part")):
        assert maker.join(0.01) is None
        assert maker.is_alive()
    maker.kill()
    maker.join()
    assert maker.exitcode == -9
    assert not MiniLM(cache, is_taught=False).has_export
    pipes = [PROCESSES.Pipe() for _ in range(2)]
    both = [PROCESSES.Process(target=answer_one, args=(cache, there)) for _, there in pipes]
    for one in both:
        one.start()

    answers = [here.recv() for here, _ in pipes]

    for one in both:
        one.join()
    assert answers == [plain_encoder.encode_query("trust").tobytes()] * 2
    assert len(list(cache.glob("*.onnx"))) == 1
    assert not list(cache.glob("*.part"))
