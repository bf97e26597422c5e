"""From a file to a document with its sections: picks the reader and gathers title, language and publisher."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from advisor.errors import UnreadableDocument
from advisor.language import language_of_text
from advisor.types import Document, ExpectedQuestion, Language
from ingest.expected_questions import expected_questions
from ingest.html import read_html
from ingest.markdown import read_markdown
from ingest.pdf import read_pdf
from ingest.plain_text import decode, read_text
from ingest.sections import Reading, Section

_TEXT_READERS = {".md": read_markdown, ".markdown": read_markdown, ".txt": read_text, ".html": read_html, ".htm": read_html}
SUFFIXES = frozenset({*_TEXT_READERS, ".pdf"})
_NOT_DOCUMENTS = {"facts", "tables"}
_SIDECAR = ".yaml"


def find_files(folder: Path) -> Iterator[Path]:
    """The files below `folder` that are meant as documents, in a stable order; hidden files, facts, tables and sidecars are not."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if path.is_symlink() or not path.is_file() or any(part.startswith(".") for part in inside):
            continue
        if inside[0] in _NOT_DOCUMENTS or path.suffix == _SIDECAR:
            continue
        yield path


def read_document(path: Path, folder: Path, max_bytes: int) -> tuple[Document, Reading]:
    """The document in `path` (somewhere below `folder`) and what it says. Raises UnreadableDocument with a reason fit for a person."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableDocument(f"files of type {suffix or '(none)'} cannot be read; save it as PDF, HTML, Markdown or text")
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise UnreadableDocument(f"the file has {size / 1e6:.0f} MB, the limit is {max_bytes / 1e6:.0f} MB")
        reading = read_pdf(path) if suffix == ".pdf" else _TEXT_READERS[suffix](decode(path.read_bytes()))
    except OSError as error:
        raise UnreadableDocument(f"the file cannot be opened ({error.strerror})") from error
    if not any(section.blocks for section in reading.sections):
        raise UnreadableDocument("; ".join(("the file holds no text", *reading.remarks)))
    document = _document(path, folder, reading)
    return document, _with_expected(reading, expected_questions(path, document.language))


def _with_expected(reading: Reading, expected: list[tuple[ExpectedQuestion, ...]]) -> Reading:
    """The reading with the questions for each of its sections; those for sections it does not have are left out."""
    given = (replace(section, expected=some) for section, some in zip(reading.sections, expected, strict=False))
    return replace(reading, sections=(*given, *reading.sections[len(expected) :]))


def _document(path: Path, folder: Path, reading: Reading) -> Document:
    properties = {**reading.properties, **_sidecar(path)}
    relative = path.relative_to(folder).as_posix()
    language = _language(path, properties, reading.sections)
    name = properties.get("id")
    return Document(
        id=f"{name}.{language}" if name else relative,
        path=relative,
        title=str(properties.get("title") or path.stem.replace("-", " ").replace("_", " ")),
        language=language,
        publisher=str(properties.get("publisher", "")),
        url=str(properties.get("url", "")),
        date=_text(properties.get("date", "")),
        topic=str(properties.get("topic", "")),
        markets=_names(properties.get("markets")),
        products=_names(properties.get("products")),
        verified_on=_text(properties.get("verified_on", "")),
        review_by=_text(properties.get("review_by", "")),
    )


def _sidecar(path: Path) -> dict[str, Any]:
    """What `<file>.yaml` beside a document says of it."""
    sidecar = path.with_name(path.name + _SIDECAR)
    if not sidecar.is_file():
        return {}
    try:
        content = yaml.safe_load(sidecar.read_text(encoding="utf-8"))
    except (yaml.YAMLError, ValueError) as error:  # ValueError: not UTF-8, or a date such as 2026-02-30
        raise UnreadableDocument(f"{sidecar.name} is not valid YAML: {error}") from error
    if not isinstance(content, dict):
        raise UnreadableDocument(f"{sidecar.name} is not a mapping of keys to values")
    return content


def _language(path: Path, properties: dict[str, Any], sections: tuple[Section, ...]) -> Language:
    for candidate in (properties.get("language"), path.with_suffix("").suffix.lstrip(".")):
        if candidate in list(Language):
            return Language(candidate)
    return language_of_text(" ".join(block.text for section in sections for block in section.blocks)[:20_000])


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _names(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()
