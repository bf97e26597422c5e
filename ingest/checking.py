"""Checks what Murshid is written from: `python -m ingest.checking corpus`, or `… corpus/guides/<topic>/<slug>` for one guide."""

from __future__ import annotations

import sys
from pathlib import Path

from advisor.errors import MurshidError
from advisor.trade.tables import Tables, read_tables
from ingest.facts import Fact, read_facts
from ingest.guide_checking import LANGUAGES, guide_stems, language_file, problems_of_guide, read_guide
from ingest.readability import readability
from ingest.table_checking import cited_facts, problems_of_tables


def uncited_facts(corpus: Path, tables: Tables, facts: dict[str, Fact]) -> list[Fact]:
    """The verified facts that no guide (in French; the other language cites the same) and no table row cites."""
    cited = {fact_id for rows in tables.rows().values() for row in rows for fact_id in cited_facts(row)}
    for stem in guide_stems(corpus / "guides"):
        guide = read_guide(language_file(stem, "fr"))
        cited |= {fact_id for section in guide.sections for sentence in guide.sentences(section) for fact_id in sentence.fact_ids}
    return [fact for fact in facts.values() if fact.verified and fact.id not in cited]


def _sentences(stems: list[Path], language: str) -> list[str]:
    """The sentences of all guides in one language."""
    guides = [read_guide(language_file(stem, language)) for stem in stems]
    return [sentence.text for guide in guides for section in guide.sections for sentence in guide.sentences(section)]


def main(argument: str) -> int:
    """Prints the problems of one guide, or of a whole corpus with the share of its facts in use; returns the exit status."""
    path = Path(argument)
    corpus = next((parent for parent in (path, *path.parents) if (parent / "facts").is_dir()), None)
    if corpus is None:
        print(f"No facts/ folder at or above {path}", file=sys.stderr)
        return 2
    facts = read_facts(corpus / "facts")
    stems = guide_stems(path) if path.is_dir() else [path]
    found = [problem for stem in stems for problem in problems_of_guide(stem, facts)]
    if path == corpus:
        for language in LANGUAGES:
            print(f"{language}: {readability(_sentences(stems, language))}")
        tables = read_tables(corpus / "tables")
        found += problems_of_tables(tables, facts)
        verified = sum(fact.verified for fact in facts.values())
        uncited = uncited_facts(corpus, tables, facts)
        print(f"{verified - len(uncited)} of {verified} verified facts are cited")
        for fact in uncited:
            print(f"not cited: {fact.id}")
    for problem in found:
        print(problem)
    print(f"{len(stems)} guides checked, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "corpus"))
    except MurshidError as error:
        sys.exit(str(error))
