"""The rebuilt model, built once for the tests of the adapters."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.adapters.bundled_e5 import bundled_e5


@pytest.fixture(scope="session")
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models that holds the bundled one (seconds)."""
    cache = tmp_path_factory.mktemp("models")
    bundled_e5(cache)
    return cache
