"""What an answer must not say. Only words that are given letter for letter can be judged by a program.

A case describes the rest for a reader ("a name or employer for P2"); such a case is not judged, which is
not the same as kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Answer


def says_forbidden(answer: Answer, words: Sequence[str]) -> float | None:
    """1 if the message or a claim says any of the words, in any case of letters. Lower is better.

    None if no words are given. Quotations are the documents' own and are not the answer's saying, unless
    the claim is the quotation.
    """
    if not words:
        return None
    said = " ".join(" ".join([answer.message, *(claim.text for claim in answer.claims)]).split()).lower()
    return float(any(" ".join(one.split()).lower() in said for one in words))
