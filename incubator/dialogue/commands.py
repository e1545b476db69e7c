"""Commands about ideas."""

import click
from flask.cli import AppGroup

from incubator.dialogue import operations_similar

dialogue_group = AppGroup("ideas", help="Ideas of people in the city.")


@dialogue_group.command("reindex")
def reindex() -> None:
    """Write down anew how ideas are found that resemble each other."""
    click.echo(f"{operations_similar.reindex()} ideas can be compared")
