"""The command line: `murshid ask`, `murshid ingest`, `murshid serve`, `murshid status`, `murshid eval`."""

from __future__ import annotations

import datetime
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from advisor.errors import MurshidError
from advisor.settings import Settings
from advisor.types import Answer, Language

if TYPE_CHECKING:
    from advisor.adapters.sql_catalogue import SqlCatalogue

# The libraries that read models would otherwise look for newer ones on the network.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

cli = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
_out = Console()
_err = Console(stderr=True)
_STAGES = {
    "read": "Reading files · قراءة الملفات",
    "embed": "Embedding passages · فهرسة المقاطع",
    "learn": "Learning from questions · التعلم من الأسئلة",
}


def main() -> None:
    """Runs a command; an expected error is one line on stderr and exit status 1."""
    try:
        cli()
    except (MurshidError, OSError) as error:  # an OSError names a file, a folder or a port that cannot be used
        _err.print(f"[red]murshid:[/] {escape(' '.join(str(error).split()))}", highlight=False, soft_wrap=True)
        sys.exit(1)


def _settings() -> Settings:
    return Settings.from_environment(os.environ)


@cli.command()
def ask(
    question: Annotated[str, typer.Argument(help="In Arabic, French or Darija.")],
    language: Annotated[Language | None, typer.Option(help="Answer in this language rather than the question's.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as the API gives it.")] = False,
) -> None:
    """Answer one question, with its sources."""
    from advisor.answering import check_question
    from advisor.bootstrap import build_advisor

    check_question(question, language)
    with _err.status("…"):
        answer = build_advisor(_settings()).answer(question, language)
    if as_json:
        from advisor.api.schemas import AnswerBody

        _out.print_json(AnswerBody.of(answer).model_dump_json())
    else:
        _show(answer)


def _show(answer: Answer) -> None:
    _out.print(Markdown(answer.text))
    for warning in answer.warnings:
        _out.print(Padding(f"⚠ {warning}", (1, 0, 0, 0)), style="yellow", highlight=False)
    if answer.citations:
        table = Table("", "Source", "Passage", box=None, padding=(0, 1), pad_edge=False)
        for citation in answer.citations:
            sources = "\n".join(
                "\n".join(filter(None, (" · ".join(filter(None, (s.title, s.publisher, s.date))), s.url))) for s in citation.sources
            )
            page = f" (p. {citation.page})" if citation.page else ""
            table.add_row(f"[{citation.marker}]", sources, f"{citation.title} — {citation.section}{page}", style="dim")
        _out.print(Padding(table, (1, 0, 0, 0)), highlight=False, markup=False)
    for suggestion in answer.suggestions:
        _out.print(f"→ {suggestion}", style="cyan", highlight=False, markup=False)


@cli.command()
def ingest(
    folder: Annotated[Path | None, typer.Argument(help="The documents; by default corpus/.")] = None,
    rebuild: Annotated[bool, typer.Option(help="Embed everything anew, for instance after changing the model.")] = False,
) -> None:
    """Bring the index in line with the documents: add what is new, remove what is gone."""
    from advisor.bootstrap import learn, open_stores
    from ingest.synchronising import synchronise

    settings = _settings()
    with _err.status("…"):
        stores = open_stores(settings)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=_err,
    ) as bars:
        tasks = {stage: bars.add_task(label, total=None) for stage, label in _STAGES.items()}
        report = synchronise(
            folder or settings.corpus,
            stores.catalogue,
            stores.vectors,
            stores.sentence_vectors,
            stores.embedder,
            lock=settings.home / "ingest.lock",
            passage_chars=settings.passage_chars,
            max_bytes=settings.max_file_mb * 1_000_000,
            rebuild=rebuild,
            progress=lambda stage, done, total: bars.update(tasks[stage], completed=done, total=total),
        )
        # Now, and not while the first person waits.
        learn(settings, stores, lambda done, total: bars.update(tasks["learn"], completed=done, total=total))
        if not report.embedded:
            bars.update(tasks["embed"], completed=0, total=0, visible=False)
    _out.print(
        f"{report.documents} documents, {report.passages} passages: "
        f"{report.added} added, {report.removed} removed, {report.embedded} embedded, {report.seconds:.1f} s",
        highlight=False,
    )
    for label, rows in (("skipped", report.skipped), ("note", report.remarks)):
        for row in rows:
            _out.print(f"  {label}: {row.path}: {row.reason}", style="yellow", highlight=False, markup=False)


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="By default MURSHID_HOST, or 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(help="By default MURSHID_PORT, or 7860.", min=1, max=65535)] = None,
) -> None:
    """Serve the chat page and the API."""
    from app import run

    settings = _settings()
    settings = replace(settings, host=host or settings.host, port=port or settings.port)
    _out.print(f"Murshid · مرشد: http://{settings.host}:{settings.port} (Ctrl+C)", highlight=False)
    run(settings)


@cli.command()
def status() -> None:
    """Say what the index holds and what of it has to be looked at again."""
    from advisor.adapters.sql_catalogue import SqlCatalogue

    catalogue = SqlCatalogue(_settings().catalogue_url)
    built_with = catalogue.embedding()
    if built_with is None:
        _out.print("The index is empty. Run: murshid ingest")
        raise typer.Exit(1)
    counts = catalogue.document_passage_counts()
    table = Table("id", "language", "passages", "title", "review by", box=None)
    for document in catalogue.documents():
        table.add_row(document.id, document.language, str(counts[document.id]), document.title, document.review_by)
    _out.print(table)
    _out.print(
        f"{len(counts)} documents, {sum(counts.values())} passages, {built_with[0]} ({built_with[1]} dimensions), "
        f"generation {catalogue.generation()}",
        highlight=False,
    )
    _print_freshness(catalogue)


def _print_freshness(catalogue: SqlCatalogue) -> None:
    """What has to be looked at again: guides past their review date, and facts unverified or disputed, by topic."""
    today = datetime.date.today().isoformat()
    overdue = [one for one in catalogue.documents() if one.review_by and one.review_by < today]
    for document in overdue:
        _out.print(f"To review since {document.review_by}: {document.id}", highlight=False)
    sources = catalogue.sources().values()
    table = Table("topic", "facts cited", "unverified", "disputed", box=None)
    for topic in sorted({one.topic for one in sources}):
        some = [one for one in sources if one.topic == topic]
        table.add_row(
            topic, str(len(some)), _named(one.id for one in some if not one.verified), _named(one.id for one in some if one.disputed)
        )
    _out.print(table)
    _out.print(f"{len(overdue)} documents past their review date", highlight=False)


def _named(ids: Iterable[str]) -> str:
    return ", ".join(sorted(ids)) or "-"


@cli.command("eval")
def evaluate(
    questions: Annotated[Path, typer.Argument(help="A YAML file of gold questions.")] = Path("tests/quality/gold_dev.yaml"),
    as_json: Annotated[bool, typer.Option("--json", help="Print each question's result as JSON.")] = False,
    show: Annotated[bool, typer.Option(help="Print the questions that went wrong, with their answers.")] = False,
) -> None:
    """Measure the answers on gold questions."""
    from advisor.bootstrap import build_advisor
    from benchmarks.quality import evaluate_file, print_report

    results = evaluate_file(questions, build_advisor(_settings()))
    if as_json:
        _out.print_json(json.dumps([result.record() for result in results], ensure_ascii=False))
    else:
        print_report(results, _out, show)


if __name__ == "__main__":
    main()
