"""Prints how fast and how large Murshid is: `make bench`. Figures, not assertions: they depend on the machine.

Start to ready and memory are those of a server started here; answers are timed through its API, embedding in this process.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
from rich.console import Console
from rich.table import Table

from advisor.adapters.sentence_transformers import SentenceTransformerEmbedder
from advisor.settings import Settings
from benchmarks.quality import read_questions

_QUESTIONS = Path("tests/quality/gold_dev.yaml")
_PASSAGES = 128
# About 100 tokens, of the length and kind of a passage.
_FRENCH = (
    "Tout exportateur marocain, artisan individuel ou coopérative, peut écrire lui-même la déclaration d'origine sur la facture si "
    "les produits originaires de l'envoi valent au plus 6 000 euros. Au-dessus, l'envoi demande un certificat EUR.1 visé par la "
    "douane, ou le statut d'exportateur agréé ; demandez à votre transitaire quel document convient à votre produit."
)


def free_port() -> int:
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return int(some.getsockname()[1])


def start_server(port: int) -> tuple[subprocess.Popen[bytes], float]:
    """A server and the seconds it took until it was ready to answer."""
    started = time.perf_counter()
    server = subprocess.Popen([sys.executable, "-m", "murshid", "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    while True:
        if server.poll() is not None:
            raise SystemExit("the server ended before it was ready; run `murshid serve` to see why")
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=60).status_code == 200:
                return server, time.perf_counter() - started
        except httpx.TransportError:
            pass
        time.sleep(0.05)


def answer_times(port: int, questions: list[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of each question over HTTP, one after the other; and those of understanding it and of finding passages, as it says."""
    times, found = [], []
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        for question in questions:
            started = time.perf_counter()
            answer = client.post("/v1/ask", json={"question": question}).raise_for_status().json()
            times.append((time.perf_counter() - started) * 1000)
            found.append(sum(answer["timings_ms"].get(part, 0.0) for part in ("understand", "retrieve")))
    return times, found


def embedding_speed(settings: Settings) -> tuple[float, int]:
    """Passages embedded per second, and the tokens of one."""
    embedder = SentenceTransformerEmbedder(settings.embedding_model, settings.models, settings.embedding_batch)
    embedder.embed_documents([_FRENCH])
    started = time.perf_counter()
    embedder.embed_documents([f"{number} {_FRENCH}" for number in range(_PASSAGES)])
    seconds = time.perf_counter() - started
    return _PASSAGES / seconds, embedder.count_tokens(_FRENCH)


def main() -> None:
    settings = Settings.from_environment(os.environ)
    questions = [row["question"] for row in read_questions(_QUESTIONS)]
    port = free_port()
    server, ready = start_server(port)
    try:
        answer_times(port, questions[:5])
        times, found = (sorted(some) for some in answer_times(port, questions))
        memory = psutil.Process(server.pid).memory_info().rss / 1e6
    finally:
        server.terminate()
        server.wait(30)
    speed, tokens = embedding_speed(settings)
    table = Table("figure", "measured", "target")
    table.add_row("start to ready", f"{ready:.1f} s", "20 s")
    table.add_row(f"ask p50 ({len(times)} questions, HTTP)", f"{statistics.median(times):.0f} ms", "")
    table.add_row("ask p95", f"{times[int(len(times) * 0.95)]:.0f} ms", "300 ms")
    table.add_row("understand + retrieve p95", f"{found[int(len(found) * 0.95)]:.0f} ms", "150 ms")
    table.add_row("memory of the server", f"{memory:.0f} MB", "1300 MB")
    table.add_row(f"passages embedded ({tokens} tokens each)", f"{speed:.0f} per second", "30 at 100 tokens")
    Console().print(table)
    Console().print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
