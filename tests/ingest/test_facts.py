"""The register of facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.errors import UnreadableDocument
from ingest.facts import Fact, fact_numbers, read_facts

FACT = """- id: seuil-6000
  topic: origin
  market: EU
  statement: >
    An exporter may write the origin declaration up to 6,000 euros.
  as_of: 2026-01
  source: {title: Décision 1/2025, publisher: Journal officiel, url: "https://eur-lex.europa.eu/x", date: 2025-10-02}
  verified: true
"""


def register(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return folder


def test_a_fact_is_read_with_its_source_and_dates_as_text(tmp_path: Path) -> None:
    assert read_facts(register(tmp_path, origin=FACT)) == {
        "seuil-6000": Fact(
            id="seuil-6000",
            topic="origin",
            market="EU",
            statement="An exporter may write the origin declaration up to 6,000 euros.",
            note="",
            as_of="2026-01",
            verified=True,
            source_title="Décision 1/2025",
            source_publisher="Journal officiel",
            source_url="https://eur-lex.europa.eu/x",
            source_date="2025-10-02",
        )
    }


def test_facts_of_all_files_come_together(tmp_path: Path) -> None:
    facts = read_facts(register(tmp_path, origin=FACT, money=FACT.replace("seuil-6000", "delai-150"), vide=""))
    assert set(facts) == {"seuil-6000", "delai-150"}


def test_a_repeated_id_is_refused_with_the_file_that_repeats_it(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"origin\.yaml: the fact seuil-6000 appears twice"):
        read_facts(register(tmp_path, money=FACT, origin=FACT))


@pytest.mark.parametrize("field", ["id", "topic", "market", "statement", "as_of", "source", "verified"])
def test_a_missing_field_is_named(field: str, tmp_path: Path) -> None:
    renamed = FACT.replace(f"{field}:", f"{field}_:", 1)
    with pytest.raises(UnreadableDocument, match=f"lacks the field '{field}'"):
        read_facts(register(tmp_path, origin=renamed))


def test_a_source_without_its_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="lacks the field 'url'"):
        read_facts(register(tmp_path, origin=FACT.replace("url:", "lien:")))


@pytest.mark.parametrize(
    "content",
    ["- id: [seuil", "seuil-6000: une phrase", FACT.replace("2025-10-02", "2025-02-30")],
    ids=["broken YAML", "a mapping", "an impossible date"],
)
def test_a_file_that_is_no_list_of_facts_is_refused_by_name(content: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"origin\.yaml"):
        read_facts(register(tmp_path, origin=content))


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("up to 6,000 euros", "6000"),
        ("heading 5701.10", "570110"),
        ("heading 5701.10", "5701.10"),
        ("within three working days", "3"),
        ("within nineteen days", "19"),
        ("from 1 to 1.5 million dirhams", "1000000"),
        ("from 1 to 1.5 million dirhams", "1500000"),
        ("wool blankets enter Free", "0"),
        ("duty on 5701 10 is nil", "570110"),
        ("on 2 October 2025", "10"),
        ("since 2025-07-01", "7"),
        ("a rate of 2.50 %", "2.5"),
    ],
)
def test_the_numbers_of_a_fact_are_known_in_figures_words_and_dates(statement: str, number: str) -> None:
    fact = Fact("x", "origin", "EU", statement, "", "2026-01", True, "Décision", "JO", "https://eur-lex.europa.eu", "2025")
    assert number in fact_numbers(fact)
