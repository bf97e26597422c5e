"""Embeddings by any sentence-transformers model (https://sbert.net), by name or path; by default the bundled one."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from advisor.adapters.bundled_e5 import LAYOUT, NAME, bundled_e5
from advisor.errors import ConfigurationError
from advisor.settings import BUNDLED

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

_LONGEST = 8000  # characters; a model reads at most some 512 tokens, and tokenising megabytes only costs time


def _fastest_dtype() -> torch.dtype:
    """bfloat16 where the processor computes in it, twice as fast there (cosine to float32 at least 0.999); elsewhere it is slower."""
    import torch

    able = torch.cpu.get_capabilities()
    return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else torch.float32


class SentenceTransformerEmbedder:
    """Loads the model on first use: importing torch takes seconds, and an ingest that finds nothing new never needs it."""

    def __init__(self, model: str, cache: Path, batch: int = 16) -> None:
        self._model = model
        self._cache = cache
        self._batch = batch
        self._loaded: SentenceTransformer | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return f"{NAME}/{LAYOUT}" if self._model == BUNDLED else self._model

    @property
    def dimension(self) -> int:
        if self._model == BUNDLED:
            config = json.loads((bundled_e5(self._cache) / "config.json").read_text(encoding="utf-8"))
            return int(config["hidden_size"])
        dimension = self._transformer.get_embedding_dimension()
        assert dimension is not None
        return int(dimension)

    @property
    def _transformer(self) -> SentenceTransformer:
        """Raises ConfigurationError if the model cannot be loaded."""
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.set_verbosity_error()
        logging.disable_progress_bar()
        try:
            if self._model == BUNDLED:
                return SentenceTransformer(
                    str(bundled_e5(self._cache)), device="cpu", local_files_only=True, model_kwargs={"dtype": _fastest_dtype()}
                )
            return SentenceTransformer(self._model)
        except (OSError, ValueError) as error:
            raise ConfigurationError(f"The embedding model {self._model!r} cannot be loaded: {error}") from error

    def embed_documents(self, texts: Sequence[str]) -> np.ndarray:
        # The library sorts by length inside a call, so that a batch holds little padding.
        found = self._transformer.encode_document(
            [text[:_LONGEST] for text in texts],
            batch_size=self._batch,
            show_progress_bar=False,
        )
        return self._matrix(found)

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        found = self._transformer.encode_query([text[:_LONGEST] for text in texts], show_progress_bar=False)
        return self._matrix(found)

    def _matrix(self, vectors: np.ndarray) -> np.ndarray:
        """Unit rows. The library would make them so in the model's own precision, which in bfloat16 is 2 in 1,000 off."""
        matrix: np.ndarray = np.array(vectors, dtype=np.float32).reshape(-1, self.dimension)  # for no text, the library gives no width
        matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
        return matrix

    def count_tokens(self, text: str) -> int:
        """The tokens the model reads for `text`."""
        return len(self._transformer.tokenizer(text)["input_ids"])
