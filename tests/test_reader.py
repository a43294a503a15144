from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.encoding.weights import load_tokeniser, model_directory
from assistant.errors import ModelDamaged
from assistant.reader import CLASSES, Head, TrainedReader
from assistant.reader.heads import WIDTH, columns
from assistant.reader.pairs import FIRST, LIMIT, tensors
from assistant.reader.trained import CLAIMS, GRAPH, MODEL, RELEVANCE
from evals.training.made_up import UNSEEN, load_documents

# In the order in which what is read names them.
SHIPPED = (RELEVANCE, CLAIMS, MODEL)
ELSEWHERE = (
    "Garden benches made of oak last longer than those of pine.",
    "It rained on the hills all night.",
)
LONG = "the team had no time to learn the model and nobody noticed " * 60
PAIRS = [
    ("What helps a new model last?", "Coaching every week kept the model alive after its grant had ended."),
    ("What helps a new model last?", "The canteen serves soup on Thursdays."),
    ("", ""),
    (LONG, LONG),
    ("👩‍👩‍👧‍👦 社会福祉", "الابتكار"),
]


@pytest.fixture(scope="module")
def reader() -> TrainedReader:
    return TrainedReader()


@pytest.mark.parametrize("head", list(Head))
def test_every_pair_gets_probabilities_of_every_class(reader: TrainedReader, head: Head) -> None:
    read = reader.read(head, PAIRS)

    assert read.shape == (len(PAIRS), len(CLASSES[head]))
    assert ((read >= 0) & (read <= 1)).all()
    if len(CLASSES[head]) > 1:
        assert np.allclose(read.sum(axis=1), 1)


def test_claims_that_are_borne_out_are_told_from_others(reader: TrainedReader) -> None:
    """On documents that it has not learnt from; the figures are in evals/decisions/support.md."""
    claims = [claim for document in load_documents(UNSEEN) for claim in document.written["claims"]]
    borne_out, opposed, beyond = (
        reader.read(Head.SUPPORT, [(claim["quote"], text) for claim in claims for text in claim[name]])
        for name in ("supported", "contradicted", "unsupported")
    )

    assert np.mean(borne_out[:, 0] >= 0.7) > 0.3
    assert np.mean(opposed[:, 0] >= 0.7) < 0.15
    assert np.mean(beyond[:, 0] >= 0.7) < 0.05


def test_a_question_for_an_amount_is_read_by_the_sentence_and_not_by_its_form(reader: TrainedReader) -> None:
    """On documents that it has not learnt from; near misses ask for amounts more often than what is answered."""
    asked = [one for document in load_documents(UNSEEN) for one in document.written["questions"]]
    amounts = [
        one for one in asked if one["question"].lower().startswith(("how many", "how much", "how long"))
    ]

    right = reader.read(Head.RELEVANCE, [(one["question"], one["answers"][0]["sentence"]) for one in amounts])
    wrong = reader.read(Head.RELEVANCE, [(one["question"], other) for one in amounts for other in ELSEWHERE])

    assert np.mean(right > 0.5) > 0.6
    assert np.mean(wrong > 0.5) < 0.1


def test_a_sentence_that_answers_is_told_from_one_that_does_not(reader: TrainedReader) -> None:
    [answers], [does_not] = reader.read(Head.RELEVANCE, PAIRS[:2])

    assert answers > 0.5 > does_not


def test_the_same_pair_gets_the_same_numbers_whatever_is_read_beside_it(reader: TrainedReader) -> None:
    together = reader.read(Head.SUPPORT, PAIRS)
    alone = np.concatenate([reader.read(Head.SUPPORT, [pair]) for pair in PAIRS])

    assert reader.read(Head.SUPPORT, PAIRS).tobytes() == together.tobytes()
    assert alone.tobytes() == together.tobytes()


def test_no_pairs_give_no_rows(reader: TrainedReader) -> None:
    assert reader.read(Head.STANCE, []).shape == (0, len(CLASSES[Head.STANCE]))


