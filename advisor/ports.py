"""What Murshid needs from the outside, each with only the verbs its callers use. The adapters implement these."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np

from advisor.types import Document, Passage, Source


class Embedder(Protocol):
    """Turns text into unit vectors: float32, shape (len(texts), dimension)."""

    @property
    def name(self) -> str:
        """Names the model and everything that changes its vectors; an index built under another name is not comparable."""

    @property
    def dimension(self) -> int: ...

    def embed_documents(self, texts: Sequence[str]) -> np.ndarray: ...

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray: ...


class VectorStore(Protocol):
    """Vectors of one embedding model by passage id. Searching is by cosine similarity, 1.0 for the same direction."""

    def ids(self) -> set[str]: ...

    def add(self, ids: Sequence[str], vectors: np.ndarray) -> None:
        """Adds or replaces."""

    def remove(self, ids: Sequence[str]) -> None: ...

    def search(self, vector: np.ndarray, limit: int) -> list[tuple[str, float]]:
        """The nearest ids with their similarity, best first."""

    def forget_other_models(self) -> None:
        """Deletes what was stored under another embedding model."""

    def refresh(self) -> None:
        """Sees what another process has written since."""


class SentenceVectors(Protocol):
    """Vectors of the heading, the sentences and the expected questions of passages, looked up by id and never searched.

    The first row is the heading's, or the title's where there is none; then come a row for each sentence and one for each question.
    """

    def ids(self) -> set[str]: ...

    def add(self, vectors: dict[str, np.ndarray]) -> None:
        """Adds or replaces the rows of passages."""

    def remove(self, ids: Sequence[str]) -> None: ...

    def get(self, ids: Sequence[str]) -> dict[str, np.ndarray]:
        """What is held of `ids`: shape (1 + sentences + expected questions, dimension)."""

    def forget_other_models(self) -> None:
        """Deletes what was stored under another embedding model."""


class Catalogue(Protocol):
    """Documents, passages and sources; the one truth about what the index holds. Vectors without a passage here do not count."""

    def generation(self) -> int:
        """0 while nothing was ever written; grows with every change."""

    def embedding(self) -> tuple[str, int] | None:
        """Name and dimension of the model the index was built with; None while there is no index."""

    def documents(self) -> list[Document]: ...

    def document_passage_counts(self) -> dict[str, int]: ...

    def passages(self) -> list[Passage]:
        """All passages, by document and position."""

    def sources(self) -> dict[str, Source]:
        """Sources by fact id."""

    def replace(
        self,
        documents: Sequence[Document],
        passages: Sequence[Passage],
        sources: Mapping[str, Source],
        embedding: tuple[str, int],
    ) -> None:
        """Makes this the whole content, in one transaction: a reader sees all of it or none."""


class LexicalSearch(Protocol):
    """Ranks the texts it was built from; positions and scores, best first."""

    def search(self, question: str, limit: int) -> list[tuple[int, float]]: ...


LexicalFactory = Callable[[Sequence[Sequence[str]]], Mapping[str, LexicalSearch]]
"""Builds the lexical rankings, by name, over texts given as their normalised words."""


class TextClassifier(Protocol):
    """Puts a text, given as the features it shows, into one of several classes."""

    def margins(self, texts: Sequence[Sequence[str]]) -> list[dict[str, float]]:
        """For each text, how clearly it belongs to each class: above 0 if it does rather than not."""
