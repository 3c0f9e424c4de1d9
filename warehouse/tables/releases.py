"""releases: the releases up to and including the one that holds the table."""

from warehouse.schema import Column, ColumnType, Table


def _count(name: str, description: str) -> Column:
    return Column(name, ColumnType.INTEGER, description, minimum=0)


RELEASES = Table(
    name="releases",
    description="Every release up to and including this one.",
    grain="one release",
    primary_key=("release",),
    order=("as_of",),
    columns=(
        Column("release", ColumnType.TEXT, "Version: year, month and number within the month."),
        Column(
            "previous_release",
            ColumnType.TEXT,
            "The release before it; null for the first.",
            nullable=True,
        ),
        Column("as_of", ColumnType.TIMESTAMP, "Moment (UTC) the release describes."),
        Column("schema_version", ColumnType.TEXT, "Version of tables and columns."),
        Column("parser_version", ColumnType.TEXT, "Version of the rules that read pay."),
        Column(
            "inputs_digest", ColumnType.TEXT, "Digest of everything the release was made from."
        ),
        _count("documents", "Number of documents delivered."),
        _count("postings", "Number of postings."),
        _count("observations", "Number of rate observations."),
        _count("restatements", "Number of restatements."),
        _count("quarantined", "Number of things set aside."),
    ),
)
