"""The questions that sections are expected to answer, searched like passages: a question is nearest to one asked in like words.

Known as doc2query (Nogueira et al. 2019) or hypothetical questions; those of the guides are in `corpus/guides/*/*.questions.yaml`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from advisor.normalisation import words
from advisor.ports import LexicalFactory, SentenceVectors
from advisor.projection import Projection
from advisor.types import Passage


@dataclass(frozen=True, slots=True)
class Asked:
    """How near a question comes to the expected ones.

    `rankings` are sections by the nearest of their questions, best first, one for each form of the question and each way of searching.
    `cosines` holds the best cosine of each expected question, `places` the rows of a section's lines in it.
    """

    rankings: Sequence[Sequence[str]]
    cosines: np.ndarray
    places: Mapping[str, Mapping[int, list[int]]]

    def lines(self, section_id: str) -> dict[int, float]:
        """The best cosine to the questions of each line of a section that has any."""
        return {line: float(self.cosines[rows].max()) for line, rows in self.places.get(section_id, {}).items()}


class ExpectedQuestions:
    """Those of all passages, with their vectors and lexical indexes."""

    def __init__(
        self, passages: Sequence[Passage], vectors: SentenceVectors, lexical: LexicalFactory, projection: Projection | None = None
    ) -> None:
        asked = [passage for passage in passages if passage.expected]
        held = vectors.get([passage.id for passage in asked])
        asked = [passage for passage in asked if passage.id in held]
        self._sections = [passage.section_id for passage in asked for _ in passage.expected]
        self._places: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for row, (section_id, line) in enumerate((passage.section_id, one.line) for passage in asked for one in passage.expected):
            self._places[section_id][line].append(row)
        self._vectors = np.concatenate([held[one.id][1 + len(one.sentences) :] for one in asked]) if asked else None
        if self._vectors is not None and projection:
            self._vectors = projection.questions(self._vectors)
        self._lexical = lexical([words(question.text) for passage in asked for question in passage.expected]) if asked else {}

    def near(self, forms: Sequence[str], vectors: np.ndarray, depth: int) -> Asked:
        """How near the forms of a question come, in rankings of `depth`.

        Their `vectors`, shape (forms, dimension), are to be projected where there is a projection.
        """
        if self._vectors is None:
            return NOTHING_ASKED
        cosines = self._vectors @ vectors.T
        rankings = [[self._sections[row] for row in _highest(column, depth)] for column in cosines.T]
        for form in forms:
            rankings += [[self._sections[row] for row, _ in one.search(form, depth)] for one in self._lexical.values()]
        return Asked(rankings, cosines.max(axis=1), self._places)


def _highest(values: np.ndarray, count: int) -> np.ndarray:
    """Where the highest values are, highest first."""
    some = np.argpartition(-values, count)[:count] if count < len(values) else np.arange(len(values))
    return some[np.argsort(-values[some], kind="stable")]


NOTHING_ASKED = Asked((), np.empty(0), {})
