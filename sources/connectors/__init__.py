"""Connectors: one module per way of getting documents into the archive."""
