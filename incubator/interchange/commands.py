"""Commands that carry things out of this installation and into it."""

from pathlib import Path

import click
import flask
from flask.cli import AppGroup

from incubator.foundation.errors import RuleBroken
from incubator.foundation.language import in_language
from incubator.interchange import operations, queries, site_export, site_seal, waiting
from incubator.interchange.round_open import opened
from incubator.interchange.round_plan import People
from incubator.interchange.round_take import Report

site_group = AppGroup("site", help="The public site as files, for when the programme is over.")
FOLDER = click.Path(file_okay=False, path_type=Path)


@site_group.command("export")
@click.argument("folder", type=FOLDER)
@click.option("--address", default="", help="Where the archive will stand, such as https://archive.example.org/2026/.")
def export_site(folder: Path, address: str) -> None:
    """Write every public page in every language into a folder that needs no server."""
    app = flask.current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        facts = site_export.export(app, folder, address, click.echo)
    except site_export.CannotExport as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{folder} holds {facts['pages']} pages, {facts['files']} files, {facts['bytes'] // 1024} kB")
    if facts["moved_on"]:
        click.echo("Something happened while it was made; make it again when all is quiet.")
    if not app.config["RECORD_KEY"]:
        click.echo("There is no RECORD_KEY, so it is not signed.")


@site_group.command("verify")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def verify_site(folder: Path) -> None:
    """Check an archive of the site: each file, the signature, and the record that lies in it."""
    facts, wrong = site_seal.findings(folder)
    for sentence in wrong:
        click.echo(sentence)
    if wrong:
        raise click.ClickException(f"{len(wrong)} things do not fit")
    signed = f"signed with {facts['public_key']}" if "public_key" in facts else "not signed"
    click.echo(f"The archive of {facts['site']} as of {facts['made_at']} is whole: {facts['files']} files, {signed}")


round_group = AppGroup("round", help="A whole round, carried to another installation.")
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _refused(broken: RuleBroken) -> click.ClickException:
    with in_language("en"):
        return click.ClickException(str(broken.sentence))


@round_group.command("export")
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--people", type=click.Choice([each.value for each in People]), default=People.MARKS.value,
              show_default=True, help="With names and mail only where the other city is to be told them.")
def export_round(slug: str, file: Path, people: str) -> None:
    """Write everything of a round into one signed file."""
    config = flask.current_app.config
    round_ = queries.round_of_slug(slug)
    if round_ is None:
        raise click.ClickException(f"There is no round {slug}.")
    try:
        manifest = operations.export(
            round_, file, People(people), secret=config["RECORD_KEY"], site=config["BASE_URL"], by=None)
    except RuleBroken as broken:
        raise _refused(broken) from None
    rows = sum(manifest["rows"].values())
    click.echo(f"{file} holds {rows} rows and {len(manifest['members'])} members, {file.stat().st_size // 1024} kB; "
               f"people come as {people}; signed with {manifest['public_key']}")


@round_group.command("import")
@click.argument("file", type=A_FILE)
@click.option("--dry-run", is_flag=True, help="Check everything and keep nothing.")
@click.option("--key", default="", help="The public key of the city that sent it; another one is refused.")
def import_round(file: Path, dry_run: bool, key: str) -> None:
    """Take a round in that another installation let go."""
    try:
        with opened(file) as archive:
            if key and archive.manifest["public_key"] != key.lower():
                raise click.ClickException(f"It is signed with {archive.manifest['public_key']}.")
            report = operations.take(archive, by=None, dry=dry_run)
            if not dry_run:
                waiting.keep_journal(Path(flask.current_app.config["INSTANCE"]), file)
            click.echo(f"From {archive.manifest['site']}, signed with {archive.manifest['public_key']}")
    except RuleBroken as broken:
        raise _refused(broken) from None
    for line in told(report):
        click.echo(line)
    click.echo("Everything fits; nothing was kept." if dry_run else f"The round {report.round_slug} is here.")


@round_group.command("check")
@click.argument("file", type=A_FILE)
def check_round(file: Path) -> None:
    """Check an archive of a round and the journal in it, without taking anything in."""
    try:
        with opened(file) as archive:
            manifest = archive.manifest
    except RuleBroken as broken:
        raise _refused(broken) from None
    click.echo(f"The archive of {manifest['round']} from {manifest['site']} as of {manifest['made_at']} is whole; "
               f"its journal of {manifest['journal']['number']} entries holds; signed with {manifest['public_key']}")


@round_group.command("verify")
def verify_arrivals() -> None:
    """Check the journals of all rounds that were taken in."""
    arrivals = queries.arrivals()
    wrong = list(waiting.faults(Path(flask.current_app.config["INSTANCE"]), arrivals))
    for sentence in wrong:
        click.echo(sentence)
    if wrong:
        raise click.ClickException(f"{len(wrong)} things do not fit")
    click.echo(f"The journals of {len(arrivals)} rounds hold")


def told(report: Report) -> list[str]:
    """Say what became of an archive, for operators."""
    lines = [f"  {number:6} {name}" for name, number in report.counts.items() if number]
    lines += [f"  the same here: {name} {', '.join(titles)}" for name, titles in report.merged.items()]
    lines += [f"  new here: {name} {', '.join(titles)}" for name, titles in report.added.items()]
    lines += [f"  renamed: {before} is {after} here" for before, after in report.renamed]
    if report.without_mail:
        lines.append(f"  {report.without_mail} people come without their mail: it is known here")
    return lines
