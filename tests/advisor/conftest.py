"""The small corpus, indexed in memory; a server over the real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Server, serving
from small_corpus import DOCUMENTS, PASSAGES, SOURCES, CrowdedEmbedder, empty_index, fill, small_lexicon

from advisor.answerability import Answerability
from advisor.answering import Advisor
from advisor.bootstrap import build_answerability, build_router, build_understanding
from advisor.index import Index, Snapshot
from advisor.language import VarietyDetector
from advisor.ports import Embedder
from advisor.routing import Router
from advisor.settings import Settings
from advisor.topics import Topics
from advisor.understanding import Understanding

ROOT = Path(__file__).parents[2]


@pytest.fixture
def index(embedder: Embedder) -> Index:
    """The small corpus under plain n-gram vectors."""
    index = empty_index(embedder)
    fill(index, DOCUMENTS, PASSAGES, SOURCES)
    return index


@pytest.fixture
def snapshot(index: Index) -> Snapshot:
    return index.snapshot()


@pytest.fixture
def understanding(varieties: VarietyDetector, topics: Topics) -> Understanding:
    return Understanding(small_lexicon(), varieties, topics)


@pytest.fixture(scope="session")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with the real tables, and a folder for what is learned from them."""
    return Settings(home=tmp_path_factory.mktemp("learned"), corpus=ROOT / "corpus")


@pytest.fixture(scope="session")
def real_understanding(learned: Settings) -> Understanding:
    """Reads the real tables (seconds)."""
    return build_understanding(learned)


@pytest.fixture(scope="session")
def varieties(real_understanding: Understanding) -> VarietyDetector:
    return real_understanding.varieties


@pytest.fixture(scope="session")
def topics(real_understanding: Understanding) -> Topics:
    return real_understanding.topics


@pytest.fixture(scope="session")
def router(learned: Settings) -> Router:
    """Has learned from the real examples (seconds)."""
    return build_router(learned)


@pytest.fixture(scope="session")
def answerability(learned: Settings, real_understanding: Understanding) -> Answerability:
    """Has learned from the real examples (seconds)."""
    return build_answerability(learned, real_understanding.lexicon)


@pytest.fixture
def advisor(embedder: Embedder, understanding: Understanding, router: Router, answerability: Answerability) -> Advisor:
    """Answers from the small corpus, with similarities as high as those of the real model."""
    index = empty_index(CrowdedEmbedder(embedder))
    fill(index, DOCUMENTS, PASSAGES, SOURCES)
    return Advisor(index, understanding, router, answerability)


@pytest.fixture(scope="session")
def server(real_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the real corpus that is ready for questions, for the tests of the API and of the page."""
    with serving(real_home, tmp_path_factory.mktemp("server") / "log.txt") as server:
        server.wait_until_ready()
        yield server
