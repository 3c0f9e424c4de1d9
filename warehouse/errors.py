"""The errors of this room; each message says what, where, expected, got and what to do next."""


class WarehouseError(Exception):
    """Anything this room refuses to do."""


class SchemaMismatch(WarehouseError):  # noqa: N818
    """Data does not have the shape its table declares; nothing was written."""


class ReleaseRefused(WarehouseError):  # noqa: N818
    """A release did not pass its gates; the newest release stands as it was."""


class PublishBusy(WarehouseError):  # noqa: N818
    """Another process is publishing into the same folder."""


class ReleaseNotFound(WarehouseError):  # noqa: N818
    """There is no release where one was asked for."""


class QueryRefused(WarehouseError):  # noqa: N818
    """A query that cannot be answered; the message says what to write instead."""
