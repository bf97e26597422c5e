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
from advisor.ports import Span
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

    def embed_parts(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> tuple[np.ndarray, list[np.ndarray]]:
        """The model reads each text once: a part is the mean of its tokens there (Günther et al., "Late Chunking", 2024).

        Parts beyond what the model reads, and those of a model that does not pool by the mean, are embedded by themselves.
        """
        cut = [text[:_LONGEST] for text in texts]
        read = self._transformer.encode_document(cut, batch_size=self._batch, show_progress_bar=False, output_value=None)
        parts = [self._parts(text, some, one) for text, some, one in zip(cut, spans, read, strict=True)]
        apart = [(row, int(column)) for row, some in enumerate(parts) for column in np.flatnonzero(np.isnan(some[:, 0]))]
        alone = self.embed_documents([texts[row][slice(*spans[row][column])] for row, column in apart])
        for (row, column), vector in zip(apart, alone, strict=True):
            parts[row][column] = vector
        whole = [one["sentence_embedding"].float().numpy() for one in read]
        return self._matrix(np.array(whole)), [self._matrix(some) for some in parts]

    def _parts(self, text: str, spans: Sequence[Span], read: dict[str, torch.Tensor]) -> np.ndarray:
        """The mean of the tokens in each part of a text; not a number where there are none."""
        found = np.full((len(spans), self.dimension), np.nan, dtype=np.float32)
        if not spans or not self._pools_by_mean:
            return found
        prompts = self._transformer.prompts  # the library takes the first of these names that the model knows
        prompt = next((prompts[name] for name in ("document", "passage", "corpus") if name in prompts), "")
        tokenizer, most = self._transformer.tokenizer, self._transformer.max_seq_length
        offsets = np.array(tokenizer(prompt + text, truncation=True, max_length=most, return_offsets_mapping=True)["offset_mapping"])
        ends = offsets[:, 1] - len(prompt)
        tokens = read["token_embeddings"][: len(offsets)].float().numpy()
        for row, (start, end) in enumerate(spans):
            inside = (ends > start) & (ends <= end)  # SentencePiece counts the space before a word to it
            if inside.any() and ends.max() >= end:
                found[row] = tokens[inside].mean(axis=0)
        return found

    @property
    def _pools_by_mean(self) -> bool:
        return any(getattr(module, "pooling_mode", "") == "mean" for module in self._transformer) and self._transformer.tokenizer.is_fast

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
