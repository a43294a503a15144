"""Corrected labels → drafts → marks: what was corrected is given, the rest waits for a person."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.index.catalogue import Catalogue
from assistant.index.corrections import Correction, Corrections
from assistant.index.generations import CATALOGUE, Layout
from assistant.index.hashing import words_hash
from assistant.records import Kind
from evals.__main__ import main
from evals.cases import CaseError
from evals.corrections import drafts_of
from evals.marks import load_sentences, locate
from evals.promote import accept, drafts_path
from tests.builders import write_files
from tests.indexing import ingest

PAPER = "# Walks\n\nThe walks were counted by the parish clerk every spring.\n"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index with one corrected sentence, and a correction of a document that is not there."""
    ingest(tmp_path / "index", write_files(tmp_path / "files", {"walks.md": PAPER}))
    layout = Layout(tmp_path / "index")
    live = Catalogue.open(layout.live() / CATALOGUE)
    (head,) = live.heads()
    sentence = next(s for p in live.passages_of(head.id) for s in p.sentences if "counted" in s.text)
    live.close()
    for document in (head.id, "f" * 64):
        Corrections(layout).put(
            Correction(
                document, sentence.start, sentence.end, words_hash(sentence.text), "A. Marker", "", "",
                stance="barrier", cluster="none",
            )
        )  # fmt: skip
    return tmp_path / "index"


def test_a_draft_gives_what_was_corrected_and_no_label_of_the_program(index: Path) -> None:
    (draft,) = drafts_of(index)

    assert (draft["stance"], draft["cluster"]) == ("barrier", None)
    assert draft["missing"] == ["voice", "speaker", "conditional", "hard"]
    assert "counted" not in json.dumps(draft)


def test_a_draft_that_was_filled_in_becomes_a_mark_that_is_found_again(index: Path, tmp_path: Path) -> None:
    marks = tmp_path / "sentences.jsonl"
    assert main(["promote", "--corrections", str(index), "--cases", str(marks)]) == 0
    drafts = drafts_path(marks)
    draft = json.loads(drafts.read_text(encoding="utf-8"))
    with pytest.raises(CaseError, match="lacks voice, speaker"):
        accept(marks, draft["id"], list)
    filled = {**draft, "voice": "authors", "speaker": None, "conditional": False, "hard": False}
    drafts.write_text(json.dumps(filled) + "\n", encoding="utf-8")

    assert main(["promote", "--accept", draft["id"], "--cases", str(marks)]) == 0

    (found,) = locate(load_sentences(marks), [tmp_path / "files"])
    assert found.words == "The walks were counted by the parish clerk every spring."
    assert found.sentence.marks.stance == "barrier"
    assert not drafts.exists()


def test_a_corrected_kind_and_condition_stand_in_the_draft_and_become_marks(
    index: Path, tmp_path: Path
) -> None:
    corrections = Corrections(Layout(index))
    one = next(one for one in corrections.entries if one.document != "f" * 64)
    corrections.put(replace(one, condition="words 4-5", voice="authors", speaker="none", kind="method"))
    marks = tmp_path / "sentences.jsonl"
    assert main(["promote", "--corrections", str(index), "--cases", str(marks)]) == 0
    drafts = drafts_path(marks)
    draft = json.loads(drafts.read_text(encoding="utf-8"))
    drafts.write_text(json.dumps({**draft, "hard": False}) + "\n", encoding="utf-8")

    assert main(["promote", "--accept", draft["id"], "--cases", str(marks)]) == 0

    (found,) = load_sentences(marks)
    assert (draft["missing"], draft["conditional"], draft["kind"]) == (["hard"], True, "method")
    assert (found.marks.is_conditional, found.marks.kind) == (True, Kind.METHOD)


def test_a_condition_that_was_taken_away_is_none_in_the_draft(index: Path) -> None:
    corrections = Corrections(Layout(index))
    corrections.put(replace(corrections.entries[0], condition="none"))
    corrections.put(replace(corrections.entries[1], condition="none"))

    (draft,) = drafts_of(index)

    assert draft["conditional"] is False
    assert "kind" not in draft and "conditional" not in draft["missing"]
