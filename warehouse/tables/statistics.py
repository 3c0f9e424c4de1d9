"""pay_benchmarks and benchmark_agreement: what the offers add up to."""

from warehouse.schema import Column, ColumnType, RowRule, Table
from warehouse.vocabulary import (
    AgreementMeasure,
    BenchmarkClaim,
    BenchmarkStatus,
    BenchmarkVariant,
    DomainCode,
    ExpertiseTier,
    Rollup,
    Weighting,
)

CELL = (
    Column(
        "domain_code",
        ColumnType.TEXT,
        "Field of knowledge; all for every field together.",
        codes=tuple(DomainCode),
        references="domains.domain_code",
    ),
    Column(
        "expertise_tier",
        ColumnType.TEXT,
        "Tier of expertise; ALL for every tier together.",
        codes=(*ExpertiseTier, Rollup.ALL),
    ),
    Column(
        "country_code",
        ColumnType.TEXT,
        "ISO 3166-1 alpha-2 code of the worker's country; WORLD for every country together.",
        pattern="^([A-Z]{2}|WORLD)$",
        repeats=True,
    ),
)

COUNTS = (
    Column("n_offers", ColumnType.INTEGER, "Number of offers in the cell.", minimum=0),
    Column(
        "n_employers",
        ColumnType.INTEGER,
        "Number of independent employers or platforms in the cell.",
        minimum=0,
    ),
)


def _dollars(name: str, description: str) -> Column:
    return Column(name, ColumnType.AMOUNT, description, nullable=True, minimum=0)


PAY_BENCHMARKS = Table(
    name="pay_benchmarks",
    description=(
        "Quantiles of advertised pay, US dollars per hour, by domain, tier and country, over "
        "twelve months. Advertised pay is not pay received. For any pay inside the advertised "
        "ranges the true quantile lies between floor and ceiling: that band is the claim, the "
        "estimate is a convention. Restated, average, forecast and piece-rate figures never "
        "enter."
    ),
    grain="one quantile of one cell",
    primary_key=(
        "variant",
        "weighting",
        "domain_code",
        "expertise_tier",
        "country_code",
        "p",
    ),
    columns=(
        Column(
            "variant",
            ColumnType.TEXT,
            "Which offers count; offers is the headline.",
            codes=tuple(BenchmarkVariant),
        ),
        Column(
            "weighting",
            ColumnType.TEXT,
            "What has equal weight; employer is the headline.",
            codes=tuple(Weighting),
        ),
        *CELL,
        Column(
            "p",
            ColumnType.INTEGER,
            "The quantile, in percent: 50 is the median.",
            minimum=1,
            maximum=99,
        ),
        _dollars("floor", "Quantile of the lower bounds; null when suppressed."),
        _dollars(
            "ceiling",
            "Quantile of the upper bounds; null when suppressed or when is_ceiling_open.",
        ),
        Column(
            "is_ceiling_open",
            ColumnType.BOOLEAN,
            "Open ranges reach this quantile, so that it has no upper bound; null when "
            "suppressed.",
            nullable=True,
        ),
        _dollars(
            "ceiling_at_least",
            "Quantile of the largest amounts stated: the ceiling is not below it; null when "
            "suppressed.",
        ),
        _dollars(
            "estimate",
            "Quantile when each offer is spread evenly over the amounts it states; null when "
            "suppressed or tail dependent.",
        ),
        Column(
            "tail_shift",
            ColumnType.AMOUNT,
            "Largest relative move of the estimate when open ends reach three times further; "
            "null when suppressed.",
            nullable=True,
            minimum=0,
        ),
        _dollars(
            "ci_low",
            "5th percentile of the floor over 999 resamplings of employers; null unless claim "
            "is inferential.",
        ),
        _dollars(
            "ci_high",
            "95th percentile of the ceiling over the same; null unless claim is inferential, "
            "and when is_ci_high_open.",
        ),
        Column(
            "is_ci_high_open",
            ColumnType.BOOLEAN,
            "That percentile of the ceiling is open; null unless claim is inferential.",
            nullable=True,
        ),
        Column("status", ColumnType.TEXT, "Whether it is shown.", codes=tuple(BenchmarkStatus)),
        Column(
            "claim",
            ColumnType.TEXT,
            "What it speaks for; null when suppressed.",
            nullable=True,
            codes=tuple(BenchmarkClaim),
        ),
        *COUNTS,
        Column(
            "n_effective",
            ColumnType.AMOUNT,
            "Effective number of offers under the weights in use.",
            minimum=0,
        ),
        Column(
            "top_share",
            ColumnType.AMOUNT,
            "Largest employer's share of the weight in use, from 0 to 1.",
            minimum=0,
            maximum=1,
        ),
        Column(
            "top_share_offers",
            ColumnType.AMOUNT,
            "Largest employer's share of the offers, from 0 to 1.",
            minimum=0,
            maximum=1,
        ),
        Column(
            "share_open_top",
            ColumnType.AMOUNT,
            "Weight of the offers whose upper end is open, from 0 to 1.",
            minimum=0,
            maximum=1,
        ),
        Column(
            "share_converted",
            ColumnType.AMOUNT,
            "Weight of the offers converted by default hours, from 0 to 1.",
            minimum=0,
            maximum=1,
        ),
        Column("window_start", ColumnType.DATE, "Offers last seen on or after this day count."),
        Column("window_end", ColumnType.DATE, "Offers last seen on or before this day count."),
    ),
    row_rules=(
        RowRule(
            name="band_in_order",
            description="The floor never exceeds the ceiling, nor the amounts it rests on.",
            holds=lambda rows: (
                (rows.floor <= rows.ceiling)
                & (rows.floor <= rows.ceiling_at_least)
                & (rows.ceiling_at_least <= rows.ceiling)
            ),
            sql=(
                "floor <= ceiling AND floor <= ceiling_at_least AND ceiling_at_least <= ceiling"
            ),
        ),
        RowRule(
            name="estimate_in_band",
            description="The estimate lies between the floor and the amounts stated.",
            holds=lambda rows: (
                (rows.floor <= rows.estimate) & (rows.estimate <= rows.ceiling_at_least)
            ),
            sql="floor <= estimate AND estimate <= ceiling_at_least",
        ),
    ),
)

