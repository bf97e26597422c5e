"""Everything works in a network namespace of its own, in which there is only this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from serving import ROOT

from advisor.types import Outcome

# In a fresh namespace even the loopback is down; SIOCSIFFLAGS brings it up without the `ip` tool.
LOOPBACK_UP = """
import fcntl, socket, struct
with socket.socket() as handle:
    fcntl.ioctl(handle, 0x8914, struct.pack("16sh", b"lo", 1))
"""
NETWORK_IS_GONE = """
import socket
try:
    socket.create_connection(("192.0.2.1", 443), timeout=5)
except OSError as error:
    print(error.strerror)
"""
ASK_A_SERVER = """
import sys
from pathlib import Path
import httpx
from serving import serving
home, log, question = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
with serving(home, log) as server:
    server.wait_until_ready()
    page = httpx.get(server.url)
    assert page.status_code == 200 and "gradio" in page.text, page.text
    print(httpx.post(server.url + "/v1/ask", json={"question": question}, timeout=60).json()["outcome"])
"""
QUESTION = "شحال من يوم عندي باش ندخل فلوس التصدير للمغرب؟"


@pytest.fixture(scope="module", autouse=True)
def _namespaces() -> None:
    allowed = subprocess.run(["unshare", "-rn", "true"], capture_output=True, text=True, check=False)
    if allowed.returncode:
        pytest.skip(f"this machine does not permit network namespaces: {allowed.stderr.strip()}")


def offline(*command: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs Python with `command` where no other machine can be reached."""
    return subprocess.run(
        ["unshare", "-rn", sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "MURSHID_HOME": str(home), "PYTHONPATH": str(ROOT / "tests"), "COLUMNS": "200", "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_the_namespace_reaches_no_other_machine(tmp_path: Path) -> None:
    assert offline("-c", NETWORK_IS_GONE, home=tmp_path).stdout.strip() == "Network is unreachable"


def test_an_index_is_built_from_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    shutil.copytree(ROOT / "corpus" / "tables", folder / "tables")
    (folder / "argan.fr.txt").write_text("L'huile d'argan part avec un certificat d'analyse.\n", encoding="utf-8")
    done = offline("-m", "murshid", "ingest", str(folder), home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert "1 documents, 1 passages: 1 added, 0 removed, 1 embedded" in done.stdout


def test_an_ingest_finds_nothing_new(real_home: Path, real_corpus: Path) -> None:
    done = offline("-m", "murshid", "ingest", str(real_corpus), home=real_home)
    assert done.returncode == 0, done.stderr
    assert "0 added, 0 removed, 0 embedded" in done.stdout


def test_a_question_is_answered(real_home: Path) -> None:
    done = offline("-m", "murshid", "ask", "--json", QUESTION, home=real_home)
    assert done.returncode == 0, done.stderr
    assert re.search(r'"outcome":\s*"answered"', done.stdout)


def test_a_server_answers_over_the_loopback(real_home: Path, tmp_path: Path) -> None:
    done = offline("-c", LOOPBACK_UP + ASK_A_SERVER, str(real_home), str(tmp_path / "log.txt"), QUESTION, home=real_home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == Outcome.ANSWERED
