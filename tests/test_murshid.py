"""The command line, each command in a process of its own."""

from __future__ import annotations

import re
import shutil
import socket
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from advisor.api.schemas import AnswerBody
from advisor.language import language_of_text
from advisor.numbers import numbers
from advisor.types import Language, Outcome, Variety
from tests.conftest import ROOT, run_murshid

REPATRIATION_FR = "Dans quel délai rapatrier les recettes d'exportation au Maroc ?"
RUG_DARIJA = "شنو خاصني باش نصيفط زربية لمريكان؟"


def expect_error(done: CompletedProcess[str]) -> str:
    """The one line an expected error leaves on stderr."""
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("murshid: ")
    return line.removeprefix("murshid: ")


@pytest.fixture
def no_home(tmp_path: Path) -> Path:
    """A data folder that nothing was ingested into."""
    return tmp_path / "home"


def test_ask_prints_the_answer_with_its_sources(real_home: Path) -> None:
    done = run_murshid("ask", REPATRIATION_FR, home=real_home)
    assert done.returncode == 0, done.stderr
    assert "150" in numbers(done.stdout)
    answer, _, table = done.stdout.partition("Source")
    assert "[1]" in answer
    assert "[1]" in table
    assert "https://" in table
    assert "Traceback" not in done.stderr


def test_ask_as_json_prints_what_the_api_gives_in_the_language_it_is_told(real_home: Path) -> None:
    done = run_murshid("ask", "--json", "--language", "fr", RUG_DARIJA, home=real_home)
    answer = AnswerBody.model_validate_json(done.stdout)
    assert (answer.outcome, answer.language, answer.variety) == (Outcome.ANSWERED, Language.FR, Variety.ARY)
    assert language_of_text(answer.text) is Language.FR
    assert {int(marker) for marker in re.findall(r"\[(\d+)\]", answer.text)} == {one.marker for one in answer.citations}


def test_status_lists_the_documents_and_counts_them(real_home: Path) -> None:
    done = run_murshid("status", home=real_home)
    assert done.returncode == 0, done.stderr
    assert "leather-reach.ar" in done.stdout
    assert "leather-reach.fr" in done.stdout
    assert re.search(r"\d+ documents, \d+ passages, multilingual-e5-small/1 \(384 dimensions\), generation \d+", done.stdout)


def test_status_tells_by_topic_what_is_unverified_or_disputed(real_home: Path) -> None:
    lines = run_murshid("status", home=real_home).stdout.splitlines()
    assert any("unverified" in line and "disputed" in line for line in lines)
    assert re.fullmatch(r"\d+ documents past their review date", lines[-1])


def test_status_of_an_empty_index_names_the_command(no_home: Path) -> None:
    done = run_murshid("status", home=no_home)
    assert (done.returncode, done.stdout) == (1, "The index is empty. Run: murshid ingest\n")


def test_asking_an_empty_index_names_the_command(no_home: Path) -> None:
    assert expect_error(run_murshid("ask", RUG_DARIJA, home=no_home)) == "The index is empty. Run: murshid ingest"


def test_an_empty_question_is_refused_in_both_languages(no_home: Path) -> None:
    assert expect_error(run_murshid("ask", "  ", home=no_home)) == "Écrivez votre question. · اكتب سؤالك."


def test_an_overlong_question_is_refused_in_the_language_of_the_answer(no_home: Path) -> None:
    assert "2000" in expect_error(run_murshid("ask", "--language", "ar", "ز" * 2001, home=no_home))


@pytest.mark.parametrize(("port", "reason"), [("باب", "whole number"), ("7860.5", "whole number"), ("0", "between 1 and 65535")])
def test_a_port_that_makes_no_sense_is_named(no_home: Path, port: str, reason: str) -> None:
    line = expect_error(run_murshid("serve", home=no_home, MURSHID_PORT=port))
    assert line.startswith("MURSHID_PORT must")
    assert reason in line


def test_a_port_given_on_the_command_line_is_checked_too(no_home: Path) -> None:
    done = run_murshid("serve", "--port", "99999", home=no_home, timeout=60)
    assert done.returncode == 2
    assert "65535" in done.stderr


def test_a_port_that_is_taken_ends_the_server(no_home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run_murshid("serve", "--port", str(taken.getsockname()[1]), home=no_home, timeout=180)
    assert done.returncode == 3  # uvicorn's for a start that failed
    assert "address already in use" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_is_a_file_is_told_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.touch()
    assert str(file) in expect_error(run_murshid("status", home=file))


def test_a_model_that_is_not_there_is_told_in_one_line(real_home: Path) -> None:
    line = expect_error(run_murshid("ask", RUG_DARIJA, home=real_home, MURSHID_EMBEDDING_MODEL="coop/no-such-model", COLUMNS="60"))
    assert "coop/no-such-model" in line


def test_an_index_of_another_model_is_told_with_the_way_out(real_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(real_home, home)
    folder = next(one for one in (home / "models").iterdir() if one.is_dir())
    line = expect_error(run_murshid("ask", RUG_DARIJA, home=home, MURSHID_EMBEDDING_MODEL=str(folder)))
    assert "murshid ingest --rebuild" in line


def test_a_folder_that_is_not_there_stops_an_ingest(no_home: Path) -> None:
    done = run_murshid("ingest", "/nowhere/[guides]", home=no_home)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "murshid: There is no folder /nowhere/[guides]"


def test_an_ingest_that_finds_nothing_new_embeds_nothing(real_home: Path, real_corpus: Path) -> None:
    before = run_murshid("status", home=real_home).stdout
    done = run_murshid("ingest", str(real_corpus), home=real_home)
    assert done.returncode == 0, done.stderr
    assert "0 added, 0 removed, 0 embedded" in done.stdout
    assert run_murshid("status", home=real_home).stdout == before


def test_an_unreadable_file_is_reported_with_its_reason(tmp_path: Path, real_home: Path) -> None:
    folder = tmp_path / "corpus"
    shutil.copytree(ROOT / "corpus" / "tables", folder / "tables")
    (folder / "facture.fr.txt").write_text("La facture commerciale accompagne chaque envoi de poterie.", encoding="utf-8")
    (folder / "casse.pdf").write_bytes(b"%PDF-1.7 casse")
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(real_home / "models")
    done = run_murshid("ingest", str(folder), home=home)
    assert done.returncode == 0, done.stderr
    assert "1 documents, 1 passages: 1 added" in done.stdout
    assert "skipped: casse.pdf:" in done.stdout


def test_help_names_every_command(no_home: Path) -> None:
    done = run_murshid("--help", home=no_home)
    assert all(command in done.stdout for command in ("ask", "ingest", "serve", "status", "eval"))
    assert not no_home.exists()
