"""The gates a release must pass; each looks at the tables and says what is wrong."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pyarrow
import pyarrow.compute as pc

from warehouse.schema import Column, Table
from warehouse.tables.all import ALL_TABLES
from warehouse.validate import split_valid
from warehouse.vocabulary import DocumentStatus

Tables = Mapping[str, pyarrow.Table]

MAY_NOT_SHRINK = ("documents", "postings", "rate_observations")
LEAST_SHARE_KEPT = 0.8
EXAMPLES = 3


def problems(
    tables: Tables, previous_rows: Mapping[str, int], *, accept_shrink: bool
) -> list[str]:
    """Every reason why `tables` may not be published; empty when they may.

    `previous_rows` are the row counts of the release before, by table.
    """
    found = [*_invalid_rows(tables), *_repeated_keys(tables), *_dangling_references(tables)]
    found += [*_document_sums(tables), *_wrong_spans(tables)]
    if not accept_shrink:
        found += _shrunken_tables(tables, previous_rows)
    return found


def _invalid_rows(tables: Tables) -> Iterator[str]:
    for table in ALL_TABLES:
        _, rejected = split_valid(table, tables[table.name])
        if rejected.num_rows:
            reasons = rejected["reasons"].slice(0, EXAMPLES).to_pylist()
            yield f"{table.name}: {rejected.num_rows} rows break their rules: {reasons}"


def _repeated_keys(tables: Tables) -> Iterator[str]:
    for table in ALL_TABLES:
        keys = tables[table.name].select(list(table.primary_key))
        counts = keys.group_by(list(table.primary_key)).aggregate([([], "count_all")])
        again = counts.filter(pc.greater(counts["count_all"], 1))
        if again.num_rows:
            shown = again.slice(0, EXAMPLES).to_pylist()
            yield f"{table.name}: {again.num_rows} primary keys are found twice: {shown}"


def _dangling_references(tables: Tables) -> Iterator[str]:
    for table in ALL_TABLES:
        for column in table.columns:
            if column.references:
                yield from _dangling(tables, table, column, column.references)


def _dangling(tables: Tables, table: Table, column: Column, target: str) -> Iterator[str]:
    other, name = target.split(".")
    values = tables[table.name][column.name]
    known = tables[other][name].combine_chunks()
    lost = values.filter(pc.invert(pc.is_in(values, value_set=known))).drop_null().unique()
    if len(lost):
        shown = lost.slice(0, EXAMPLES).to_pylist()
        yield f"{table.name}.{column.name}: {len(lost)} values are not in {target}: {shown}"


def _document_sums(tables: Tables) -> Iterator[str]:
    """A document is accepted exactly when an observation comes from it."""
    documents = tables["documents"]
    sources = {
        DocumentStatus.ACCEPTED: ("rate_observations", "has no rate observation"),
        DocumentStatus.QUARANTINED: ("quarantine", "is not in quarantine"),
    }
    for status, (other, complaint) in sources.items():
        told = documents.filter(pc.equal(documents["status"], status))["document_id"]
        seen = tables[other]["document_id"].combine_chunks()
        lost = told.filter(pc.invert(pc.is_in(told, value_set=seen))).to_pylist()
        if lost:
            yield f"documents: {len(lost)} {status} but {complaint}: {lost[:EXAMPLES]}"
    is_accepted = pc.equal(documents["status"], DocumentStatus.ACCEPTED)
    told = documents.filter(is_accepted)["document_id"]
    seen = tables["rate_observations"]["document_id"].unique()
    lost = seen.filter(pc.invert(pc.is_in(seen, value_set=told.combine_chunks()))).to_pylist()
    if lost:
        yield f"documents: {len(lost)} with observations are not accepted: {lost[:EXAMPLES]}"


def _wrong_spans(tables: Tables) -> Iterator[str]:
    """Every span of a published page slices to the matched text."""
    columns = ["document_id", "page_number", "char_start", "char_end", "matched_text"]
    observations = tables["rate_observations"].select([*columns, "observation_id"])
    spans = defaultdict(list)
    for row in zip(
        *(observations[name].to_pylist() for name in observations.column_names), strict=True
    ):
        spans[row[:2]].append(row[2:])
    wrong = [
        name
        for key, text in _pages_with(tables["pages"], observations["document_id"])
        for start, end, said, name in spans.get(key, ())
        if start is not None and text[start:end] != said
    ]
    if wrong:
        yield (
            f"rate_observations: {len(wrong)} spans do not slice to their matched_text: "
            f"{sorted(wrong)[:EXAMPLES]}"
        )


def _pages_with(
    pages: pyarrow.Table, documents: pyarrow.ChunkedArray
) -> Iterator[tuple[tuple[str, int], str]]:
    """Key and text of the pages of `documents`, some at a time to keep memory flat."""
    wanted = documents.combine_chunks().unique()
    for batch in pages.to_batches(max_chunksize=5_000):
        some = batch.filter(pc.is_in(batch["document_id"], value_set=wanted))
        keys = zip(
            some["document_id"].to_pylist(), some["page_number"].to_pylist(), strict=True
        )
        yield from zip(keys, some["text"].to_pylist(), strict=True)


def _shrunken_tables(tables: Tables, previous_rows: Mapping[str, int]) -> Iterator[str]:
    for name in MAY_NOT_SHRINK:
        now, before = tables[name].num_rows, previous_rows.get(name, 0)
        if now < LEAST_SHARE_KEPT * before:
            yield (
                f"{name}: {now} rows, {before} in the release before; a loss of over a fifth "
                "is a failure unless a source was removed on purpose"
            )
