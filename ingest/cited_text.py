"""Sentences and the facts they cite: `Texte. [@fact-id] [@other-id]`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from advisor.sentences import sentence_spans

_CITATIONS = re.compile(r"(?:\s*\[@[^\]\s]+\])+")
_ID = re.compile(r"\[@([^\]\s]+)\]")


@dataclass(frozen=True, slots=True)
class CitedSentence:
    text: str
    fact_ids: tuple[str, ...]


def cited_sentences(text: str) -> list[CitedSentence]:
    """The sentences of `text` without their citation marks; a mark belongs to the sentence that ends before it."""
    found: list[CitedSentence] = []
    position = 0
    for match in _CITATIONS.finditer(text):
        found.extend(_sentences(text[position : match.start()]))
        if found:
            last = found[-1]
            found[-1] = CitedSentence(last.text, last.fact_ids + tuple(_ID.findall(match.group())))
        position = match.end()
        # "… texte [@id]." : the stop was written after the mark
        stop = re.match(r"\s*[.!?؟]", text[position:])
        if stop and found:
            found[-1] = CitedSentence(found[-1].text + stop.group().strip(), found[-1].fact_ids)
            position += stop.end()
    found.extend(_sentences(text[position:]))
    return found


def _sentences(text: str) -> list[CitedSentence]:
    return [CitedSentence(text[start:end], ()) for start, end in sentence_spans(text)]
