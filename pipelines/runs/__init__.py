"""One run, step by step, without Dagster: fetch, read what is new, make tables, publish."""
