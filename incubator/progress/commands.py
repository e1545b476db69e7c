"""Commands about finding."""

import click
from flask.cli import AppGroup

from incubator.progress import jobs

progress_group = AppGroup("search", help="The index by which the public finds things.")


@progress_group.command("rebuild")
def rebuild() -> None:
    """Make the index anew, in small steps, while everything runs."""
    click.echo(f"{jobs.rebuild()} things can be found")
