"""Fetches documents and keeps them as published; never interprets them."""