BENCHMARK_AGREEMENT = Table(
    name="benchmark_agreement",
    description=(
        "Shares and medians that others published, against the same quantity in our advertised "
        "offers. Disagreements are published too: a platform's payroll and the market's "
        "advertisements need not agree."
    ),
    grain="one published share or median, against one cell and weighting by employer",
    primary_key=("observation_id",),
    columns=(
        Column(
            "observation_id",
            ColumnType.TEXT,
            "The published figure.",
            references="rate_observations.observation_id",
        ),
        Column(
            "measure",
            ColumnType.TEXT,
            "What it states.",
            codes=tuple(AgreementMeasure),
        ),
        *CELL,
        _dollars(
            "threshold_min",
            "Lower threshold of the share, US dollars per hour; null when it has none.",
        ),
        _dollars(
            "threshold_max",
            "Upper threshold of the share, US dollars per hour; null when it has none.",
        ),
        Column(
            "published_min",
            ColumnType.AMOUNT,
            "Lower figure published: percent for a share, US dollars per hour for a median.",
            minimum=0,
        ),
        Column(
            "published_max",
            ColumnType.AMOUNT,
            "Upper figure published, the same unless a span was published.",
            minimum=0,
        ),
        Column(
            "our_min",
            ColumnType.AMOUNT,
            "Lowest value our offers allow, in the same unit; null when there are too few.",
            nullable=True,
            minimum=0,
        ),
        Column(
            "our_max",
            ColumnType.AMOUNT,
            "Highest value our offers allow, in the same unit; null when there are too few or "
            "open ranges set no limit.",
            nullable=True,
            minimum=0,
        ),
        Column(
            "interval_min",
            ColumnType.AMOUNT,
            "our_min widened by its 90 % interval over resampled employers; null when there "
            "are too few.",
            nullable=True,
            minimum=0,
        ),
        Column(
            "interval_max",
            ColumnType.AMOUNT,
            "our_max widened by its 90 % interval over resampled employers; null when there "
            "are too few or open ranges set no limit.",
            nullable=True,
            minimum=0,
        ),
        Column(
            "agrees",
            ColumnType.BOOLEAN,
            "The published figure meets the interval; null when there are too few offers.",
            nullable=True,
        ),
        Column(
            "distance",
            ColumnType.AMOUNT,
            "How far it lies outside, in the same unit, 0 when it agrees; null when there are "
            "too few offers.",
            nullable=True,
            minimum=0,
        ),
        *COUNTS,
    ),
)
