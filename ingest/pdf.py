"""Reads PDF page by page: pypdf (https://pypdf.readthedocs.io), and qalam for the pages that pypdf does not give well.

pypdf 7.1 gives Arabic as presentation forms and breaks the order of lines that mix Arabic and Latin text, and it puts spaces before the
punctuation of files that Chromium made ("nul , un"); qalam 0.1.3 reads both right. A page without text (a scan) is named in the remarks,
never silently empty.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import qalam
from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from advisor.errors import UnreadableDocument
from ingest.plain_text import paragraphs
from ingest.sections import Reading, Section

MAX_PAGES = 3000


def read_pdf(path: Path) -> Reading:
    """One section for each page with text. Raises UnreadableDocument if the file is broken, locked or too long."""
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument("the PDF is protected by a password; save it without one")
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise UnreadableDocument(f"the PDF has {count} pages, more than {MAX_PAGES}; split it")
        texts = [page.extract_text() for page in reader.pages]
        title = (reader.metadata.title if reader.metadata else None) or ""
    except DependencyError as error:  # AES needs a library that is not installed
        raise UnreadableDocument("the PDF is encrypted; save it without protection") from error
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        # pypdf lets ordinary Python errors through on damaged files
        raise UnreadableDocument(f"the PDF is damaged ({type(error).__name__}: {error})") from error
    texts = _mended(path, texts)
    pages = tuple(
        Section("", tuple(paragraphs(unicodedata.normalize("NFKC", text))), page)
        for page, text in enumerate(texts, start=1)
        if text.strip()
    )
    empty = [str(page) for page, text in enumerate(texts, start=1) if not text.strip()]
    remarks = (f"no text on page(s) {', '.join(empty)}: scanned? these pages cannot be searched",) if empty else ()
    return Reading(pages, {"title": title} if title else {}, remarks)


def _mended(path: Path, texts: list[str]) -> list[str]:
    if not any(map(_is_read_badly, texts)):
        return texts
    try:
        document = qalam.Document(str(path))
        return [document.page(number).text if _is_read_badly(text) else text for number, text in enumerate(texts, start=1)]
    except (qalam.QalamError, IndexError) as error:  # IndexError: qalam finds fewer pages than pypdf in a damaged file
        raise UnreadableDocument(f"the text of the PDF cannot be brought into order ({error})") from error


def _is_read_badly(text: str) -> bool:
    arabic = sum("\u0600" <= char <= "\u06ff" or "\ufb50" <= char <= "\ufeff" for char in text)
    spaced = len(re.findall(r"\w [.,]", text))
    return arabic > 10 or spaced > 0.2 * len(re.findall(r"[.,]", text))
