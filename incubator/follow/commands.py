"""Commands about messages to devices."""

import click
from flask.cli import AppGroup

from incubator.foundation.later import later

push_services = later("incubator.follow.push_services")
follow_group = AppGroup("push", help="Messages to browsers and phones.")


@follow_group.command("make-key")
def make_key() -> None:
    """Print a new VAPID_KEY: keep it secret, and keep it, because devices know us by it."""
    click.echo(push_services.new_key())
