"""The labels suite on made-up documents; labellers that are wrong on purpose lose where they should."""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.framework import load_framework
from assistant.records import Kind, Stance, Voice
from evals.marks import MarkError, Marks
from evals.quotes import Quote, Said, cluster_id, is_own_form, load_quotes, own_quotes, say
from evals.runs import PART
from evals.suites import CannotRun
from evals.suites.labels import (
    SUITE,
    beside_lines,
    beside_reader,
    confusions,
    matrix_lines,
    measures_of,
    write_predictions,
)
from tests.builders import write_files
from tests.fakes import FakeEncoder

FRAMEWORK = load_framework()
HELPED = "Weekly supervision helped the teams to keep the new model."
HINDERED = "High staff turnover was a barrier to the new model."
COUNTED = "The study counted 48 families."
LEAFLET = f"# A made-up leaflet\n\n{HELPED} {HINDERED}\n{COUNTED}\n"
LABELS = {"stance": "enabler", "condition": None, "voice": "authors", "speaker": None, "cluster": "none"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "documents" / "deep", {"leaflet.md": LEAFLET}).parent


def written(path: Path, *entries: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    return path


def quoted(tmp_path: Path, folder: Path, words: str, **labels: object) -> Quote:
    entry = {"id": "one", "file": "leaflet.md", "quote": words, "labels": {**LABELS, **labels}}
    (quote,) = load_quotes(written(tmp_path / "cases.jsonl", entry), [folder], FRAMEWORK)
    return quote


def said(quote: Quote) -> Said:
    return say([quote], FakeEncoder(), FRAMEWORK)[quote.id]


def marks(stance: str, is_hard: bool = False) -> Marks:
    return Marks(Stance(stance), Voice.AUTHORS, None, None, False, is_hard)


def labelled(quote: Quote, identity: str, stance: str, is_hard: bool = False) -> Quote:
    return Quote(identity, quote.document, quote.start, quote.end, marks(stance, is_hard))


def test_a_quote_is_labelled_as_its_sentence_in_the_document_is(tmp_path: Path, folder: Path) -> None:
    found = said(quoted(tmp_path, folder, HINDERED))

    assert (found.stance, found.voice) == (Stance.BARRIER, Voice.AUTHORS)
    assert found.cluster == "operational-capability"


def test_a_quote_over_sentences_of_both_kinds_is_both(tmp_path: Path, folder: Path) -> None:
    assert said(quoted(tmp_path, folder, f"{HELPED} {HINDERED}")).stance is Stance.BOTH


def test_a_sentence_touched_at_its_border_says_nothing_of_a_quote(tmp_path: Path, folder: Path) -> None:
    assert said(quoted(tmp_path, folder, f"model. {HINDERED}")).stance is Stance.BARRIER


def test_a_quote_is_found_across_other_white_space(tmp_path: Path, folder: Path) -> None:
    quote = quoted(tmp_path, folder, f"{HINDERED}   {COUNTED}")

    assert quote.is_located
    assert quote.document.text[quote.start : quote.end] == f"{HINDERED}\n{COUNTED}"


def test_words_that_the_document_does_not_have_are_labelled_alone(tmp_path: Path, folder: Path) -> None:
    quote = quoted(tmp_path, folder, "Missing money was a barrier to the scheme.")

    assert not quote.is_located
    assert said(quote).stance is Stance.BARRIER


def test_furniture_is_of_no_voice(tmp_path: Path, folder: Path) -> None:
    quote = quoted(tmp_path, folder, "made-up leaflet")

    assert said(quote) == Said(Stance.NEITHER, Voice.OTHER, None, None)


def test_clusters_are_known_by_id_and_by_name() -> None:
    first = FRAMEWORK.clusters[0]

    assert cluster_id(first.name.upper(), FRAMEWORK) == cluster_id(first.id, FRAMEWORK) == first.id
    assert cluster_id("none", FRAMEWORK) is cluster_id(None, FRAMEWORK) is None
    with pytest.raises(ValueError, match="no cluster 'weather'"):
        cluster_id("weather", FRAMEWORK)


@pytest.mark.parametrize(
    "change", [{"labels": {**LABELS, "stance": "perhaps"}}, {"file": "absent.md"}, {"quote": None}]
)
def test_a_line_that_cannot_be_used_is_told(tmp_path: Path, folder: Path, change: dict[str, object]) -> None:
    right: dict[str, object] = {"id": "a", "file": "leaflet.md", "quote": HELPED}
    wrong = {**right, "id": "b", **change}
    if change.get("quote", "") is None:
        del wrong["quote"]

    with pytest.raises(MarkError, match="line 2"):
        load_quotes(written(tmp_path / "cases.jsonl", right, wrong), [folder], FRAMEWORK)


def test_unmarked_quotes_are_predicted_and_not_judged(
    tmp_path: Path, folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_CACHE", str(cache))
    lines = [
        {"id": "a", "file": "leaflet.md", "quote": HELPED, "labels": LABELS},
        {"id": "b", "file": "leaflet.md", "quote": HINDERED},
    ]
    cases, out = written(tmp_path / "cases.jsonl", *lines), tmp_path / "out.jsonl"

    run = SUITE.run(argparse.Namespace(cases=cases, documents=[folder], predictions=out))

    accuracy = run.measure("stance, accuracy")
    assert accuracy is not None
    assert accuracy.scores == {"a": 1.0}
    predicted = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in predicted] == ["a", "b"]
    assert predicted[1] == {
        "id": "b",
        "stance": "barrier",
        "voice": "authors",
        "cluster": "operational capability",
        "speaker": None,
    }


def test_documents_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="labelled documents are not in"):
        SUITE.run(argparse.Namespace(cases=None, documents=[tmp_path], predictions=None))


