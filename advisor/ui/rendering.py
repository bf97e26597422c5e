"""An answer as HTML: direction by language, markers that lead to the sources, sources that open under the answer.

Everything that comes from a document or a person is escaped here; nothing else in the page writes HTML.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

from advisor.types import Answer, Citation, Language, Source
from advisor.ui.labels import LABELS

_MARKER = re.compile(r"\[(\d+)\]")
_DIRECTION = {Language.AR: "rtl", Language.FR: "ltr"}


def question_html(question: str) -> str:
    """What the person wrote, in the direction of its first letter."""
    return f'<div dir="auto" class="asked">{escape(question)}</div>'


def answer_html(answer: Answer) -> str:
    labels = LABELS[answer.language]
    parts = [_body(answer.text)]
    parts += [f'<p class="warning">⚠ {escape(warning)}</p>' for warning in answer.warnings]
    if answer.citations:
        rows = "".join(_citation(citation, answer.language) for citation in answer.citations)
        parts.append(
            f'<details class="sources"><summary>{escape(labels.sources)} ({len(answer.citations)})</summary><ol>{rows}</ol></details>'
        )
    if answer.suggestions:
        items = "".join(f"<li>{escape(suggestion)}</li>" for suggestion in answer.suggestions)
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
        content = _markers((bullet or step).group(1)) if (bullet or step) else _markers(line)  # type: ignore[union-attr]
        html.append(f"<li>{content}</li>" if tag else f"<p>{content}</p>")
    return "".join(html + [f"</{tag}>"] * bool(tag))


def _markers(text: str) -> str:
    # A marker is a piece of left-to-right text of its own, whatever stands around it.
    return _MARKER.sub(r'<sup class="marker" dir="ltr">[\1]</sup>', escape(text))


def _citation(citation: Citation, language: Language) -> str:
    labels = LABELS[language]
    place = " · ".join(
        part for part in (citation.title, citation.section, f"{labels.page} {citation.page}" if citation.page else "") if part
    )
    sources = "".join(_source(source, language) for source in citation.sources)
    return (
        f'<li value="{citation.marker}"><blockquote dir="auto">{escape(citation.quote)}</blockquote>'
        f'<div class="place">{escape(place)}</div>{sources}</li>'
    )


def _source(source: Source, language: Language) -> str:
    labels = LABELS[language]
    title = f"<bdi>{escape(source.title)}</bdi>"
    if urlsplit(source.url).scheme in ("http", "https"):
        title = f'<a href="{escape(source.url)}" target="_blank" rel="noopener noreferrer nofollow">{title}</a>'
    details = [source.publisher, source.date, f"{labels.as_of} {source.as_of}" if source.as_of else ""]
    tail = " · ".join(f"<bdi>{escape(one)}</bdi>" for one in details if one)
    doubt = "" if source.verified else f' <strong>({escape(labels.unverified)})</strong>'
    return f'<div class="source">{escape(labels.source_of)} : {title} · {tail}{doubt}</div>'
