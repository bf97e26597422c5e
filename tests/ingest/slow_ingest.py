"""What the kill test runs and kills: an ingest over the real stores, in a process of its own, slow enough to be hit anywhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from advisor.adapters.chroma import ChromaVectorStore
from advisor.adapters.sql_catalogue import SqlCatalogue
from advisor.adapters.sql_sentence_vectors import SqlSentenceVectors
from ingest.synchronising import synchronise
from tests.conftest import NgramEmbedder

_SECONDS_FOR_A_TEXT = 0.001
_SECONDS_BEFORE_A_WRITE = 0.02
_WRITES = {"add", "remove", "replace", "forget_other_models"}

Tell = Callable[[], None]
"""Is called at every step: around opening the stores, before each call of the embedder, before and after each write."""


class SlowEmbedder(NgramEmbedder):
    """Takes a moment for every text, as a model does."""

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell

    def embed_documents(self, texts: Sequence[str]) -> np.ndarray:
        self._tell()
        time.sleep(_SECONDS_FOR_A_TEXT * len(texts))
        return super().embed_documents(texts)


class Slow:
    """A store with a pause before each write, so that a kill falls between the writes as well as into them."""

    def __init__(self, store: Any, tell: Tell) -> None:
        self._store = store
        self._tell = tell

    def __getattr__(self, name: str) -> Any:
        verb = getattr(self._store, name)
        return self._slowly(verb) if name in _WRITES else verb

    def _slowly(self, verb: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            self._tell()
            time.sleep(_SECONDS_BEFORE_A_WRITE)
            result = verb(*arguments)
            self._tell()
            return result

        return run


@dataclass(frozen=True)
class Opened:
    """The stores below a data folder."""

    catalogue: SqlCatalogue
    vectors: ChromaVectorStore
    sentence_vectors: SqlSentenceVectors

    @classmethod
    def at(cls, home: Path) -> Opened:
        embedder = NgramEmbedder()
        return cls(
            SqlCatalogue(f"sqlite:///{home / 'catalogue.sqlite'}"),
            ChromaVectorStore(home / "chroma", embedder.name),
            SqlSentenceVectors(home / "sentences.sqlite", embedder.name, embedder.dimension),
        )

    def close(self) -> None:
        self.catalogue.close()
        self.vectors.close()
        self.sentence_vectors.close()


def ingest(corpus: Path, home: Path, steps: Connection | None = None) -> int:
    """Brings the index at `home` in line with `corpus`; the number of steps it took, each told through `steps`."""
    taken = 0

    def tell() -> None:
        nonlocal taken
        taken += 1
        if steps:
            steps.send(taken)

    tell()
    stores = Opened.at(home)
    tell()
    synchronise(
        corpus,
        Slow(stores.catalogue, tell),
        Slow(stores.vectors, tell),
        Slow(stores.sentence_vectors, tell),
        SlowEmbedder(tell),
        lock=home / "ingest.lock",
    )
    stores.close()
    tell()
    return taken
