"""What a run depends on, as digests: so that nothing is read or published twice."""

from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from pipelines.workspace import REPOSITORY
from sources.registry import Source

# What decides how a document reads: a change here reads the archive anew.
READING_CODE = (
    "sources/decoding.py",
    "sources/documents.py",
    "sources/errors.py",
    "sources/front_matter.py",
    "sources/readers",
    "sources/registered",
    "pipelines/attributes",
    "pipelines/parsing",
    "pipelines/transforms/batches.py",
    "pipelines/transforms/observations.py",
    "pipelines/transforms/postings.py",
    "warehouse/tables",
    "warehouse/vocabulary.py",
)
READING_LIBRARIES = ("charset-normalizer", "pdfplumber", "selectolax", "pyarrow", "pandera")

# What decides the release, beside the archive: all code, and the libraries under it.
RELEASE_CODE = ("pipelines", "sources", "warehouse")
RELEASE_LIBRARIES = (*READING_LIBRARIES, "currencyconverter", "duckdb", "pandas")

CODE_SUFFIXES = frozenset({".py", ".tsv", ".yml", ".csv", ".txt", ".sql", ".md"})
BUNDLED = REPOSITORY / "sources" / "bundled"


@cache
def reading_digest() -> str:
    """Return the digest of the code and libraries that decide how a document reads."""
    return _digest(_files(READING_CODE), READING_LIBRARIES)


@cache
def release_digest() -> str:
    """Return the digest of the code and libraries that decide what is published."""
    return _digest(_files(RELEASE_CODE), RELEASE_LIBRARIES)


def reading_key(document_id: str, source: Source) -> str:
    """Return the name of one reading: equal names mean that nothing need be read again."""
    declared = source.defaults.model_dump_json() + source.terms.model_dump_json()
    return sha256(f"{document_id}\n{source.id}\n{declared}".encode()).hexdigest()[:24]


def inputs_digest(
    ledger_digest: str, sources: Iterable[Source], failures: Mapping[str, str | None]
) -> str:
    """Return the digest of everything a release is made from, but for the previous release."""
    registry = "".join(source.model_dump_json() for source in sources)
    stale = ",".join(sorted(name for name, failure in failures.items() if failure))
    parts = (ledger_digest, registry, stale, release_digest())
    return sha256("\n".join(parts).encode()).hexdigest()


def _files(places: Iterable[str]) -> list[Path]:
    """Return the files of code below the places, in order; documents in the bundle are data."""
    found = {
        path
        for place in places
        for path in ((REPOSITORY / place), *(REPOSITORY / place).rglob("*"))
        if path.suffix in CODE_SUFFIXES and path.is_file() and not _is_bundled_document(path)
    }
    return sorted(found)


def _is_bundled_document(path: Path) -> bool:
    return BUNDLED in path.parents and path.parent != BUNDLED


def _digest(files: Iterable[Path], libraries: Iterable[str]) -> str:
    digest = sha256()
    for path in files:
        digest.update(path.relative_to(REPOSITORY).as_posix().encode())
        digest.update(sha256(path.read_bytes()).digest())
    for name in libraries:
        digest.update(f"{name}=={version(name)}".encode())
    return digest.hexdigest()[:24]
