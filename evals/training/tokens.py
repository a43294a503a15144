"""What late interaction needs of the packaged encoder: the axes along which its tokens differ most, and how rare each is.

Both come from texts of our own, the bundled notes and the made-up documents; nothing is learnt but their spread.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from assistant.encoding import unit
from assistant.encoding.late_interaction import MODEL
from assistant.encoding.passage_model import PassageModel
from assistant.encoding.weights import LIMIT, load_tokeniser, model_directory
from assistant.resources import corpus_directory
from evals.training.made_up import load_documents
from evals.training.record import write_record

# Numbers that a token keeps of 384: evals/decisions/late_interaction.md.
WIDTH = 96
# Every so many tokens are looked at for the axes.
STEP = 5


def write_tokens() -> dict[str, Any]:
    """Write the file; its record."""
    directory = model_directory()
    tokeniser = load_tokeniser(directory)
    read = [tokeniser.encode(text).ids[:LIMIT] for text in _texts()]
    vectors = unit(np.concatenate([tokens[1:-1] for tokens in PassageModel(directory).tokens(read)])[::STEP])
    middle = vectors.mean(axis=0)
    axes = np.linalg.svd(vectors - middle, full_matrices=False)[2][:WIDTH].T
    held = Counter(token for ids in read for token in set(ids))
    counts = np.array([held[token] for token in range(tokeniser.get_vocab_size())])
    rarity = np.log((len(read) + 1) / (counts + 0.5))
    np.savez(MODEL, middle=middle, axes=np.asarray(axes, dtype=np.float32), rarity=rarity.astype(np.float32))
    return write_record(MODEL)


def _texts() -> list[str]:
    """Paragraphs of the bundled notes and of the made-up documents."""
    notes = [path.read_text(encoding="utf-8") for path in sorted(corpus_directory().rglob("*.md"))]
    made_up = [document.document.text for document in load_documents()]
    return [part for text in (*notes, *made_up) for part in text.split("\n\n") if part.strip()]
