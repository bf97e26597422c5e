"""Settings come from the environment, or from defaults that need nothing."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from advisor import settings
from advisor.errors import ConfigurationError
from advisor.settings import Settings


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_environment({}) == Settings()


def test_other_variables_are_left_alone() -> None:
    assert Settings.from_environment({"HOME": "/root", "PORT": "99"}) == Settings()


@pytest.mark.parametrize(
    ("variable", "text", "field", "value"),
    [
        ("MURSHID_HOME", "/srv/murshid", "home", Path("/srv/murshid")),
        ("MURSHID_CORPUS", "/srv/guides", "corpus", Path("/srv/guides")),
        ("MURSHID_HOST", "0.0.0.0", "host", "0.0.0.0"),
        ("MURSHID_PORT", "8080", "port", 8080),
        ("MURSHID_MAX_BODY_BYTES", "20000", "max_body_bytes", 20_000),
        ("MURSHID_EMBEDDING_MODEL", "BAAI/bge-m3", "embedding_model", "BAAI/bge-m3"),
        ("MURSHID_EMBEDDING_BATCH", "64", "embedding_batch", 64),
        ("MURSHID_PASSAGE_CHARS", "1200", "passage_chars", 1200),
        ("MURSHID_MAX_FILE_MB", "5", "max_file_mb", 5),
    ],
)
def test_a_variable_sets_its_setting_and_nothing_else(variable: str, text: str, field: str, value: object) -> None:
    changed = Settings.from_environment({variable: text})
    default = Settings()
    assert {name for name in Settings.__slots__ if getattr(changed, name) != getattr(default, name)} == {field}
    assert getattr(changed, field) == value


def test_every_setting_names_a_variable_that_is_read() -> None:
    named = re.findall(r"# (MURSHID_\w+)", inspect.getsource(settings))
    assert len(named) == len(Settings.__slots__)
    read = inspect.getsource(Settings.from_environment)
    assert [name for name in named if f'"{name}"' not in read] == []


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("MURSHID_PORT", "huit"),
        ("MURSHID_PORT", ""),
        ("MURSHID_PORT", "80.5"),
        ("MURSHID_PORT", "0"),
        ("MURSHID_PORT", "65536"),
        ("MURSHID_MAX_BODY_BYTES", "9999"),
        ("MURSHID_EMBEDDING_BATCH", "-1"),
        ("MURSHID_PASSAGE_CHARS", "199"),
        ("MURSHID_PASSAGE_CHARS", "4001"),
        ("MURSHID_MAX_FILE_MB", "0"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_by_the_name_of_its_variable(variable: str, text: str) -> None:
    with pytest.raises(ConfigurationError, match=variable):
        Settings.from_environment({variable: text})


@pytest.mark.parametrize("port", [1, 65535])
def test_the_limits_themselves_are_allowed(port: int) -> None:
    assert Settings.from_environment({"MURSHID_PORT": str(port)}).port == port


def test_everything_written_lies_in_the_home_folder() -> None:
    some = Settings(home=Path("/srv/murshid"))
    assert some.catalogue_url == "sqlite:////srv/murshid/catalogue.sqlite"
    assert {some.vectors.parent, some.sentence_vectors.parent, some.models.parent} == {some.home}


def test_the_tables_lie_in_the_corpus() -> None:
    assert Settings(corpus=Path("/srv/guides")).tables == Path("/srv/guides/tables")
