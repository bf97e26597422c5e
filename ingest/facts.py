"""The register of facts: what the guides rest on, each fact with its public source and date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from advisor.errors import UnreadableDocument
from advisor.numbers import numbers

_ENGLISH_NUMBERS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
} | {
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "ninety": "90",
    "hundred": "100",
    "half": "50",
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "fifth": "5",
}
_NOTHING = frozenset("free exempt exempts exempted exemption nil zero none removal abolished".split())  # what a fact says for a duty of 0
_MILLIONS = re.compile(r"(\d+(?:\.\d+)?)(?: (?:to|and|or) (\d+(?:\.\d+)?))? million")
_SPACED_CODE = re.compile(r"\b(\d{4}) (\d{2})(?: (\d{2}))?\b")  # an HS code as customs tariffs print it
_MONTHS = "january february march april may june july august september october november december".split()


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement (in English) with the source that was read for it. `verified` is False for what still has to be checked,
    `disputed` is True where another source says otherwise."""

    id: str
    topic: str
    market: str
    statement: str
    note: str
    as_of: str
    verified: bool
    source_title: str
    source_publisher: str
    source_url: str
    source_date: str
    disputed: bool = False


def read_facts(folder: Path) -> dict[str, Fact]:
    """Every fact of the YAML files in `folder`, by id. Raises UnreadableDocument on a repeated id or a missing field."""
    facts: dict[str, Fact] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            rows = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER) or []
        except (yaml.YAMLError, ValueError) as error:  # ValueError: not UTF-8, or a date such as 2026-02-30
            raise UnreadableDocument(f"{path.name} is not valid YAML: {error}") from error
        for row in rows:
            fact = _fact(row, path)
            if fact.id in facts:
                raise UnreadableDocument(f"{path.name}: the fact {fact.id} appears twice")
            facts[fact.id] = fact
    return facts


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml reads the register ten times faster


def _fact(row: dict[str, Any], path: Path) -> Fact:
    try:
        source = row["source"]
        return Fact(
            id=row["id"],
            topic=row["topic"],
            market=row["market"],
            statement=row["statement"].strip(),
            note=str(row.get("note") or "").strip(),
            as_of=str(row["as_of"]),
            verified=bool(row["verified"]),
            source_title=str(source["title"]),
            source_publisher=str(source["publisher"]),
            source_url=str(source["url"]),
            source_date=str(source["date"]),
            disputed=bool(row.get("disputed", False)),
        )
    except (KeyError, TypeError) as error:
        raise UnreadableDocument(f"{path.name}: a fact lacks the field {error} ({str(row)[:80]})") from error


def fact_numbers(fact: Fact) -> set[str]:
    """The numbers a fact holds, written in figures or in English words, with codes both dotted and plain."""
    text = f"{fact.statement} {fact.note} {fact.as_of} {fact.source_date}"
    found = set(numbers(text)) | {"".join(parts) for parts in _SPACED_CODE.findall(text)}
    found |= {part for number in found for part in (number.replace(".", ""), number.rstrip("0").rstrip(".") if "." in number else number)}
    found |= {part.lstrip("0") for date in re.findall(r"\d{4}-\d{2}(?:-\d{2})?", text) for part in date.split("-")}
    words = re.findall(r"[a-z]+", text.lower())
    found |= {_ENGLISH_NUMBERS[word] for word in words if word in _ENGLISH_NUMBERS}
    found |= {str(round(float(number) * 1_000_000)) for pair in _MILLIONS.findall(text) for number in pair if number}
    if _NOTHING.intersection(words):
        found.add("0")
    return found | {str(_MONTHS.index(word) + 1) for word in words if word in _MONTHS}
