"""The readings kept between runs: each document is read once per version of the reading code.

A batch is a folder of Parquet parts beside `outcomes.jsonl`, complete from the moment it has
its final name. Tables are put together from the batches whose documents are wanted.
"""

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

import pyarrow
import pyarrow.compute
import pyarrow.parquet

from pipelines.transforms.batches import BatchRows
from pipelines.transforms.documents import Outcome
from warehouse.frames import empty
from warehouse.schema import Table

OUTCOMES = "outcomes.jsonl"
UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class KeptReading:
    """One document as read: under which key, in which batch, and how it ended."""

    key: str
    batch: Path
    outcome: Outcome


@dataclass(slots=True)
class Readings:
    """The kept readings of one version of the reading code."""

    root: Path
    version: str
    kept: dict[str, KeptReading] = field(default_factory=dict)
    sizes: Counter[Path] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Find the kept readings; batches that were never finished are removed."""
        for batch in sorted(self.folder.glob("*")):
            if batch.suffix == UNFINISHED:
                shutil.rmtree(batch)
            else:
                self._register(batch)

    @property
    def folder(self) -> Path:
        """Return the folder of this version's batches."""
        return self.root / self.version

    def _register(self, batch: Path) -> None:
        for line in (batch / OUTCOMES).read_text("utf-8").splitlines():
            row = json.loads(line)
            dated = row["outcome"].pop("published_date")
            outcome = Outcome(
                **row["outcome"], published_date=date.fromisoformat(dated) if dated else None
            )
            self.sizes[batch] += 1
            self.kept[row["document_id"]] = KeptReading(row["key"], batch, outcome)

    def is_current(self, document_id: str, key: str) -> bool:
        """Return whether the document was read already, under the same key."""
        kept = self.kept.get(document_id)
        return kept is not None and kept.key == key

    def add(
        self,
        coming: Iterable[BatchRows],
        keys: Mapping[str, str],
        outcomes: Mapping[str, Outcome],
    ) -> None:
        """Keep new readings as one batch.

        Args:
            coming: The rows, batch by batch; written as they come, so that memory stays flat.
            keys: The key of each document that was read.
            outcomes: How each ended; complete only when `coming` is exhausted.
        """
        name = sha256("".join(sorted(keys.values())).encode()).hexdigest()[:16]
        work = self.folder / (name + UNFINISHED)
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        for number, rows in enumerate(coming):
            for table, data in rows.tables.items():
                if data.num_rows:
                    pyarrow.parquet.write_table(data, work / f"{table}-{number:05}.parquet")
        with (work / OUTCOMES).open("w", encoding="utf-8") as lines:
            for document_id, key in keys.items():
                outcome = asdict(outcomes[document_id])
                row = {"document_id": document_id, "key": key, "outcome": outcome}
                lines.write(json.dumps(row, default=str) + "\n")
        batch = self.folder / name
        shutil.rmtree(batch, ignore_errors=True)
        work.rename(batch)
        self._register(batch)

    def rows(self, table: Table, wanted: Mapping[str, str]) -> pyarrow.Table:
        """Return the rows of the wanted documents (id → key), from all batches."""
        parts = [empty(table)]
        for batch, ids in self._by_batch(wanted).items():
            for path in sorted(batch.glob(f"{table.name}-*.parquet")):
                part = pyarrow.parquet.read_table(path)
                parts.append(part if ids is None else _of_documents(part, ids))
        return pyarrow.concat_tables(parts)

    def _by_batch(self, wanted: Mapping[str, str]) -> dict[Path, list[str] | None]:
        """Return the wanted documents of each batch; None where all of a batch are wanted."""
        chosen: dict[Path, list[str]] = {}
        held: Counter[Path] = Counter()
        for document_id, kept in self.kept.items():
            held[kept.batch] += 1
            if wanted.get(document_id) == kept.key:
                chosen.setdefault(kept.batch, []).append(document_id)
        return {
            batch: None if len(ids) == held[batch] == self.sizes[batch] else ids
            for batch, ids in chosen.items()
        }


def _of_documents(rows: pyarrow.Table, ids: list[str]) -> pyarrow.Table:
    return rows.filter(pyarrow.compute.is_in(rows["document_id"], pyarrow.array(ids)))
