"""Reads `corpus/tables/<name>.yaml` into typed rows; an error names the file, the row and the field."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from advisor.errors import ConfigurationError
from advisor.trade.rows import Agreement, Channel, Duty, Fair, Institution, Programme, Requirement, Row, Series

_R = TypeVar("_R", bound=Row)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table, its rows in the order of the file."""

    duties: tuple[Duty, ...]
    agreements: tuple[Agreement, ...]
    requirements: tuple[Requirement, ...]
    channels: tuple[Channel, ...]
    fairs: tuple[Fair, ...]
    programmes: tuple[Programme, ...]
    institutions: tuple[Institution, ...]
    statistics: tuple[Series, ...]

    def rows(self) -> dict[str, tuple[Row, ...]]:
        """The rows by the name of their table."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


def read_tables(folder: Path) -> Tables:
    """Raises ConfigurationError with every error of the first broken file, or when rows name others that do not exist."""
    tables = Tables(
        duties=read_table(folder / "duties.yaml", Duty),
        agreements=read_table(folder / "agreements.yaml", Agreement),
        requirements=read_table(folder / "requirements.yaml", Requirement),
        channels=read_table(folder / "channels.yaml", Channel),
        fairs=read_table(folder / "fairs.yaml", Fair),
        programmes=read_table(folder / "programmes.yaml", Programme),
        institutions=read_table(folder / "institutions.yaml", Institution),
        statistics=read_table(folder / "statistics.yaml", Series),
    )
    _check_references(tables)
    return tables


def read_table(path: Path, row_type: type[_R]) -> tuple[_R, ...]:
    """The rows of one file. Raises ConfigurationError."""
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER) or []
    except (OSError, yaml.YAMLError, ValueError) as error:  # ValueError: not UTF-8, or a date such as 2026-02-30
        raise ConfigurationError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(raw, list):
        raise ConfigurationError(f"{path.name}: a list of rows is expected, not {type(raw).__name__}")
    rows: dict[str, _R] = {}
    errors: list[str] = []
    for number, content in enumerate(raw, start=1):
        name = f"row {number}" + (f" ({content['id']})" if isinstance(content, dict) and "id" in content else "")
        try:
            row = row_type.model_validate(content)
        except ValidationError as error:
            errors += [f"{path.name}, {name}, {_field(one['loc'])}: {one['msg']}" for one in error.errors()]
            continue
        if row.id in rows:
            errors.append(f"{path.name}, {name}, id: is already taken")
        rows[row.id] = row
    if errors:
        raise ConfigurationError("\n".join(errors))
    return tuple(rows.values())


def _field(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in location) or "row"


def _check_references(tables: Tables) -> None:
    institutions = {one.id for one in tables.institutions}
    agreements = {one.id for one in tables.agreements}
    named = [
        *(("duties", duty.id, "agreement", duty.agreement, agreements) for duty in tables.duties),
        *(("requirements", one.id, "issued_by", one.issued_by, institutions) for one in tables.requirements),
        *(("programmes", one.id, "institution", one.institution, institutions) for one in tables.programmes),
        *(("agreements", one.id, "proofs.issued_by", proof.issued_by, institutions) for one in tables.agreements for proof in one.proofs),
    ]
    errors = [f"{table}.yaml, {row}, {field}: there is no {name}" for table, row, field, name, known in named if name and name not in known]
    if errors:
        raise ConfigurationError("\n".join(errors))
