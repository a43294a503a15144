"""A transcript whose speakers stand under their names is refused in every form, unless told otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.framework import load_framework
from assistant.index.files import find_files
from assistant.index.sync import Report, Sync
from assistant.reading.reader import ReadOptions
from tests.fakes import FakeEncoder
from tests.indexing import open_index
from tests.packages import docx, epub, odt, qdpx, w_p
from tests.pdfs import PdfFile, lines

ANN, BEA = "Katharine Xample", "Peregrine Quill"
SAID = [
    (ANN, "We tried the new form and it helped us."),
    (BEA, "What helped you most of all?"),
    (ANN, "That our manager listened to us."),
    (BEA, "And what did not help you?"),
    (ANN, "The old office with its locked doors."),
]
COLON = [f"{name}: {words}" for name, words in SAID]
TIMED = [(f"{name}   0:{number:02d}", words) for number, (name, words) in enumerate(SAID, 3)]
INITIALS = [
    f"KX - {ANN}",
    f"PQ - {BEA}",
    *(f"{'KX' if name == ANN else 'PQ'} {words}" for name, words in SAID),
]


def cues(form: str, mark: str = ".") -> str:
    """Captions, each with who speaks as `form` writes it."""
    return "".join(
        f"{number}\n00:00:0{number}{mark}000 --> 00:00:0{number + 1}{mark}000\n{form.format(name, words)}\n\n"
        for number, (name, words) in enumerate(SAID, 1)
    )


def paragraphs(of: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in of)


FORMS: dict[str, str | bytes] = {
    "voices.vtt": "WEBVTT\n\n" + cues("<v {0}>{1}</v>"),
    "labels.vtt": "WEBVTT\n\n" + cues("{0}: {1}"),
    "labels.srt": cues("{0}: {1}", ","),
    "colon.txt": "\n\n".join(COLON) + "\n",
    "tight.txt": "\n".join(COLON) + "\n",
    "timed.txt": "\n\n".join("\n".join(turn) for turn in TIMED) + "\n",
    "initials.txt": "\n\n".join(INITIALS) + "\n",
    "colon.md": "# Talk\n\n" + "\n\n".join(COLON) + "\n",
    "bold.md": "# Talk\n\n" + "\n\n".join(f"**{name}:** {words}" for name, words in SAID) + "\n",
    "colon.docx": docx("".join(map(w_p, COLON))),
    "teams.docx": docx(
        "".join(w_p(f"<w:r><w:t>{who}</w:t><w:br/><w:t>{words}</w:t></w:r>") for who, words in TIMED)
    ),
    "parted.docx": docx("".join(w_p(part) for turn in TIMED for part in turn)),
    "colon.odt": odt("".join(f"<text:p>{line}</text:p>" for line in COLON)),
    "colon.rtf": r"{\rtf1\ansi " + "".join(rf"{line}\par " for line in COLON) + "}",
    "colon.html": f"<h1>Talk</h1>{paragraphs(COLON)}",
    "colon.epub": epub({"a.xhtml": f"<h1>Talk</h1>{paragraphs(COLON)}"}),
    "colon.pdf": PdfFile().add(lines(COLON, leading=30)).data(),
    "speaker.csv": "speaker,text\n" + "".join(f"{name},{words}\n" for name, words in SAID),
    "colon.qdpx": qdpx(
        '<TextSource guid="11111111-1111-1111-1111-111111111111" name="Talk" plainTextPath="internal://a.txt"/>',
        **{"a.txt": "\n\n".join(COLON)},
    ),
}


def ingest(root: Path, path: Path, *, keep_names: bool = False) -> Report:
    sync = Sync(root, FakeEncoder(), load_framework(), ReadOptions(keep_names=keep_names))
    return sync.run(find_files([path])[0])


@pytest.mark.parametrize("name", FORMS)
def test_a_transcript_with_names_is_refused_with_what_to_do_and_taken_when_told_so(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    content = FORMS[name]
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    made = ingest(tmp_path / "index", path)

    (reason,) = made.refused.values()
    assert "an interview in which 2 speaker(s) stand under their names" in reason
    assert "assistant pseudonymise FILE --map MAP.toml" in reason
    assert "--keep-names" in reason
    assert "Xample" not in reason
    assert b"Xample" not in b"".join(file.read_bytes() for file in tmp_path.rglob("*.sqlite*"))

    kept = ingest(tmp_path / "index", path, keep_names=True)

    assert (kept.refused, kept.added) == ({}, [str(path)])
    live = open_index(tmp_path / "index").live()
    assert set().union(*live.catalogue.speakers().values()) == {ANN, BEA}
    assert {head.sensitivity.value for head in live.heads.values()} == {"restricted"}


@pytest.mark.parametrize(
    "name", [name for name in FORMS if not name.endswith((".docx", ".odt", ".epub", ".pdf", ".qdpx"))]
)
def test_the_same_transcript_with_codes_is_taken(tmp_path: Path, name: str) -> None:
    content = FORMS[name]
    assert isinstance(content, str)
    path = tmp_path / name
    path.write_text(content.replace(ANN, "P1").replace(BEA, "INT"), encoding="utf-8")

    assert ingest(tmp_path / "index", path).refused == {}
