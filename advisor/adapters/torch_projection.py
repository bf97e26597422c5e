"""Learns a projection from expected questions, by contrast (InfoNCE, van den Oord et al. 2018), with torch on the CPU.

A question is drawn towards the others of its line, towards its line's sentences and its section's heading, in both languages, and away
from those of the other sections in the batch. What a model of 118 million parameters takes for near, it takes from the whole web; here
a linear turn of its vectors learns what is near in this trade, for Darija and Arabizi above all (benchmarks/README.md has the figures).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from advisor.ports import SentenceVectors
from advisor.projection import Projection, Side
from advisor.types import Passage

if TYPE_CHECKING:
    import torch

_LAYOUT = 1  # raised when what is kept, or how it is learned, changes
_FEWEST = 1_000  # questions: fewer teach more about themselves than about the trade
_DIMENSION = 256
_STEPS = 600
_BATCH = 512
_RATE = 2e-3
_TEMPERATURE = 0.05
_STAY = 1e-2  # holds the matrices near where they began, the principal components
_PARTNERS = {"questions": 1.0, "sentences": 1.0, "headings": 0.5}  # what a question is drawn to, and how much each counts
_CHOICES = 4  # partners of each kind a question is drawn to in turn


class LearnedProjections:
    """Learns a projection for the passages of a snapshot (some 20 seconds), or takes the one kept from before."""

    def __init__(self, cache: Path, model: str) -> None:
        """Kept below `cache`; `model` names the embedding model."""
        self._cache = cache
        self._model = model

    def __call__(self, passages: Sequence[Passage], vectors: SentenceVectors) -> Projection | None:
        """None if too few questions are expected of these passages."""
        asked = [passage for passage in passages if passage.expected]
        if sum(len(passage.expected) for passage in asked) < _FEWEST:
            return None
        described = "\n".join([str(_LAYOUT), self._model, *sorted(passage.id for passage in asked)])
        path = self._cache / f"projection-{hashlib.sha256(described.encode()).hexdigest()[:16]}.npz"
        try:
            with path.open("rb") as file, np.load(file) as kept:
                return Projection(Side(kept["question_mean"], kept["questions"]), Side(kept["answer_mean"], kept["answers"]))
        except (OSError, EOFError, ValueError, KeyError, BadZipFile):
            pass  # not there yet, or cut short
        projection = _learn(_examples(asked, vectors.get([passage.id for passage in asked])))
        self._cache.mkdir(parents=True, exist_ok=True)
        for older in self._cache.glob("projection-*.npz"):
            older.unlink(missing_ok=True)
        building = path.with_suffix(".building.npz")
        np.savez(
            building,
            question_mean=projection.questions.mean,
            questions=projection.questions.matrix,
            answer_mean=projection.answers.mean,
            answers=projection.answers.matrix,
        )
        building.replace(path)
        return projection


@dataclass(frozen=True, slots=True)
class _Examples:
    """Vectors of the questions and of headings and sentences; the section of each question; the rows of its partners, by kind."""

    questions: np.ndarray
    answers: np.ndarray
    sections: np.ndarray
    partners: Mapping[str, np.ndarray]


def _examples(asked: Sequence[Passage], vectors: Mapping[str, np.ndarray]) -> _Examples:
    asked = [passage for passage in asked if passage.id in vectors]
    lines: list[tuple[str, int]] = []
    questions, answers = [], []
    on_line: dict[tuple[str, int], list[int]] = defaultdict(list)
    said_on: dict[tuple[str, int], list[int]] = defaultdict(list)
    headings: dict[str, list[int]] = defaultdict(list)
    row = 0
    for passage in asked:
        said = 1 + len(passage.sentences)
        headings[passage.section_id].append(row)
        for place, sentence in enumerate(passage.sentences, start=row + 1):
            said_on[passage.section_id, sentence.line].append(place)
        for question in passage.expected:
            on_line[passage.section_id, question.line].append(len(lines))
            lines.append((passage.section_id, question.line))
        answers.append(vectors[passage.id][:said])
        questions.append(vectors[passage.id][said:])
        row += said
    numbers = {section: number for number, section in enumerate(dict.fromkeys(section for section, _ in lines))}
    return _Examples(
        np.concatenate(questions),
        np.concatenate(answers),
        np.array([numbers[section] for section, _ in lines]),
        {
            "questions": _rows([other for other in on_line[line] if other != number] or [number] for number, line in enumerate(lines)),
            "sentences": _rows(said_on[line] for line in lines),
            "headings": _rows(headings[section] for section, _ in lines),
        },
    )


def _rows(lists: Iterable[list[int]]) -> np.ndarray:
    """Shape (lists, choices): each list repeated or cut."""
    return np.array([(some * _CHOICES)[:_CHOICES] for some in lists])


def _learn(examples: _Examples) -> Projection:
    import torch
    from torch.nn.functional import cross_entropy, normalize

    chance = torch.Generator().manual_seed(0)
    questions, answers = torch.from_numpy(examples.questions), torch.from_numpy(examples.answers)
    means = questions.mean(0), answers.mean(0)
    questions, answers = questions - means[0], answers - means[1]
    components = torch.linalg.eigh(questions.T @ questions)[1].flip(1)[:, :_DIMENSION].contiguous()
    matrices = [torch.nn.Parameter(components.clone()) for _ in means]
    optimiser = torch.optim.AdamW(matrices, lr=_RATE, weight_decay=0)
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 1 - step / _STEPS)
    sections = torch.from_numpy(examples.sections)
    partners = {kind: torch.from_numpy(rows) for kind, rows in examples.partners.items()}

    def picked(rows: torch.Tensor) -> torch.Tensor:
        return rows[batch, torch.randint(rows.shape[1], (len(batch),), generator=chance)]

    for _ in range(_STEPS):
        batch = torch.randperm(len(questions), generator=chance)[:_BATCH]
        turned = normalize(questions[batch] @ matrices[0], dim=-1)
        same = (sections[batch][:, None] == sections[batch]) & ~torch.eye(len(batch), dtype=torch.bool)
        loss = _STAY * sum(((matrix - components) ** 2).sum() for matrix in matrices)
        for kind, weight in _PARTNERS.items():
            vectors, matrix = (questions, matrices[0]) if kind == "questions" else (answers, matrices[1])
            cosines = turned @ normalize(vectors[picked(partners[kind])] @ matrix, dim=-1).T
            loss = loss + weight * cross_entropy((cosines / _TEMPERATURE).masked_fill(same, -1e4), torch.arange(len(batch)))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        rate.step()
    return Projection(*(Side(mean.numpy(), matrix.detach().numpy()) for mean, matrix in zip(means, matrices, strict=True)))
