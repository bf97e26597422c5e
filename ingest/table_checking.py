"""Checks that the rows of the tables rest on the register of facts, as guides do."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

from pydantic import BaseModel

from advisor.numbers import numbers
from advisor.trade.rows import Row
from advisor.trade.tables import Tables
from advisor.types import Language
from ingest.facts import Fact, fact_numbers
from ingest.guide_checking import HEDGES, LANGUAGES


def problems_of_tables(tables: Tables, facts: dict[str, Fact]) -> list[str]:
    """What is wrong with the tables: facts that do not exist, numbers no fact of the row holds, texts that differ or do not hedge."""
    return [
        f"{name}.yaml, {row.id}: {problem}"
        for name, rows in tables.rows().items()
        for row in rows
        for problem in _problems_of_row(row, facts)
    ]


def _problems_of_row(row: Row, facts: dict[str, Fact]) -> Iterable[str]:
    cited_ids = cited_facts(row)
    if unknown := [one for one in cited_ids if one not in facts]:
        yield f"unknown fact {', '.join(unknown)}"
    cited = [facts[one] for one in cited_ids if one in facts]
    known = {number for fact in cited for number in fact_numbers(fact)}
    for text in row.texts():
        said = {language: set(numbers(text[Language(language)])) for language in LANGUAGES}
        if different := {number for number in said["fr"] ^ said["ar"] if number not in ("1", "2")}:
            yield f"numbers in one language only: {', '.join(sorted(different))} at « {text.fr[:70]} »"
        for number in sorted(said["fr"] | said["ar"]):
            if not {number, number.replace(".", "")} & known:
                yield f"the number {number} is in no cited fact at « {text.fr[:70]} »"
    for field, number in _figures(row):
        if number not in known:
            yield f"{field}: the number {number} is in no cited fact"
    for code in getattr(row, "hs", ()):
        if not any(code == one or (len(one) >= 4 and code.startswith(one)) for one in known):
            yield f"hs: the code {code} is in no cited fact"
    if cited and not any(fact.verified for fact in cited):
        for language in LANGUAGES:
            if not any(HEDGES[language].search(text[Language(language)]) for text in row.texts()):
                yield f"rests on unverified facts only without saying « à vérifier » / « يجب التحقق » in {language}"


def cited_facts(row: Row) -> set[str]:
    """The facts a row rests on, those of its parts included."""
    parts = (part for name in type(row).model_fields if isinstance(value := getattr(row, name), tuple) for part in value)
    return set(row.facts) | {fact_id for part in parts for fact_id in getattr(part, "facts", ())}


def _figures(value: object, field: str = "") -> Iterable[tuple[str, str]]:
    """The amounts, rates and dates below `value`, each with the name of its field, written as `fact_numbers` writes them."""
    if isinstance(value, Decimal):
        plain = format(value, "f")
        yield field, plain.rstrip("0").rstrip(".") if "." in plain else plain
    elif isinstance(value, datetime.date):
        yield from ((field, str(part)) for part in (value.year, value.month, value.day))
    elif isinstance(value, tuple):
        for part in value:
            yield from _figures(part, field)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _figures(getattr(value, name), f"{field}.{name}".lstrip("."))
