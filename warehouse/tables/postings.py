"""postings: advertisements for work."""

from warehouse.schema import Column, ColumnType, RowRule, Table
from warehouse.tables.attributes import PLATFORM_ID, WHO_IS_PAID

POSTINGS = Table(
    name="postings",
    description=(
        "Advertisements for work on AI models. The pay they state is in rate_observations; "
        "stated pay is an offer, not what anybody was paid."
    ),
    grain="one advertisement as one document carries it",
    primary_key=("posting_id",),
    order=("document_id",),
    columns=(
        Column("posting_id", ColumnType.TEXT, "Identifier derived from document and record."),
        Column(
            "document_id",
            ColumnType.TEXT,
            "The document that carries the advertisement.",
            references="documents.document_id",
            repeats=True,
        ),
        Column(
            "url",
            ColumnType.TEXT,
            "Address of the advertisement; null when it has none.",
            nullable=True,
        ),
        Column(
            "requisition_id",
            ColumnType.TEXT,
            "The advertiser's own number for it; null when it has none.",
            nullable=True,
        ),
        Column("title", ColumnType.TEXT, "Title as written; null when missing.", nullable=True),
        Column(
            "employer",
            ColumnType.TEXT,
            "Who advertises, as written; null when not named.",
            nullable=True,
            repeats=True,
        ),
        PLATFORM_ID,
        *WHO_IS_PAID,
        Column(
            "is_remote",
            ColumnType.BOOLEAN,
            "Whether it can be done from anywhere; null when not stated.",
            nullable=True,
        ),
        Column(
            "is_in_market",
            ColumnType.BOOLEAN,
            "False for staff jobs at these firms, which stay out of every statistic; null when "
            "it cannot be told.",
            nullable=True,
        ),
        Column(
            "posted_date",
            ColumnType.DATE,
            "Day it was posted; null when not stated.",
            nullable=True,
        ),
        Column(
            "first_seen_at",
            ColumnType.TIMESTAMP,
            "Moment (UTC) it was first seen; null when not recorded.",
            nullable=True,
        ),
        Column(
            "last_seen_at",
            ColumnType.TIMESTAMP,
            "Moment (UTC) it was last seen; null when not recorded.",
            nullable=True,
        ),
        Column(
            "offer_cluster_id",
            ColumnType.TEXT,
            "posting_id of the first of the advertisements held to be one offer (its own when "
            "it stands alone); null when not clustered.",
            nullable=True,
        ),
    ),
    row_rules=(
        RowRule(
            name="seen_in_order",
            description="It was not last seen before it was first seen.",
            holds=lambda rows: rows.first_seen_at <= rows.last_seen_at,
            sql="first_seen_at <= last_seen_at",
        ),
    ),
)
