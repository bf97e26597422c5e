"""The example messages the classifiers learn from: tables below `corpus/tables`, and the questions the guides are expected to answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from advisor.answerability import ANSWERABLE, UNANSWERABLE, answerability_features
from advisor.errors import ConfigurationError
from advisor.language import variety_features
from advisor.lexicon import Lexicon, load_table
from advisor.normalisation import words
from advisor.questions_file import SUFFIX, FiledQuestion, read_questions_file
from advisor.routing import Route, route_features
from advisor.types import Variety

_TABLES = ("routes", "varieties", "glossary", "topic_messages", "unanswered", "products", "product_names", "markets")
_SPOKEN = {Variety.ARY: "darija", Variety.ARABIZI: "arabizi"}
_FEATURES = 3  # raised when the features of varieties, routes or topics change

Labelled = list[tuple[list[str], str]]
"""Features of a text with its class."""


def version(corpus: Path) -> str:
    """Changes when the examples do, or what is read off them. Raises ConfigurationError if a table is missing."""
    try:
        contents = [(corpus / "tables" / f"{name}.yaml").read_bytes() for name in _TABLES]
    except OSError as error:
        raise ConfigurationError(f"A table of examples cannot be read: {error}") from error
    contents += [path.read_bytes() for path in questions_files(corpus)]
    return hashlib.sha256(b"\0".join([str(_FEATURES).encode(), *contents])).hexdigest()


def route_examples(corpus: Path) -> Labelled:
    """Raises ConfigurationError if a table cannot be read."""
    routes: Mapping[str, Mapping[str, Sequence[str]]] = load_table(corpus / "tables", "routes")
    labelled = [(text, route) for route, varieties in routes.items() for texts in varieties.values() for text in texts]
    labelled += [(question.text, Route.TRADE) for question in _expected(corpus)]
    return [(route_features(words(text)), route) for text, route in labelled]


def answerable_examples(corpus: Path, lexicon: Lexicon) -> Labelled:
    """Questions the guides answer, and questions they do not. Raises ConfigurationError if a table cannot be read."""
    labelled = [(question.text, question.variety, ANSWERABLE) for question in _expected(corpus)]
    labelled += [(text, Variety(variety), UNANSWERABLE) for variety, text in _by_variety(load_table(corpus / "tables", "unanswered"))]
    return [(answerability_features(words(text), variety, lexicon), label) for text, variety, label in labelled]


def topic_examples(corpus: Path) -> Labelled:
    """A question of two topics stands there twice. Raises ConfigurationError if a table cannot be read."""
    messages: Mapping[str, Mapping[str, Sequence[str]]] = load_table(corpus / "tables", "topic_messages")
    labelled = [(text, topic) for topic, varieties in messages.items() for texts in varieties.values() for text in texts]
    labelled += [(question.text, topic) for question in _expected(corpus) for topic in question.topics]
    return [(route_features(words(text)), topic) for text, topic in labelled]


def variety_examples(corpus: Path) -> Labelled:
    """Raises ConfigurationError if a table cannot be read."""
    labelled = [(words(text), variety) for variety, text in _messages(corpus)]
    written = {word for text, variety in labelled if variety in (Variety.MSA, Variety.FR) for word in text}
    for row in load_table(corpus / "tables", "glossary"):
        spoken = [(words(form), Variety.ARY) for form in row.get("darija", ())] + [
            (words(form), Variety.ARABIZI) for form in row.get("arabizi", ())
        ]
        # A form that is written language too tells nothing.
        labelled += [(form, variety) for form, variety in spoken if not written.issuperset(form)]
    return [(variety_features(text), variety) for text, variety in labelled]


def _messages(corpus: Path) -> Iterator[tuple[str, str]]:
    tables = corpus / "tables"
    for table in ("routes", "topic_messages"):
        for varieties in load_table(tables, table).values():
            yield from _by_variety(varieties)
    for table in ("varieties", "unanswered"):
        yield from _by_variety(load_table(tables, table))
    for row in load_table(tables, "glossary"):
        yield from ((Variety.FR, form) for form in row.get("fr", ()))
        yield from ((Variety.MSA, form) for form in row.get("ar", ()))
    yield from ((question.variety, question.text) for question in _expected(corpus))


def _by_variety(varieties: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    return ((variety, text) for variety, texts in varieties.items() for text in texts)


def _expected(corpus: Path) -> Iterator[FiledQuestion]:
    for path in questions_files(corpus):
        for section in read_questions_file(path):
            yield from section.questions


def questions_files(corpus: Path) -> list[Path]:
    """The files of expected questions, in a stable order."""
    return sorted(corpus.rglob(f"*{SUFFIX}"))
