"""Plain functions from documents and rows to rows; no clock, no network, no Dagster."""
