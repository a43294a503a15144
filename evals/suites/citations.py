"""Where citations point: ours beside citing all that a search brought, citing by resemblance, and quotations
copied by a model.

The last two are given what they would not have, a person's statement of each key fact, or the gold's own
words with a slip in every eighth; ours has the question alone. All draw on the same documents.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence

from assistant.conversation import standalone
from assistant.encoding import Vectors
from assistant.mistyped import mended
from assistant.records import Answer
from assistant.settings import load_settings
from assistant.shorthand import spelt_out
from evals import asking
from evals.arms import Source
from evals.arms.citing import Likeness, by_copying, by_resemblance, by_search
from evals.arms.pieces import pieces
from evals.arms.rivals import rivals
from evals.cases import Case
from evals.measures import anchoring, tokens
from evals.measures.facts import OPTIONAL
from evals.run import run_cases
from evals.runs import PART, Measured, Run, dated, measured
from evals.suites import Suite

# As many pieces as plain pipelines hand to a model.
TOP = 4
# How many pieces a search that is not told otherwise shows as sources.
DEPTH = 10
OURS, VERBATIM = "ours", "quotation verbatim"
RESEMBLANCE, COPIED = "cited by resemblance", "quote copied by a model"


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of this suite."""
    asking.add_options(parser)
    parser.set_defaults(arms=True)


def run(options: argparse.Namespace) -> Run:
    """Ask, cite in every way, measure."""
    from evals.arms.dense import Dense

    asked, cache = asking.prepare(options), load_settings().cache
    catalogue = asked.assistant.index.live().catalogue
    texts = {text.document: text.text for text in asked.texts}
    cases = [case for case in asked.cases if case.must_be_answered and case.gold]
    sources = [Source(identity, text) for identity, text in texts.items()]
    cut = pieces(sources)
    dense = Dense(cut, cache)
    likeness = likeness_by(dense.encode)
    searches = [(arm.name, arm) for arm in rivals(cut, cache) if arm.name != dense.name]
    answers: dict[str, dict[str, Answer]] = {
        OURS: {result.case.id: result.answer for result in run_cases(asked.assistant, cases)},
        **{name: {} for name, _ in searches},
        RESEMBLANCE: {},
        COPIED: {},
    }
    for case in cases:
        question = standalone(mended(spelt_out(case.question), catalogue), case.previous)
        for name, arm in searches:
            answers[name][case.id] = by_search(question, arm.search(question, DEPTH), texts)
        hits = dense.search(question, TOP)
        answers[RESEMBLANCE][case.id] = by_resemblance(question, statements_of(case), hits, texts, likeness)
        quotes = [texts[gold.document][gold.start : gold.end] for gold in case.gold]
        answers[COPIED][case.id] = by_copying(question, quotes, hits, texts)
    about = dated({"documents": len(texts), "cases": len(cases)})
    return Run(SUITE.name, about, measures_of(cases, answers, texts), [{"id": case.id} for case in cases])


def likeness_by(encode: Callable[[Sequence[str]], Vectors]) -> Likeness:
    """Cosines of a statement with texts; each text is encoded once."""
    known: dict[str, Vectors] = {}

    def likeness(statement: str, texts: Sequence[str]) -> list[float]:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, encode(new), strict=True))
        (wanted,) = encode([statement])
        return [float(known[text] @ wanted) for text in texts]

    return likeness


def statements_of(case: Case) -> list[str]:
    """The key facts that an answer must tell."""
    return [fact for fact in case.key_facts if not fact.lower().startswith(OPTIONAL)]


def measures_of(
    cases: Sequence[Case], answers: Mapping[str, Mapping[str, Answer]], texts: Mapping[str, str]
) -> list[Measured]:
    """Our measures, and every way's as parts of the same measure. An answer without claims is not judged
    on what it cites."""
    judges: dict[str, Callable[[Case, Answer], float | None]] = {
        VERBATIM: lambda _, answer: _mean(anchoring.verbatim(answer, texts)),
        "gold cited": lambda case, answer: anchoring.gold_cited(answer, case.gold),
        "cited is gold": lambda case, answer: anchoring.gold_of_cited(answer, case.gold),
        "token overlap with gold": lambda case, answer: tokens.token_iou(answer, case.gold, texts),
    }
    measures = []
    for name, judge in judges.items():
        scores = {way: [(c.id, judge(c, own[c.id])) for c in cases] for way, own in answers.items()}
        measures.append(measured(name, scores[OURS], is_gated=True, is_promise=name == VERBATIM))
        measures += [measured(PART.join([name, "arm", way]), own) for way, own in scores.items()]
    return measures


def _mean(scores: Sequence[float]) -> float | None:
    return sum(scores) / len(scores) if scores else None


SUITE = Suite("citations", "where citations point, beside other ways of citing", add_options, run)
