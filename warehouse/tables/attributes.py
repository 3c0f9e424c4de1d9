"""The columns that say who is paid, shared by postings and rate_observations.

Same quantity, same name, same words in every table: they are declared here once.
"""

from warehouse.schema import Column, ColumnType
from warehouse.vocabulary import DomainCode, EngagementType, ExpertiseTier, WorkKind

WHO_IS_PAID = (
    Column(
        "domain_code",
        ColumnType.TEXT,
        "Field of knowledge the work needs; null when the words do not say.",
        nullable=True,
        codes=tuple(DomainCode),
        references="domains.domain_code",
    ),
    Column(
        "expertise_tier",
        ColumnType.TEXT,
        "How much expertise the work asks for; null when the words do not say.",
        nullable=True,
        codes=tuple(ExpertiseTier),
    ),
    Column(
        "work_kind",
        ColumnType.TEXT,
        "What the person does, whatever the field; null when the words do not say.",
        nullable=True,
        codes=tuple(WorkKind),
    ),
    Column(
        "engagement_type",
        ColumnType.TEXT,
        "Relation between the person and whoever pays; null when the words do not say.",
        nullable=True,
        codes=tuple(EngagementType),
    ),
    Column(
        "country_code",
        ColumnType.TEXT,
        "ISO 3166-1 alpha-2 code of the country where the worker is; null when worldwide, "
        "several, or not stated.",
        nullable=True,
        references="countries.country_code",
        repeats=True,
    ),
    Column(
        "language_code",
        ColumnType.TEXT,
        "ISO 639 code of the language the work needs, mul for several; null when none.",
        nullable=True,
        repeats=True,
    ),
)

PLATFORM_ID = Column(
    "platform_id",
    ColumnType.TEXT,
    "The platform the work is for; null when none is named.",
    nullable=True,
    references="platforms.platform_id",
    repeats=True,
)
