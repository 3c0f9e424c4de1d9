"""Dagster assets: a signature, one call to a transform, and metadata."""
