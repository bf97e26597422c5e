"""How hard a text is to read."""

from __future__ import annotations

import pytest

from ingest.readability import readability


def test_lix_is_words_by_sentence_plus_the_percentage_of_long_words() -> None:
    found = readability(["Le tapis part demain.", "La douane demande une déclaration."])
    assert (found.sentences, found.median, found.p95) == (2, 4.5, 5)
    assert found.lix == pytest.approx(9 / 2 + 100 * 2 / 9)  # demande, déclaration


def test_a_sentence_of_more_than_32_words_is_long() -> None:
    assert readability([" ".join(["mot"] * 33), " ".join(["mot"] * 32)]).long_share == 0.5


def test_arabic_words_are_counted() -> None:
    assert readability(["تؤدي الزربية رسما في الاتحاد الأوروبي."]).median == 6


def test_a_text_without_words_has_no_level() -> None:
    with pytest.raises(ValueError, match="no words"):
        readability(["…", ""])
