"""How hard guides are to read: sentence length, and LIX (Björnsson 1968), which needs no list of syllables and so serves both languages."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_LONG_WORD = 6  # letters; a longer word counts as long in LIX
_LONG_SENTENCE = 32  # words


@dataclass(frozen=True, slots=True)
class Readability:
    """Words of the middle and of the long sentences, the share of sentences over 32 words, and LIX (30 easy, 60 very hard)."""

    sentences: int
    median: float
    p95: int
    long_share: float
    lix: float

    def __str__(self) -> str:
        return (
            f"{self.sentences} sentences, {self.median:.0f} words in the middle one, {self.p95} in the 95th percentile, "
            f"{self.long_share:.1%} over {_LONG_SENTENCE}, LIX {self.lix:.0f}"
        )


def readability(sentences: Sequence[str]) -> Readability:
    """Raises ValueError if no sentence holds a word."""
    split = [found for sentence in sentences if (found := _WORD.findall(sentence))]
    if not split:
        raise ValueError("no words")
    lengths = sorted(map(len, split))
    total = sum(lengths)
    long_words = sum(len(word) > _LONG_WORD for found in split for word in found)
    return Readability(
        sentences=len(split),
        median=statistics.median(lengths),
        p95=lengths[min(len(lengths) - 1, int(len(lengths) * 0.95))],
        long_share=sum(length > _LONG_SENTENCE for length in lengths) / len(lengths),
        lix=total / len(split) + 100 * long_words / total,
    )
