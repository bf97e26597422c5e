"""Linear classifiers of short texts by scikit-learn: hashed features, tf-idf, a linear support vector machine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from sklearn.feature_extraction import FeatureHasher

_LAYOUT = 1  # raised when what is kept, or how it is trained, changes
_PLACES = 2**17
_REGULARISATION = 1.0

Example = tuple[Sequence[str], str]
"""The features of a text, and its class."""


class LinearClassifier:
    """The classes with their weights, shape (places, classes), and intercepts; `idf` weighs the places."""

    def __init__(self, classes: Sequence[str], weights: np.ndarray, intercepts: np.ndarray, idf: np.ndarray) -> None:
        self._classes = list(classes)
        self._weights = weights
        self._intercepts = intercepts
        self._idf = idf
        self._hasher = FeatureHasher(_PLACES, input_type="string", alternate_sign=False)

    def margins(self, texts: Sequence[Sequence[str]]) -> list[dict[str, float]]:
        if not texts:
            return []
        matrix = self._hasher.transform(texts)
        matrix.data = (1 + np.log(matrix.data)) * self._idf[matrix.indices]
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)))
        found = matrix @ self._weights / np.maximum(lengths, 1e-12) + self._intercepts
        return [dict(zip(self._classes, map(float, row), strict=True)) for row in found]


def trained(examples: Callable[[], Sequence[Example]], version: str, cache: Path, name: str) -> LinearClassifier:
    """A classifier that learned from `examples`; it is kept below `cache`, and learned anew (seconds) when their `version` changes."""
    digest = hashlib.sha256(f"{_LAYOUT} {version}".encode()).hexdigest()
    path = cache / f"{name}-{digest[:16]}.npz"
    try:
        with path.open("rb") as file, np.load(file) as kept:
            return LinearClassifier(kept["classes"].tolist(), kept["weights"], kept["intercepts"], kept["idf"])
    except (OSError, EOFError, ValueError, KeyError, BadZipFile):
        pass  # not there yet, or cut short
    classifier = _train(examples())
    cache.mkdir(parents=True, exist_ok=True)
    for older in cache.glob(f"{name}-*.npz"):
        older.unlink(missing_ok=True)
    building = path.with_suffix(".building.npz")
    np.savez(building, classes=classifier._classes, weights=classifier._weights, intercepts=classifier._intercepts, idf=classifier._idf)
    building.replace(path)
    return classifier


def _train(examples: Sequence[Example]) -> LinearClassifier:
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.svm import LinearSVC

    hasher = FeatureHasher(_PLACES, input_type="string", alternate_sign=False)
    weighing = TfidfTransformer(sublinear_tf=True)
    matrix = weighing.fit_transform(hasher.transform([some for some, _ in examples]))
    model = LinearSVC(C=_REGULARISATION, class_weight="balanced", random_state=0).fit(matrix, [label for _, label in examples])
    weights, intercepts = model.coef_.T, model.intercept_
    if len(model.classes_) == 2:  # for two classes the library gives the second one's side only
        weights, intercepts = np.hstack([-weights, weights]), np.hstack([-intercepts, intercepts])
    return LinearClassifier(
        model.classes_.tolist(),
        np.ascontiguousarray(weights, dtype=np.float32),
        intercepts.astype(np.float32),
        weighing.idf_.astype(np.float32),
    )
