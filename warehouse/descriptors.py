"""The files of a release that describe the others: manifest, data package, checksums."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow
import pyarrow.compute as pc

from warehouse.identity import (
    DATABASE_FILE,
    DATASET,
    LICENCE,
    METHOD_VERSION,
    SCHEMA_VERSION,
    TITLE,
)
from warehouse.render import SQL_TYPES
from warehouse.schema import Column, ColumnType, Table
from warehouse.vocabulary import DocumentStatus

MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"

_MEDIA_TYPES = {
    ".parquet": "application/vnd.apache.parquet",
    ".gz": "application/gzip",
    ".md": "text/markdown",
    ".json": "application/json",
}

_FRICTIONLESS_TYPES = {
    ColumnType.TEXT: "string",
    ColumnType.INTEGER: "integer",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.AMOUNT: "number",
    ColumnType.RATE: "number",
    ColumnType.FACTOR: "number",
    ColumnType.DATE: "date",
    ColumnType.TIMESTAMP: "datetime",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one release from another, apart from its rows."""

    release: str
    previous_release: str | None
    as_of: datetime
    inputs_digest: str
    parser_version: str
    reader_version: str

    def facts(self) -> dict[str, str]:
        """The identity as text, as every file carries it."""
        stated = {name: value for name, value in asdict(self).items() if value is not None}
        return {
            **stated,
            "as_of": iso(self.as_of),
            "dataset": DATASET,
            "license": LICENCE,
            "schema_version": SCHEMA_VERSION,
            "method_version": METHOD_VERSION,
        }


def iso(moment: datetime) -> str:
    """The moment in UTC as ISO 8601, with a Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def manifest(
    identity: Identity,
    tables: Mapping[str, pyarrow.Table],
    digests: Mapping[str, str],
    files: Mapping[str, tuple[int, str]],
    declared: Sequence[Table],
    checks: Mapping[str, int],
) -> dict[str, Any]:
    """The manifest: every file with its bytes and hash, every table with its logical digest.

    The database file is named without a hash, because DuckDB never writes the same bytes twice;
    its tables have the logical digests given for the Parquet files, and its hash is in
    SHA256SUMS.
    """
    return {
        **identity.facts(),
        "previous_release": identity.previous_release,
        "checks": dict(sorted(checks.items())),
        "counts": document_counts(tables["documents"]),
        "files": [
            _file_entry(path, *files[path], declared, tables, digests) for path in sorted(files)
        ],
        "database": {"path": DATABASE_FILE, "tables": [table.name for table in declared]},
        "freshness": _freshness(tables),
        "written_by": {"duckdb": duckdb.__version__, "pyarrow": pyarrow.__version__},
    }


def document_counts(documents: pyarrow.Table) -> dict[str, int]:
    """Number of documents delivered, and of each way their reading ended."""
    ended = Counter(documents["status"].to_pylist())
    return {"raw_documents": documents.num_rows} | {s.value: ended[s] for s in DocumentStatus}


def _freshness(tables: Mapping[str, pyarrow.Table]) -> dict[str, Any]:
    newest = pc.max(tables["documents"]["retrieved_at"]).as_py()
    return {
        "newest_document": iso(newest) if newest else None,
        "sources_stale": pc.sum(tables["sources"]["is_stale"]).as_py() or 0,
    }


def _file_entry(
    path: str,
    size: int,
    sha256: str,
    declared: Sequence[Table],
    tables: Mapping[str, pyarrow.Table],
    digests: Mapping[str, str],
) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "path": path,
        "bytes": size,
        "sha256": sha256,
        "media_type": _MEDIA_TYPES.get(Path(path).suffix, "text/plain"),
    }
    for table in declared:
        if path in {parquet_path(table), csv_path(table)}:
            entry |= {
                "table": table.name,
                "rows": tables[table.name].num_rows,
                "logical_digest": digests[table.name],
                "primary_key": list(table.primary_key),
                "sort_key": list(table.sort_key),
            }
    return entry


def parquet_path(table: Table) -> str:
    """Where the table's Parquet file lies inside a release."""
    return f"parquet/{table.name}.parquet"


def csv_path(table: Table) -> str:
    """Where the table's CSV file lies inside a release."""
    return f"csv/{table.name}.csv.gz"


def data_package(
    identity: Identity, declared: Sequence[Table], files: Mapping[str, tuple[int, str]]
) -> dict[str, Any]:
    """The Frictionless description of the Parquet and CSV files."""
    resources = [
        _resource(table, path, *files[path])
        for table in declared
        for path in (parquet_path(table), csv_path(table))
        if path in files
    ]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": DATASET,
        "title": TITLE,
        "version": identity.release,
        "created": iso(identity.as_of),
        "licenses": [{"name": LICENCE, "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": resources,
    }


def _resource(table: Table, path: str, size: int, sha256: str) -> dict[str, Any]:
    kind = "csv" if path.startswith("csv/") else "parquet"
    return {
        "name": f"{table.name}_{kind}",
        "path": path,
        "format": kind,
        "description": f"{table.description} One row: {table.grain}.",
        "bytes": size,
        "hash": f"sha256:{sha256}",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.primary_key),
            "foreignKeys": [_foreign_key(c, kind) for c in table.columns if c.references],
            "missingValues": [""],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": not column.nullable}
    if column.minimum is not None:
        limits["minimum"] = column.minimum
    if column.maximum is not None:
        limits["maximum"] = column.maximum
    if column.pattern:
        limits["pattern"] = column.pattern
    field: dict[str, Any] = {
        "name": column.name,
        "type": _FRICTIONLESS_TYPES[column.kind],
        "description": column.description,
        "constraints": limits,
        "sqlType": SQL_TYPES[column.kind],
    }
    if column.codes:
        field["categories"] = [{"value": str(c), "label": c.says} for c in column.codes]
    return field


def _foreign_key(column: Column, kind: str) -> dict[str, Any]:
    table, name = (column.references or "").split(".")
    return {
        "fields": [column.name],
        "reference": {"resource": f"{table}_{kind}", "fields": [name]},
    }


def json_text(content: Mapping[str, Any]) -> str:
    """The content as JSON: sorted keys, two spaces, a line feed at the end."""
    return (
        json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
        + "\n"
    )


def checksums_text(hashes: Mapping[str, str]) -> str:
    """The text that `sha256sum --check` reads: one line per file, by path."""
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes))
