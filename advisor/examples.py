"""The example messages the classifiers learn from: `corpus/tables/routes.yaml`, `varieties.yaml` and the glossary."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from advisor.errors import ConfigurationError
from advisor.language import variety_features
from advisor.lexicon import load_table
from advisor.normalisation import words
from advisor.routing import route_features
from advisor.types import Variety

_TABLES = ("routes", "varieties", "glossary")
_SPOKEN = {Variety.ARY: "darija", Variety.ARABIZI: "arabizi"}
_FEATURES = 2  # raised when the features of varieties or routes change

Labelled = list[tuple[list[str], str]]
"""Features of a text with its class."""


def version(tables: Path) -> str:
    """Changes when the examples do, or what is read off them. Raises ConfigurationError if a table is missing."""
    try:
        contents = [(tables / f"{name}.yaml").read_bytes() for name in _TABLES]
    except OSError as error:
        raise ConfigurationError(f"A table of examples cannot be read: {error}") from error
    return hashlib.sha256(b"\0".join([str(_FEATURES).encode(), *contents])).hexdigest()


def route_examples(tables: Path) -> Labelled:
    """Raises ConfigurationError if a table cannot be read."""
    routes: Mapping[str, Mapping[str, Sequence[str]]] = load_table(tables, "routes")
    return [(route_features(words(text)), route) for route, varieties in routes.items() for texts in varieties.values() for text in texts]


def variety_examples(tables: Path) -> Labelled:
    """Raises ConfigurationError if a table cannot be read."""
    labelled = [(words(text), variety) for variety, text in _messages(tables)]
    written = {word for text, variety in labelled if variety in (Variety.MSA, Variety.FR) for word in text}
    for row in load_table(tables, "glossary"):
        spoken = [(words(form), Variety.ARY) for form in row.get("darija", ())] + [
            (words(form), Variety.ARABIZI) for form in row.get("arabizi", ())
        ]
        # A form that is written language too tells nothing.
        labelled += [(form, variety) for form, variety in spoken if not written.issuperset(form)]
    return [(variety_features(text), variety) for text, variety in labelled]


def _messages(tables: Path) -> Iterator[tuple[str, str]]:
    routes: Mapping[str, Mapping[str, Sequence[str]]] = load_table(tables, "routes")
    for varieties in [*routes.values(), load_table(tables, "varieties")]:
        for variety, texts in varieties.items():
            yield from ((variety, text) for text in texts)
    for row in load_table(tables, "glossary"):
        yield from ((Variety.FR, form) for form in row.get("fr", ()))
        yield from ((Variety.MSA, form) for form in row.get("ar", ()))
