"""One run over the archive: each published table, made from the readings and from each other.

Dagster's assets call one method each; so can any other program.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import pyarrow
import pyarrow.compute

from pipelines.runs.fetching import fetch_state
from pipelines.runs.fingerprints import inputs_digest, reading_digest
from pipelines.runs.kept_readings import Readings
from pipelines.runs.reading import Delivery, deliveries, read_new
from pipelines.runs.work_tables import WorkTables, cells, with_column
from pipelines.transforms.batches import quarantined_record
from pipelines.transforms.documents import Outcome, document_row, duplicate_row
from pipelines.transforms.postings import CLUSTER_INPUTS, PAY_INPUTS, cluster_offers
from pipelines.transforms.rates import RATE_INPUTS, distinct_rates
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
        stated = self.tables.read(RATE_OBSERVATIONS, PAY_INPUTS)
        stated = stated.filter(pyarrow.compute.is_valid(stated["posting_id"]))
        clusters = cluster_offers(cells(rows.select(CLUSTER_INPUTS)), cells(stated))
        return with_column(rows, "offer_cluster_id", pyarrow.array(clusters, pyarrow.string()))

    def rates(self) -> pyarrow.Table:
        """Return the figures made comparable, where they can be."""
        used = [*RATE_INPUTS, "document_id", "posting_id", "as_of_date"]
        observed = self.tables.read(RATE_OBSERVATIONS, used)
        observations = cells(observed)
        distinct, places = distinct_rates(observations, list(self._days(observations)))
        return with_column(
            from_records(RATES, distinct).take(pyarrow.array(places, pyarrow.int64())),
            "observation_id",
            observed["observation_id"],
        )

    def _days(self, observations: Mapping[str, Sequence[Any]]) -> Iterator[date]:
        """Yield the day that the money of each observation is of.

        The day the figure held, else of publication, else the posting was first seen, else of
        retrieval.
        """
        documents = {d.entry.document_id: d.provenance for d in self.delivered if d.is_first}
        posted = ("posting_id", "posted_date", "first_seen_at")
        postings = cells(self.tables.read(POSTINGS, posted))
        seen = {
            posting_id: posted_date or first_seen_at
            for posting_id, posted_date, first_seen_at in zip(
                *(postings[name] for name in posted), strict=True
            )
        }
        dated = ("document_id", "posting_id", "as_of_date")
        for document_id, posting_id, stated in zip(
            *(observations[name] for name in dated), strict=True
        ):
            known = documents[document_id]
            day = stated or known.published_date or seen.get(posting_id) or known.retrieved_at
            yield day.date() if isinstance(day, datetime) else day

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
        rows = {
            SOURCES: source_rows(self.sources, self._failures(), self._newest()),
            PLATFORMS: platform_rows(),
            DOMAINS: domain_rows(),
            COUNTRIES: country_rows(),
            EXCHANGE_RATES: exchange_rows(self._priced()),
            HOURS_CONVENTIONS: hours_rows(),
            RULES: rule_rows(),
            PAY_TRANSPARENCY_RULES: bundled_rows("pay_transparency_rules.csv"),
            WORKFORCE_FACTS: bundled_rows("workforce_facts.csv"),
        }
        return {table.name: from_records(table, list(found)) for table, found in rows.items()}

    def _priced(self) -> Iterator[Row]:
        """Yield the rates that an exchange rate was used for, each with its currency."""
        used = self.tables.read(RATES, ["observation_id", "fx_rate", "fx_date", "fx_source"])
        used = used.filter(pyarrow.compute.is_valid(used["fx_date"]))
        stated = cells(self.tables.read(RATE_OBSERVATIONS, ["observation_id", "currency"]))
        currencies = dict(zip(stated["observation_id"], stated["currency"], strict=True))
        for row in used.to_pylist():
            yield row | {"currency": currencies[row["observation_id"]]}

    def _failures(self) -> dict[str, str | None]:
        states = {source.id: fetch_state(self.workspace, source.id) for source in self.sources}
        return {name: state.failure for name, state in states.items() if state is not None}

    def _newest(self) -> dict[str, datetime]:
        newest: dict[str, datetime] = {}
        for delivery in self.delivered:
            name, moment = delivery.source.id, delivery.entry.retrieved_at
            newest[name] = max(moment, newest.get(name, moment))
        return newest
