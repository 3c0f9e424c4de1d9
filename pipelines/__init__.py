"""Turns archived documents into tables; the only room that knows Dagster."""
