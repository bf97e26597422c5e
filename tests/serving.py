"""Murshid's server in a process of its own, for tests that speak HTTP to it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
_START_SECONDS = 180  # a slow machine imports torch in tens of seconds


@dataclass(frozen=True)
class Server:
    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def first_answer(self, path: str) -> httpx.Response:
        """What the server says at `path` as soon as it answers at all."""
        return self.wait_for(path, lambda response: True)

    def wait_until_ready(self) -> httpx.Response:
        return self.wait_for("/readyz", lambda response: response.status_code == 200)

    def wait_for(self, path: str, good: Callable[[httpx.Response], bool]) -> httpx.Response:
        """The first good response to GET `path`."""
        # Another process gives no event to wait for: ask until it answers, or until it is clear that it will not.
        last: object = None
        for _ in range(_START_SECONDS * 10):
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.log.read_text()}")
            try:
                last = httpx.get(self.url + path, timeout=30)
                if good(last):
                    return last
            except httpx.ConnectError as error:
                last = error
            time.sleep(0.1)
        raise AssertionError(f"no good answer at {path} within {_START_SECONDS} s, but {last!r}:\n{self.log.read_text()}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path, log: Path, **environment: str) -> Iterator[Server]:
    """A server that has been started; it may not answer yet. It is stopped at the end."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "murshid", "serve", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "MURSHID_HOME": str(home), **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Server(f"http://127.0.0.1:{port}", process, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
