"""Measures of a whole set, told item by item.

AUROC, kappa and macro-F1 are no means over items. So that they get intervals and can be compared item
by item like the rest, each is spread over the items in parts whose mean is the measure and whose
spread gives its standard error: pseudo-values (Tukey's jackknife, see Efron and Tibshirani 1993,
chapter 11; for AUROC DeLong, DeLong and Clarke-Pearson 1988). A single part means nothing and may lie
outside 0..1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Item = TypeVar("Item")


def auroc_parts(positive: Mapping[str, float], negative: Mapping[str, float]) -> dict[str, float]:
    """How likely a positive item scores above a negative one, ties counting half, spread over all items; empty
    without items of both kinds. Ids must differ."""
    if not positive or not negative:
        return {}
    above = _share_below(list(positive.values()), list(negative.values()))
    below = 1 - _share_below(list(negative.values()), list(positive.values()))
    area = float(above.mean())
    total = len(positive) + len(negative)
    parts = {}
    for names, shares in ((positive, above), (negative, below)):
        weight = total / len(names)
        parts.update(
            {name: area + weight * (float(share) - area) for name, share in zip(names, shares, strict=True)}
        )
    return parts


def parts_of(items: Mapping[str, Item], measure: Callable[[Sequence[Item]], float]) -> dict[str, float]:
    """Any measure of a set spread over its items, by leaving each out in turn."""
    values = list(items.values())
    whole = measure(values)
    if len(values) < 2:
        return dict.fromkeys(items, whole)
    without = np.array([measure(values[:at] + values[at + 1 :]) for at in range(len(values))])
    spread = (len(values) - 1) * (without.mean() - without)
    return {name: whole + float(part) for name, part in zip(items, spread, strict=True)}


def accuracy(pairs: Sequence[tuple[str, str]]) -> float:
    """Share of pairs (given, found) that are equal."""
    return sum(given == found for given, found in pairs) / len(pairs) if pairs else float("nan")


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Mean F1 over the classes that are given at least once."""
    classes = sorted({given for given, _ in pairs})
    return float(np.mean([_f1(pairs, one) for one in classes])) if classes else float("nan")


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa (1960): agreement beyond what the two frequencies of each class give by chance.

    1 if both say the same of all; then chance may be 1 too.
    """
    if not pairs:
        return float("nan")
    n = len(pairs)
    observed = accuracy(pairs)
    classes = {one for pair in pairs for one in pair}
    chance = sum(
        sum(given == one for given, _ in pairs) * sum(found == one for _, found in pairs) for one in classes
    ) / (n * n)
    return 1.0 if chance == 1.0 else (observed - chance) / (1 - chance)


def confusion(pairs: Sequence[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Given → found → count, for all classes that occur."""
    classes = sorted({one for pair in pairs for one in pair})
    return {
        given: {found: sum(pair == (given, found) for pair in pairs) for found in classes}
        for given in classes
    }


def _f1(pairs: Sequence[tuple[str, str]], one: str) -> float:
    both = sum(given == found == one for given, found in pairs)
    either = sum(given == one for given, _ in pairs) + sum(found == one for _, found in pairs)
    return 2 * both / either


def _share_below(scores: Sequence[float], others: Sequence[float]) -> NDArray[np.float64]:
    """For each score the share of the others that lie below it, ties counting half."""
    ranked = np.sort(np.asarray(others, dtype=float))
    values = np.asarray(scores, dtype=float)
    low = np.searchsorted(ranked, values, side="left")
    high = np.searchsorted(ranked, values, side="right")
    return (low + high) / (2 * len(ranked))
