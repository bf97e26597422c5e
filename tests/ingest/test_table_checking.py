"""The checker of tables: numbers, codes, dates and hedges of a row are held to its facts."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.trade.rows import Agreement, Duty, Row, Series
from advisor.trade.tables import Tables
from ingest.facts import Fact
from ingest.table_checking import cited_facts, problems_of_tables

NO_ROWS: dict[str, Any] = dict.fromkeys(Tables.__dataclass_fields__, ())


def fact(fact_id: str, statement: str, *, verified: bool = True) -> Fact:
    return Fact(fact_id, "tariff", "EU", statement, "", "2026-01", verified, "TARIC", "UE", "https://ec.europa.eu", "2026")


FACTS = {
    one.id: one
    for one in (
        fact("mfn", "The EU duty on knotted carpets (5701 10) is 8%, since 1 January 2025."),
        fact("doubt", "Flour pots may pay 4%.", verified=False),
    )
}
DUTY = {
    "id": "eu-tapis",
    "facts": ["mfn"],
    "markets": ["EU"],
    "kind": "mfn",
    "hs": ["570110"],
    "percent": 8,
    "since": "2025-01-01",
    "text": {"fr": "Le tapis noué (5701.10) paie 8 %.", "ar": "تؤدي الزربية المعقودة (5701.10) رسما قدره 8 %."},
}


def problems(row: Row, table: str = "duties") -> list[str]:
    return problems_of_tables(Tables(**{**NO_ROWS, table: (row,)}), FACTS)


def test_a_sound_row_has_no_problem() -> None:
    assert problems(Duty.model_validate(DUTY)) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"facts": ["mfn", "invented"]}, "unknown fact invented"),
        ({"percent": 9}, "percent: the number 9 is in no cited fact"),
        ({"percent": "8.5"}, "percent: the number 8.5 is in no cited fact"),
        ({"since": "2025-03-01"}, "since: the number 3 is in no cited fact"),
        ({"money": {"amount": 300, "currency": "EUR"}}, "money.amount: the number 300 is in no cited fact"),
        ({"hs": ["570210"]}, "hs: the code 570210 is in no cited fact"),
        ({"text": {"fr": "Il paie 8 %.", "ar": "رسم قدره 7 %."}}, "numbers in one language only: 7, 8"),
        ({"text": {"fr": "Il paie 12 %.", "ar": "رسم قدره 12 %."}}, "the number 12 is in no cited fact"),
    ],
)
def test_each_kind_of_problem_is_reported(changes: dict[str, Any], problem: str) -> None:
    found = problems(Duty.model_validate(DUTY | changes))
    assert any(problem in one for one in found), found
    assert all(one.startswith("duties.yaml, eu-tapis: ") for one in found)


def test_a_row_on_unverified_facts_only_has_to_say_so_in_both_languages() -> None:
    row = {**DUTY, "facts": ["doubt"], "hs": [], "percent": 4, "since": None}
    bare = {"fr": "Le pot paie 4 %.", "ar": "يؤدي الإناء 4 %."}
    hedged = {"fr": "Le pot paie 4 %, à vérifier auprès de la douane.", "ar": "يؤدي الإناء 4 %، ويجب التحقق منه لدى الجمارك."}
    assert len(problems(Duty.model_validate({**row, "text": bare}))) == 2
    assert problems(Duty.model_validate({**row, "text": hedged})) == []


def test_the_facts_of_proofs_and_points_count_as_cited() -> None:
    text = {"fr": "Accord", "ar": "اتفاق"}
    proof = {"kind": "eur1", "text": text, "facts": ["doubt"]}
    agreement = {"id": "a", "facts": ["mfn"], "name": text, "markets": ["EU"], "state": "in_force", "rule": text, "proofs": [proof]}
    assert cited_facts(Agreement.model_validate(agreement)) == {"mfn", "doubt"}


def test_the_value_of_a_point_is_held_to_its_facts() -> None:
    text = {"fr": "Part des tapis", "ar": "حصة الزرابي"}
    points = [{"period": "2025", "value": value, "facts": ["mfn"]} for value in (8, 11)]
    series = Series.model_validate({"id": "s", "facts": ["mfn"], "title": text, "unit": "percent", "by": "family", "points": points})
    assert problems(series, "statistics") == ["statistics.yaml, s: points.value: the number 11 is in no cited fact"]
