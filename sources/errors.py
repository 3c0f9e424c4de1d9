"""What can go wrong in this room, by name. Each says what, where, expected, got, what next."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a document or a record is set aside: the codes of the quarantine that arise here."""

    EMPTY_FILE = "empty_file"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_TYPE = "unknown_type"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    NO_TEXT_LAYER = "no_text_layer"
    ENCODING = "encoding"
    TOO_LARGE = "too_large"
    LIMIT_TIME = "limit_time"
    LIMIT_MEMORY = "limit_memory"
    TEXT_LOST = "text_lost"
    SYMLINK_OUTSIDE = "symlink_outside"
    BAD_FRONT_MATTER = "bad_front_matter"
    UNKNOWN_COLUMNS = "unknown_columns"
    BAD_RECORD = "bad_record"
    READER_FAILED = "reader_failed"


class SourceError(Exception):
    """The base of all errors of this room."""


class RegistryError(SourceError):
    """A file of the source registry says something it cannot mean."""


class ArchiveDamaged(SourceError):  # noqa: N818 - named after what happened
    """The archive holds something it did not write: a changed object, a broken ledger row."""


class SourceUnreachable(SourceError):  # noqa: N818
    """The source cannot be reached now; nothing is known about its content."""


class SourceChanged(SourceError):  # noqa: N818
    """The source answers in a form that its connector does not know."""


class DocumentUnreadable(SourceError):  # noqa: N818
    """One document cannot be read; `reason_code` is one of the published reason codes."""

    def __init__(self, reason_code: str, message: str) -> None:
        """Take the code for the quarantine table and the sentence for a person."""
        super().__init__(message)
        self.reason_code = reason_code
        self.message = message

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        """Return what makes it anew in another process."""
        return type(self), (self.reason_code, self.message)


def unmet(where: object, expected: str, got: str, next_step: str = "") -> str:
    """Return the sentence of an error: where, what was expected, what came, what to do next."""
    sentence = f"{where}: expected {expected}; got {got}."
    return f"{sentence} {next_step}" if next_step else sentence
