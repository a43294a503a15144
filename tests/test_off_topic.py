"""What the evidence has nothing to do with is met with silence, however it is put."""

from __future__ import annotations

import pytest

from assistant.pipeline import Assistant
from assistant.records import Status


@pytest.mark.parametrize(
    "question",
    [
        "What helps a sourdough starter?",
        "What hinders seed germination?",
        "What stops milk from curdling?",
        "Does salt melt ice?",
        "How can I improve my golf swing?",
        "Why do onions make you cry?",
    ],
)
def test_a_question_on_something_else_is_not_answered(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)

    assert answer.status is Status.NOT_IN_EVIDENCE
    assert answer.message.startswith("This is not in the evidence.")
    assert not answer.claims
