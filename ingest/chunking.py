"""Cuts sections into passages: whole sentences, whole list items, never across a heading or a page."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from advisor.types import Document, Passage, Sentence
from ingest.cited_text import CitedSentence, cited_sentences
from ingest.sections import Reading, Section


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence with what stands before it: the gap to its predecessor and, if it opens a list item, the mark; and its line."""

    gap: str
    item: str
    line: int
    sentence: CitedSentence

    @property
    def text(self) -> str:
        return f"{self.item} {self.sentence.text}" if self.item else self.sentence.text


def passages_of(document: Document, reading: Reading, longest: int) -> list[Passage]:
    """The passages of a document in order, each at most `longest` characters where its sentences allow it."""
    passages: list[Passage] = []
    seen: Counter[str] = Counter()
    for number, section in enumerate(reading.sections, start=1):
        start = 0
        taken: set[int] = set()  # a line cut in two gives its questions to the passage it begins in
        for pieces in _pack(list(_pieces(section)), longest):
            text, sentences = _assemble(pieces)
            section_id = f"{document.id.removesuffix(f'.{document.language}')}#{number}"
            lines = {sentence.line for sentence in sentences}
            expected = tuple(one for one in section.expected if one.line in lines - taken)
            taken |= lines
            questions = (f"{one.line} {one.text}" for one in expected)
            name = "\x1f".join((document.id, section_id, document.title, section.heading, text, *questions))
            seen[name] += 1
            passages.append(
                Passage(
                    id=hashlib.sha256(f"{name}\x1f{seen[name]}".encode()).hexdigest()[:32],
                    document_id=document.id,
                    section_id=section_id,
                    language=document.language,
                    title=document.title,
                    section=section.heading,
                    text=text,
                    position=len(passages),
                    start=start,
                    page=section.page,
                    sentences=sentences,
                    expected=expected,
                )
            )
            start += len(text) + 1
    return passages


def _pieces(section: Section) -> Iterator[_Piece]:
    for line, block in enumerate(section.blocks):
        for index, sentence in enumerate(cited_sentences(block.text)):
            yield _Piece("\n" if index == 0 else " ", block.item if index == 0 else "", line, sentence)


def _pack(pieces: list[_Piece], longest: int) -> Iterator[list[_Piece]]:
    """Groups of neighbouring pieces of about equal size, none longer than `longest` unless a single sentence is."""
    total = sum(len(piece.text) + 1 for piece in pieces)
    target = total / max(1, -(-total // longest))  # ceil: 1,000 characters at 900 make two halves, not 900 and 100
    group: list[_Piece] = []
    size = 0
    for piece in pieces:
        length = len(piece.text) + 1
        if group and (size + length > longest or size + length / 2 > target):
            yield group
            group, size = [], 0
        group.append(piece)
        size += length
    if group:
        yield group


def _assemble(pieces: list[_Piece]) -> tuple[str, tuple[Sentence, ...]]:
    text = ""
    sentences = []
    for piece in pieces:
        if text:
            text += piece.gap
        text += piece.text
        sentences.append(Sentence(len(text) - len(piece.sentence.text), len(text), piece.sentence.fact_ids, piece.item, piece.line))
    return text, tuple(sentences)
