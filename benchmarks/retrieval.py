"""Measures retrieval: nDCG@10, recall@5 and MRR@10 by language or variety, next to three baselines and with parts switched off.

    python -m benchmarks.retrieval                  the project's own questions and corpus
    python -m benchmarks.retrieval DIR              any collection in BEIR layout: corpus.jsonl (_id, title, text), queries.jsonl
                                                    (_id, text, optional lang), qrels.tsv (query id, document id, score)

Baselines, in the same run: the bundled embedder alone, BM25 alone, and a plain LangChain set-up (Chroma retriever, default splitter) with
the same embedder. Nothing is kept: a collection is indexed in a temporary folder.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import math
import os
import statistics
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from rich.console import Console
from rich.progress import track
from rich.table import Table

from advisor.adapters.bm25s import lexical_rankings
from advisor.adapters.chroma import ChromaVectorStore
from advisor.adapters.memory import MemoryCatalogue
from advisor.adapters.sentence_transformers import SentenceTransformerEmbedder
from advisor.adapters.sql_sentence_vectors import SqlSentenceVectors
from advisor.answering import Advisor
from advisor.bootstrap import build_advisor, build_answerability, build_router, build_understanding
from advisor.index import Index
from advisor.language import language_of_text
from advisor.retrieval import Parts
from advisor.settings import Settings
from advisor.types import Document, Passage
from benchmarks.quality import read_questions
from ingest.chunking import passages_of
from ingest.plain_text import paragraphs
from ingest.sections import Reading, Section
from ingest.synchronising import embed

_TOP = 10
_EMBEDDED_AT_ONCE = 64
_MEASURES = {"nDCG@10": "ndcg", "recall@5": "recall", "MRR@10": "mrr"}
_RESAMPLES = 1000
Search = Callable[[str], list[str]]
"""Document ids for a question, best first."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question, the group its figures go to, and the documents that answer it with their grades.

    `alternatives`: any one of them answers it, so that finding one is finding all. `base` is the same for one question asked in several
    varieties.
    """

    text: str
    group: str
    relevant: Mapping[str, float]
    alternatives: bool = False
    base: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents as (title, text) by id, and what is asked of them."""

    documents: Mapping[str, tuple[str, str]]
    queries: Sequence[Query]


def read_collection(folder: Path) -> Collection:
    """Raises OSError, ValueError or KeyError, naming the file, if one is missing or malformed."""
    documents = {str(row["_id"]): (str(row.get("title") or ""), str(row["text"])) for row in _rows(folder / "corpus.jsonl")}
    qrels: dict[str, dict[str, float]] = defaultdict(dict)
    with (folder / "qrels.tsv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t"), start=1):
            if len(row) < 2 or (number == 1 and not _is_number(row[-1])):
                continue  # the header line of BEIR
            *ids, grade = row if _is_number(row[-1]) and len(row) > 2 else [*row, "1"]
            query, document = ids[0], ids[-1]  # TREC files have an unused column between them
            if float(grade) > 0:
                qrels[query][document] = float(grade)
    queries = [
        Query(str(row["text"]), str(row.get("lang") or "all"), qrels[str(row["_id"])])
        for row in _rows(folder / "queries.jsonl")
        if qrels.get(str(row["_id"]))
    ]
    if not queries:
        raise ValueError(f"{folder}: no query of queries.jsonl has a document in qrels.tsv")
    return Collection(documents, queries)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from error


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Figures:
    """One question's measures, each in [0, 1]."""

    ndcg: float
    recall: float
    mrr: float


def measure(ranked: Sequence[str], query: Query) -> Figures:
    """nDCG@10 (gain = grade, log2 discount), recall@5 and the reciprocal rank of the first relevant document among ten.

    recall@5 is the share of the relevant documents among the first five, of as many as five places can hold.
    """
    relevant = query.relevant
    ranked = list(dict.fromkeys(ranked))[:_TOP]
    gains = [relevant.get(one, 0.0) for one in ranked]
    first = next((rank for rank, gain in enumerate(gains, start=1) if gain), 0)
    if query.alternatives:
        return Figures(1 / math.log2(first + 1) if first else 0.0, float(0 < first <= 5), 1 / first if first else 0.0)
    ideal = sorted(relevant.values(), reverse=True)[:_TOP]
    found = sum(one in relevant for one in ranked[:5])
    return Figures(_dcg(gains) / _dcg(ideal), found / min(5, len(relevant)), 1 / first if first else 0.0)


