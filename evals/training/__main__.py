"""`python -m evals.training`: train the reader and write its ONNX file with a card of facts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evals.training.examples import Mixture
from evals.training.fit import Schedule, fit
from evals.training.own_texts import load_own
from evals.training.public import load_public


def main() -> int:
    """Train and export; 0 if the export agrees with what was trained."""
    options = _parser().parse_args()
    from assistant.encoding.weights import check_weights, model_directory
    from evals.training.model import Batcher, Reader

    base = model_directory()
    check_weights(base)
    schedule = Schedule(epochs=options.epochs, rate=options.rate)
    mixture = load_own(schedule.seed)
    if options.public:
        mixture += load_public(options.public, schedule.seed)
    mixture = mixture.without(set(options.hold_out or ()))
    _say(f"{len(mixture.examples)} examples, {len(mixture.rankings)} rankings")
    reader, batcher = Reader(base), Batcher(base)
    fit(reader, batcher, mixture, schedule, _say)
    from evals.training.export import export

    facts = export(reader, batcher, options.output, _probes(mixture))
    _say(str(facts))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.training", description=__doc__)
    parser.add_argument("--public", type=Path, help="folder of public sets (scifact, qmsum-committee, …)")
    parser.add_argument("--output", type=Path, required=True, help="folder for the model")
    parser.add_argument("--epochs", type=int, default=Schedule().epochs)
    parser.add_argument("--rate", type=float, default=Schedule().rate)
    parser.add_argument("--hold-out", action="append", help="a group to leave out (a note's name)")
    return parser


def _probes(mixture: Mixture) -> list[tuple[str, str]]:
    """Pairs on which the export is compared with what was trained."""
    return [
        (example.first, example.second)
        for example in mixture.examples[:: max(1, len(mixture.examples) // 60)]
    ]


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
