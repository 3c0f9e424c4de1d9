"""Bad rows are set aside with reasons; good rows stay, in order."""

import datetime as dt
from decimal import Decimal

import pyarrow
import pytest

from warehouse.errors import SchemaMismatch
from warehouse.frames import from_records
from warehouse.tables.rate_observations import RATE_OBSERVATIONS
from warehouse.tables.reference import EXCHANGE_RATES
from warehouse.validate import split_valid

GOOD = {
    "observation_id": "o1",
    "statement_id": "s1",
    "document_id": "d1",
    "page_number": 1,
    "char_start": 0,
    "char_end": 7,
    "matched_text": "$50/hr",
    "rule_id": "amount.point",
    "parser_version": "1.0.0",
    "amount_min": Decimal(50),
    "amount_max": Decimal(50),
    "is_min_open": False,
    "is_max_open": False,
    "currency": "USD",
    "pay_period": "hour",
    "per_count": 1,
    "statistic": "point",
    "kind": "base",
    "is_approximate": False,
}


def _split(*changes: dict) -> tuple[pyarrow.Table, pyarrow.Table]:
    return split_valid(
        RATE_OBSERVATIONS, from_records(RATE_OBSERVATIONS, [GOOD | c for c in changes])
    )


def test_good_rows_are_all_kept() -> None:
    accepted, rejected = _split({}, {"observation_id": "o2"})
    assert (accepted.num_rows, rejected.num_rows) == (2, 0)


@pytest.mark.parametrize(
    ("change", "rule", "reason"),
    [
        ({"amount_min": Decimal(60)}, "bounds_in_order", "The lower bound never exceeds"),
        ({"amount_min": Decimal(-1)}, "amount_min:minimum", "expected at least 0, got -1"),
        ({"kind": "gift"}, "kind:codes", "expected one of base, total"),
        ({"currency": "usd"}, "currency:pattern", "got usd"),
        ({"rule_id": None}, "rule_id:not_nullable", "rule_id: expected a value, got nothing"),
        ({"amount_max": None}, "upper_end_known", "A missing upper bound is marked as open"),
        ({"char_end": None}, "has_place", "stands at a span"),
        ({"statistic": "share"}, "share_has_percent", "states a percentage"),
    ],
)
def test_a_bad_row_is_rejected_with_its_reason(change: dict, rule: str, reason: str) -> None:
    accepted, rejected = _split({"observation_id": "o0"}, change, {"observation_id": "o2"})
    assert accepted["observation_id"].to_pylist() == ["o0", "o2"]
    assert rejected["observation_id"].to_pylist() == ["o1"]
    assert rejected["broken_rules"].to_pylist() == [rule]
    assert reason in rejected["reasons"].to_pylist()[0]


def test_a_row_with_two_faults_is_rejected_once_with_both() -> None:
    _, rejected = _split({"kind": "gift", "amount_min": Decimal(60)})
    assert rejected["broken_rules"].to_pylist() == ["bounds_in_order; kind:codes"]


def test_a_table_without_its_columns_is_an_error_not_a_rejection() -> None:
    data = pyarrow.table({"currency": ["USD"], "rate_date": [dt.date(2026, 1, 1)]})
    with pytest.raises(SchemaMismatch, match="usd_per_unit"):
        split_valid(EXCHANGE_RATES, data)
