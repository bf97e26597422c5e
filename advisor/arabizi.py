"""Darija in Latin letters: one key for the many spellings of a word, and a reading in Arabic letters."""

from __future__ import annotations

import re

_KEY_RULES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"tch|ch|sh|x", "$"),
        (r"kh|5", "X"),
        (r"gh|8(?=[a-z])", "G"),
        (r"ph", "f"),
        (r"dj", "j"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"qu|q", "9"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"7", "h"),
        (r"2", ""),
        (r"oo|ou|w", "u"),
        (r"o", "u"),
        (r"ee|y", "i"),
        (r"[ae]", ""),
        (r"(.)\1+", r"\1"),
    )
]
_LETTERS = [  # longest first
    ("tch", "تش"), ("kh", "خ"), ("gh", "غ"), ("ch", "ش"), ("sh", "ش"), ("ou", "و"), ("oo", "و"), ("dj", "ج"), ("th", "ت"), ("dh", "ض"),
    ("a", "ا"), ("b", "ب"), ("c", "ك"), ("d", "د"), ("e", ""), ("f", "ف"), ("g", "ك"), ("h", "ه"), ("i", "ي"), ("j", "ج"), ("k", "ك"),
    ("l", "ل"), ("m", "م"), ("n", "ن"), ("o", "و"), ("p", "ب"), ("q", "ق"), ("r", "ر"), ("s", "س"), ("t", "ت"), ("u", "و"), ("v", "ف"),
    ("w", "و"), ("x", "ش"), ("y", "ي"), ("z", "ز"), ("2", "ا"), ("3", "ع"), ("5", "خ"), ("7", "ح"), ("8", "غ"), ("9", "ق"),
]  # fmt: skip
_TABLE = dict(_LETTERS)
_TOKEN = re.compile("|".join(re.escape(latin) for latin, _ in _LETTERS))


def spelling_key(word: str) -> str:
    """A key that the usual spellings of a word share: "zerbia", "zarbiya" and "zrbya" all give "zrbi"."""
    for pattern, replacement in _KEY_RULES:
        word = pattern.sub(replacement, word)
    return word


def to_arabic_letters(word: str) -> str:
    """A likely reading in Arabic letters, in normalised spelling: "zerbia" gives زربيا, "7rir" حرير. A first guess, for searching."""
    word = re.sub(r"(.)\1+", r"\1", word)
    return _TOKEN.sub(lambda match: _TABLE[match.group()], word)
