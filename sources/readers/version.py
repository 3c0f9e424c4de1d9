"""The version of the readers: raised when they give another text for the same bytes."""

READER_VERSION = "1.2.0"
