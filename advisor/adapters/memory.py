"""The ports in plain Python: the reference the other adapters are measured against, and what tests run on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from advisor.types import Document, Passage, Source


class MemoryVectorStore:
    """Exact cosine search over a dictionary."""

    def __init__(self) -> None:
        self._vectors: dict[str, np.ndarray] = {}

    def ids(self) -> set[str]:
        return set(self._vectors)

    def add(self, ids: Sequence[str], vectors: np.ndarray) -> None:
        for one, vector in zip(ids, vectors, strict=True):
            self._vectors[one] = np.asarray(vector, dtype=np.float32)

    def remove(self, ids: Sequence[str]) -> None:
        for one in ids:
            self._vectors.pop(one, None)

    def search(self, vector: np.ndarray, limit: int) -> list[tuple[str, float]]:
        scored = [(one, float(vector @ held / (np.linalg.norm(vector) * np.linalg.norm(held)))) for one, held in self._vectors.items()]
        return sorted(scored, key=lambda pair: -pair[1])[:limit]

    def forget_other_models(self) -> None:
        """Nothing to do: it holds one model's vectors."""

    def refresh(self) -> None:
        """Nothing to do: nobody else can write here."""


class MemorySentenceVectors:
    """A dictionary of matrices."""

    def __init__(self) -> None:
        self._vectors: dict[str, np.ndarray] = {}

    def ids(self) -> set[str]:
        return set(self._vectors)

    def add(self, vectors: dict[str, np.ndarray]) -> None:
        self._vectors.update(vectors)

    def remove(self, ids: Sequence[str]) -> None:
        for one in ids:
            self._vectors.pop(one, None)

    def get(self, ids: Sequence[str]) -> dict[str, np.ndarray]:
        return {one: self._vectors[one] for one in ids if one in self._vectors}

    def forget_other_models(self) -> None:
        """Nothing to do: it holds one model's vectors."""


class MemoryCatalogue:
    """A catalogue that lives as long as its process."""

    def __init__(self) -> None:
        self._generation = 0
        self._embedding: tuple[str, int] | None = None
        self._documents: list[Document] = []
        self._passages: list[Passage] = []
        self._sources: dict[str, Source] = {}

    def generation(self) -> int:
        return self._generation

    def embedding(self) -> tuple[str, int] | None:
        return self._embedding

    def documents(self) -> list[Document]:
        return list(self._documents)

    def document_passage_counts(self) -> dict[str, int]:
        counts = {document.id: 0 for document in self._documents}
        for passage in self._passages:
            counts[passage.document_id] += 1
        return counts

    def passages(self) -> list[Passage]:
        return list(self._passages)

    def sources(self) -> dict[str, Source]:
        return dict(self._sources)

    def replace(
        self,
        documents: Sequence[Document],
        passages: Sequence[Passage],
        sources: Mapping[str, Source],
        embedding: tuple[str, int],
    ) -> None:
        before = (self._documents, self._passages, self._sources, self._embedding)
        self._documents = sorted(documents, key=lambda document: document.id)
        self._passages = sorted(passages, key=lambda passage: (passage.document_id, passage.position))
        self._sources = dict(sources)
        self._embedding = embedding
        self._generation += before != (self._documents, self._passages, self._sources, self._embedding)
