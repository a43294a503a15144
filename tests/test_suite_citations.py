"""Citing afterwards, on a made-up document: it always cites something, and its quotations are not the text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.encoding import Vectors
from assistant.records import Status
from assistant.verification import word_share
from evals.arms import Hit
from evals.arms.citing import by_copying, by_resemblance, by_search, with_slips
from evals.cases import Case, Gold
from evals.runs import PART
from evals.suites.citations import OURS, likeness_by, measures_of, statements_of

LAMPS = (
    "Lanterns on every landing helped the night carers to find the rooms of the house without waking anybody."
)
BOATS = "The harbour boats were repainted by volunteers in spring."
TEXT = f"{LAMPS} {BOATS}"
TEXTS = {"doc": TEXT}
HITS = [Hit("doc", 0, len(LAMPS), 0.9), Hit("doc", len(LAMPS) + 1, len(TEXT), 0.8)]
GOLD = Gold("doc", 0, len(LAMPS))
CASE = Case("c", "enablers", "p", "?", "answer", (GOLD,), ("lanterns helped carers", "may add: one house"))


def likeness(statement: str, pieces: Sequence[str]) -> list[float]:
    return [word_share(statement, piece) for piece in pieces]


def test_a_statement_cites_the_piece_that_it_resembles() -> None:
    made = by_resemblance("?", ["Volunteers repainted boats."], HITS, TEXTS, likeness)

    ((cited,),) = [claim.citations for claim in made.claims]
    assert cited.quote == TEXT[cited.start : cited.end] == BOATS


def test_a_statement_that_nothing_bears_out_is_cited_all_the_same() -> None:
    made = by_resemblance("?", ["Whales sing."], HITS, TEXTS, likeness)

    assert (made.status, len(made.claims[0].citations)) == (Status.ANSWERED, 1)


def test_without_pieces_nothing_is_cited() -> None:
    assert by_resemblance("?", ["Whales sing."], [], TEXTS, likeness).status is Status.NOT_IN_EVIDENCE
    assert by_copying("?", [LAMPS], [], TEXTS).status is Status.NOT_IN_EVIDENCE


def test_a_copied_quotation_is_placed_and_is_not_the_text() -> None:
    made = by_copying("?", [LAMPS], HITS, TEXTS)

    (cited,) = made.claims[0].citations
    assert cited.end - cited.start > 0.9 * len(LAMPS)
    assert cited.quote != TEXT[cited.start : cited.end]


def test_a_quotation_that_was_not_retrieved_is_placed_somewhere_else() -> None:
    made = by_copying("?", [LAMPS], HITS[1:], TEXTS)

    assert made.claims[0].citations[0].start >= HITS[1].start


def test_a_search_shows_every_piece_that_it_brought_as_a_source() -> None:
    made = by_search("?", HITS, TEXTS)

    assert [claim.citations[0].quote for claim in made.claims] == [LAMPS, BOATS]
    means = {one.name: one.estimate().mean for one in measures_of([CASE], {OURS: {"c": made}}, TEXTS)}
    assert (means["quotation verbatim"], means["gold cited"], means["cited is gold"]) == (1.0, 1.0, 0.5)


def test_every_eighth_word_slips() -> None:
    assert with_slips("a b c d e f g h i") == "a b c d e f g somewhat i"
    assert with_slips("a b c") == "a b c"


def test_optional_facts_are_no_statements() -> None:
    assert statements_of(CASE) == ["lanterns helped carers"]


def test_each_way_is_measured_by_the_same_measures() -> None:
    answers = {
        OURS: {"c": by_resemblance("?", statements_of(CASE), HITS, TEXTS, likeness)},
        "copied": {"c": by_copying("?", [LAMPS], HITS, TEXTS)},
        "astray": {"c": by_resemblance("?", ["Volunteers repainted boats."], HITS, TEXTS, likeness)},
    }

    means = {one.name: one.estimate().mean for one in measures_of([CASE], answers, TEXTS)}

    assert means["quotation verbatim"] == means["gold cited"] == means["cited is gold"] == 1.0
    assert means[PART.join(["quotation verbatim", "arm", "copied"])] == 0.0
    assert means[PART.join(["gold cited", "arm", "copied"])] == 1.0
    assert means[PART.join(["gold cited", "arm", "astray"])] == 0.0
    assert means[PART.join(["cited is gold", "arm", "astray"])] == 0.0


def test_likeness_is_the_cosine_and_each_text_is_encoded_once() -> None:
    vectors = {"lamps": [1.0, 0.0], "boats": [0.0, 1.0], "lamp": [0.8, 0.6]}
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> Vectors:
        asked.extend(texts)
        return np.array([vectors[text] for text in texts], dtype=np.float32)

    likeness = likeness_by(encode)

    assert np.allclose(likeness("lamp", ["lamps", "boats"]), [0.8, 0.6])
    assert np.allclose(likeness("lamp", ["boats", "boats"]), [0.6, 0.6])
    assert asked.count("boats") == 1
