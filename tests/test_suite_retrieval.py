"""The retrieval suite on made-up cases and collections."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from evals.arms import Hit, Source
from evals.arms.rivals import First
from evals.cases import Gold
from evals.collections import CollectionError
from evals.measures.ranking import write_trec
from evals.runs import PART, load_run
from evals.span_scores import judge_spans
from evals.spans import Ask, load_spans
from evals.suites.retrieval import by_kind, load, measures_of, named, stretches_of
from tests.builders import head
from tests.conftest import ROOT

ENTRIES = {
    "lamps": "Lanterns on every landing helped the night carers.",
    "boats": "The harbour boats were repainted by volunteers in spring.",
    "bread": "Bakers gave stale bread to the shelter each evening.",
}
QUERIES = {"q1": "Who repainted the harbour boats?", "q2": "What helped the night carers?"}
QRELS = {"q1": "boats", "q2": "lamps"}
GOLD = Gold("doc", 10, 20)


class Listed:
    """An arm that gives the same stretches to any question."""

    name = "listed"

    def __init__(self, *hits: Hit) -> None:
        self._hits = list(hits)

    def search(self, question: str, limit: int) -> list[Hit]:
        return self._hits[:limit]


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A collection of three entries in BEIR form."""
    folder = tmp_path / "village"
    folder.mkdir()
    corpus = [{"_id": name, "title": "", "text": text} for name, text in ENTRIES.items()]
    queries = [{"_id": name, "text": text} for name, text in QUERIES.items()]
    for name, lines in (("corpus.jsonl", corpus), ("queries.jsonl", queries)):
        (folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    rows = "".join(f"{query}\t{entry}\t1\n" for query, entry in QRELS.items())
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + rows, encoding="utf-8")
    return folder


