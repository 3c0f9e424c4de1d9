"""The `compensation` command; each subcommand imports only what it needs."""

import io
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

INTERRUPTED = 130


class Commands(click.Group):
    """The commands in the order of their use; whatever ends one, its last words are written."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names in the order in which they are declared."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a reader of the output that went away is noticed here, not at exit."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("compensation: interrupted", err=True)
            sys.exit(INTERRUPTED)
        finally:
            sys.stdout.flush()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ai-trainer-compensation", prog_name="compensation")
def main() -> None:
    """Read, publish and question what people are paid to train AI models."""


def code(form: str, expected: str, write: Callable[[str], str]) -> Callable[..., str | None]:
    """Return the check of an option that takes a code, which comes out as `write` has it."""

    def check(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
        if given is None or re.fullmatch(form, given):
            return given and write(given)
        message = f"expected {expected}; got {given!r}"
        raise click.BadParameter(message)

    return check


def hints(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command with the options that break ties where a text leaves things open."""
    for option in (
        click.option(
            "--currency",
            metavar="CODE",
            help="Currency of a text that names none: USD.",
            callback=code("[A-Za-z]{3}", "an ISO 4217 code of 3 letters: USD", str.upper),
        ),
        click.option(
            "--language",
            metavar="CODE",
            help="Language of the text: en.",
            callback=code("[A-Za-z]{2,3}(-.*)?", "an ISO 639 code: en", str.lower),
        ),
        click.option(
            "--country",
            metavar="CODE",
            help="Country the text is about: US.",
            callback=code("[A-Za-z]{2}", "an ISO 3166-1 code of 2 letters: US", str.upper),
        ),
    ):
        command = option(command)
    return command


@main.command()
def run() -> None:
    """Read the bundled corpus and data/inbox/, publish a release."""
    from pipelines.commands.run import run_pipeline

    sys.exit(run_pipeline(sys.stdout))


@main.command(epilog="Example: compensation extract report.pdf page.html")
@click.argument("files", nargs=-1)
@click.option("--jsonl", "as_json", is_flag=True, help="One JSON object per rate.")
@click.option(
    "--jsonl-in", is_flag=True, help='Answer each line {"id", "text"} of stdin by one line.'
)
@click.option("--include-all", is_flag=True, help="Also what is not the price of the work.")
@hints
def extract(files: tuple[str, ...], **options: Any) -> None:
    """Print the pay rates of FILES, or of stdin.

    Reads text, HTML and PDF, and the tables and boards of postings that data/inbox/ takes.
    The file - is stdin.
    """
    from pipelines.commands import extract as extracting

    if not options.pop("jsonl_in"):
        sys.exit(extracting.extract_files(files, **options))
    if files or any(options.values()):
        message = "--jsonl-in reads stdin and takes its options from each line: use it alone"
        raise click.UsageError(message)
    sys.exit(extracting.answer_stream(sys.stdin.buffer, sys.stdout.buffer))


@main.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@hints
def explain(text: str, **options: Any) -> None:
    """Show every decision on TEXT, and what was refused and why.

    The text - is stdin.
    """
    from pipelines.commands.extract import explain_text

    is_coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    click.echo(explain_text(_given(text), colour=is_coloured, **options), nl=False)


@main.command(
    epilog='Example: compensation sql --csv "SELECT * FROM v_typical_pay". Tables and columns '
    "are described in data-dictionary.md of each release."
)
@click.argument("query")
@click.option("--csv", "form", flag_value="csv", help="Comma-separated values.")
@click.option("--json", "form", flag_value="json", help="One JSON array of objects.")
@click.option("--release", default="latest", help="A version such as 2026.11.1.")
def sql(query: str, form: str | None, release: str) -> None:
    """Ask a release a QUERY in SQL; it cannot be changed.

    The query - is stdin.
    """
    from warehouse.query import LONGEST_TABLE, render, run_sql

    most = LONGEST_TABLE if form is None else None
    folder, query = release_folder(release), _given(query)
    with refusals(), ended_by_the_system():
        answer = run_sql(folder, query, most)
        click.echo(render(answer, form or "table"), nl=False)


@main.command()
@click.argument("observation_id")
@click.option("--release", default="latest", help="A version such as 2026.11.1.")
def trace(observation_id: str, release: str) -> None:
    """Follow a figure back to its words, source and conversion.

    OBSERVATION_ID may be shortened as long as it names one figure.
    """
    from pipelines.commands.trace import trace_observation

    with refusals():
        click.echo(trace_observation(release_folder(release), observation_id))


@main.command()
@click.argument("before")
@click.argument("after", default="latest")
def diff(before: str, after: str) -> None:
    """Show what changed from release BEFORE to release AFTER."""
    from warehouse.compare import diff as compare

    with refusals():
        click.echo(compare(release_folder(before), release_folder(after)).text)


@main.command()
@click.argument("release", default="latest")
def verify(release: str) -> None:
    """Hash every file of a RELEASE anew; name the first that differs."""
    from warehouse.verify import verify as problems_of

    folder = release_folder(release)
    with refusals():
        problems = problems_of(folder)
    if problems:
        others = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
        fail(
            f"{folder.name}: {problems[0]}{others}. This is not the release as published: "
            "restore its folder from a copy"
        )
    click.echo(f"{folder.name}: every file is as published")


@main.command()
@click.option("--check", is_flag=True, help="Only say whether the pages are current.")
def docs(*, check: bool) -> None:
    """Write the generated pages under docs/ anew."""
    from pipelines.commands.docs import stale_pages, write_pages

    if not check:
        for path in write_pages():
            click.echo(f"wrote {path}")
        return
    stale = stale_pages()
    if stale:
        fail(f"out of date: {', '.join(map(str, stale))}. Run: make docs")
    click.echo("the generated pages are current")


def _given(text: str) -> str:
    """Return an argument, or stdin where it is a dash."""
    return sys.stdin.read() if text == "-" else text


@contextmanager
def refusals() -> Iterator[None]:
    """Ends the command with the message of whatever a release cannot answer."""
    import duckdb

    from warehouse.errors import WarehouseError

    try:
        yield
    except WarehouseError as problem:
        fail(str(problem))
    except duckdb.Error as problem:
        said = str(problem).splitlines()[0]
        fail(f"the release cannot be read: {said}. See what is wrong with: compensation verify")


@contextmanager
def ended_by_the_system() -> Iterator[None]:
    """Lets Ctrl-C end the process: a query runs outside Python, which would see it too late."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def release_folder(name: str) -> Path:
    """Return the folder of a release given by version, by path, or as `latest`.

    Ends the command with a message when there is no such release.
    """
    from pipelines.workspace import workspace

    releases = workspace().releases
    folder = Path(name) if os.sep in name else releases / name
    if name and folder.is_dir():
        return folder.resolve()
    known = sorted(path.name for path in releases.glob("[0-9]*") if path.is_dir())
    if known:
        return fail(f"there is no release {name!r}. There are: {', '.join(known)}, latest")
    return fail(f"there is no release yet under {releases}. Make one with: make run")


def fail(message: str) -> NoReturn:
    """End the command with a message on stderr and exit code 1."""
    click.echo(f"compensation: {message}", err=True)
    sys.exit(1)