def test_a_labeller_that_turns_every_stance_round_scores_nothing(tmp_path: Path, folder: Path) -> None:
    quote = quoted(tmp_path, folder, HELPED)
    given = [labelled(quote, "a", "enabler"), labelled(quote, "b", "barrier", is_hard=True)]
    turned = {"a": Said(Stance.BARRIER, Voice.AUTHORS, None, None)}
    turned["b"] = Said(Stance.ENABLER, Voice.AUTHORS, None, None)

    made = {one.name: one.estimate().mean for one in measures_of(given, turned)}

    assert made["stance, accuracy"] == made["stance, macro-F1"] == 0.0
    assert made["stance, kappa"] == -1.0
    assert made["voice, accuracy"] == 1.0


def test_hard_sentences_are_counted_apart(tmp_path: Path, folder: Path) -> None:
    quote = quoted(tmp_path, folder, HELPED)
    given = [labelled(quote, "a", "enabler"), labelled(quote, "b", "barrier", is_hard=True)]
    same = dict.fromkeys("ab", Said(Stance.ENABLER, Voice.AUTHORS, None, None))

    made = {one.name: one.scores for one in measures_of(given, same)}

    apart = PART.join(["stance, accuracy", "difficulty", ""])
    assert made[f"{apart}hard"] == {"b": 0.0}
    assert made[f"{apart}not hard"] == {"a": 1.0}


def test_the_reader_stands_beside_the_program_on_what_was_marked_twice(tmp_path: Path, folder: Path) -> None:
    quote = quoted(tmp_path, folder, HELPED)
    given = [labelled(quote, identity, "enabler") for identity in "abc"]
    wrong = dict.fromkeys("abc", Said(Stance.BARRIER, Voice.AUTHORS, None, None))

    made = beside_reader(given, wrong, {"a": marks("enabler"), "b": marks("both")})

    scores = {one.name: one.scores for one in made}
    group = PART.join(["stance, accuracy", "labeller", ""])
    assert scores[f"{group}the program"] == {"a": 0.0, "b": 0.0}
    assert scores[f"{group}the reader again"] == {"a": 1.0, "b": 0.0}
    lines = beside_lines(made)
    assert re.split(r" {2,}", lines[1]) == [
        "stance, accuracy",
        "0.000 [0.000, 0.000] n=2",
        "0.500 [0.000, 1.000] n=2",
    ]
    assert "by one language model" in lines[-2]
    assert "not by people" in lines[-2]
    assert beside_lines([]) == []


