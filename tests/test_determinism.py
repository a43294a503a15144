from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.framework import load_framework
from assistant.index import Index
from assistant.index.files import find_files
from assistant.index.sync import Sync
from assistant.pipeline import Assistant
from assistant.reader import TrainedReader
from tests import studies
from tests.builders import write_files
from tests.conftest import ROOT
from tests.fakes import FakeEncoder

QUESTIONS = [studies.LANTERN, studies.HARBOUR, studies.ORCHARD, studies.ELSEWHERE]
ASK = """
import json, sys
from pathlib import Path
from assistant.rendering import answer_json
from tests.test_determinism import QUESTIONS, over
assistant = over(Path(sys.argv[1]), Path(sys.argv[2]))
print(json.dumps([answer_json(assistant.ask(question)) for question in QUESTIONS]))
"""


def over(index: Path, folder: Path, reverse: bool = False) -> Assistant:
    """An assistant over a new index of a folder."""
    encoder, framework = FakeEncoder(), load_framework()
    items = find_files([folder])[0]
    Sync(index, encoder, framework).run(items[::-1] if reverse else items)
    return Assistant(Index(index, encoder.fingerprint), encoder, framework, reader=TrainedReader())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_files(tmp_path_factory.mktemp("files"), studies.FILES)


def test_the_same_question_twice_gives_equal_answers(folder: Path, tmp_path: Path) -> None:
    assistant = over(tmp_path / "index", folder)

    for question in QUESTIONS:
        assert assistant.ask(question) == assistant.ask(question)


def test_an_index_made_again_elsewhere_and_in_another_order_gives_equal_answers(
    folder: Path, tmp_path: Path
) -> None:
    one = over(tmp_path / "one", folder)
    other = over(tmp_path / "other" / "place", folder, reverse=True)

    for question in QUESTIONS:
        assert one.ask(question) == other.ask(question)


def test_answers_do_not_depend_on_the_order_of_python_s_hashes(folder: Path, tmp_path: Path) -> None:
    answers = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", ASK, str(tmp_path / seed), str(folder)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        answers.append(json.loads(done.stdout))

    assert answers[0] == answers[1]
    assert any(answer["claims"] for answer in answers[0])


def test_the_packaged_model_gives_the_same_answer_twice(assistant: Assistant) -> None:
    question = "What gets in the way when agencies try to work together?"

    assert assistant.ask(question) == assistant.ask(question)
