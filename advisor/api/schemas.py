"""What goes in and out of the HTTP API, as JSON."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from advisor.answering import MOST_CHARACTERS
from advisor.types import Answer, Citation, Document, Language, Outcome, Retrieved, Source, Understood, Variety

Question = Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS, examples=["شنو خاصني باش نصيفط زربية لفرنسا؟"])]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AskBody(_Body):
    """A question. With "auto" it is answered in its own language, Darija in Arabic."""

    question: Question
    language: Literal["auto", "ar", "fr"] = "auto"
    conversation_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")] | None = None

    def answer_language(self) -> Language | None:
        return None if self.language == "auto" else Language(self.language)


class SearchBody(_Body):
    question: Question
    limit: Annotated[int, Field(ge=1, le=50)] = 8


class SourceBody(BaseModel):
    id: str
    title: str
    publisher: str
    url: str
    date: str
    as_of: str
    verified: bool

    @classmethod
    def of(cls, source: Source) -> SourceBody:
        return cls(
            id=source.id,
            title=source.title,
            publisher=source.publisher,
            url=source.url,
            date=source.date,
            as_of=source.as_of,
            verified=source.verified,
        )


class CitationBody(BaseModel):
    """`quote` is the passage's text from `start` to `end`, word for word."""

    marker: int
    passage_id: str
    document_id: str
    title: str
    section: str
    page: int | None
    quote: str
    start: int
    end: int
    sources: list[SourceBody]
    as_of: str

    @classmethod
    def of(cls, citation: Citation) -> CitationBody:
        return cls(
            marker=citation.marker,
            passage_id=citation.passage_id,
            document_id=citation.document_id,
            title=citation.title,
            section=citation.section,
            page=citation.page,
            quote=citation.quote,
            start=citation.start,
            end=citation.end,
            sources=[SourceBody.of(source) for source in citation.sources],
            as_of=citation.as_of,
        )


class UnderstoodBody(BaseModel):
    products: list[str]
    markets: list[str]
    topics: list[str]
    question: str

    @classmethod
    def of(cls, understood: Understood) -> UnderstoodBody:
        return cls(
            products=list(understood.products),
            markets=list(understood.markets),
            topics=list(understood.topics),
            question=understood.question,
        )


class AnswerBody(BaseModel):
    id: str
    conversation_id: str
    outcome: Outcome
    language: Language
    variety: Variety
    text: str
    engine: str
    citations: list[CitationBody]
    understood: UnderstoodBody
    warnings: list[str]
    suggestions: list[str]
    timings_ms: dict[str, float]

    @classmethod
    def of(cls, answer: Answer) -> AnswerBody:
        return cls(
            id=answer.id,
            conversation_id=answer.conversation_id,
            outcome=answer.outcome,
            language=answer.language,
            variety=answer.variety,
            text=answer.text,
            engine=answer.engine,
            citations=[CitationBody.of(citation) for citation in answer.citations],
            understood=UnderstoodBody.of(answer.understood),
            warnings=list(answer.warnings),
            suggestions=list(answer.suggestions),
            timings_ms=answer.timings_ms,
        )


class PassageBody(BaseModel):
    """A passage found; scores order the passages of one search and mean nothing else."""

    passage_id: str
    document_id: str
    language: Language
    title: str
    section: str
    page: int | None
    text: str
    rank: int
    score: float

    @classmethod
    def of(cls, retrieved: Retrieved) -> PassageBody:
        passage = retrieved.passage
        return cls(
            passage_id=passage.id,
            document_id=passage.document_id,
            language=passage.language,
            title=passage.title,
            section=passage.section,
            page=passage.page,
            text=passage.text,
            rank=retrieved.rank,
            score=retrieved.score,
        )


class SearchResultBody(BaseModel):
    language: Language
    variety: Variety
    understood: UnderstoodBody
    passages: list[PassageBody]


class DocumentBody(BaseModel):
    id: str
    title: str
    language: Language
    topic: str
    markets: list[str]
    products: list[str]
    publisher: str
    url: str
    date: str
    verified_on: str
    review_by: str
    passages: int

    @classmethod
    def of(cls, document: Document, passages: int) -> DocumentBody:
        return cls(
            id=document.id,
            title=document.title,
            language=document.language,
            topic=document.topic,
            markets=list(document.markets),
            products=list(document.products),
            publisher=document.publisher,
            url=document.url,
            date=document.date,
            verified_on=document.verified_on,
            review_by=document.review_by,
            passages=passages,
        )


class DocumentsBody(BaseModel):
    documents: list[DocumentBody]


class ProblemBody(BaseModel):
    """An error as RFC 9457 describes it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, str]] = []
