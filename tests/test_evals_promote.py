"""Feedback → drafts → cases: what a program knows is filled in, the rest waits for a person."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from evals.__main__ import main
from evals.cases import CaseError, Text, load_cases
from evals.promote import accept, draft_of, drafts_path, missing_of, write_drafts

QUOTE = "Weekly coaching helps teams."
TEXTS = [
    Text("f" * 64, "lantern.md", f"# Note\n\n- {QUOTE}\n"),
    Text("a" * 64, "paper.pdf", f"Page. {QUOTE}"),
]
FROM_NOTE = {
    "file": "lantern.md",
    "document": "f" * 64,
    "start": 10,
    "end": 38,
    "quote": QUOTE,
    "is_note": True,
}
FROM_PAPER = {
    "file": "paper.pdf",
    "document": "a" * 64,
    "start": 6,
    "end": 34,
    "quote": QUOTE,
    "is_note": False,
}
FEEDBACK: dict[str, Any] = {
    "question": "Does coaching help?",
    "previous": [{"role": "user", "content": "What is coaching?", "time": "12:00"}],
    "verdict": "supports",
    "claim": "Coaching helps.",
    "citations": [FROM_NOTE],
    "comment": "Good.",
}
FILLED = {"type": "enablers", "persona": "practitioner", "key_facts": ["weekly coaching helps teams"]}


def feedback_file(folder: Path, *entries: object) -> Path:
    path = folder / "feedback.jsonl"
    lines = [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def fill_in(cases: Path, **changes: object) -> str:
    """What a reviewer does: open the drafts and fill the first in. Its id."""
    path = drafts_path(cases)
    first, *rest = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [json.dumps(entry) for entry in ({**first, **FILLED, **changes}, *rest)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(first["id"])


# Drafts


def test_a_claim_that_is_borne_out_gives_gold_and_leaves_the_rest_to_a_person() -> None:
    draft = draft_of(FEEDBACK)

    assert draft["gold"] == [{"file": "lantern.md", "quote": QUOTE}]
    assert (draft["expected"], draft["must_not"], draft["why"]) == ("answer", [], "Good.")
    assert draft["previous"] == [{"role": "user", "content": "What is coaching?"}]
    assert draft["missing"] == missing_of(draft) == ["type", "persona", "key_facts"]


def test_gold_of_a_document_that_may_not_be_quoted_holds_none_of_its_words() -> None:
    draft = draft_of({**FEEDBACK, "citations": [FROM_PAPER]})

    (gold,) = draft["gold"]
    assert gold["words_sha256"] == hashlib.sha256(QUOTE.encode()).hexdigest()
    assert QUOTE not in json.dumps(draft)


@pytest.mark.parametrize("verdict", ["overstated", "does not"])
def test_a_claim_that_is_not_borne_out_is_what_must_not_be_said(verdict: str) -> None:
    draft = draft_of({**FEEDBACK, "verdict": verdict})

    assert draft["must_not"] == ["the claim: Coaching helps."]
    assert draft["gold"] is None
    assert {"expected", "gold"} <= set(draft["missing"])


def test_a_quotation_that_must_not_be_said_is_left_for_a_person_to_word() -> None:
    draft = draft_of({**FEEDBACK, "verdict": "does not", "claim": QUOTE, "citations": [FROM_PAPER]})

    assert draft["must_not"] is None
    assert "must_not" in draft["missing"]


def test_what_a_user_says_of_an_answer_gives_gold_or_leaves_all_to_a_person() -> None:
    whole = {key: value for key, value in FEEDBACK.items() if key != "claim"}

    helpful, not_helpful = (
        draft_of({**whole, "verdict": word, "citations": [FROM_NOTE, FROM_PAPER]})
        for word in ("helpful", "not helpful")
    )

    assert [gold["file"] for gold in helpful["gold"]] == ["lantern.md", "paper.pdf"]
    assert helpful["missing"] == ["type", "persona", "key_facts"]
    assert not_helpful["missing"] == ["type", "persona", "expected", "gold", "key_facts", "must_not"]
    assert helpful["id"] != not_helpful["id"]


def test_the_same_verdict_twice_is_one_draft(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"

    drafts = write_drafts(feedback_file(tmp_path, FEEDBACK, "", FEEDBACK), cases)

    assert len(drafts) == 1
    assert drafts_path(cases).exists()
    assert not cases.exists()


def test_drafts_that_lie_there_are_not_overwritten(tmp_path: Path) -> None:
    cases, feedback = tmp_path / "cases.jsonl", feedback_file(tmp_path, FEEDBACK)
    write_drafts(feedback, cases)
    fill_in(cases)
    before = drafts_path(cases).read_bytes()

    with pytest.raises(CaseError, match="is there already"):
        write_drafts(feedback, cases)

    assert drafts_path(cases).read_bytes() == before


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (
            {**FEEDBACK, "verdict": "great"},
            "verdict 'great' is none of supports, partly, overstated, does not",
        ),
        ({**FEEDBACK, "question": "  "}, "its question is empty"),
        ({key: FEEDBACK[key] for key in FEEDBACK if key != "citations"}, "it has no 'citations'"),
        ({**FEEDBACK, "citations": ["x"]}, "line 2: "),
        ("{", "line 2: "),
        ("3", "line 2: "),
    ],
)
def test_feedback_that_cannot_be_used_is_told_by_line_and_nothing_is_written(
    tmp_path: Path, entry: object, reason: str
) -> None:
    cases = tmp_path / "cases.jsonl"

    with pytest.raises(CaseError) as refused:
        write_drafts(feedback_file(tmp_path, FEEDBACK, entry), cases)

    assert "line 2: " in str(refused.value)
    assert reason in str(refused.value)
    assert not drafts_path(cases).exists()


# Accepting


def test_a_draft_that_is_filled_in_becomes_a_case(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    write_drafts(
        feedback_file(tmp_path, FEEDBACK, {**FEEDBACK, "citations": [FROM_PAPER], "claim": "x"}), cases
    )

    first = fill_in(cases)
    accept(cases, first, lambda: TEXTS)
    second = fill_in(cases, type="quote")
    accept(cases, second, lambda: TEXTS)

    made = load_cases(cases, TEXTS)
    assert [(case.id, case.type, case.gold[0].document[0]) for case in made] == [
        (first, "enablers", "f"),
        (second, "quote", "a"),
    ]
    assert "feedback" not in cases.read_text(encoding="utf-8")
    assert not drafts_path(cases).exists()


def test_feedback_that_is_a_case_already_makes_no_draft(tmp_path: Path) -> None:
    cases, feedback = tmp_path / "cases.jsonl", feedback_file(tmp_path, FEEDBACK)
    write_drafts(feedback, cases)
    accept(cases, fill_in(cases), lambda: TEXTS)

    assert write_drafts(feedback, cases) == []
    assert not drafts_path(cases).exists()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"persona": None}, "lacks persona"),
        ({"expected": "perhaps"}, "expected 'perhaps' is none of"),
        ({"gold": [{"file": "lantern.md", "quote": "Never said."}]}, "its gold stands 0 times in lantern.md"),
    ],
)
def test_a_draft_that_is_no_good_case_is_refused_and_both_files_stay(
    tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    cases = tmp_path / "cases.jsonl"
    write_drafts(feedback_file(tmp_path, FEEDBACK), cases)
    identity = fill_in(cases, **changes)
    before = drafts_path(cases).read_bytes()

    with pytest.raises(CaseError, match=reason):
        accept(cases, identity, lambda: TEXTS)

    assert drafts_path(cases).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases.drafts.jsonl", "feedback.jsonl"]


def test_a_draft_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"there is no draft fb-1 in .*cases\.drafts\.jsonl"):
        accept(tmp_path / "cases.jsonl", "fb-1", lambda: TEXTS)


# The command


def test_the_command_names_what_is_to_be_filled_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feedback, cases = feedback_file(tmp_path, FEEDBACK), tmp_path / "cases.jsonl"

    assert main(["promote", str(feedback), "--cases", str(cases)]) == 0
    printed = capsys.readouterr().out
    assert "1 drafts in" in printed
    assert "Does coaching help?  (to fill in: type, persona, key_facts)" in printed

    assert main(["promote", str(feedback), "--cases", str(cases)]) == 2
    assert main(["promote", "--cases", str(cases)]) == 2
    assert "give a file of feedback" in capsys.readouterr().err
