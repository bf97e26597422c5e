"""What can go wrong, as one tree.

    MurshidError
    ├── ConfigurationError     a setting is missing or makes no sense
    ├── IndexUnusable          the index cannot be used
    │   ├── IndexMissing       nothing has been ingested yet
    │   └── IndexMismatch      built with another model or format
    ├── IngestError
    │   ├── UnreadableDocument one file cannot be read; the others go on
    │   └── IngestRunning      another process is writing to the index
    └── InvalidQuestion        empty or too long

A refusal to answer is an outcome, not an error: see `types.Outcome`.
"""

from __future__ import annotations


class MurshidError(Exception):
    """Base of every error Murshid raises on purpose; its text is fit to be shown to a person."""


class ConfigurationError(MurshidError):
    """A setting is missing or makes no sense."""


class IndexUnusable(MurshidError):
    """The index cannot be used as it stands."""


class IndexMissing(IndexUnusable):
    """Nothing has been ingested yet."""


class IndexMismatch(IndexUnusable):
    """The index was built with another model, dimension or format version."""


class IngestError(MurshidError):
    """Something stopped the reading of documents."""


class UnreadableDocument(IngestError):
    """One file cannot be read; the reason is the message."""


class IngestRunning(IngestError):
    """Another process is writing to the index."""


class InvalidQuestion(MurshidError):
    """The question is empty or too long."""
