"""A turn of the embedding space in which questions lie near what answers them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Side:
    """Takes vectors less their `mean` through `matrix`, shape (dimension, smaller dimension)."""

    mean: np.ndarray
    matrix: np.ndarray

    def __call__(self, vectors: np.ndarray) -> np.ndarray:
        """Unit rows, shape (rows, smaller dimension)."""
        turned = (vectors - self.mean) @ self.matrix
        unit: np.ndarray = turned / np.maximum(np.linalg.norm(turned, axis=-1, keepdims=True), 1e-12)
        return unit


@dataclass(frozen=True, slots=True)
class Projection:
    """One side for questions, one for headings and sentences."""

    questions: Side
    answers: Side
