from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.commands.batch import Line, read_lines, run_batch
from assistant.errors import BadInput
from assistant.questions import MAX_QUESTION
from assistant.records import Turn
from tests.program import json_of, run, sentence

QUESTIONS = (
    {"id": "b", "question": "What helps a new practice model last?"},
    {"id": 7, "question": "Who is P5?"},
    {"id": ["a", None], "question": "And what hinders it?", "previous": [
        {"role": "user", "content": "What helps fidelity in home care?"},
        {"role": "assistant", "content": "The evidence gives two things that help."},
    ]},
)  # fmt: skip


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    return written(tmp_path / "in.jsonl", *(json.dumps(line) for line in QUESTIONS))


def written(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]


def test_searches_are_written_in_order_with_their_ids(
    over_notes: dict[str, str], batch: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"

    done = run(over_notes, "search", "--batch", batch, "--output", out, "--limit", "3")

    assert (done.returncode, done.stdout) == (0, f"3 searched into {out}\n")
    found = lines_of(out)
    assert [line["id"] for line in found] == [question["id"] for question in QUESTIONS]
    assert all(set(line) == {"id", "results"} and len(line["results"]) == 3 for line in found)
    alone = json_of(over_notes, "search", QUESTIONS[0]["question"], "--limit", "3")
    assert found[0]["results"] == alone["results"]


def test_answers_are_written_in_order_with_their_ids(
    over_notes: dict[str, str], batch: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"

    done = run(over_notes, "ask", "--batch", batch, "--output", out)

    assert (done.returncode, done.stdout) == (0, f"3 answered into {out}\n")
    answers = lines_of(out)
    assert [answer.pop("id") for answer in answers] == [question["id"] for question in QUESTIONS]
    assert answers[0] == json_of(over_notes, "ask", QUESTIONS[0]["question"])
    assert answers[1]["status"] == "declined"
    assert "fidelity" in answers[2]["standalone_question"]
    assert sorted(tmp_path.iterdir()) == [batch, out]


@pytest.mark.parametrize(
    "row",
    ["{", "[]", '"text"', "7", '{"id": 1}', '{"question": "What?"}', '{"id": null, "question": "What?"}',
     '{"id": 1, "question": 5}', '{"id": 1, "question": "What?", "previous": ["What?"]}',
     '{"id": 1, "question": "What?", "previous": [{"role": "king", "content": "x"}]}',
     '{"id": 1, "question": "What?", "previous": [{"role": "user", "content": 3}]}',
     '{"id": 1, "question": "What?", "previous": 4}'],
)  # fmt: skip
def test_a_line_that_cannot_be_used_is_named_with_its_number(tmp_path: Path, row: str) -> None:
    path = written(tmp_path / "in.jsonl", json.dumps(QUESTIONS[0]), "", row)

    with pytest.raises(BadInput, match=r"in\.jsonl, line 3: "):
        read_lines(path)


def test_a_question_before_is_as_long_as_a_question_may_be(tmp_path: Path) -> None:
    def row(length: int) -> str:
        return json.dumps(
            {"id": 1, "question": "And why?", "previous": [{"role": "user", "content": "x" * length}]}
        )

    [line] = read_lines(written(tmp_path / "in.jsonl", row(MAX_QUESTION)))
    assert len(line.previous[0].content) == MAX_QUESTION
    with pytest.raises(BadInput, match=r"line 1: .* has more than 4,000 characters"):
        read_lines(written(tmp_path / "in.jsonl", row(MAX_QUESTION + 1)))


def test_nothing_is_written_if_a_line_cannot_be_used(over_notes: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    for rows, number in (([json.dumps(QUESTIONS[0]), "{"], 2), (['{"id": 1, "question": " "}'], 1)):
        path = written(tmp_path / "in.jsonl", *rows)

        for command in ("search", "ask"):
            said = sentence(run(over_notes, command, "--batch", path, "--output", out), code=2)
            assert said.startswith(f"{path}, line {number}: ")

    assert list(tmp_path.iterdir()) == [tmp_path / "in.jsonl"]


def test_lines_are_told_apart_by_line_ends_alone(tmp_path: Path) -> None:
    words = "one\u2028two\x0bthree\x85four"
    path = tmp_path / "in.jsonl"
    row = json.dumps({"id": 1, "question": words, "else": 2}, ensure_ascii=False)
    path.write_bytes(f"\ufeff{row}\r\n\r\n{row}".encode())

    assert read_lines(path) == [Line(1, 1, words), Line(3, 1, words)]


def test_previous_turns_are_read(tmp_path: Path) -> None:
    path = written(
        tmp_path / "in.jsonl", json.dumps(QUESTIONS[2]), '{"id": 1, "question": "x", "previous": null}'
    )

    first, second = read_lines(path)

    assert first.previous[0] == Turn("user", "What helps fidelity in home care?")
    assert second.previous == ()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_a_batch_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "in.jsonl").write_bytes(content)

    with pytest.raises(BadInput, match=r"in\.jsonl cannot be read: "):
        read_lines(tmp_path / "in.jsonl")


def test_an_empty_batch_gives_an_empty_file(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"

    assert run_batch(written(tmp_path / "in.jsonl"), out, lambda line: {}) == 0
    assert out.read_bytes() == b""


def test_what_stood_in_the_output_before_stays_until_all_is_answered(batch: Path, tmp_path: Path) -> None:
    out = written(tmp_path / "out.jsonl", "before")

    def fail_at_the_last(line: Line) -> dict[str, Any]:
        if line.number == 3:
            raise KeyboardInterrupt
        return {"id": line.id}

    with pytest.raises(KeyboardInterrupt):
        run_batch(batch, out, fail_at_the_last)

    assert out.read_text() == "before\n"
    assert sorted(tmp_path.iterdir()) == [batch, out]
    assert run_batch(batch, out, lambda line: {"id": line.id}) == 3
    assert lines_of(out)[2] == {"id": ["a", None]}


def test_half_a_surrogate_pair_in_an_id_comes_back_as_it_came(tmp_path: Path) -> None:
    path = written(tmp_path / "in.jsonl", r'{"id": "\ud800", "question": "caf\u00e9"}')
    out = tmp_path / "out.jsonl"

    run_batch(path, out, lambda line: {"id": line.id, "question": line.question})

    assert lines_of(out) == [{"id": "\ud800", "question": "café"}]
    assert "café" in out.read_text(encoding="utf-8")


def test_an_output_that_cannot_be_written_is_refused_before_any_work(batch: Path, tmp_path: Path) -> None:
    asked: list[Line] = []

    def answer(line: Line) -> dict[str, Any]:
        asked.append(line)
        return {}

    for out in (None, tmp_path, tmp_path / "nowhere" / "out.jsonl", Path("/dev/null")):
        with pytest.raises(BadInput, match=r"--output|cannot be written"):
            run_batch(batch, out, answer)

    assert asked == []
    assert Path("/dev/null").is_char_device()


def test_an_output_behind_a_link_is_written_where_it_points(batch: Path, tmp_path: Path) -> None:
    target = written(tmp_path / "target.jsonl", "before")
    (tmp_path / "link.jsonl").symlink_to(target)

    run_batch(batch, tmp_path / "link.jsonl", lambda line: {"id": line.id})

    assert (tmp_path / "link.jsonl").is_symlink()
    assert len(lines_of(target)) == 3
