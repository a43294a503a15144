"""An encoder and a cross-encoder that a person configures, in place of or beside those that come along."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import CrossEncoder, SentenceTransformer

from assistant.encoding.configured import ConfiguredEncoder, open_encoder
from assistant.encoding.cross_encoder import ConfiguredCrossEncoder, open_cross_encoder
from assistant.encoding.late_interaction import content_tokens
from assistant.encoding.minilm import MiniLM
from assistant.errors import EncoderUnavailable, IndexMismatch, RerankerUnavailable, SettingsError
from assistant.framework import load_framework
from assistant.index.files import find_files
from assistant.index.sync import Sync
from assistant.pipeline import open_assistant
from assistant.settings import Settings, load_settings
from tests.fakes import matched
from tests.tiny_models import tiny_cross_encoder, tiny_encoder, tiny_static_encoder

PASSAGE = "Carers of the night trust leaders. Volunteers and boats."
SENTENCES = [(0, 34), (35, 56)]
QUESTION = "What helps carers?"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_encoder(tmp_path_factory.mktemp("models") / "tiny", query="query : ", document="document : ")


@pytest.fixture(scope="module")
def ranker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_cross_encoder(tmp_path_factory.mktemp("models") / "ranker")


def test_questions_and_passages_are_encoded_with_the_model_s_own_prompts(model: Path) -> None:
    encoder, reference = ConfiguredEncoder(model), SentenceTransformer(str(model), device="cpu")

    (made,) = encoder.encode_passages([(PASSAGE, SENTENCES)])
    question = encoder.encode_query(QUESTION)

    parts = ["document : " + text for text in (PASSAGE, PASSAGE[:34], PASSAGE[35:])]
    expected = reference.encode([*parts, "query : " + QUESTION], prompt="", normalize_embeddings=True)
    plain = reference.encode([PASSAGE], prompt="", normalize_embeddings=True)[0]
    ours = np.stack([made.passage, *made.sentences, question])
    assert np.einsum("ij,ij->i", ours, expected).min() > 0.999
    assert float(made.passage @ plain) < 0.999
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)


def test_the_tokens_of_content_words_come_with_sentences_and_questions_without_the_prompt(
    model: Path,
) -> None:
    encoder = ConfiguredEncoder(model)

    (made,) = encoder.encode_passages([(PASSAGE, SENTENCES)])
    asked = encoder.encode_query_tokens(QUESTION)

    spans = [encoder.spans(text) for text in (PASSAGE[:34], PASSAGE[35:], QUESTION)]
    expected = [
        len(content_tokens(text, own))
        for text, own in zip((PASSAGE[:34], PASSAGE[35:], QUESTION), spans, strict=True)
    ]
    assert [len(made.tokens[0]), len(made.tokens[1]), len(asked.vectors)] == expected
    assert {part.shape[1] for part in (*made.tokens, asked.vectors)} == {16}
    assert asked.weights.sum() == pytest.approx(1)
    assert matched(encoder.encode_query_tokens(PASSAGE[:34]), made.tokens).argmax() == 0


def test_a_passage_without_sentences_has_no_sentence_vectors(model: Path) -> None:
    one, other = ConfiguredEncoder(model).encode_passages([("Boats.", []), ("Carers.", [(0, 7)])])

    assert (one.sentences.shape, other.sentences.shape) == ((0, 16), (1, 16))
    assert ConfiguredEncoder(model).encode_passages([]) == []


def test_the_model_s_own_length_less_its_prompt_is_respected(model: Path, tmp_path: Path) -> None:
    bare = tiny_encoder(tmp_path / "bare", length=200)

    assert (ConfiguredEncoder(model).limit, ConfiguredEncoder(bare).limit) == (254, 200)


def test_a_model_that_reads_too_little_is_refused(tmp_path: Path) -> None:
    short = ConfiguredEncoder(tiny_encoder(tmp_path / "short", length=64))

    with pytest.raises(EncoderUnavailable, match="reads 64 tokens beside its prompt"):
        _ = short.limit


def test_tokens_are_told_where_they_stand_however_long_the_text_is(model: Path) -> None:
    spans = ConfiguredEncoder(model).spans("trust " * 600)

    assert (len(spans), spans[1]) == (600, (6, 11))


def test_the_fingerprint_changes_with_the_weights_and_with_the_prompts(model: Path, tmp_path: Path) -> None:
    same = shutil.copytree(model, tmp_path / "same" / "tiny")
    (same / "README.md").write_text("another card", encoding="utf-8")
    weights = shutil.copytree(model, tmp_path / "weights" / "tiny")
    file = weights / "model.safetensors"
    file.write_bytes(file.read_bytes()[:-1] + b"\1")
    prompts = shutil.copytree(model, tmp_path / "prompts" / "tiny")
    told = prompts / "config_sentence_transformers.json"
    told.write_text(told.read_text(encoding="utf-8").replace("query : ", "ask : "), encoding="utf-8")

    first, *others = (ConfiguredEncoder(folder).fingerprint for folder in (model, same, weights, prompts))

    assert first.startswith("tiny:")
    assert [other == first for other in others] == [True, False, False]


def test_a_folder_without_a_model_is_refused_with_the_setting_s_name(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="Correct the setting `encoder`"):
        open_encoder(tmp_path)
    with pytest.raises(RerankerUnavailable, match="Correct the setting `reranker`"):
        open_cross_encoder(tmp_path)


def test_files_that_are_no_model_are_told_when_they_are_loaded(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")

    with pytest.raises(EncoderUnavailable, match="cannot be loaded"):
        ConfiguredEncoder(tmp_path).encode_query("Who?")
    with pytest.raises(RerankerUnavailable, match="cannot be used"):
        ConfiguredCrossEncoder(tmp_path).chances("Who?", ["Carers."])


def test_a_model_of_word_vectors_reads_any_length_and_matches_by_sentences(tmp_path: Path) -> None:
    static = tiny_static_encoder(tmp_path / "static", query="query : ", document="document : ")
    encoder = ConfiguredEncoder(static)
    reference = SentenceTransformer(str(static), device="cpu")

    (made,) = encoder.encode_passages([(PASSAGE, SENTENCES)])
    question, asked = encoder.encode_query(QUESTION), encoder.encode_query_tokens(QUESTION)

    parts = ["document : " + text for text in (PASSAGE, PASSAGE[:34], PASSAGE[35:])]
    expected = reference.encode([*parts, "query : " + QUESTION], prompt="", normalize_embeddings=True)
    assert np.allclose(np.stack([made.passage, *made.sentences, question]), expected, atol=1e-5)
    assert encoder.limit > 8000
    assert np.allclose(matched(asked, made.tokens), made.sentences @ question, atol=0.02)


def test_an_index_is_made_and_searched_with_a_model_of_word_vectors(tmp_path: Path) -> None:
    file = tmp_path / "carers.md"
    file.write_text("# Night carers\n\nLanterns helped the carers of the night.\n", encoding="utf-8")
    encoder = tiny_static_encoder(tmp_path / "static")
    settings = Settings(index=tmp_path / "index", cache=tmp_path, encoder=encoder)
    Sync(settings.index, open_encoder(encoder), load_framework()).run(find_files([file])[0])

    [found] = open_assistant(settings).search("Who helps carers?", 5).evidence

    assert "Lanterns helped" in found.passage.text


def test_a_model_that_fails_at_its_work_is_told_in_one_sentence(tmp_path: Path) -> None:
    encoder = ConfiguredEncoder(tiny_static_encoder(tmp_path / "static", words=3))
    ranker = ConfiguredCrossEncoder(tiny_cross_encoder(tmp_path / "ranker", words=3))

    with pytest.raises(EncoderUnavailable, match="cannot encode"):
        encoder.encode_query(QUESTION)
    with pytest.raises(RerankerUnavailable, match="cannot be used"):
        ranker.chances(QUESTION, [PASSAGE])


def test_a_cross_encoder_s_scores_are_chances_in_its_own_order(ranker: Path) -> None:
    texts = ["Carers trust leaders.", "Boats and volunteers.", "Lanterns of the night."]

    chances = ConfiguredCrossEncoder(ranker).chances(QUESTION, texts)

    pairs = [(QUESTION, text) for text in texts]
    expected = CrossEncoder(str(ranker), device="cpu").predict(pairs)
    assert np.allclose(chances, expected, atol=1e-5)
    assert len(set(np.round(chances, 6))) == len(texts)
    assert ConfiguredCrossEncoder(ranker).chances(QUESTION, []) == []


def test_of_two_outputs_the_second_is_relevant_and_three_are_refused(tmp_path: Path) -> None:
    two = ConfiguredCrossEncoder(tiny_cross_encoder(tmp_path / "two", outputs=2))
    three = ConfiguredCrossEncoder(tiny_cross_encoder(tmp_path / "three", outputs=3))

    reference = CrossEncoder(str(tmp_path / "two"), device="cpu")
    [shares] = reference.predict([(QUESTION, PASSAGE)], apply_softmax=True)
    assert two.chances(QUESTION, [PASSAGE])[0] == pytest.approx(shares[1], abs=1e-5)
    with pytest.raises(RerankerUnavailable, match="3 outputs"):
        three.chances(QUESTION, [PASSAGE])


def test_settings_open_both_and_another_encoder_does_not_search_the_index(
    model: Path, ranker: Path, tmp_path: Path
) -> None:
    file = tmp_path / "carers.md"
    file.write_text("# Night carers\n\nLanterns helped the carers of the night.\n", encoding="utf-8")
    settings = Settings(index=tmp_path / "index", cache=tmp_path, encoder=model, reranker=ranker)
    Sync(settings.index, open_encoder(model), load_framework()).run(find_files([file])[0])

    found = open_assistant(settings).search("Who helps carers?", 5)
    asked = open_assistant(settings).ask("Who helps the carers of the night?")

    assert "reranked" in found.evidence[0].scores
    assert asked.provenance["reranker"] == ConfiguredCrossEncoder(ranker).fingerprint
    with pytest.raises(IndexMismatch):
        open_assistant(settings.model_copy(update={"encoder": None})).search("Who?", 5)


def test_without_a_setting_the_packaged_encoder_is_used_and_nothing_reranks() -> None:
    assert isinstance(open_encoder(None), MiniLM)
    assert open_cross_encoder(None) is None


def test_a_home_directory_is_found_in_both_settings(tmp_path: Path) -> None:
    chosen = load_settings(encoder=Path("~/models/one"), reranker=Path("~/models/two"))

    assert (chosen.encoder, chosen.reranker) == (Path.home() / "models/one", Path.home() / "models/two")
    with pytest.raises(SettingsError):
        load_settings(encoder=7)
