"""What flows through Murshid: Document → Passage → Retrieved → Answer with Citations."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Language(StrEnum):
    """A language Murshid answers in."""

    AR = "ar"
    FR = "fr"


class Variety(StrEnum):
    """How a question is written."""

    MSA = "msa"  # Modern Standard Arabic
    FR = "fr"
    ARY = "ary"  # Moroccan Arabic (Darija) in Arabic letters
    ARABIZI = "arabizi"  # Darija in Latin letters
    MIXED = "mixed"
    OTHER = "other"


class Outcome(StrEnum):
    """What became of a question. Only `ANSWERED` carries citations, and it always does."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    NO_EVIDENCE = "no_evidence"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from, as a reader can look it up. Dates are as the source gives them ("2026-07", "undated")."""

    id: str
    title: str
    publisher: str
    url: str
    date: str
    as_of: str
    verified: bool = True
    disputed: bool = False  # another source says otherwise
    topic: str = ""

    @property
    def year(self) -> int | None:
        """The year the statement is from; None if its source gives none."""
        return int(self.as_of[:4]) if self.as_of[:4].isdigit() else None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: text[start:end], the facts it rests on, and "-" or "1." if it opens a list item.

    `line` counts the paragraphs, list items and table rows of its section from 0.
    """

    start: int
    end: int
    fact_ids: tuple[str, ...] = ()
    item: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class ExpectedQuestion:
    """A question that people may ask and that a line of a section answers (see `Sentence.line`)."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read. `id` names it for good (a guide's id with its language, otherwise its path below the corpus)."""

    id: str
    path: str
    title: str
    language: Language
    publisher: str = ""
    url: str = ""
    date: str = ""
    topic: str = ""
    markets: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    verified_on: str = ""
    review_by: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is retrieved and cited: part of one section (or page) of a document.

    `section_id` is the same for the parallel sections of a guide's two languages, so that finding one finds the other.
    `start` is the offset of `text` in the plain text of its section; `position` orders the passages of a document.
    """

    id: str
    document_id: str
    section_id: str
    language: Language
    title: str
    section: str
    text: str
    position: int
    start: int = 0
    page: int | None = None
    sentences: tuple[Sentence, ...] = ()
    expected: tuple[ExpectedQuestion, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a passage needs text")

    @property
    def embedded_text(self) -> str:
        """What the embedding model and the lexical index read: the passage under its headings."""
        return "\n".join(part for part in (self.title, self.section, self.text) if part)

    @property
    def heading(self) -> str:
        """What it stands under: its section, or the document where there are no sections."""
        return self.section or self.title

    @property
    def heading_and_sentences(self) -> list[str]:
        """The texts that its vector is made of."""
        return [self.heading, *(self.text[one.start : one.end] for one in self.sentences)]


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage with its place in a ranking: rank starts at 1; score is "more is better" and comparable within one ranking only."""

    passage: Passage
    score: float
    rank: int
    ranking: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question was taken to ask. `forms` are the texts to search with, most faithful first.

    `market_scope` and `product_scope` hold what a document may be about to concern the question: France is also the EU, a rug is
    every kind of rug. They are empty where the question names none, or only Morocco itself.
    """

    question: str
    language: Language
    variety: Variety
    products: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    market_scope: frozenset[str] = frozenset()
    product_scope: frozenset[str] = frozenset()
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """What a marker [n] stands on: `quote` is passage text[start:end], word for word."""

    marker: int
    passage_id: str
    document_id: str
    title: str
    section: str
    page: int | None
    quote: str
    start: int
    end: int
    sources: tuple[Source, ...]
    as_of: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one question. `answered` if and only if there is a citation."""

    id: str
    conversation_id: str
    outcome: Outcome
    language: Language
    variety: Variety
    text: str
    engine: str
    understood: Understood
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.outcome is Outcome.ANSWERED) != bool(self.citations):
            raise ValueError("an answer is `answered` exactly when it cites something")
