"""What the tests share: real parts made once, fakes, and documents made by program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as limits

from assistant.encoding.minilm import MiniLM
from assistant.framework import load_framework
from assistant.index import Index
from assistant.index.files import bundled_files
from assistant.index.sync import Sync
from assistant.pipeline import Assistant
from assistant.reader import TrainedReader
from assistant.resources import corpus_directory
from tests.chat_servers import KEY
from tests.fakes import FakeEncoder

# How long an example takes says more of the machine than of the program.
limits.register_profile("untimed", deadline=None)
limits.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
# Real documents that lie beside the project on some machines; none of them is part of it.
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where evals keep their indexes: as the environment says, else a new folder."""
    given = os.environ.get("ASSISTANT_CACHE")
    return Path(given) if given else tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def encoder() -> MiniLM:
    """The packaged model."""
    return MiniLM()


@pytest.fixture
def provider_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key for each provider of chat models, and no proxy on the way to the servers of the tests."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.setenv(name, KEY)


@pytest.fixture
def fake_encoder() -> FakeEncoder:
    """An encoder without a model."""
    return FakeEncoder()


@pytest.fixture(scope="session")
def bundled_index(encoder: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the bundled notes by the packaged model. Not to be written to."""
    root = tmp_path_factory.mktemp("bundled") / "index"
    Sync(root, encoder, load_framework()).run(bundled_files(corpus_directory()))
    return root


@pytest.fixture(scope="session")
def assistant(encoder: MiniLM, bundled_index: Path) -> Assistant:
    """The assistant over the bundled notes, without a chat model."""
    index = Index(bundled_index, encoder.fingerprint)
    return Assistant(index, encoder, load_framework(), reader=TrainedReader())


@pytest.fixture(scope="session")
def documents() -> Path:
    """Real documents to run against; the test is skipped where they are not."""
    folder = SHARED / "documents"
    if not folder.is_dir():
        pytest.skip("the real documents do not lie beside the project on this machine")
    return folder


@pytest.fixture
def environment(tmp_path: Path, cache: Path) -> Iterator[dict[str, str]]:
    """Environment for the real program in a process of its own, with an empty index."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    yield {**kept, "ASSISTANT_INDEX": str(tmp_path / "index"), "ASSISTANT_CACHE": str(cache)}


@pytest.fixture
def over_notes(environment: dict[str, str], bundled_index: Path) -> dict[str, str]:
    """Environment for the real program with the index of the bundled notes, which it may only read."""
    return {**environment, "ASSISTANT_INDEX": str(bundled_index)}
