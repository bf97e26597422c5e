"""Chooses the adapters: the one place where settings become a working advisor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from advisor.adapters.bm25s import KeptLexicalRankings
from advisor.adapters.chroma import ChromaVectorStore
from advisor.adapters.scikit_learn import trained
from advisor.adapters.sentence_transformers import SentenceTransformerEmbedder
from advisor.adapters.sql_catalogue import SqlCatalogue
from advisor.adapters.sql_sentence_vectors import SqlSentenceVectors
from advisor.adapters.torch_projection import LearnedProjections
from advisor.answerability import Answerability
from advisor.answering import Advisor
from advisor.examples import answerable_examples, questions_files, route_examples, topic_examples, variety_examples, version
from advisor.index import Index
from advisor.language import VarietyDetector
from advisor.lexicon import Lexicon, read_lexicon
from advisor.routing import Router
from advisor.settings import Settings
from advisor.topics import read_topics
from advisor.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Stores:
    """What ingest writes to and the advisor reads from."""

    catalogue: SqlCatalogue
    vectors: ChromaVectorStore
    sentence_vectors: SqlSentenceVectors
    embedder: SentenceTransformerEmbedder


def open_stores(settings: Settings) -> Stores:
    embedder = SentenceTransformerEmbedder(settings.embedding_model, settings.models, settings.embedding_batch)
    return Stores(
        SqlCatalogue(settings.catalogue_url),
        ChromaVectorStore(settings.vectors, embedder.name),
        SqlSentenceVectors(settings.sentence_vectors, embedder.name, embedder.dimension),
        embedder,
    )


def build_understanding(settings: Settings) -> Understanding:
    """Reads the tables; the first time, what tells varieties and topics learns from examples (seconds)."""
    examples = version(settings.corpus)
    varieties = trained(partial(variety_examples, settings.corpus), examples, settings.models, "varieties")
    topics = trained(partial(topic_examples, settings.corpus), examples, settings.models, "topics")
    return Understanding(read_lexicon(settings.tables), VarietyDetector(varieties), read_topics(settings.tables, topics))


def build_router(settings: Settings) -> Router:
    """The first time, it learns from its examples (seconds)."""
    return Router(trained(partial(route_examples, settings.corpus), version(settings.corpus), settings.models, "routes"))


def build_answerability(settings: Settings, lexicon: Lexicon) -> Answerability:
    """The first time, it learns from its examples (seconds); where the corpus gives none, it stays without."""
    if not questions_files(settings.corpus):
        return Answerability(None, lexicon)
    examples = partial(answerable_examples, settings.corpus, lexicon)
    return Answerability(trained(examples, version(settings.corpus), settings.models, "answerability"), lexicon)


def learn(settings: Settings, stores: Stores, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Learns, from examples and from what was ingested, what an advisor would learn when it is first built; tells (done, total)."""
    steps: list[Callable[[], object]] = [build_index(settings, stores).snapshot]
    if settings.tables.is_dir():
        lexicon = read_lexicon(settings.tables)
        steps += [
            partial(build_understanding, settings),
            partial(build_router, settings),
            partial(build_answerability, settings, lexicon),
        ]
    for done, step in enumerate(steps):
        progress(done, len(steps))
        step()
    progress(len(steps), len(steps))


def build_advisor(settings: Settings, stores: Stores | None = None) -> Advisor:
    """The advisor these settings describe. The index is read on the first question, or by `advisor.index.snapshot()`."""
    stores = stores or open_stores(settings)
    understanding = build_understanding(settings)
    answerability = build_answerability(settings, understanding.lexicon)
    return Advisor(build_index(settings, stores), understanding, build_router(settings), answerability)


def build_index(settings: Settings, stores: Stores) -> Index:
    lexical = KeptLexicalRankings(settings.lexical)
    projections = LearnedProjections(settings.models, stores.embedder.name)
    return Index(stores.catalogue, stores.vectors, stores.sentence_vectors, stores.embedder, lexical, projections)
