"""Makes the index hold exactly what the folder holds: adds what is new, removes what is gone, touches nothing else.

The order is what makes it safe to stop at any moment. Vectors are added first, then one transaction changes the catalogue, then
vectors nobody needs are removed; a reader takes only what the catalogue names, so it sees the old corpus or the new one, whole.
What was embedded before a stop is found again by its content hash.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from advisor.errors import IndexMismatch, IngestError, IngestRunning, UnreadableDocument
from advisor.ports import Catalogue, Embedder, SentenceVectors, VectorStore
from advisor.types import Document, Passage, Source
from ingest.chunking import passages_of
from ingest.facts import Fact, read_facts
from ingest.reading import find_files, read_document

_EMBEDDED_AT_ONCE = 64  # passages: what a stop can lose, a second or two of work

Progress = Callable[[str, int, int], None]
"""Is told (stage, done, total); the stages are "read" (files) and "embed" (passages)."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the index, or not all of it, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What one run did."""

    documents: int
    passages: int
    added: int
    removed: int
    embedded: int
    skipped: tuple[Skipped, ...]
    remarks: tuple[Skipped, ...]
    seconds: float


def synchronise(
    folder: Path,
    catalogue: Catalogue,
    vectors: VectorStore,
    sentence_vectors: SentenceVectors,
    embedder: Embedder,
    *,
    lock: Path,
    passage_chars: int = 900,
    max_bytes: int = 50_000_000,
    rebuild: bool = False,
    progress: Progress = lambda stage, done, total: None,
) -> Report:
    """Brings the index in line with `folder`. Files that cannot be read are reported, the others go on.

    Raises IngestRunning if another process is at it, IndexMismatch if the index was built with another model (unless `rebuild`),
    IngestError if the folder does not exist or holds nothing readable while the index holds something.
    """
    if not folder.is_dir():
        raise IngestError(f"There is no folder {folder}")
    started = time.monotonic()
    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock, timeout=0):
            _check_model(catalogue, embedder, rebuild)
            return _synchronise(
                folder, catalogue, vectors, sentence_vectors, embedder, passage_chars, max_bytes, rebuild, progress, started
            )
    except Timeout:
        raise IngestRunning("Another ingest is running on this index. Wait until it ends, then try again.") from None


def _check_model(catalogue: Catalogue, embedder: Embedder, rebuild: bool) -> None:
    built_with = catalogue.embedding()
    if built_with and built_with != (embedder.name, embedder.dimension) and not rebuild:
        raise IndexMismatch(
            f"The index was built with {built_with[0]} ({built_with[1]} dimensions), the settings name {embedder.name} "
            f"({embedder.dimension}). Vectors of two models cannot be compared. To rebuild: murshid ingest --rebuild"
        )


def _synchronise(
    folder: Path,
    catalogue: Catalogue,
    vectors: VectorStore,
    sentence_vectors: SentenceVectors,
    embedder: Embedder,
    passage_chars: int,
    max_bytes: int,
    rebuild: bool,
    progress: Progress,
    started: float,
) -> Report:
    facts = read_facts(folder / "facts") if (folder / "facts").is_dir() else {}
    documents: dict[str, Document] = {}
    passages: dict[str, Passage] = {}
    skipped: list[Skipped] = []
    remarks: list[Skipped] = []
    files = list(find_files(folder))
    for done, path in enumerate(files, start=1):
        name = path.relative_to(folder).as_posix()
        try:
            document, reading = read_document(path, folder, max_bytes)
            if document.id in documents:
                raise UnreadableDocument(f"its id {document.id} is already taken by {documents[document.id].path}")
            documents[document.id] = document
            passages.update({passage.id: passage for passage in passages_of(document, reading, passage_chars)})
            remarks.extend(Skipped(name, remark) for remark in reading.remarks)
        except UnreadableDocument as error:
            skipped.append(Skipped(name, str(error)))
        progress("read", done, len(files))
    before = {passage.id for passage in catalogue.passages()}
    if before and not passages:
        raise IngestError(f"Nothing readable in {folder}: the index is left as it is. To empty it, delete its folder.")
    embedded = _embed(passages, vectors, sentence_vectors, embedder, rebuild, progress)
    catalogue.replace(
        list(documents.values()), list(passages.values()), _cited_sources(passages, facts), (embedder.name, embedder.dimension)
    )
    for store in (vectors, sentence_vectors):
        store.remove(sorted(store.ids() - passages.keys()))
        store.forget_other_models()
    return Report(
        documents=len(documents),
        passages=len(passages),
        added=len(passages.keys() - before),
        removed=len(before - passages.keys()),
        embedded=embedded,
        skipped=tuple(skipped),
        remarks=tuple(remarks),
        seconds=time.monotonic() - started,
    )


def _embed(
    passages: dict[str, Passage],
    vectors: VectorStore,
    sentence_vectors: SentenceVectors,
    embedder: Embedder,
    rebuild: bool,
    progress: Progress,
) -> int:
    held = set() if rebuild else vectors.ids() & sentence_vectors.ids()
    missing = sorted(passages.keys() - held, key=lambda one: (len(passages[one].embedded_text), one))
    for start in range(0, len(missing), _EMBEDDED_AT_ONCE):
        some = [passages[one] for one in missing[start : start + _EMBEDDED_AT_ONCE]]
        embed(some, vectors, sentence_vectors, embedder)
        progress("embed", start + len(some), len(missing))
    return len(missing)


def embed(passages: Sequence[Passage], vectors: VectorStore, sentence_vectors: SentenceVectors, embedder: Embedder) -> None:
    """Adds the vectors of passages, and those of their headings, sentences and expected questions.

    A passage's vector is the mean of its heading's and its sentences', each weighed by its length. On the development questions that
    finds as well as embedding the passage too, which takes twice the time (benchmarks/README.md).
    """
    distinct = {text: row for row, text in enumerate(dict.fromkeys(text for one in passages for text in one.heading_and_sentences))}
    embedded = embedder.embed_documents(list(distinct))
    said = {one.id: embedded[[distinct[text] for text in one.heading_and_sentences]] for one in passages}
    questions = iter(embedder.embed_questions([question.text for one in passages for question in one.expected]))
    sentence_vectors.add({one.id: np.array([*said[one.id], *(next(questions) for _ in one.expected)]) for one in passages})
    means = [np.array([len(text) for text in one.heading_and_sentences], dtype=np.float32) @ said[one.id] for one in passages]
    vectors.add([one.id for one in passages], np.array([mean / (np.linalg.norm(mean) or 1.0) for mean in means], dtype=np.float32))


def _cited_sources(passages: dict[str, Passage], facts: dict[str, Fact]) -> dict[str, Source]:
    cited = {fact_id for passage in passages.values() for sentence in passage.sentences for fact_id in sentence.fact_ids}
    return {
        fact.id: Source(
            id=fact.id,
            title=fact.source_title,
            publisher=fact.source_publisher,
            url=fact.source_url,
            date=fact.source_date,
            as_of=fact.as_of,
            verified=fact.verified,
            disputed=fact.disputed,
            topic=fact.topic,
        )
        for fact_id in sorted(cited)
        if (fact := facts.get(fact_id))
    }
