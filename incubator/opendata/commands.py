"""Commands about the open data."""

import click
from flask.cli import AppGroup

from incubator.opendata import jobs, queries

opendata_group = AppGroup("opendata", help="What is public, as files.")


@opendata_group.command("make")
def make() -> None:
    """Make new editions now, of every subject that has anything new."""
    there = queries.subjects()
    made = sum(jobs.make(each) for each in there)
    click.echo(f"{made} of {len(there)} had anything new")
