"""Finding from the command line: filters, explanations and mentions, over a small index."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from assistant.commands.explaining import explain
from assistant.commands.mentioning import Page, run_mentions
from assistant.commands.reading import run_search
from assistant.encoding.cross_encoder import ConfiguredCrossEncoder
from assistant.errors import BadInput
from assistant.framework import load_framework
from assistant.pipeline import Assistant
from assistant.records import Filter, Stance, Status, Voice
from assistant.retrieval import WEIGHTS
from assistant.words import stems
from tests.builders import assistant_over, write_files
from tests.conftest import ROOT
from tests.fakes import FakeEncoder
from tests.program import json_of, run, sentence
from tests.studies import FILES, HARBOUR, LANTERN
from tests.tiny_models import tiny_cross_encoder

NORTHVALE = Filter(country=("Northvale",))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("finding"), FakeEncoder(), FILES)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> dict[str, str]:
    """Environment for the real program, with an index of the small evidence base."""
    folder = write_files(tmp_path_factory.mktemp("program") / "files", FILES)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    made = {**kept, "ASSISTANT_INDEX": str(folder.parent / "index"), "ASSISTANT_CACHE": str(cache)}
    assert run(made, "ingest", folder).returncode == 0
    return made


def documented(form: str) -> set[str]:
    """The fields that the README's table gives for a form."""
    rows = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    row = next(row for row in rows if row.startswith(f"| {form}"))
    return set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", row)))


# Filters


def test_an_answer_within_a_filter_cites_nothing_else_and_tells_it(small: Assistant) -> None:
    question = (
        "Do short grants stop teams from keeping the lantern model alive, or does weekly coaching help?"
    )

    answer = small.ask(question, within=Filter(stance=(Stance.BARRIER,), voice=(Voice.AUTHORS,)))

    assert {claim.stance for claim in small.ask(question).claims} == {Stance.ENABLER, Stance.BARRIER}
    citations = [citation for claim in answer.claims for citation in claim.citations]
    assert {(one.stance, one.voice) for one in citations} == {(Stance.BARRIER, Voice.AUTHORS)}
    assert "Weekly coaching" in " ".join(item.passage.text for item in answer.evidence)
    assert answer.provenance["filter"] == {"stance": ["barrier"], "voice": ["authors"]}


def test_what_a_filter_leaves_out_is_not_in_the_evidence(small: Assistant) -> None:
    assert small.ask(HARBOUR).status is Status.ANSWERED

    answer = small.ask(HARBOUR, within=NORTHVALE)

    assert answer.status is Status.NOT_IN_EVIDENCE
    assert {item.document.name for item in answer.evidence} == {"lantern.md"}
    assert "filter" not in small.ask(HARBOUR).provenance


def test_options_of_the_program_narrow_search_ask_and_mentions(program: dict[str, str]) -> None:
    options = ("--country", "northvale", "--year", "2015-2020", "--kind", "study")

    found = json_of(program, "search", "What lasted?", *options)["results"]
    answered = json_of(program, "ask", LANTERN, *options)
    spoken = json_of(program, "mentions", "lantern model", *options)

    assert {item["file"] for item in found} == {"lantern.md"}
    assert {item["file"] for item in answered["evidence"]} == {"lantern.md"}
    assert answered["provenance"]["filter"]["year"] == spoken["filter"]["year"] == [2015, 2020]
    assert spoken["documents"]["of"] == 1
    assert {item["file"] for item in json_of(program, "search", "What lasted?")["results"]} == set(FILES)


def test_documents_that_a_filter_leaves_out_for_want_of_knowledge_are_counted(
    program: dict[str, str],
) -> None:
    for command in ("search", "ask", "mentions"):
        done = run(program, command, "lantern model", "--country", "northvale")

        assert done.stderr == "2 of 3 documents state no country and are not looked at.\n"


def test_an_option_that_is_repeated_takes_any_of_its_values(program: dict[str, str]) -> None:
    found = json_of(program, "search", "story", "--source", "harbour.md", "--source", "Orchard")["results"]

    assert {item["file"] for item in found} == {"harbour.md", "orchard.md"}


@pytest.mark.parametrize("command", ["search", "ask", "mentions"])
def test_an_unknown_value_is_wrong_usage_and_is_told_with_the_known_ones(
    program: dict[str, str], command: str
) -> None:
    said = sentence(run(program, command, "lantern", "--country", "Atlantis"), code=2)

    assert said == "There is no country 'Atlantis' in the index. Known are: Northvale."


