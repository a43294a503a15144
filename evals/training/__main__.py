"""`python -m evals.training`: train a model and write its file with a record of facts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assistant.encoding.weights import check_weights, load_tokeniser, model_directory
from assistant.reader import Head
from assistant.reader.pairs import tensors
from evals.training.balanced import load_balanced
from evals.training.claims import load_claims
from evals.training.examples import Mixture
from evals.training.fit import Schedule, fit
from evals.training.own_texts import load_own
from evals.training.public import load_public

QUESTIONS = Path("assistant/encoding/model/questions.onnx")
READER = Path("assistant/reader/model/reader.npz")
READERS = {
    "reader": READER,
    "claims": READER.with_name("claims.npz"),
    "relevance": READER.with_name("relevance.npz"),
}
LINEAR = {
    Head.STANCE: Path("assistant/labelling/model/stance.npz"),
    Head.CLUSTER: Path("assistant/labelling/model/cluster.npz"),
    Head.DECLINE: Path("assistant/confidentiality/model/decline.npz"),
}
VOICE = Path("assistant/labelling/model/voice.npz")
# Claims are read again beside other quotations: each schedule's seed draws its own.
SCHEDULES = {
    "reader": (Schedule(),),
    "claims": (Schedule(epochs=2, rate=1e-4), Schedule(epochs=2, rate=7e-5, seed=20261123)),
    "relevance": (Schedule(epochs=1, seed=20261123),),
}
PROBES = 120


def main() -> int:
    """Train and export."""
    options = _parser().parse_args()
    check_weights(model_directory())
    if options.model in READERS:
        _train_reader(options)
    elif options.model == "questions":
        _train_questions(options)
    elif options.model == "passages":
        from evals.training.passages import write

        write()
    elif options.model == "asides":
        from evals.training.asides import write_asides

        _say(write_asides())
    elif options.model == "tokens":
        from evals.training.tokens import write_tokens

        _say(str(write_tokens()))
    else:
        _fit_linear()
    return 0


def _train_reader(options: argparse.Namespace) -> None:
    from evals.training.model import Batcher, Reader
    from evals.training.readers import read_reader, write_reader

    reader, batcher = Reader(model_directory()), Batcher(model_directory())
    if options.model == "relevance":
        reader.load_state_dict(read_reader(READER, reader.state_dict()))
    for schedule in SCHEDULES[options.model]:
        mixture = _mixture(options, schedule).without(set(options.hold_out or ()))
        _say(f"{len(mixture.examples)} examples, {len(mixture.rankings)} rankings")
        fit(reader, batcher, mixture, schedule, _say)
    _say(str(write_reader(reader, options.output or READERS[options.model], _pairs(mixture))))


def _mixture(options: argparse.Namespace, schedule: Schedule) -> Mixture:
    """What a reader learns by one schedule."""
    if options.model == "claims":
        return load_claims(options.public, schedule.seed)
    own = load_own(schedule.seed)
    if options.model == "relevance":
        # What it knew of claims and of what is to be declined keeps it from forgetting how to read.
        balanced = load_balanced(schedule.seed)
        balanced.examples += [one for one in own.examples if one.head is Head.SUPPORT]
        own = balanced
    return own + load_public(options.public, schedule.seed) if options.public else own


def _train_questions(options: argparse.Namespace) -> None:
    from assistant.encoding.configured import open_encoder
    from assistant.encoding.minilm import MiniLM
    from evals.training.export import export
    from evals.training.lessons import load_lessons
    from evals.training.questions import Teaching, gather_answers, load_questions, teach

    if options.teacher is None:
        raise SystemExit("The question encoder learns from a stronger one: name its folder with --teacher.")
    base = model_directory()
    answers = gather_answers(MiniLM())
    pairs = load_questions(answers, set(options.hold_out or ()))
    _say(f"{len(pairs)} questions of {len(answers.rows)} findings")
    lessons = load_lessons(open_encoder(options.teacher))
    questions = teach(base, pairs, answers, lessons, Teaching(), _say)
    tokeniser = load_tokeniser(base)
    probes = [tensors(tokeniser, [(question, "")]) for question, _ in pairs[:: max(1, len(pairs) // PROBES)]]
    _say(str(export(questions, options.output or QUESTIONS, "tokens", probes)))


def _fit_linear() -> None:
    from assistant.encoding.minilm import MiniLM
    from evals.training.linear import fit_linear, fit_voice

    encoder = MiniLM()
    voice, told = fit_voice(encoder)
    voice.save(VOICE)
    _say(told)
    for head, path in LINEAR.items():
        path.parent.mkdir(exist_ok=True)
        fit_linear(head, encoder).save(path)
        _say(f"{path}: {path.stat().st_size:,} bytes")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.training", description=__doc__)
    parser.add_argument("model", choices=["questions", *READERS, "linear", "passages", "tokens", "asides"])
    parser.add_argument(
        "--teacher",
        type=Path,
        help="folder of the sentence-transformers model that the question encoder learns from",
    )
    parser.add_argument("--public", type=Path, help="folder of public sets (scifact, qmsum-committee, …)")
    parser.add_argument(
        "--output", type=Path, help="the model's file; by default the one that the program uses"
    )
    parser.add_argument("--hold-out", action="append", help="a group to leave out (a note's name)")
    return parser


def _pairs(mixture: Mixture) -> list[tuple[str, str]]:
    """Pairs by which the model is put into eight bits and compared with what was trained."""
    examples = mixture.examples[:: max(1, len(mixture.examples) // PROBES)]
    return [(example.first, example.second) for example in examples]


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
