"""What tests share: an embedder that needs no model, and an index of the real corpus, built once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from advisor.normalisation import character_ngrams, words
from advisor.types import Passage

ROOT = Path(__file__).parent.parent


class NgramEmbedder:
    """Embeds a text as its character n-grams, hashed into 256 places: instant, the same everywhere, and near for texts that share words."""

    def __init__(self, name: str = "ngrams", dimension: int = 256) -> None:
        self.name = name
        self.dimension = dimension
        self.embedded: list[str] = []  # every document text it was given, in order

    def embed_documents(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded += texts
        return self.embed_questions(texts)

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in words(text):
                for gram in character_ngrams(word, 3, 4):
                    vectors[row, zlib.crc32(gram.encode()) % self.dimension] += 1
            vectors[row] /= np.linalg.norm(vectors[row]) or 1.0
        return vectors


def vectors_of(passage: Passage, embedder: NgramEmbedder) -> tuple[np.ndarray, np.ndarray]:
    """The vector of a passage, and those of its heading, sentences and expected questions, as an ingest should store them."""
    texts = passage.heading_and_sentences
    rows = embedder.embed_questions([*texts, *(one.text for one in passage.expected)])
    mean = sum(len(text) * row for text, row in zip(texts, rows, strict=False))
    return mean / np.linalg.norm(mean), rows


@pytest.fixture
def embedder() -> NgramEmbedder:
    return NgramEmbedder()


def run_murshid(*arguments: str, home: Path, timeout: float = 600, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line in a process of its own, from the project's folder."""
    return subprocess.run(
        [sys.executable, "-m", "murshid", *arguments],
        cwd=ROOT,
        env={**os.environ, "MURSHID_HOME": str(home), "COLUMNS": "200", "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


# Enough of the corpus for real questions in every test; all of it takes minutes to embed (`make bench` measures that).
GUIDES = """who-may-export registers-professional-card exporters-file-portnet customs-declaration parcels-eu-2026 proofs-of-origin-eu-uk
    repatriation-currency-accounts etsy-anou-trade-ma rugs-united-states ceramics-food-contact leather-reach tijara-charter-2025-2027
    export-insurance-smaex craft-exports-in-figures""".split()


@pytest.fixture(scope="session")
def real_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's facts, tables and documents with some of its guides."""
    folder = tmp_path_factory.mktemp("corpus")
    for name in ("facts", "tables", "documents"):
        shutil.copytree(ROOT / "corpus" / name, folder / name)
    for name in GUIDES:
        for path in (ROOT / "corpus" / "guides").glob(f"*/{name}.*"):
            target = folder / path.relative_to(ROOT / "corpus")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    return folder


@pytest.fixture(scope="session")
def real_home(real_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the index of `real_corpus`, embedded by the real model (about a minute, once for all tests)."""
    home = tmp_path_factory.mktemp("murshid")
    done = run_murshid("ingest", str(real_corpus), home=home, timeout=900)
    assert done.returncode == 0, done.stderr
    return home
