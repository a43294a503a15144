"""The made-up documents that the reader learns from: what was written for them stands in them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.reader import Head
from assistant.reader.heads import CLASSES
from assistant.records import Stance, Voice
from evals.training.claims import CONTRADICTS, NEITHER, SUPPORTS, load_claims
from evals.training.made_up import FILE, UNSEEN, load_documents
from evals.training.written import written_passages


@pytest.mark.parametrize("file", [FILE, UNSEEN])
def test_answers_and_quotations_stand_in_their_paragraphs(file: Path) -> None:
    for document in load_documents(file):
        paragraphs = document.written["paragraphs"]
        for question in document.written["questions"]:
            assert question["answers"]
            assert [document.document.text[a:b] for a, b in document.answers(question)] == [
                answer["sentence"] for answer in question["answers"]
            ]
        assert all(claim["quote"] in paragraphs[claim["paragraph"]] for claim in document.written["claims"])


def test_no_document_is_both_learnt_from_and_kept_back() -> None:
    learnt, kept_back = (
        {json.loads(line)["id"] for line in file.read_text(encoding="utf-8").splitlines()}
        for file in (FILE, UNSEEN)
    )
    assert len(learnt) == 213
    assert len(kept_back) == 25
    assert not learnt & kept_back


def test_whether_a_claim_is_borne_out_cannot_be_told_from_the_claim() -> None:
    seen: dict[str, dict[str, int]] = {}
    for one in load_claims(None, seed=1).examples:
        assert one.head is Head.SUPPORT
        seen.setdefault(one.second, {})[one.first] = one.target
    for document in load_documents():
        for claim in document.written["claims"]:
            quote = claim["quote"]
            assert seen[quote][quote] == SUPPORTS
            for text in claim["supported"]:
                assert seen[text][quote] == SUPPORTS
                assert NEITHER in seen[text].values()
            for text in claim["contradicted"]:
                assert seen[text][quote] == CONTRADICTS
            for text in (*claim["overstated"], *claim["unsupported"]):
                assert seen[text][quote] == NEITHER


def test_every_written_sentence_has_labels_that_are_known() -> None:
    clusters = {*CLASSES[Head.CLUSTER]}
    passages = written_passages()

    assert len(passages) == 1271
    for one in (sentence for passage in passages for sentence in passage):
        assert Stance(one.stance)
        assert Voice(one.voice)
        assert one.cluster in clusters
        assert one.text == one.text.strip() != ""


def test_voices_are_given_for_sentences_of_the_made_up_documents() -> None:
    texts = {
        entry["id"]: " ".join([entry["title"], *entry["paragraphs"]])
        for file in (FILE, UNSEEN)
        for entry in map(json.loads, file.read_text(encoding="utf-8").splitlines())
    }
    given = [json.loads(line) for line in (FILE.parent / "voices.jsonl").read_text("utf-8").splitlines()]

    assert {one["id"] for one in given} == texts.keys()
    for one in given:
        assert Voice(one["voice"])
        for voice, sentences in one["others"].items():
            assert Voice(voice)
            assert all(" ".join(words.split()) in " ".join(texts[one["id"]].split()) for words in sentences)
