"""Murshid's reading side: from documents to passages in an index. Imports `advisor`'s types, ports and errors."""
