"""Other judges of whether sentences bear a claim out: a model of natural language inference, or a chat model.

A judge is a model too, so its word is never shown without how far it agrees with people: on claims that they
have marked (`evals.claims`), the share judged alike and Cohen's kappa.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.answering.chat_models import ChatModel, open_chat_model
from assistant.confidentiality.addresses import runs_elsewhere
from assistant.prompts import load_prompt
from assistant.reader import TrainedReader
from assistant.settings import Settings
from assistant.verification.reading import ReaderScorer
from assistant.verification.scorer import SupportScorer, Verdict
from evals.claims import CONTRADICT, NEITHER, SUPPORT, Pair
from evals.measures.whole_set import accuracy, kappa, parts_of
from evals.runs import Measured

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

NLI, CHAT = "nli:", "chat"
SURE, UNSURE = 0.9, 0.1
# How models of inference name what supports and what contradicts.
ENTAILS, OPPOSES = re.compile(r"entail|support", re.I), re.compile(r"contra|refute", re.I)
NEEDS_PEOPLE = (
    "a judge is not shown without its agreement with people: name claims that they have marked with --marks, "
    "or a folder with public sets of them with --benchmarks"
)


class CannotJudge(Exception):
    """A judge that is not there, or without people's marks beside it; says what it lacks."""


class NliJudge:
    """A cross-encoder of inference in a folder on this machine; sentences are the premise, the claim follows."""

    def __init__(self, folder: Path) -> None:
        """Raises CannotJudge for a folder without such a model."""
        self._model = _load(folder)
        config: Any = self._model.config
        names = {int(number): str(name) for number, name in config.id2label.items()}
        self._supports = _class_of(names, ENTAILS, folder)
        self._opposes = _class_of(names, OPPOSES, folder)

    def score(self, claim: str, quotes: Sequence[str]) -> Verdict:
        """As the protocol of scorers says; (0, 0) without quotations."""
        if not quotes:
            return Verdict(0.0, 0.0)
        (row,) = self._model.predict([(" ".join(quotes), claim)], show_progress_bar=False)
        scores = np.asarray(row, dtype=np.float64)
        powers = np.exp(scores - scores.max())
        chances = powers / powers.sum()
        support = float(chances[self._supports])
        return Verdict(support, min(float(chances[self._opposes]), 1.0 - support))


class ChatJudge:
    """A chat model, asked for one word; any other answer of its counts as neither."""

    def __init__(self, model: ChatModel) -> None:
        """Raises CannotJudge for a model elsewhere: it would be sent quotations, of whatever document."""
        if model.is_remote:
            raise CannotJudge(
                f"{model.name} runs elsewhere; a judge is sent quotations, so name one that runs here"
            )
        self._model = model

    def score(self, claim: str, quotes: Sequence[str]) -> Verdict:
        """As the protocol of scorers says; (0, 0) without quotations. Raises ChatModelFailed."""
        if not quotes:
            return Verdict(0.0, 0.0)
        prompt = load_prompt("judge").fill(claim=claim, sentences="\n".join(f"- {quote}" for quote in quotes))
        word = re.sub(r"\W", "", self._model.complete(prompt)).upper()
        if word.startswith("SUPPORTS"):
            return Verdict(SURE, 0.0)
        return Verdict(UNSURE, SURE) if word.startswith("CONTRADICTS") else Verdict(UNSURE, 0.0)


def own_scorer() -> SupportScorer:
    """The scorer that the program verifies with."""
    return ReaderScorer(TrainedReader())


def open_judge(name: str, settings: Settings) -> SupportScorer:
    """The judge of a name: `nli:FOLDER`, or `chat` for the chat model of the settings. Raises CannotJudge."""
    if name.startswith(NLI):
        return NliJudge(Path(name.removeprefix(NLI)))
    if name != CHAT:
        raise CannotJudge(f"a judge is {NLI}FOLDER or {CHAT}, not {name!r}")
    model = chat_model_of(settings)
    if model is None:
        raise CannotJudge("no chat model is set, so it cannot judge")
    return ChatJudge(model)


def chat_model_of(settings: Settings) -> ChatModel | None:
    """The chat model of the settings, if they name one. Raises SettingsError."""
    if not settings.model:
        return None
    return open_chat_model(settings, is_remote=runs_elsewhere(settings))


def agreement_with_people(
    name: str, judge: SupportScorer, sets: Mapping[str, Sequence[Pair]]
) -> list[Measured]:
    """For each set of claims that people have marked, the share judged alike and kappa.

    Raises CannotJudge where nobody has marked any.
    """
    measures = []
    for group, pairs in sets.items():
        alike = {
            pair.id: (pair.label, label_of(judge.score(pair.claim, pair.evidence)))
            for pair in pairs
            if pair.label is not None
        }
        if alike:
            measures += [
                Measured(
                    f"{name} as people, {group}", {item: accuracy([two]) for item, two in alike.items()}
                ),
                Measured(f"{name} as people, {group}, kappa", parts_of(alike, kappa)),
            ]
    if not measures:
        raise CannotJudge(NEEDS_PEOPLE)
    return measures


def label_of(verdict: Verdict) -> str:
    """The likeliest of the three."""
    rest = 1.0 - verdict.support - verdict.contradict
    return max(
        ((verdict.support, SUPPORT), (verdict.contradict, CONTRADICT), (rest, NEITHER)),
        key=lambda one: one[0],
    )[1]


def _load(folder: Path) -> CrossEncoder:
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    if not (folder / "config.json").exists():
        raise CannotJudge(f"{folder}: no model of inference lies there")
    try:
        model: CrossEncoder = CrossEncoder(
            str(folder), local_files_only=True, device="cpu", activation_fn=Identity()
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise CannotJudge(f"{folder}: the model cannot be loaded ({error})") from error
    return model


def _class_of(names: Mapping[int, str], wanted: re.Pattern[str], folder: Path) -> int:
    found = [number for number, name in names.items() if wanted.search(name) and "not" not in name.lower()]
    if len(found) != 1:
        raise CannotJudge(
            f"{folder}: its classes {', '.join(names.values())} do not tell what supports a claim"
        )
    return found[0]
