"""Names become codes by a map that was confirmed, and what else may tell who somebody is is listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.commands.pseudonymise import run_pseudonymise
from assistant.confidentiality.pseudonyms import load_map
from assistant.confidentiality.review import Recogniser, packaged_recogniser, review
from assistant.errors import BadInput
from assistant.reading import read
from assistant.settings import Settings
from tests.indexing import ingest, open_index
from tests.packages import docx, w_p

TALK = (
    "Katharine Xample: Peregrine Quill and I met at Nowhere Council on 12 March 2031.\n\n"
    "Peregrine Quill: Katharine\nXample phoned me on 0113 496 0000.\n\n"
    "Katharine Xample: Katharine is enough. Write to kx@example.org, LS6 3BL.\n\n"
    "Peregrine Quill: Dr Tarn in Fellbeck helped.\n"
)
MAP = '[speakers]\n"Katharine Xample" = "P1"\n"Peregrine Quill" = "P2"\n\n[others]\n"Nowhere Council" = "[a council]"\n'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "index")


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "katharine-xample.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "map.toml"
    path.write_text(MAP, encoding="utf-8")
    return path


def test_without_a_map_one_is_proposed_and_nothing_is_written(
    settings: Settings, talk: Path, tmp_path: Path
) -> None:
    assert run_pseudonymise(settings, [talk], tmp_path / "map.toml", None) == 1

    proposed = load_map(tmp_path / "map.toml")
    assert proposed.speakers == {"Katharine Xample": "P1", "Peregrine Quill": "P2"}
    assert not proposed.is_confirmed
    assert (tmp_path / "map.toml").stat().st_mode & 0o777 == 0o600
    assert run_pseudonymise(settings, [talk], tmp_path / "map.toml", None) == 1
    assert not (tmp_path / "pseudonymised").exists()


def test_a_confirmed_proposal_is_used(settings: Settings, talk: Path, tmp_path: Path) -> None:
    at = tmp_path / "map.toml"
    run_pseudonymise(settings, [talk], at, None)
    at.write_text(at.read_text("utf-8").replace("confirmed = false", "confirmed = true"), encoding="utf-8")

    assert run_pseudonymise(settings, [talk], at, tmp_path / "out") == 0

    assert (tmp_path / "out" / "P1.txt").exists()


def test_names_become_codes_and_the_review_lists_the_rest(
    settings: Settings, talk: Path, names: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_pseudonymise(settings, [talk], names, None) == 0

    written = tmp_path / "pseudonymised" / "P1.txt"
    text = written.read_text("utf-8")
    assert text.startswith("P1: P2 and I met at [a council] on 12 March 2031.\n\nP2: P1 phoned me")
    assert "Xample" not in text
    assert written.stat().st_mode & 0o777 == 0o600
    assert names.stat().st_mode & 0o777 == 0o600
    assert {block.speaker for block in read(written)[0].blocks} == {"P1", "P2"}
    said = capsys.readouterr().out
    for found in ("date: 12 March 2031", "contact: 0113 496 0000", "contact: kx@example.org", "contact: LS6 3BL",
                  "part of a mapped name: Katharine", "person: Dr Tarn", "place: Fellbeck"):  # fmt: skip
        assert found in said
    assert "This is no anonymisation" in said


def test_the_original_is_refused_by_ingest_and_the_copy_is_not(
    settings: Settings, talk: Path, names: Path, tmp_path: Path
) -> None:
    run_pseudonymise(settings, [talk], names, tmp_path / "out")

    made = ingest(settings.index, tmp_path / "out", talk)

    assert len(made.added) == 1
    assert list(made.refused) == [str(talk)]
    assert b"Quill" not in b"".join(p.read_bytes() for p in settings.index.rglob("*") if p.is_file())
    assert next(iter(open_index(settings.index).live().heads.values())).sensitivity.value == "restricted"


def test_a_speaker_whom_the_map_lacks_stops_it(
    settings: Settings, talk: Path, names: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names.write_text('[speakers]\n"Katharine Xample" = "P1"\n', encoding="utf-8")

    assert run_pseudonymise(settings, [talk], names, None) == 1
    assert "it lacks Peregrine Quill" in capsys.readouterr().out
    assert not (tmp_path / "pseudonymised").exists()


def test_other_formats_are_written_as_labelled_talk(settings: Settings, names: Path, tmp_path: Path) -> None:
    paragraphs = [w_p(line) for line in TALK.replace("\nXample", " Xample").split("\n\n")]
    (tmp_path / "Quill.docx").write_bytes(docx("".join(paragraphs)))

    assert run_pseudonymise(settings, [tmp_path / "Quill.docx"], names, tmp_path / "out") == 0

    assert (tmp_path / "out" / "Quill.txt").read_text("utf-8").startswith("P1: P2 and I met")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("[speakers", "cannot be read"),
        ("[speakers]\nA = 1\n", "needs a code in quotation marks"),
        ('[speakers]\n"A B" = "P1"\n"C D" = "P1"\n', "gives several speakers the code P1"),
        ('speakers = "x"\n', "needs a code"),
    ],
)
def test_maps_that_cannot_be_used_are_refused(tmp_path: Path, words: str, said: str) -> None:
    (tmp_path / "map.toml").write_text(words, encoding="utf-8")

    with pytest.raises(BadInput, match=said):
        load_map(tmp_path / "map.toml")


def test_a_map_within_the_index_is_refused(settings: Settings, talk: Path) -> None:
    with pytest.raises(BadInput, match="lies in the index"):
        run_pseudonymise(settings, [talk], settings.index / "map.toml", None)


def test_a_file_is_never_written_over(settings: Settings, tmp_path: Path, names: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")

    with pytest.raises(BadInput, match="would be written over"):
        run_pseudonymise(settings, [tmp_path / "talk.txt"], names, tmp_path)


def test_a_recogniser_adds_to_the_review() -> None:
    found = review(
        "We met Wren there.\n\nWren left.", recogniser=lambda line: [("person", "Wren")] * ("Wren" in line)
    )

    assert [(finding.words, finding.count, finding.line) for finding in found] == [("Wren", 2, 1)]


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    """The recogniser of the extra `privacy`; sockets are off, so one that asks the network fails."""
    found = packaged_recogniser()
    if found is None:
        pytest.skip("the extra `privacy` is not installed")
    return found


def test_the_packaged_recogniser_finds_names_where_it_is_installed(recogniser: Recogniser) -> None:
    assert ("person (by recogniser)", "Margaret Thatcher") in set(
        recogniser("I met Margaret Thatcher there.")
    )


def test_the_packaged_recogniser_takes_no_code_for_a_name(recogniser: Recogniser) -> None:
    lines = ("P7: My licence is with P12 and the interviewer.", "INT: Did P4 ask the Home Office?")

    found = {words for line in lines for _, words in recogniser(line)}

    assert "the Home Office" in found
    assert not found & {"P7", "P12", "P4", "INT"}


def test_the_review_of_a_written_file_lists_what_the_recogniser_finds(
    recogniser: Recogniser,
    settings: Settings,
    talk: Path,
    names: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    talk.write_text(TALK.replace("Dr Tarn in Fellbeck", "Oyelaran from Sheffield"), encoding="utf-8")

    assert run_pseudonymise(settings, [talk], names, tmp_path / "coded") == 0

    printed = capsys.readouterr().out
    assert "place (by recogniser): Sheffield" in printed
    assert "This is no anonymisation" in printed


def test_a_long_line_of_capitals_is_looked_at_quickly() -> None:
    assert review(("Aa " * 30_000) + "\n" + "1 " * 30_000) is not None
