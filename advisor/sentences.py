"""Where sentences begin and end, in French and Arabic text."""

from __future__ import annotations

import re

# Words whose final stop does not end a sentence ("art. 12", "n. 3", "ص. 4").
_ABBREVIATIONS = frozenset(
    "art al cf ex env max min mm m mme no nos p pp réf ref tél tel vol chap éd fig inc ltd co st ste n s د ص م ج ه".split()
)
_END = re.compile(r"[.!?؟…]+(?:[ \u00a0\u202f]?»|[”\")\]])*(?=\s|$)|\n+")  # French puts a space before »


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Offsets (start, end) of the sentences of `text`, in order, without the white space around them.

    A line break always ends a sentence; a stop after a known abbreviation, a single capital letter or a list number does not.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith(".") and _is_abbreviation(text, start, match.start()):
            continue
        _append_trimmed(spans, text, start, match.end())
        start = match.end()
    _append_trimmed(spans, text, start, len(text))
    return spans


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    words = text[start:stop].split()
    word = re.split("['’]", words[-1])[-1].lstrip('(«"') if words else ""
    if len(words) == 1 and word.isdigit():  # "1. Première étape"
        return True
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word.isupper())


def _append_trimmed(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
