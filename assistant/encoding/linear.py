"""Linear classifiers over the packaged encoder's vectors: a few kilobytes each, and next to no time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from assistant.encoding import Vectors
from assistant.errors import ModelDamaged


@dataclass(frozen=True, slots=True)
class LinearClassifier:
    """Vectors → probabilities of classes.

    `weights` has shape (classes, dimensions), `biases` (classes,). `fingerprint` names the encoder whose
    vectors it was fitted on; those of another mean nothing to it.
    """

    classes: tuple[str, ...]
    weights: NDArray[np.float32]
    biases: NDArray[np.float32]
    fingerprint: str

    def fits(self, fingerprint: str) -> bool:
        """Whether it was fitted on vectors as the encoder with this fingerprint makes them: of the same
        weights, though they may be computed otherwise."""
        return fingerprint == self.fingerprint or fingerprint.startswith(f"{self.fingerprint}:")

    def probabilities(self, vectors: Vectors) -> NDArray[np.float64]:
        """Shape (vectors, classes); each row adds up to 1."""
        scores = (vectors @ self.weights.T + self.biases).astype(np.float64)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def save(self, path: Path) -> None:
        """Write it as an .npz file. Raises OSError."""
        np.savez(
            path,
            classes=np.array(self.classes),
            weights=self.weights,
            biases=self.biases,
            fingerprint=np.array(self.fingerprint),
        )


def load_linear(path: Path) -> LinearClassifier:
    """A classifier that comes with the program. Raises ModelDamaged."""
    try:
        # Opened here: numpy leaves a file that is no archive open.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as parts:
            return LinearClassifier(
                tuple(str(name) for name in parts["classes"]),
                parts["weights"],
                parts["biases"],
                str(parts["fingerprint"]),
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise ModelDamaged(path, str(error)) from error
