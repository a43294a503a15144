"""Cuts of the same text compared by spans, at equal numbers of stretches and of words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from evals.arms import Hit
from evals.arms.pieces import SIZE, Piece, left_whole, pieces
from evals.arms.rivals import rivals
from evals.cases import Gold
from evals.measures.tokens import stretch_precision
from evals.runs import PART, load_run
from evals.span_scores import first_words, judge_spans
from evals.spans import Ask
from tests.conftest import ROOT

# Twelve words of five signs each, with a space between.
TEXT = " ".join(f"word{letter}" for letter in "abcdefghijkl")
TEXTS = {"doc": TEXT}
GOLD = Gold("doc", 0, 11)

BOATS = "The harbour boats were repainted by volunteers in spring."
LAMPS = "Lanterns on every landing helped the night carers."
FILLER = "Bakers gave stale bread to the shelter each evening. " * 30


def at(first: int, last: int) -> Gold:
    """The words from one to another, counted from 0."""
    return Gold("doc", first * 6, last * 6 + 5)


def test_the_last_stretch_ends_where_the_words_are_counted_out() -> None:
    shown = first_words([at(4, 6), at(0, 3)], TEXTS, 5)

    assert [TEXT[one.start : one.end] for one in shown] == ["worde wordf wordg", "worda wordb"]


def test_words_that_are_shown_twice_count_twice() -> None:
    shown = first_words([at(0, 1), at(1, 2), at(3, 4)], TEXTS, 4)

    assert shown == [at(0, 1), at(1, 2)]


def test_fewer_words_than_asked_for_are_all_shown() -> None:
    assert first_words([at(0, 1)], TEXTS, 100) == [at(0, 1)]
    assert first_words([], TEXTS, 100) == []
    assert first_words([Gold("unknown", 0, 9)], TEXTS, 100) == []


def test_precision_is_the_share_of_what_is_found_that_is_gold() -> None:
    assert stretch_precision([GOLD], [at(0, 3)], TEXTS) == 0.5
    assert stretch_precision([GOLD], [at(0, 0)], TEXTS) == 1
    assert stretch_precision([GOLD], [], TEXTS) is None
    assert stretch_precision([], [at(0, 3)], TEXTS) is None


def test_a_splitter_that_shows_everything_wins_by_stretches_and_not_by_words() -> None:
    text = "".join(f"word{number:04} " for number in range(2000))
    gold = Gold("doc", 9 * 900, 9 * 903 - 1)
    asks = [Ask("whole", "?", (gold,)), Ask("cut", "?", (gold,))]
    found = {"whole": [Gold("doc", 0, len(text))], "cut": [Gold("doc", 9 * 890, 9 * 910 - 1)]}

    judged = judge_spans(asks, found, {"doc": text})

    assert judged["recall@5"] == {"whole": 1.0, "cut": 1.0}
    assert judged["recall in 600 words"] == {"whole": 0.0, "cut": 1.0}
    assert judged["recall in 1000 words"] == {"whole": 1.0, "cut": 1.0}
    assert judged["token precision@5"] == {"whole": pytest.approx(3 / 2000), "cut": pytest.approx(3 / 20)}
    assert judged["token IoU in 600 words"] == {"whole": 0.0, "cut": pytest.approx(3 / 20)}


def test_rivals_search_whatever_pieces_they_are_given() -> None:
    cut: list[Piece] = [("doc", 0, len(BOATS), BOATS), ("doc", 100, 100 + len(LAMPS), LAMPS)]
    words = next(arm for arm in rivals(cut) if arm.name == "BM25")

    (hit,) = words.search("Who helped the night carers?", 9)

    assert hit == Hit("doc", 100, 100 + len(LAMPS), hit.score)


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """A set in Chroma's form: one text, two questions, the gold of each in a sentence between much else."""
    text = f"{FILLER}\n\n{BOATS}\n\n{FILLER}\n\n{LAMPS}\n\n{FILLER}"
    folder = tmp_path / "village"
    (folder / "corpora").mkdir(parents=True)
    (folder / "corpora" / "leaflet.md").write_text(text, encoding="utf-8")
    rows = ["question,references,corpus_id"]
    for question, words in (("Who repainted the harbour boats?", BOATS), ("Who helped the carers?", LAMPS)):
        start = text.index(words)
        reference = {"content": words, "start_index": start, "end_index": start + len(words)}
        quoted = json.dumps([reference]).replace('"', '""')
        rows.append(f'{question},"{quoted}",leaflet')
    (folder / "questions_df.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def run_on(folder: Path, environment: dict[str, str], *options: str) -> tuple[set[str], Path]:
    """The arms of a run over a set, and where it is saved."""
    saved = folder / "run.json"
    made = subprocess.run(
        [sys.executable, "-m", "evals", "retrieval", "--beir", str(folder), "--save", str(saved), *options],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    run = load_run(saved)
    return {one.name.rpartition(PART)[2] for one in run.measures if one.is_part}, saved


def test_every_way_to_search_stands_on_both_ways_to_cut(village: Path, environment: dict[str, str]) -> None:
    arms, saved = run_on(village, environment, "--arms", "--without-reader")

    assert {"ours", "BM25", "BM25, our passages", "LangChain similarity_search k=4"} <= arms
    assert {"RRF of both, our passages", "min-max of both, 0.4 meaning, our passages"} <= arms
    assert "ours with the reader" not in arms
    run = load_run(saved)
    scores = {one.name: one.scores for one in run.measures}
    assert scores["recall@5"] == {"leaflet:1": 1.0, "leaflet:2": 1.0}
    assert run.about["passages"] > 1


def test_pieces_of_plain_pipelines_are_no_longer_than_they_say() -> None:
    from evals.arms import Source

    source = Source("leaflet", FILLER)

    assert max(len(words) for *_, words in pieces([source])) <= SIZE
    assert left_whole([source]) == [("leaflet", 0, len(FILLER), FILLER)]
