"""A speaker is withdrawn from several documents at once, and from no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import BadInput
from tests.builders import write_files
from tests.indexing import ingest, names, open_index, proof_of, take_out, write_reports

FIRST = (
    "P4: The miller lent us his barn without rent.\n\nINT: Who swept it?\n\n"
    "P5: Nineteen children swept the barn on Sundays.\n\nINT: And later?\n\nP4: Later the miller sold it.\n"
)
SECOND = FIRST.replace("miller", "ferryman").replace("barn", "boathouse")
PAPER = (
    "# Barns and boathouses\n\nGroups lasted where a building was lent to them.\n\n"
    "“We kept the key under a blue stone by the gate” (P4).\n\n“Nobody else had a key at all” (P5).\n"
)
FILES = {"first.txt": FIRST, "second.txt": SECOND, "paper.md": PAPER}
GONE = {
    "first.txt": ("miller lent us his barn", "miller sold it"),
    "second.txt": ("ferryman lent us his boathouse", "ferryman sold it"),
    "paper.md": ("under a blue stone",),
}
LEFT = {
    "first.txt": "Nineteen children swept the barn",
    "second.txt": "Nineteen children swept the boathouse",
    "paper.md": "Nobody else had a key",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_reports(tmp_path / "files", [1])
    return write_files(tmp_path / "files", FILES)


@pytest.fixture
def root(tmp_path: Path, folder: Path) -> Path:
    ingest(tmp_path / "index", folder)
    return tmp_path / "index"


def held(root: Path) -> str:
    data = (path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file())
    return b"".join(data).decode("utf-8", "ignore")


def speakers(root: Path) -> dict[str, set[str]]:
    live = open_index(root).live()
    found = live.catalogue.speakers()
    return {head.name: found.get(head.id, set()) for head in live.heads.values()}


@pytest.mark.parametrize(
    "within", [["first.txt"], ["first.txt", "second.txt"], ["second.txt", "paper.md"], sorted(FILES)]
)
def test_a_speaker_goes_from_the_documents_that_are_named_and_from_no_other(
    root: Path, within: list[str]
) -> None:
    outcome = take_out(root, "P4", within=within)

    words = held(root)
    for name in FILES:
        assert all((said in words) is (name not in within) for said in GONE[name])
        assert LEFT[name] in words
        assert ("P4" in speakers(root)[name]) is (name not in within)
    assert sorted(target.document.name for target in outcome.targets) == sorted(within)
    assert len(names(open_index(root))) == 4
    assert proof_of(root, outcome).found == []


def test_without_a_document_a_speaker_of_several_is_refused_and_nothing_is_done(root: Path) -> None:
    with pytest.raises(BadInput, match=r"P4 speaks in 3 documents.*--document"):
        take_out(root, "P4")

    assert all("P4" in speakers(root)[name] for name in FILES)


def test_two_speakers_and_a_document_are_withdrawn_in_one_run(root: Path) -> None:
    outcome = take_out(root, "P4", "P5", within=["first.txt", "second.txt"])

    assert speakers(root)["paper.md"] == {"P4", "P5"}
    assert "Nineteen" not in held(root)
    assert len(outcome.targets) == 4
    assert proof_of(root, outcome).found == []
    take_out(root, "paper.md")
    assert "paper.md" not in names(open_index(root))


def test_a_speaker_withdrawn_from_several_stays_out_of_each_when_they_change(
    root: Path, folder: Path
) -> None:
    outcome = take_out(root, "P4", within=["first.txt", "paper.md"])
    write_files(folder, {name: text + "\nP5: One more line.\n" for name, text in FILES.items()})

    made = ingest(root, folder)

    told = {Path(path).name for path, warnings in made.warnings.items() if "withdrawn" in warnings[0]}
    assert told == {"first.txt", "paper.md"}
    assert "P4" in speakers(root)["second.txt"]
    assert proof_of(root, outcome).found == []


def test_a_speaker_whose_words_another_document_quotes_at_length_is_named_by_the_proof(
    root: Path, folder: Path
) -> None:
    said = "We kept the key under a blue stone by the gate and told nobody in the village where it lay."
    write_files(folder, {"paper.md": PAPER.replace("We kept the key under a blue stone by the gate", said)})
    write_files(folder, {"report.txt": f"On keys\n\nOne woman told us this. {said}\n"})
    ingest(root, folder)

    outcome = take_out(root, "P4", within=["paper.md"])

    (found,) = proof_of(root, outcome).found
    assert "stands also in «On keys», which is still in the index" in found
