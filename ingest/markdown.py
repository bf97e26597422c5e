"""Reads Markdown: front matter, sections, paragraphs and list items."""

from __future__ import annotations

import re
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from advisor.errors import UnreadableDocument
from ingest.sections import Block, Reading, Section

_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)


def read_markdown(source: str) -> Reading:
    """A Markdown text with its front matter as properties."""
    properties, body = split_front_matter(source)
    return Reading(tuple(sections(body)), properties)


def split_front_matter(source: str) -> tuple[dict[str, Any], str]:
    """The YAML front matter as a mapping ({} without one) and the text after it. Raises UnreadableDocument on broken YAML."""
    match = _FRONT_MATTER.match(source)
    if not match:
        return {}, source
    try:
        front = yaml.safe_load(match.group(1))
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date such as 2026-02-30
        raise UnreadableDocument(f"front matter is not valid YAML: {error}") from error
    if not isinstance(front, dict):
        raise UnreadableDocument("front matter is not a mapping of keys to values")
    return front, source[match.end() :]


def sections(body: str) -> list[Section]:
    """The sections of a Markdown text. Inline markup is dropped, its text kept; images, comments and blocks of HTML leave nothing."""
    found: list[Section] = []
    heading, blocks = "", []
    item_stack: list[str] = []
    item_pending = ""
    in_heading = in_row = False
    cells: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(body):
        match token.type:
            case "heading_open":
                in_heading = True
            case "heading_close":
                in_heading = False
            case "bullet_list_open":
                item_stack.append("-")
            case "ordered_list_open":
                item_stack.append("1.")
            case "bullet_list_close" | "ordered_list_close":
                item_stack.pop()
            case "list_item_open":
                item_pending = f"{token.info}." if item_stack[-1] == "1." else "-"
            case "list_item_close":
                item_pending = ""
            case "tr_open":
                in_row, cells = True, []
            case "tr_close":
                in_row = False
                blocks.append(Block(" | ".join(cells)))
            case "inline":
                text = _plain(token)
                if in_heading:
                    if blocks or heading:
                        found.append(Section(heading, tuple(blocks)))
                    heading, blocks = text, []
                elif in_row:
                    cells.append(text)
                elif text:
                    blocks.append(Block(text, item_pending))
                    item_pending = ""
            case "fence" | "code_block":
                blocks.append(Block(token.content.strip()))
    if blocks or heading:
        found.append(Section(heading, tuple(blocks)))
    return found


def _plain(token: Token) -> str:
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return re.sub(r"\s+", " ", "".join(parts)).strip()
