"""The loader of the tables: typed rows, and errors that name file, row and field."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from advisor.errors import ConfigurationError
from advisor.trade.rows import Duty, Institution
from advisor.trade.tables import Tables, read_table, read_tables

CORPUS = Path(__file__).parents[3] / "corpus" / "tables"
TEXT = {"fr": "Chambre d'artisanat", "ar": "غرفة الصناعة التقليدية"}
CHAMBER = {"id": "chamber", "facts": ["chambers"], "name": TEXT, "role": TEXT}
DUTY = {"id": "eu-tapis", "facts": ["mfn-5701"], "markets": ["EU"], "kind": "mfn", "percent": 8, "text": TEXT}
AGREEMENT = {"id": "eu-morocco", "facts": ["aaa"], "name": TEXT, "markets": ["EU"], "state": "in_force", "rule": TEXT}
NAMES = "duties agreements requirements channels fairs programmes institutions statistics".split()


def write(folder: Path, **tables: object) -> Path:
    for name in NAMES:
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(tables.get(name, []), allow_unicode=True), encoding="utf-8")
    return folder


def test_the_rows_of_every_table_are_read(tmp_path: Path) -> None:
    tables = read_tables(write(tmp_path, institutions=[CHAMBER], duties=[DUTY]))
    assert [one.id for one in tables.institutions] == ["chamber"]
    assert isinstance(tables.duties[0], Duty)
    assert list(tables.rows()) == NAMES


def test_every_error_of_a_file_names_file_row_and_field(tmp_path: Path) -> None:
    path = tmp_path / "institutions.yaml"
    path.write_text(yaml.safe_dump([CHAMBER, {**CHAMBER, "id": "b", "name": {"fr": "x"}}, "c", {"id": "d"}]), encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        read_table(path, Institution)
    lines = str(error.value).splitlines()
    assert "institutions.yaml, row 2 (b), name.ar: Field required" in lines
    assert any(line.startswith("institutions.yaml, row 3, row: ") for line in lines)
    assert "institutions.yaml, row 4 (d), facts: Field required" in lines


def test_an_id_may_stand_only_once(tmp_path: Path) -> None:
    path = tmp_path / "institutions.yaml"
    path.write_text(yaml.safe_dump([CHAMBER, CHAMBER]), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"row 2 \(chamber\), id: is already taken"):
        read_table(path, Institution)


@pytest.mark.parametrize("content", [b"a: [", b"since: 2026-02-30", b"\xff\xfe", b"id: chamber"])
def test_a_file_that_is_no_list_of_rows_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "institutions.yaml").write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"institutions\.yaml"):
        read_table(tmp_path / "institutions.yaml", Institution)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"duties\.yaml"):
        read_tables(tmp_path)


@pytest.mark.parametrize(
    ("table", "row", "field"),
    [
        ("duties", {**DUTY, "kind": "preferential", "agreement": "atlantis"}, "agreement"),
        (
            "requirements",
            {
                "id": "r",
                "facts": ["aaa"],
                "markets": ["EU"],
                "side": "import",
                "topic": "label",
                "needed": "always",
                "text": TEXT,
                "issued_by": "atlantis",
            },
            "issued_by",
        ),
        (
            "programmes",
            {"id": "p", "facts": ["aaa"], "name": TEXT, "state": "open", "gives": TEXT, "for_whom": TEXT, "institution": "atlantis"},
            "institution",
        ),
        (
            "agreements",
            {**AGREEMENT, "proofs": [{"kind": "eur1", "text": TEXT, "facts": ["aaa"], "issued_by": "atlantis"}]},
            "proofs.issued_by",
        ),
    ],
)
def test_a_row_may_only_name_rows_that_exist(table: str, row: object, field: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=f"{table}.yaml, .*, {field}: there is no atlantis"):
        read_tables(write(tmp_path, **{table: [row]}))


def test_the_tables_of_the_corpus_are_sound_and_not_empty() -> None:
    tables: Tables = read_tables(CORPUS)
    assert all(tables.rows().values())
