"""Linear classifiers: what they say, and what becomes of their files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.encoding.linear import LinearClassifier, load_linear
from assistant.errors import ModelDamaged

WEIGHTS = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]], dtype=np.float32)
CLASSIFIER = LinearClassifier(("left", "right", "none"), WEIGHTS, np.zeros(3, dtype=np.float32), "fake:1")


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    CLASSIFIER.save(tmp_path / "one.npz")
    return tmp_path / "one.npz"


def test_probabilities_are_the_softmax_of_weights_and_biases() -> None:
    biased = LinearClassifier(("left", "right", "none"), WEIGHTS, np.log([1.0, 2.0, 1.0]), "fake:1")

    assert biased.probabilities(np.zeros((1, 2), dtype=np.float32)) == pytest.approx(
        np.array([[1, 2, 1]]) / 4
    )
    two = CLASSIFIER.probabilities(np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32))
    powers = np.exp([1.0, 0.0, -1.0])
    assert two == pytest.approx(np.array([powers, powers[[1, 0, 2]]]) / powers.sum())


def test_large_scores_are_no_overflow() -> None:
    sure = CLASSIFIER.probabilities(np.array([[5000.0, -5000.0]], dtype=np.float32))

    assert sure == pytest.approx(np.array([[1.0, 0.0, 0.0]]))


def test_no_vectors_give_no_rows() -> None:
    assert CLASSIFIER.probabilities(np.zeros((0, 2), dtype=np.float32)).shape == (0, 3)


def test_a_saved_classifier_is_loaded_as_it_was(saved: Path) -> None:
    loaded = load_linear(saved)

    assert (loaded.classes, loaded.fingerprint) == (CLASSIFIER.classes, "fake:1")
    assert loaded.weights.tobytes() == CLASSIFIER.weights.tobytes()
    assert loaded.biases.tobytes() == CLASSIFIER.biases.tobytes()


@pytest.mark.parametrize("kept", [0, 1, 10, 200, -30])
def test_a_file_that_was_cut_off_is_told(saved: Path, kept: int) -> None:
    saved.write_bytes(saved.read_bytes()[:kept])

    with pytest.raises(ModelDamaged, match=r"one\.npz cannot be used"):
        load_linear(saved)


def test_a_file_whose_numbers_were_altered_is_told(saved: Path) -> None:
    whole = bytearray(saved.read_bytes())
    place = whole.index(WEIGHTS.tobytes())
    whole[place] ^= 0xFF
    saved.write_bytes(bytes(whole))

    with pytest.raises(ModelDamaged):
        load_linear(saved)


def test_a_file_that_is_missing_lacks_a_part_or_is_something_else_is_told(tmp_path: Path) -> None:
    np.savez(tmp_path / "part.npz", classes=np.array(["left"]), weights=WEIGHTS)
    np.savez(tmp_path / "objects.npz", classes=np.array([{}], dtype=object), weights=WEIGHTS)
    (tmp_path / "words.npz").write_text("no classifier")

    for name in ("missing", "part", "objects", "words"):
        with pytest.raises(ModelDamaged, match=name):
            load_linear(tmp_path / f"{name}.npz")


@pytest.mark.parametrize(
    ("fingerprint", "fits"),
    [("fake:1", True), ("fake:1:passages-2", True), ("fake:12", False), ("fake", False), ("fake:2", False)],
)
def test_a_classifier_fits_vectors_of_its_weights_however_computed(fingerprint: str, fits: bool) -> None:
    assert CLASSIFIER.fits(fingerprint) is fits
