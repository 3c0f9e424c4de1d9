"""The `compensation` command; each subcommand imports only what it needs."""

import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Read, publish and question what people are paid to train AI models."""


@main.command()
def run() -> None:
    """Run the whole pipeline on the bundled corpus and data/inbox/, and publish a release."""
    from pipelines.running import run_pipeline

    sys.exit(run_pipeline(sys.stdout))


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--jsonl", "as_json", is_flag=True, help="One JSON object per rate.")
@click.option("--jsonl-in", is_flag=True, help="Read one JSON request per line from stdin.")
@click.option("--include-all", is_flag=True, help="Also what is no pay, or not base pay.")
@click.option("--country", help="ISO 3166-1 code of the country the text is about.")
@click.option("--language", help="ISO 639 code of the text's language.")
@click.option("--currency", help="ISO 4217 code, where the text names no currency.")
def extract(files: tuple[Path, ...], **options: Any) -> None:
    """Print the pay rates of text, HTML or PDF FILES, or of stdin."""
    from pipelines import extracting

    if options.pop("jsonl_in"):
        sys.exit(extracting.answer_stream(sys.stdin, sys.stdout))
    sys.exit(extracting.extract_files(files, **options))


@main.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.option("--country", help="ISO 3166-1 code of the country the text is about.")
@click.option("--language", help="ISO 639 code of the text's language.")
@click.option("--currency", help="ISO 4217 code, where the text names no currency.")
def explain(text: str, **options: Any) -> None:
    """Show every decision on TEXT: tokens, rules, cues, and what was refused and why."""
    from pipelines.extracting import explain_text

    click.echo(explain_text(text, colour=sys.stdout.isatty(), **options))


@main.command()
@click.argument("query")
@click.option("--csv", "form", flag_value="csv", help="Comma-separated values.")
@click.option("--json", "form", flag_value="json", help="One JSON array of objects.")
@click.option("--release", default="latest", help="A version such as 2026.11.1.")
def sql(query: str, form: str | None, release: str) -> None:
    """Run a QUERY on the newest release, read-only."""
    from warehouse.errors import WarehouseError
    from warehouse.query import render, run_sql

    try:
        click.echo(render(run_sql(release_folder(release), query), form or "table"), nl=False)
    except WarehouseError as problem:
        fail(str(problem))


@main.command()
@click.argument("observation_id")
@click.option("--release", default="latest", help="A version such as 2026.11.1.")
def trace(observation_id: str, release: str) -> None:
    """Follow one published figure back to its words, document, rule, rate and restatements."""
    from pipelines.tracing import trace_observation
    from warehouse.errors import WarehouseError

    try:
        click.echo(trace_observation(release_folder(release), observation_id))
    except WarehouseError as problem:
        fail(str(problem))


@main.command()
@click.argument("release", default="latest")
def verify(release: str) -> None:
    """Rehash every file of a RELEASE and name the first that differs."""
    from warehouse.verify import verify as problems_of

    folder = release_folder(release)
    problems = problems_of(folder)
    if problems:
        fail(f"{folder.name}: {problems[0]}")
    click.echo(f"{folder.resolve().name}: every file is as published")


@main.command()
@click.argument("before")
@click.argument("after")
def diff(before: str, after: str) -> None:
    """Show what changed from release BEFORE to release AFTER."""
    from warehouse.compare import diff as compare
    from warehouse.errors import WarehouseError

    try:
        click.echo(compare(release_folder(before), release_folder(after)).text)
    except WarehouseError as problem:
        fail(str(problem))


@main.command()
@click.option("--check", is_flag=True, help="Only say whether the pages are current.")
def docs(*, check: bool) -> None:
    """Write the generated pages under docs/ anew."""
    from pipelines.generated_docs import stale_pages, write_pages

    if not check:
        for path in write_pages():
            click.echo(f"wrote {path}")
        return
    stale = stale_pages()
    if stale:
        fail(f"out of date: {', '.join(map(str, stale))}. Run: make docs")
    click.echo("the generated pages are current")


def release_folder(name: str) -> Path:
    """Return the folder of a release given by version, by path, or as `latest`.

    Ends the command with a message when there is no such release.
    """
    from pipelines.workspace import workspace

    releases = workspace().releases
    given = Path(name)
    folder = given if given.is_dir() and os.sep in name else releases / name
    if (folder / "manifest.json").exists():
        return folder
    known = sorted(path.name for path in releases.glob("[0-9]*")) if releases.exists() else []
    if not known:
        fail(f"there is no release yet under {releases}. Make one with: make run")
    fail(f"no release {name!r}. There are: {', '.join(known)}, latest")


def fail(message: str) -> NoReturn:
    """End the command with a message on stderr and exit code 1."""
    click.echo(f"compensation: {message}", err=True)
    sys.exit(1)
