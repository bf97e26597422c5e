"""One form for a number, however it is written."""

from __future__ import annotations

import random

import pytest

from advisor.numbers import numbers, western_digits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6 000 euros", ["6000"]),
        ("6\u00a0000 euros", ["6000"]),
        ("6\u202f000 euros", ["6000"]),
        ("6,000 euro", ["6000"]),
        ("6.000 Euro", ["6000"]),
        ("٦٠٠٠ أورو", ["6000"]),
        ("٦٬٠٠٠ أورو", ["6000"]),
        ("۶۰۰۰", ["6000"]),
        ("500\u00a0000 dirhams", ["500000"]),
        ("1 234 567,89", ["1234567.89"]),
        ("1,234.5", ["1234.5"]),
        ("1.234,5", ["1234.5"]),
        ("12,5 %", ["12.5"]),
        ("١٢٫٥٪", ["12.5"]),
        ("0,125 mg", ["0.125"]),
        ("0.500 kg", ["0.500"]),
    ],
)
def test_a_quantity_has_one_form(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize("code", ["5701.10", "6912.00", "5701.90.10", "570110"])
def test_a_customs_code_stays_as_it_is(code: str) -> None:
    assert numbers(f"le code SH {code}, puis") == [code]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le 24 juillet 2026.", ["24", "2026"]),
        ("10, 20 et 30 jours", ["10", "20", "30"]),
        ("2026-11-22", ["2026", "11", "22"]),
        ("en 2026 5 000 colis", ["2026", "5000"]),
        ("06 12 34 56 78", ["06", "12", "34", "56", "78"]),
        ("EUR.1 et CN 23", ["1", "23"]),
        ("aucun chiffre", []),
        ("", []),
    ],
)
def test_numbers_come_in_order_of_appearance(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


def test_a_parallel_sentence_gives_the_same_numbers() -> None:
    french = "Un colis de 1 500,50 euros paie 3 euros, soit 0,2 %."
    arabic = "يؤدي طرد قيمته ١٬٥٠٠٫٥٠ أورو مبلغ ٣ أورو، أي ٠٫٢٪."
    assert numbers(french) == numbers(arabic) == ["1500.50", "3", "0.2"]


def test_digits_change_and_nothing_moves() -> None:
    assert western_digits("١٥ شتنبر، ٣٫٥") == "15 شتنبر، 3.5"
    assert len(western_digits("١٥ شتنبر، ٣٫٥")) == len("١٥ شتنبر، ٣٫٥")


def test_a_number_in_its_one_form_reads_as_itself() -> None:
    chance = random.Random(2026)
    for _ in range(2000):
        text = "".join(chance.choices("0123456789., \u00a0\u202f٠١٢٣٫٬%-a", k=12))
        assert [numbers(one) for one in numbers(text)] == [[one] for one in numbers(text)], text


def test_every_digit_of_a_text_is_in_its_numbers() -> None:
    chance = random.Random(7)
    for _ in range(2000):
        text = "".join(chance.choices("0123456789., \u00a0ab٠٥٩", k=12))
        digits = [char for char in western_digits(text) if char.isdigit()]
        assert [char for one in numbers(text) for char in one if char.isdigit()] == digits, text


@pytest.mark.parametrize("amount", [1, 45, 150, 999, 1000, 4500, 12_345, 500_000, 1_234_567])
def test_every_way_to_group_thousands_gives_the_same_number(amount: int) -> None:
    english = f"{amount:,}"
    written = [str(amount), english, *(english.replace(",", mark) for mark in (".", " ", "\u00a0", "\u202f"))]
    assert [numbers(one) for one in written] == [[str(amount)]] * len(written)
