"""The index as one moment saw it: passages, their sections, and the lexical indexes built from them."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import InitVar, dataclass, field

from advisor.errors import IndexMismatch, IndexMissing
from advisor.expected import ExpectedQuestions
from advisor.normalisation import is_arabic, stem, words
from advisor.ports import Catalogue, Embedder, LexicalFactory, LexicalSearch, SentenceVectors, VectorStore
from advisor.projection import Projection
from advisor.types import Document, Language, Passage, Source

ProjectionFactory = Callable[[Sequence[Passage], SentenceVectors], Projection | None]
"""Learns a projection from the questions expected of passages; None where they are too few."""

_SHINGLE = 5  # words in a row that two texts rarely share unless one repeats the other


@dataclass(frozen=True)
class Snapshot:
    """Everything needed to answer, unchanging: an ingest makes a new one. `texts` are the words of each passage.

    `section_stems` gives the stems of a section in all its languages, `heading_stems` those of its headings, `stem_sections` the
    sections that hold a stem, `stems_by_script` the stems in Arabic letters (True) and in others; `copies` are sections that repeat
    others and give way to them; `projection` is what was learned from the questions expected of them.
    """

    generation: int
    documents: Mapping[str, Document]
    passages: Sequence[Passage]
    sources: Mapping[str, Source]
    lexical: Mapping[str, LexicalSearch]
    expected: ExpectedQuestions
    projection: Projection | None
    texts: InitVar[Sequence[Sequence[str]]]
    by_id: Mapping[str, Passage] = field(init=False)
    by_section: Mapping[str, list[Passage]] = field(init=False)
    section_stems: Mapping[str, frozenset[str]] = field(init=False)
    heading_stems: Mapping[str, frozenset[str]] = field(init=False)
    stem_sections: Mapping[str, frozenset[str]] = field(init=False)
    stems_by_script: Mapping[bool, Sequence[str]] = field(init=False)
    copies: frozenset[str] = field(init=False)

    def __post_init__(self, texts: Sequence[Sequence[str]]) -> None:
        by_section: dict[str, list[Passage]] = defaultdict(list)
        section_words: dict[str, set[str]] = defaultdict(set)
        headings: dict[str, set[str]] = defaultdict(set)
        for passage, text in zip(self.passages, texts, strict=True):
            by_section[passage.section_id].append(passage)
            section_words[passage.section_id].update(text)
            headings[passage.section_id].add(passage.section)
        stems = {section: frozenset(map(stem, some)) for section, some in section_words.items()}
        holding: dict[str, set[str]] = defaultdict(set)
        for section_id, section_stems in stems.items():
            for one in section_stems:
                holding[one].add(section_id)
        object.__setattr__(self, "by_id", {passage.id: passage for passage in self.passages})
        object.__setattr__(self, "by_section", dict(by_section))
        object.__setattr__(self, "section_stems", stems)
        object.__setattr__(
            self,
            "heading_stems",
            {section: frozenset(stem(word) for heading in some for word in words(heading)) for section, some in headings.items()},
        )
        by_script = {script: [one for one in holding if is_arabic(one) is script] for script in (True, False)}
        object.__setattr__(self, "stems_by_script", by_script)
        object.__setattr__(self, "copies", self._copies(texts))
        object.__setattr__(self, "stem_sections", {one: frozenset(some) for one, some in holding.items()})

    def _copies(self, texts: Sequence[Sequence[str]]) -> frozenset[str]:
        """The sections that only repeat, without sources, what sections with sources say: a guide that also lies there as a PDF."""
        sourced = {
            section for section, passages in self.by_section.items() if any(line.fact_ids for one in passages for line in one.sentences)
        }
        if len(sourced) == len(self.by_section):
            return frozenset()
        shingles: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        said: set[tuple[str, ...]] = set()
        for passage, text in zip(self.passages, texts, strict=True):
            known = said if passage.section_id in sourced else shingles[passage.section_id]
            known.update(zip(*(text[start:] for start in range(_SHINGLE)), strict=False))
        return frozenset(section for section, some in shingles.items() if len(some & said) > len(some) / 2)

    def sections_naming(self, names: Iterable[frozenset[str]]) -> int:
        """How many sections hold all the stems of one of `names`."""
        nowhere: frozenset[str] = frozenset()
        found: set[str] = set()
        for name in names:
            found |= frozenset.intersection(*(self.stem_sections.get(one, nowhere) for one in name))
        return len(found)

    def in_language(self, section_id: str, language: Language) -> list[Passage]:
        """The passages of a section in one language, in order."""
        return [passage for passage in self.by_section[section_id] if passage.language is language]


class Index:
    """Gives the newest snapshot, and makes a new one when the catalogue has changed."""

    def __init__(
        self,
        catalogue: Catalogue,
        vectors: VectorStore,
        sentence_vectors: SentenceVectors,
        embedder: Embedder,
        lexical: LexicalFactory,
        projections: ProjectionFactory = lambda passages, vectors: None,
    ) -> None:
        self.catalogue = catalogue
        self.vectors = vectors
        self.sentence_vectors = sentence_vectors
        self.embedder = embedder
        self._lexical = lexical
        self._projections = projections
        self._snapshot: Snapshot | None = None
        self._lock = threading.Lock()

    def snapshot(self) -> Snapshot:
        """Raises IndexMissing before the first ingest, IndexMismatch if it was built with another model."""
        generation = self.catalogue.generation()
        snapshot = self._snapshot
        if snapshot is None or snapshot.generation != generation:
            with self._lock:
                snapshot = self._snapshot
                if snapshot is None or snapshot.generation != generation:
                    snapshot = self._snapshot = self._load()
        return snapshot

    def _load(self) -> Snapshot:
        generation = self.catalogue.generation()
        built_with = self.catalogue.embedding()
        if built_with is None:
            raise IndexMissing("The index is empty. Run: murshid ingest")
        if built_with != (self.embedder.name, self.embedder.dimension):
            raise IndexMismatch(
                f"The index was built with {built_with[0]}, the settings name {self.embedder.name}. Run: murshid ingest --rebuild"
            )
        self.vectors.refresh()
        documents, passages, sources = self.catalogue.documents(), self.catalogue.passages(), self.catalogue.sources()
        if self.catalogue.generation() != generation:  # an ingest ended in between: these may not belong together
            return self._load()
        texts = [words(passage.embedded_text) for passage in passages]
        projection = self._projections(passages, self.sentence_vectors)
        return Snapshot(
            generation=generation,
            documents={document.id: document for document in documents},
            passages=passages,
            sources=sources,
            lexical=self._lexical(texts),
            expected=ExpectedQuestions(passages, self.sentence_vectors, self._lexical, projection),
            projection=projection,
            texts=texts,
        )
