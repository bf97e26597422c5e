"""Fits what speaks for a section (retrieval.WEIGHTS) on gold questions: python -m benchmarks.fit_ranking [FILE …]

Pairwise logistic regression: for each question, the section that answers against each other section among the candidates. The figures
are cross-validated over underlying questions.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from advisor.answering import Advisor
from advisor.bootstrap import build_advisor
from advisor.retrieval import WEIGHTS
from advisor.settings import Settings
from benchmarks.quality import read_questions

NAMES = list(WEIGHTS)
_STRENGTH = 20.0  # of one question against the regularisation


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one question: signals, shape (candidates, names); which of them it was written from; which answer it."""

    group: str
    signals: np.ndarray
    written_from: np.ndarray
    answers: np.ndarray


def examples(path: Path, advisor: Advisor) -> list[Example]:
    found = []
    for row in read_questions(path):
        if row["sections"]:
            candidates = advisor.candidates(row["question"], 40)
            found.append(
                Example(
                    group=f"{path.stem}-{row.get('base', row['id'])}",
                    signals=np.array([[getattr(candidate.signals, name) for name in NAMES] for candidate in candidates]),
                    written_from=np.array([candidate.section_id in row["sections"] for candidate in candidates]),
                    answers=np.array([candidate.section_id in (*row["sections"], *row["also"]) for candidate in candidates]),
                )
            )
    return found


def fit(some: list[Example]) -> np.ndarray:
    """Every question counts the same, however many candidates it has."""
    pairs, shares = [], []
    for example in some:
        best = example.written_from if example.written_from.any() else example.answers
        others = example.signals[~example.answers]
        if best.any() and len(others):
            pairs.append(example.signals[np.argmax(best)] - others)
            shares.append(np.full(len(others), _STRENGTH / len(others)))
    differences, weights = np.concatenate(pairs), np.concatenate(shares)
    scale = differences.std(axis=0) + 1e-9
    sides = np.concatenate([differences, -differences]) / scale
    model = LogisticRegression(fit_intercept=False, max_iter=1000)
    model.fit(sides, np.repeat([1, 0], len(differences)), sample_weight=np.concatenate([weights, weights]))
    return np.asarray(model.coef_[0] / scale)


def first_right(some: list[Example], weights: np.ndarray) -> list[int]:
    """For each question, the place of the first section that answers (0 is the top); 99 if none is among the candidates."""
    places = []
    for example in some:
        ordered = example.answers[np.argsort(-(example.signals @ weights), kind="stable")]
        places.append(int(np.argmax(ordered)) if ordered.any() else 99)
    return places


def main(paths: list[Path]) -> None:
    advisor = build_advisor(Settings.from_environment(os.environ))
    some = [example for path in paths for example in examples(path, advisor)]
    held_out: list[int] = []
    for train, test in GroupKFold(8).split(some, groups=[example.group for example in some]):
        held_out += first_right([some[index] for index in test], fit([some[index] for index in train]))
    console = Console()
    weights = fit(some)
    console.print({name: round(float(one), 2) for name, one in zip(NAMES, weights / weights[0], strict=True)})
    current = first_right(some, np.array([WEIGHTS[name] for name in NAMES]))
    for label, places in (("weights in use", current), ("fitted, cross-validated", held_out)):
        figures = ", ".join(f"first {n}: {sum(place < n for place in places)}" for n in (1, 2, 3, 5))
        console.print(f"{label}: {figures} of {len(places)}")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or sorted(Path("tests/quality").glob("gold_dev*.yaml")))
