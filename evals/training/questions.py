"""The question encoder: the packaged encoder, taught to put practitioners' questions near what answers them.

Only the side of the question learns. The vectors of passages and sentences stay as the packaged encoder
makes them, so an index needs no second copy of them and any index fits. It learns from two things at once: for
questions that were written for a finding of the bundled notes, InfoNCE (van den Oord and others 2018) against all
their sentences and passages, the right ones being those that hold the finding; and for all questions what a stronger
encoder finds near them (`evals.training.lessons`), as a distribution over sentences and passages to come close to.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from assistant.encoding import Vectors
from assistant.encoding.minilm import MiniLM
from assistant.encoding.weights import load_tokeniser
from assistant.framework import load_framework
from assistant.passages import cut, encoded_text
from assistant.reading import read
from assistant.resources import corpus_directory
from evals.training.lessons import Lessons
from evals.training.own_texts import TEXTS, findings

# Tokens of a question that are learnt from; the longest of ours has fewer.
LONGEST = 96


@dataclass(frozen=True, slots=True)
class Teaching:
    """How long and how fast the question encoder learns."""

    epochs: int = 6
    rate: float = 3e-5
    batch: int = 32
    temperature: float = 0.05
    # The teacher's cosines are spread otherwise than ours.
    teachers_temperature: float = 0.04
    warm_up: int = 100
    seed: int = 20261122


@dataclass(frozen=True, slots=True)
class Answers:
    """What questions are led to: unit vectors of all sentences and passages, which passage each sentence
    stands in, and for each finding (note#number) the rows of its sentences."""

    sentences: Vectors
    passages: Vectors
    passage_of: list[int]
    rows: dict[str, list[int]]


class Questions(nn.Module):
    """Token numbers → token vectors, as the packaged encoder's own layers give them."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        from transformers import AutoModel

        self.trunk: Any = AutoModel.from_pretrained(str(base), local_files_only=True)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Vectors of shape (batch, tokens, 384)."""
        tokens: Tensor = self.trunk(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        return tokens


def gather_answers(encoder: MiniLM) -> Answers:
    """The bundled notes as an index would hold them."""
    framework, known = load_framework(), findings()
    sentences: list[Vectors] = []
    passages: list[Vectors] = []
    passage_of: list[int] = []
    rows: dict[str, list[int]] = {}
    for path in sorted((corpus_directory() / "notes").glob("*.md")):
        own = {name: finding for name, finding in known.items() if finding.note == path.stem}
        cuts = cut(read(path)[0], encoder, framework)
        for passage, vectors in zip(
            cuts, encoder.encode_passages([encoded_text(p) for p in cuts]), strict=True
        ):
            passages.append(vectors.passage)
            for sentence, vector in zip(passage.sentences, vectors.sentences, strict=True):
                for name, finding in own.items():
                    if sentence.text in finding.text:
                        rows.setdefault(name, []).append(len(sentences))
                passage_of.append(len(passages) - 1)
                sentences.append(vector)
    return Answers(np.array(sentences), np.array(passages), passage_of, rows)


def load_questions(answers: Answers, left_out: set[str]) -> list[tuple[str, str]]:
    """(question, finding) of our own, without those of some notes."""
    pairs = []
    for line in (TEXTS / "findings.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["id"] in answers.rows and entry["id"].split("#")[0] not in left_out:
            pairs += [(question, entry["id"]) for question in entry["questions"]]
    return pairs


def teach(
    base: Path,
    pairs: Sequence[tuple[str, str]],
    answers: Answers,
    lessons: Lessons,
    teaching: Teaching,
    say: Callable[[str], None],
) -> Questions:
    """The taught encoder. Same questions, same answers, same lessons, same machine: same weights."""
    torch.manual_seed(teaching.seed)
    generator = random.Random(teaching.seed)
    questions, tokeniser = Questions(base), load_tokeniser(base)
    steps = teaching.epochs * -(-len(lessons.questions) // teaching.batch)
    optimiser = torch.optim.AdamW(questions.parameters(), lr=teaching.rate, weight_decay=0.01)
    decay = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / teaching.warm_up) * max(0.0, 1 - step / steps)
    )
    right = {question: answers.rows[finding] for question, finding in pairs}
    for epoch in range(teaching.epochs):
        questions.train()
        shuffled = generator.sample(range(len(lessons.questions)), len(lessons.questions))
        total = 0.0
        for start in range(0, len(shuffled), teaching.batch):
            rows = shuffled[start : start + teaching.batch]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                vectors = encode(questions, tokeniser, [lessons.questions[row] for row in rows])
            loss = _loss(vectors.float(), rows, lessons, answers, right, teaching)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(questions.parameters(), 1.0)
            optimiser.step()
            decay.step()
            total += float(loss.detach()) * len(rows)
        say(f"epoch {epoch + 1}, loss {total / len(shuffled):.3f}")
    return questions.eval()


def _loss(
    vectors: Tensor,
    rows: Sequence[int],
    lessons: Lessons,
    answers: Answers,
    right: dict[str, list[int]],
    teaching: Teaching,
) -> Tensor:
    """How far a batch's vectors are from what the teacher finds near each question, and from its right answers where
    these are known."""
    loss = torch.zeros(())
    for ours, found in zip(lessons.ours, lessons.found(rows), strict=True):
        likely = torch.softmax(torch.from_numpy(found) / teaching.teachers_temperature, dim=1)
        spread = torch.log_softmax(vectors @ torch.from_numpy(ours).T / teaching.temperature, dim=1)
        loss = loss - (likely * spread).sum(dim=1).mean()
    known = [place for place, row in enumerate(rows) if lessons.questions[row] in right]
    if not known:
        return loss
    sentences = [right[lessons.questions[rows[place]]] for place in known]
    passages = [sorted({answers.passage_of[one] for one in own}) for own in sentences]
    for held, correct in ((answers.sentences, sentences), (answers.passages, passages)):
        loss = loss + _missed(vectors[known] @ torch.from_numpy(held).T / teaching.temperature, correct)
    return loss


def encode(questions: Questions, tokeniser: Any, texts: Sequence[str]) -> Tensor:
    """Unit vectors of questions, shape (texts, 384)."""
    rows = [tokeniser.encode(text).ids[:LONGEST] for text in texts]
    ids = torch.zeros((len(rows), max(len(row) for row in rows)), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = torch.tensor(row)
        mask[number, : len(row)] = 1
    tokens = questions(ids, mask, torch.zeros_like(ids))
    weights = mask.unsqueeze(-1).to(tokens.dtype)
    return nn.functional.normalize((tokens * weights).sum(dim=1) / weights.sum(dim=1), dim=1)


def _missed(scores: Tensor, right: Sequence[Sequence[int]]) -> Tensor:
    """How unlikely the right ones are together among all; any of them will do."""
    mask = torch.full_like(scores, -1e9)
    for row, columns in enumerate(right):
        mask[row, list(columns)] = 0.0
    return (torch.logsumexp(scores, 1) - torch.logsumexp(scores + mask, 1)).mean()
