"""Murshid's answering side: from a question to a cited answer. Nothing here imports `ingest`."""
