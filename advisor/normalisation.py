"""Brings Arabic, French and Latin-letter Darija to one spelling, for searching only: what is shown keeps its own."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

from advisor.numbers import DIGITS

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u0640]")  # zero width, direction, soft hyphen, tatweel
_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_LETTERS = str.maketrans(  # one table: each pass over a text costs as much as everything else together
    {
        **DIGITS,
        **dict.fromkeys("أإآٱ", "ا"),
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        **dict.fromkeys("گڭݣ", "ك"),  # Moroccan g: ڭ, گ and ك are typed for the same word
        "ڤ": "ف",
        "پ": "ب",
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
    }
)
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})(?:[ \u00a0\u202f](\d{3}))(?:[ \u00a0\u202f](\d{3}))?(?!\d)")
_EUR1 = re.compile(r"\beur[. -]1(?!\d|[.,]\d)")  # EUR.1, EUR 1 and EUR1 are one word
_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]")


def normalise(text: str) -> str:
    """`text` in lower case with one form for each letter: no diacritics or accents, alef, ya, ta marbuta and digits unified."""
    if text.isascii():
        return text.lower()
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower()
    text = _MARKS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", text).translate(_LETTERS)


def words(text: str) -> list[str]:
    """The normalised words of `text`; a number such as "6 000" or "5701.10" is one word."""
    joined = _THOUSANDS.sub(lambda match: "".join(filter(None, match.groups())), normalise(text))
    return _WORD.findall(_EUR1.sub("eur1", joined))


def is_arabic(word: str) -> bool:
    """Whether `word` is written in Arabic letters."""
    return bool(_ARABIC_SCRIPT.search(word))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The Snowball stem of a normalised word, Arabic or French by its script."""
    language = "arabic" if is_arabic(word) else "french"
    if language == "arabic" and len(word) > 3:
        # The stemmer knows the feminine ending by its ta marbuta, which normalising has made a ha, and misses it in the plural.
        word = re.sub("(?:ه|ات)$", "ة", word)
    if not hasattr(_stemmers, language):  # a Stemmer must not be shared between threads
        setattr(_stemmers, language, Stemmer.Stemmer(language))
    stemmed: str = getattr(_stemmers, language).stemWord(word)
    return stemmed


_stemmers = threading.local()


def character_ngrams(word: str, shortest: int = 3, longest: int = 5) -> list[str]:
    """The character n-grams of a word between boundary marks: "bon" gives "_bo", "bon", "on_", "_bon", …; a number stays whole."""
    if word[0].isdigit():
        return [word]
    marked = f"_{word}_"
    return [marked[start : start + size] for size in range(shortest, longest + 1) for start in range(len(marked) - size + 1)] or [marked]
