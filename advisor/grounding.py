"""Holds an answer to its passages: every marker was issued, every quote is word for word, every number stands in its quote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from advisor.numbers import numbers
from advisor.types import Citation, Document, Passage, Sentence, Source

_MARKER = re.compile(r"\[(\d+)\]")


def cite(marker: int, passage: Passage, sentence: Sentence, sources: Mapping[str, Source], documents: Mapping[str, Document]) -> Citation:
    """A citation of one sentence. Its sources are those of the facts it rests on, or else the document itself."""
    found = tuple(sources[fact_id] for fact_id in sentence.fact_ids if fact_id in sources)
    if not found:
        document = documents[passage.document_id]
        date = document.date or document.verified_on
        found = (Source(document.id, document.title, document.publisher, document.url, date, date),)
    return Citation(
        marker=marker,
        passage_id=passage.id,
        document_id=passage.document_id,
        title=passage.title,
        section=passage.section,
        page=passage.page,
        quote=passage.text[sentence.start : sentence.end],
        start=sentence.start,
        end=sentence.end,
        sources=found,
        as_of=_oldest(found),
    )


def _oldest(sources: Sequence[Source]) -> str:
    """A sentence is as old as its oldest dated source."""
    dated = [source.as_of for source in sources if source.year]
    return min(dated, default=sources[0].as_of)


def problems(text: str, citations: Sequence[Citation], passages: Mapping[str, Passage]) -> list[str]:
    """What in an answer does not rest on its passages; empty when it is grounded."""
    by_marker = {citation.marker: citation for citation in citations}
    found = [
        f"the quote of [{citation.marker}] is not in its passage"
        for citation in citations
        if passages[citation.passage_id].text[citation.start : citation.end] != citation.quote
    ]
    for line in filter(str.strip, text.splitlines()):
        markers = [int(marker) for marker in _MARKER.findall(line)]
        if not markers:
            found.append(f"no marker at « {line[:60]} »")
        unknown = [marker for marker in markers if marker not in by_marker]
        found += [f"nobody issued [{marker}]" for marker in unknown]
        quoted = {number for marker in markers if marker in by_marker for number in numbers(by_marker[marker].quote)}
        said = numbers(_MARKER.sub("", re.sub(r"^\s*\d+\.\s", "", line)))
        found += [f"the number {number} is in no quote of its line" for number in said if number not in quoted]
    return found
