"""What the answers to the cases cost, step by step, with the chat model of the settings if they name one."""

from __future__ import annotations

import argparse
from typing import Any

from assistant.encoding.minilm import MiniLM
from assistant.framework import load_framework
from assistant.pipeline import Assistant
from assistant.reader import TrainedReader
from assistant.settings import load_settings
from evals import asking
from evals.judges import chat_model_of
from evals.runs import Measured
from evals.steps import CountingModel, measures_of, take

# Questions that are asked before any is measured: models are loaded with the first.
WARM_UP = 5


def run_cases(options: argparse.Namespace) -> tuple[list[Measured], dict[str, Any], list[dict[str, Any]]]:
    """Measures, what they are about, and seconds of each case. Raises CaseError or AssistantError."""
    asked, encoder, model = asking.prepare(options), MiniLM(), chat_model_of(load_settings())
    counting = CountingModel(model, lambda text: len(encoder.spans(text))) if model else None
    assistant = Assistant(asked.assistant.index, encoder, load_framework(), counting, TrainedReader())
    for case in asked.cases[:WARM_UP]:
        assistant.ask(case.question, case.previous)
    taken = [take(assistant, case, counting) for case in asked.cases]
    items = [{"id": one.id, "seconds": round(one.whole, 4)} for one in taken]
    about = {"cases": len(taken), "chat model": counting.name if counting else "none"}
    return measures_of(taken), about, items
