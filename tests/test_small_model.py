"""A real small model through the whole chain: however weak it is, nothing unsupported appears as supported."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.chat_models import open_chat_model
from assistant.encoding.minilm import MiniLM
from assistant.framework import load_framework
from assistant.index import Index
from assistant.pipeline import Assistant
from assistant.reader import TrainedReader
from assistant.settings import Settings
from assistant.verification import verify
from assistant.verification.reading import ReaderScorer
from tests import invariants
from tests.chat_servers import KEY, serving
from tests.small_model import small_model

QUESTIONS = (
    "What helps a new practice model survive the end of its grant?",
    "Why do frontline staff resist new ways of working?",
)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_nothing_unsupported_of_a_real_small_model_is_shown_as_supported(
    encoder: MiniLM, bundled_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    said: list[str] = []
    reader = TrainedReader()
    with serving("openai", small_model(said)) as server:
        settings = Settings(model=server.model, model_url=server.url, model_timeout=600)
        model = open_chat_model(settings, is_remote=False)
        small = Assistant(Index(bundled_index, encoder.fingerprint), encoder, load_framework(), model, reader)
        for question in QUESTIONS:
            answer = small.ask(question)

            invariants.check(answer, small)
            assert answer.claims or answer.dropped or "could not be read" in answer.message
            for claim in invariants.all_claims(answer):
                assert verify(claim, ReaderScorer(reader)).support is claim.support
            if answer.provenance["written_by"] == "selection":
                assert "without it" in answer.message
                quotes = {citation.quote for claim in answer.claims for citation in claim.citations}
                assert all(claim.text in " ".join(quotes) for claim in answer.claims)
    assert len(QUESTIONS) <= len(said) <= 2 * len(QUESTIONS)
