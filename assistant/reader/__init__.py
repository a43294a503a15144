"""The reader: one small trained model that reads a question with a sentence, a claim with a quotation, or
a sentence alone, and says how they stand to each other.

It judges and never writes. `model/CARD.md` tells what it was trained on and how good it is.
"""

from __future__ import annotations

from assistant.reader.heads import CLASSES, Head
from assistant.reader.trained import Probabilities, Reader, TrainedReader

__all__ = ["CLASSES", "Head", "Probabilities", "Reader", "TrainedReader"]
