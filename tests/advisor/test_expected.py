"""Searching the questions that sections are expected to answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_corpus import DOCUMENTS, PASSAGES, SOURCES, empty_index, fill

from advisor.expected import Asked, ExpectedQuestions
from advisor.index import Index
from advisor.ports import Embedder
from advisor.projection import Projection, Side
from advisor.types import ExpectedQuestion

ASKED = {
    "rugs.fr#1": (ExpectedQuestion("c quoi le petit papier cousu derriere mon tapis pour New York", 0),),
    "rugs.ar#1": (
        ExpectedQuestion("شنو نخيطو فالزربية اللي غادية لمريكان", 0),
        ExpectedQuestion("zerbia d souf chno nkteb 3liha", 1),
    ),
    "money.fr#1": (ExpectedQuestion("jusqu'a quand l'argent du client doit rentrer", 0),),
}


@pytest.fixture
def index(embedder: Embedder) -> Index:
    """The small corpus, with questions expected of two sections."""
    index = empty_index(embedder)
    fill(index, DOCUMENTS, [replace(one, expected=ASKED.get(one.id, ())) for one in PASSAGES], SOURCES)
    return index


def near(index: Index, question: str, depth: int = 5) -> Asked:
    return index.snapshot().expected.near([question], index.embedder.embed_questions([question]), depth)


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("petit papier cousu derriere le tapis", "rugs#1"),
        ("شنو خاصني نخيط فالزربية", "rugs#1"),
        ("chno khassni nkteb 3la zerbia d souf", "rugs#1"),
        ("quand doit rentrer l'argent", "money#1"),
    ],
)
def test_every_way_of_searching_finds_the_section_asked_in_like_words(index: Index, question: str, section: str) -> None:
    rankings = near(index, question).rankings
    assert len(rankings) == 3  # dense, stems, n-grams
    assert all(ranking[0] == section for ranking in rankings)


def test_each_line_has_the_cosine_of_its_nearest_question(index: Index) -> None:
    lines = near(index, "zerbia d souf chno nkteb 3liha").lines("rugs#1")
    assert set(lines) == {0, 1}
    assert lines[1] == pytest.approx(1.0, abs=1e-3)
    assert lines[0] < lines[1]


def test_of_several_forms_of_a_question_the_nearest_counts(index: Index) -> None:
    forms = ["quelque chose d'autre", "jusqu'a quand l'argent du client doit rentrer"]
    asked = index.snapshot().expected.near(forms, index.embedder.embed_questions(forms), 5)
    assert asked.lines("money#1")[0] == pytest.approx(1.0, abs=1e-3)


def test_a_ranking_goes_no_deeper_than_asked(index: Index) -> None:
    assert all(len(ranking) <= 2 for ranking in near(index, "tapis souf argent", depth=2).rankings)


def test_a_section_without_questions_has_no_lines(index: Index) -> None:
    assert near(index, "cuir").lines("leather#1") == {}


def test_where_no_questions_are_expected_nothing_is_ranked(embedder: Embedder) -> None:
    index = empty_index(embedder)
    fill(index, DOCUMENTS, PASSAGES, SOURCES)
    assert near(index, "cuir").rankings == ()


def test_questions_whose_vectors_are_missing_do_not_count(index: Index) -> None:
    index.sentence_vectors.remove(["money.fr#1"])
    assert near(index, "jusqu'a quand l'argent du client doit rentrer").lines("money#1") == {}


def test_with_a_projection_questions_are_compared_as_projected(index: Index) -> None:
    passages = index.catalogue.passages()
    first_only = np.zeros((256, 1), dtype=np.float32)
    first_only[0] = 1.0
    side = Side(np.full(256, -1.0, dtype=np.float32), first_only)  # every vector becomes the number 1
    expected = ExpectedQuestions(passages, index.sentence_vectors, lambda texts: {}, Projection(side, side))
    asked = expected.near(["cuir"], side(index.embedder.embed_questions(["cuir"])), 5)
    assert asked.cosines == pytest.approx(np.ones(4))
