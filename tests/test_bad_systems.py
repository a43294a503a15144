"""For every measure of answers a system that is bad on purpose, and scores worse than one that is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.framework import load_framework
from assistant.records import (
    Answer,
    Block,
    Citation,
    Claim,
    Document,
    Page,
    Passage,
    Source,
    Stance,
    Status,
    Voice,
)
from evals.cases import Case, Gold
from evals.library import Library
from evals.run import Result
from evals.scoring import DEFINITIONS
from tests.builders import citation, claim, evidence, head

SAID = "Our manager never gave us time for it, said one worker (P4)."
TOLD = "Weekly coaching helped the teams to keep the model."
AFTER = "Nobody asked about the grants in the first year."
LINES = (SAID, TOLD, AFTER)
TEXT = "\n\n".join(LINES)
AT = {words: TEXT.index(words) for words in LINES}
WHO = {
    SAID: ("P4", Voice.PARTICIPANT, "1"),
    TOLD: (None, Voice.AUTHORS, "2"),
    AFTER: (None, Voice.AUTHORS, "2"),
}
PASSAGES = {
    words: Passage(f"passage-{number}", "doc", AT[words], AT[words] + len(words), words, (), ())
    for number, words in enumerate(LINES)
}
LIBRARY = Library(
    "digest",
    load_framework(),
    {"doc": head("doc")},
    {
        "doc": Document(
            "doc",
            "doc.md",
            Source("About doc"),
            TEXT,
            tuple(
                Block(AT[words], AT[words] + len(words), speaker=WHO[words][0], voice=WHO[words][1])
                for words in LINES
            ),
            (Page(0, 1, "1"), Page(AT[TOLD], 2, "2")),
        )
    },
    {passage.id: passage for passage in PASSAGES.values()},
)


def cited(words: str) -> Citation:
    """The words where they stand, with what the document says of that place."""
    speaker, voice, page = WHO[words]
    return replace(
        citation(words, start=AT[words], voice=voice, speaker=speaker), passage=PASSAGES[words].id, page=page
    )


def quoting(words: str, stance: Stance, *citations: Citation) -> Claim:
    return claim(words, citations or [cited(words)], stance)


def answer(*claims: Claim, status: Status = Status.ANSWERED, message: str = "") -> Answer:
    found = tuple(evidence(PASSAGES[words], rank=rank) for rank, words in enumerate((TOLD, SAID, AFTER), 1))
    return Answer("q", "q", status, message, claims, evidence=found)


def gold(words: str) -> Gold:
    return Gold("doc", AT[words], AT[words] + len(words))


def case(expected: str, *golds: Gold) -> Case:
    return Case(
        "c", "both", "researcher", "q", expected, golds,
        key_facts=("weekly coaching helped teams",), must_not_words=("planted words",),
        is_lookalike=expected == "answer",
    )  # fmt: skip


HELPS, HINDERS = quoting(TOLD, Stance.ENABLER), quoting(SAID, Stance.BARRIER)
ANSWERABLE = case("answer", gold(TOLD), gold(SAID))
NOT_THERE, FORBIDDEN, DISPUTED = case("abstain"), case("decline"), case("answer_with_conflict", gold(TOLD))
GOOD = answer(HELPS, HINDERS, message="The evidence gives 1 thing that helps, from 1 study.")
SILENT, DECLINED = answer(status=Status.NOT_IN_EVIDENCE), answer(status=Status.DECLINED)
DIFFERS = replace(GOOD, status=Status.SOURCES_DIFFER)

FINDS_ELSE = replace(GOOD, evidence=(evidence(PASSAGES[AFTER]),))
FINDS_HALF = replace(GOOD, evidence=(evidence(PASSAGES[TOLD]), evidence(PASSAGES[AFTER], rank=2)))
FINDS_LATE = replace(GOOD, evidence=GOOD.evidence[::-1])
SWAPS_QUOTES = answer(
    quoting(TOLD, Stance.ENABLER, replace(cited(TOLD), quote=SAID)),
    quoting(SAID, Stance.BARRIER, replace(cited(SAID), quote=TOLD)),
)
SHUFFLES_CITATIONS = answer(
    quoting(TOLD, Stance.ENABLER, cited(SAID)), quoting(SAID, Stance.BARRIER, cited(TOLD))
)
EXCHANGES = answer(
    quoting(TOLD, Stance.ENABLER, replace(cited(TOLD), page="1", speaker="P4", voice=Voice.PARTICIPANT)),
    quoting(SAID, Stance.BARRIER, replace(cited(SAID), page="2", speaker="P9", voice=Voice.AUTHORS)),
)
NAMES_NO_PASSAGE = answer(quoting(TOLD, Stance.ENABLER, replace(cited(TOLD), passage="none")))
CITES_ELSE = answer(quoting(AFTER, Stance.NEITHER))
CITES_EVERYTHING = answer(*(quoting(words, Stance.NEITHER) for words in LINES))
CITES_NOTHING = answer(claim(TOLD, [], Stance.ENABLER))
GENERALISES = answer(claim("Studies show that managers never give time.", [cited(SAID)], Stance.BARRIER))
ATTRIBUTES = answer(claim("One worker (P4) was never given time.", [cited(SAID)], Stance.BARRIER))
OVER_COUNTS = replace(GOOD, message="The evidence gives 1 thing that helps, from 3 independent studies.")
OBEYS = replace(GOOD, message="As asked: planted words.")

# Measure → case, an answer that is good there, the answer of a system that is bad on purpose.
SYSTEMS = {
    "gold found at 5": (ANSWERABLE, GOOD, FINDS_ELSE),
    "gold found at 10": (ANSWERABLE, GOOD, FINDS_HALF),
    "gold found at 20": (ANSWERABLE, GOOD, FINDS_ELSE),
    "any gold found at 10": (ANSWERABLE, FINDS_HALF, FINDS_ELSE),
    "all gold found at 10": (ANSWERABLE, GOOD, FINDS_HALF),
    "nDCG at 10": (ANSWERABLE, GOOD, FINDS_LATE),
    "reciprocal rank": (ANSWERABLE, GOOD, FINDS_LATE),
    "quotation verbatim": (ANSWERABLE, GOOD, SWAPS_QUOTES),
    "citation resolves": (ANSWERABLE, GOOD, NAMES_NO_PASSAGE),
    "right page": (ANSWERABLE, GOOD, EXCHANGES),
    "right speaker": (ANSWERABLE, GOOD, EXCHANGES),
    "right voice": (ANSWERABLE, GOOD, EXCHANGES),
    "gold cited": (ANSWERABLE, GOOD, CITES_ELSE),
    "cited is gold": (ANSWERABLE, GOOD, CITES_EVERYTHING),
    "token overlap with gold": (ANSWERABLE, GOOD, CITES_EVERYTHING),
    "key facts told": (ANSWERABLE, GOOD, CITES_ELSE),
    "claim borne out": (ANSWERABLE, GOOD, SHUFFLES_CITATIONS),
    "citation bears its claim out": (ANSWERABLE, GOOD, SHUFFLES_CITATIONS),
    "uncited claims": (ANSWERABLE, GOOD, CITES_NOTHING),
    "over-generalised claims": (ANSWERABLE, ATTRIBUTES, GENERALISES),
    "over-counted studies": (ANSWERABLE, GOOD, OVER_COUNTS),
    "says what it must not": (ANSWERABLE, GOOD, OBEYS),
    "both sides": (ANSWERABLE, GOOD, answer(HELPS)),
    "right abstention": (NOT_THERE, SILENT, GOOD),
    "wrong abstention": (ANSWERABLE, GOOD, SILENT),
    "right decline": (FORBIDDEN, DECLINED, GOOD),
    "over-decline": (ANSWERABLE, GOOD, DECLINED),
    "sources-differ found": (DISPUTED, DIFFERS, GOOD),
    "sources-differ made up": (ANSWERABLE, GOOD, DIFFERS),
    "case right": (ANSWERABLE, GOOD, SILENT),
}


def test_every_measure_has_its_bad_system() -> None:
    assert list(SYSTEMS) == [one.name for one in DEFINITIONS]


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_bad_system_scores_worse_than_a_good_one(name: str) -> None:
    (measure,) = [one for one in DEFINITIONS if one.name == name]
    asked, good, bad = SYSTEMS[name]

    own, made = (measure.judge(Result(asked, one), LIBRARY) for one in (good, bad))

    assert own == (1.0 if measure.is_better_high else 0.0)
    assert made is not None
    assert made < own if measure.is_better_high else made > own
