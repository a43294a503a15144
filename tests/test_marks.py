"""Labelled sentences: where they stand, without their words, and how far two readings agree."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from assistant.framework import load_framework
from assistant.records import Stance, Voice
from evals.__main__ import main
from evals.agreement import agreement, marks_of
from evals.marks import (
    DIRECTORY,
    SENTENCES,
    MarkedSentence,
    MarkError,
    Marks,
    load_marks,
    load_sentences,
    locate,
)

TEXT = "Steady coaching helped the harbour circles. Nobody paid for the boats.\n"
WORDS = "Nobody paid for the boats."
PLACE = {
    "file": "harbour.txt",
    "document": hashlib.sha256(TEXT.encode()).hexdigest(),
    "start": 44,
    "end": 70,
    "words_sha256": hashlib.sha256(WORDS.encode()).hexdigest(),
}
LABELS: dict[str, object] = {
    "stance": "barrier",
    "voice": "authors",
    "cluster": "operational-capability",
    "speaker": None,
    "conditional": False,
    "hard": True,
}
ENTRY: dict[str, object] = {"id": "s1", **PLACE, **LABELS}


def label_file(folder: Path, *entries: object) -> Path:
    path = folder / "sentences.jsonl"
    lines = [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def folder_with(tmp_path: Path, text: str = TEXT) -> Path:
    folder = tmp_path / "documents" / "deep"
    folder.mkdir(parents=True)
    (folder / "of another name.txt").write_text(text, encoding="utf-8")
    return folder.parent


def marks(stance: Stance = Stance.ENABLER, cluster: str | None = "mobilisers", **more: bool) -> Marks:
    return Marks(
        stance, Voice.AUTHORS, cluster, None, more.get("conditional", False), more.get("hard", False)
    )


def sentences(tmp_path: Path, **changes: object) -> list[MarkedSentence]:
    return load_sentences(label_file(tmp_path, {**ENTRY, **changes}))


# Where they stand


def test_a_sentence_is_found_by_the_content_of_its_document(tmp_path: Path) -> None:
    (found,) = locate(sentences(tmp_path), [folder_with(tmp_path)])

    assert found.words == WORDS
    assert found.document.text[44:70] == WORDS
    assert found.sentence.marks == Marks(
        Stance.BARRIER, Voice.AUTHORS, "operational-capability", None, is_conditional=False, is_hard=True
    )


def test_a_document_that_is_not_there_is_told_by_its_file(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, TEXT + "More.\n")

    with pytest.raises(MarkError, match=r"1 of 1 labelled documents are not in .*documents: harbour\.txt"):
        locate(sentences(tmp_path), [folder])


def test_without_a_folder_the_option_is_named(tmp_path: Path) -> None:
    with pytest.raises(MarkError, match="no folder \\(name one with --documents\\)"):
        locate(sentences(tmp_path), [])


def test_other_words_at_the_place_are_told(tmp_path: Path) -> None:
    with pytest.raises(MarkError, match=r"s1: the words at 43–70 of harbour\.txt are others"):
        locate(sentences(tmp_path, start=43), [folder_with(tmp_path)])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"stance": "helpful"}, "'helpful' is not a valid Stance"),
        ({"voice": "narrator"}, "'narrator' is not a valid Voice"),
        ({"start": "early"}, "invalid literal"),
        ({"id": "s1"}, "s1 is marked twice"),
    ],
)
def test_a_line_that_cannot_be_used_is_told(tmp_path: Path, changes: dict[str, object], message: str) -> None:
    path = label_file(tmp_path, ENTRY, {**ENTRY, "id": "s2", **changes})

    with pytest.raises(MarkError, match=re.escape(f"{path}, line 2: ") + ".*" + message):
        load_sentences(path)


@pytest.mark.parametrize("missing", sorted(ENTRY))
def test_a_field_that_is_missing_is_named(tmp_path: Path, missing: str) -> None:
    path = label_file(tmp_path, {key: value for key, value in ENTRY.items() if key != missing})

    with pytest.raises(MarkError, match=f"line 1: it has no '{missing}'"):
        load_sentences(path)


@pytest.mark.parametrize("line", ["{", "[]", "3"])
def test_a_line_that_is_no_object_is_told(tmp_path: Path, line: str) -> None:
    with pytest.raises(MarkError, match="line 2: "):
        load_sentences(label_file(tmp_path, ENTRY, line))


# Agreement


def test_agreement_is_as_worked_out_by_hand() -> None:
    first = {"a": marks(), "b": marks(), "c": marks(Stance.BARRIER), "d": marks(Stance.BARRIER), "e": marks()}
    second = {
        "a": marks(),
        "b": marks(Stance.BARRIER),
        "c": marks(Stance.BARRIER),
        "d": marks(Stance.BARRIER),
    }

    made = {one.name: one for one in agreement(first, second)}

    # Equal 3 of 4. By chance 2/4 · 1/4 + 2/4 · 3/4 = 1/2; kappa (3/4 - 1/2) / (1 - 1/2) = 1/2.
    assert made["stance, share equal"].scores == {"a": 1, "b": 0, "c": 1, "d": 1}
    assert made["stance, kappa"].estimate().n == 4
    assert made["voice, kappa"].estimate().mean == pytest.approx(1)


def test_kappa_of_a_marker_who_guesses_is_about_nothing() -> None:
    sides = [Stance.ENABLER, Stance.BARRIER]
    first = {str(n): marks(sides[n % 2]) for n in range(40)}
    second = {str(n): marks(sides[n // 2 % 2]) for n in range(40)}

    made = {one.name: one.estimate().mean for one in agreement(first, second)}

    assert made["stance, share equal"] == 0.5
    assert made["stance, kappa"] == pytest.approx(0, abs=0.05)


def test_no_cluster_on_both_sides_is_agreement() -> None:
    made = {
        one.name: one.estimate().mean
        for one in agreement({"a": marks(cluster=None)}, {"a": marks(cluster=None)})
    }

    assert made["cluster, share equal"] == made["cluster, kappa"] == 1


def test_every_label_is_compared_by_its_own_value() -> None:
    own = Marks(Stance.ENABLER, Voice.AUTHORS, "mobilisers", "P1", is_conditional=False, is_hard=False)
    other = Marks(Stance.BOTH, Voice.CITED, None, None, is_conditional=True, is_hard=True)

    shares = [one for one in agreement({"a": own}, {"a": other}) if one.name.endswith("share equal")]

    assert [one.scores for one in shares] == [{"a": 0}] * 6


def test_a_sentence_that_was_marked_the_second_time_alone_is_told() -> None:
    with pytest.raises(MarkError, match="marked the second time alone: b"):
        agreement({"a": marks()}, {"a": marks(), "b": marks()})


# The labels that come with the project


def test_the_labels_are_400_with_100_marked_twice_and_name_clusters_of_the_framework() -> None:
    first, second = load_sentences(), load_marks()
    clusters = {cluster.id for cluster in load_framework().clusters}

    assert (len(first), len(second)) == (400, 100)
    assert second.keys() <= marks_of(first).keys()
    for one in (*marks_of(first).values(), *second.values()):
        assert (one.cluster is None) == (one.stance is Stance.NEITHER)
        assert one.cluster is None or one.cluster in clusters


def test_the_label_files_hold_no_words_of_documents() -> None:
    allowed = set(ENTRY)
    for path in DIRECTORY.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            assert entry.keys() <= allowed
            assert all(" " not in str(value) for key, value in entry.items() if key != "speaker"), entry["id"]


def test_every_labelled_sentence_stands_in_the_documents(documents: Path) -> None:
    found = locate(load_sentences(SENTENCES), [documents])

    assert len(found) == 400


def test_the_command_prints_the_agreement(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreement"]) == 0

    printed = capsys.readouterr().out
    assert re.search(r"stance, kappa +0\.\d{3} \[.*\] n=100", printed)
    assert re.search(r"voice, share equal +0\.\d{3} \[.*\] n=100", printed)
