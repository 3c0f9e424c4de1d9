"""Records become Arrow tables of the declared shape without losing a digit."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.errors import SchemaMismatch
from warehouse.frames import (
    conform,
    empty,
    from_columns,
    from_pandas,
    from_records,
    sorted_rows,
    split_records,
    to_pandas,
)
from warehouse.render import arrow_schema
from warehouse.schema import Table
from warehouse.tables.all import ALL_TABLES, TABLES
from warehouse.tables.reference import EXCHANGE_RATES, HOURS_CONVENTIONS
from warehouse.vocabulary import PayPeriod

RATE_DAY = dt.date(2026, 10, 30)


def _fx(usd_per_unit: object) -> dict:
    return {
        "currency": "VND",
        "rate_date": RATE_DAY,
        "usd_per_unit": usd_per_unit,
        "source": "test",
    }


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_rows_come_back_from_pandas_as_they_went(
    table: Table, make_rows: Callable[..., list[dict]]
) -> None:
    data = from_records(table, make_rows(table, 30))
    assert data.schema.equals(arrow_schema(table), check_metadata=True)
    assert from_pandas(table, to_pandas(data)).equals(data)


def test_absent_nullable_cells_are_null() -> None:
    data = from_records(TABLES["platforms"], [{"platform_id": "a", "name": "A"}])
    assert data["operator"].to_pylist() == [None]


def test_codes_are_stored_as_their_text() -> None:
    row = {"country_code": "ALL", "pay_period": PayPeriod.DAY, "hours": 8, "source": "custom"}
    assert from_records(HOURS_CONVENTIONS, [row])["pay_period"].to_pylist() == ["day"]


@given(st.decimals(0, 10**5, allow_nan=False, allow_infinity=False))
def test_computed_figures_are_rounded_half_to_even(value: Decimal) -> None:
    stored = from_records(EXCHANGE_RATES, [_fx(value)])["usd_per_unit"].to_pylist()[0]
    assert stored == round(value, 12)


def test_a_sub_cent_rate_is_kept_whole() -> None:
    columns = {name: [None] for name in TABLES["rate_observations"].column_names}
    data = from_columns(
        TABLES["rate_observations"], {**columns, "amount_min": [Decimal("0.000125")]}
    )
    assert data["amount_min"].to_pylist() == [Decimal("0.000125")]


def test_a_stated_amount_is_never_rounded() -> None:
    columns = {name: [None] for name in TABLES["rate_observations"].column_names}
    with pytest.raises(SchemaMismatch, match=r"amount_min, row 0: Decimal\('0.1234567'\)"):
        from_columns(
            TABLES["rate_observations"], {**columns, "amount_min": [Decimal("0.1234567")]}
        )


def test_one_unfit_record_sets_no_other_aside() -> None:
    records = [_fx(1), _fx("9" * 30), _fx(2), _fx("many")]
    data, unfit = split_records(EXCHANGE_RATES, records)
    assert data["usd_per_unit"].to_pylist() == [1, 2]
    assert [(record.row, record.column) for record in unfit] == [
        (1, "usd_per_unit"),
        (3, "usd_per_unit"),
    ]


def test_an_unknown_column_is_refused_by_name() -> None:
    with pytest.raises(SchemaMismatch, match="colour"):
        from_records(EXCHANGE_RATES, [_fx(1) | {"colour": "red"}])


def test_a_missing_column_is_refused_by_name() -> None:
    with pytest.raises(SchemaMismatch, match="usd_per_unit"):
        from_columns(EXCHANGE_RATES, {"currency": ["USD"], "rate_date": [RATE_DAY]})


def test_conforming_never_loses_a_digit() -> None:
    wide = pyarrow.array([Decimal("1.0000000000001")], pyarrow.decimal128(20, 13))
    data = from_records(EXCHANGE_RATES, [_fx(1)]).drop_columns("usd_per_unit")
    with pytest.raises(SchemaMismatch, match="cannot be cast"):
        conform(EXCHANGE_RATES, data.append_column("usd_per_unit", wide))


def test_conforming_orders_columns() -> None:
    data = from_records(EXCHANGE_RATES, [_fx(1)])
    turned = data.select(list(reversed(data.column_names)))
    assert conform(EXCHANGE_RATES, turned).equals(data)


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_sorting_does_not_depend_on_the_order_of_arrival(
    table: Table, make_rows: Callable[..., list[dict]]
) -> None:
    rows = [
        row | {name: f"{name}{n:03}" for name in table.primary_key if name.endswith("_id")}
        for n, row in enumerate(make_rows(table, 40))
    ]
    once = sorted_rows(table, from_records(table, rows))
    again = sorted_rows(table, from_records(table, rows[::-1]))
    keys = list(table.sort_key)
    assert once.select(keys).equals(again.select(keys))
    assert sorted_rows(table, once) is once


def test_an_empty_table_has_the_declared_shape() -> None:
    for table in ALL_TABLES:
        assert sorted_rows(table, empty(table)).schema.equals(arrow_schema(table))
