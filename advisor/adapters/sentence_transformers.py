"""Embeddings by any sentence-transformers model (https://sbert.net), by name or path; by default the bundled one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from advisor.adapters.bundled_e5 import LAYOUT, NAME, bundled_e5
from advisor.errors import ConfigurationError
from advisor.settings import BUNDLED

_LONGEST = 8000  # characters; a model reads at most some 512 tokens, and tokenising megabytes only costs time


class SentenceTransformerEmbedder:
    """Loads the model at once (a second after the import of torch, which takes several)."""

    def __init__(self, model: str, cache: Path, batch: int = 16) -> None:
        """Raises ConfigurationError if the model cannot be loaded."""
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.set_verbosity_error()
        logging.disable_progress_bar()
        bundled = model == BUNDLED
        try:
            self._model = SentenceTransformer(
                str(bundled_e5(cache)) if bundled else model, device="cpu" if bundled else None, local_files_only=bundled
            )
        except (OSError, ValueError) as error:
            raise ConfigurationError(f"The embedding model {model!r} cannot be loaded: {error}") from error
        self._name = f"{NAME}/{LAYOUT}" if bundled else model
        self._batch = batch

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        dimension = self._model.get_embedding_dimension()
        assert dimension is not None
        return int(dimension)

    def embed_documents(self, texts: Sequence[str]) -> np.ndarray:
        # The library sorts by length inside a call, so that a batch holds little padding.
        return np.asarray(
            self._model.encode_document(
                [text[:_LONGEST] for text in texts],
                batch_size=self._batch,
                normalize_embeddings=True,
                show_progress_bar=False,
            ),
            dtype=np.float32,
        )

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        return np.asarray(
            self._model.encode_query(
                [text[:_LONGEST] for text in texts], normalize_embeddings=True, show_progress_bar=False
            ),
            dtype=np.float32,
        )
