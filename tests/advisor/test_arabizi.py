"""Darija in Latin letters: many spellings, one key."""

from __future__ import annotations

import pytest

from advisor.arabizi import spelling_key, to_arabic_letters


@pytest.mark.parametrize(
    "spellings",
    [
        ["zerbia", "zarbiya", "zrbya", "zarbia", "zerbiyya"],
        ["chhal", "ch7al", "sh7al", "shhal", "xhal"],
        ["kheddam", "5eddam", "khedam"],
        ["ghali", "8ali", "ghaly"],
        ["belgha", "balgha", "blgha", "bel8a"],
        ["9eftan", "qeftan", "qaftan"],
        ["diwana", "diouana", "dywana"],
        ["fekhar", "fakhar", "fekhkhar", "fe5ar"],
    ],
)
def test_the_spellings_of_a_word_share_a_key(spellings: list[str]) -> None:
    assert len({spelling_key(one) for one in spellings}) == 1


def test_different_words_have_different_keys() -> None:
    some = ["zerbia", "belgha", "diwana", "fekhar", "9eftan", "koliya", "tikita", "jeld", "fedda", "chhal", "kifach", "fransa"]
    assert len({spelling_key(one) for one in some}) == len(some)


@pytest.mark.parametrize("word", ["zerbia", "ch7al", "kheddam", "9eftan", "3lach", "etsy", "portnet", "a", ""])
def test_a_word_has_a_key_whatever_it_is(word: str) -> None:
    assert set(spelling_key(word)) <= set("bcdfghijklmnpqrstuvwyz$XG39")


@pytest.mark.parametrize(
    ("word", "arabic"),
    [
        ("7rir", "حرير"),
        ("zerbia", "زربيا"),
        ("ch7al", "شحال"),
        ("kheddam", "خدام"),
        ("3sl", "عسل"),
        ("9ftan", "قفتان"),
        ("ghali", "غالي"),
        ("souf", "سوف"),
        ("fedda", "فدا"),
    ],
)
def test_a_word_is_read_in_arabic_letters(word: str, arabic: str) -> None:
    assert to_arabic_letters(word) == arabic


def test_no_latin_letter_is_left() -> None:
    assert not any("a" <= char <= "z" for char in to_arabic_letters("abcdefghijklmnopqrstuvwxyz tchkhghchshouoodjthdh"))
