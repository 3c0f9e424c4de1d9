"""Declares, validates and publishes the tables."""
