"""Lexical search with bm25s (Lù, "BM25S", 2024): one index of stems and one of character n-grams."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from itertools import chain

import bm25s
import numpy as np

from advisor.normalisation import character_ngrams, stem, words

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it comes set to DEBUG


class LexicalIndex:
    """Ranks texts by BM25 against a question; built in memory, a second for some two thousand passages."""

    def __init__(self, texts: Sequence[Sequence[str]], terms: Callable[[str], list[str]]) -> None:
        """`texts` are given as their normalised words; `terms` are what a word is looked up by."""
        self._terms = terms
        self._index = bm25s.BM25(method="lucene") if texts else None
        if self._index:
            ids: dict[str, int] = {}
            distinct = dict.fromkeys(chain.from_iterable(texts))
            of_word = {word: [ids.setdefault(term, len(ids)) for term in terms(word)] for word in distinct}
            tokens = [list(chain.from_iterable(map(of_word.__getitem__, text))) for text in texts]
            self._index.index(bm25s.tokenization.Tokenized(tokens, ids), show_progress=False)

    def search(self, question: str, limit: int) -> list[tuple[int, float]]:
        """Positions of the best texts with their scores, best first; texts that share no term are left out."""
        terms = [term for word in words(question) for term in self._terms(word)]
        if not self._index or not terms:
            return []
        scores = self._index.get_scores(terms)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [(int(position), float(scores[position])) for position in best if scores[position] > 0]


def stems(word: str) -> list[str]:
    return [stem(word)]


def lexical_rankings(texts: Sequence[Sequence[str]]) -> dict[str, LexicalIndex]:
    """The two rankings by name: stems reach inflected words, n-grams reach misspelt ones and Arabic prefixes."""
    return {"stems": LexicalIndex(texts, stems), "ngrams": LexicalIndex(texts, character_ngrams)}
