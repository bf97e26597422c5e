"""The register of facts: what the guides rest on, each fact with its public source and date."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from advisor.errors import UnreadableDocument


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement (in English) with the source that was read for it. `verified` is False for what still has to be checked."""

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
        )
    except (KeyError, TypeError) as error:
        raise UnreadableDocument(f"{path.name}: a fact lacks the field {error} ({str(row)[:80]})") from error
