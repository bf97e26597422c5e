"""Writes an answer without any model: chooses the sentences that answer and arranges them, each with its marker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.evidence import WeighedConcept, coverage
from advisor.normalisation import stem, words
from advisor.types import Passage, Sentence

_MOST_SENTENCES = 6
_MOST_STEPS = 8
_SAME = 0.6  # share of common stems from which two sentences count as one
_OPENING = 0.35  # what the first sentence of a section is worth: guides answer their heading there


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence chosen for the answer, with the passage it stands in."""

    passage: Passage
    sentence: Sentence
    relevance: float

    @property
    def text(self) -> str:
        return self.passage.text[self.sentence.start : self.sentence.end]


def choose(sections: Sequence[Sequence[Passage]], concepts: Sequence[WeighedConcept]) -> list[Quoted]:
    """The sentences that answer, in the order to show them.

    `sections` are the passages of each section found, best section first. The first section gives the answer: its opening sentence,
    its steps if it is a list of steps, otherwise the sentences that name what was asked. Further sections add a sentence only
    if it names more of the question than the answer does so far.
    """
    main = _quotes(sections[0], concepts)
    opening = main[0]
    steps = [quote for quote in main if quote.sentence.item[:1].isdigit()]
    chosen = [opening, *(steps[:_MOST_STEPS] if len(steps) > 1 else _best(main[1:], _MOST_SENTENCES - 2))]
    chosen = _in_order(chosen)
    named = coverage_of(chosen, concepts)
    for passages in sections[1:]:
        extra = max(_quotes(passages, concepts), key=lambda quote: quote.relevance)
        gained = coverage_of([*chosen, extra], concepts)
        if gained > named and extra.relevance >= opening.relevance and not any(_same(extra, quote) for quote in chosen):
            chosen.append(extra)
            named = gained
        if len(chosen) >= _MOST_SENTENCES + (_MOST_STEPS if len(steps) > 1 else 0):
            break
    return chosen


def _quotes(passages: Sequence[Passage], concepts: Sequence[WeighedConcept]) -> list[Quoted]:
    """Every sentence of a section with its relevance: the share of the question it names, and a bonus for the opening one."""
    found: list[Quoted] = []
    for passage in passages:
        for sentence in passage.sentences:
            relevance = coverage(concepts, _stems(passage.text[sentence.start : sentence.end]))
            found.append(Quoted(passage, sentence, relevance + (0.0 if found else _OPENING)))
    return found


def _best(quotes: Sequence[Quoted], count: int) -> list[Quoted]:
    return sorted(quotes, key=lambda quote: -quote.relevance)[:count]


def _in_order(quotes: Sequence[Quoted]) -> list[Quoted]:
    return sorted(quotes, key=lambda quote: (quote.passage.position, quote.sentence.start))


def coverage_of(quotes: Sequence[Quoted], concepts: Sequence[WeighedConcept]) -> float:
    """The share of the question that these sentences name together."""
    return coverage(concepts, frozenset().union(*(_stems(quote.text) for quote in quotes)))


def _same(one: Quoted, other: Quoted) -> bool:
    first, second = _stems(one.text), _stems(other.text)
    return len(first & second) >= _SAME * min(len(first), len(second))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text))


def arrange(quotes: Sequence[Quoted]) -> str:
    """The answer's text: the first sentence as a paragraph, the others as steps or bullets, each followed by its marker [n]."""
    lines = []
    step = 0
    for marker, quote in enumerate(quotes, start=1):
        text = f"{quote.text} [{marker}]"
        if marker == 1:
            lines += [text, ""]
        elif quote.sentence.item[:1].isdigit():
            step += 1
            lines.append(f"{step}. {text}")
        else:
            lines.append(f"- {text}")
    return "\n".join(lines).strip()