def test_a_filter_that_leaves_nothing_says_so(small: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    run_search(small, "lantern", 5, None, None, Filter(kind=("none",)), as_json=False)

    assert capsys.readouterr().out == "The filter leaves no passage.\n"


# Explanations


def test_an_explanation_accounts_for_every_word_and_the_whole_score(small: Assistant) -> None:
    found = small.search("Did shared meals help the harbour dinosaurs?", 10)

    assert found.evidence
    for item, reason in zip(found.evidence, explain(found), strict=True):
        assert {*reason.words, *reason.above, *reason.absent} == set(found.terms)
        inside = set(stems(item.passage.text))
        assert all(set(stems(word)) <= inside for word in reason.words)
        assert not any(set(stems(word)) <= inside for word in (*reason.above, *reason.absent))
        assert "dinosaurs" in reason.absent
        assert sum(reason.shares.values()) == pytest.approx(item.scores["fused"], abs=2e-3)
        assert set(reason.shares) == set(reason.ranks) == set(WEIGHTS)
        assert reason.cosine == pytest.approx(item.scores["sentence"], abs=1e-3)
        assert reason.sentence in [one.text for one in item.passage.sentences]
        assert reason.reader is None


def test_ranks_are_among_all_candidates_and_none_without_the_words(small: Assistant) -> None:
    found = small.search("harbour circles", 50)
    reasons = explain(found)

    assert {reason.candidates for reason in reasons} == {len(found.candidates)}
    for signal in WEIGHTS:
        ranks = [reason.ranks[signal] for reason in reasons]
        by_rank = sorted(
            (rank, -item.scores[signal]) for rank, item in zip(ranks, found.evidence, strict=True) if rank
        )
        assert [score for _, score in by_rank] == sorted(score for _, score in by_rank)
        assert by_rank[0][0] == 1
    assert {
        item.found_by
        for item, reason in zip(found.evidence, reasons, strict=True)
        if not reason.ranks["words"]
    } == {"meaning"}


def test_an_explanation_names_the_score_by_which_a_cross_encoder_decides_the_order(
    small: Assistant, tmp_path: Path
) -> None:
    ranker = ConfiguredCrossEncoder(tiny_cross_encoder(tmp_path / "ranker"))
    ranked = Assistant(small.index, FakeEncoder(), load_framework(), cross_encoder=ranker)

    found = ranked.search("What helps the model?", 10)
    reasons = explain(found)

    decided = [reason.cross_encoder for reason in reasons]
    assert decided == [item.scores["reranked"] for item in found.evidence]
    assert decided == sorted(decided, reverse=True)
    before = [sum(reason.shares.values()) for reason in reasons]
    assert before != sorted(before, reverse=True)
    assert f"with the configured cross-encoder: {decided[0]:.3f}" in reasons[0].as_text(96)
    assert {reason.cross_encoder for reason in explain(small.search("What helps the model?", 10))} == {None}


def test_the_program_explains_a_search(program: dict[str, str]) -> None:
    form = json_of(program, "search", HARBOUR, "--explain")
    printed = run(program, "search", HARBOUR, "--explain").stdout

    for item in form["results"]:
        assert set(item["explanation"]) == documented("explanation")
    first = form["results"][0]["explanation"]
    assert {"shared", "meals", "harbour", "circles"} <= set(first["words"])
    assert first["sentence"] in " ".join(printed.split())
    assert "rank by words 1," in printed
    assert "explanation" not in json_of(program, "search", HARBOUR)["results"][0]


# Mentions


def shown(
    assistant: Assistant, capsys: pytest.CaptureFixture[str], words: str, page: Page, as_json: bool
) -> str:
    run_mentions(assistant.index.live(), load_framework(), words, None, page, as_json=as_json)
    return capsys.readouterr().out


def test_pages_hold_every_mention_once(small: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    whole = json.loads(shown(small, capsys, "circles", Page(1, 100), as_json=True))
    pages = [json.loads(shown(small, capsys, "circles", Page(n, 1), as_json=True)) for n in (1, 2)]

    assert whole["total"] == len(whole["mentions"]) == pages[0]["pages"] == 2
    assert [mention for page in pages for mention in page["mentions"]] == whole["mentions"]
    with pytest.raises(BadInput, match="There is no page 3: the mentions fill 2"):
        shown(small, capsys, "circles", Page(3, 1), as_json=True)


def test_words_that_nothing_speaks_of_have_one_empty_page(
    small: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    form = json.loads(shown(small, capsys, "dinosaurs", Page(1, 20), as_json=True))

    assert (form["total"], form["page"], form["pages"], form["mentions"]) == (0, 1, 1, [])
    assert len(form["documents"]["silent"]) == form["documents"]["of"] == len(FILES)


def test_the_first_page_tells_who_speaks_of_it_and_who_does_not(
    small: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = shown(small, capsys, "lantern model", Page(1, 20), as_json=False)

    assert "in 1 of 3 documents and 1 of 3 studies, said by 1 of 1 speakers" in " ".join(printed.split())
    assert "P4: “Our manager never gave us time for the lantern model" in " ".join(printed.split())
    assert re.search(r"By speaker\n +1  P4 \(lantern\)\n", printed)
    assert re.search(
        r"Not mentioned in 2 documents\n +Harbour circles in Southmere\n +Orchard letters\n", printed
    )
    later = shown(small, capsys, "lantern model", Page(2, 1), as_json=False)
    assert "Not mentioned" not in later
    assert "Page 2 of" in later


def test_the_program_prints_mentions_in_the_documented_form_without_a_model(
    program: dict[str, str], tmp_path: Path
) -> None:
    form = json_of({**program, "ASSISTANT_CACHE": str(tmp_path / "none")}, "mentions", "lantern model")

    assert set(form) - {"version"} == documented("mentions")
    for counted in (form["documents"], form["studies"], form["speakers"]):
        assert set(counted) == {"mentioning", "silent", "of"}
        assert len(counted["mentioning"]) + len(counted["silent"]) == counted["of"]
    for document in (*form["documents"]["mentioning"], *form["documents"]["silent"]):
        assert {"title", "file", "is_note", "read"} <= set(document)
    for mention in form["mentions"]:
        assert set(mention) == documented("mention ")
    assert not (tmp_path / "none").exists()


def test_mentions_of_no_word_are_wrong_usage(program: dict[str, Any]) -> None:
    assert "no word to look for" in sentence(run(program, "mentions", "of the"), code=2)
