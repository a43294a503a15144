"""What each command prints, for people and for programs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assistant.index import Index
from tests.conftest import ROOT
from tests.indexing import report, write_reports
from tests.program import json_of, run, sentence

QUESTION = "What helps a new practice model survive the end of its grant?"
ANSWER = {"version", "question", "standalone_question", "status", "message", "claims", "dropped", "evidence",
          "against", "tried", "nearest", "provenance"}  # fmt: skip
PASSAGE = {"passage", "document", "start", "end", "text", "section", "page", "speaker", "time", "sensitivity"}
EVIDENCE = PASSAGE | {"rank", "title", "file", "found_by", "scores"}
SENTENCE = {"start", "end", "text", "voice", "speaker", "section", "stance", "condition", "cluster", "parameter",
            "kind", "origin"}  # fmt: skip
SOURCE = {"document", "file", "path", "sensitivity", "is_transcript", "passages", "characters", "warnings", "title",
          "authors", "year", "doi", "url", "licence", "kind", "sector", "country", "method", "n", "read",
          "study_group", "interest", "gaps", "restricted_parts", "team_parts", "missing", "is_note", "origins"}  # fmt: skip
REPORT = {
    "version",
    "added",
    "kept",
    "changed",
    "removed",
    "missing",
    "refused",
    "warnings",
    "carried",
    "waiting",
    "mended",
    "generation",
    "bibliographies",
    "withdrawn",
}


@pytest.fixture(scope="module")
def notes(bundled_index: Path, encoder: Any) -> Index:
    return Index(bundled_index, encoder.fingerprint)


def documented(form: str) -> set[str]:
    """The fields that the README's table gives for a form."""
    rows = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    row = next(row for row in rows if row.startswith(f"| {form}"))
    return set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", row)))


def test_search_prints_passages_best_first(over_notes: dict[str, str], notes: Index) -> None:
    form = json_of(over_notes, "search", QUESTION, "--limit", "5")

    assert set(form) == {"version", "question", "results"}
    assert (form["version"], form["question"]) == (1, QUESTION)
    assert [result["rank"] for result in form["results"]] == [1, 2, 3, 4, 5]
    scores = [result["scores"].get("ranked", result["scores"]["fused"]) for result in form["results"]]
    assert scores == sorted(scores, reverse=True)
    for result in form["results"]:
        assert set(result) == EVIDENCE == documented("evidence, result")
        assert (
            notes.live().catalogue.text(result["document"])[result["start"] : result["end"]] == result["text"]
        )
    printed = run(over_notes, "search", QUESTION, "--limit", "5").stdout
    places = [printed.index(result["passage"]) for result in form["results"]]
    assert places == sorted(places)


def test_ask_prints_the_answer_with_its_citations(over_notes: dict[str, str], notes: Index) -> None:
    form = json_of(over_notes, "ask", QUESTION)

    assert set(form) == ANSWER
    assert documented("answer") <= ANSWER
    assert form["status"] == "answered"
    assert form["provenance"]["index"] == notes.live().digest
    for claim in form["claims"]:
        assert set(claim) == documented("claim")
        for citation in claim["citations"]:
            assert set(citation) == documented("citation")
            text = notes.live().catalogue.text(citation["document"])
            assert text[citation["start"] : citation["end"]] == citation["quote"]
    printed = run(over_notes, "ask", QUESTION)
    assert printed.returncode == 0
    for claim in form["claims"]:
        assert f"({claim['citations'][0]['passage']})" in " ".join(printed.stdout.split())


def test_what_is_not_in_the_evidence_is_an_answer_and_no_error(over_notes: dict[str, str]) -> None:
    form = json_of(over_notes, "ask", "How do I boil a haddock in vinegar?")

    assert (form["status"], form["claims"]) == ("not_in_evidence", [])


def test_show_prints_a_passage_in_its_surroundings(over_notes: dict[str, str], notes: Index) -> None:
    identity = json_of(over_notes, "search", QUESTION, "--limit", "1")["results"][0]["passage"]

    form = json_of(over_notes, "show", identity)

    assert set(form) == PASSAGE | {"version", "title", "file", "before", "after", "sentences"}
    text = notes.live().catalogue.text(form["document"])
    assert text[: form["start"]].endswith(form["before"])
    assert text[form["end"] :].startswith(form["after"])
    for one in form["sentences"]:
        assert set(one) == SENTENCE
        assert text[one["start"] : one["end"]] == one["text"]
    shorter = next(
        identity[:length] for length in range(4, 17) if len(ids_like(notes, identity[:length])) == 1
    )
    assert json_of(over_notes, "show", shorter.upper()) == form
    assert f"▶ {form['text']} ◀" in run(over_notes, "show", identity).stdout


