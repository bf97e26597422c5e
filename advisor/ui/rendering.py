"""An answer as HTML: direction by language, markers that lead to the sources, sources that open under the answer.

Everything that comes from a document or a person is escaped here; nothing else in the page writes HTML. What comes out has no line
break: Gradio reads it as Markdown, in which a blank line would end the HTML and let a question write headings or load pictures.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

from advisor.normalisation import is_arabic
from advisor.types import Answer, Citation, Language, Outcome, Source
from advisor.ui.labels import LABELS

_MARKER = re.compile(r" ?\[(\d+)\]")
# Numbers whose parts right-to-left text turns round: "6 000", "05 37 26 63 63", "+212 5 22", "50-17", "2026-11-22". After an Arabic
# letter a hyphen no longer holds digits together (Unicode Bidirectional Algorithm, W2 and W4), and a space never does.
_PARTED_NUMBER = re.compile(
    r"((?<!\d)(?<!\d[.,])"
    r"(?:\+\d+(?:[ \u00a0\u202f]\d+)+|\d{1,3}(?:[ \u00a0\u202f]\d{2,3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*(?:[-–]\d+(?:[.,]\d+)*)+))"
)
_DIRECTION = {Language.AR: "rtl", Language.FR: "ltr"}


def question_html(question: str) -> str:
    """What the person wrote, each line in the direction of its first letter."""
    lines = "".join(f'<p dir="auto">{_text(line)}</p>' for line in question.splitlines() if line.strip())
    return f'<div class="asked">{lines}</div>'


def message_html(message: str) -> str:
    """A message of ours that is no answer."""
    return f'<div dir="auto" class="answer">{_body(message)}</div>'


def answer_html(answer: Answer) -> str:
    labels = LABELS[answer.language]
    parts = [_body(answer.text)]
    parts += [f'<p class="warning">⚠ {_text(warning)}</p>' for warning in answer.warnings]
    if answer.citations:
        rows = "".join(_citation(citation, answer.language) for citation in answer.citations)
        parts.append(
            f'<details class="sources"><summary>{escape(labels.sources)} ({len(answer.citations)})</summary><ol>{rows}</ol></details>'
        )
    if answer.suggestions and answer.outcome is not Outcome.CLARIFY:  # the choices stand in the text
        items = "".join(f"<li>{_text(suggestion)}</li>" for suggestion in answer.suggestions)
        parts.append(f'<p class="next">{escape(labels.next_questions)}</p><ul class="next">{items}</ul>')
    return f'<div dir="{_DIRECTION[answer.language]}" lang="{answer.language}" class="answer {answer.outcome}">{"".join(parts)}</div>'


def _body(text: str) -> str:
    """Paragraphs, bullets and steps, as the composer writes them."""
    html: list[str] = []
    tag = ""
    for line in filter(None, (line.strip() for line in text.splitlines())):
        bullet, step = re.match(r"- (.*)", line), re.match(r"\d+\. (.*)", line)
        wanted = "ul" if bullet else "ol" if step else ""
        if wanted != tag:
            html += [f"</{tag}>"] * bool(tag) + [f"<{wanted}>"] * bool(wanted)
            tag = wanted
        if part := re.fullmatch(r"\*\*(.+)\*\*", line):  # one of several questions, as it was asked
            html.append(f"<p><strong>{_text(part.group(1))}</strong></p>")
            continue
        item = bullet or step
        content = _markers(item.group(1) if item else line)
        html.append(f"<li>{content}</li>" if tag else f"<p>{content}</p>")
    return "".join(html + [f"</{tag}>"] * bool(tag))


def _text(text: str) -> str:
    """`text` on one line, each number readable from left to right."""
    html: list[str] = []
    latin = False  # whether the last letter was Latin: "ISO 6486-1" holds together by itself, and would not with its number apart
    for position, piece in enumerate(_PARTED_NUMBER.split(" ".join(text.splitlines()))):
        is_number = position % 2 == 1
        html.append(f'<bdi dir="ltr" class="number">{piece}</bdi>' if is_number and not latin else escape(piece))
        latin = next((not is_arabic(char) for char in reversed(piece) if char.isalpha()), latin)
    return "".join(html)


def _markers(text: str) -> str:
    # A marker is a piece of left-to-right text of its own, whatever stands around it, and never stands alone on a line.
    return _MARKER.sub(r'&nbsp;<sup class="marker" dir="ltr">[\1]</sup>', _text(text))


def _citation(citation: Citation, language: Language) -> str:
    labels = LABELS[language]
    place = " · ".join(
        part for part in (citation.title, citation.section, f"{labels.page} {citation.page}" if citation.page else "") if part
    )
    sources = "".join(_source(source, language) for source in citation.sources)
    return (
        f'<li value="{citation.marker}"><blockquote dir="auto">{_text(citation.quote)}</blockquote>'
        f'<div class="place">{_text(place)}</div>{sources}</li>'
    )


def _source(source: Source, language: Language) -> str:
    labels = LABELS[language]
    title = f"<bdi>{_text(source.title)}</bdi>"
    if address := _web_address(source.url):
        title = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer nofollow">{title}</a>'
    dates = (source.date, f"{labels.as_of} {source.as_of}" if source.as_of else "")
    details = [source.publisher, *(date for date in dates if re.search(r"\d", date))]  # not "undated", "n.d."
    parts = [title, *(f"<bdi>{_text(one)}</bdi>" for one in details if one)]
    doubt = "" if source.verified else f" <strong>({escape(labels.unverified)})</strong>"
    return f'<div class="source">{escape(labels.source_of)} {" · ".join(parts)}{doubt}</div>'


def _web_address(url: str) -> str:
    """`url` if it leads to a web page, else nothing: a document may say `javascript:` or anything else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.geturl() if parts.scheme in ("http", "https") else ""
