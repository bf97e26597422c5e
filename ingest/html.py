"""Reads HTML with Beautiful Soup: headings, paragraphs, lists and table rows; nothing that a browser would not show."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

from ingest.sections import Block, Reading, Section

_UNSEEN = ["script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "iframe", "svg", "head"]
_HEADINGS = {"h1", "h2", "h3", "h4"}
_CELLS = {"td", "th"}
_BLOCKS = (
    _HEADINGS
    | _CELLS
    | set(
        "address article blockquote body caption center dd details div dl dt fieldset figcaption figure hr html li main ol p pre section "
        "summary table tbody tfoot thead tr ul".split()
    )
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)


def read_html(source: str) -> Reading:
    """Sections by heading (h1 to h4); the page's title and language as properties."""
    soup = BeautifulSoup(source, "html.parser")
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    language = soup.html.get("lang", "") if soup.html else ""
    _drop_unseen(soup)
    found: list[Section] = []
    heading, blocks = "", list[Block]()
    for element, text in _texts(soup):
        if element.name in _HEADINGS:
            if blocks:
                found.append(Section(heading, tuple(blocks)))
            heading, blocks = text, []
        else:
            blocks.append(Block(text, _item(element)))
    if blocks:
        found.append(Section(heading, tuple(blocks)))
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


def _texts(soup: BeautifulSoup) -> Iterator[tuple[Tag, str]]:
    """Each heading, table row and stretch of text that no other block divides, in reading order, with the element it stands in."""
    for line_break in soup.find_all("br"):
        line_break.replace_with(" ")
    strings = ((_unit(string), string) for string in soup.strings)
    for _, run in itertools.groupby(strings, key=lambda pair: id(pair[0])):
        elements, parts = zip(*run, strict=True)
        if elements[0].name == "tr":
            cells = itertools.groupby(parts, key=lambda part: id(part.find_parent(_CELLS)))
            text = " | ".join(filter(None, (_joined(some) for _, some in cells)))
        else:
            text = _joined(parts)
        if text:
            yield elements[0], text


def _unit(string: NavigableString) -> Tag:
    """The innermost block around `string`, where a cell counts as its row and the first paragraph of a cell or list item as that."""
    block = string.find_parent(_BLOCKS) or list(string.parents)[-1]
    outer = block.parent
    if outer is not None and outer.name in _CELLS | {"li"} and block.name in ("p", "div") and outer.find(_BLOCKS) is block:
        block = outer
    return (block.find_parent("tr") or block) if block.name in _CELLS else block


def _joined(parts: Iterable[str]) -> str:
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _item(element: Tag) -> str:
    if element.name != "li":
        return ""
    if element.parent is not None and element.parent.name == "ol":
        return f"{len(element.find_previous_siblings('li')) + 1}."
    return "-"
