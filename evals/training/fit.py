"""The training loop: mixed batches of examples and rankings, in a fixed order for a seed."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

import torch
from torch import Tensor, nn

from assistant.reader.heads import Head, columns
from evals.training.examples import Example, Mixture, Ranking
from evals.training.model import Batcher, Reader


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to learn."""

    epochs: int = 2
    rate: float = 5e-5
    batch: int = 32
    rankings: int = 4
    warm_up: float = 0.1
    seed: int = 20261122


def fit(
    reader: Reader, batcher: Batcher, mixture: Mixture, schedule: Schedule, report: Callable[[str], None]
) -> None:
    """Train in place. Same mixture, same schedule, same machine: same weights."""
    torch.manual_seed(schedule.seed)
    generator = random.Random(schedule.seed)
    steps = schedule.epochs * sum(1 for _ in _batches(mixture, schedule, random.Random(0)))
    optimiser = torch.optim.AdamW(reader.parameters(), lr=schedule.rate, weight_decay=0.01)
    warm = max(1, int(steps * schedule.warm_up))
    decay = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / warm) * max(0.0, 1 - step / steps)
    )
    started, seen, total = time.monotonic(), 0, 0.0
    reader.train()
    for epoch in range(schedule.epochs):
        for batch in _batches(mixture, schedule, generator):
            optimiser.zero_grad()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = _loss(reader, batcher, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            decay.step()
            seen, total = seen + 1, total + float(loss.detach())
            if seen % 50 == 0:
                report(
                    f"epoch {epoch + 1}, step {seen}/{steps}, loss {total / 50:.3f}, {time.monotonic() - started:.0f} s"
                )
                total = 0.0


Batch = Sequence[Example] | Sequence[Ranking]
Item = TypeVar("Item")


def _batches(mixture: Mixture, schedule: Schedule, generator: random.Random) -> Iterator[Batch]:
    """Batches of one head or of rankings each, texts of like length together, in random order."""
    batches: list[Batch] = []
    by_head = sorted(mixture.examples, key=lambda example: example.head)
    for _, group in groupby(by_head, key=lambda example: example.head):
        batches += _cut(list(group), schedule.batch, generator, lambda e: len(e.first) + len(e.second))
    batches += _cut(
        mixture.rankings, schedule.rankings, generator, lambda r: max(len(text) for text in r.texts)
    )
    generator.shuffle(batches)
    yield from batches


def _cut(
    items: Sequence[Item], size: int, generator: random.Random, length: Callable[[Item], int]
) -> list[Sequence[Item]]:
    shuffled = list(items)
    generator.shuffle(shuffled)
    pools = [shuffled[start : start + size * 20] for start in range(0, len(shuffled), size * 20)]
    ordered = [sorted(pool, key=length) for pool in pools]
    return [pool[start : start + size] for pool in ordered for start in range(0, len(pool), size)]


def _loss(reader: Reader, batcher: Batcher, batch: Batch) -> Tensor:
    first = batch[0]
    if isinstance(first, Ranking):
        return _ranking_loss(reader, batcher, [item for item in batch if isinstance(item, Ranking)])
    examples = [item for item in batch if isinstance(item, Example)]
    logits = reader(**batcher([(item.first, item.second) for item in examples]))[:, columns(first.head)]
    targets = torch.tensor([item.target for item in examples])
    if first.head is Head.RELEVANCE:
        return nn.functional.binary_cross_entropy_with_logits(logits[:, 0].float(), targets.float())
    return nn.functional.cross_entropy(logits.float(), targets)


def _ranking_loss(reader: Reader, batcher: Batcher, rankings: Sequence[Ranking]) -> Tensor:
    """Softmax over each question's texts: the right one stands first."""
    pairs = [(ranking.question, text) for ranking in rankings for text in ranking.texts]
    scores = reader(**batcher(pairs))[:, columns(Head.RELEVANCE)][:, 0].float()
    losses = []
    start = 0
    for ranking in rankings:
        part = scores[start : start + len(ranking.texts)]
        losses.append(-torch.log_softmax(part, dim=0)[0])
        start += len(ranking.texts)
    return torch.stack(losses).mean()
