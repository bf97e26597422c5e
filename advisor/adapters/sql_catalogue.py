"""The catalogue in a SQL database through SQLAlchemy: a SQLite file by default, any database by URL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from advisor.errors import IndexMismatch, IndexUnusable
from advisor.types import Document, ExpectedQuestion, Language, Passage, Sentence, Source

FORMAT = "1"  # raised when the tables change shape

_schema = MetaData()
_meta = Table("meta", _schema, Column("key", String, primary_key=True), Column("value", String, nullable=False))
_documents = Table("documents", _schema, Column("id", String, primary_key=True), Column("content", String, nullable=False))
_passages = Table(
    "passages",
    _schema,
    Column("id", String, primary_key=True),
    # deferred: a changed document is deleted and inserted again while its passages stay
    Column("document_id", ForeignKey("documents.id", deferrable=True, initially="DEFERRED"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("content", String, nullable=False),
)
_sources = Table("sources", _schema, Column("id", String, primary_key=True), Column("content", String, nullable=False))


class SqlCatalogue:
    """Rows hold their record as JSON: they are read whole, never searched by field."""

    def __init__(self, url: str) -> None:
        """Opens or creates the database. Raises IndexMismatch if another format version wrote it, IndexUnusable if it is damaged."""
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        self._engine = create_engine(url)
        if parsed.get_backend_name() == "sqlite":
            event.listen(self._engine, "connect", prepare_sqlite)
        try:
            with self._engine.begin() as connection:
                _schema.create_all(connection)
                written = _read_meta(connection, "format")
                if written is None:
                    connection.execute(insert(_meta).values(key="format", value=FORMAT))
        except DatabaseError as error:
            raise IndexUnusable(f"The catalogue {url} cannot be read ({error.orig}). Delete it and run: murshid ingest") from error
        if written not in (None, FORMAT):
            raise IndexMismatch(f"The catalogue {url} has format {written}, this version needs {FORMAT}. Delete it and run: murshid ingest")

    def close(self) -> None:
        self._engine.dispose()

    def generation(self) -> int:
        return int(self._meta("generation") or 0)

    def embedding(self) -> tuple[str, int] | None:
        name, dimension = self._meta("embedding"), self._meta("dimension")
        return (name, int(dimension)) if name and dimension else None

    def documents(self) -> list[Document]:
        return [_document(json.loads(content)) for content in self._contents(_documents)]

    def document_passage_counts(self) -> dict[str, int]:
        counted = (
            select(_documents.c.id, func.count(_passages.c.id))
            .outerjoin(_passages, _passages.c.document_id == _documents.c.id)
            .group_by(_documents.c.id)
        )
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(counted)}

    def passages(self) -> list[Passage]:
        statement = select(_passages.c.content).order_by(_passages.c.document_id, _passages.c.position)
        with self._engine.connect() as connection:
            return [_passage(json.loads(content)) for content in connection.execute(statement).scalars()]

    def sources(self) -> dict[str, Source]:
        records = (json.loads(content) for content in self._contents(_sources))
        return {record["id"]: Source(**record) for record in records}

    def replace(
        self,
        documents: Sequence[Document],
        passages: Sequence[Passage],
        sources: Mapping[str, Source],
        embedding: tuple[str, int],
    ) -> None:
        name, dimension = embedding
        wanted: dict[Table, dict[str, dict[str, Any]]] = {
            _documents: {one.id: {"content": _json(one)} for one in documents},
            _passages: {one.id: {"document_id": one.document_id, "position": one.position, "content": _json(one)} for one in passages},
            _sources: {one.id: {"content": _json(one)} for one in sources.values()},
        }
        with self._engine.begin() as connection:
            plans = {table: _changes(connection, table, rows) for table, rows in wanted.items()}
            changed = any(gone or new for gone, new in plans.values())
            for table in (_passages, _documents, _sources):  # passages first: they refer to documents
                for some in chunks(plans[table][0]):
                    connection.execute(delete(table).where(table.c.id.in_(some)))
            for table in (_documents, _passages, _sources):
                if plans[table][1]:
                    connection.execute(insert(table), plans[table][1])
            stored = {"embedding": name, "dimension": str(dimension)}
            if changed or any(_read_meta(connection, key) != value for key, value in stored.items()):
                stored["generation"] = str(int(_read_meta(connection, "generation") or 0) + 1)
                connection.execute(delete(_meta).where(_meta.c.key.in_(stored)))
                connection.execute(insert(_meta), [{"key": key, "value": value} for key, value in stored.items()])

    def _meta(self, key: str) -> str | None:
        with self._engine.connect() as connection:
            return _read_meta(connection, key)

    def _contents(self, table: Table) -> list[str]:
        with self._engine.connect() as connection:
            return list(connection.execute(select(table.c.content).order_by(table.c.id)).scalars())


def prepare_sqlite(connection: Any, _record: Any) -> None:
    """Settings of a new SQLite connection."""
    # Write-ahead logging: readers go on while a writer commits, and a killed writer leaves the last commit whole.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA busy_timeout=5000")


def _read_meta(connection: Connection, key: str) -> str | None:
    return connection.execute(select(_meta.c.value).where(_meta.c.key == key)).scalar()


def _changes(connection: Connection, table: Table, rows: Mapping[str, dict[str, Any]]) -> tuple[list[str], list[dict[str, Any]]]:
    """The ids to delete and the rows to insert so that `table` holds `rows`; a changed row is in both."""
    current = {row[0]: row[1] for row in connection.execute(select(table.c.id, table.c.content))}
    gone = [one for one, content in current.items() if one not in rows or rows[one]["content"] != content]
    new = [{"id": one, **row} for one, row in rows.items() if current.get(one) != row["content"]]
    return gone, new


def chunks(ids: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    """Parts small enough for one statement."""
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _json(record: Document | Passage | Source) -> str:
    return json.dumps(asdict(record), ensure_ascii=False, sort_keys=True)


def _document(record: dict[str, Any]) -> Document:
    lists = {key: tuple(record[key]) for key in ("markets", "products")}
    return Document(**{**record, **lists, "language": Language(record["language"])})


def _passage(record: dict[str, Any]) -> Passage:
    sentences = tuple(Sentence(**{**one, "fact_ids": tuple(one["fact_ids"])}) for one in record["sentences"])
    expected = tuple(ExpectedQuestion(**one) for one in record.get("expected", ()))
    return Passage(**{**record, "sentences": sentences, "expected": expected, "language": Language(record["language"])})
