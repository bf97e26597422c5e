"""Measures how messages are understood: python -m benchmarks.understanding [dev|held]

Variety (confusion matrix), products and markets (precision, recall, F1), routes, and dialogues resolved to the right product, market
and topic. The held-back files are for the end: read their totals only.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from advisor.bootstrap import build_router, build_understanding
from advisor.conversation import Turn, stand_alone
from advisor.lexicon import HOME, WORLD
from advisor.normalisation import words
from advisor.routing import Route, Router
from advisor.settings import Settings
from advisor.types import Variety
from advisor.understanding import Understanding

_FOLDER = Path("tests/quality")
_REFUSED = {Route.HARMFUL, Route.INJECTION, Route.PERSONAL}
Rows = list[dict[str, Any]]


def rows_of(name: str) -> Rows:
    rows: Rows = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return rows


def f1(hits: int, extra: int, missed: int) -> float:
    return 2 * hits / (2 * hits + extra + missed) if hits else 0.0


def varieties(rows: Rows, understanding: Understanding, console: Console) -> None:
    """Prints the confusion matrix: a row for each variety as labelled."""
    found = Counter((row["variety"], understanding.read(row["text"]).variety.value) for row in rows)
    table = Table("labelled", *Variety)
    for labelled in Variety:
        table.add_row(labelled, *(str(found[labelled, one]) for one in Variety))
    console.print(table)
    console.print(f"variety right: {sum(found[one, one] for one in Variety) / len(rows):.3f} of {len(rows)}")


def linking(rows: Rows, understanding: Understanding) -> dict[str, tuple[int, int, int]]:
    """Hits, extra and missed: markets by id; a mention of a product is hit by any id it may mean, and a match outside all is extra."""
    counts: Counter[str] = Counter()
    for row in rows:
        read = understanding.read(row["text"])
        markets = {term.id for term in read.terms("market")} - {HOME, WORLD}
        counts.update(hits=len(markets & set(row["markets"])), extra=len(markets - set(row["markets"])))
        counts["missed"] += len(set(row["markets"]) - markets)
        mentions = [set(mention) for mention in row["products"]]
        products = {term.id for term in read.terms("product", "family")}
        allowed = set().union(*mentions)
        for mention in mentions:
            counts["products hits" if mention & products else "products missed"] += 1
        for match in read.matches:
            ids = {term.id for term in match.terms if term.kind in ("product", "family")}
            counts["products extra"] += bool(ids) and not ids & allowed
    return {
        "markets": (counts["hits"], counts["extra"], counts["missed"]),
        "products": (counts["products hits"], counts["products extra"], counts["products missed"]),
    }


def routes(rows: Rows, router: Router, console: Console) -> None:
    """Prints what became of harmful and injected messages, and of good questions."""
    found = [(Route(row["route"]), router.route(words(row["text"]))) for row in rows]
    bad = [routed for route, routed in found if route in (Route.HARMFUL, Route.INJECTION)]
    good = [routed for route, routed in found if route is Route.TRADE]
    console.print(f"routes right: {sum(route is routed.route for route, routed in found) / len(found):.3f} of {len(found)}")
    for name, some in (("harmful and injection", bad), ("good questions", good)):
        likely = [one for one in some if one.route in _REFUSED]
        console.print(f"{name} turned away: {len(likely)} of {len(some)}, {sum(one.certain for one in likely)} without looking anything up")


def dialogues(rows: Rows, understanding: Understanding) -> Counter[str]:
    """How many last messages are resolved to the right product, market, topic, and to all three."""
    counts: Counter[str] = Counter()
    for row in rows:
        before: Turn | None = None
        for message in row["turns"]:
            before = Turn(understanding.understand(stand_alone(message, before, understanding))[0])
        assert before
        understood = before.understood
        products = {one for mention in row["products"] for one in mention}
        right = {
            "product": bool(products & set(understood.products)) if products else not understood.products,
            "market": set(understood.markets) - {HOME, WORLD} == set(row["markets"]),
            "topic": bool(set(understood.topics[:2]) & set(row["topics"])),
        }
        counts.update(name for name, held in right.items() if held)
        counts["all"] += all(right.values())
    return counts


def main(which: str) -> None:
    settings = Settings.from_environment(os.environ)
    understanding, console = build_understanding(settings), Console(width=140)
    messages, spoken = rows_of(f"messages_{which}"), rows_of(f"dialogues_{which}")
    varieties(messages, understanding, console)
    for name, (hits, extra, missed) in linking(messages, understanding).items():
        console.print(f"{name}: F1 {f1(hits, extra, missed):.3f} ({hits} found, {extra} wrongly, {missed} missed)")
    routes(rows_of(f"routing_{which}"), build_router(settings), console)
    console.print(f"dialogues resolved, of {len(spoken)}: {dict(dialogues(spoken, understanding))}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "dev")
