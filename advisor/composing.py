"""Writes an answer without any model: chooses the sentences that answer and arranges them, each with its marker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advisor.coverage import WeighedConcept, coverage
from advisor.normalisation import stem, words
from advisor.retrieval import Candidate
from advisor.types import Passage, Sentence

_MOST_SENTENCES = 6  # from the section that answers best
_MOST_STEPS = 8
_MOST_SECTIONS = 3  # as many as the retrieval reads for other markets
_CLOSE = 1.0  # a further section this near to the first in score adds to the answer …
_ADDED = 2  # … so many sentences
_SAME = 0.6  # share of common stems from which two sentences count as one
_MARKER_LIKE = re.compile(r"\[(\d+)\]")
_COVERAGE = 0.1  # of naming all that the question names, against cosines that lie between 0.75 and 0.95


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence chosen for the answer, with the passage it stands in."""

    passage: Passage
    sentence: Sentence
    relevance: float

    @property
    def text(self) -> str:
        return self.passage.text[self.sentence.start : self.sentence.end]


def choose(candidates: Sequence[Candidate], concepts: Sequence[WeighedConcept]) -> list[Quoted]:
    """The sentences that answer, in the order to show them.

    The first candidate gives the answer: its opening sentence, its steps if it is a list of steps, otherwise its sentences nearest to
    the question. The next ones, if they are nearly as good, add their opening and their nearest sentence.
    """
    main = _here(candidates[0], concepts) or _quotes(candidates[0], concepts)
    steps = [quote for quote in main if quote.sentence.item[:1].isdigit()]
    if not candidates[0].passages[0].section:  # a page without headings: its first sentence answers nothing in particular
        chosen = _in_order(_best(main, _MOST_SENTENCES))
    elif len(steps) > 1:
        chosen = [main[0], *(step for step in steps[:_MOST_STEPS] if step is not main[0])]
    else:
        chosen = [main[0], *_in_order(_best(main[1:], _MOST_SENTENCES - 1))]
    for candidate in candidates[1:_MOST_SECTIONS]:
        if candidate.score >= candidates[0].score - _CLOSE:
            further = _here(candidate, concepts)
            added = [*further[:1], *_best(further[1:], _ADDED - 1)]
            chosen += _in_order(quote for quote in added if not any(_same(quote, other) for other in chosen))
    return chosen


def _here(candidate: Candidate, concepts: Sequence[WeighedConcept]) -> list[Quoted]:
    """The sentences of a section but for those about other markets than the question's."""
    elsewhere = [
        other for passage in candidate.passages for other in candidate.elsewhere.get(passage.id) or [False] * len(passage.sentences)
    ]
    return [quote for quote, other in zip(_quotes(candidate, concepts), elsewhere, strict=True) if not other]


def _quotes(candidate: Candidate, concepts: Sequence[WeighedConcept]) -> list[Quoted]:
    """Every sentence of a section with its relevance: how near it is to the question, and how much of the question it names."""
    found: list[Quoted] = []
    for passage in candidate.passages:
        similarities = candidate.sentences.get(passage.id) or [0.0] * len(passage.sentences)
        for sentence, similarity in zip(passage.sentences, similarities, strict=True):
            named = coverage(concepts, _stems(passage.text[sentence.start : sentence.end]))
            found.append(Quoted(passage, sentence, similarity + _COVERAGE * named))
    return found


def _best(quotes: Sequence[Quoted], count: int) -> list[Quoted]:
    return sorted(quotes, key=lambda quote: -quote.relevance)[:count]


def _in_order(quotes: Iterable[Quoted]) -> list[Quoted]:
    return sorted(quotes, key=lambda quote: (quote.passage.position, quote.sentence.start))


def _same(one: Quoted, other: Quoted) -> bool:
    first, second = _stems(one.text), _stems(other.text)
    return len(first & second) >= _SAME * min(len(first), len(second))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text))


def arrange(quotes: Sequence[Quoted], first_marker: int = 1) -> str:
    """The answer's text: the first sentence as a paragraph, the others as steps or bullets, each followed by its marker [n]."""
    lines = []
    step = 0
    for marker, quote in enumerate(quotes, start=first_marker):
        said = _MARKER_LIKE.sub(r"(\1)", quote.text)  # a document's own note mark is not one of ours
        text = f"{said} [{marker}]"
        if marker == first_marker:
            lines += [text, ""]
        elif quote.sentence.item[:1].isdigit():
            step += 1
            lines.append(f"{step}. {text}")
        else:
            lines.append(f"- {text}")
    return "\n".join(lines).strip()
