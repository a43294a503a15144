from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from assistant.reading import document_id, read
from assistant.records import Turn
from assistant.resources import corpus_directory
from evals.cases import DIRECTORY, CaseError, Text, load_cases

WORDS = "Coaching helps teams. Grants are short. Grants are short."
TEXT = Text("f" * 64, "report.txt", WORDS)
GOLD = {"file": "report.txt", "quote": "Coaching helps teams."}
CASE: dict[str, object] = {
    "id": "c1",
    "type": "enablers",
    "persona": "practitioner",
    "question": "What helps?",
    "expected": "answer",
    "gold": [GOLD],
}
SPAN = {
    "file": "report.txt",
    "document": "f" * 64,
    "start": 0,
    "end": 21,
    "words_sha256": hashlib.sha256(b"Coaching helps teams.").hexdigest(),
}


def case_file(folder: Path, *entries: object) -> Path:
    path = folder / "cases.jsonl"
    lines = [entry if isinstance(entry, str) else json.dumps(entry, ensure_ascii=False) for entry in entries]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def refusal(folder: Path, *entries: object) -> str:
    with pytest.raises(CaseError) as refused:
        load_cases(case_file(folder, *entries), [TEXT])
    return str(refused.value)


def test_gold_in_words_is_found_where_it_stands(tmp_path: Path) -> None:
    (case,) = load_cases(case_file(tmp_path, CASE), [TEXT])

    (gold,) = case.gold
    assert (gold.document, WORDS[gold.start : gold.end]) == (TEXT.document, "Coaching helps teams.")
    assert case.must_be_answered
    assert not case.is_lookalike


def test_gold_by_offsets_is_taken_where_its_words_are_the_same(tmp_path: Path) -> None:
    (case,) = load_cases(case_file(tmp_path, {**CASE, "gold": [SPAN]}), [TEXT])

    assert [(gold.document, gold.start, gold.end) for gold in case.gold] == [(TEXT.document, 0, 21)]


def test_all_that_a_case_says_is_read(tmp_path: Path) -> None:
    entry = {
        **CASE,
        "gold": [],
        "expected": "decline",
        "key_facts": ["one", "two"],
        "previous": [{"role": "user", "content": "Who?"}],
        "must_not": ["name"],
        "lookalike": True,
    }
    (case,) = load_cases(case_file(tmp_path, entry), [TEXT])

    assert case.key_facts == ("one", "two")
    assert case.previous == (Turn("user", "Who?"),)
    assert case.must_not == ("name",)
    assert case.is_lookalike
    assert not case.must_be_answered


def test_empty_lines_are_passed_over_and_counted(tmp_path: Path) -> None:
    assert "line 4: " in refusal(tmp_path, CASE, "", "  ", "{")


def test_a_line_separator_inside_a_question_does_not_end_the_line(tmp_path: Path) -> None:
    (case,) = load_cases(case_file(tmp_path, {**CASE, "question": "What\u2028helps?"}), [TEXT])

    assert case.question == "What\u2028helps?"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"gold": [{**GOLD, "quote": "Coaching never"}]},
            "its gold stands 0 times in report.txt: 'Coaching never'",
        ),
        ({"gold": [{**GOLD, "quote": "Grants are short."}]}, "its gold stands 2 times in report.txt"),
        ({"gold": [{**GOLD, "file": "other.txt"}]}, "no document other.txt in the index"),
        ({"gold": [{**SPAN, "start": 1}]}, "the words at 1–21 of report.txt are others"),
        ({"gold": [{**SPAN, "end": 10_000}]}, "the words at 0–10000 of report.txt are others"),
        ({"gold": [{**SPAN, "document": "a" * 64}]}, "no document with hash aaaaaaaaaaaa… (report.txt)"),
        ({"must_not_patterns": ["(50"]}, "its pattern '(50' is no regular expression"),
        ({"must_not_rules": ["names"]}, "its rule 'names' is none of identity, yes or no, uncited"),
        ({"expected": "maybe"}, "expected 'maybe' is none of answer, answer_with_conflict, abstain"),
    ],
)
def test_a_case_that_cannot_be_used_is_told_by_line_and_reason(
    tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    refused = refusal(tmp_path, CASE, {**CASE, "id": "c2", **changes})

    assert refused.startswith(f"{tmp_path / 'cases.jsonl'}, line 2: ")
    assert message in refused


def test_a_case_without_a_question_is_told(tmp_path: Path) -> None:
    without = {key: value for key, value in CASE.items() if key != "question"}

    assert refusal(tmp_path, without).endswith("line 1: it has no 'question'")


def test_two_cases_of_one_name_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, CASE, CASE).endswith("line 2: there is another case c1")


@pytest.mark.parametrize("line", ["{", "nonsense", "[]", "3"])
def test_a_line_that_is_no_case_is_told(tmp_path: Path, line: str) -> None:
    assert "line 2: " in refusal(tmp_path, CASE, line)


# The cases that come with the project


def text_of(path: Path) -> list[Text]:
    return [Text(document.id, document.name, document.text) for document in read(path)]


def test_all_cases_of_the_notes_load_against_the_bundled_notes() -> None:
    notes = [text for path in (corpus_directory() / "notes").glob("*.md") for text in text_of(path)]

    cases = load_cases(DIRECTORY / "notes.jsonl", notes)

    assert len(cases) > 150
    assert all(case.gold for case in cases if case.must_be_answered)


def test_all_cases_of_the_documents_load_against_the_documents(documents: Path) -> None:
    path = DIRECTORY / "documents.jsonl"
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    needed = {gold["document"] for entry in entries for gold in entry["gold"] if "document" in gold}
    files = [file for file in documents.rglob("*") if file.is_file()]
    texts = [text for file in files if document_id(file.read_bytes()) in needed for text in text_of(file)]
    texts += [text for note in (corpus_directory() / "notes").glob("*.md") for text in text_of(note)]

    cases = load_cases(path, texts)

    assert len(cases) > 100
    assert needed