def _dcg(gains: Iterable[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def index_collection(collection: Collection, home: Path, embedder: SentenceTransformerEmbedder) -> Index:
    """The collection under the production index: cut into passages as plain text is, a document being one section."""
    catalogue, vectors = MemoryCatalogue(), ChromaVectorStore(home / "chroma", embedder.name)
    sentences = SqlSentenceVectors(home / "sentences.sqlite", embedder.name, embedder.dimension)
    documents: list[Document] = []
    passages: list[Passage] = []
    for document_id, (title, text) in collection.documents.items():
        document = Document(document_id, document_id, title, language_of_text(f"{title} {text}"))
        documents.append(document)
        reading = Reading((Section(title, tuple(paragraphs(text or title))),))
        some = passages_of(document, reading, Settings().passage_chars)
        passages += [replace(one, section_id=document_id, section=title, title="") for one in some]
    ordered = sorted(passages, key=lambda one: len(one.embedded_text))
    for start in track(range(0, len(ordered), _EMBEDDED_AT_ONCE), description=f"embedding {len(ordered)} passages"):
        embed(ordered[start : start + _EMBEDDED_AT_ONCE], vectors, sentences, embedder)
    catalogue.replace(documents, passages, {}, (embedder.name, embedder.dimension))
    return Index(catalogue, vectors, sentences, embedder, lexical_rankings)


def production(advisor: Advisor) -> Search:
    return lambda question: [one.section_id for one in advisor.candidates(question, _TOP)]


def embedder_alone(index: Index) -> Search:
    """The nearest passages' documents by cosine, as the question stands."""
    section_of = {passage.id: passage.section_id for passage in index.catalogue.passages()}

    def search(question: str) -> list[str]:
        (vector,) = index.embedder.embed_questions([question])
        found = (section_of.get(one, "") for one, _ in index.vectors.search(vector, 5 * _TOP))
        return list(dict.fromkeys(one for one in found if one))

    return search


def bm25_alone(index: Index) -> Search:
    """bm25s as it comes: words in lower case, no stemming, no stop words."""
    passages = index.catalogue.passages()
    ranking = bm25s.BM25()
    ranking.index(bm25s.tokenize([one.embedded_text for one in passages], stopwords=None, show_progress=False), show_progress=False)

    def search(question: str) -> list[str]:
        tokens = bm25s.tokenize([question], stopwords=None, show_progress=False, return_ids=False)
        scores = ranking.get_scores(tokens[0]) if tokens[0] else np.zeros(len(passages))
        best = np.argsort(-scores, kind="stable")[: 5 * _TOP]
        return list(dict.fromkeys(passages[position].section_id for position in best if scores[position] > 0))

    return search


class _LangChainEmbeddings(Embeddings):
    """Our embedder as LangChain wants it."""

    def __init__(self, embedder: SentenceTransformerEmbedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        found: list[list[float]] = self._embedder.embed_documents(texts).tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        found: list[float] = self._embedder.embed_questions([text])[0].tolist()
        return found


def langchain(documents: Mapping[str, tuple[str, str]], embedder: SentenceTransformerEmbedder) -> Search:
    """What a LangChain tutorial sets up: recursive splitter of 1,000 characters with 200 of overlap, Chroma, similarity search."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = splitter.create_documents(
        [f"{title}\n{text}" if title else text for title, text in documents.values()], [{"id": one} for one in documents]
    )
    store = Chroma(embedding_function=_LangChainEmbeddings(embedder), collection_name=uuid.uuid4().hex)
    for start in track(range(0, len(chunks), _EMBEDDED_AT_ONCE), description=f"LangChain: {len(chunks)} chunks"):
        store.add_documents(chunks[start : start + _EMBEDDED_AT_ONCE])
    retriever = store.as_retriever(search_kwargs={"k": 5 * _TOP})
    return lambda question: list(dict.fromkeys(str(one.metadata["id"]) for one in retriever.invoke(question)))


@dataclass(frozen=True, slots=True)
class Row:
    """A system's figures for one group: mean with the 2.5th and 97.5th percentile of bootstrap means; milliseconds a question."""

    system: str
    group: str
    questions: int
    figures: dict[str, tuple[float, float, float]]
    median_ms: float
    p95_ms: float


def evaluate(name: str, search: Search, queries: Sequence[Query]) -> list[Row]:
    results: dict[str, list[tuple[Figures, float]]] = defaultdict(list)
    for query in track(queries, description=name):
        started = time.perf_counter()
        ranked = search(query.text)
        taken = (time.perf_counter() - started) * 1000
        for group in dict.fromkeys((query.group, "all")):
            results[group].append((measure(ranked, query), taken))
    rows = []
    for group, some in sorted(results.items(), key=lambda pair: (pair[0] == "all", pair[0])):
        times = sorted(taken for _, taken in some)
        figures = {measured: _interval(np.array([getattr(one, attribute) for one, _ in some])) for measured, attribute in _MEASURES.items()}
        rows.append(Row(name, group, len(some), figures, statistics.median(times), times[int(len(times) * 0.95)]))
    return rows


def _interval(values: np.ndarray) -> tuple[float, float, float]:
    """The mean and its 95 % bootstrap interval, from a fixed seed."""
    draws = np.random.default_rng(20261122).choice(values, (_RESAMPLES, len(values)))
    low, high = np.percentile(draws.mean(axis=1), [2.5, 97.5])
    return float(values.mean()), float(low), float(high)


def ablations(advisor: Advisor) -> dict[str, Advisor]:
    """The production retriever with parts switched off, by what is left."""
    variants = {
        "dense only": Parts(lexical=False, expansions=False, weighing=False, expected=False),
        "lexical only": Parts(dense=False, expansions=False, weighing=False, expected=False),
        "hybrid": Parts(expansions=False, weighing=False, expected=False),
        "hybrid + expansions": Parts(weighing=False, expected=False),
        "… + weighing": Parts(expected=False),
    }
    return {name: advisor.with_parts(parts) for name, parts in variants.items()}


def print_rows(rows: Sequence[Row], console: Console) -> None:
    table = Table("system", "questions in", "number", *_MEASURES, "ms median", "ms p95")
    for row in rows:
        cells = (f"{mean:.3f} [{low:.3f}-{high:.3f}]" for mean, low, high in row.figures.values())
        table.add_row(row.system, row.group, str(row.questions), *cells, f"{row.median_ms:.0f}", f"{row.p95_ms:.0f}")
    console.print(table)


def own_collection(advisor: Advisor, paths: Sequence[Path]) -> Collection:
    """The indexed corpus, a document for each section in both languages, and the answerable gold questions of some files."""
    snapshot = advisor.index.snapshot()
    documents = {
        section: (some[0].section, "\n".join(one.text for one in some))
        for section, some in snapshot.by_section.items()
        if section not in snapshot.copies
    }
    queries = [
        Query(row["question"], row["variety"], dict.fromkeys((*row["sections"], *row["also"]), 1.0), True, f"{path.stem}-{row.get('base')}")
        for path in paths
        for row in read_questions(path)
        if row["sections"]
    ]
    return Collection(documents, queries)


def run(collection: Collection, advisor: Advisor, embedder: SentenceTransformerEmbedder, console: Console) -> list[Row]:
    """Measures the production retriever, its ablations and the baselines, and prints them as they come."""
    index = advisor.index
    systems: dict[str, Callable[[], Search]] = {
        "Murshid": lambda: production(advisor),
        **{f"  {name}": partial(production, one) for name, one in ablations(advisor).items()},
        "embedder alone": lambda: embedder_alone(index),
        "BM25 alone": lambda: bm25_alone(index),
        "LangChain + Chroma": lambda: langchain(collection.documents, embedder),
    }
    rows: list[Row] = []
    for name, build in systems.items():
        search = build()
        search(collection.queries[0].text)  # the first call loads and fills caches
        rows += evaluate(name, search, collection.queries)
    print_rows(rows, console)
    return rows


def main(arguments: Sequence[str]) -> None:
    settings = Settings.from_environment(os.environ)
    embedder = SentenceTransformerEmbedder(settings.embedding_model, settings.models, settings.embedding_batch)
    console = Console(width=160)
    if arguments and Path(arguments[0]).is_dir():
        try:
            collection = read_collection(Path(arguments[0]))
        except (OSError, ValueError, KeyError) as error:
            raise SystemExit(f"This is not a collection: {error!r}") from error
        with tempfile.TemporaryDirectory() as home:
            index = index_collection(collection, Path(home), embedder)
            understanding = build_understanding(settings)
            answerability = build_answerability(settings, understanding.lexicon)
            advisor = Advisor(index, understanding, build_router(settings), answerability)
            run(collection, advisor, embedder, console)
        return
    paths = [Path(one) for one in arguments] or sorted(Path("tests/quality").glob("gold_held_*.yaml"))
    advisor = build_advisor(settings)
    collection = own_collection(advisor, paths)
    rows = run(collection, advisor, embedder, console)
    print(f"corpus {corpus_hash(advisor.index)}, {datetime.date.today()}, {', '.join(path.name for path in paths)}, {len(rows)} rows")


def corpus_hash(index: Index) -> str:
    """Changes when a passage does."""
    return hashlib.sha256("".join(sorted(one.id for one in index.catalogue.passages())).encode()).hexdigest()[:12]


if __name__ == "__main__":
    main(sys.argv[1:])
