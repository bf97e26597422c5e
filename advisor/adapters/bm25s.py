"""Lexical search with bm25s (Lù, "BM25S", 2024): one index of stems and one of character n-grams."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path

import bm25s
import numpy as np

from advisor.normalisation import character_ngrams, stem, words

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it comes set to DEBUG

_LAYOUT = 1  # raised when what is kept, or how words become terms, changes
_KEPT = 4  # indexes on disk: the passages' and the expected questions', in two rankings each


class LexicalIndex:
    """Ranks texts by BM25 against a question."""

    def __init__(self, index: bm25s.BM25 | None, terms: Callable[[str], list[str]]) -> None:
        """`terms` are what a word is looked up by; without an index nothing is found."""
        self._terms = terms
        self._index = index

    def search(self, question: str, limit: int) -> list[tuple[int, float]]:
        """Positions of the best texts with their scores, best first; texts that share no term are left out."""
        terms = [term for word in words(question) for term in self._terms(word)]
        if not self._index or not terms:
            return []
        scores = self._index.get_scores(terms)
        best = np.flatnonzero(scores >= np.partition(scores, -limit)[-limit]) if 0 < limit < len(scores) else np.arange(len(scores))
        best = best[np.argsort(-scores[best], kind="stable")][:limit]
        return [(int(position), float(scores[position])) for position in best if scores[position] > 0]


def stems(word: str) -> list[str]:
    return [stem(word)]


# Stems reach inflected words, n-grams reach misspelt ones and Arabic prefixes.
_RANKINGS: dict[str, Callable[[str], list[str]]] = {"stems": stems, "ngrams": character_ngrams}


def lexical_rankings(texts: Sequence[Sequence[str]]) -> dict[str, LexicalIndex]:
    """The two rankings by name, of texts given as their normalised words; a second of work for some two thousand passages."""
    return {name: LexicalIndex(_build(texts, terms), terms) for name, terms in _RANKINGS.items()}


class KeptLexicalRankings:
    """The same, but what was once built is kept below a folder, so that the next start only reads it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, texts: Sequence[Sequence[str]]) -> dict[str, LexicalIndex]:
        said = json.dumps([_LAYOUT, bm25s.__version__, *texts], ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(said.encode()).hexdigest()[:16]
        return {name: LexicalIndex(self._kept(f"{name}-{digest}", texts, terms), terms) for name, terms in _RANKINGS.items()}

    def _kept(self, name: str, texts: Sequence[Sequence[str]], terms: Callable[[str], list[str]]) -> bm25s.BM25 | None:
        path = self._folder / name
        with suppress(OSError, EOFError, ValueError, KeyError):  # not there yet, or damaged
            loaded: bm25s.BM25 = bm25s.BM25.load(path, show_progress=False)
            path.touch()
            return loaded
        index = _build(texts, terms)
        if index:
            self._keep(index, path)
        return index

    def _keep(self, index: bm25s.BM25, path: Path) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(dir=self._folder, prefix="building-"))
        index.save(building, show_progress=False)
        shutil.rmtree(path, ignore_errors=True)
        with suppress(OSError):  # another process was faster
            building.replace(path)
        newest_first = sorted(self._folder.iterdir(), key=lambda one: -one.stat().st_mtime)
        for older in newest_first[2 * _KEPT :]:
            shutil.rmtree(older, ignore_errors=True)


def _build(texts: Sequence[Sequence[str]], terms: Callable[[str], list[str]]) -> bm25s.BM25 | None:
    """None without texts, which the library cannot index."""
    if not texts:
        return None
    ids: dict[str, int] = {}
    distinct = dict.fromkeys(chain.from_iterable(texts))
    of_word = {word: [ids.setdefault(term, len(ids)) for term in terms(word)] for word in distinct}
    tokens = [list(chain.from_iterable(map(of_word.__getitem__, text))) for text in texts]
    index = bm25s.BM25(method="lucene")
    index.index(bm25s.tokenization.Tokenized(tokens, ids), show_progress=False)
    return index
