"""Reads plain text: paragraphs divided by blank lines."""

from __future__ import annotations

import re

from advisor.errors import UnreadableDocument
from ingest.sections import Block, Reading, Section

_BULLET = re.compile(r"\s*(?:([-•▪*–])|(\d{1,2}[.)]))\s+(.*)", re.DOTALL)
_SENTENCE_END = tuple(".!?؟:؛…»”)")


def read_text(source: str) -> Reading:
    """One section without a heading; its blocks are the paragraphs and list items."""
    return Reading((Section("", tuple(paragraphs(source))),))


def decode(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else windows-1256 or -1252, whichever gives letters. Raises UnreadableDocument on binary data."""
    for encoding, mark in (("utf-8-sig", b""), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff")):
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return text
    if b"\x00" in data[:4096]:
        raise UnreadableDocument("the file is binary, not text")
    arabic, western = (data.decode(encoding, errors="replace") for encoding in ("cp1256", "cp1252"))
    letters = sum("\u0600" <= char <= "\u06ff" for char in arabic)
    return arabic if letters > len(arabic) / 3 else western


def paragraphs(text: str) -> list[Block]:
    """Paragraphs and list items. Lines are joined unless a blank line, a bullet or a short line that ends a sentence divides them."""
    blocks: list[Block] = []
    lines: list[str] = []

    def flush() -> None:
        if joined := re.sub(r"\s+", " ", " ".join(lines)).strip():
            match = _BULLET.fullmatch(joined)
            if match and match.group(3):
                blocks.append(Block(match.group(3), "-" if match.group(1) else match.group(2).replace(")", ".")))
            else:
                blocks.append(Block(joined))
        lines.clear()

    for line in text.splitlines():
        if not line.strip():
            flush()
            continue
        if _BULLET.fullmatch(line) or _closes_paragraph(lines):
            flush()
        lines.append(line)
    flush()
    return blocks


def _closes_paragraph(lines: list[str]) -> bool:
    # The last line of a paragraph ends a sentence and is usually shorter than its neighbours.
    return len(lines) > 1 and lines[-1].rstrip().endswith(_SENTENCE_END) and len(lines[-1]) < 0.75 * max(map(len, lines))
