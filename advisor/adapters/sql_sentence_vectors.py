"""Vectors of the heading and the sentences of each passage, as half-precision blobs in a SQL database."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sqlalchemy import Column, LargeBinary, MetaData, String, Table, create_engine, delete, event, insert, select
from sqlalchemy.exc import DatabaseError

from advisor.adapters.sql_catalogue import chunks, prepare_sqlite
from advisor.errors import IndexUnusable


class SqlSentenceVectors:
    """One table for each embedding model, so that vectors of two models can never be compared."""

    def __init__(self, path: Path, model: str, dimension: int) -> None:
        """Opens or creates the file. Raises IndexUnusable if it is damaged."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._dimension = dimension
        self._engine = create_engine(f"sqlite:///{path}")
        event.listen(self._engine, "connect", prepare_sqlite)
        self._schema = MetaData()
        self._table = Table(
            f"headings_sentences_{hashlib.sha256(model.encode()).hexdigest()[:16]}",
            self._schema,
            Column("passage_id", String, primary_key=True),
            Column("vectors", LargeBinary, nullable=False),
        )
        try:
            self._schema.create_all(self._engine)
        except DatabaseError as error:
            raise IndexUnusable(f"The vectors in {path} cannot be read ({error.orig}). Delete the file and run: murshid ingest") from error

    def close(self) -> None:
        self._engine.dispose()

    def forget_other_models(self) -> None:
        found = MetaData()
        found.reflect(self._engine)
        found.drop_all(self._engine, tables=[table for name, table in found.tables.items() if name != self._table.name])

    def ids(self) -> set[str]:
        with self._engine.connect() as connection:
            return set(connection.execute(select(self._table.c.passage_id)).scalars())

    def add(self, vectors: dict[str, np.ndarray]) -> None:
        rows = [{"passage_id": one, "vectors": some.astype(np.float16).tobytes()} for one, some in vectors.items()]
        if rows:
            with self._engine.begin() as connection:
                for some in chunks(list(vectors)):
                    connection.execute(delete(self._table).where(self._table.c.passage_id.in_(some)))
                connection.execute(insert(self._table), rows)

    def remove(self, ids: Sequence[str]) -> None:
        with self._engine.begin() as connection:
            for some in chunks(ids):
                connection.execute(delete(self._table).where(self._table.c.passage_id.in_(some)))

    def get(self, ids: Sequence[str]) -> dict[str, np.ndarray]:
        found: dict[str, np.ndarray] = {}
        with self._engine.connect() as connection:
            for some in chunks(ids):
                rows = connection.execute(select(self._table).where(self._table.c.passage_id.in_(some)))
                found |= {
                    row.passage_id: np.frombuffer(row.vectors, np.float16).astype(np.float32).reshape(-1, self._dimension) for row in rows
                }
        return found
