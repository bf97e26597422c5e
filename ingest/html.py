"""Reads HTML with Beautiful Soup: headings, paragraphs, lists and table rows; nothing that a browser would not show."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Comment, Tag

from ingest.sections import Block, Reading, Section

_UNSEEN = ["script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "iframe", "svg", "head"]
_HEADINGS = {"h1", "h2", "h3", "h4"}
_BLOCKS = _HEADINGS | {"p", "li", "tr", "blockquote", "pre", "dt", "dd", "figcaption", "caption"}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)


def read_html(source: str) -> Reading:
    """Sections by heading (h1 to h4); the page's title and language as properties."""
    soup = BeautifulSoup(source, "html.parser")
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    language = soup.html.get("lang", "") if soup.html else ""
    _drop_unseen(soup)
    found: list[Section] = []
    heading, blocks = "", list[Block]()
    for element in soup.find_all(_BLOCKS):
        if element.name not in _HEADINGS and element.find(_BLOCKS):  # its inner blocks come by themselves
            continue
        text = _text(element)
        if not text:
            continue
        if element.name in _HEADINGS:
            if blocks:
                found.append(Section(heading, tuple(blocks)))
            heading, blocks = text, []
        else:
            blocks.append(Block(text, _item(element)))
    if blocks:
        found.append(Section(heading, tuple(blocks)))
    if not found and (text := _text(soup)):
        found.append(Section("", (Block(text),)))
    properties = {"title": title, "language": str(language)[:2]}
    return Reading(tuple(found), {key: value for key, value in properties.items() if value})


def _drop_unseen(soup: BeautifulSoup) -> None:
    for comment in soup.find_all(string=lambda string: isinstance(string, Comment)):
        comment.extract()
    for element in soup.find_all(_UNSEEN):
        element.decompose()
    for element in soup.find_all(_is_hidden):
        if not element.decomposed:
            element.decompose()


def _is_hidden(element: Tag) -> bool:
    return element.has_attr("hidden") or bool(_HIDDEN_STYLE.search(str(element.get("style", ""))))


def _text(element: Tag) -> str:
    if element.name == "tr":
        cells = (re.sub(r"\s+", " ", cell.get_text(" ")).strip() for cell in element.find_all(["td", "th"]))
        return " | ".join(cell for cell in cells if cell)
    return re.sub(r"\s+", " ", element.get_text(" ")).strip()


def _item(element: Tag) -> str:
    if element.name != "li":
        return ""
    if element.parent is not None and element.parent.name == "ol":
        return f"{len(element.find_previous_siblings('li')) + 1}."
    return "-"
