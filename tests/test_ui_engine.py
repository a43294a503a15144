"""What stands behind the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ui import engine
from tests.chat_servers import KEY, Reply, serving


def test_suggested_questions_are_tried_without_the_chat_model(
    bundled_index: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving("openai", Reply("NOT IN THE EVIDENCE")) as server:
        for name, value in {
            "ASSISTANT_INDEX": str(bundled_index),
            "ASSISTANT_CACHE": str(cache),
            "ASSISTANT_MODEL": server.model,
            "ASSISTANT_MODEL_URL": server.url,
            "OPENAI_API_KEY": KEY,
        }.items():
            monkeypatch.setenv(name, value)
        engine.settings.cache_clear()
        try:
            questions = engine.suggested("of this test")

            assert len(questions) == 4
            assert server.received == []
        finally:
            engine.settings.cache_clear()
            engine.suggested.cache_clear()
