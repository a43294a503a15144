"""Support as the trained reader judges it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reader import CLASSES, Head, Reader
from assistant.verification.faults import word_share
from assistant.verification.scorer import RuleScorer, Verdict

# Of long evidence the quotations that share most words with the claim are read: each alone, and the first
# few of them together. Of so many one is always found that seems to bear it out: evals/decisions/support.md.
ALONE, TOGETHER = 8, 3
SUPPORTS, CONTRADICTS = (CLASSES[Head.SUPPORT].index(name) for name in ("supports", "contradicts"))


class ReaderScorer:
    """Reads quotations beside the claim that have a word in common with it; of more than it reads, words must bear the
    claim out, as far as the reader half agrees."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._rules = RuleScorer()

    def score(self, claim: str, quotes: Sequence[str]) -> Verdict:
        """As the protocol of scorers says; (0, 0) without such quotations. Raises ModelDamaged.

        What one quotation bears out is borne out; what none does alone, all together may. A claim is
        contradicted as much as by the quotation that speaks against it most, unless another bears it out.
        """
        # Beside a sentence on something else a reader still guesses from how a claim is worded.
        quotes = [quote for quote in quotes if word_share(claim, quote) > 0]
        if not quotes:
            return Verdict(0.0, 0.0)
        closest = sorted(range(len(quotes)), key=lambda i: (-word_share(claim, quotes[i]), i))
        together = " ".join(quotes[i] for i in sorted(closest[:TOGETHER]))
        read = list(dict.fromkeys([*(quotes[i] for i in closest[:ALONE]), together]))
        judged = self._reader.read(Head.SUPPORT, [(quote, claim) for quote in read])
        support = float(judged[:, SUPPORTS].max())
        if len(quotes) > ALONE:
            support = min(self._rules.score(claim, quotes).support, (1 + support) / 2)
        return Verdict(support, min(float(judged[:, CONTRADICTS].max()), 1.0 - support))
