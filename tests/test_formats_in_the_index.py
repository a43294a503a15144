"""Files of every format through the whole ingest: into passages, the index and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.framework import load_framework
from assistant.index import Index
from assistant.index.files import find_files
from assistant.index.sync import Report, Sync
from assistant.passages import cut
from assistant.reading import read
from assistant.records import BlockKind, Sensitivity
from tests.fakes import FakeEncoder
from tests.packages import docx, qdpx, w_p
from tests.test_readers import FORMATS, WORDS, made


@pytest.mark.parametrize("suffix", FORMATS)
def test_passages_are_cut_from_the_text_and_cover_its_blocks(suffix: str, tmp_path: Path) -> None:
    for document in read(made(tmp_path, suffix, [*WORDS, *["Time helped them too, as some said."] * 40])):
        passages = cut(document, FakeEncoder(), load_framework())

        for passage in passages:
            assert document.text[passage.start : passage.end] == passage.text
        covered = {place for passage in passages for place in range(passage.start, passage.end)}
        blocks = [block for block in document.blocks if block.kind is not BlockKind.FURNITURE]
        assert all(covered.issuperset(_places(document.text, block.start, block.end)) for block in blocks)


def _places(text: str, start: int, end: int) -> set[int]:
    return {place for place in range(start, end) if not text[place].isspace()}


def ingested(root: Path, files: dict[str, bytes | str]) -> tuple[Index, Report]:
    folder = root / "files"
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    encoder = FakeEncoder()
    report = Sync(root / "index", encoder, load_framework()).run(find_files([folder])[0])
    return Index(root / "index", encoder.fingerprint), report


SPEECH = "WEBVTT\n\n01:20.000 --> 01:25.000\n<v P4>Our manager listened and that helped us to try.</v>\n"
TEXT = "We tried the new form because our manager listened.\n"
PROJECT = qdpx(
    '<TextSource name="A" plainTextPath="internal://a.txt"><PlainTextSelection startPosition="0" endPosition="8">'
    '<Coding><CodeRef targetGUID="1"/></Coding></PlainTextSelection></TextSource>'
    '<TextSource name="B" plainTextPath="internal://b.txt"/>',
    codes='<Code guid="1" name="Trying"/>',
    **{"a.txt": TEXT, "b.txt": TEXT.replace("manager", "director")},
)


def test_times_speakers_codings_and_tiers_come_back_from_the_index(tmp_path: Path) -> None:
    files = {
        "talk.vtt": SPEECH,
        "p.qdpx": PROJECT,
        "team/paper.docx": docx(w_p("Trust between teams helps a new practice to last.")),
        "codes.qdc": '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>',
        "numbers.csv": "name,age\nA,3\n",
    }

    index, report = ingested(tmp_path, files)

    live = index.live()
    heads = {head.name: head for head in live.heads.values()}
    assert set(heads) == {"talk.vtt", "p.qdpx: A", "p.qdpx: B", "paper.docx"}
    assert heads["paper.docx"].sensitivity is Sensitivity.TEAM
    assert heads["p.qdpx: A"].sensitivity is Sensitivity.RESTRICTED
    (passage,) = live.catalogue.passages_of(heads["talk.vtt"].id)
    assert (passage.speaker, passage.time) == ("P4", "00:01:20")
    document = live.catalogue.document(heads["p.qdpx: A"].id)
    assert [(coding.code, TEXT[coding.start : coding.end]) for coding in document.codings] == [
        ("Trying", "We tried")
    ]
    reasons = {Path(path).name: reason for path, reason in report.refused.items()}
    assert "a codebook" in reasons["codes.qdc"]
    assert "its columns are: name, age" in reasons["numbers.csv"]
