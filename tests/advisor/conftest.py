"""The small corpus, indexed in memory; a server over the real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Server, serving
from small_corpus import DOCUMENTS, PASSAGES, SOURCES, CrowdedEmbedder, empty_index, fill, small_lexicon

from advisor.answering import Advisor
from advisor.index import Index, Snapshot
from advisor.ports import Embedder
from advisor.understanding import Understanding


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
def understanding() -> Understanding:
    return Understanding(small_lexicon())


@pytest.fixture
def advisor(embedder: Embedder, understanding: Understanding) -> Advisor:
    """Answers from the small corpus, with similarities as high as those of the real model."""
    index = empty_index(CrowdedEmbedder(embedder))
    fill(index, DOCUMENTS, PASSAGES, SOURCES)
    return Advisor(index, understanding)


@pytest.fixture(scope="session")
def server(real_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the real corpus that is ready for questions, for the tests of the API and of the page."""
    with serving(real_home, tmp_path_factory.mktemp("server") / "log.txt") as server:
        server.wait_until_ready()
        yield server