def test_the_heads_share_out_the_columns() -> None:
    covered = [column for head in CLASSES for column in range(WIDTH)[columns(head)]]

    assert covered == list(range(WIDTH))


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=2000), st.text(max_size=2000))
def test_texts_of_any_length_fit(first: str, second: str) -> None:
    batch = tensors(load_tokeniser(model_directory()), [(first, second), (LONG, second)])

    rows = {values.shape for values in batch.values()}
    assert len(rows) == 1
    assert batch["input_ids"].shape[1] <= LIMIT
    assert batch["attention_mask"][:, 0].all()


def test_a_long_first_text_leaves_room_for_the_second() -> None:
    batch = tensors(load_tokeniser(model_directory()), [(LONG, "soup")])

    assert batch["token_type_ids"].sum() == 2, "soup, and the mark of its end"
    assert batch["input_ids"].shape[1] == FIRST + 4


def test_what_ships_is_small_and_is_what_its_records_say() -> None:
    records = [json.loads(file.with_suffix(".json").read_text(encoding="utf-8")) for file in SHIPPED]

    for file, record in zip(SHIPPED, records, strict=True):
        assert file.stat().st_size == record["bytes"] < 30_000_000
    digests = "+".join(record["sha256"][:12] for record in records)
    assert TrainedReader().fingerprint == f"reader:{digests}"


def test_claims_are_read_by_a_model_of_their_own(reader: TrainedReader) -> None:
    other = TrainedReader(model=CLAIMS, claims=MODEL, relevance=MODEL)

    assert reader.read(Head.RELEVANCE, PAIRS).tobytes() != other.read(Head.RELEVANCE, PAIRS).tobytes()
    assert reader.read(Head.SUPPORT, PAIRS).tobytes() != other.read(Head.SUPPORT, PAIRS).tobytes()


@pytest.mark.parametrize("damaged", [MODEL.name, GRAPH])
def test_a_reader_that_is_not_what_its_record_says_reads_nothing(tmp_path: Path, damaged: str) -> None:
    for file in (MODEL, MODEL.with_name(GRAPH)):
        for one in (file, file.with_suffix(".json")):
            shutil.copy(one, tmp_path)
    model = tmp_path / MODEL.name
    assert TrainedReader(model).read(Head.STANCE, [("a", "b")]).shape == (1, len(CLASSES[Head.STANCE]))
    altered = tmp_path / damaged
    altered.write_bytes(altered.read_bytes()[:1000])

    with pytest.raises(ModelDamaged, match="Install the program again"):
        TrainedReader(model).read(Head.STANCE, [("a", "b")])


def test_a_written_reader_can_be_taught_on() -> None:
    torch = pytest.importorskip("torch")
    from evals.training.model import Batcher, Reader
    from evals.training.readers import read_reader

    model = Reader(model_directory())
    model.load_state_dict(read_reader(MODEL, model.state_dict()))
    with torch.no_grad():
        logits = model.eval()(**Batcher(model_directory())(PAIRS))[:, columns(Head.STANCE)]

    read = TrainedReader().read(Head.STANCE, PAIRS)
    assert np.allclose(torch.softmax(logits, dim=1).numpy(), read, atol=0.05)


def test_a_trained_reader_is_written_so_that_the_program_reads_as_it_was_trained(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from evals.training.model import Reader
    from evals.training.readers import write_reader

    torch.manual_seed(1)
    model = Reader(model_directory())
    own = [entry.written["claims"][0] for entry in load_documents(UNSEEN)[:20]]
    pairs = [(claim["quote"], claim["supported"][0]) for claim in own]

    record = write_reader(model, tmp_path / "reader.npz", pairs)

    assert record["agreement"] > 0.99
    assert record["bytes"] == (tmp_path / "reader.npz").stat().st_size < 13_000_000
    written = TrainedReader(relevance=tmp_path / "reader.npz")
    assert written.read(Head.RELEVANCE, pairs).shape == (len(pairs), 1)