def test_a_labeller_that_takes_what_helps_for_what_hinders_has_no_direction(
    tmp_path: Path, folder: Path
) -> None:
    quote = quoted(tmp_path, folder, HELPED)
    given = [
        labelled(quote, "a", "enabler"),
        labelled(quote, "b", "barrier"),
        labelled(quote, "c", "neither"),
    ]
    stances = {"a": Stance.ENABLER, "b": Stance.BARRIER, "c": Stance.BOTH}
    turned = {"a": Stance.BARRIER, "b": Stance.ENABLER, "c": Stance.NEITHER}

    right, wrong = (
        {
            one.name: one.estimate()
            for one in measures_of(
                given, {item: Said(one, Voice.AUTHORS, None, None) for item, one in own.items()}
            )
        }
        for own in (stances, turned)
    )

    for name in ("enabler or barrier, accuracy", "enabler or barrier, macro-F1"):
        assert (right[name].mean, wrong[name].mean, right[name].n) == (1.0, 0.0, 2)
    assert right["stance, accuracy"].n == 3


def test_a_confusion_matrix_counts_given_against_found(tmp_path: Path, folder: Path) -> None:
    quote = quoted(tmp_path, folder, HELPED)
    given = [labelled(quote, "a", "enabler"), labelled(quote, "b", "barrier")]
    same = dict.fromkeys("ab", Said(Stance.ENABLER, Voice.AUTHORS, None, None))

    matrix = confusions(given, same)["stance"]

    assert matrix == {"barrier": {"barrier": 0, "enabler": 1}, "enabler": {"barrier": 0, "enabler": 1}}
    assert matrix_lines(matrix)[1].split() == ["barrier", "0", "1"]


def test_speakers_are_codes_and_no_names(tmp_path: Path) -> None:
    folder = write_files(
        tmp_path / "talk",
        {"talk.md": "# A talk\n\nAnn Example: The grant helped us a lot.\n\nP4: The rules stopped us.\n"},
    )
    entries: list[dict[str, object]] = [
        {"id": "name", "file": "talk.md", "quote": "The grant helped us a lot."},
        {"id": "code", "file": "talk.md", "quote": "The rules stopped us."},
    ]

    quotes = load_quotes(written(tmp_path / "cases.jsonl", *entries), [folder], FRAMEWORK)
    found = say(quotes, FakeEncoder(), FRAMEWORK)

    assert (found["name"].speaker, found["code"].speaker) == (None, "P4")


def test_conditions_are_counted_and_kinds_where_they_were_marked(tmp_path: Path, folder: Path) -> None:
    kinds = (
        quoted(tmp_path, folder, COUNTED, stance="neither", kind="method"),
        quoted(tmp_path, folder, HELPED),
    )
    given = [replace(quote, id=name) for quote, name in zip(kinds, "ab", strict=True)]
    found = say(given, FakeEncoder(), FRAMEWORK)
    held = {name: replace(one, is_conditional=name == "b", kind=Kind.METHOD) for name, one in found.items()}

    made = {one.name: one.scores for one in measures_of(given, held)}

    assert (found["a"].kind, found["a"].is_conditional) == (Kind.NUMBER, False)
    assert made["kind, accuracy"] == {"a": 1.0}
    assert made["conditional, accuracy"] == {"a": 1.0, "b": 0.0}


def test_clusters_are_written_by_name(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    cluster = FRAMEWORK.clusters[0]

    write_predictions(out, {"a": Said(Stance.ENABLER, Voice.CITED, cluster.id, "P3, P4")}, FRAMEWORK)

    line = json.loads(out.read_text(encoding="utf-8"))
    assert (line["cluster"], line["speaker"]) == (cluster.name.lower(), "P3, P4")


def test_own_marks_are_told_from_examples(tmp_path: Path) -> None:
    assert is_own_form(written(tmp_path / "own.jsonl", {"id": "a", "words_sha256": "00"}))
    assert not is_own_form(written(tmp_path / "examples.jsonl", {"id": "a", "quote": "words_sha256"}))


def test_the_projects_own_marks_are_labelled_in_the_real_documents(documents: Path) -> None:
    from evals.marks import SENTENCES

    quotes = own_quotes(SENTENCES, [documents])
    found = say(quotes[:5], FakeEncoder(), FRAMEWORK)

    assert len(quotes) == 400
    assert all(isinstance(one.voice, Voice) for one in found.values())
