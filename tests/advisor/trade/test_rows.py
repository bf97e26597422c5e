"""Rows refuse what would mislead."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from advisor.trade.rows import Agreement, Duty, Fair, Row, Series
from advisor.types import Language

TEXT = {"fr": "Le tapis noué paie 8 % dans l'Union européenne.", "ar": "تؤدي الزربية المعقودة 8 % في الاتحاد الأوروبي."}
DUTY = {"id": "eu-tapis", "facts": ["mfn-5701"], "markets": ["EU"], "kind": "mfn", "hs": ["5701"], "percent": 8, "text": TEXT}
FAIR = {
    "id": "sna-2026",
    "facts": ["sna"],
    "name": TEXT,
    "city": TEXT,
    "market": "MA",
    "audience": "both",
    "text": TEXT,
    "starts": "2026-06-01",
}
POINT = {"period": "2025-01/2025-11", "value": 1140, "facts": ["exports"]}


@pytest.mark.parametrize(
    ("row", "content", "changes", "field"),
    [
        (Duty, DUTY, {"facts": []}, "facts"),
        (Duty, DUTY, {"id": "EU tapis"}, "id"),
        (Duty, DUTY, {"markets": []}, "markets"),
        (Duty, DUTY, {"markets": ["Europe"]}, "markets"),
        (Duty, DUTY, {"hs": ["57011"]}, "hs"),
        (Duty, DUTY, {"hs": ["5701.10"]}, "hs"),
        (Duty, DUTY, {"percent": -1}, "percent"),
        (Duty, DUTY, {"percent": "huit"}, "percent"),
        (Duty, DUTY, {"percent_max": 6}, "percent_max"),
        (Duty, DUTY, {"agreement": "eu-morocco"}, "agreement"),
        (Duty, DUTY, {"kind": "preferential"}, "agreement"),
        (Duty, DUTY, {"money": {"amount": 3, "currency": "euro"}}, "currency"),
        (Duty, DUTY, {"text": {"fr": TEXT["fr"]}}, "text"),
        (Duty, DUTY, {"text": {**TEXT, "ar": "  "}}, "text"),
        (Duty, DUTY, {"taux": 8}, "taux"),
        (Fair, FAIR, {"ends": "2026-05-01"}, "ends"),
        (Fair, {**FAIR, "starts": None}, {"ends": "2026-06-02"}, "ends"),
        (Fair, FAIR, {"audience": "tous"}, "audience"),
        (
            Series,
            {"id": "exports", "facts": ["a12"], "title": TEXT, "unit": "percent", "by": "total"},
            {"points": [{**POINT, "period": "2025 T1"}]},
            "period",
        ),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_field(
    row: type[Row], content: dict[str, Any], changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError, match=field):
        row.model_validate(content | changes)


def test_the_sound_rows_of_this_file_are_accepted() -> None:
    assert Duty.model_validate(DUTY).percent == 8
    assert Fair.model_validate(FAIR | {"ends": "2026-06-03"}).ends is not None


def test_a_text_is_read_in_the_language_asked_for() -> None:
    text = Duty.model_validate(DUTY).text
    assert (text[Language.FR], text[Language.AR]) == (TEXT["fr"], TEXT["ar"])


def test_every_text_of_a_row_is_found_also_in_its_parts() -> None:
    proof = {"kind": "eur1", "text": {"fr": "Le certificat EUR.1", "ar": "شهادة EUR.1"}, "facts": ["eur1"]}
    row = Agreement.model_validate(
        {"id": "eu-morocco", "facts": ["aaa"], "name": TEXT, "markets": ["EU"], "state": "in_force", "rule": TEXT, "proofs": [proof]}
    )
    assert [text.fr for text in row.texts()] == [TEXT["fr"], TEXT["fr"], "Le certificat EUR.1"]
