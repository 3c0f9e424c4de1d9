"""Readers: bytes of one kind of file to pages of text; pay is never interpreted here."""
