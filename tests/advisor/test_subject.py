"""What sections and sentences are about."""

from __future__ import annotations

from functools import partial

import pytest
from small_corpus import AR, EUROPE, FR, UNITED_STATES, small_lexicon

from advisor.index import Snapshot
from advisor.subject import Subject, markets_named, subject_of
from advisor.types import Language
from advisor.understanding import Understanding


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [
        ("Combien de douane en Europe ?", FR, {EUROPE.id}),
        ("Un tapis vendu aux États-Unis", FR, {UNITED_STATES.id}),
        ("زربية مبيعة في الولايات المتحدة", AR, {UNITED_STATES.id}),
        ("Au Maroc, gardez la facture.", FR, set()),
        ("Gardez la facture.", FR, set()),
    ],
)
def test_the_markets_of_a_text_are_those_abroad(text: str, language: Language, named: set[str]) -> None:
    assert markets_named(text, language, small_lexicon()) == named


def test_every_section_has_a_subject(snapshot: Snapshot) -> None:
    named = partial(markets_named, lexicon=small_lexicon())
    found = {one: subject_of(some, snapshot.documents[some[0].document_id], named) for one, some in snapshot.by_section.items()}
    assert found["rugs#1"].heading_markets == {UNITED_STATES.id}
    assert found["parcels#1"].markets == {EUROPE.id}
    assert found["money#1"].markets == found["money#1"].products == frozenset()


def test_a_heading_says_more_than_its_document(understanding: Understanding) -> None:
    section = Subject(heading_markets=frozenset({UNITED_STATES.id}), markets=frozenset({EUROPE.id}), products=frozenset())
    for question, conflict in (("douane aux États-Unis", False), ("douane en France", True), ("douane", False)):
        assert section.market_conflict(understanding.understand(question)[0]) is conflict


def test_a_market_nobody_asked_for_is_told(understanding: Understanding) -> None:
    section = Subject(heading_markets=frozenset({UNITED_STATES.id}), markets=frozenset(), products=frozenset())
    assert section.market_unasked(understanding.understand("étiquette du tapis")[0])
    assert not section.market_unasked(understanding.understand("étiquette du tapis en Europe")[0])
