"""Every table is declared fully: grain, keys, meanings, references."""

import pytest

from warehouse.schema import Table
from warehouse.tables.all import ALL_TABLES, TABLES

STATED_ORDER = {
    "documents": (
        "document_id source_id file_name url media_type title publisher published_date "
        "retrieved_at language_code evidence_kind text_origin page_count byte_count status "
        "reason_code duplicate_of"
    ),
    "pages": "document_id page_number text",
    "postings": (
        "posting_id document_id url requisition_id title employer platform_id domain_code "
        "expertise_tier work_kind engagement_type country_code language_code is_remote "
        "is_in_market posted_date first_seen_at last_seen_at offer_cluster_id"
    ),
    "rate_observations": (
        "observation_id statement_id document_id posting_id page_number char_start char_end "
        "matched_text rule_id parser_version amount_min amount_max is_min_open is_max_open "
        "currency currency_source pay_period period_source per_count unit_text statistic kind "
        "tax_treatment share_percent evidence_kind domain_code expertise_tier work_kind "
        "engagement_type country_code language_code platform_id as_of_date subject_text "
        "equivalent_of field_path is_approximate payments_per_year stated_hours_per_year trace "
        "warnings"
    ),
    "rates": (
        "observation_id hourly_min hourly_max is_min_open is_max_open hours_basis "
        "hours_per_year usd_hourly_min usd_hourly_max fx_rate fx_date fx_source "
        "usd_yearly_min usd_yearly_max"
    ),
}


@pytest.mark.parametrize("name", STATED_ORDER)
def test_published_columns_keep_their_names_and_order(name: str) -> None:
    stated = tuple(STATED_ORDER[name].split())
    assert TABLES[name].column_names[: len(stated)] == stated


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
class TestEveryTable:
    def test_names_its_columns_once(self, table: Table) -> None:
        assert len(set(table.column_names)) == len(table.column_names)

    def test_has_a_grain_of_one_line(self, table: Table) -> None:
        assert 0 < len(table.grain) <= 100
        assert "\n" not in table.grain

    def test_has_a_key_of_columns_that_are_never_null(self, table: Table) -> None:
        assert table.primary_key
        assert not [name for name in table.primary_key if table.column(name).nullable]

    def test_sorts_by_columns_it_has_and_ends_in_its_key(self, table: Table) -> None:
        assert set(table.sort_key) <= set(table.column_names)
        assert set(table.primary_key) <= set(table.sort_key)

    def test_says_what_null_means(self, table: Table) -> None:
        silent = [c.name for c in table.columns if c.nullable and "null" not in c.description]
        assert silent == []

    def test_describes_every_column_in_sentences(self, table: Table) -> None:
        assert table.description.endswith(".")
        assert [c.name for c in table.columns if not c.description.endswith(".")] == []

    def test_refers_to_columns_that_exist(self, table: Table) -> None:
        for column in table.columns:
            if column.references:
                other, name = column.references.split(".")
                assert TABLES[other].column(name).kind is column.kind


def test_the_same_name_means_the_same_kind_in_every_table() -> None:
    kinds: dict[str, set[str]] = {}
    for table in ALL_TABLES:
        for column in table.columns:
            kinds.setdefault(column.name, set()).add(column.kind)
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}
