"""The reader that comes with the program looks at the quotation, not at how a claim is worded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.reader import TrainedReader
from assistant.records import Support
from assistant.verification import verify
from assistant.verification.reading import ReaderScorer
from evals.training.made_up import UNSEEN, load_documents
from tests.builders import citation, claim

CLAIMS = [one for document in load_documents(UNSEEN) for one in document.written["claims"]]
QUOTES = [one["quote"] for one in CLAIMS]
RIGHT = [(one["quote"], text) for one in CLAIMS for text in one["supported"]]
# Each right claim beside the quotation of the claim after the next three: mostly of the same document.
SHIFTED = [
    (QUOTES[(place + 3) % len(QUOTES)], text) for place, one in enumerate(CLAIMS) for text in one["supported"]
]


@pytest.fixture(scope="module")
def scorer() -> ReaderScorer:
    return ReaderScorer(TrainedReader())


def supported(pairs: Sequence[tuple[str, str]], scorer: ReaderScorer) -> float:
    """The share of (quotation, claim) that is shown as supported."""
    verdicts = [verify(claim(text, [citation(quote)]), scorer).support for quote, text in pairs]
    return float(np.mean([one is Support.SUPPORTED for one in verdicts]))


def test_a_claim_is_not_borne_out_by_a_sentence_about_something_else(scorer: ReaderScorer) -> None:
    assert supported(SHIFTED, scorer) <= 0.03
    assert supported(RIGHT, scorer) >= 0.1


def test_a_sentence_bears_itself_out_however_it_ends(scorer: ReaderScorer) -> None:
    bare = [(quote, quote.rstrip(".").lower()) for quote in QUOTES]

    assert supported(bare, scorer) == 1.0
