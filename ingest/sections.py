"""What every reader returns: the sections of a document, each a heading with blocks of text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from advisor.types import ExpectedQuestion


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item or table row. `item` is "" for a paragraph or row, "-" for a bullet, "1." and so on for a step."""

    text: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; the heading is "" before the first one. `page` counts from 1 where there are pages.

    `expected` are questions its blocks answer, which a `.questions.yaml` beside the document gives.
    """

    heading: str
    blocks: tuple[Block, ...]
    page: int | None = None
    expected: tuple[ExpectedQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read: its sections, what it says of itself (title, language, …), and what a person should know."""

    sections: tuple[Section, ...]
    properties: dict[str, Any] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
