"""One run over the archive: each published table, made from the readings and from each other.

Dagster's assets call one method each; so can any other program.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import pyarrow
import pyarrow.compute

from pipelines.fetching import fetch_state
from pipelines.fingerprints import inputs_digest, reading_digest
from pipelines.reading import Delivery, deliveries, read_new
from pipelines.reading_store import Readings
from pipelines.transforms.batches import quarantined_record
from pipelines.transforms.documents import Outcome, document_row, duplicate_row
from pipelines.transforms.postings import cluster_offers
from pipelines.transforms.rates import make_rates
from pipelines.transforms.reference import (
    bundled_rows,
    country_rows,
    domain_rows,
    exchange_rows,
    hours_rows,
    platform_rows,
    rule_rows,
    source_rows,
)
from pipelines.transforms.restatements.inputs import (
    ADVERT_INPUTS,
    FIGURE_INPUTS,
    cited_documents,
    observed_figures,
    restatement_row,
)
from pipelines.transforms.restatements.linking import link_restatements
from pipelines.work_tables import WorkTables, cells
from pipelines.workspace import Workspace
from sources.archive import Archive
from sources.documents import BadRecord
from sources.registry import Source, load_registry
from warehouse.frames import from_records
from warehouse.statistics.agreement import benchmark_agreement
from warehouse.statistics.benchmarks import pay_benchmarks
from warehouse.tables.documents import DOCUMENTS, PAGES
from warehouse.tables.postings import POSTINGS
from warehouse.tables.quarantine import QUARANTINE
from warehouse.tables.rate_observations import RATE_OBSERVATIONS
from warehouse.tables.rates import RATES, RESTATEMENTS
from warehouse.tables.reference import (
    COUNTRIES,
    DOMAINS,
    EXCHANGE_RATES,
    HOURS_CONVENTIONS,
    PAY_TRANSPARENCY_RULES,
    PLATFORMS,
    RULES,
    SOURCES,
    WORKFORCE_FACTS,
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """The inputs as they stand now, and the tables made from them."""

    workspace: Workspace
    sources: tuple[Source, ...]
    archive: Archive

    @classmethod
    def open(cls, place: Workspace) -> "Run":
        """Return the run over what is archived now."""
        return cls(place, load_registry(), Archive(place.archive))

    @cached_property
    def delivered(self) -> tuple[Delivery, ...]:
        """What the sources hold now; not looked at where nothing has changed."""
        return tuple(deliveries(self.archive.entries(), self.sources))

    @cached_property
    def readings(self) -> Readings:
        """The kept readings of this version of the reading code."""
        return Readings(self.workspace.readings, reading_digest())

    @cached_property
    def inputs_digest(self) -> str:
        """The digest of everything the tables are made from."""
        return inputs_digest(self.archive.digest(), self.sources, self._failures())

    @cached_property
    def tables(self) -> WorkTables:
        """The tables of these inputs."""
        return WorkTables(self.workspace.tables, self.inputs_digest)

    @property
    def as_of(self) -> datetime:
        """The newest moment that anything was retrieved: the time the tables speak of."""
        return max(delivery.entry.retrieved_at for delivery in self.delivered)

    @cached_property
    def _wanted(self) -> dict[str, str]:
        """The documents whose rows are published, with the key of their reading."""
        return {d.entry.document_id: d.key for d in self.delivered if d.is_first}

    def read_new_documents(self) -> int:
        """Read what was not read before; return how many documents that were."""
        if self.tables.is_current(DOCUMENTS):
            return 0
        return read_new(self.delivered, self.archive, self.readings)

    def documents(self) -> pyarrow.Table:
        """Return one row per delivered file, each in its terminal state."""
        return from_records(DOCUMENTS, [self._document_row(d) for d in self.delivered])

    def _document_row(self, delivery: Delivery) -> Row:
        if not delivery.is_first:
            return duplicate_row(delivery.provenance)
        return document_row(delivery.provenance, self._outcome(delivery))

    def _outcome(self, delivery: Delivery) -> Outcome:
        if delivery.entry.refused is not None:
            reason_code, message = delivery.entry.refused
            return Outcome(reason_code=reason_code, message=message)
        return self.readings.kept[delivery.entry.document_id].outcome

    def pages(self) -> pyarrow.Table:
        """Return the texts that the licence of their source lets us show."""
        shown = [
            d.entry.document_id
            for d in self.delivered
            if d.is_first and d.provenance.may_show_text
        ]
        wanted = {document_id: self._wanted[document_id] for document_id in shown}
        return self.readings.rows(PAGES, wanted)

    def observations(self) -> pyarrow.Table:
        """Return the figures as stated."""
        return self.readings.rows(RATE_OBSERVATIONS, self._wanted)

    def postings(self) -> pyarrow.Table:
        """Return the postings, each with the offer it belongs to."""
        rows = self.readings.rows(POSTINGS, self._wanted)
        naming = ["posting_id", "platform_id", "employer", "title", "url"]
        clusters = cluster_offers(rows.select(naming).to_pylist(), self._pay_of_postings())
        offers = [clusters[name] for name in rows["posting_id"].to_pylist()]
        ids = pyarrow.array(offers, pyarrow.string())
        place = rows.schema.get_field_index("offer_cluster_id")
        return rows.set_column(place, rows.schema.field(place), ids)

    def _pay_of_postings(self) -> dict[str, tuple[Any, ...]]:
        stated = ["posting_id", "amount_min", "amount_max", "currency", "pay_period"]
        rows = self.tables.read(RATE_OBSERVATIONS).select(stated)
        rows = rows.filter(pyarrow.compute.is_valid(rows["posting_id"]))
        pay: dict[str, set[tuple[Any, ...]]] = {}
        for row in rows.to_pylist():
            amounts = (row["amount_min"], row["amount_max"], row["currency"], row["pay_period"])
            pay.setdefault(row["posting_id"], set()).add(tuple(map(str, amounts)))
        return {name: tuple(sorted(amounts)) for name, amounts in pay.items()}

    def rates(self) -> pyarrow.Table:
        """Return the figures made comparable, where they can be."""
        observations = self.tables.read(RATE_OBSERVATIONS).select(RATE_INPUTS).to_pylist()
        days = {row["observation_id"]: day for row, day in self._dated(observations)}
        return from_records(RATES, list(make_rates(observations, days)))

    def _dated(self, observations: Iterable[Row]) -> Iterator[tuple[Row, date]]:
        """Yield each observation with the day its money is of.

        The day the figure held, else of publication, else the posting was first seen, else of
        retrieval.
        """
        documents = {d.entry.document_id: d.provenance for d in self.delivered if d.is_first}
        posted = ["posting_id", "posted_date", "first_seen_at"]
        postings = {
            row["posting_id"]: row["posted_date"] or row["first_seen_at"]
            for row in self.tables.read(POSTINGS).select(posted).to_pylist()
        }
        for row in observations:
            known = documents[row["document_id"]]
            day = row["as_of_date"] or known.published_date or postings.get(row["posting_id"])
            day = day or known.retrieved_at
            yield row, day.date() if isinstance(day, datetime) else day

    def restatements(self) -> pyarrow.Table:
        """Return who repeats whom."""
        documents = self.tables.read(DOCUMENTS).to_pylist()
        texts = self.readings.rows(PAGES, self._wanted).to_pylist()
        figures = observed_figures(
            cells(self.tables.read(RATE_OBSERVATIONS, FIGURE_INPUTS)),
            cells(self.tables.read(POSTINGS, ADVERT_INPUTS)),
            texts,
        )
        links = link_restatements(figures, cited_documents(documents, texts))
        return from_records(RESTATEMENTS, [restatement_row(link) for link in links])

    def quarantine(self) -> pyarrow.Table:
        """Return everything that was set aside: records and rows, and whole documents."""
        rows = self.readings.rows(QUARANTINE, self._wanted)
        whole = [
            quarantined_record(d.provenance, BadRecord("", o.reason_code, o.message or "", ""))
            for d in self.delivered
            if d.is_first and (o := self._outcome(d)).reason_code
        ]
        return pyarrow.concat_tables([rows, from_records(QUARANTINE, whole)])

    def benchmarks(self) -> pyarrow.Table:
        """Return the quantiles of advertised pay, cell by cell."""
        return pay_benchmarks(self._inputs_of_statistics(), self.as_of.date())

    def agreement(self) -> pyarrow.Table:
        """Return what others published, held against the offers."""
        return benchmark_agreement(self._inputs_of_statistics(), self.as_of.date())

    def _inputs_of_statistics(self) -> dict[str, pyarrow.Table]:
        used = (DOCUMENTS, POSTINGS, RATE_OBSERVATIONS, RATES, RESTATEMENTS)
        return {table.name: self.tables.read(table) for table in used}

    def reference_tables(self) -> dict[str, pyarrow.Table]:
        """Return the small tables that explain the others, by name."""
        own = ["observation_id", "currency"]
        currencies = self.tables.read(RATE_OBSERVATIONS).select(own).to_pylist()
        currency_of = {row["observation_id"]: row["currency"] for row in currencies}
        used = self.tables.read(RATES).select(
            ["observation_id", "fx_rate", "fx_date", "fx_source"]
        )
        priced = [
            row | {"currency": currency_of[row["observation_id"]]} for row in used.to_pylist()
        ]
        rows = {
            SOURCES: source_rows(self.sources, self._failures(), self._newest()),
            PLATFORMS: platform_rows(),
            DOMAINS: domain_rows(),
            COUNTRIES: country_rows(),
            EXCHANGE_RATES: exchange_rows(priced),
            HOURS_CONVENTIONS: hours_rows(),
            RULES: rule_rows(),
            PAY_TRANSPARENCY_RULES: bundled_rows("pay_transparency_rules.csv"),
            WORKFORCE_FACTS: bundled_rows("workforce_facts.csv"),
        }
        return {table.name: from_records(table, list(found)) for table, found in rows.items()}

    def _failures(self) -> dict[str, str | None]:
        states = {source.id: fetch_state(self.workspace, source.id) for source in self.sources}
        return {name: state.failure for name, state in states.items() if state is not None}

    def _newest(self) -> dict[str, datetime]:
        newest: dict[str, datetime] = {}
        for delivery in self.delivered:
            name, moment = delivery.source.id, delivery.entry.retrieved_at
            newest[name] = max(moment, newest.get(name, moment))
        return newest


RATE_INPUTS = [
    "observation_id", "document_id", "posting_id", "amount_min", "amount_max", "is_min_open",
    "is_max_open", "currency", "pay_period", "per_count", "tax_treatment",
    "stated_hours_per_year", "as_of_date", "warnings",
]  # fmt: skip
