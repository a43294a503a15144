"""The support suite on made-up claims; scorers that are wrong on purpose lose where they should."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.verification.scorer import RuleScorer, Verdict
from evals.cases import CaseError
from evals.claims import Pair, aligned, load_benchmarks, load_pairs
from evals.runs import PART
from evals.suites import CannotRun
from evals.suites.support import AGAINST_CONTRADICTED, AGAINST_REST, SUITE, judge, measures_of

PAIRS = [
    Pair("s1", "Coaching helped the teams.", ("Coaching helped the teams to stay.",), "support"),
    Pair("s2", "Twelve boats were repainted.", ("All twelve boats were repainted.",), "support"),
    Pair("c1", "Coaching helped the teams.", ("Coaching did not help the teams.",), "contradict"),
    Pair("c2", "Twelve boats were repainted.", ("Nine boats were repainted.",), "contradict"),
    Pair("n1", "Coaching helped the teams.", ("The bakery opens at dawn.",), "neither"),
    Pair("u1", "Nobody has marked this.", ("The bakery opens at dawn.",)),
]


class Turned:
    """A scorer that takes support for contradiction."""

    def score(self, claim: str, quotes: Sequence[str]) -> Verdict:
        verdict = RuleScorer().score(claim, quotes)
        return Verdict(verdict.contradict, verdict.support)


class Certain:
    """A scorer that says yes to everything."""

    def score(self, claim: str, quotes: Sequence[str]) -> Verdict:
        return Verdict(1.0, 0.0)


def areas(scorer: RuleScorer | Turned | Certain) -> dict[str, float]:
    made = measures_of({"village": PAIRS}, judge(PAIRS, scorer))
    return {one.name.removeprefix("village: "): one.estimate().mean for one in made}


def options(**given: object) -> argparse.Namespace:
    blank = {"cases": None, "benchmarks": None, "predictions": None, "arms": False}
    return argparse.Namespace(**{**blank, **given})


def written(path: Path, *entries: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    return path


def test_supported_claims_stand_above_the_others() -> None:
    assert areas(RuleScorer()) == {AGAINST_REST: 1.0, AGAINST_CONTRADICTED: 1.0}


def test_a_scorer_that_takes_one_for_the_other_falls_below_chance() -> None:
    made = areas(Turned())

    assert made[AGAINST_CONTRADICTED] == 0.0
    assert made[AGAINST_REST] < 0.5


def test_a_scorer_that_says_yes_to_everything_is_at_chance() -> None:
    assert areas(Certain()) == {AGAINST_REST: 0.5, AGAINST_CONTRADICTED: 0.5}


def test_claims_that_nobody_marked_are_predicted_and_not_judged(tmp_path: Path) -> None:
    entries = [{"id": p.id, "claim": p.claim, "evidence": p.evidence, "label": p.label} for p in PAIRS]
    cases = written(tmp_path / "village.jsonl", *entries)
    predictions = tmp_path / "out.jsonl"

    run = SUITE.run(options(cases=[cases], predictions=predictions, arms=True))

    rest = run.measure(f"village: {AGAINST_REST}")
    assert rest is not None
    assert set(rest.scores) == {"s1", "s2", "c1", "c2", "n1"}
    assert run.measure(f"village: {AGAINST_REST}{PART}arm{PART}words in common") is not None
    lines = [json.loads(line) for line in predictions.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == [pair.id for pair in PAIRS]
    assert all(set(line) == {"id", "support", "contradict"} for line in lines)
    assert all(0 <= line["support"] + line["contradict"] <= 1 for line in lines)


def test_claims_without_marks_have_predictions_and_no_measures(tmp_path: Path) -> None:
    cases = written(
        tmp_path / "plain.jsonl", {"id": 1, "claim": "Boats float.", "evidence": ["Boats float."]}
    )

    run = SUITE.run(options(cases=[cases]))

    assert (run.measures, len(run.items)) == ([], 1)


def test_without_claims_it_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="--benchmarks"):
        SUITE.run(options(benchmarks=tmp_path))


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"id": "a", "claim": "Boats float."}, "evidence"),
        ({"id": "a", "claim": "Boats float.", "evidence": "Boats float."}, "no list"),
        ({"id": "a", "claim": "Boats float.", "evidence": [], "label": "perhaps"}, "perhaps"),
    ],
)
def test_a_claim_that_cannot_be_read_is_told_with_its_line(
    tmp_path: Path, entry: dict[str, object], told: str
) -> None:
    right = {"id": "b", "claim": "Boats float.", "evidence": []}
    cases = written(tmp_path / "claims.jsonl", right, entry)

    with pytest.raises(CaseError, match=f"line 2: .*{told}"):
        load_pairs(cases)


def test_two_claims_of_one_id_are_refused(tmp_path: Path) -> None:
    entry: dict[str, object] = {"id": "a", "claim": "Boats float.", "evidence": []}

    with pytest.raises(CaseError, match="another claim a"):
        load_pairs(written(tmp_path / "claims.jsonl", entry, entry))


def test_public_sets_are_read_from_their_own_forms(tmp_path: Path) -> None:
    for name in ("wice", "healthver", "scifact"):
        (tmp_path / name).mkdir()
    half = {"label": "partially_supported", "claim": "Boats float.", "evidence": ["Boats."]}
    written(tmp_path / "wice" / "claim.dev.jsonl", half)
    with (tmp_path / "healthver" / "healthver_dev.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerows(
            [["id", "evidence", "claim", "label"], [1, "Lamps burn. Oil ends.", "Oil.", "Refutes"]]
        )
    abstract = "Boats and water. Boats float on water. Lamps burn oil at night."
    written(tmp_path / "scifact" / "corpus.jsonl", {"_id": "9", "text": abstract})
    marked = {"9": [{"sentences": [1], "label": "CONTRADICT"}]}
    written(
        tmp_path / "scifact" / "claims.train.jsonl",
        {"id": 1, "claim": "Lamps burn no oil.", "evidence": marked, "cited_doc_ids": [9]},
        {"id": 2, "claim": "Bread rises.", "evidence": {}, "cited_doc_ids": [9]},
    )

    found = load_benchmarks(tmp_path)

    assert found["wice"] == [Pair("wice:1", "Boats float.", ("Boats.",), "neither")]
    assert found["healthver"] == [Pair("healthver:1", "Oil.", ("Lamps burn.", "Oil ends."), "contradict")]
    lamps = ("Lamps burn oil at night.",)
    assert found["scifact"][0] == Pair("scifact:1:9", "Lamps burn no oil.", lamps, "contradict")
    assert (len(found["scifact"][1].evidence), found["scifact"][1].label) == (3, "neither")


def test_marked_sentences_are_counted_with_or_without_the_title() -> None:
    titled = ["Boats and water.", "Boats float.", "Lamps burn."]

    assert aligned(titled, [0], "Boats float high.") == ["Boats float."]
    assert aligned(titled[1:], [0], "Boats float high.") == ["Boats float."]