def ids_like(notes: Index, prefix: str) -> list[str]:
    return notes.live().catalogue.ids_like(prefix)


@pytest.mark.parametrize("prefix", ["ffffffffffffffff", "zz", "", "0_", "%"])
def test_a_passage_that_is_not_there_is_named(over_notes: dict[str, str], prefix: str) -> None:
    said = sentence(run(over_notes, "show", prefix), code=1)

    assert said == f"There is no passage {prefix!r} in the index. `assistant search` prints ids."


def test_a_prefix_of_several_passages_lists_them(over_notes: dict[str, str], notes: Index) -> None:
    prefix = next(digit for digit in "0123456789abcdef" if len(ids_like(notes, digit)) > 1)

    said = sentence(run(over_notes, "show", prefix), code=1)

    assert said.startswith(f"Several passages begin with '{prefix}': {ids_like(notes, prefix)[0]}, ")
    assert said.endswith("Give more digits.")


def test_sources_lists_every_document(over_notes: dict[str, str], notes: Index) -> None:
    form = json_of(over_notes, "sources")

    assert set(form) == {"version", "sources", "refused"}
    assert [source["document"] for source in form["sources"]] == list(notes.live().heads)
    assert all(set(source) == SOURCE for source in form["sources"])
    printed = run(over_notes, "sources").stdout
    assert printed.splitlines()[-1].startswith(f"{len(form['sources'])} documents, ")
    assert all(f"note on: {source['title']}\n" in printed for source in form["sources"])


def test_ingest_reports_by_path_and_fails_if_a_file_is_refused(
    environment: dict[str, str], tmp_path: Path
) -> None:
    folder = write_reports(tmp_path / "files", range(2), paragraphs=1)
    (folder / "bad.txt").write_bytes(b"\0")

    first = run(environment, "ingest", folder, tmp_path / "nowhere", "--json")

    form = json.loads(first.stdout)
    assert (first.returncode, first.stderr) == (1, "")
    assert set(form) == REPORT
    assert form["added"] == [str(folder / "report-000.txt"), str(folder / "report-001.txt")]
    assert set(form["refused"]) == {str(folder / "bad.txt"), str(tmp_path / "nowhere")}

    (folder / "bad.txt").unlink()
    (folder / "report-001.txt").unlink()
    (folder / "report-000.txt").write_text(report(5, paragraphs=1))
    printed = run(environment, "ingest", folder)
    assert printed.returncode == 0
    assert printed.stdout.startswith("0 added, 0 kept, 1 changed, 0 removed, 0 refused\n")
    assert f"(--prune removes it): {folder / 'report-001.txt'}\n" in printed.stdout
    assert run(environment, "ingest", folder, "--prune").stdout.startswith(
        "0 added, 1 kept, 0 changed, 1 removed"
    )
    assert [source["file"] for source in json_of(environment, "sources")["sources"]] == ["report-000.txt"]


def test_a_rebuild_needs_no_files(environment: dict[str, str], tmp_path: Path) -> None:
    file = write_reports(tmp_path / "files", [1]) / "report-001.txt"
    before = json.loads(run(environment, "ingest", file, "--json").stdout)
    file.unlink()
    found = json_of(environment, "search", "pilot")

    after = json_of(environment, "ingest", "--rebuild")

    assert after["generation"] not in (None, before["generation"])
    assert after["missing"] == [str(file)]
    assert json_of(environment, "search", "pilot") == found


def test_chat_remembers_and_ends_at_an_empty_line(over_notes: dict[str, str]) -> None:
    given = f"{QUESTION}\nAnd what hinders it?\n{'x' * 5000}\n\nnever asked\n"

    done = run(over_notes, "chat", given=given)

    assert (done.returncode, done.stderr) == (0, "")
    assert "Read as" in done.stdout
    assert "at most 4,000 are read" in done.stdout
    assert done.stdout.count("\n> ") == 4
    assert run(over_notes, "chat", given="").returncode == 0
