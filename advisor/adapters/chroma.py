"""Vectors in Chroma, embedded in this process (https://docs.trychroma.com)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from advisor.errors import IndexUnusable

# With the library's defaults (16 neighbours, 100 looked at) texts that are nearly the same, as parallel guides are, lose each other.
_GRAPH: Any = {"space": "cosine", "max_neighbors": 64, "ef_construction": 400, "ef_search": 400}
_BATCH = 2000  # fastest of those measured at 50,000 vectors


class ChromaVectorStore:
    """Cosine space, one collection for each embedding model, so that vectors of two models can never be compared.

    Distances become similarities here: more is better everywhere else.
    """

    def __init__(self, folder: Path, model: str) -> None:
        self._folder = folder
        self._name = f"passages-3-{hashlib.sha256(model.encode()).hexdigest()[:16]}"  # 3: raised when _GRAPH or what is stored changes
        self._open()

    def _open(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._client = chromadb.PersistentClient(path=str(self._folder), settings=ChromaSettings(anonymized_telemetry=False))
            self._collection = self._client.get_or_create_collection(self._name, embedding_function=None, configuration={"hnsw": _GRAPH})
        except (ChromaError, ValueError) as error:
            raise IndexUnusable(f"The vectors in {self._folder} cannot be read ({error}). Delete it and run: murshid ingest") from error

    def close(self) -> None:
        self._client.close()

    def refresh(self) -> None:
        # An open client keeps its graph in memory and never looks at what another process wrote (Chroma 1.5.9): open anew.
        self._client.close()
        self._open()

    def forget_other_models(self) -> None:
        """Deletes the vectors of every other model."""
        for collection in self._client.list_collections():
            if collection.name != self._name:
                self._client.delete_collection(collection.name)

    def ids(self) -> set[str]:
        return set(self._collection.get(include=[])["ids"])

    def add(self, ids: Sequence[str], vectors: np.ndarray) -> None:
        for start in range(0, len(ids), _BATCH):
            chunk = slice(start, start + _BATCH)
            self._collection.upsert(ids=list(ids[chunk]), embeddings=np.asarray(vectors[chunk], dtype=np.float32))

    def remove(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), _BATCH):
            self._collection.delete(ids=list(ids[start : start + _BATCH]))

    def search(self, vector: np.ndarray, limit: int) -> list[tuple[str, float]]:
        limit = min(limit, self._collection.count())
        if not limit:
            return []
        found = self._collection.query(query_embeddings=np.asarray([vector], dtype=np.float32), n_results=limit, include=["distances"])
        distances = found["distances"] or [[]]
        return [(one, 1.0 - distance) for one, distance in zip(found["ids"][0], distances[0], strict=True)]
