"""Commands that carry things out of this installation and into it."""

from pathlib import Path

import click
import flask
from flask.cli import AppGroup

from incubator.interchange import site_export, site_seal

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
