"""Every setting, read once from the environment (`MURSHID_*`) and passed down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from advisor.errors import ConfigurationError

BUNDLED = "bundled"


@dataclass(frozen=True, slots=True)
class Settings:
    """Defaults work without a network, a key or a GPU."""

    # where things are
    home: Path = Path(".murshid")  # MURSHID_HOME: index, models, logs
    corpus: Path = Path("corpus")  # MURSHID_CORPUS: documents and tables
    # web
    host: str = "127.0.0.1"  # MURSHID_HOST
    port: int = 7860  # MURSHID_PORT
    max_body_bytes: int = 64 * 1024  # MURSHID_MAX_BODY_BYTES
    # embedding
    embedding_model: str = BUNDLED  # MURSHID_EMBEDDING_MODEL: "bundled", or any sentence-transformers name or path
    embedding_batch: int = 16  # MURSHID_EMBEDDING_BATCH
    # reading
    passage_chars: int = 900  # MURSHID_PASSAGE_CHARS: longest passage, in characters
    max_file_mb: int = 50  # MURSHID_MAX_FILE_MB: larger files are reported and left out

    @property
    def catalogue_url(self) -> str:
        return f"sqlite:///{self.home / 'catalogue.sqlite'}"

    @property
    def vectors(self) -> Path:
        return self.home / "chroma"

    @property
    def sentence_vectors(self) -> Path:
        return self.home / "sentences.sqlite"

    @property
    def lexical(self) -> Path:
        return self.home / "lexical"

    @property
    def models(self) -> Path:
        return self.home / "models"

    @property
    def tables(self) -> Path:
        return self.corpus / "tables"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Reads `environment`, usually os.environ. Raises ConfigurationError, naming the variable, on a value that makes no sense."""
        default = cls()
        return cls(
            home=Path(environment.get("MURSHID_HOME", default.home)),
            corpus=Path(environment.get("MURSHID_CORPUS", default.corpus)),
            host=environment.get("MURSHID_HOST", default.host),
            port=_integer(environment, "MURSHID_PORT", default.port, 1, 65535),
            max_body_bytes=_integer(environment, "MURSHID_MAX_BODY_BYTES", default.max_body_bytes, 10_000, 100_000_000),
            embedding_model=environment.get("MURSHID_EMBEDDING_MODEL", default.embedding_model),
            embedding_batch=_integer(environment, "MURSHID_EMBEDDING_BATCH", default.embedding_batch, 1, 1024),
            passage_chars=_integer(environment, "MURSHID_PASSAGE_CHARS", default.passage_chars, 200, 4000),
            max_file_mb=_integer(environment, "MURSHID_MAX_FILE_MB", default.max_file_mb, 1, 10_000),
        )


def _integer(environment: Mapping[str, str], name: str, default: int, lowest: int, highest: int) -> int:
    text = environment.get(name)
    if text is None:
        return default
    try:
        value = int(text)
    except ValueError:
        raise ConfigurationError(f"{name} must be a whole number, not {text!r}") from None
    if not lowest <= value <= highest:
        raise ConfigurationError(f"{name} must lie between {lowest} and {highest}, not {value}")
    return value
