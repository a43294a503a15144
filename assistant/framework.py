"""The framework of conditions: clusters, their conditional parameters, and the words that point to them."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import SettingsError
from assistant.resources import corpus_directory


@dataclass(frozen=True, slots=True)
class Parameter:
    """A condition that can help or hinder; `cluster` is the id of the cluster that it is in."""

    id: str
    name: str
    cluster: str
    helps: str
    hinders: str
    basis: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A group of parameters; `also` are other names of it in the literature."""

    id: str
    name: str
    also: tuple[str, ...]
    section: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """Clusters in the order of the file; `document` is the name of what it is taken from."""

    name: str
    note: str
    clusters: tuple[Cluster, ...]
    document: str = ""

    def parameters(self) -> Iterator[Parameter]:
        """All parameters in order."""
        for cluster in self.clusters:
            yield from cluster.parameters

    def parameter(self, identity: str | None) -> Parameter | None:
        """The parameter with an id; None for None and `none`. Raises KeyError if it is not known."""
        if identity is None or identity == "none":
            return None
        for parameter in self.parameters():
            if parameter.id == identity:
                return parameter
        raise KeyError(identity)

    def cluster_name(self, identity: str | None) -> str | None:
        """Name of a cluster; None for None and for an id of another framework."""
        return next((cluster.name for cluster in self.clusters if cluster.id == identity), None)

    def parameter_name(self, identity: str | None) -> str | None:
        """Name of a parameter; None for None and for an id of another framework."""
        return next((entry.name for entry in self.parameters() if entry.id == identity), None)

    def best_parameter(self, text: str, cluster: str | None = None) -> Parameter | None:
        """The parameter (of a cluster, if one is given) whose words stand most often in `text`; None if none
        does.

        Longer terms weigh more; the first in the file wins a tie.
        """
        lowered = text.lower()
        scores = [
            (sum(len(term.split()) for term in p.words if _stands(term, lowered)), p)
            for p in self.parameters()
            if cluster in (None, p.cluster)
        ]
        score, best = max(scores, key=lambda pair: pair[0], default=(0, None))
        return best if score else None


def _stands(term: str, text: str) -> bool:
    # Most terms stand nowhere in a text, which is seen faster without a pattern.
    return term in text and _term(term).search(text) is not None


@functools.lru_cache(maxsize=2048)
def _term(term: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(term)}")


def load_framework(path: Path | None = None) -> Framework:
    """The framework in a TOML file; the bundled one without a path.

    Raises SettingsError if the file is missing or is not of the form that `corpus/framework.toml` shows.
    """
    return _load(path or corpus_directory() / "framework.toml")


@functools.lru_cache(maxsize=4)
def _load(path: Path) -> Framework:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        framework = Framework(
            name=data["name"],
            note=data.get("note", ""),
            document=str(data.get("document", "")),
            clusters=tuple(_cluster(entry) for entry in data["cluster"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"The framework {path} cannot be used: {error!r}.") from error
    if not any(framework.parameters()):
        raise SettingsError(f"The framework {path} cannot be used: it has no parameters.")
    return framework


def _cluster(entry: dict[str, Any]) -> Cluster:
    return Cluster(
        id=entry["id"],
        name=entry["name"],
        also=_words(entry, "also"),
        section=entry.get("section", ""),
        parameters=tuple(_parameter(parameter, entry["id"]) for parameter in entry["parameter"]),
    )


def _parameter(entry: dict[str, Any], cluster: str) -> Parameter:
    return Parameter(
        id=entry["id"],
        name=entry["name"],
        cluster=cluster,
        helps=entry.get("helps", ""),
        hinders=entry.get("hinders", ""),
        basis=entry.get("basis", ""),
        words=tuple(word.lower() for word in _words(entry, "words")),
    )


def _words(entry: dict[str, Any], key: str) -> tuple[str, ...]:
    words = entry.get(key, [])
    if not isinstance(words, list):
        raise TypeError(f"{key} is not a list")
    return tuple(words)
