"""`assistant correct` by the real program: corrected, listed, shown, refused, undone."""

from __future__ import annotations

from pathlib import Path

from tests.builders import write_files
from tests.program import json_of, run, sentence

PAPER = (
    "# Walks and wardens\n\nA weekly warden helps the walks last through winter. "
    "The walks were counted by the parish clerk every spring.\n"
)
WHY = ("--reason", "read again", "--by", "A. Marker")


def test_a_sentence_is_corrected_shown_listed_and_undone(environment: dict[str, str], tmp_path: Path) -> None:
    run(environment, "ingest", write_files(tmp_path / "files", {"walks.md": PAPER}))
    (found,) = json_of(environment, "search", "Who counted the walks?", "--limit", "1")["results"]
    place = f"{found['passage']}:2"

    unsaid = sentence(run(environment, "correct", place, "--stance", "barrier"), 2)
    unnumbered = sentence(run(environment, "correct", found["passage"], "--stance", "barrier", *WHY), 2)
    elsewhere = sentence(run(environment, "correct", place, "--cluster", "weather", *WHY), 2)
    named = sentence(run(environment, "correct", place, "--speaker", "Ann Example", *WHY), 2)
    done = run(environment, "correct", place, "--stance", "barrier", "--parameter", "leadership", *WHY)
    shown = run(environment, "show", found["passage"]).stdout
    second = json_of(environment, "show", found["passage"])["sentences"][1]
    (listed,) = json_of(environment, "correct")["corrections"]
    undone = run(environment, "correct", place, "--undo")
    again = json_of(environment, "show", found["passage"])["sentences"][1]

    assert "--reason and --by" in unsaid
    assert ":1 to" in unnumbered
    assert "macro-context" in elsewhere
    assert "neither a code" in named
    assert done.stdout.startswith(
        "corrected: stance barrier, parameter leadership, cluster operational-capability"
    )
    assert "corrected by A. Marker" in shown and ": read again" in shown
    assert (second["stance"], second["parameter"]) == ("barrier", "leadership")
    assert second["origin"].endswith("stance, cluster, parameter corrected by A. Marker")
    assert (listed["by"], listed["stance"], listed["voice"]) == ("A. Marker", "barrier", None)
    assert undone.returncode == 0
    assert again["stance"] != "barrier" and "corrected" not in again["origin"]


def test_kind_and_condition_are_corrected_in_words_of_the_sentence(
    environment: dict[str, str], tmp_path: Path
) -> None:
    run(environment, "ingest", write_files(tmp_path / "files", {"walks.md": PAPER}))
    (found,) = json_of(environment, "search", "Who counted the walks?", "--limit", "1")["results"]
    place = f"{found['passage']}:2"

    sideless = sentence(
        run(environment, "correct", place, "--stance", "neither", "--condition", "every spring", *WHY), 2
    )
    unheard = sentence(
        run(environment, "correct", place, "--stance", "both", "--condition", "when it rained", *WHY), 2
    )
    unknown = run(environment, "correct", place, "--kind", "opinion", *WHY)
    untouched = json_of(environment, "correct")["corrections"]
    first = run(
        environment, "correct", place, "--stance", "enabler", "--condition", "every Spring", *WHY
    ).stdout
    done = run(environment, "correct", place, "--kind", "finding", *WHY).stdout
    shown = run(environment, "show", found["passage"]).stdout
    second = json_of(environment, "show", found["passage"])["sentences"][1]
    listed = run(environment, "correct").stdout
    run(environment, "correct", place, "--stance", "neither", *WHY)
    neither = json_of(environment, "show", found["passage"])["sentences"][1]

    assert "stance of this sentence is neither" in sideless
    assert "has no 'when it rained'" in unheard
    assert unknown.returncode == 2 and "'definition', 'method'" in unknown.stderr
    assert untouched == []
    assert first.startswith("corrected: stance enabler, condition words 9-10")
    assert done.startswith("corrected: kind finding")
    assert "[finding, " in shown and "condition: every spring\n" in shown
    assert (second["kind"], second["condition"]) == ("finding", "every spring")
    assert second["origin"].endswith("stance, condition, kind corrected by A. Marker")
    assert "condition words 9-10, kind finding — A. Marker" in listed
    assert (neither["stance"], neither["condition"], neither["kind"]) == ("neither", None, "finding")