def test_a_collection_is_searched_by_all_arms_and_written_as_a_run_file(
    collection: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    saved, trec = tmp_path / "run.json", tmp_path / "run.trec"

    asked = ["retrieval", "--beir", str(collection), "--arms", "--save", str(saved)]
    made = subprocess.run(
        [sys.executable, "-m", "evals", *asked, "--predictions", str(trec)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert made.returncode == 0, made.stderr
    run = load_run(saved)
    found = run.measure("nDCG@10")
    assert found is not None
    assert found.scores == {"q1": 1.0, "q2": 1.0}
    arms = {one.name.rpartition(PART)[2] for one in run.measures if one.is_part}
    assert {"ours", "BM25", "RRF of both", "LangChain similarity_search k=4"} <= arms
    assert trec.read_text(encoding="utf-8").splitlines()[0].split()[:4] == ["q1", "Q0", "boats", "1"]


def test_clapnq_is_read_from_its_own_form(tmp_path: Path) -> None:
    line = {"id": 7, "input": "Who bakes?", "passages": [{"title": "Bread", "text": "Bakers bake."}]}
    (tmp_path / "clapnq_dev_answerable.jsonl").write_text(json.dumps(line), encoding="utf-8")

    found = load(tmp_path)

    assert (found.queries, found.qrels) == ({"7": "Who bakes?"}, {"7": {"7": 1}})


def test_gold_is_found_by_overlap_and_not_by_id() -> None:
    asks = [Ask("first", "?", (GOLD,)), Ask("second", "?", (GOLD,)), Ask("third", "?", (GOLD,))]
    found = {
        "first": [Gold("doc", 0, 30)],
        "second": [Gold("other", 10, 20), Gold("doc", 13, 40)],
        "third": [Gold("doc", 20, 40)],
    }

    judged = judge_spans(asks, found, {})

    assert judged["recall@5"] == {"first": 1.0, "second": 1.0, "third": 0.0}
    assert judged["reciprocal rank"] == {"first": 1.0, "second": 0.5, "third": 0.0}


def test_an_arm_gives_no_more_than_its_reader_gets() -> None:
    hits = [Hit("other", 0, 9, 1.0)] * 4 + [Hit("doc", 10, 20, 0.5)]
    ask = Ask("one", "?", (GOLD,))

    whole = judge_spans([ask], {"one": stretches_of(Listed(*hits), "?")}, {})
    short = judge_spans([ask], {"one": stretches_of(First("k=4", Listed(*hits), 4), "?")}, {})

    assert (whole["recall@5"]["one"], short["recall@5"]["one"]) == (1.0, 0.0)


def test_arms_stand_as_parts_beside_our_own_measures() -> None:
    ours, theirs = {"recall@10": {"a": 1.0}}, {"recall@10": {"a": 0.0}}

    alone = measures_of({"ours": ours})
    beside = measures_of({"ours": ours, "BM25": theirs})

    assert [one.name for one in alone] == ["recall@10"]
    assert {one.name: one.scores for one in beside} == {
        "recall@10": {"a": 1.0},
        f"recall@10{PART}arm{PART}ours": {"a": 1.0},
        f"recall@10{PART}arm{PART}BM25": {"a": 0.0},
    }
    assert [one.name for one in beside if one.is_gated] == ["recall@10"]


def test_stretches_are_named_by_document_and_place_in_a_run_file(tmp_path: Path) -> None:
    file = tmp_path / "run.trec"

    write_trec(file, {"q": named([GOLD, Gold("doc", 40, 50)])}, "assistant")

    lines = [line.split() for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line[2:4] for line in lines] == [["doc:10-20", "1"], ["doc:40-50", "2"]]


def test_exact_spans_are_read_where_they_stand(tmp_path: Path) -> None:
    write_spans(tmp_path, "Bakers bake. Boats float.", "Boats float.", 13)

    (document,), (ask,) = load_spans(tmp_path)

    (gold,) = ask.gold
    assert document.text[gold.start : gold.end] == "Boats float."
    assert gold.document == document.id


def test_a_span_that_is_not_where_it_says_is_told(tmp_path: Path) -> None:
    write_spans(tmp_path, "Bakers bake. Boats float.", "Boats float.", 12)

    with pytest.raises(CollectionError, match="question 1: its gold is not at 12"):
        load_spans(tmp_path)


def write_spans(folder: Path, text: str, words: str, start: int) -> None:
    (folder / "corpora").mkdir()
    (folder / "corpora" / "village.md").write_text(text, encoding="utf-8")
    reference = {"content": words, "start_index": start, "end_index": start + len(words)}
    quoted = json.dumps([reference]).replace('"', '""')
    (folder / "questions_df.csv").write_text(
        f'question,references,corpus_id\nWhat floats?,"{quoted}",village\n', encoding="utf-8"
    )


def test_sources_of_rivals_keep_their_offsets() -> None:
    text = "First line of the leaflet.\n\n" + "A longer paragraph about boats and bread. " * 60

    from evals.arms.pieces import pieces

    for source, start, end, words in pieces([Source("leaflet", text)]):
        assert (source, text[start:end]) == ("leaflet", words)


def test_gold_is_counted_by_the_kind_of_its_source_where_kinds_are_known() -> None:
    asks = [Ask("first", "?", (GOLD, Gold("memo", 0, 9))), Ask("second", "?", (GOLD,))]
    found = {"first": [Gold("doc", 0, 30)], "second": [Gold("memo", 0, 9)]}
    heads = {"doc": head("doc", kind="Study"), "memo": head("memo", kind="Memo")}

    assert {one.name: one.scores for one in by_kind(asks, found, heads)} == {
        f"recall@10{PART}source{PART}memo": {"first": 0.0},
        f"recall@10{PART}source{PART}study": {"first": 1.0, "second": 0.0},
    }
    assert by_kind(asks, found, {}) == []


def test_all_gold_is_found_only_with_the_last_of_it() -> None:
    asks = [Ask("half", "?", (GOLD, Gold("doc", 40, 50))), Ask("whole", "?", (GOLD,))]
    found = {name: [Gold("doc", 0, 30)] for name in ("half", "whole")}

    judged = judge_spans(asks, found, {})

    assert judged["all gold@10"] == {"half": 0.0, "whole": 1.0}
    assert judged["any gold@10"] == {"half": 1.0, "whole": 1.0}
