"""One spelling for searching."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from advisor.normalisation import character_ngrams, is_arabic, normalise, stem, words


@pytest.mark.parametrize(
    "spellings",
    [
        ["زَرْبِيَّة", "زربيــة", "زربيه", "زربية\u200f"],
        ["أوروبا", "اوروبا", "إوروبا"],
        ["إلى", "الى", "الي", "إلی"],
        ["أگادير", "أڭادير", "اكادير"],
        ["ڤاتورة", "فاتورة"],
        ["ﻻ", "لا"],
        ["١٥٠ أورو", "150 اورو", "۱۵۰ اورو"],
        ["Étiquette", "etiquette", "ÉTIQUETTE", "E\u0301tiquette"],
        ["œuvre", "OEUVRE", "oeuvre"],
        ["ﬁbule", "fibule"],
        ["fi\u00adbule", "fibule"],
    ],
)
def test_the_spellings_of_a_word_become_one(spellings: list[str]) -> None:
    assert len({normalise(one) for one in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [("حلي", "جلد"), ("زربية", "زرابي"), ("côte", "coton"), ("150", "15")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_normalising_twice_changes_nothing() -> None:
    letters = [chr(code) for block in ((0, 0x2500), (0xFB00, 0x10000)) for code in range(*block)]
    assert [char for char in letters if normalise(normalise(char)) != normalise(char)] == []
    chance = random.Random(11)
    for _ in range(2000):
        text = normalise("".join(chance.choices(letters, k=6)))
        assert normalise(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'étiquette d’un tapis", ["l", "etiquette", "d", "un", "tapis"]),
        ("6 000 euros, 1 234 567 dh", ["6000", "euros", "1234567", "dh"]),
        ("le code 5701.10 paie 4,5 %", ["le", "code", "5701.10", "paie", "4,5"]),
        ("EUR.1, EUR 1, EUR-1 et EUR1.", ["eur1", "eur1", "eur1", "et", "eur1"]),
        ("le certificat EUR.1.", ["le", "certificat", "eur1"]),
        ("il paie 3 euros", ["il", "paie", "3", "euros"]),
        ("colis 2kg, annexe 1", ["colis", "2kg", "annexe", "1"]),
        ("EUR 1,50", ["eur", "1,50"]),
        ("العلبة والفاتورة، 3 نسخ؟", ["العلبه", "والفاتوره", "3", "نسخ"]),
        ("portnet_titre", ["portnet", "titre"]),
        ("?! … 🙂", []),
        ("", []),
    ],
)
def test_a_text_has_these_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(("word", "arabic"), [("زربيه", True), ("tapis", False), ("3la", False), ("150", False), ("etsyديال", True)])
def test_a_word_with_an_arabic_letter_is_arabic(word: str, arabic: bool) -> None:
    assert is_arabic(word) is arabic


@pytest.mark.parametrize(
    "inflected",
    [["exporter", "exportation", "exportez"], ["etiquette", "etiquettes"], ["الجلد", "جلد"], ["التصدير", "تصدير"]],
)
def test_inflected_words_share_their_stem(inflected: list[str]) -> None:
    assert len({stem(one) for one in inflected}) == 1


def test_stems_are_the_same_in_every_thread() -> None:
    some = [f"{root}{ending}" for root in ("export", "étiquet", "douan", "factur") for ending in ("e", "es", "er", "ation", "ier")] * 20
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(stem.__wrapped__, some)) == [stem(one) for one in some]


def test_the_ngrams_of_a_word_know_its_ends() -> None:
    assert character_ngrams("bon") == ["_bo", "bon", "on_", "_bon", "bon_", "_bon_"]
    assert character_ngrams("bon", 3, 3) == ["_bo", "bon", "on_"]


def test_a_number_is_not_cut_into_ngrams() -> None:
    assert character_ngrams("5701.10") == ["5701.10"]


def test_the_shortest_word_has_an_ngram() -> None:
    assert character_ngrams("و") == ["_و_"]
