"""What can go wrong in this room, by name. Each says what, where, expected, got, what next."""


class SourceError(Exception):
    """The base of all errors of this room."""


class RegistryError(SourceError):
    """A file of the source registry says something it cannot mean."""


class ArchiveDamaged(SourceError):
    """The archive holds something it did not write: a changed object, a broken ledger row."""


class SourceUnreachable(SourceError):
    """The source cannot be reached now; nothing is known about its content."""


class SourceChanged(SourceError):
    """The source answers in a form that its connector does not know."""


class DocumentUnreadable(SourceError):
    """One document cannot be read; `reason_code` is one of the published reason codes."""

    def __init__(self, reason_code: str, message: str) -> None:
        """Take the code for the quarantine table and the sentence for a person."""
        super().__init__(message)
        self.reason_code = reason_code
        self.message = message

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        """Return what makes it anew in another process."""
        return type(self), (self.reason_code, self.message)
